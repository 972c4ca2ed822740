# Três dias de suporte a academias: nada vencido quando o dia acaba (F11, F19).
# Sexta é véspera de feriado: segunda, 02/11/2026, é Finados.

@ 2026-10-30T09:00
$ deskcli init mesa --pack academia --login operador-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli org add 'Academia Exemplo' --brand ifitness --contact Recepção --phone '11 90000-0000'
  id: academia-exemplo
  name: Academia Exemplo
  brand: ifitness
  contacts:
  - {name: Recepção, phone: '+5511900000000'}
$ deskcli org add 'Academia Modelo' --contact Gerência --phone '11 90000-1111'
  id: academia-modelo
  name: Academia Modelo
  contacts:
  - {name: Gerência, phone: '+5511900001111'}

# Sexta: uma conversa trata de dois assuntos, e vira dois tickets (F8), cada um com suas linhas.
$ printf '%s\n' '30/10/2026 08:40 - Recepção: bom dia, a catraca não libera a entrada' '30/10/2026 08:41 - Operador 1: vou acessar' '30/10/2026 08:50 - Operador 1: era o cabo, soltou' '30/10/2026 08:52 - Recepção: e a impressora do totem não funciona' '30/10/2026 08:53 - Operador 1: vamos testar à noite, sem alunos' > conversa.txt
$ deskcli split conversa.txt | tail -n 6
  .
  #    1  [30/10/2026 08:40] Recepção: bom dia, a catraca não libera a entrada
  #    2  [30/10/2026 08:41] Operador 1: vou acessar
  #    3  [30/10/2026 08:50] Operador 1: era o cabo, soltou
  #    4  [30/10/2026 08:52] Recepção: e a impressora do totem não funciona
  #    5  [30/10/2026 08:53] Operador 1: vamos testar à noite, sem alunos
$ printf '%s\n' 'common: {org: Academia Exemplo, channel: chat}' 'tickets:' '- {lines: 1-3, title: Catraca não libera a entrada, category: catraca, impact: catraca_livre, status: resolvido, summary: O cabo tinha soltado; recolocado}' '- {lines: 4-5, title: Impressora do totem parada, category: impressora, status: pendente, summary: Testar à noite}' > plano.yaml
$ deskcli split conversa.txt plano.yaml -n | head -n 3
  (novo)  aberto, encaminhado  [Resolvido]  Operador 1  Catraca não libera a entrada
    30/10/2026 09:00  aberto  Operador 1
        Assunto: Catraca não libera a entrada
! (novo): Prometido para ter 03/11/2026.
! Nada foi gravado (simulação).
$ deskcli split conversa.txt plano.yaml
  ACA-1  aberto, encaminhado  [Resolvido]  Operador 1  Catraca não libera a entrada
  ACA-2  aberto, encaminhado  [Pendente]  Operador 1  Impressora do totem parada
! ACA-2: Prometido para ter 03/11/2026.
$ deskcli show 2
  ACA-2  Impressora do totem parada
    Status       Pendente
    Responsável  Operador 1
    Solicitante  Recepção  +5511900000000
    Formulário   Suporte
    Produto      Impressora
    Prazo        ter 03/11/2026
    Marca        ifitness
    Prioridade   Média
    Academia     Academia Exemplo
    Canal        Chat
    Resumo       Testar à noite
    Vínculos     ACA-1
    Arquivo      conversa.txt  (text)
    mesmo solicitante: ACA-1  Catraca não libera a entrada
  .
  30/10/2026 09:00  aberto  Operador 1
      | [30/10/2026 08:52] Recepção: e a impressora do totem não funciona
      | [30/10/2026 08:53] Operador 1: vamos testar à noite, sem alunos
  30/10/2026 09:00  encaminhado  deskcli  workflows/forms/suporte.yaml:100
      Responsável: Operador 1
$ deskcli split conversa.txt plano.yaml
! Esta conversa já foi dividida: ACA-1, ACA-2.
!   tente: deskcli show ACA-1
[3]

