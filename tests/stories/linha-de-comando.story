# O que se espera de um bom comando: formatos, entrada padrão, ensaio, códigos de saída, línguas.

@ 2026-11-23T09:00
$ deskcli list
! There is no desk in ~ or above it.
!   try: deskcli init FOLDER --pack academia
[5]
$ deskcli init mesa
! Say which pack to begin from: academia, esplane.
!   try: deskcli init mesa --pack academia
[2]
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli init mesa --pack esplane
  Mesa criada em ~/mesa/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide

# Ensaio: mostra exatamente o que faria, e não escreve nada.
$ deskcli create -c 'orcamento esplane' --name 'Ana Prado' --email ana@example.com -m 'Piso vinílico' -n
  (novo)  aberto, encaminhado  [Novo]  Vendedor 2  Piso vinílico
    23/11/2026 09:00  aberto  Atendente 1
        Título: Piso vinílico
        Formulário: Orçamentos e Atendimento
        Marca: Esplane
        Categoria Assunto: Orçamento Esplane
        Status: Novo
        Solicitante: Ana Prado, ana@example.com
        Motivo: Orçamento Pendente
        Identificadores: atendimento_inicializado
        | Piso vinílico
    23/11/2026 09:00  encaminhado  deskcli  workflows/forms/orcamentos-atendimento.yaml:114
        Responsável: Vendedor 2
    agenda de responsáveis orcamentos: Vendedor 2  (seg 23/11/2026, workflows/forms/orcamentos-atendimento.yaml:114)
! Nada foi gravado (simulação).
$ ls tickets
$ deskcli create -c 'orcamento esplane' --name 'Ana Prado' --email ana@example.com -m 'Piso vinílico'
  ESP-1  aberto, encaminhado  [Novo]  Vendedor 2  Piso vinílico
$ deskcli create -c 'Orçamento VCC' --name 'Rui Exemplo' --email rui@example.com -m 'Cuba de apoio'
  ESP-2  aberto, encaminhado  [Novo]  Vendedor 2  Cuba de apoio
$ deskcli create -c orcamento_vc --name 'Rui Exemplo' --email rui@example.com
! Nenhuma categoria se chama 'orcamento_vc'. Você quis dizer 'orcamento_vcc'?
!   tente: deskcli create -c orcamento_vcc --name 'Rui Exemplo' --email rui@example.com
!   tente: deskcli create --form orcamentos-atendimento --guide
[5]
$ deskcli create -c duvida_produto --name 'Rui Exemplo' --email rui.example.com
! Solicitante (e-mail): 'rui.example.com' não é válido (e-mail).
! Falta Motivo: informe reason=VALOR. Opções: orcamento_pendente, duvida, pedido_em_andamento, venda_encerrada, outro.
! 'Dúvidas de produtos' precisa de Produto: informe product=VALOR.
!   tente: deskcli create -c duvida_produto --name 'Rui Exemplo' --email VALOR -f reason=outro -f product=VALOR
[3]

# O que a recusa sugere funciona como está; as outras escolhas são ditas à parte.
$ deskcli create -c duvida_produto --name 'Bia Exemplo' --email bia@example.com -f product=Cuba 2> recusa.txt; cat recusa.txt
  Falta Motivo: informe reason=VALOR. Opções: orcamento_pendente, duvida, pedido_em_andamento, venda_encerrada, outro.
    tente: deskcli create -c duvida_produto --name 'Bia Exemplo' --email bia@example.com -f product=Cuba -f reason=outro
$ eval "$(sed -n 's/^ *tente: //p' recusa.txt) -n" | head -n 1
  (novo)  aberto, encaminhado  [Novo]  Vendedor 2  Dúvidas de produtos – Bia Exemplo
! Nada foi gravado (simulação).

# Listas: filtro em palavras, visões, formatos.
$ deskcli list 'category:orcamento_vcc'
  Ticket    Status  Responsável  Prazo  Solicitante  Título
  ESP-2     Novo    Vendedor 2          Rui Exemplo  Cuba de apoio
