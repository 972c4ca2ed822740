# Descuidos que a mesa não deixa passar; cada um já passou um dia.

@ 2026-11-23T09:00
# Antes de haver mesa, quem o pacote não conhece fica sabendo de quem há nele.
$ deskcli init mesa --pack esplane --login ninguem
! Nobody is called 'ninguem'; there are: joao, vendedor-2, vendedor-3, nathalya, letycia, atendente-1, supervisor.
!   try: deskcli init mesa --pack esplane --login PERSON
[5]
$ deskcli init mesa --pack esplane --login nathalia
! Nobody is called 'nathalia'; there are: joao, vendedor-2, vendedor-3, nathalya, letycia, atendente-1, supervisor. Did you mean 'nathalya'?
!   try: deskcli init mesa --pack esplane --login nathalya
[5]
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com -m 'Cuba dupla'
  ESP-1  aberto, encaminhado  [Novo]  Vendedor 2  Cuba dupla

# Valores que não são o que dizem.
$ deskcli create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com -f requester=foo
! O formulário 'Orçamentos e Atendimento' não tem o campo 'requester'. Você quis dizer 'requester.type'?
!   tente: deskcli create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com -f requester.type=foo
!   tente: deskcli create --form orcamentos-atendimento --guide
[3]
$ deskcli create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com -f due=sextou
! 'sextou' não é uma data; tente 24/11, amanhã, sexta, +2bd ou 2026-11-24.
!   tente: deskcli create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com -f due=DATA
[2]
$ deskcli create -c aniversariantes -f reason=outro -f status=resolvido --name Rui --email rui@example.com
! Status aqui é sempre 'novo', não 'resolvido'.
!   tente: deskcli create -c aniversariantes -f reason=outro -f status=novo --name Rui --email rui@example.com
[3]
$ deskcli set 1 tags.x=1
! O formulário 'Orçamentos e Atendimento' não tem o campo 'tags.x'. Você quis dizer 'tags'?
!   tente: deskcli set 1 tags=1
!   tente: deskcli create --form orcamentos-atendimento --guide
[3]
$ deskcli set 1 source.key=8
! O formulário 'Orçamentos e Atendimento' não tem o campo 'source.key'.
!   tente: deskcli create --form orcamentos-atendimento --guide
[3]

# Filtros: um nome como se diz vale; um engano não é uma lista vazia.
$ deskcli list status:Novo 'assignee:"Vendedor 2"' --format ids
  ESP-1
! 1 ticket
$ deskcli list phone:none --format ids
  ESP-1
! 1 ticket
$ deskcli list 'tags:-vip' --format ids
  ESP-1
! 1 ticket
$ deskcli list stauts:novo
! Nenhum ticket tem o campo 'stauts'. Você quis dizer 'status'?
!   tente: deskcli list status:novo
!   tente: deskcli list --json
[5]
$ deskcli list status:nvo
! Nenhum status se chama 'nvo'; existem: novo, resolvido, cancelado. Você quis dizer 'novo'?
!   tente: deskcli list status:novo
[5]
$ deskcli list --sort prazo
! Nenhuma ordem se chama 'prazo'; existem: number, due, changed.
!   tente: deskcli list --sort number
[5]
$ deskcli due 1 hoje && deskcli list due:today --format ids
  ESP-1  data prometida  [Novo]  Vendedor 2  Cuba dupla
  ESP-1
! Prometido para seg 23/11/2026.
! 1 ticket

# Um histórico apagado à mão não vira outro ticket.
$ sed -i '/^history:/,$d' tickets/2026/11/ESP-1.yaml && echo 'history: []' >> tickets/2026/11/ESP-1.yaml && touch -d '2026-11-23 08:50 -0300' tickets/2026/11/ESP-1.yaml
$ deskcli annotate 1 'voltou'
  ESP-1  anotação  [Novo]  Vendedor 2  Cuba dupla
$ ls tickets/2026/11
  ESP-1.yaml
$ deskcli history 1
  23/11/2026 08:50  editado à mão  Atendente 1 (dono do arquivo)
      Título: Cuba dupla
      Formulário: Orçamentos e Atendimento
      Marca: Você Constrói
      Categoria Assunto: Orçamento VCC
      Status: Novo
      Responsável: Vendedor 2
      Solicitante (nome): Ana Prado
      Solicitante (e-mail): ana@example.com
      Motivo: Orçamento Pendente
      Identificadores: atendimento_inicializado
      Prazo: seg 23/11/2026
  23/11/2026 09:00  anotação  Atendente 1
      | voltou

