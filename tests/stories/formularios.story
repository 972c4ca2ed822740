# Atualizar e atribuir usando formulários: o assunto muda, e com ele quem atende (O15 a O33).

@ 2026-11-23T09:00
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli create --guide
  nao-trabalhamos  Não trabalhamos com produto
    Para registrar o que os clientes procuram e não podemos vender: produtos com que não trabalhamos, produtos com estoque negativo e similares.
  orcamentos-atendimento  Orçamentos e Atendimento
    Para entregar ao vendedor do dia orçamentos e assuntos do setor comercial.
  pos-vendas  Pós Vendas
    Só para quem já fez um pedido e precisa de troca, devolução ou rastreio.
  .
  Um formulário inteiro: deskcli create --guide --form nao-trabalhamos
$ deskcli create --guide --form pos-vendas
  pos-vendas  Pós Vendas
    Só para quem já fez um pedido e precisa de troca, devolução ou rastreio.
    * requester.name  Solicitante (nome)
        Costuma vir preenchido do site; complete se faltar.
    * requester.email  Solicitante (e-mail)
        Costuma vir preenchido do site; complete se faltar.
      requester.phone  Telefone
      requester.document  CPF ou CNPJ
      assignee  Responsável
        O vendedor que já atende o cliente. Se não houver, vai para a Nathálya.
    * category  Categoria Assunto
        Escolha pelo que o cliente pede.
    * order_number  Número do pedido
        Sem pedido não é pós-venda; use o formulário Orçamentos e Atendimento.
      order_channel  Canal do pedido: site|vendedor
      brand  Marca
      channel  Canal: email|chat|whatsapp|site
      origin  Origem: site_form|chat_after_hours|planilha
      product  Produto
  .
  Categoria Assunto
    trocas  Trocas
        O cliente quer trocar o que recebeu.
    devolucoes  Devoluções
        O cliente quer devolver o que recebeu.
    rastreio  Rastreio
        O cliente quer saber onde está o pedido.
    inst_saldo_consulta  Instaladores – Consulta de saldo
        Se o cliente está em atendimento, é de quem o atende. Se o pedido é do site, vai para a Nathálya no formulário Pós Vendas.
    inst_saldo_uso  Instaladores – Utilização de saldo
        O instalador quer gastar o saldo. Se está em atendimento, é de quem o atende; se o pedido é do site, vai para a Nathálya no formulário Pós Vendas.
$ deskcli create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com -m 'Meu pedido 88123 não chegou'
  ESP-1  aberto, encaminhado  [Novo]  Vendedor 2  Meu pedido 88123 não chegou

# Era pós-venda: falta o número do pedido; com ele o ticket muda de formulário e de responsável (O15, O19).
$ deskcli set 1 form='Pós Vendas' category=rastreio
! Falta Número do pedido: informe order_number=VALOR.
!   tente: deskcli set 1 'form=Pós Vendas' category=rastreio order_number=VALOR
[3]
$ deskcli set 1 form='Pós Vendas' category=rastreio order_number=88123
  ESP-1  alterado, encaminhado, anotação  [Novo]  Nathálya (estava com Vendedor 2)  Meu pedido 88123 não chegou
      Motivo: Orçamento Pendente (removido)
      Identificadores: atendimento_inicializado (removido)
$ deskcli show 1
  ESP-1  Meu pedido 88123 não chegou
    Status             Novo
    Responsável        Nathálya
    Solicitante        Ana Prado  ana@example.com
    Formulário         Pós Vendas
    Categoria Assunto  Rastreio
    Número do pedido   88123
    Impropriedade      Não aplica
    Histórico          Pós Vendas
    Marca              Você Constrói
    Menções            letycia, Nathálya
  .
  23/11/2026 09:00  aberto  Atendente 1
      | Meu pedido 88123 não chegou
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/orcamentos-atendimento.yaml:114
      Responsável: Vendedor 2
  23/11/2026 09:00  alterado  Atendente 1
      Motivo: (removido)
      Tags: (removido)
      Formulário: Pós Vendas
      Número do pedido: 88123
      Impropriedade: Não aplica
      Histórico: Pós Vendas
      Categoria Assunto: Rastreio
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/pos-vendas.yaml:77
      Responsável: Nathálya
  23/11/2026 09:00  anotação  deskcli
      Menções + letycia, Nathálya
      | Cliente sem vendedor responsável; encaminhado para o pós-venda. @letycia @Nathalya