# O título diz o problema (F3); a prioridade vem do que o cliente perde (F10); o contato é o último que falou (F9).
$ deskcli create --org 'Academia Exemplo' -c finger 'Problema'
! Assunto 'Problema' não diz nada; escreva de que se trata.
!   tente: deskcli create --org 'Academia Exemplo' -c finger VALOR
[3]
$ deskcli create --org 'Academia Exemplo' -c software 'Como cadastrar aluno' -f impact=duvida_de_uso -f status=esperando_cliente -f summary=Perguntou
! 'Esperando o cliente' precisa de Data de resolução devida: informe due=VALOR.
!   tente: deskcli create --org 'Academia Exemplo' -c software 'Como cadastrar aluno' -f impact=duvida_de_uso -f status=esperando_cliente -f summary=Perguntou -f due=VALOR
[3]
$ deskcli create --org 'Academia Exemplo' -c software 'Como cadastrar aluno' -f impact=duvida_de_uso
  ACA-3  aberto, encaminhado  [Novo]  Operador 1  Como cadastrar aluno
$ deskcli list org:academia-exemplo status:novo --json | grep -E '"priority"|"name"'
        "priority": "baixa",
          "name": "Recepção",
! 1 ticket
$ deskcli --as 'Atendente MU' create --org 'Academia Exemplo' -c finger 'Finger apagado'
  ACA-4  aberto, encaminhado  [Novo]  Atendente MU  Academia Exemplo - Finger apagado
$ deskcli --as 'Atendente MU' create --org 'Academia Modelo' -c finger 'Finger apagado'
  ACA-5  aberto, encaminhado  [Novo]  Atendente MU  Finger apagado

# Nada sai de Novo sem resumo (F4); o primeiro recado é o resumo, os seguintes são anotações (F15).
$ deskcli move 4 pendente
! 'Pendente' precisa de Resumo: informe summary=VALOR.
!   tente: deskcli set 4 summary=VALOR
[3]
$ deskcli move 4 pendente -m 'Leitor reiniciado; o cliente vai observar'
  ACA-4  mudou de status  [Pendente]  Atendente MU  Academia Exemplo - Finger apagado
! Prometido para ter 03/11/2026.
$ deskcli show 4 | grep -E 'Prazo|Resumo'
    Prazo        ter 03/11/2026
    Resumo       Leitor reiniciado; o cliente vai observar
      Resumo: Leitor reiniciado; o cliente vai observar

# Esperar o cliente, só com a data combinada (F13).
$ deskcli move 5 'esperando o cliente' -m 'O cliente vai trocar o disjuntor'
! 'Esperando o cliente' precisa do dia combinado com o cliente.
!   tente: deskcli move 5 'esperando o cliente' -m 'O cliente vai trocar o disjuntor' --due DATA
[3]
$ deskcli move 5 'esperando o cliente' -m 'O cliente vai trocar o disjuntor' --due 04/11
  ACA-5  mudou de status  [Esperando o cliente]  Atendente MU  Finger apagado
! Prometido para qua 04/11/2026.

# A visita: quem agenda é o Paulo, e o cliente tem de concordar (F14).
$ deskcli move 3 visita_presencial -m 'Precisa ver o cabeamento'
! 'Visita presencial' precisa de uma visita por fazer com que o cliente concorde.
!   tente: deskcli annotate 3 '@paulo TEXTO'
[3]
$ deskcli visit schedule 3 '03/11 14h'
! Operador 1 não agenda visitas (agenda_visitas); quem agenda: Paulo.
!   tente: deskcli annotate ACA-3 '@paulo TEXTO'
[4]
$ deskcli --as Paulo visit schedule 3 '03/11 14h' --with 'Técnico 1'
  ACA-3  visita agendada  [Novo]  Operador 1  Como cadastrar aluno
