# Os cenários de uma mesa: o que ela promete, escrito em workflows/tests/ e conferido por `check`.
@ 2026-11-23T09:00
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli check
! 0 problemas, 0 avisos, 21 cenários conferidos
! 57 marcas por confirmar: deskcli check --strict
# Alguém muda, sem querer, de quem são os cadastros de instaladores.
$ sed -i '0,/- assign: joao/s//- assign: vendedor-2/' workflows/categories/orcamentos.yaml
$ deskcli check
! workflows/tests/distribuicao.yaml:66:10: O cenário 'Cadastro de instalador é do João' falha: esperava-se assignee:joao; veio assignee:vendedor-2.
! 1 problema, 0 avisos, 21 cenários conferidos
! 57 marcas por confirmar: deskcli check --strict
[3]
$ sed -i '0,/- assign: vendedor-2/s//- assign: joao/' workflows/categories/orcamentos.yaml
# Um cenário da própria mesa: quem o escreve não precisa saber o código da recusa, `check` mostra.
$ printf '%s\n' 'scenarios:' '- name: Pós Vendas só com o número do pedido' '  at: 23/11/2026 9h' \
>   '  as: atendente-1' '  when: {create: {form: pos-vendas, category: trocas, requester: {name: Ana}}}' \
>   '  then: {assignee: nathalya}' > workflows/tests/minha-mesa.yaml
$ deskcli check
! workflows/tests/minha-mesa.yaml:6:9: O cenário 'Pós Vendas só com o número do pedido' falha, porque foi recusado (field.required): Falta Solicitante (e-mail): informe requester.email=VALOR. Falta Número do pedido: informe order_number=VALOR.
! 1 problema, 0 avisos, 22 cenários conferidos
! 57 marcas por confirmar: deskcli check --strict
[3]
$ sed -i 's/then: .*/then: {refused: field.required, missing: order_number}/' workflows/tests/minha-mesa.yaml
$ deskcli check
! 0 problemas, 0 avisos, 22 cenários conferidos
! 57 marcas por confirmar: deskcli check --strict
# O que nenhum cenário pode dizer é avisado no lugar, antes de conferir.
$ sed -i 's/missing: order_number/mising: order_number/' workflows/tests/minha-mesa.yaml
$ deskcli check
! workflows/tests/minha-mesa.yaml:6:35: Não existe campo 'mising'. Você quis dizer 'missing'?
! 1 problema, 0 avisos
! 57 marcas por confirmar: deskcli check --strict
[3]

# A mesa de academias traz os seus: título, prioridade, datas, visitas e a primeira mensagem (F5, F10 a F14, F20).
$ deskcli init mesa-2 --pack academia
  Mesa criada em ~/mesa/mesa-2.
  A seguir: cd mesa-2; deskcli check; deskcli create --guide
$ deskcli --desk mesa-2 check
! 0 problemas, 0 avisos, 36 cenários conferidos
! 21 marcas por confirmar: deskcli check --strict
# Alguém acha que a espera pode ficar sem data; o cenário que o impede diz onde (F13).
$ sed -i 's/due: ask/due: +1bd/' mesa-2/workflows/statuses.yaml
$ deskcli --desk mesa-2 check
! workflows/tests/datas.yaml:116:10: O cenário 'Esperar o cliente sem a data combinada é recusado' falha: esperava-se refused:status.due; veio refused:none.
! workflows/tests/datas.yaml:116:31: O cenário 'Esperar o cliente sem a data combinada é recusado' falha: esperava-se status:aberto; veio status:esperando_cliente.
! 2 problemas, 0 avisos, 36 cenários conferidos
! 21 marcas por confirmar: deskcli check --strict
[3]
