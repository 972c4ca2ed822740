# O ticket é um arquivo: uma pessoa o edita, e o que ela escreveu fica.

@ 2026-11-23T09:00
$ deskcli init mesa --pack esplane --login atendente-1
  Mesa criada em ~/mesa.
  A seguir: cd mesa; deskcli check; deskcli create --guide
$ deskcli create -c orcamento_vcc --name 'Ana Prado' --email ana@example.com -m 'Cuba dupla'
  ESP-1  aberto, encaminhado  [Novo]  Vendedor 2  Cuba dupla

# Um comentário, uma chave que o programa não conhece, e um valor mudado no editor.
$ sed -i -e 's/^title: .*/title: Cuba dupla de 1,20 m   # medida confirmada/' -e 's/^status: novo/status: novo\nvisita_obra: quinta  # anotado na obra/' tickets/2026/11/ESP-1.yaml
$ deskcli show 1
  ESP-1  Cuba dupla de 1,20 m
    Status             Novo
    Responsável        Vendedor 2
    Solicitante        Ana Prado  ana@example.com
    Formulário         Orçamentos e Atendimento
    Categoria Assunto  Orçamento VCC
    Motivo             Orçamento Pendente
    Marca              Você Constrói
    visita_obra        quinta
    Identificadores    atendimento_inicializado
    editado à mão: title, visita_obra
  .
  23/11/2026 09:00  aberto  Atendente 1
      | Cuba dupla
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/orcamentos-atendimento.yaml:114
      Responsável: Vendedor 2
$ deskcli annotate 1 'falar com @nathalya antes'
  ESP-1  anotação  [Novo]  Vendedor 2  Cuba dupla de 1,20 m
$ deskcli set 1 requester.phone='11 99999-0000' product='Cuba dupla'
  ESP-1  alterado  [Novo]  Vendedor 2  Cuba dupla de 1,20 m
$ deskcli undo
  ESP-1  desfeito  [Novo]  Vendedor 2  Cuba dupla de 1,20 m
! Desfazer: alterado, 23/11/2026 09:00, Atendente 1, 1 ticket
$ head -n 13 tickets/2026/11/ESP-1.yaml
  id: ESP-1
  title: Cuba dupla de 1,20 m   # medida confirmada
  form: orcamentos-atendimento
  brand: vcc
  category: orcamento_vcc
  status: novo
  visita_obra: quinta  # anotado na obra
  assignee: vendedor-2
  requester: {name: Ana Prado, email: ana@example.com}
  fields: {reason: orcamento_pendente}
  tags: [atendimento_inicializado]
  mentions: [nathalya]
  .
$ deskcli history 1
  23/11/2026 09:00  aberto  Atendente 1
      Título: Cuba dupla
      Formulário: Orçamentos e Atendimento
      Marca: Você Constrói
      Categoria Assunto: Orçamento VCC
      Status: Novo
      Solicitante: Ana Prado, ana@example.com
      Motivo: Orçamento Pendente
      Identificadores: atendimento_inicializado
      | Cuba dupla
  23/11/2026 09:00  encaminhado  deskcli  workflows/forms/orcamentos-atendimento.yaml:114
      Responsável: Vendedor 2
  23/11/2026 09:00  editado à mão  Atendente 1 (dono do arquivo)
      Título: Cuba dupla de 1,20 m
      visita_obra: quinta
  23/11/2026 09:00  anotação  Atendente 1
      Menções + Nathálya
      | falar com @nathalya antes
  23/11/2026 09:00  alterado  Atendente 1
      Telefone: +5511999990000
      Produto: Cuba dupla
  23/11/2026 09:00  desfeito  Atendente 1
      Telefone: (removido)
      Produto: (removido)

# Uma troca na agenda não mexe nos comentários do arquivo, e desfeita não deixa rastro.
$ cp schedules/swaps.yaml antes.yaml
$ deskcli rota swap vendedor-2 vendedor-3 hoje -n
  --- schedules/swaps.yaml
  +++ schedules/swaps.yaml
  @@ -9 +9,3 @@
  -swaps: []
  +swaps:
  +- {rota: orcamentos, date: '2026-11-23', from: vendedor-2, to: vendedor-3, against: '2026-11-24'}
  +- {rota: orcamentos, date: '2026-11-24', from: vendedor-3, to: vendedor-2, against: '2026-11-23'}
! Nada foi gravado (simulação).
$ cmp antes.yaml schedules/swaps.yaml
$ deskcli rota swap vendedor-2 vendedor-3 hoje > /dev/null && deskcli rota unswap hoje > /dev/null
$ cmp antes.yaml schedules/swaps.yaml

# Depois de outra mudança, o que veio antes não se desfaz sozinho.
$ deskcli set 1 product=Pia
  ESP-1  alterado  [Novo]  Vendedor 2  Cuba dupla de 1,20 m
$ sed -i 's/^status: .*/status: resolvido/' tickets/2026/11/ESP-1.yaml
$ deskcli undo
! Desfazer: alterado, 23/11/2026 09:00, Atendente 1, 1 ticket
! ESP-1 foi editado à mão depois (status); não foi desfeito.
!   tente: deskcli show ESP-1
[6]

# Um arquivo estragado é mostrado, nunca pulado.
$ deskcli create -c orcamento_vcc --name 'Rui Exemplo' --email rui@example.com -m 'Piso'
  ESP-2  aberto, encaminhado  [Novo]  Vendedor 2  Piso