! Visita: ter 03/11/2026, 14:00.
$ deskcli move 3 visita_presencial -m 'Precisa ver o cabeamento'
! 'Visita presencial' precisa de uma visita por fazer com que o cliente concorde.
!   tente: deskcli visit confirm 3
[3]
$ deskcli visit confirm 3 -m 'Falei com a recepção'
  ACA-3  visita confirmada  [Novo]  Operador 1  Como cadastrar aluno
$ deskcli move 3 visita_presencial -m 'Precisa ver o cabeamento'
  ACA-3  mudou de status  [Visita presencial]  Operador 1  Como cadastrar aluno
! Prometido para ter 03/11/2026.

# Às 17:55 a porta do dia está fechada ou aberta: aqui, nada vence hoje.
@ 2026-10-30T17:55
$ deskcli today --gate

# Terça, depois do feriado: o que ficou pendente na sexta vence hoje (F12, F-X4).
@ 2026-11-03T08:30
$ deskcli today --all
  ter 03/11/2026   Atrasados: 0   Para hoje: 3   Sem atualização: 0   Outros abertos: 1
  .
  Para hoje
  Ticket        Prioridade  Status             Responsável   Prazo       Academia          Solicitante  Título
  ACA-2   hoje  Média       Pendente           Operador 1    2026-11-03  Academia Exemplo  Recepção     Impressora do totem parada
  ACA-4   hoje  Média       Pendente           Atendente MU  2026-11-03  Academia Exemplo  Recepção     Academia Exemplo - Finger apagado
  ACA-3   hoje  Baixa       Visita presencial  Operador 1    2026-11-03  Academia Exemplo  Recepção     Como cadastrar aluno
  .
  Outros abertos
  Ticket    Prioridade  Status               Responsável   Prazo       Academia         Solicitante  Título
  ACA-5     Média       Esperando o cliente  Atendente MU  2026-11-04  Academia Modelo  Gerência     Finger apagado
$ deskcli list --view 'trabalho de hoje' --format ids
  ACA-2
  ACA-3
  ACA-4
! 3 tickets

# Acrescentar a conversa ao ticket (F6): os candidatos; depois, sem e com --resolve (F7, F-X5).
$ printf '%s\n' '03/11/2026 08:35 - Recepção: a impressora continua parada' '03/11/2026 08:36 - Operador 1: vou ver' > nova.txt
$ deskcli append nova.txt --org 'Academia Exemplo'
  Ticket        Status             Responsável   Prazo       Academia          Solicitante  Título
  ACA-2   hoje  Pendente           Operador 1    2026-11-03  Academia Exemplo  Recepção     Impressora do totem parada
  ACA-3   hoje  Visita presencial  Operador 1    2026-11-03  Academia Exemplo  Recepção     Como cadastrar aluno
  ACA-4   hoje  Pendente           Atendente MU  2026-11-03  Academia Exemplo  Recepção     Academia Exemplo - Finger apagado
  ACA-1   ✓     Resolvido          Operador 1                Academia Exemplo  Recepção     Catraca não libera a entrada
! Procurado por: Contato Recepção; Academia Academia Exemplo.
! Diga a que ticket a conversa pertence; encontrados: ACA-2, ACA-3, ACA-4, ACA-1.
!   tente: deskcli append ACA-2 nova.txt -m TEXTO
[3]
# Sem --org, conta o que está escrito nela: um número de ticket, um e-mail, um CNPJ, o nome da academia.
$ printf '%s\n' '03/11/2026 08:33 - Gerência: aqui é da Academia Modelo, sobre o ACA-4' > outra.txt
$ deskcli append outra.txt
  Ticket        Status               Responsável   Prazo       Academia          Solicitante  Título
  ACA-4   hoje  Pendente             Atendente MU  2026-11-03  Academia Exemplo  Recepção     Academia Exemplo - Finger apagado
  ACA-5         Esperando o cliente  Atendente MU  2026-11-04  Academia Modelo   Gerência     Finger apagado
