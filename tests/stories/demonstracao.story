# A demonstração de um pacote: uma mesa nova, amostras, e o que se pode tentar a seguir. A das academias.
@ 2026-11-23T09:00
$ deskcli demo mesa --pack academia
  Uma mesa em ~/mesa.
  .
  A academia que pediu, com o seu contato
  $ deskcli org add 'Academia 1' --brand ifitness --contact Recepção --phone '11 90000-0000'
  id: academia-1
  name: Academia 1
  brand: ifitness
  contacts:
  - {name: Recepção, phone: '+5511900000000'}
  .
  Uma conversa trata de dois assuntos: eis o plano a preencher
  $ deskcli split inbox/conversa-1.txt
  common:
    org: ''
    requester.name: Recepção
  tickets:
  - lines: ''
    title: ''
    category: ''
    summary: ''
  - lines: ''
    title: ''
    category: ''
    summary: ''
  .
  #    1  [20/11/2026 08:40] Recepção: Bom dia, a catraca não libera a entrada
  #    2  [20/11/2026 08:41] Operador 1: Bom dia! Vou acessar
  #    3  [20/11/2026 08:50] Operador 1: Ela está sem energia. O disjuntor pode ter caído?
  #    4  [20/11/2026 08:52] Recepção: Caiu e não volta, vamos trocar
  #    5  [20/11/2026 08:55] Recepção: E a impressora do totem não funciona
  #    6  [20/11/2026 08:57] Operador 1: Testei daqui e ela não responde, é preciso ver o cabo
  #    7  [20/11/2026 08:58] Recepção: Podem vir, combinado
  .
  Com o plano preenchido, um ticket para cada assunto
  $ deskcli split inbox/conversa-1.txt inbox/conversa-1.yaml
  ACA-1  aberto, encaminhado  [Novo]  Operador 1  Catraca não libera a entrada
  ACA-2  aberto, encaminhado  [Novo]  Operador 1  Impressora do totem não funciona
  .
  O primeiro fica prometido para hoje
  $ deskcli due 1 hoje
  ACA-1  data prometida  [Novo]  Operador 1  Catraca não libera a entrada
  .
  O segundo pede uma visita, que quem agenda é o Paulo
  $ deskcli --as paulo visit schedule 2 '+1bd 14h' --with 'Técnico 1' --confirmed
  ACA-2  visita agendada  [Novo]  Operador 1  Impressora do totem não funciona
  .
  Em Visita presencial, a data do ticket é a da visita
  $ deskcli move 2 visita_presencial
  ACA-2  mudou de status  [Visita presencial]  Operador 1  Impressora do totem não funciona
  .
  O trabalho de hoje
  $ deskcli today --all
  seg 23/11/2026   Atrasados: 0   Para hoje: 1   Sem atualização: 0   Outros abertos: 1
  .
  Para hoje
  Ticket        Prioridade  Status  Responsável  Prazo       Academia    Solicitante  Título
  ACA-1   hoje  Alta        Novo    Operador 1   2026-11-23  Academia 1  Recepção     Catraca não libera a entrada
  .
  Outros abertos
  Ticket    Prioridade  Status             Responsável  Prazo       Academia    Solicitante  Título
  ACA-2     Média       Visita presencial  Operador 1   2026-11-24  Academia 1  Recepção     Impressora do totem não funciona
  .
  No fim do dia nada pode ter vencido: a porta está fechada (saída 7)
  $ deskcli today --gate
  Ticket        Status  Responsável  Prazo       Academia    Solicitante  Título
  ACA-1   hoje  Novo    Operador 1   2026-11-23  Academia 1  Recepção     Catraca não libera a entrada
  .
  Esperar o cliente, só com a data combinada
  $ deskcli move 1 esperando_cliente -m 'O cliente vai trocar o disjuntor'
  .
  Com ela, sim
  $ deskcli move 1 esperando_cliente -m 'O cliente vai trocar o disjuntor' --due +2bd
  ACA-1  mudou de status  [Esperando o cliente]  Operador 1  Catraca não libera a entrada
  .
  Agora a porta está aberta, e não há nada a dizer (saída 0)
  $ deskcli today --gate --all
  .
  Um ticket inteiro
  $ deskcli show 1
  ACA-1  Catraca não libera a entrada
    Status       Esperando o cliente
    Responsável  Operador 1
    Solicitante  Recepção  +5511900000000
    Formulário   Suporte
    Produto      Catraca
    Prazo        qua 25/11/2026
    Marca        ifitness
    Prioridade   Alta
    Academia     Academia 1
    Canal        Chat
    Resumo       Catraca sem energia; o disjuntor caiu e não volta
    Vínculos     ACA-2
    Arquivo      conversa-1.txt  (text)
    mesmo solicitante: ACA-2  Impressora do totem não funciona
  .
  23/11/2026 09:00  aberto  Operador 1
      | [20/11/2026 08:40] Recepção: Bom dia, a catraca não libera a entrada
      | [20/11/2026 08:41] Operador 1: Bom dia! Vou acessar
      | [20/11/2026 08:50] Operador 1: Ela está sem energia. O disjuntor pode ter caído?
      | [20/11/2026 08:52] Recepção: Caiu e não volta, vamos trocar
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/suporte.yaml:100
      Responsável: Operador 1
  23/11/2026 09:00  data prometida  Operador 1
      Data de resolução devida: seg 23/11/2026
  23/11/2026 09:00  mudou de status  Operador 1
      Status: Esperando o cliente
      Data de resolução devida: qua 25/11/2026
      | O cliente vai trocar o disjuntor
  .
  Tente agora, em ~/mesa:
    deskcli append inbox/conversa-2.txt --org 'Academia 1'   # a que ticket esta conversa pertence?
    deskcli append 1 inbox/conversa-2.txt -m 'Disjuntor trocado; a catraca voltou' --resolve   # acrescenta e resolve
    deskcli --as paulo visit move 2 '+2bd 9h' -m 'Técnico sem carro' --confirmed   # a visita é adiada, e a data vai com ela
    deskcli visit list
    deskcli outbox add 2 -m 'Bom dia! A visita ficou para depois de amanhã.'   # a primeira mensagem, pelo Utalk
    deskcli create --org 'Academia 1' -c finger Problema   # recusado: o título não diz o problema
    deskcli --as 'Atendente MU' create --org 'Academia 1' -c finger 'Finger apagado'   # a academia vai antes do título
    deskcli today --handover --all   # o que passa para o próximo turno
    deskcli calendar show   # o horário e os feriados
    deskcli check --strict   # o que falta confirmar nesta mesa
! Prometido para seg 23/11/2026.
! Visita: ter 24/11/2026, 14:00.
! Prometido para ter 24/11/2026.
! 'Esperando o cliente' precisa do dia combinado com o cliente.
!   tente: deskcli move 1 esperando_cliente -m 'O cliente vai trocar o disjuntor' --due DATA
! Prometido para qua 25/11/2026. Antes: seg 23/11/2026.