$ deskcli why 1
  23/11/2026 09:00  encaminhado: Vendedor 2  workflows/forms/orcamentos-atendimento.yaml:114
    agenda de responsáveis orcamentos: Vendedor 2  (seg 23/11/2026, workflows/forms/orcamentos-atendimento.yaml:114)
  23/11/2026 09:00  encaminhado: Nathálya  workflows/forms/pos-vendas.yaml:77
    estava com: Vendedor 2
    responsável pelo ticket aberto do solicitante (Vendedor): ninguém  (workflows/forms/pos-vendas.yaml:75)
    indicação da regra: Nathálya  (workflows/forms/pos-vendas.yaml:77)

# O assunto certo de um ticket: instaladores vão para o João (O33.6).
$ deskcli create -c duvida_produto -f product=Cuba -f reason=duvida --name 'Rui Exemplo' --email rui@example.com
  ESP-2  aberto, encaminhado  [Novo]  Vendedor 2  Dúvidas de produtos – Rui Exemplo
$ deskcli set 2 category='Instaladores – Indicação'
  ESP-2  alterado, encaminhado  [Novo]  João (estava com Vendedor 2)  Dúvidas de produtos – Rui Exemplo

# O que o formulário fixa não se tira nem se troca (O21): troca-se de formulário.
$ deskcli set 1 impropriety=
! Impropriedade é sempre 'nao_aplica' em 'Pós Vendas'.
!   tente: deskcli set 1 form=VALOR
[3]

# Uma opção só de vendedores continua só deles (O-X16), e o que uma opção exige não se apaga (O33.19).
$ deskcli set 2 category='Declinado – Frete caro'
! 'Declinado – Frete caro' é só para vendedor (João, Vendedor 2, Vendedor 3); Atendente 1 não tem esse papel.
!   tente: deskcli annotate ESP-2 '@joao TEXTO'
[4]
$ deskcli set 2 category=duvida_produto
  ESP-2  alterado, encaminhado  [Novo]  Vendedor 2 (estava com João)  Dúvidas de produtos – Rui Exemplo
$ deskcli set 2 product=
! 'Dúvidas de produtos' precisa de Produto: informe product=VALOR.
!   tente: deskcli set 2 product=VALOR
[3]
$ deskcli set 2 title=
! Falta Título: informe title=VALOR.
!   tente: deskcli set 2 title=VALOR
[3]
$ deskcli set 2 status=resolvido
! 'status' se muda com o comando move.
!   tente: deskcli move 2 resolvido
[2]

# Não trabalhamos com o produto (O24 a O27): fica com quem preenche, resolvido, com a ação automática (O14).
$ deskcli set 2 form=nao-trabalhamos product='Torneira elétrica' stock_situation=estoque_negativo
  ESP-2  alterado, encaminhado, ação automática aplicada: Não trabalhamos com o produto  [Resolvido]  Atendente 1 (estava com Vendedor 2)  Dúvidas de produtos – Rui Exemplo
      Motivo: Dúvida (removido)
      Identificadores: atendimento_inicializado (removido)
! Registrado, ainda por enviar: esta mesa não está no ar.
$ deskcli undo
  ESP-2  desfeito  [Novo]  Vendedor 2  Dúvidas de produtos – Rui Exemplo
! Desfazer: alterado, 23/11/2026 09:00, Atendente 1, 1 ticket
$ deskcli show 2
  ESP-2  Dúvidas de produtos – Rui Exemplo
    Status             Novo
    Responsável        Vendedor 2
    Solicitante        Rui Exemplo  rui@example.com
    Formulário         Orçamentos e Atendimento
    Categoria Assunto  Dúvidas de produtos
    Produto            Cuba
    Motivo             Dúvida
    Identificadores    atendimento_inicializado
  .
  23/11/2026 09:00  aberto  Atendente 1
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/orcamentos-atendimento.yaml:114
      Responsável: Vendedor 2
  23/11/2026 09:00  alterado  Atendente 1
      Categoria Assunto: Instaladores – Indicação
  23/11/2026 09:00  encaminhado  deskcli  workflows/categories/orcamentos.yaml:52
      Responsável: João
  23/11/2026 09:00  alterado  Atendente 1
      Categoria Assunto: Dúvidas de produtos
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/orcamentos-atendimento.yaml:114
      Responsável: Vendedor 2
  23/11/2026 09:00  alterado  Atendente 1
      Motivo: (removido)
      Identificadores: (removido)
      Formulário: Não trabalhamos com produto
      Produto: Torneira elétrica
      Situação do estoque: Estoque negativo
      Categoria Assunto: Não trabalhamos com produto
      Status: Resolvido
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/nao-trabalhamos.yaml:67
      Responsável: Atendente 1
  23/11/2026 09:00  ação automática aplicada: Não trabalhamos com o produto  Atendente 1
      a enviar: email rui@example.com
      | Olá, Rui Exemplo.
      |
      | No momento estamos sem estoque deste produto: Torneira elétrica.
      | Anotamos o seu interesse, que nos ajuda a escolher o que oferecer. Se pudermos ajudar com outro produto, é só responder a esta mensagem.
      |
      | Atendente 1
      | Equipe de atendimento – Esplane
  23/11/2026 09:00  desfeito  Atendente 1
      Situação do estoque: (removido)
      Formulário: Orçamentos e Atendimento
      Categoria Assunto: Dúvidas de produtos
      Status: Novo
      Produto: Cuba
      Motivo: Dúvida
      Identificadores: atendimento_inicializado
      Responsável: Vendedor 2