# Um prazo que não é data, um prefixo que não serve, um feriado que quebraria o calendário.
$ sed -i 's/^due: .*/due: 24.11.2026/' tickets/2026/11/ESP-1.yaml && deskcli show 1
! tickets/2026/11/ESP-1.yaml:11:6: '24.11.2026' não serve; esperado: uma data (2026-11-24).
[65]
$ sed -i 's/^due: .*/due: 2026-11-24/' tickets/2026/11/ESP-1.yaml
$ deskcli calendar add 24/12 'Véspera de Natal' --hours 8h-12h
! schedules/calendars.yaml:38:60: '8h-12h' não é um intervalo como 08:00-18:00.
[65]
$ sed -i 's/^prefix: ESP/prefix: esp/' desk.yaml && deskcli create -c orcamento_vcc --name Rui --email rui@example.com
! desk.yaml:7:9: 'esp' não serve; esperado: letras maiúsculas e algarismos, como ESP.
[65]
$ sed -i 's/^prefix: esp/prefix: ESP/' desk.yaml

# Um plano não se grava por cima de outro arquivo; um canal que não existe; um editor que não há.
$ deskcli sweep --plan desk.yaml
! desk.yaml já existe e fica como está.
!   tente: deskcli sweep --plan desk-1.yaml
[3]
$ deskcli sweep --plan desk-1.yaml && rm desk-1.yaml
! 0 disparos planejados em desk-1.yaml.
$ deskcli reply 1 'oi' --channel fax
! Nada vai por 'fax'; existem: email, whatsapp.
!   tente: deskcli reply 1 oi --channel VALOR
[2]
$ deskcli move 1 cancelado
! Diga por que ESP-1 é cancelado.
!   tente: deskcli move 1 cancelado -m TEXTO
[3]
$ deskcli assign 1 team:triagem && deskcli list --view triagem --format ids
  ESP-1  atribuído  [Novo]  equipe Triagem  Cuba dupla
    equipe: Triagem
  ESP-1
! 1 ticket
$ deskcli rota who --at amanhã
  ter 24/11/2026  Vendedor 3
$ deskcli rota show --format ids | head -n 2
  2026-11-23
  2026-11-24
$ deskcli list --all | true; echo ${PIPESTATUS[0]}
  141
! 1 ticket

# Desfazer é desfazer o que se fez: o de outra pessoa, só pelo id.
$ deskcli create -c orcamento_vcc --name 'Rui Exemplo' --email rui@example.com -m 'Piso'
  ESP-2  aberto, encaminhado  [Novo]  Vendedor 2  Piso
$ deskcli annotate 2 'vai medir a sala'
  ESP-2  anotação  [Novo]  Vendedor 2  Piso
$ deskcli --as 'Vendedor 2' annotate 1 'liguei e não atendeu'
  ESP-1  anotação  [Novo]  equipe Triagem  Cuba dupla
$ deskcli undo
  ESP-2  desfeito  [Novo]  Vendedor 2  Piso
! Desfazer: anotação, 23/11/2026 09:00, Atendente 1, 1 ticket
$ deskcli --as joao undo
! João não fez nada que possa ser desfeito; o que outros fizeram se desfaz pelo id.
!   tente: deskcli --as joao undo --list
[5]

# Um arquivo para um ticket que não existe não fica guardado.
$ echo nada > nota.txt && deskcli attach 99 nota.txt
! Não existe o ticket ESP-99.
!   tente: deskcli list --all
[5]
$ test -e attachments || echo nenhum anexo
  nenhum anexo

# Prazos do calendário também nos filtros.
$ deskcli list 'due:<+2bd' --format ids
  ESP-1
! 1 ticket

# A resposta escrita à mão tem os mesmos marcadores que a pronta.
$ deskcli reply 2 'Olá {{ requester.name }}, o piso chega amanhã.' && deskcli show 2 | tail -n 2
  ESP-2  resposta  [Novo]  Vendedor 2  Piso
      a enviar: email rui@example.com
      | Olá Rui Exemplo, o piso chega amanhã.
