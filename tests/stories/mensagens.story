# A primeira mensagem ao cliente em outra plataforma (F20), e tudo o que está por enviar.

@ 2026-11-23T10:00
$ deskcli init mesa --pack academia --login operador-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli org add 'Academia Exemplo' --contact Recepção --phone '11 90000-0000' > contato.txt
$ deskcli create --org 'Academia Exemplo' -c catraca 'Catraca não libera'
  ACA-1  aberto, encaminhado  [Novo]  Operador 1  Catraca não libera
$ sed -n '/^channels/,/^$/p' desk.yaml
  channels:
  - {id: utalk, label: Utalk, kind: phone, aliases: [Útalk], source: [F20]}
  - {id: email, label: E-mail, kind: email, provisional: true}
  .

# O telefone é o de quem pediu, se ninguém disser outro; os marcadores são os das respostas prontas.
$ deskcli outbox add 1 -m 'Olá {{ requester.name }}, aqui é {{ agent.name }}, do suporte. A catraca da {{ org.name }} voltou?'
  ACA-1  mensagem  [Novo]  Operador 1  Catraca não libera
! Registrado, ainda por enviar: esta mesa não está no ar.
! a enviar: utalk +5511900000000
$ deskcli outbox add 1 --channel utalk --phone '(11) 90000-1234' -m 'Bom dia! Falo com a gerência?'
  ACA-1  mensagem  [Novo]  Operador 1  Catraca não libera
! Registrado, ainda por enviar: esta mesa não está no ar.
! a enviar: utalk +5511900001234
$ deskcli outbox add 1 --phone 1234 -m 'oi'
! --phone: '1234' não é válido (telefone: DDD e número, celular com nove dígitos; ou +, país e número).
!   tente: deskcli outbox add 1 --phone VALOR -m oi
[3]
$ deskcli outbox add 1 --channel telegrama -m 'oi'
! Nada vai por 'telegrama'; existem: utalk, email.
!   tente: deskcli outbox add 1 --channel VALOR -m oi
[2]
$ deskcli outbox add 1 --channel email --phone '11 90000-1234' -m 'oi'
! O canal 'email' precisa de --email.
!   tente: deskcli outbox add 1 --channel email --phone '11 90000-1234' -m oi --email VALOR
[2]
$ deskcli outbox add 1 --channel email -m 'oi'
! ACA-1 não tem requester.email para onde responder.
!   tente: deskcli set ACA-1 requester.email=VALOR
[3]
$ deskcli outbox add 1 -m 'Olá {{ requester.apelido }}'
! Nenhuma resposta pode citar 'requester.apelido'; de ACA-1 existem: id, title, form, category, status, priority, assignee, requester.name, requester.phone, org.id, org.name, agent.name, desk.name. Você quis dizer 'requester.name'?
!   tente: deskcli reply ACA-1 TEXTO
[3]
$ deskcli outbox add 9 -m 'oi'
! Não existe o ticket ACA-9.
!   tente: deskcli list --all
[5]
$ deskcli outbox list
  Id                          Tipo      Ticket  Canal  Endereço        Desde             Texto
  <ulid>  mensagem  ACA-1   Utalk  +5511900000000  23/11/2026 10:00  Olá Recepção, aqui é Operador 1, do suporte. A catraca da Academia Exemplo voltou?
  <ulid>  mensagem  ACA-1   Utalk  +5511900001234  23/11/2026 10:00  Bom dia! Falo com a gerência?