$ deskcli report --by product
  Não trabalhamos com produto  Tickets
                               1
  Cuba                         1

# Editado à mão, o ticket passa pelas mesmas regras.
$ sed -i '/^fields:/s/duvida/outra_coisa/' tickets/2026/11/ESP-2.yaml
$ deskcli check
! tickets/2026/11/ESP-2.yaml:8:33: Motivo: 'outra_coisa' não é um destes: orcamento_pendente, duvida, pedido_em_andamento, venda_encerrada, outro.
!   tente: deskcli set ESP-2 reason=VALOR
! 1 problema, 0 avisos, 21 cenários conferidos
! 57 marcas por confirmar: deskcli check --strict
[3]

# Os valores como o formulário os diz: dinheiro, pessoas, escolhas; --json fica com o que está gravado.
$ deskcli --as joao create --form pedido-finalizado -c pedido_esplane --name Bia --email bia@example.com -f order_number=77 -f amount='R$ 1.234,5' -f seller=@me -f order_channel=site
  ESP-3  aberto, encaminhado  [Novo]  João  Pedido Finalizado Esplane – Bia
$ deskcli show 3 | head -n 12
  ESP-3  Pedido Finalizado Esplane – Bia
    Status             Novo
    Responsável        João
    Solicitante        Bia  bia@example.com
    Formulário         Pedido Finalizado
    Categoria Assunto  Pedido Finalizado Esplane
    Número do pedido   77
    Valor              R$ 1.234,50
    Vendedor da venda  João
    Canal do pedido    Site
    Marca              Esplane
    Desfecho           ganho
$ deskcli --lang en show 3 | grep -E 'Valor|Outcome'
    Valor              R$ 1,234.50
    Outcome            won
$ deskcli show 3 --json | grep -E 'amount|seller|outcome'
    "outcome": "won",
      "amount": "1234.50",
      "seller": "joao",
          "outcome": "won",
            "amount": "1234.50",
            "seller": "joao",
            "step": "assign:@seller",

# O que se procura conta junto, como quer que se escreva; a visão mostra o produto.
$ for p in 'Torneira elétrica' 'torneira eletrica' 'TORNEIRA ELÉTRICA' 'Torneira elétrica'; do deskcli create --form nao-trabalhamos -f product="$p" -f stock_situation=nao_trabalhamos --name Rui --email rui@example.com > /dev/null; done
! Registrado, ainda por enviar: esta mesa não está no ar.
! Registrado, ainda por enviar: esta mesa não está no ar.
! Registrado, ainda por enviar: esta mesa não está no ar.
! Registrado, ainda por enviar: esta mesa não está no ar.
$ deskcli report form:nao-trabalhamos --by product
  Não trabalhamos com produto  Tickets
  Torneira elétrica            4
$ deskcli list --view procurados
  Ticket     Não trabalhamos com produto  Situação do estoque  Solicitante (nome)  Pedido em
  ESP-4   ✓  Torneira elétrica            Não trabalhamos      Rui                 23/11/2026 09:00
  ESP-5   ✓  torneira eletrica            Não trabalhamos      Rui                 23/11/2026 09:00
  ESP-6   ✓  TORNEIRA ELÉTRICA            Não trabalhamos      Rui                 23/11/2026 09:00
  ESP-7   ✓  Torneira elétrica            Não trabalhamos      Rui                 23/11/2026 09:00
! 4 tickets
$ deskcli list --view procurados --format csv | cut -d, -f 1-4 | head -n 2
  id,mark,product,stock_situation
  ESP-4,✓,Torneira elétrica,nao_trabalhamos
! 4 tickets