! Procurado por: Ticket ACA-4; Contato Gerência; Academia Academia Modelo.
! Diga a que ticket a conversa pertence; encontrados: ACA-4, ACA-5.
!   tente: deskcli append ACA-4 outra.txt -m TEXTO
[3]
$ deskcli append 2 nova.txt
! A conversa acrescentada a 2 precisa de um resumo.
!   tente: deskcli append 2 nova.txt -m TEXTO
[3]
$ deskcli append 2 nova.txt -m 'Ainda parada; peça pedida'
  ACA-2  conversa acrescentada, anotação  [Pendente]  Operador 1  Impressora do totem parada
$ deskcli append 2 nova.txt -m 'de novo'
! Nada de novo: esta conversa já está em ACA-2.
!   tente: deskcli show ACA-2
[3]
$ printf '%s\n' '03/11/2026 08:50 - Recepção: voltou a imprimir!' >> nova.txt
$ deskcli append 2 nova.txt -m 'Voltou sozinha depois de religar' --resolve
  ACA-2  conversa acrescentada, anotação, resolvido  [Resolvido]  Operador 1  Impressora do totem parada
! Ficam de fora as linhas que já estão em tickets: 1-2 (ACA-2).
$ deskcli history 2 | tail -n 12
      Arquivos + nova.txt
      | [03/11/2026 08:35] Recepção: a impressora continua parada
      | [03/11/2026 08:36] Operador 1: vou ver
  03/11/2026 08:30  anotação  Operador 1
      | Ainda parada; peça pedida
  03/11/2026 08:30  conversa acrescentada  Operador 1
      Arquivos + nova.txt
      | [03/11/2026 08:50] Recepção: voltou a imprimir!
  03/11/2026 08:30  anotação  Operador 1
      | Voltou sozinha depois de religar
  03/11/2026 08:30  resolvido  Operador 1
      Status: Resolvido

# A visita é adiada: a data prometida vai com ela (F-X8), com o cliente de acordo (F14); e não se
# muda a data sem ela.
$ deskcli due 3 amanhã -m 'adiar'
! ACA-3 está em 'Visita presencial': a data é a de visit.at.
!   tente: deskcli annotate ACA-3 '@paulo TEXTO'
[3]
$ deskcli --as Paulo visit move 3 'amanhã 9h' -m 'Técnico sem carro; cliente avisado'
! ACA-3 está em 'Visita presencial': o cliente concordou com a nova data?
!   tente: deskcli --as Paulo visit move 3 'amanhã 9h' -m 'Técnico sem carro; cliente avisado' --confirmed
[3]
$ deskcli --as Paulo visit move 3 'amanhã 9h' -m 'Técnico sem carro; cliente avisado' --confirmed
  ACA-3  visita remarcada  [Visita presencial]  Operador 1  Como cadastrar aluno
! Prometido para qua 04/11/2026. Antes: ter 03/11/2026.
! Visita: qua 04/11/2026, 09:00.
$ deskcli visit list
  Visita            Quem vai   Cliente de acordo  Ticket  Academia          Solicitante  Título
  04/11/2026 09:00  Técnico 1  sim                ACA-3   Academia Exemplo  Recepção     Como cadastrar aluno

# A agenda do técnico, em arquivo iCalendar: a visita remarcada é a mesma, e vai de uma hora a outra.
$ deskcli visit export 'Técnico 1' | tr -d '\r' | grep -E '^(UID|SEQUENCE|STATUS|DTSTART;|DURATION|SUMMARY)'
  SUMMARY:ACA-3 Como cadastrar aluno
  DTSTART;TZID=America/Sao_Paulo:20261104T090000
  DURATION:PT1H
  UID:ACA-3-<ulid>@aca.deskcli
  SEQUENCE:2
  STATUS:CONFIRMED
# Duas visitas da mesma pessoa na mesma hora: aceito, mas dito; e a que é cancelada sai da agenda.
$ deskcli --as Paulo visit schedule 4 'amanhã 9:30' --with 'Técnico 1'
  ACA-4  visita agendada  [Pendente]  Atendente MU  Academia Exemplo - Finger apagado
