# Um dia na Esplane: quinta-feira, 19/11/2026. Na sexta é feriado (Consciência Negra).

@ 2026-11-19T08:20
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide

# A agenda (O4, O5): hoje é o João, mas ele troca com o Vendedor 2, que depois avisa que não vem.
# Quem deu o dia não é chamado de volta: passa ao próximo da ordem (O-X17).
$ deskcli rota who
  qui 19/11/2026  João
$ deskcli rota swap joao vendedor-2 hoje -m 'João no fornecedor'
  --- schedules/swaps.yaml
  +++ schedules/swaps.yaml
  @@ -9 +9,13 @@
  -swaps: []
  +swaps:
  +- rota: orcamentos
  +  date: '2026-11-19'
  +  from: joao
  +  to: vendedor-2
  +  against: '2026-11-23'
  +  note: João no fornecedor
  +- rota: orcamentos
  +  date: '2026-11-23'
  +  from: vendedor-2
  +  to: joao
  +  against: '2026-11-19'
  +  note: João no fornecedor
$ deskcli rota absence add 'Vendedor 2' hoje -m 'consulta médica'
  --- schedules/absences.yaml
  +++ schedules/absences.yaml
  @@ -6 +6,2 @@
  -absences: []
  +absences:
  +- {person: vendedor-2, from: '2026-11-19', reason: consulta médica}
$ deskcli rota absence end 'Vendedor 2' hoje
  --- schedules/absences.yaml
  +++ schedules/absences.yaml
  @@ -7 +7 @@
  -- {person: vendedor-2, from: '2026-11-19', reason: consulta médica}
  +- {person: vendedor-2, from: '2026-11-19', reason: consulta médica, until: '2026-11-19'}
$ deskcli rota who
  qui 19/11/2026  Vendedor 3
    passou a vez: João (trocou o dia)
    passou a vez: Vendedor 2 (ausente)
$ deskcli rota show --week 23/11
  Dia             Responsável  Observação
  seg 23/11/2026  João         Vendedor 2: trocou o dia
  ter 24/11/2026  Vendedor 3
  qua 25/11/2026  João
  qui 26/11/2026  Vendedor 2
  sex 27/11/2026  Vendedor 3
  sáb 28/11/2026               dia sem expediente
  dom 29/11/2026               dia sem expediente

# Os formulários do site, exportados de manhã (O1, O2): linhas ruins vão para rejects/, repetidas não dobram.
@ 2026-11-19T08:40
$ cp $ROOT/tests/fixtures/exports/manha.csv inbox/ && deskcli import inbox/manha.csv --map elementor
  manha.csv:2  ESP-1  Vendedor 3  Boa tarde! Preciso de uma cuba dupla "undermount" de 1,20 m.
  manha.csv:3  ESP-2  João  O boleto de R$ 732,90 venceu ontem, podem mandar outro?
  manha.csv:4  rejeitada: Falta Telefone para saber quem recebe (workflows/categories/orcamentos.yaml:124): informe requester.phone=VALOR.
  manha.csv:5  rejeitada: Falta Solicitante (e-mail): informe requester.email=VALOR.
  manha.csv:6  ESP-3  João  Somos instaladores em São José dos Campos.
  manha.csv:7  rejeitada: Nenhuma categoria se chama 'Patrocínio de evento'.
  manha.csv:8  rejeitada: 'Declinado – Frete caro' é só para vendedor, e não pode vir de fora.
  manha.csv:9  repetida: neste arquivo
