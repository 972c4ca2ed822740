# Prazos: o que a mesa promete está num arquivo; o que foi cumprido sai do histórico, nunca é gravado.

@ 2026-11-19T16:00
$ cp -r $ROOT/tests/fixtures/prazos mesa
$ deskcli check
! 0 problemas, 0 avisos
$ cat schedules/sla.yaml
  # yaml-language-server: $schema=../.deskcli/schemas/sla.json
  #
  # O que a mesa promete a quem pede. Nada disto fica gravado nos tickets: os prazos são recalculados
  # do histórico, e `deskcli calendar explain ID` mostra que tempo contou, que tempo não, e por quê.
  #
  #   first_response  até a primeira resposta ao cliente
  #   update          de uma atualização até a seguinte (o que vale está em desk.yaml)
  #   resolution      até resolver; reaberto, o ticket continua de onde parou
  #
  # Os prazos: `4h` e `90min` são horas de trabalho do calendário; `2bd` são dias úteis, até o fim do
  # expediente (`0bd` é o mesmo dia); `1bd 12:00` é o dia útil seguinte, até o meio-dia. Status com
  # `clock: pause` param o relógio. Para prometer horas corridas, use um calendário que não fecha.
  #
  # Vale o primeiro da lista que serve ao ticket e traz o prazo de que se trata. Com `from:` um prazo
  # novo vale só para o que chegar desse dia em diante, e os meses passados ficam como estavam.
  targets:
  - id: urgente
    label: Urgente
    when: {priority: urgente}
    calendar: plantao
    first_response: 1h
    resolution: 8h
  - id: padrao
    label: Padrão
    first_response: 4h
    update: 1bd
    resolution: 2bd

# Quinta, 16h: sexta é feriado. Duas horas contam hoje, as outras só na segunda.
$ deskcli --as bia create -c duvida --name 'Ana Prado' --email ana@example.com -m 'Como emito a nota?'
  SUP-1  aberto, encaminhado  [Aberto]  Bia  Como emito a nota?
$ deskcli --as bia create -c parado --name 'Rui Exemplo' --email rui@example.com -m 'Catraca parada' -f priority=urgente
  SUP-2  aberto, encaminhado  [Aberto]  Bia  Catraca parada
$ deskcli show 1 | head -n 11
  SUP-1  Como emito a nota?
    Status             Aberto
    Responsável        Bia
    Solicitante        Ana Prado  ana@example.com
    Formulário         Chamado
    Categoria          Dúvida
    Primeira resposta  até seg 23/11/2026 10:00 (prazo: 4h; contado: 0min)
    Atualização        até seg 23/11/2026 18:00 (prazo: 1 dia útil; contado: 0min)
    Solução            até ter 24/11/2026 18:00 (prazo: 2 dias úteis; contado: 0min)
    Prioridade         Média
  .

# Segunda, 10h30: a primeira resposta da Ana venceu às 10h; a do Rui conta dia e noite e venceu na quinta.
@ 2026-11-23T10:30
$ deskcli list sla:late
  Ticket    Status  Responsável  Prazo  Solicitante  Título
  SUP-1     Aberto  Bia                 Ana Prado    Como emito a nota?
  SUP-2     Aberto  Bia                 Rui Exemplo  Catraca parada
! 2 tickets
$ deskcli list 'sla.first_response:atrasado' 'sla.resolution.due:<=amanhã'
  Ticket    Status  Responsável  Prazo  Solicitante  Título
  SUP-1     Aberto  Bia                 Ana Prado    Como emito a nota?
  SUP-2     Aberto  Bia                 Rui Exemplo  Catraca parada
! 2 tickets
$ deskcli list sla.resolution:correno
! Valor desconhecido de situação de SLA: 'correno'; existem: late, running, paused, missed, met, cancelled.
!   tente: deskcli list sla.resolution:late
[5]
$ deskcli sweep
  SUP-1  regra disparada: Atualizar até o fim do dia, regra disparada: Primeira resposta atrasada  [Aberto]  Bia  Como emito a nota?
  SUP-2  regra disparada: Primeira resposta atrasada  [Aberto]  Bia  Catraca parada
$ deskcli sweep
$ deskcli calendar explain 1
  Primeira resposta, Padrão: atrasado desde seg 23/11/2026 10:00 (prazo: 4h; contado: 4h30)
  Atualização, Padrão: até seg 23/11/2026 18:00 (prazo: 1 dia útil; contado: 4h30)
  Solução, Padrão: até ter 24/11/2026 18:00 (prazo: 2 dias úteis; contado: 4h30)
  De                    Até                   Contado  Motivo
  qui 19/11/2026 16:00  qui 19/11/2026 18:00  2h       horário de atendimento
  qui 19/11/2026 18:00  sex 20/11/2026 00:00           fora do horário
  sex 20/11/2026 00:00  sáb 21/11/2026 00:00           Consciência Negra
  sáb 21/11/2026 00:00  seg 23/11/2026 00:00           dia sem atendimento
  seg 23/11/2026 00:00  seg 23/11/2026 08:00           fora do horário
  seg 23/11/2026 08:00  seg 23/11/2026 10:30  2h30     horário de atendimento
