# Um ticket que muda de assunto, de mãos ou de caminho: nada acontece sem ser dito.

@ 2026-11-19T09:00
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli create -c nota_fiscal -f reason=outro -f order_channel=site --name 'Ana Prado' --email ana@example.com --phone '11 99999-0000' -m 'Segunda via'
  ESP-1  aberto, encaminhado  [Novo]  Atendente 1  Segunda via

# O assunto novo decide de novo quem atende, também sobre quem foi escolhido à mão; a linha diz de quem era.
$ deskcli assign 1 vendedor-3
  ESP-1  atribuído  [Novo]  Vendedor 3  Segunda via
$ deskcli set 1 category=boletos -n | head -1
  ESP-1  alterado, encaminhado  [Novo]  João (estava com Vendedor 3)  Segunda via
! Nada foi gravado (simulação).
$ deskcli set 1 category=boletos
  ESP-1  alterado, encaminhado  [Novo]  João (estava com Vendedor 3)  Segunda via
$ deskcli why 1 | tail -4
  19/11/2026 09:00  encaminhado: João  workflows/categories/orcamentos.yaml:124
    estava com: Vendedor 3
    responsável pelo ticket aberto do solicitante: ninguém  (workflows/categories/orcamentos.yaml:123)
    roleta atendimento: João  (2026-11, workflows/categories/orcamentos.yaml:124)

# A marca que a opção antiga fixou dá lugar à da nova; a que se escreve junto continua a ser conferida.
$ deskcli create -c orcamento_vcc --name 'Rui Lima' --email rui@example.com -m 'Cuba dupla'
  ESP-2  aberto, encaminhado  [Novo]  João  Cuba dupla
$ deskcli set 2 category=orcamento_esplane brand=vcc
! Marca aqui é sempre 'esplane', não 'vcc'.
!   tente: deskcli set 2 category=orcamento_esplane brand=esplane
[3]
$ deskcli set 2 category=orcamento_esplane
  ESP-2  alterado, encaminhado  [Novo]  João  Cuba dupla
$ deskcli show 2 | grep Marca
    Marca              Esplane
      Marca: Esplane
$ deskcli set 2 category=nota_fiscal reason=outro && deskcli show 2 | grep Marca
  ESP-2  alterado, encaminhado  [Novo]  João  Cuba dupla
    Marca              Esplane
      Marca: Esplane

# Cadastro Esplane só o supervisor atualiza (O33.20), e dar a outro é atualizar; pode-se devolver a quem pode.
$ deskcli create -c cadastro_esplane -f reason=outro --name 'Bia Reis' --email bia@example.com -m 'Cadastro'
  ESP-3  aberto, encaminhado  [Novo]  Supervisor  Cadastro
  A seguir: deskcli apply ESP-3 AÇÃO (cadastro)
$ deskcli assign 3 joao
! Tickets de 'Cadastro Esplane' só são atualizados por supervisor (Supervisor); Atendente 1 não tem esse papel.
!   tente: deskcli annotate ESP-3 '@supervisor TEXTO'
[4]
$ deskcli assign 3 team:triagem
! Tickets de 'Cadastro Esplane' só são atualizados por supervisor (Supervisor); Atendente 1 não tem esse papel.
!   tente: deskcli annotate ESP-3 '@supervisor TEXTO'
[4]
$ deskcli --as supervisor assign 3 joao
  ESP-3  atribuído  [Novo]  João  Cadastro
$ deskcli assign 3 vendedor-2
! Tickets de 'Cadastro Esplane' só são atualizados por supervisor (Supervisor); Atendente 1 não tem esse papel.
!   tente: deskcli assign ESP-3 supervisor
[4]
$ deskcli assign 3 supervisor
  ESP-3  atribuído  [Novo]  Supervisor  Cadastro

# Uma regra que nomeia o que a mesa não tem não decide em silêncio.
$ sed -i 's/roulette: atendimento$/roulette: atendimeto/' workflows/categories/orcamentos.yaml
$ deskcli create -c boletos -f reason=outro -f order_channel=site --name 'Lia Sá' --email lia@example.com --phone '11 98888-0000' -m 'Boleto'
  ESP-4  aberto, encaminhado  [Novo]  João  Boleto
! workflows/categories/orcamentos.yaml:124: aviso: A regra nomeia 'roulette:atendimeto', que a mesa não tem; passou-se adiante.
!   tente: deskcli check
$ deskcli why 4
  19/11/2026 09:00  encaminhado: João  workflows/forms/orcamentos-atendimento.yaml:114
    responsável pelo ticket aberto do solicitante: ninguém  (workflows/categories/orcamentos.yaml:123)
    roleta atendimeto: ninguém  (workflows/categories/orcamentos.yaml:124)
        passou a vez: roulette:atendimeto (sem cadastro)
    nenhuma regra da categoria se aplicou; seguem as do formulário
    agenda de responsáveis orcamentos: João  (qui 19/11/2026, workflows/forms/orcamentos-atendimento.yaml:114)
$ sed -i 's/roulette: atendimeto$/team: atendimeto/' workflows/categories/orcamentos.yaml
$ deskcli set 4 category=comprovantes
  ESP-4  alterado, encaminhado  [Novo]  João  Boleto
! workflows/categories/orcamentos.yaml:111: aviso: A regra nomeia 'team:atendimeto', que a mesa não tem; passou-se adiante.
!   tente: deskcli check
$ sed -i 's/team: atendimeto$/roulette: atendimento/' workflows/categories/orcamentos.yaml

# `check` sabe o que um mapa conhece e o que pode acontecer a um ticket; a ação automática manda a quem a resposta diz.
$ sed -i 's/key: .Submission ID/key: [Submision ID/' workflows/imports/elementor.yaml
$ sed -i 's/did: opened/did: openedx/' tickets/2026/11/ESP-1.yaml
$ sed -i 's/^to: team:rh/to: requester/' workflows/macros/curriculo-rh.yaml
$ deskcli check
! tickets/2026/11/ESP-1.yaml:17:8: aviso: Nada do que acontece a um ticket se chama 'openedx'. Você quis dizer 'opened'?
! workflows/imports/elementor.yaml:25:7: aviso: Nenhum campo, coluna ou cabeçalho ignorado deste mapa se chama 'Submision ID'; se a exportação o tem, ponha-o em 'ignore'. Conhecidos: Submission ID, Form Name (ID), User ID, User Agent, User IP, Referrer. Você quis dizer 'Submission ID'?
! workflows/macros/curriculo-rh.yaml:12:5: Aqui 'requester' se escreve 'team:rh'.
! 1 problema, 2 avisos, 21 cenários conferidos
! 57 marcas por confirmar: deskcli check --strict
[3]

# Um ticket fechado não promete mais nada; arquivos ainda podem chegar.
$ deskcli cancel 2 -m 'Desistiu'
  ESP-2  cancelado  [Cancelado]  João  Cuba dupla
$ deskcli due 2 amanhã
! ESP-2 está fechado (Cancelado) e não promete mais nada.
!   tente: deskcli reopen ESP-2
[3]
$ printf 'PDF' > nota.txt && deskcli attach 2 nota.txt
  ESP-2  arquivos anexados  [Cancelado]  João  Cuba dupla