! Registrado, ainda por enviar: esta mesa não está no ar.
$ deskcli reply 2 'Olá {{ requester.apelido }}'
! Nenhuma resposta pode citar 'requester.apelido'; de ESP-2 existem: id, title, form, brand, category, status, assignee, requester.name, requester.email, fields.reason, tags, agent.name, assinatura, horario_atendimento, desk.name. Você quis dizer 'requester.name'?
!   tente: deskcli reply ESP-2 TEXTO
[3]

# Uma ausência que ainda não começou se retira.
$ deskcli rota absence add 'Vendedor 2' 07/12 11/12 -m férias
  --- schedules/absences.yaml
  +++ schedules/absences.yaml
  @@ -6 +6,2 @@
  -absences: []
  +absences:
  +- {person: vendedor-2, from: '2026-12-07', until: '2026-12-11', reason: férias}
$ deskcli rota absence add 'Vendedor 2' 21/12 23/12
  --- schedules/absences.yaml
  +++ schedules/absences.yaml
  @@ -7,0 +8 @@
  +- {person: vendedor-2, from: '2026-12-21', until: '2026-12-23'}
$ deskcli rota absence remove 'Vendedor 2'
! Vendedor 2 tem várias ausências por vir (2026-12-07, 2026-12-21); diga qual.
!   tente: deskcli rota absence remove vendedor-2 2026-12-07
[3]
$ deskcli rota absence remove 'Vendedor 2' 21/12
  --- schedules/absences.yaml
  +++ schedules/absences.yaml
  @@ -8 +7,0 @@
  -- {person: vendedor-2, from: '2026-12-21', until: '2026-12-23'}
$ deskcli rota absence remove 'Vendedor 2'
  --- schedules/absences.yaml
  +++ schedules/absences.yaml
  @@ -6,2 +6 @@
  -absences:
  -- {person: vendedor-2, from: '2026-12-07', until: '2026-12-11', reason: férias}
  +absences: []
$ deskcli rota absence remove 'Vendedor 2'
! Vendedor 2 não tem ausência que comece depois de hoje; a que já começou se encerra.
!   tente: deskcli rota absence list
[5]

# A venda é de um vendedor.
$ deskcli --as 'Vendedor 2' create --form pedido-finalizado -c pedido_vcc -f order_number=77 -f seller=nathalya --name Rui --email rui@example.com
! Nathálya não tem o papel vendedor; quem tem: joao, vendedor-2, vendedor-3.
!   tente: deskcli --as 'Vendedor 2' create --form pedido-finalizado -c pedido_vcc -f order_number=77 -f seller=PESSOA --name Rui --email rui@example.com
[3]

# Sem e-mail nem telefone, o que falta para responder é o e-mail, a não ser que se peça outro canal.
$ sed -i 's/^requester: .*/requester: {name: Ana Prado}/' tickets/2026/11/ESP-1.yaml && deskcli reply 1 'oi'
! ESP-1 não tem requester.email para onde responder.
!   tente: deskcli set ESP-1 requester.email=VALOR
[3]
$ deskcli reply 1 'oi' --channel whatsapp
! ESP-1 não tem requester.phone para onde responder.
!   tente: deskcli set ESP-1 requester.phone=VALOR
[3]

# Um feriado tem nome, e num dia fechado ninguém troca.
@ 2026-11-16T09:00
$ deskcli rota show
  Dia             Responsável  Observação
  seg 16/11/2026  João
  ter 17/11/2026  Vendedor 2
  qua 18/11/2026  Vendedor 3
  qui 19/11/2026  João
  sex 20/11/2026               dia sem expediente; Dia Nacional de Zumbi e da Consciência Negra
  sáb 21/11/2026               dia sem expediente
  dom 22/11/2026               dia sem expediente
$ deskcli rota swap joao vendedor-2 20/11
! Em 20/11/2026 o dia não é de ninguém (dia sem expediente). Próximos dias de João: 25/11/2026, 30/11/2026, 03/12/2026.
!   tente: deskcli rota swap joao vendedor-2 2026-11-25
[3]
$ deskcli rota swap joao vendedor-2 21/11
! Em 21/11/2026 o dia não é de ninguém (dia sem expediente). Próximos dias de João: 25/11/2026, 30/11/2026, 03/12/2026.
!   tente: deskcli rota swap joao vendedor-2 2026-11-25
[3]

