# Uma planilha importada, desfeita por inteiro e importada de novo.

@ 2026-11-23T09:00
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ python $ROOT/tests/fixtures/make_xlsx.py inbox/pedidos.xlsx
$ deskcli import --maps
  cfdb7  Formulário do site (Contact Form CFDB7)
  chat-fora-do-horario  Chat fora do horário comercial
  elementor  Formulário do site (Elementor)
  flamingo  Formulário do site (Contact Form 7 com Flamingo)
  generic  Planilha com os nomes dos campos
  google-forms  Formulário Google
  gravity  Formulário do site (Gravity Forms)
$ deskcli import inbox/pedidos.xlsx --map generic
  pedidos.xlsx:2  ESP-1  Vendedor 2  Cuba
  pedidos.xlsx:3  ESP-2  Vendedor 2  Piso
  pedidos.xlsx:4  rejeitada: Falta Solicitante (e-mail): informe requester.email=VALOR.
! Linhas rejeitadas, para corrigir e importar de novo: rejects/pedidos-20261123-090000.csv
! pedidos.xlsx: 2 tickets criados, 1 linha rejeitada
[8]
$ cat rejects/*
  ﻿Data/hora;Nome;E-mail;Telefone;Marca;Categoria Assunto;Mensagem;_line;_field;_reason;_key
  2026-11-23T08:05:00;Sem Correio;;;Esplane;Orçamento Esplane;Telha;4;requester.email;Falta Solicitante (e-mail): informe requester.email=VALOR.;generic:a50258d317d7e8ec584b59bb6aaa83cb
$ deskcli show 1 --json | grep -E 'phone|opened_at|"key"'
      "phone": "+5511999990000"
    "opened_at": "2026-11-23T08:05:00-03:00",
      "key": "2c6b3044546ae1b68145f875fd03c967"
            "phone": "+5511999990000"
          "opened_at": "2026-11-23T08:05:00-03:00",
            "key": "2c6b3044546ae1b68145f875fd03c967"
$ deskcli undo
! Isto só se desfaz pelo id: aberto, 23/11/2026 09:00, Atendente 1, 2 tickets.
!   tente: deskcli undo <ulid>
[3]
$ deskcli undo $(deskcli undo --list | head -n 1 | cut -c1-26)
  ESP-1  desfeito  [Cancelado]  Vendedor 2  Cuba
  ESP-2  desfeito  [Cancelado]  Vendedor 2  Piso
$ deskcli list --all
  Ticket     Status     Responsável  Prazo  Solicitante  Título
  ESP-1   x  Cancelado  Vendedor 2          Ana Prado    Cuba
  ESP-2   x  Cancelado  Vendedor 2          Rui Exemplo  Piso
! 2 tickets
$ deskcli import inbox/pedidos.xlsx --map generic
  pedidos.xlsx:2  ESP-3  Vendedor 2  Cuba
  pedidos.xlsx:3  ESP-4  Vendedor 2  Piso
  pedidos.xlsx:4  rejeitada: Falta Solicitante (e-mail): informe requester.email=VALOR.
! Linhas rejeitadas, para corrigir e importar de novo: rejects/pedidos-20261123-090000.csv
! pedidos.xlsx: 2 tickets criados, 1 linha rejeitada
[8]

# O que mudou depois não se desfaz pela metade: nada é desfeito, e cada um é nomeado.
$ deskcli annotate 3 'ligar antes'
  ESP-3  anotação  [Novo]  Vendedor 2  Cuba
$ deskcli undo
  ESP-3  desfeito  [Novo]  Vendedor 2  Cuba
! Desfazer: anotação, 23/11/2026 09:00, Atendente 1, 1 ticket
$ deskcli annotate 3 'ligar depois'
  ESP-3  anotação  [Novo]  Vendedor 2  Cuba
$ deskcli undo --list
  <ulid>  23/11/2026 09:00  Atendente 1  anotação  1 ticket
  <ulid>  23/11/2026 09:00  Atendente 1  desfeito  1 ticket
  <ulid>  23/11/2026 09:00  Atendente 1  anotação  1 ticket  (desfeito)
  <ulid>  23/11/2026 09:00  Atendente 1  aberto  2 tickets
  <ulid>  23/11/2026 09:00  Atendente 1  desfeito  2 tickets
  <ulid>  23/11/2026 09:00  Atendente 1  aberto  2 tickets  (desfeito)
$ deskcli undo $(deskcli undo --list | grep '2 tickets' | grep -v desfeito | head -n 1 | cut -c1-26)
! ESP-3 mudou depois (por Atendente 1, 23/11/2026 09:00); não foi desfeito.
!   tente: deskcli undo <ulid>
[6]

# Arquivos que não servem.
$ deskcli import inbox/nada.csv --map generic
! inbox/nada.csv: Esse arquivo não existe.
!   tente: deskcli import ARQUIVO --map generic
[5]
$ deskcli import inbox/pedidos.xlsx --map sumido
! Nenhum mapa de importação se chama 'sumido'; existem: cfdb7, chat-fora-do-horario, elementor, flamingo, generic, google-forms, gravity.
!   tente: deskcli import --maps
[5]
$ printf 'Nome;E-mail\nAna;ana@example.com\n' > inbox/curto.csv && deskcli import inbox/curto.csv --map generic
  curto.csv:2  rejeitada: Falta Categoria Assunto: informe category=VALOR.
! Linhas rejeitadas, para corrigir e importar de novo: rejects/curto-20261123-090000.csv
! curto.csv: 0 tickets criados, 1 linha rejeitada
[8]
$ printf 'Nome;"E-mail\nAna;ana@example.com\n' > inbox/aspas.csv && deskcli import inbox/aspas.csv --map generic
! inbox/aspas.csv: O arquivo não tem coluna para 'requester.name' (Solicitante, Nome, Nome completo, Seu nome, Nome e sobrenome, your-name, Name). Tem: Nome;"E-mail.
! inbox/aspas.csv: O arquivo não tem coluna para 'requester.email' (E-mail, Email, Seu e-mail, Seu email, your-email). Tem: Nome;"E-mail.
!   tente: deskcli import --maps
[3]
$ ls tickets/2026/11 | wc -l
  4

# A linha consertada sai do arquivo de rejeitadas, que some com a última; a planilha de novo não a traz de volta.
$ ls rejects
  curto-20261123-090000.csv
  pedidos-20261123-090000.csv
$ sed -i 's/Sem Correio;;/Sem Correio;sc@example.com;/' rejects/pedidos-20261123-090000.csv
$ deskcli import rejects/pedidos-20261123-090000.csv --map generic
  pedidos-20261123-090000.csv:2  ESP-5  Vendedor 2  Telha
! Todas as linhas já são tickets: rejects/pedidos-20261123-090000.csv não existe mais.
! pedidos-20261123-090000.csv: 1 ticket criado
$ ls rejects
  curto-20261123-090000.csv
$ deskcli import inbox/pedidos.xlsx --map generic
! pedidos.xlsx: 3 linhas repetidas (ESP-3, ESP-4, ESP-5)
$ deskcli import inbox/pedidos.xlsx --map generic -n
  pedidos.xlsx:2  repetida: ESP-3
  pedidos.xlsx:3  repetida: ESP-4
  pedidos.xlsx:4  repetida: ESP-5
! pedidos.xlsx: 0 tickets criados, 3 linhas repetidas (simulação: nada foi gravado)

# Uma linha de JSON que não se lê também se conserta no arquivo de rejeitadas, ainda que nele não haja outra.
$ printf '%s\n' '{"Nome": "Eva", "E-mail" "eva@example.com", "Assunto": "Nota Fiscal"}' '{"Nome": "Bia", "E-mail": "bia@example.com", "Assunto": "Nota Fiscal"}' > inbox/site.jsonl
$ deskcli import inbox/site.jsonl --map generic
  site.jsonl:1  rejeitada: JSON inválido: falta ':'.
  site.jsonl:2  ESP-6  Vendedor 2  Nota Fiscal – Bia
! Linhas rejeitadas, para corrigir e importar de novo: rejects/site-20261123-090000.jsonl
! site.jsonl: 1 ticket criado, 1 linha rejeitada
[8]
$ cat rejects/site*
  {"_line": 1, "_field": "", "_reason": "JSON inválido: falta ':'.", "_key": "generic:cb3a9c6b6a3b511cc93a93de43241be8"}
  {"Nome": "Eva", "E-mail" "eva@example.com", "Assunto": "Nota Fiscal"}
$ deskcli import rejects/site* --map generic -n
  site-20261123-090000.jsonl:2  rejeitada: JSON inválido: falta ':'.
! site-20261123-090000.jsonl: 0 tickets criados, 1 linha rejeitada (simulação: nada foi gravado)
[8]
$ sed -i 's/"E-mail" /"E-mail": /' rejects/site* && deskcli import rejects/site* --map generic
  site-20261123-090000.jsonl:2  ESP-7  Vendedor 2  Nota Fiscal – Eva
! Todas as linhas já são tickets: rejects/site-20261123-090000.jsonl não existe mais.
! site-20261123-090000.jsonl: 1 ticket criado

# Cada arquivo por si: o que não se lê não segura os outros, e o código diz que faltou um.
$ printf 'Nome;E-mail;Categoria Assunto;Mensagem\nBia;bia@example.com;Nota Fiscal;Segunda via\n' > inbox/bia.csv; : > inbox/vazio.csv
$ deskcli import inbox/aspas.csv inbox/vazio.csv inbox/bia.csv --map generic
  bia.csv:2  ESP-8  Vendedor 2  Segunda via
! inbox/aspas.csv: O arquivo não tem coluna para 'requester.name' (Solicitante, Nome, Nome completo, Seu nome, Nome e sobrenome, your-name, Name). Tem: Nome;"E-mail.
! inbox/aspas.csv: O arquivo não tem coluna para 'requester.email' (E-mail, Email, Seu e-mail, Seu email, your-email). Tem: Nome;"E-mail.
!   tente: deskcli import --maps
! bia.csv: 1 ticket criado
[3]
$ deskcli --no-input import 'inbox/*.tsv' --map generic

# De um pedido do site cuida quem abre o ticket; o que veio por importação ninguém abriu, e o `why` diz isso.
$ printf 'Nome,E-mail,Categoria Assunto,Motivo,Canal do pedido,Mensagem\nUli,uli@example.com,Nota Fiscal,Outro,Site,Preciso da nota\n' > nota.csv && deskcli import nota.csv --map generic
  nota.csv:2  ESP-9  Vendedor 2  Preciso da nota
! nota.csv: 1 ticket criado
$ deskcli why "$(deskcli list --format ids 2>/dev/null | tail -n 1)"
  23/11/2026 09:00  encaminhado: Vendedor 2  workflows/categories/orcamentos.yaml:68
    responsável pelo ticket aberto do solicitante: ninguém  (workflows/categories/orcamentos.yaml:61)
    indicação da regra (quem abre o ticket): ninguém  (workflows/categories/orcamentos.yaml:63)
        passou a vez: quem abre o ticket (ninguém: veio por importação)
    agenda de responsáveis orcamentos: Vendedor 2  (seg 23/11/2026, workflows/categories/orcamentos.yaml:68)