! Visita: qua 04/11/2026, 09:30.
! Técnico 1 tem outra visita em 04/11/2026 09:00: ACA-3, Academia Exemplo.
$ deskcli visit done 4 -m 'Feita'
! A visita de ACA-4 é em 04/11/2026 09:30: ainda não pode ter sido feita.
!   tente: deskcli annotate ACA-4 '@paulo TEXTO'
[3]
$ deskcli --as Paulo visit cancel 4 -m 'Resolvido por telefone'
  ACA-4  visita cancelada  [Pendente]  Atendente MU  Academia Exemplo - Finger apagado
$ deskcli visit list --format ids
  ACA-3

# 17:55: a porta está fechada (saída 7) enquanto um ticket vence hoje.
@ 2026-11-03T17:55
$ deskcli today --gate
  Ticket        Status    Responsável   Prazo       Academia          Solicitante  Título
  ACA-4   hoje  Pendente  Atendente MU  2026-11-03  Academia Exemplo  Recepção     Academia Exemplo - Finger apagado
[7]
$ deskcli due 4 amanhã
! ACA-4 está prometido para 03/11/2026; diga por que a data muda.
!   tente: deskcli due 4 'amanhã' -m TEXTO
[3]
$ deskcli due 4 amanhã -m 'Cliente pediu mais um dia' --contacted utalk
  ACA-4  data prometida  [Pendente]  Atendente MU  Academia Exemplo - Finger apagado
! Prometido para qua 04/11/2026. Antes: ter 03/11/2026.
$ deskcli today --gate
$ deskcli today --handover --all
  Atendente MU
    ACA-4  [Pendente]  prazo qua 04/11/2026  Academia Exemplo  Academia Exemplo - Finger apagado
        Leitor reiniciado; o cliente vai observar
        03/11/2026 17:55 Operador 1: Cliente pediu mais um dia
    ACA-5  [Esperando o cliente]  prazo qua 04/11/2026  Academia Modelo  Finger apagado
        O cliente vai trocar o disjuntor
  .
  Operador 1
    ACA-3  [Visita presencial]  prazo qua 04/11/2026  visita 04/11/2026 09:00  Academia Exemplo  Como cadastrar aluno
        Precisa ver o cabeamento
        03/11/2026 08:30 Paulo: Técnico sem carro; cliente avisado

# Quinta: ninguém olhou na quarta, e o que sobrou de ontem não some (F-X2).
@ 2026-11-05T08:30
$ deskcli today --all
  qui 05/11/2026   Atrasados: 3   Para hoje: 0   Sem atualização: 0   Outros abertos: 0
  .
  Atrasados
  Ticket            Prioridade  Status               Responsável   Prazo       Academia          Solicitante  Título
  ACA-4   atrasado  Média       Pendente             Atendente MU  2026-11-04  Academia Exemplo  Recepção     Academia Exemplo - Finger apagado
  ACA-5   atrasado  Média       Esperando o cliente  Atendente MU  2026-11-04  Academia Modelo   Gerência     Finger apagado
  ACA-3   atrasado  Baixa       Visita presencial    Operador 1    2026-11-04  Academia Exemplo  Recepção     Como cadastrar aluno
$ deskcli visit done 3 -m 'Cabo refeito, catraca testada com a recepção'
  ACA-3  visita feita  [Visita presencial]  Operador 1  Como cadastrar aluno
$ deskcli resolve 3,4,5 -m 'Resolvido em contato com a academia'
  ACA-3  resolvido  [Resolvido]  Operador 1  Como cadastrar aluno
  ACA-4  resolvido  [Resolvido]  Atendente MU  Academia Exemplo - Finger apagado
  ACA-5  resolvido  [Resolvido]  Atendente MU  Finger apagado
$ deskcli today --gate --all && echo limpo
  limpo