# O que o YAML não aceita é dito em palavras da mesa, com o lugar.
$ mkdir -p organizations && printf 'id: a\nname: "C:\\pasta"\n' > organizations/a.yaml
$ printf 'id: b\nname: *Casa*\n' > organizations/b.yaml && printf 'id: c\nnote: > 5 lojas\n' > organizations/c.yaml
$ printf 'id: d\n name: Casa\n' > organizations/d.yaml && printf '%%id: e\n' > organizations/e.yaml
$ deskcli check 2>&1 | grep organizations
  organizations/a.yaml:2:10: YAML inválido: entre aspas duplas, '\' começa um código; use aspas simples, ou escreva-a duas vezes.
  organizations/b.yaml:2:12: YAML inválido: nenhum texto começa com '&' ou '*'; ponha entre aspas.
  organizations/c.yaml:2:9: YAML inválido: depois de '|' ou '>' o texto começa na linha seguinte; senão, ponha entre aspas.
  organizations/d.yaml:2:6: YAML inválido: há um ':' a mais; ponha o texto entre aspas, ou veja o recuo.
  organizations/e.yaml:1:4: YAML inválido: nenhuma linha começa com '%'; ponha entre aspas.
$ rm -r organizations

# Uma menção que não é de ninguém fica no texto, e quem escreveu fica sabendo.
$ deskcli annotate 1 '@natalia e @fulano vejam, escrevam para casa@example.com' && tail -n 1 tickets/2026/11/ESP-1.yaml
  ESP-1  anotação  [Novo]  equipe Triagem  Cuba dupla
    text: '@natalia e @fulano vejam, escrevam para casa@example.com'
! tickets/2026/11/ESP-1.yaml:1:1: Falta Solicitante (e-mail): informe requester.email=VALOR.
!   tente: deskcli set ESP-1 requester.email=VALOR
! aviso: Ninguém se chama 'natalia': '@natalia' é só texto na anotação. Você quis dizer 'nathalya'?
! aviso: Ninguém se chama 'fulano': '@fulano' é só texto na anotação.
!   tente: deskcli people list

# Quem não tem dia nesta agenda não tem próximos dias; um dia só é um dia útil.
@ 2026-11-16T09:00
$ deskcli rota swap nathalya joao 24/11
! Em 24/11/2026 o dia não é de Nathálya, é de Vendedor 3. Nathálya não tem nenhum dia dentro de um ano.
!   tente: deskcli rota show --week 2026-11-24
[3]
$ printf "swaps:\n- {rota: orcamentos, date: '2026-11-24', from: joao, to: vendedor-2}\n- {rota: orcamentos, date: '2026-11-26', from: nathalya, to: vendedor-2}\n" > schedules/swaps.yaml
$ for p in joao vendedor-2 vendedor-3; do deskcli rota absence add $p 25/11 25/11; done > ausencias.diff
$ deskcli rota check
! schedules/rota-orcamentos.yaml:24:3: Ninguém é responsável de 25/11/2026 até 25/11/2026 (1 dia útil): ninguém pode.
! schedules/swaps.yaml:2:42: Em 24/11/2026 o dia não é de João, é de Vendedor 3. Próximos dias de João: 25/11/2026, 30/11/2026, 03/12/2026.
! schedules/swaps.yaml:3:42: Em 26/11/2026 o dia não é de Nathálya, é de Vendedor 2. Nathálya não tem nenhum dia dentro de um ano.
[3]

# Uma mesa já feita não precisa de pacote.
$ deskcli init .
! ~/mesa já é uma mesa.
!   tente: deskcli --desk ~/mesa list
[3]

# Um feriado de todo ano não se inclui de novo.
$ deskcli calendar add 25/12 natal
! 25/12/2026 já é feriado: natal.
!   tente: deskcli calendar show 2026-12-25
[3]
$ deskcli calendar add 24/12 'Véspera de Natal' --hours 08:00-12:00 -n
  --- schedules/calendars.yaml
  +++ schedules/calendars.yaml
  @@ -37,0 +38 @@
  +    - {name: Véspera de Natal, 'on': '2026-12-24', hours: ['08:00-12:00']}
! Nada foi gravado (simulação).