! Conta como primeira resposta: reply, outbox add, due --contacted; conversa anexada não conta.

# Espera pelo cliente não conta; quem responde começa um prazo de atualização novo.
$ deskcli --as bia reply 1 'Qual é o número do pedido?'
  SUP-1  resposta  [Aberto]  Bia  Como emito a nota?
! Registrado, ainda por enviar: esta mesa não está no ar.
$ deskcli --as bia move 1 esperando_cliente
  SUP-1  mudou de status  [Esperando o cliente]  Bia  Como emito a nota?
@ 2026-11-24T14:00
$ deskcli show 1 | sed -n 7,9p
    Primeira resposta  cumprido com atraso, vencia seg 23/11/2026 10:00 (prazo: 4h; contado: 4h30)
    Atualização        pausado (prazo: 1 dia útil; contado: 0min)
    Solução            pausado (prazo: 2 dias úteis; contado: 4h30)
$ deskcli --as bia move 1 aberto
  SUP-1  mudou de status  [Aberto]  Bia  Como emito a nota?
$ deskcli calendar explain 1 --format csv | grep ',resolution,' | cut -d, -f2-6 | tail -n 3
  resolution,seg 23/11/2026 00:00,seg 23/11/2026 08:00,,fora do horário
  resolution,seg 23/11/2026 08:00,seg 23/11/2026 10:30,2h30,horário de atendimento
  resolution,seg 23/11/2026 10:30,ter 24/11/2026 14:00,,pausado: Esperando o cliente

# Resolvido e reaberto: continua de onde parou. Com outra prioridade, vale o prazo dela para tudo o
# que já contou.
$ deskcli --as bia resolve 1 -m 'Nota emitida'
  SUP-1  resolvido  [Resolvido]  Bia  Como emito a nota?
@ 2026-11-26T09:00
$ deskcli --as bia reopen 1
  SUP-1  reaberto  [Aberto]  Bia  Como emito a nota?
@ 2026-11-26T10:00
$ deskcli show 1 | sed -n 9p
    Solução            até sex 27/11/2026 18:00 (prazo: 2 dias úteis; contado: 5h30)
$ deskcli --as bia set 1 priority=urgente
  SUP-1  alterado  [Aberto]  Bia  Como emito a nota?
$ deskcli show 1 | sed -n 9p
    Solução            até qui 26/11/2026 12:30 (prazo: 8h; contado: 5h30)
$ deskcli calendar explain 1 | tail -n 12
  .
  Solução, Urgente: até qui 26/11/2026 12:30 (prazo: 8h; contado: 5h30)
  De                    Até                   Contado  Motivo
  qui 19/11/2026 16:00  qui 19/11/2026 18:00  2h       horário de atendimento
  qui 19/11/2026 18:00  sex 20/11/2026 00:00           fora do horário
  sex 20/11/2026 00:00  sáb 21/11/2026 00:00           Consciência Negra
  sáb 21/11/2026 00:00  seg 23/11/2026 00:00           dia sem atendimento
  seg 23/11/2026 00:00  seg 23/11/2026 08:00           fora do horário
  seg 23/11/2026 08:00  seg 23/11/2026 10:30  2h30     horário de atendimento
  seg 23/11/2026 10:30  ter 24/11/2026 14:00           pausado: Esperando o cliente
  ter 24/11/2026 14:00  qui 26/11/2026 09:00           parado: Resolvido
  qui 26/11/2026 09:00  qui 26/11/2026 10:00  1h       horário de atendimento
$ deskcli --as bia resolve 1 2 -m 'Resolvido'
  SUP-1  resolvido  [Resolvido]  Bia  Como emito a nota?
  SUP-2  resolvido  [Resolvido]  Bia  Catraca parada
$ deskcli show 1 --json | grep -A 18 '"sla"'
    "sla": {
      "state": "missed",
      "due": "",
      "first_response": {
        "state": "missed",
        "due": "",
        "target": "padrao"
      },
      "update": {
        "state": "met",
        "due": "",
        "target": "padrao"
      },
      "resolution": {
        "state": "met",
        "due": "",
        "target": "urgente"
      }
    },

# Um ticket cancelado não deve nada, e não entra na conta.
$ deskcli --as bia create -c duvida --name 'Eva Exemplo' -m 'Engano'
  SUP-3  aberto, encaminhado  [Aberto]  Bia  Engano
$ deskcli --as bia cancel 3 -m 'aberto por engano'
  SUP-3  cancelado  [Cancelado]  Bia  Engano
$ deskcli calendar explain 3
  Primeira resposta, Padrão: cancelado (prazo: 4h; contado: 0min)
  Atualização, Padrão: cancelado (prazo: 1 dia útil; contado: 0min)
  Solução, Padrão: cancelado (prazo: 2 dias úteis; contado: 0min)