! 2 itens
! Esta mesa não está no ar: nada sai dela.
$ deskcli outbox list --json | head -n 18
  {
    "schema_version": 1,
    "outbox": [
      {
        "id": "<ulid>",
        "kind": "message",
        "ticket": "ACA-1",
        "channel": "utalk",
        "address": "+5511900000000",
        "whom": null,
        "subject": "",
        "text": "Olá Recepção, aqui é Operador 1, do suporte. A catraca da Academia Exemplo voltou?",
        "template": null,
        "attachments": [],
        "by": "operador-1",
        "created_at": "2026-11-23T10:00:00-03:00",
        "state": "waiting",
        "sent_at": null
! 2 itens
! Esta mesa não está no ar: nada sai dela.

# A mesa não está no ar: nada sai, e -n mostra o que sairia (não em JSON, que um programa enviaria).
$ deskcli outbox export
! desk.yaml:13:1: A mesa não está no ar: nada sai dela enquanto esta linha de desk.yaml não disser 'live: true'.
!   tente: deskcli outbox export -n
[3]
$ deskcli outbox export -n
  <ulid>  ACA-1  Utalk +5511900000000
      | Olá Recepção, aqui é Operador 1, do suporte. A catraca da Academia Exemplo voltou?
  <ulid>  ACA-1  Utalk +5511900001234
      | Bom dia! Falo com a gerência?
! Nada foi gravado (simulação).

# No ar. Quem envia recebe linhas de JSON e devolve as que enviou; o que não voltou sai de novo, com o mesmo id.
$ sed -i 's/^live: false/live: true/' desk.yaml && deskcli outbox export
  {"schema_version": 1, "id": "<ulid>", "kind": "message", "ticket": "ACA-1", "channel": "utalk", "address": "+5511900000000", "whom": null, "subject": "", "text": "Olá Recepção, aqui é Operador 1, do suporte. A catraca da Academia Exemplo voltou?", "template": null, "attachments": [], "by": "operador-1", "created_at": "2026-11-23T10:00:00-03:00"}
  {"schema_version": 1, "id": "<ulid>", "kind": "message", "ticket": "ACA-1", "channel": "utalk", "address": "+5511900001234", "whom": null, "subject": "", "text": "Bom dia! Falo com a gerência?", "template": null, "attachments": [], "by": "operador-1", "created_at": "2026-11-23T10:00:00-03:00"}
$ deskcli outbox export | head -n 1 | deskcli outbox sent -
  ACA-1  marcado como enviado  [Novo]  Operador 1  Catraca não libera
$ deskcli outbox export > resto.jsonl; cut -d '"' -f 13-30 resto.jsonl
  : "ACA-1", "channel": "utalk", "address": "+5511900001234", "whom": null, "subject": "", "text
$ deskcli outbox sent - < resto.jsonl
  ACA-1  marcado como enviado  [Novo]  Operador 1  Catraca não libera
$ deskcli outbox sent - < resto.jsonl
$ deskcli outbox export
$ deskcli outbox list --all
  Id                          Tipo      Situação  Ticket  Canal  Endereço        Desde             Texto
  <ulid>  mensagem  enviado   ACA-1   Utalk  +5511900000000  23/11/2026 10:00  Olá Recepção, aqui é Operador 1, do suporte. A catraca da Academia Exemplo voltou?
  <ulid>  mensagem  enviado   ACA-1   Utalk  +5511900001234  23/11/2026 10:00  Bom dia! Falo com a gerência?
! 2 itens
$ deskcli history 1 | tail -n 6
      | Olá Recepção, aqui é Operador 1, do suporte. A catraca da Academia Exemplo voltou?
  23/11/2026 10:00  mensagem  Operador 1
      a enviar: utalk +5511900001234
      | Bom dia! Falo com a gerência?
  23/11/2026 10:00  marcado como enviado  Operador 1
  23/11/2026 10:00  marcado como enviado  Operador 1

# O que se desfaz antes de sair não sai; o que saiu não se desfaz.
$ deskcli undo "$(deskcli undo --list | grep mensagem | head -n 1 | cut -d ' ' -f 1)"
! Uma mensagem de ACA-1 já foi enviada, em 23/11/2026 10:00; não dá para voltar atrás.
!   tente: deskcli reply ACA-1 TEXTO
[3]
$ deskcli reply 1 'A peça chegou.'
  ACA-1  resposta  [Novo]  Operador 1  Catraca não libera
$ deskcli undo
  ACA-1  desfeito  [Novo]  Operador 1  Catraca não libera
! Desfazer: resposta, 23/11/2026 10:00, Operador 1, 1 ticket
$ deskcli outbox list
! 0 itens

# Marcar sem ter saído tem volta: desfaz-se a marca, pelo id; `undo` sozinho não manda nada de novo.
$ deskcli reply 1 'A peça chega amanhã.' && deskcli outbox list --format ids | deskcli outbox sent -
  ACA-1  resposta  [Novo]  Operador 1  Catraca não libera
  ACA-1  marcado como enviado  [Novo]  Operador 1  Catraca não libera
! 1 item
$ deskcli undo
! Desfazer: resposta, 23/11/2026 10:00, Operador 1, 1 ticket
! Uma mensagem de ACA-1 já foi enviada, em 23/11/2026 10:00; não dá para voltar atrás.
!   tente: deskcli reply ACA-1 TEXTO
[3]
$ deskcli undo "$(deskcli undo --list | grep enviado | head -n 1 | cut -d ' ' -f 1)"
  ACA-1  desfeito  [Novo]  Operador 1  Catraca não libera
$ deskcli outbox list
  Id                          Tipo      Ticket  Canal  Endereço        Desde             Texto
  <ulid>  mensagem  ACA-1   Utalk  +5511900000000  23/11/2026 10:00  A peça chega amanhã.
! 1 item
$ deskcli outbox sent 01ABC "$(deskcli outbox list --format ids)" 01DEF
  ACA-1  marcado como enviado  [Novo]  Operador 1  Catraca não libera
! 1 item
! Nada por enviar tem o id '01ABC'.
! Nada por enviar tem o id '01DEF'.
!   tente: deskcli outbox list --all
[5]
$ deskcli outbox sent 01ABC
! Nada por enviar tem o id '01ABC'.
!   tente: deskcli outbox list --all
[5]

# Os avisos das regras também esperam aqui; sem e-mail em people.yaml, não há para onde enviar.
$ deskcli move 1 'esperando o cliente' -m 'O cliente vai trocar o disjuntor' --due amanhã
  ACA-1  mudou de status  [Esperando o cliente]  Operador 1  Catraca não libera
! Prometido para ter 24/11/2026.
@ 2026-11-25T10:00
$ deskcli sweep
  ACA-1  regra disparada: Cliente não voltou no dia combinado  [Esperando o cliente]  Operador 1  Catraca não libera
$ deskcli outbox list
  Id                          Tipo   Ticket  Canal  Endereço    Desde             Texto
  <ulid>  aviso  ACA-1          Operador 1  25/11/2026 10:00  Cliente não voltou no dia combinado
! 1 item
$ deskcli outbox export
! aviso: Não há endereço para onde enviar, e estes esperam: ACA-1 (operador-1). O das pessoas da mesa fica em people.yaml.
!   tente: deskcli outbox list
$ sed -i 's/^  name: Operador 1$/&\n  email: operador-1@example.com/' people.yaml && deskcli outbox export
  {"schema_version": 1, "id": "<ulid>", "kind": "notify", "ticket": "ACA-1", "channel": "email", "address": "operador-1@example.com", "whom": "operador-1", "subject": "ACA-1 Catraca não libera", "text": "Cliente não voltou no dia combinado\nO dia combinado passou sem notícia do cliente. Falar com ele e finalizar ou estender a data.", "template": null, "attachments": [], "by": "deskcli", "created_at": "2026-11-25T10:00:00-03:00"}

# O índice é só uma cópia. O que espera há mais de uma semana não sai sem que se peça.
$ rm -r .deskcli
@ 2026-12-03T10:00
$ deskcli outbox export
! aviso: Estes esperam há mais de 7 dias e não são enviados: ACA-1.
!   tente: deskcli outbox export --all
$ deskcli outbox export --all | grep -c operador-1@example.com
  1
$ deskcli outbox list --format csv | head -n 1
  id,kind,ticket,channel,address,created_at,text,whom,subject,template,attachments,by,state,sent_at
! 1 item

# O que a mesa não tem é dito: agenda de responsáveis, ações automáticas.
$ deskcli rota who
! A mesa não tem agenda de responsáveis: não há schedules/rota-NOME.yaml.
!   tente: deskcli schema rota
[5]
$ deskcli apply
! Esta mesa não tem ações automáticas.
