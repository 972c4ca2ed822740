# Lembretes: a regra que se repete, num cron que falha, em dois crons ao mesmo tempo, com a data que muda (F13, F17). Sexta, 20/11/2026, é feriado.

@ 2026-11-16T10:00
$ deskcli init mesa --pack academia --login operador-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli org add 'Academia Exemplo' --contact Recepção --phone '11 90000-0000'
  id: academia-exemplo
  name: Academia Exemplo
  contacts:
  - {name: Recepção, phone: '+5511900000000'}
$ deskcli create --org 'Academia Exemplo' -c catraca 'Catraca não libera'
  ACA-1  aberto, encaminhado  [Novo]  Operador 1  Catraca não libera
$ deskcli move 1 'esperando o cliente' -m 'O cliente vai trocar o disjuntor' --due 18/11
  ACA-1  mudou de status  [Esperando o cliente]  Operador 1  Catraca não libera
! Prometido para qua 18/11/2026.
$ sed -n '/^deadline/,/repeat/p' workflows/rules/lembrar-cliente.yaml
  deadline:
    # Na manhã do primeiro dia útil depois do dia combinado...
    since: due
    day: next
    at: '09:00'
    # ... e de novo a cada dois dias úteis, três vezes ao todo. Se o `deskcli sweep` ficar uns dias sem
    # rodar, sai um lembrete só, o mais recente; com outra data combinada, a conta recomeça.
    repeat: {every: 2bd, times: 3}

# O dia combinado ainda não passou; depois, na manhã do dia útil seguinte, o primeiro lembrete, uma vez só.
@ 2026-11-18T18:30
$ deskcli sweep
@ 2026-11-19T08:59
$ deskcli sweep
@ 2026-11-19T09:01
$ deskcli sweep -n
  ACA-1  regra disparada: Cliente não voltou no dia combinado  [Esperando o cliente]  Operador 1  Catraca não libera
    19/11/2026 09:01  regra disparada: Cliente não voltou no dia combinado  deskcli  workflows/rules/lembrar-cliente.yaml:5
        a avisar: Operador 1
        | O dia combinado passou sem notícia do cliente. Falar com ele e finalizar ou estender a data.
! Nada foi gravado (simulação).
$ deskcli sweep
  ACA-1  regra disparada: Cliente não voltou no dia combinado  [Esperando o cliente]  Operador 1  Catraca não libera
$ deskcli sweep
@ 2026-11-23T17:00
$ deskcli sweep

# Dois crons ao mesmo tempo: um lembrete (dois dias úteis depois de quinta é terça, por causa do feriado).
@ 2026-11-24T09:01
$ deskcli sweep & deskcli sweep; wait
  ACA-1  regra disparada: Cliente não voltou no dia combinado (2)  [Esperando o cliente]  Operador 1  Catraca não libera
$ deskcli history 1 | grep disparada
  19/11/2026 09:01  regra disparada: Cliente não voltou no dia combinado  deskcli  workflows/rules/lembrar-cliente.yaml:5
  24/11/2026 09:01  regra disparada: Cliente não voltou no dia combinado (2)  deskcli  workflows/rules/lembrar-cliente.yaml:5

# Um plano vale para o lembrete de quando foi feito, e só uma vez.
@ 2026-11-26T09:01
$ deskcli sweep --plan plano.json
! 1 disparo planejado em plano.json.
$ deskcli sweep --apply plano.json
  ACA-1  regra disparada: Cliente não voltou no dia combinado (3)  [Esperando o cliente]  Operador 1  Catraca não libera
$ deskcli sweep --apply plano.json
! Mudaram depois do plano e ficaram como estavam: ACA-1
[6]

# Eram três ao todo.
@ 2026-12-10T09:01
$ deskcli sweep

# Outra data combinada: a conta recomeça. O cron para por uma semana: sai um lembrete só, o mais recente.
$ deskcli due 1 11/12 -m 'O cliente pediu mais um dia' --contacted utalk
  ACA-1  data prometida  [Esperando o cliente]  Operador 1  Catraca não libera
! Prometido para sex 11/12/2026. Antes: qua 18/11/2026.
@ 2026-12-11T18:30
$ deskcli sweep
@ 2026-12-21T10:00
$ deskcli sweep
  ACA-1  regra disparada: Cliente não voltou no dia combinado (3)  [Esperando o cliente]  Operador 1  Catraca não libera
$ deskcli sweep
$ deskcli history 1 | tail -n 3
  21/12/2026 10:00  regra disparada: Cliente não voltou no dia combinado (3)  deskcli  workflows/rules/lembrar-cliente.yaml:5
      a avisar: Operador 1
      | O dia combinado passou sem notícia do cliente. Falar com ele e finalizar ou estender a data.

# O que se desfez pode disparar de novo.
$ deskcli undo "$(deskcli undo --list | head -n 1 | cut -d ' ' -f 1)"
  ACA-1  desfeito  [Esperando o cliente]  Operador 1  Catraca não libera
$ deskcli sweep
  ACA-1  regra disparada: Cliente não voltou no dia combinado (3)  [Esperando o cliente]  Operador 1  Catraca não libera

# Em outro status, não há mais lembrete.
$ deskcli move 1 aberto -m 'Cliente trocou o disjuntor'
  ACA-1  mudou de status  [Aberto]  Operador 1  Catraca não libera
@ 2026-12-30T10:00
$ deskcli sweep

# Uma regra que passa o ticket a uma roleta que não existe para a varredura antes de gravar, com o lugar.
$ cp workflows/rules/lembrar-cliente.yaml regra.yaml && sed -i 's/^- notify: assignee/&\n- reassign: roulette:plantao/' workflows/rules/lembrar-cliente.yaml
$ deskcli sweep
! workflows/rules/lembrar-cliente.yaml:19:13: Não existe roleta 'plantao'.
[3]
$ mv regra.yaml workflows/rules/lembrar-cliente.yaml && deskcli sweep

# Uma repetição que não se entende é recusada no seu lugar.
$ sed -i 's/every: 2bd/every: 2 dias/' workflows/rules/lembrar-cliente.yaml && deskcli check
! workflows/rules/lembrar-cliente.yaml:15:19: '2 dias' não serve; esperado: 2bd (dias úteis), 1d, 1w ou 12h.
! 1 problema, 0 avisos
! 20 marcas por confirmar: deskcli check --strict
[3]
$ sed -i 's/every: 2 dias, times: 3/every: 2bd, times: 0/' workflows/rules/lembrar-cliente.yaml && deskcli check
! workflows/rules/lembrar-cliente.yaml:15:31: 0 é pouco; o mínimo é 1.
! 1 problema, 0 avisos
! 20 marcas por confirmar: deskcli check --strict
[3]
