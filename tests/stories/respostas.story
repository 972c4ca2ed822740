# Respostas: a quem vão, quem assina, e o que não é uma resposta.

@ 2026-11-19T09:00
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli create -c cadastro_esplane -f reason=outro --name 'Ana Prado' --email ana@example.com -m 'Quero me cadastrar'
  ESP-1  aberto, encaminhado  [Novo]  Supervisor  Quero me cadastrar
  A seguir: deskcli apply ESP-1 AÇÃO (cadastro)
$ deskcli create -c orcamento_esplane --name 'Rui Lima' --email rui@example.com -m 'Cuba dupla'
  ESP-2  aberto, encaminhado  [Novo]  João  Cuba dupla

# O nome de uma resposta pronta não é o texto que o cliente deve receber.
$ deskcli reply 2 cadastro
! 'cadastro' é o nome de uma resposta pronta, e seria enviado assim mesmo.
!   tente: deskcli reply ESP-2 -t cadastro
[2]
$ deskcli reply 2 'Referência Comercial'
! 'Referência Comercial' é o nome de uma resposta pronta, e seria enviado assim mesmo.
!   tente: deskcli reply ESP-2 -t referencia-comercial
[2]

# A carta ao RH não vai ao cliente (O10); a ação automática a manda, e só para o que não é de atendimento (O9).
$ deskcli reply 2 -t curriculo-rh
! A resposta 'Currículo para o RH' não é para este destinatário; ela vai para: team:rh.
!   tente: deskcli apply ESP-2 curriculo-rh
[3]
$ printf '%%PDF-1.4\n' > planta.pdf && deskcli attach 2 planta.pdf
  ESP-2  arquivos anexados  [Novo]  João  Cuba dupla
$ deskcli apply 2 curriculo-rh
! A ação automática 'Currículo RH' não serve para um ticket como ESP-2.
!   tente: deskcli apply ESP-2
[3]

# O Niver é da Você Constrói (O13), e um cupom em branco não é cupom.
$ deskcli create -c aniversariantes -f reason=outro --name 'Bia Reis' --email bia@example.com -m 'Faço anos' -f brand=esplane
! Marca aqui é sempre 'vcc', não 'esplane'.
!   tente: deskcli create -c aniversariantes -f reason=outro --name 'Bia Reis' --email bia@example.com -m 'Faço anos' -f brand=vcc
[3]
$ deskcli create -c aniversariantes -f reason=outro --name 'Bia Reis' --email bia@example.com -m 'Faço anos'
  ESP-3  aberto, encaminhado  [Novo]  João  Faço anos
  A seguir: deskcli apply ESP-3 AÇÃO (niver)
$ deskcli show 3 | grep Marca
    Marca              Você Constrói
$ deskcli apply 3 niver coupon_code=' '
! 'Niver' precisa de Cupom de desconto: informe coupon_code=VALOR.
!   tente: deskcli apply 3 niver coupon_code=VALOR
[3]
$ deskcli apply 3 niver coupon_code=
! 'Niver' precisa de Cupom de desconto: informe coupon_code=VALOR.
!   tente: deskcli apply 3 niver coupon_code=VALOR
[3]
$ sed -i 's/^brand: vcc/brand: esplane/' tickets/2026/11/ESP-3.yaml && deskcli apply 3 niver coupon_code=NIVER10
! 'Niver' precisa que Marca seja vcc: informe brand=VALOR.
!   tente: deskcli apply 3 niver coupon_code=NIVER10 brand=vcc
[3]
$ sed -i 's/^brand: esplane/brand: vcc/' tickets/2026/11/ESP-3.yaml && deskcli apply 3 niver coupon_code=NIVER10
  ESP-3  ação automática aplicada: Niver  [Novo]  João  Faço anos
! Registrado, ainda por enviar: esta mesa não está no ar.

# Quem a mesa não conhece é avisado uma vez, e não assina cartas.
$ sed -i '/login:/d' people.yaml
$ deskcli annotate 2 'Ligou de novo' 2>&1 | sed "s/'$(id -un)'/'eu'/"
  aviso: A mesa não conhece 'eu'; diga quem você é.
    tente: deskcli init --login PESSOA
  ESP-2  anotação  [Novo]  João  Cuba dupla
$ deskcli reply 2 -t atendimento-esplane 2>&1 | sed "s/'$(id -un)'/'eu'/"
  A mesa não conhece 'eu', e a resposta traz o nome de quem responde.
    tente: deskcli init --login PESSOA
$ deskcli reply 2 'Bom dia. {{ agent.name }}' 2>&1 | sed "s/'$(id -un)'/'eu'/"
  A mesa não conhece 'eu', e a resposta traz o nome de quem responde.
    tente: deskcli init --login PESSOA
$ deskcli --as atendente-1 reply 2 -t atendimento-esplane
  ESP-2  resposta  [Novo]  João  Cuba dupla
! Registrado, ainda por enviar: esta mesa não está no ar.
$ deskcli rota absence add joao amanhã 2>&1 | sed "s/'$(id -un)'/'eu'/"
  aviso: A mesa não conhece 'eu'; diga quem você é.
    tente: deskcli init --login PESSOA
  --- schedules/absences.yaml
  +++ schedules/absences.yaml
  @@ -6 +6,2 @@
  -absences: []
  +absences:
  +- {person: joao, from: '2026-11-20'}
$ deskcli list --format ids
  ESP-1
  ESP-2
  ESP-3
! 3 tickets

# De vários problemas, o código é o do mais grave: quem não pode não tem o que preencher.
$ deskcli init . --login atendente-1
  Você é Atendente 1 nesta mesa.
$ deskcli create --form pedido-finalizado -f seller=@me --name 'Rui' --email rui@example.com
! Atendente 1 não tem o papel vendedor; quem tem: joao, vendedor-2, vendedor-3.
! O formulário 'Pedido Finalizado' é só para vendedor (João, Vendedor 2, Vendedor 3); Atendente 1 não tem esse papel.
!   tente: deskcli create --guide
[4]

# A resposta pode vir com -m, como em `create` e `outbox add`.
$ deskcli reply 2 -m 'Segue o orçamento.' && deskcli history 2 | tail -n 3
  ESP-2  resposta  [Novo]  João  Cuba dupla
  19/11/2026 09:00  resposta  Atendente 1
      a enviar: email rui@example.com
      | Segue o orçamento.
! Registrado, ainda por enviar: esta mesa não está no ar.