$ deskcli report sla
  Formulário  Prazo              Cumpridos  Atrasados  Abertos  Mediana  Pior
  Chamado     Primeira resposta  0          2          0        83h15    162h
  Chamado     Atualização        3          1          0        2h45     31h
  Chamado     Solução            1          1          0        83h45    162h
$ deskcli report sla --by category --since 20/11
$ deskcli report sla --by assignee --format csv
  assignee,metric_label,met,late,open,median,worst,metric,median_minutes,worst_minutes
  bia,Primeira resposta,0,2,0,83h15,162h,first_response,4995,9720
  bia,Atualização,3,1,0,2h45,31h,update,165,1860
  bia,Solução,1,1,0,83h45,162h,resolution,5025,9720
$ deskcli report sla 'sla:missed' --by priority --json | head -n 14
  {
    "schema_version": 1,
    "sla": [
      {
        "priority": "urgente",
        "metric": "first_response",
        "met": 0,
        "late": 2,
        "open": 0,
        "median_minutes": 4995,
        "worst_minutes": 9720,
        "metric_label": "Primeira resposta",
        "median": "83h15",
        "worst": "162h"

# E se segunda fosse feriado na cidade? E se a mesa fechasse às 16h? Nada é gravado.
@ 2026-11-27T11:00
$ deskcli --as bia create -c duvida --name 'Leo Exemplo' -m 'Senha'
  SUP-4  aberto, encaminhado  [Aberto]  Bia  Senha
@ 2026-11-27T17:00
$ sed "s/- {name: Natal,/- {name: Aniversário da cidade, on: '11-23'}\n    &/" schedules/calendars.yaml > ../com-feriado.yaml
$ deskcli calendar what-if ../com-feriado.yaml
  Ticket  Prazo                              Vence, pela mesa      Vence, pelo arquivo   Título
  SUP-1   Primeira resposta  ficaria em dia  seg 23/11/2026 10:00  ter 24/11/2026 10:00  Como emito a nota?
! Ficariam atrasados: 0. Ficariam em dia: 1.
$ sed "s/13:00-18:00/13:00-16:00/" schedules/calendars.yaml > ../ate-16h.yaml
$ deskcli calendar what-if ../ate-16h.yaml
  Ticket  Prazo                                         Vence, pela mesa      Vence, pelo arquivo   Título
  SUP-4   Atualizar até o fim do dia  ficaria atrasado  sex 27/11/2026 18:00  sex 27/11/2026 16:00  Senha
  SUP-1   Primeira resposta           ficaria em dia    seg 23/11/2026 10:00  seg 23/11/2026 12:00  Como emito a nota?
! Ficariam atrasados: 1. Ficariam em dia: 1.
$ deskcli calendar what-if ../ate-16h.yaml --format ids
  SUP-4
  SUP-1
! Ficariam atrasados: 1. Ficariam em dia: 1.
$ deskcli calendar what-if schedules/calendars.yaml
! Ficariam atrasados: 0. Ficariam em dia: 0.
$ echo "calendars: {comercial: {hours: [{days: {mon-fri: ['8h-18h']}}]}}" > ../errado.yaml
$ deskcli calendar what-if ../errado.yaml
! ../errado.yaml:1:51: '8h-18h' não é um intervalo como 08:00-18:00.
[65]
$ echo "calendars: {comercial: {hours: [{days: {mon-fri: ['08:00-18:00']}}]}}" > ../sem-plantao.yaml
$ deskcli calendar what-if ../sem-plantao.yaml
! ../sem-plantao.yaml: Nenhum calendário se chama 'plantao'; existem: comercial.
[5]

# O arquivo é verificado como os outros.
$ sed -i 's/first_response: 4h/first_response: quatro horas/; s/calendar: plantao/calendar: plantão/' schedules/sla.yaml
$ deskcli check
! schedules/sla.yaml:25:19: 'quatro horas' não serve; esperado: horas de trabalho ou dias úteis: 4h, 90min, 2bd, 1bd 12:00.
! 1 problema, 0 avisos
[3]
$ deskcli list
! schedules/sla.yaml:25:19: 'quatro horas' não serve; esperado: horas de trabalho ou dias úteis: 4h, 90min, 2bd, 1bd 12:00.
[65]
$ sed -i 's/first_response: quatro horas/first_response: 4h/' schedules/sla.yaml
$ deskcli check
! schedules/sla.yaml:20:13: Não existe calendário 'plantão'. Você quis dizer 'plantao'?
! 1 problema, 0 avisos
[3]
$ rm schedules/sla.yaml
$ deskcli calendar explain 1
! SUP-1: nenhum prazo do SLA vale para ele.
$ deskcli show 1 | sed -n 6,8p
    Categoria    Dúvida
    Prioridade   Urgente
    Sinais       nao_atualizado, sla_resposta
$ deskcli report sla
! A mesa ainda não promete nada: schedules/sla.yaml não tem prazos.