! Linhas rejeitadas, para corrigir e importar de novo: rejects/manha-20261119-084000.csv
! manha.csv: 3 tickets criados, 4 linhas rejeitadas, 1 linha repetida
[8]
$ cat rejects/*.csv
  "Nome","E-mail","Telefone","Marca","Assunto","Produto","Número do pedido","Onde comprou?","Mensagem",Form Name (ID),Submission ID,Created At,User ID,User Agent,User IP,Referrer,_line,_field,_reason,_key
  "Beatriz Exemplo","bia@example.com","","Você Constrói","Boleto","","88140","Site","Não recebi o boleto no e-mail.","Or\u00e7amento (7c1f3ab)",2043,"2026-11-18 11:40:57",null,"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","203.0.113.21","https://esplane.example.com/contato/",4,requester.phone,Falta Telefone para saber quem recebe (workflows/categories/orcamentos.yaml:124): informe requester.phone=VALOR.,elementor:2043 Orçamento (7c1f3ab) 2026-11-18 11:40:57
  "João Conceição","","11 99999 0003","Esplane","Dúvida sobre produto","Rejunte acrílico","","","Rende quantos m² por quilo?","Or\u00e7amento (7c1f3ab)",2044,"2026-11-18 09:15:00",null,"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","203.0.113.22","https://esplane.example.com/contato/",5,requester.email,Falta Solicitante (e-mail): informe requester.email=VALOR.,elementor:2044 Orçamento (7c1f3ab) 2026-11-18 09:15:00
  "Caio Exemplo","caio@example.com","11999990005","Esplane","Patrocínio de evento","","","","Vocês patrocinam corridas de rua?","Or\u00e7amento (7c1f3ab)",2046,"2026-11-18 20:31:40",null,"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","203.0.113.24","https://esplane.example.com/contato/",7,category,Nenhuma categoria se chama 'Patrocínio de evento'.,elementor:2046 Orçamento (7c1f3ab) 2026-11-18 20:31:40
  "Dora Exemplo","dora@example.com","(11)99999.0006","Esplane","Declinado – Frete caro","","","","Frete de R$ 480,00? Desisti.","Or\u00e7amento (7c1f3ab)",2047,"2026-11-19 07:55:12",null,"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","203.0.113.25","https://esplane.example.com/contato/",8,category,"'Declinado – Frete caro' é só para vendedor, e não pode vir de fora.",elementor:2047 Orçamento (7c1f3ab) 2026-11-19 07:55:12

# O mesmo arquivo de novo: nada em dobro; as linhas que ainda esperam são o motivo da falha.
$ deskcli import inbox/manha.csv --map elementor
! manha.csv: 4 linhas repetidas (ESP-1, ESP-2, ESP-3)
! manha.csv: as linhas 4, 5, 7, 8 ainda esperam em rejects/manha-20261119-084000.csv, para corrigir e importar de novo.
[8]
$ deskcli import inbox/manha.csv --map elementor -n
  manha.csv:2  repetida: ESP-1
  manha.csv:3  repetida: ESP-2
  manha.csv:4  rejeitada: Falta Telefone para saber quem recebe (workflows/categories/orcamentos.yaml:124): informe requester.phone=VALOR.
  manha.csv:5  rejeitada: Falta Solicitante (e-mail): informe requester.email=VALOR.
  manha.csv:6  repetida: ESP-3
  manha.csv:7  rejeitada: Nenhuma categoria se chama 'Patrocínio de evento'.
  manha.csv:8  rejeitada: 'Declinado – Frete caro' é só para vendedor, e não pode vir de fora.
  manha.csv:9  repetida: ESP-1
! manha.csv: 0 tickets criados, 4 linhas rejeitadas, 4 linhas repetidas (simulação: nada foi gravado)
[8]
$ ls rejects
  manha-20261119-084000.csv

# As linhas ruins, consertadas por alguém, entram.
$ sed -i 's/"bia@example.com",""/"bia@example.com","11 99999-0002"/' rejects/manha-20261119-084000.csv
$ deskcli import rejects/manha-20261119-084000.csv --map elementor
  manha-20261119-084000.csv:2  ESP-4  Vendedor 3  Não recebi o boleto no e-mail.
  manha-20261119-084000.csv:3  rejeitada: Falta Solicitante (e-mail): informe requester.email=VALOR.
  manha-20261119-084000.csv:4  rejeitada: Nenhuma categoria se chama 'Patrocínio de evento'.
  manha-20261119-084000.csv:5  rejeitada: 'Declinado – Frete caro' é só para vendedor, e não pode vir de fora.
! Linhas rejeitadas, para corrigir e importar de novo: rejects/manha-20261119-084000.csv
! manha-20261119-084000.csv: 1 ticket criado, 3 linhas rejeitadas
[8]
$ deskcli import inbox/manha.csv --map elementor; ls rejects
  manha-20261119-084000.csv
! manha.csv: 5 linhas repetidas (ESP-1, ESP-2, ESP-4, ESP-3)
! manha.csv: as linhas 5, 7, 8 ainda esperam em rejects/manha-20261119-084000.csv, para corrigir e importar de novo.

# Chat fora do horário (O3): o que chegou com a loja aberta não vira ticket.
$ cp $ROOT/tests/fixtures/exports/chat.jsonl inbox/ && deskcli import inbox/chat.jsonl --map chat-fora-do-horario
  chat.jsonl:1  ESP-5  Vendedor 3  Oi, tem alguém? Queria saber do prazo do pedido 88123.
  chat.jsonl:2  fora da condição do mapa
  chat.jsonl:3  ESP-6  Vendedor 3  bom dia
! chat.jsonl: 2 tickets criados

# Quem recebeu o quê, e por quê.
$ deskcli list
  Ticket    Status  Responsável  Prazo  Solicitante             Título
  ESP-1     Novo    Vendedor 3          Ana Prado               Boa tarde! Preciso de uma cuba dupla "undermount" de 1,20 m.
  ESP-2     Novo    João                Cliente Exemplo         O boleto de R$ 732,90 venceu ontem, podem mandar outro?
  ESP-3     Novo    João                Instalações Exemplo ME  Somos instaladores em São José dos Campos.
  ESP-4     Novo    Vendedor 3          Beatriz Exemplo         Não recebi o boleto no e-mail.
  ESP-5     Novo    Vendedor 3          Tânia Exemplo           Oi, tem alguém? Queria saber do prazo do pedido 88123.
  ESP-6     Novo    Vendedor 3          Vera Exemplo            bom dia
! 6 tickets
$ deskcli why 1
  19/11/2026 08:40  encaminhado: Vendedor 3  workflows/forms/orcamentos-atendimento.yaml:114
    agenda de responsáveis orcamentos: Vendedor 3  (qui 19/11/2026, workflows/forms/orcamentos-atendimento.yaml:114)
        passou a vez: João (trocou o dia)
        passou a vez: Vendedor 2 (ausente)
$ deskcli why 2
  19/11/2026 08:40  encaminhado: João  workflows/categories/orcamentos.yaml:124
    responsável pelo ticket aberto do solicitante: ninguém  (workflows/categories/orcamentos.yaml:123)
    roleta atendimento: João  (2026-11, workflows/categories/orcamentos.yaml:124)

# O boleto de um pedido do site sem telefone é recusado (O33.11); com telefone vai pela roleta.
@ 2026-11-19T09:30
$ deskcli create -c boletos -f order_channel=site -f reason=outro --name 'Cliente Exemplo' --email cliente9@example.com -m 'Segunda via do boleto'
! Falta Telefone para saber quem recebe (workflows/categories/orcamentos.yaml:124): informe requester.phone=VALOR.
!   tente: deskcli create -c boletos -f order_channel=site -f reason=outro --name 'Cliente Exemplo' --email cliente9@example.com -m 'Segunda via do boleto' -f requester.phone=VALOR
[3]
$ deskcli create -c boletos -f order_channel=site -f reason=outro --name 'Cliente Exemplo' --email cliente9@example.com --phone '(11) 99999-0009' -m 'Segunda via do boleto'
  ESP-7  aberto, encaminhado  [Novo]  João  Segunda via do boleto

# Instaladores vão para o João (O33.5), mesmo com o João fora da agenda de hoje.
$ deskcli create -c 'Instaladores – Cadastro' -f reason=outro --name 'Instalador Exemplo' --email instalador@example.com -m 'Quero me cadastrar'
  ESP-8  aberto, encaminhado  [Novo]  João  Quero me cadastrar

# Pós Vendas sem vendedor: Nathálya, com a anotação que menciona letycia e Nathalya (O19).
$ deskcli create --form 'Pós Vendas' -c rastreio -f order_number=88123 --name 'Ana Prado' --email ana2@example.com -m 'Onde está meu pedido?'
  ESP-9  aberto, encaminhado, anotação  [Novo]  Nathálya  Onde está meu pedido?
$ deskcli show 9
  ESP-9  Onde está meu pedido?
    Status             Novo
    Responsável        Nathálya
    Solicitante        Ana Prado  ana2@example.com
    Formulário         Pós Vendas
    Categoria Assunto  Rastreio
    Número do pedido   88123
    Impropriedade      Não aplica
    Histórico          Pós Vendas
    Menções            letycia, Nathálya
  .
  19/11/2026 09:30  aberto  Atendente 1
      | Onde está meu pedido?
  19/11/2026 09:30  encaminhado  deskcli  workflows/forms/pos-vendas.yaml:77
      Responsável: Nathálya
  19/11/2026 09:30  anotação  deskcli
      Menções + letycia, Nathálya
      | Cliente sem vendedor responsável; encaminhado para o pós-venda. @letycia @Nathalya


# Currículo (O9, O10): só PDF ou Word, pelo conteúdo. Um .docx com macros é recusado.
@ 2026-11-19T10:05
$ deskcli create -c 'Assuntos não relacionados a atendimento' -f reason=outro --name 'Candidata Exemplo' --email candidata@example.com -m 'Segue meu currículo'
  ESP-10  aberto, encaminhado  [Novo]  equipe Triagem  Segue meu currículo
  A seguir: deskcli apply ESP-10 AÇÃO (curriculo-rh, referencia-comercial, financeiro)
$ deskcli apply 10 'Currículo RH'
! A ação automática 'Currículo RH' precisa de um arquivo pdf, doc, docx, pelo conteúdo. ESP-10 tem: nenhum.
!   tente: deskcli attach ESP-10 ARQUIVO
[3]
$ python3 $ROOT/tests/fixtures/make_docx.py --macros curriculo.docx && deskcli attach 10 curriculo.docx
  ESP-10  arquivos anexados  [Novo]  equipe Triagem  Segue meu currículo
$ deskcli apply 10 'Currículo RH'
! A ação automática 'Currículo RH' precisa de um arquivo pdf, doc, docx, pelo conteúdo. ESP-10 tem: curriculo.docx (docx-active).
!   tente: deskcli attach ESP-10 ARQUIVO
[3]
$ python3 $ROOT/tests/fixtures/make_docx.py curriculo.docx && deskcli attach 10 curriculo.docx
  ESP-10  arquivos anexados  [Novo]  equipe Triagem  Segue meu currículo
$ deskcli apply 10 'Currículo RH'
  ESP-10  ação automática aplicada: Currículo RH  [Resolvido]  equipe RH  Segue meu currículo
! Registrado, ainda por enviar: esta mesa não está no ar.
! aviso: Não há endereço para onde enviar, e estes esperam: ESP-10 (team:rh). O das pessoas da mesa fica em people.yaml.
!   tente: deskcli outbox list

# Aniversariante (O13, O33.16): a Niver é recusada sem cupom, e o ticket não se resolve sem a Niver.
@ 2026-11-19T10:30
$ deskcli create -c aniversariantes -f reason=outro --name 'Cliente Exemplo' --email niver@example.com -m 'Aniversário'
  ESP-11  aberto, encaminhado  [Novo]  Vendedor 3  Aniversário
  A seguir: deskcli apply ESP-11 AÇÃO (niver)
$ deskcli apply 11
  ESP-11  Aniversário
    niver  Niver  coupon_code=VALOR
    referencia-comercial  Referencia Comercial
  Ainda não:
    atendimento-esplane: 'Atendimento Esplane' precisa que Marca seja esplane: informe brand=VALOR. 'Atendimento Esplane' precisa de um destes: Canal, Origem.
    cadastro: 'Cadastro' precisa que Categoria Assunto seja cadastro_esplane: informe category=VALOR.
    curriculo-rh: 'Currículo RH' precisa que Categoria Assunto seja fora_de_atendimento: informe category=VALOR.
    financeiro: 'Financeiro' precisa que Categoria Assunto seja fora_de_atendimento: informe category=VALOR.
    nao-trabalhamos-com-o-produto: 'Não trabalhamos com o produto' precisa que Formulário seja nao-trabalhamos: informe form=VALOR.
    pos-vendas: 'Pós Vendas' precisa que Formulário seja pos-vendas: informe form=VALOR.
$ deskcli apply 11 niver
! 'Niver' precisa de Cupom de desconto: informe coupon_code=VALOR.
!   tente: deskcli apply 11 niver coupon_code=VALOR
[3]
$ deskcli resolve 11
! 'Aniversariantes' precisa antes da ação automática niver.
!   tente: deskcli apply 11 niver coupon_code=VALOR
[3]
$ deskcli apply 11 niver coupon_code=NIVER10
  ESP-11  ação automática aplicada: Niver  [Novo]  Vendedor 3  Aniversário
! Registrado, ainda por enviar: esta mesa não está no ar.

# Uma opção só de vendedores (O-X16) é recusada a um atendente, e aceita de um vendedor.
$ deskcli create -c 'Declinado – Frete caro' -f reason=outro --name 'Cliente Exemplo' --email frete@example.com
! 'Declinado – Frete caro' é só para vendedor (João, Vendedor 2, Vendedor 3); Atendente 1 não tem esse papel.
!   tente: deskcli create --form orcamentos-atendimento --guide
[4]
$ deskcli --as joao create -c 'Declinado – Frete caro' -f reason=venda_encerrada --name 'Cliente Exemplo' --email frete@example.com
  ESP-12  aberto, encaminhado  [Novo]  Vendedor 3  Declinado – Frete caro – Cliente Exemplo

# Não trabalhamos com o produto (O24 a O27): fica comigo, resolvido, com a ação automática (O14).
$ deskcli create --form nao-trabalhamos -f product='Torneira elétrica' -f stock_situation=nao_trabalhamos --name 'Cliente Exemplo' --email torneira@example.com -m 'Vocês têm torneira elétrica?'
  ESP-13  aberto, encaminhado, ação automática aplicada: Não trabalhamos com o produto  [Resolvido]  Atendente 1  Vocês têm torneira elétrica?
! Registrado, ainda por enviar: esta mesa não está no ar.

# Atualizar (O8): responder conta; a anotação interna não.
@ 2026-11-19T15:00
$ deskcli annotate 1 'vou medir o frete antes de responder'
  ESP-1  anotação  [Novo]  Vendedor 3  Boa tarde! Preciso de uma cuba dupla "undermount" de 1,20 m.
$ deskcli reply 2 'O frete para Atibaia é R$ 180,00.'
  ESP-2  resposta  [Novo]  João  O boleto de R$ 732,90 venceu ontem, podem mandar outro?
! Registrado, ainda por enviar: esta mesa não está no ar.

# O trabalho às 18:00, de todos: o que ninguém atualizou ainda é para hoje (O7), e o dia não fecha.
@ 2026-11-19T18:00
$ deskcli today --all
  qui 19/11/2026   Atrasados: 0   Para hoje: 5   Sem atualização: 0   Outros abertos: 6
  .
  Para hoje
  Ticket    Status  Responsável  Prazo  Solicitante             Título
  ESP-1     Novo    Vendedor 3          Ana Prado               Boa tarde! Preciso de uma cuba dupla "undermount" de 1,20 m.
  ESP-3     Novo    João                Instalações Exemplo ME  Somos instaladores em São José dos Campos.
  ESP-4     Novo    Vendedor 3          Beatriz Exemplo         Não recebi o boleto no e-mail.
  ESP-5     Novo    Vendedor 3          Tânia Exemplo           Oi, tem alguém? Queria saber do prazo do pedido 88123.
  ESP-6     Novo    Vendedor 3          Vera Exemplo            bom dia
  .
  Outros abertos
  Ticket    Status  Responsável  Prazo  Solicitante         Título
  ESP-2     Novo    João                Cliente Exemplo     O boleto de R$ 732,90 venceu ontem, podem mandar outro?
  ESP-7     Novo    João                Cliente Exemplo     Segunda via do boleto
  ESP-8     Novo    João                Instalador Exemplo  Quero me cadastrar
  ESP-9     Novo    Nathálya            Ana Prado           Onde está meu pedido?
  ESP-11    Novo    Vendedor 3          Cliente Exemplo     Aniversário
  ESP-12    Novo    Vendedor 3          Cliente Exemplo     Declinado – Frete caro – Cliente Exemplo

$ deskcli today --gate --all --format ids
  ESP-1
  ESP-3
  ESP-4
  ESP-5
  ESP-6
[7]


# A varredura: ainda é hoje; passou do fim do dia; a manhã do próximo dia útil, que é segunda (O7, O-X11).
$ deskcli sweep
  ESP-1  regra disparada: Atualizar na manhã seguinte, regra disparada: Atualizar no mesmo dia  [Novo]  Vendedor 3  Boa tarde! Preciso de uma cuba dupla "undermount" de 1,20 m.
  ESP-3  regra disparada: Atualizar na manhã seguinte, regra disparada: Atualizar no mesmo dia  [Novo]  João  Somos instaladores em São José dos Campos.
  ESP-4  regra disparada: Atualizar na manhã seguinte, regra disparada: Atualizar no mesmo dia  [Novo]  Vendedor 3  Não recebi o boleto no e-mail.
@ 2026-11-19T18:05
$ deskcli sweep
  ESP-5  regra disparada: Atualizar no mesmo dia  [Novo]  Vendedor 3  Oi, tem alguém? Queria saber do prazo do pedido 88123.
  ESP-6  regra disparada: Atualizar no mesmo dia  [Novo]  Vendedor 3  bom dia
$ deskcli sweep
@ 2026-11-20T13:00
$ deskcli sweep
@ 2026-11-23T11:59
$ deskcli sweep
@ 2026-11-23T12:01
$ deskcli sweep --plan plano.json
! 2 disparos planejados em plano.json.
$ deskcli reply 5 'O pedido sai na terça.'
  ESP-5  resposta  [Novo]  Vendedor 3  Oi, tem alguém? Queria saber do prazo do pedido 88123.
! Registrado, ainda por enviar: esta mesa não está no ar.
$ deskcli sweep --apply plano.json
  ESP-6  regra disparada: Atualizar na manhã seguinte  [Novo]  Vendedor 3  bom dia
! Mudaram depois do plano e ficaram como estavam: ESP-5
[6]
$ deskcli sweep
$ deskcli show 3
  ESP-3  Somos instaladores em São José dos Campos.
    Status             Novo
    Responsável        João
    Solicitante        Instalações Exemplo ME  obras@example.org  +5511999990004
    Formulário         Orçamentos e Atendimento
    Categoria Assunto  Instaladores – Cadastro
    Marca              Esplane
    Canal              Site
    Origem             Formulário do site
    Pedido em          18/11/2026 14:22
    Identificadores    atendimento_inicializado
    Sinais             atualizacao_atrasada, nao_atualizado_no_dia
  .
  19/11/2026 08:40  aberto  Atendente 1
      | Somos instaladores em São José dos Campos.
  19/11/2026 08:40  encaminhado  deskcli  workflows/categories/orcamentos.yaml:45
      Responsável: João
  19/11/2026 18:00  regra disparada: Atualizar na manhã seguinte  deskcli  workflows/rules/atualizacao-na-manha.yaml:4
      Sinais + atualizacao_atrasada
      a avisar: João
      | Sem atualização até o meio-dia do dia útil seguinte ao da solicitação.
  19/11/2026 18:00  regra disparada: Atualizar no mesmo dia  deskcli  workflows/rules/atualizacao-no-dia.yaml:5
      Sinais + nao_atualizado_no_dia