! 1 ticket
$ deskcli list cuba --format ids
  ESP-2
! 1 ticket
$ deskcli list --format csv | cut -d, -f1-4
  id,mark,status_label,assignee_name
  ESP-1,,Novo,Vendedor 2
  ESP-2,,Novo,Vendedor 2
! 2 tickets
$ deskcli list --json | head -n 8
  {
    "schema_version": 1,
    "tickets": [
      {
        "id": "ESP-1",
        "title": "Piso vinílico",
        "status": "novo",
        "status_label": "Novo",
! 2 tickets
$ deskcli list --views
  abertos  Abertos
  meus  Meus tickets abertos
  sem-responsavel  Sem responsável
  nao-atualizados  Ainda sem atualização
  atrasados  Passaram do prazo de atualização
  atualizar-hoje  Para atualizar hoje
  sem-motivo  Vieram do site e ainda não têm Motivo
  triagem  Fila de triagem
  orcamentos  Orçamentos pendentes
  pos-vendas  Pós Vendas
  aniversariantes  Aniversariantes sem a ação Niver
  supervisor  Cadastros que esperam o supervisor
  procurados  Produtos procurados que não temos
  vendas  Vendas fechadas
  declinados  Vendas perdidas
$ deskcli list --view sem-responsavel
! 0 tickets
$ deskcli search apoio
  Ticket  Trecho
  ESP-2   Cuba de [apoio]
! 1 ticket
$ deskcli search inexistente
! 0 tickets

# Números pela entrada padrão.
$ deskcli list --format ids | deskcli due - amanhã -m 'combinado por telefone'
  ESP-1  data prometida  [Novo]  Vendedor 2  Piso vinílico
  ESP-2  data prometida  [Novo]  Vendedor 2  Cuba de apoio
! 2 tickets
! Prometido para ter 24/11/2026.
$ deskcli list 'due:<today' --format ids | deskcli due - amanhã -m 'nenhum'
! 0 tickets
$ deskcli due 1 +2bd
! ESP-1 está prometido para 24/11/2026; diga por que a data muda.
!   tente: deskcli due 1 +2bd -m TEXTO
[3]
$ deskcli due ESP-1 +2bd -m 'cliente pediu'
  ESP-1  data prometida  [Novo]  Vendedor 2  Piso vinílico
! Prometido para qua 25/11/2026. Antes: ter 24/11/2026.
$ deskcli due 1 31/02
! '31/02' não é uma data; tente 24/11, amanhã, sexta, +2bd ou 2026-11-24.
!   tente: deskcli due 1 DATA
[2]
@ 2026-11-24T10:00
$ deskcli list 'due:<=today'
  Ticket        Status  Responsável  Prazo       Solicitante  Título
  ESP-2   hoje  Novo    Vendedor 2   2026-11-24  Rui Exemplo  Cuba de apoio
! 1 ticket
$ deskcli today
  ter 24/11/2026   Atrasados: 0   Para hoje: 0   Sem atualização: 0   Outros abertos: 0
$ deskcli today --all
  ter 24/11/2026   Atrasados: 0   Para hoje: 1   Sem atualização: 0   Outros abertos: 1
  .
  Para hoje
  Ticket        Status  Responsável  Prazo       Solicitante  Título
  ESP-2   hoje  Novo    Vendedor 2   2026-11-24  Rui Exemplo  Cuba de apoio
  .
  Outros abertos
  Ticket    Status  Responsável  Prazo       Solicitante  Título
  ESP-1     Novo    Vendedor 2   2026-11-25  Ana Prado    Piso vinílico
@ 2026-11-25T10:00
$ deskcli today vendedor-2
  qua 25/11/2026   Atrasados: 1   Para hoje: 1   Sem atualização: 0   Outros abertos: 0
  .
  Atrasados
  Ticket            Status  Responsável  Prazo       Solicitante  Título
  ESP-2   atrasado  Novo    Vendedor 2   2026-11-24  Rui Exemplo  Cuba de apoio
  .
  Para hoje
  Ticket        Status  Responsável  Prazo       Solicitante  Título
  ESP-1   hoje  Novo    Vendedor 2   2026-11-25  Ana Prado    Piso vinílico

# Estados.
$ deskcli resolve 1 2 -m 'entregue'
  ESP-1  resolvido  [Resolvido]  Vendedor 2  Piso vinílico
  ESP-2  resolvido  [Resolvido]  Vendedor 2  Cuba de apoio
$ deskcli resolve 1
! ESP-1 já está em 'Resolvido'.
!   tente: deskcli history ESP-1
[3]
$ deskcli reopen 1
  ESP-1  reaberto  [Novo]  Vendedor 2  Piso vinílico
$ deskcli cancel 1
! Diga por que ESP-1 é cancelado.
!   tente: deskcli cancel 1 -m TEXTO
[3]
$ deskcli cancel 1 -m 'desistiu'
  ESP-1  cancelado  [Cancelado]  Vendedor 2  Piso vinílico
$ deskcli move 2 novo
  ESP-2  mudou de status  [Novo]  Vendedor 2  Cuba de apoio
$ deskcli move 2 arquivado
! Nenhum status se chama 'arquivado'; existem: novo, resolvido, cancelado.
!   tente: deskcli report --by status
[5]
$ deskcli assign 2 joao
  ESP-2  atribuído  [Novo]  João  Cuba de apoio
$ deskcli assign 2 rota:orcamentos
! ESP-2 já é de João.
!   tente: deskcli why ESP-2
[3]
$ deskcli assign 2 ninguem
! Ninguém se chama 'ninguem'; existem: joao, vendedor-2, vendedor-3, nathalya, letycia, atendente-1, supervisor.
!   tente: deskcli people list
[5]
$ deskcli report --by status
  Status     Tickets
  Cancelado  1
  Novo       1
$ deskcli --lang en report --by status
  Status     Tickets
  Cancelado  1
  Novo       1
$ deskcli --lang en show 99
! There is no ticket ESP-99.
!   try: deskcli --lang en list --all
[5]
$ deskcli show 99
! Não existe o ticket ESP-99.
!   tente: deskcli list --all
[5]
$ deskcli show ../../etc/passwd
! '../../etc/passwd' não é número de ticket; tente 1042 ou ESP-1042.
!   tente: deskcli list --all
[2]
$ deskcli history 2 --json | head -n 4
  {
    "schema_version": 1,
    "id": "ESP-2",
    "history": [
$ deskcli people list
  Id           Nome         Papéis      Equipes
  joao         João         Vendedor
  vendedor-2   Vendedor 2   Vendedor
  vendedor-3   Vendedor 3   Vendedor
  nathalya     Nathálya     Pós Vendas  Pós Vendas
  letycia      letycia
  atendente-1  Atendente 1  Atendente   Triagem
  supervisor   Supervisor   Supervisor
$ deskcli calendar show 23/12 --days 3
  Dia             Horário      Feriado
  qua 23/12/2026  08:00-18:00
  qui 24/12/2026  08:00-18:00
  sex 25/12/2026               Natal
$ deskcli calendar open 'sexta 14h'
  aberta
$ deskcli calendar open 'sábado 14h'
  fechada; abre em seg 30/11/2026 08:00
[7]
$ deskcli nada
! Uso: deskcli [OPÇÕES] COMANDO [ARGUMENTOS]...
! Não existe o comando 'nada'.
!   tente: deskcli --help
[2]
$ deskcli reply 2 -t inexistente
! Nenhuma resposta pronta se chama 'inexistente'; existem: atendimento-esplane, cadastro, curriculo-rh, financeiro, nao-trabalhamos-com-o-produto, niver, pos-vendas, referencia-comercial.
!   tente: deskcli reply --list
[5]
$ deskcli reply 2 -t niver
! workflows/replies/niver.md:7: A resposta precisa de valores que ESP-2 não tem: fields.coupon_code.
!   tente: deskcli set 2 coupon_code=VALOR
[3]
$ deskcli reindex
  2 tickets