$ printf 'id: ESP-2\n\ttitle: x\n' > tickets/2026/11/ESP-2.yaml

# Quem está no balcão não espera o conserto: o ticket se abre, e diz o que a escolha não pôde ver.
$ deskcli create -c nota_fiscal --name 'Rui Exemplo' --email rui@example.com -f reason=duvida -m 'Segunda via'
  ESP-3  aberto, encaminhado  [Novo]  Vendedor 2  Segunda via
! aviso: Um ticket aberto do solicitante pode ter passado despercebido; não deu para ler: tickets/2026/11/ESP-2.yaml.
!   tente: deskcli check
$ deskcli why 3
  23/11/2026 09:00  encaminhado: Vendedor 2  workflows/forms/orcamentos-atendimento.yaml:114
    responsável pelo ticket aberto do solicitante: ninguém  (arquivos ilegíveis: 1, workflows/categories/orcamentos.yaml:61)
    indicação da regra (quem abre o ticket): não se aplica  (workflows/categories/orcamentos.yaml:63)
    agenda de responsáveis orcamentos: não se aplica  (workflows/categories/orcamentos.yaml:68)
    nenhuma regra da categoria se aplicou; seguem as do formulário
    agenda de responsáveis orcamentos: Vendedor 2  (seg 23/11/2026, workflows/forms/orcamentos-atendimento.yaml:114)
$ deskcli list
  Ticket    Status  Responsável  Prazo  Solicitante  Título
  ESP-3     Novo    Vendedor 2          Rui Exemplo  Segunda via
! 1 ticket
! tickets/2026/11/ESP-2.yaml:2:1: Tabulação não serve de recuo em YAML; use espaços.
[65]
$ deskcli show 2
! tickets/2026/11/ESP-2.yaml:2:1: Tabulação não serve de recuo em YAML; use espaços.
[65]
$ deskcli check
! tickets/2026/11/ESP-2.yaml:2:1: Tabulação não serve de recuo em YAML; use espaços.
! 1 problema, 0 avisos
! 57 marcas por confirmar: deskcli check --strict
[3]

# Um nome trocado no editor não passa calado: o trabalho espera, e o conserto vem junto. Ler e anotar, sempre.
$ sed -i -e 's/^status: novo/status: nvo/' -e 's/^assignee: .*/assignee: vendedor2/' tickets/2026/11/ESP-3.yaml
$ deskcli resolve 3
! ESP-3: Status 'nvo' não existe nesta mesa. Você quis dizer 'novo'?
!   tente: deskcli move ESP-3 novo
! ESP-3: Responsável 'vendedor2' não existe nesta mesa. Você quis dizer 'vendedor-2'?
!   tente: deskcli assign ESP-3 vendedor-2
[3]
$ deskcli annotate 3 'o cliente ligou'
  ESP-3  anotação  [nvo]  vendedor2  Segunda via
! tickets/2026/11/ESP-3.yaml:5:9: Não existe status 'nvo'. Você quis dizer 'novo'?
! tickets/2026/11/ESP-3.yaml:6:11: Não existe pessoa 'vendedor2'. Você quis dizer 'vendedor-2'?
$ deskcli move 3 novo && deskcli assign 3 vendedor-2 && deskcli reply 3 'Segue a nota.'
  ESP-3  mudou de status  [Novo]  vendedor2  Segunda via
  ESP-3  atribuído  [Novo]  Vendedor 2  Segunda via
  ESP-3  resposta  [Novo]  Vendedor 2  Segunda via
! Registrado, ainda por enviar: esta mesa não está no ar.

# Uma data que não existe é mostrada com o lugar, e nada quebra; a edição à mão não é parte do que se desfaz.
$ deskcli create -c orcamento_vcc --name 'Eva Exemplo' --email eva@example.com -m 'Telha'
  ESP-4  aberto, encaminhado  [Novo]  Vendedor 2  Telha
$ sed -i "s/^status: novo/status: novo\ndue: '2026-02-31'/" tickets/2026/11/ESP-4.yaml && deskcli show 4
! tickets/2026/11/ESP-4.yaml:7:6: '2026-02-31' não serve; esperado: uma data (2026-11-24).
[65]
$ sed -i "s/2026-02-31/2026-12-01/" tickets/2026/11/ESP-4.yaml && deskcli annotate 4 'ligar' && deskcli undo --list | head -n 2
  ESP-4  anotação  [Novo]  Vendedor 2  Telha
  <ulid>  23/11/2026 09:00  Atendente 1  anotação  1 ticket
  <ulid>  23/11/2026 09:00  Atendente 1  aberto  1 ticket

# Uma opção só de vendedores, escolhida no editor por quem não é (O-X16): fica, e a mesa avisa enquanto o ticket está aberto.
$ sed -i 's/^category: .*/category: declinado_frete/' tickets/2026/11/ESP-4.yaml && deskcli annotate 4 'achou caro'
  ESP-4  anotação  [Novo]  Vendedor 2  Telha
! tickets/2026/11/ESP-4.yaml:5:11: aviso: 'Declinado – Frete caro' é só para vendedor; Atendente 1, que escolheu à mão, não tem esse papel.
$ deskcli check 2>&1 | grep ESP-4
  tickets/2026/11/ESP-4.yaml:5:11: aviso: 'Declinado – Frete caro' é só para vendedor; Atendente 1, que escolheu à mão, não tem esse papel.
