"""`check` finds each of these slips in a desk's files, and names the file it is in."""

import shutil
from pathlib import Path

import pytest
from promises.desks import ASKED, done, run

from deskcli import packs
from deskcli.cli import main
from deskcli.cli.check import find_problems
from deskcli.desk import Desk

# File of the desk, what stands there, and what somebody makes of it.
SLIPS = [
    ("desk.yaml", "timezone: America/Sao_Paulo", "timezone: America/Sao_Paolo"),
    ("desk.yaml", "timezone: America/Sao_Paulo", "timezone: ../../etc/passwd"),
    ("desk.yaml", "language: pt-BR", "language: klingon"),
    ("desk.yaml", "prefix: ESP", "prefix: esp"),
    ("desk.yaml", "prefix: ESP", 'prefix: "../x"'),
    ("desk.yaml", "prefix: ESP", 'prefix: ""'),
    ("desk.yaml", "prefix: ESP", "prefix: E-S"),
    ("desk.yaml", "default_form: orcamentos-atendimento", "default_form: orcamento"),
    ("desk.yaml", "counts_as_update: [replied,", "counts_as_update: [replyed,"),
    ("desk.yaml", "attendance_days: 7", "attendance_days: sete"),
    ("desk.yaml", "live: false", "live: não"),
    (
        "desk.yaml",
        "live: false",
        "live: false\nchannels:\n- {id: zap, label: WhatsApp, kind: phone}\n"
        "- {id: whatsapp, label: Zap, kind: phone}",
    ),
    ("people.yaml", "roles: [vendedor]", "roles: [vendedo]"),
    ("people.yaml", "teams: [triagem]", "teams: [triajem]"),
    ("people.yaml", "- id: vendedor-2", "- id: joao"),
    ("people.yaml", "aliases: [Nathalya]", "aliases: [João]"),
    ("people.yaml", "    label: RH", "    labl: RH"),
    ("workflows/statuses.yaml", "state: resolved", "state: solved"),
    ("workflows/statuses.yaml", "  state: new\n", "  state: new\n  to: [resolvdo]\n"),
    ("workflows/statuses.yaml", "  state: new\n", "  state: new\n  roles: [chefe]\n"),
    ("workflows/statuses.yaml", "  state: new\n", "  state: new\n  requires: {produt: present}\n"),
    ("workflows/statuses.yaml", "- id: cancelado", "- id: novo"),
    ("workflows/statuses.yaml", "label: Resolvido", "label: Novo"),
    (
        "workflows/views.yaml",
        "when: {open: true, team: triagem",
        "when: {open: true, team: triajem",
    ),
    ("workflows/views.yaml", "category: cadastro_esplane", "category: cadastro_esplan"),
    ("workflows/views.yaml", "reason: absent", "reasn: absent"),
    ("workflows/views.yaml", "form: nao-trabalhamos}", "form: nao-trabalha}"),
    ("workflows/views.yaml", "macros: {not: niver}", "macros: {nott: niver}"),
    ("workflows/views.yaml", "columns: [product,", "columns: [produtto,"),
    ("workflows/views.yaml", "columns: [product,", "columns: [fields,"),
    ("workflows/views.yaml", "columns: [product,", "columns: [overdue,"),
    ("workflows/forms/pos-vendas.yaml", "categories: [pos-vendas]", "categories: [pos-venda]"),
    ("workflows/forms/pos-vendas.yaml", "assign: nathalya", "assign: natalia"),
    (
        "workflows/forms/pos-vendas.yaml",
        "open_ticket_owner: vendedor",
        "open_ticket_owner: vendedo",
    ),
    (
        "workflows/forms/pos-vendas.yaml",
        "mentions: [letycia, nathalya]",
        "mentions: [leticia, nathalya]",
    ),
    ("workflows/forms/pos-vendas.yaml", "fixed: nao_aplica", "fixed: nao_aplicado"),
    ("workflows/forms/pos-vendas.yaml", "  fixed: novo", "  fixed: nvo"),
    (
        "workflows/forms/pos-vendas.yaml",
        "- {id: requester.phone, label: Telefone, type: phone}",
        "- {id: requester.phone, label: Telefone, type: fone}",
    ),
    (
        "workflows/forms/pos-vendas.yaml",
        "- {id: product, label: Produto}",
        "- {id: product, label: Produto}\n- {id: product, label: Produto}",
    ),
    (
        "workflows/forms/orcamentos-atendimento.yaml",
        "required: {origin: absent}",
        "required: {orign: absent}",
    ),
    (
        "workflows/forms/orcamentos-atendimento.yaml",
        "when: {category: [orcamento_esplane, orcamento_vcc]}",
        "when: {category: [orcamento_esplan, orcamento_vcc]}",
    ),
    (
        "workflows/forms/orcamentos-atendimento.yaml",
        "- value: orcamento_pendente",
        "- value: orcamento_pend",
    ),
    ("workflows/forms/orcamentos-atendimento.yaml", "- rota: orcamentos", "- rota: orcamento"),
    (
        "workflows/forms/nao-trabalhamos.yaml",
        "on_submit_macro: nao-trabalhamos-com-o-produto",
        "on_submit_macro: nao-trabalhamos",
    ),
    ("workflows/forms/nao-trabalhamos.yaml", "  fixed: nao_trabalhamos", "  fixed: nao_trabalha"),
    ("workflows/forms/pedido-finalizado.yaml", "assign: '@seller'", "assign: '@vendedor'"),
    ("workflows/forms/pedido-finalizado.yaml", "roles: [vendedor]", "roles: [vendedora]"),
    ("workflows/forms/pedido-finalizado.yaml", "role: vendedor\n", "role: vendedora\n"),
    ("workflows/categories/orcamentos.yaml", "- assign: joao", "- assign: joão"),
    ("workflows/categories/orcamentos.yaml", "roulette: atendimento", "roulette: atendiment"),
    ("workflows/categories/orcamentos.yaml", "role: supervisor", "role: supervisora"),
    ("workflows/categories/orcamentos.yaml", "team: triagem", "team: triajem"),
    ("workflows/categories/orcamentos.yaml", "form: pos-vendas", "form: pos-venda"),
    (
        "workflows/categories/orcamentos.yaml",
        "when: {order_channel: site}",
        "when: {order_chanel: site}",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "when: {order_channel: site}",
        "when: {order_channel: sitio}",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "requires: {requester.phone: present}",
        "requires: {requester.fone: present}",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "requires: {channel: whatsapp, segment: acessorios}",
        "requires: {channel: whatsap, segment: acessorio}",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "on_reply: {status: resolvido}",
        "on_reply: {status: resolvdo}",
    ),
    ("workflows/categories/orcamentos.yaml", "suggests: [niver]", "suggests: [nivr]"),
    (
        "workflows/categories/orcamentos.yaml",
        "resolve_requires: {macros: niver}",
        "resolve_requires: {macros: nivr}",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "update_roles: [supervisor]",
        "update_roles: [supervisora]",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "sets: {outcome: lost, stock_situation: estoque_negativo}",
        "sets: {outcome: lost, stock_situation: estoque_negtivo}",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "sets: {outcome: lost, stock_situation: estoque_negativo}",
        "sets: {outcome: lost, stock_situatio: estoque_negativo}",
    ),
    ("workflows/categories/orcamentos.yaml", "sets: {brand: esplane}", "sets: {brand: esplan}"),
    ("workflows/categories/orcamentos.yaml", "form: nao-trabalhamos", "form: nao-trabalhamo"),
    ("workflows/categories/orcamentos.yaml", "- id: boletos", "- id: comprovantes"),
    (
        "workflows/categories/orcamentos.yaml",
        "label: Envio de Boletos",
        "label: Envio de comprovantes",
    ),
    ("workflows/categories/orcamentos.yaml", "options: [comprovantes]", "options: [comprovante]"),
    (
        "workflows/categories/orcamentos.yaml",
        "  - open_ticket_owner: true\n  - when: {order_channel: site}\n    requires",
        "  - open_ticket_owner: true\n    assign: joao\n  - when: {order_channel: site}\n    requires",  # noqa: E501
    ),
    ("workflows/categories/orcamentos.yaml", "  - assign: joao", "  - {}"),
    (
        "workflows/categories/pos-vendas.yaml",
        "includes: [inst_saldo_consulta",
        "includes: [inst_saldo_consult",
    ),
    ("workflows/macros/niver.yaml", "reply: niver", "reply: nivr"),
    ("workflows/macros/niver.yaml", "asks: [coupon_code]", "asks: [cupom]"),
    (
        "workflows/macros/niver.yaml",
        "coupon_code: present}",
        "cupom: present}",
    ),
    (
        "workflows/macros/niver.yaml",
        "when: {category: aniversariantes}",
        "when: {category: aniversariante}",
    ),
    ("workflows/macros/curriculo-rh.yaml", "to: team:rh", "to: team:hr"),
    ("workflows/macros/curriculo-rh.yaml", "to: team:rh", "to: fulano"),
    ("workflows/macros/curriculo-rh.yaml", "status: resolvido", "status: resolvdo"),
    ("workflows/macros/curriculo-rh.yaml", "team: rh,", "team: hr,"),
    ("workflows/macros/curriculo-rh.yaml", "types: [pdf, doc, docx]", "types: [pdff, word]"),
    ("workflows/replies/niver.md", "fields.coupon_code", "fields.cupon"),
    ("workflows/replies/niver.md", "agent.name", "agent.nome"),
    ("workflows/replies/niver.md", "requester.name", "requestr.name"),
    ("workflows/replies/niver.md", "{{ assinatura }}", "{{ assinatura"),
    ("workflows/replies/niver.md", "label: Niver", "labl: Niver"),
    ("workflows/rules/atualizacao-na-manha.yaml", "at: '12:00'", "at: 12h"),
    ("workflows/rules/atualizacao-na-manha.yaml", "at: '12:00'", "at: '25:00'"),
    ("workflows/rules/atualizacao-na-manha.yaml", "- notify: assignee", "- notify: role:chefe"),
    ("workflows/rules/atualizacao-na-manha.yaml", "- notify: assignee", "- notify: fulano"),
    ("workflows/rules/atualizacao-na-manha.yaml", "- notify: assignee", "- reassign: rota:xx"),
    ("workflows/rules/atualizacao-na-manha.yaml", "- notify: assignee", "- reassign: fulano"),
    ("workflows/rules/atualizacao-na-manha.yaml", "- notify: assignee", "- move: resolvdo"),
    ("workflows/rules/atualizacao-na-manha.yaml", "- notify: assignee", "- {}"),
    ("workflows/rules/atualizacao-na-manha.yaml", "updated: absent", "updatd: absent"),
    ("workflows/rules/atualizacao-na-manha.yaml", "updated: absent", "due: {before: xyz}"),
    ("workflows/imports/elementor.yaml", "form: orcamentos-atendimento", "form: orcamentos"),
    ("workflows/imports/elementor.yaml", "Boleto: boletos", "Boleto: boleto"),
    ("workflows/imports/elementor.yaml", "VCC: vcc", "VCC: vc"),
    ("workflows/imports/elementor.yaml", "  origin: site_form", "  origin: site"),
    ("workflows/imports/elementor.yaml", "  channel: site", "  chanel: site"),
    ("workflows/imports/elementor.yaml", "product: [", "produto: ["),
    ("workflows/imports/elementor.yaml", "requester.phone: [", "requester.fone: ["),
    ("workflows/imports/elementor.yaml", "clean: [json_string", "clean: [json"),
    (
        "workflows/imports/chat-fora-do-horario.yaml",
        "when: {after_hours: true}",
        "when: {after_hour: true}",
    ),
    ("schedules/calendars.yaml", "holidays: [nacionais]", "holidays: [nacional]"),
    ("schedules/calendars.yaml", "mon-fri: ['08:00-18:00']", "seg-sex: ['08:00-18:00']"),
    ("schedules/calendars.yaml", "mon-fri: ['08:00-18:00']", "mon-fri: ['8h-18h']"),
    ("schedules/calendars.yaml", "on: '12-25'", "on: '25/12'"),
    ("schedules/rota-orcamentos.yaml", "calendar: comercial", "calendar: comerc"),
    ("schedules/rota-orcamentos.yaml", "role: vendedor", "role: vendedora"),
    ("schedules/rota-orcamentos.yaml", "vendedor-2, vendedor-3]", "vendedor2, vendedor-3]"),
    ("schedules/rota-orcamentos.yaml", "from: '2026-01-05'", "from: 05/01/2026"),
    ("schedules/rota-orcamentos.yaml", "on_absent: next", "on_absent: proximo"),
    ("schedules/rota-orcamentos.yaml", "dates: {}", "dates: {'2026-12-24': jo}"),
    ("schedules/roulette-atendimento.yaml", "role: vendedor", "role: vendedr"),
    ("schedules/roulette-atendimento.yaml", "calendar: comercial", "calendar: comerc"),
    ("schedules/absences.yaml", "absences: []", "absences:\n- {person: jo, from: '2026-12-01'}"),
    ("schedules/absences.yaml", "absences: []", "absences:\n- {person: joao, from: '01/12/2026'}"),
    (
        "schedules/swaps.yaml",
        "swaps: []",
        "swaps:\n- {rota: orcament, date: '2026-11-23', from: joao, to: vendedor-2}",
    ),
    (
        "schedules/swaps.yaml",
        "swaps: []",
        "swaps:\n- {rota: orcamentos, date: '2026-11-23', from: jo, to: vendedor-2}",
    ),
    # numbers, paths and names that the audit found to pass, and others of their kind
    ("desk.yaml", "sweep_limit: 200", "sweep_limit: -1"),
    ("desk.yaml", "sweep_limit: 200", "sweep_limit: 0"),
    ("desk.yaml", "attendance_days: 7", "attendance_days: -7"),
    ("desk.yaml", "  assinatura:", "  requester:"),
    (
        "people.yaml",
        "people:\n",
        "people:\n- {id: a, name: A, login: [x]}\n- {id: b, name: B, login: [x]}\n",
    ),
    ("people.yaml", "  name: João\n", "  name: João\n  email: joao\n"),
    ("people.yaml", "  name: João\n", "  name: João\n  phone: ramal 7\n"),
    ("people.yaml", "    label: RH\n", "    label: RH\n    email: rh\n"),
    ("workflows/statuses.yaml", "state: new", "state: waiting"),
    ("workflows/statuses.yaml", "state: resolved", "state: waiting"),
    ("workflows/statuses.yaml", "state: cancelled", "state: waiting"),
    (
        "workflows/statuses.yaml",
        "  state: new\n",
        "  state: new\n  requires: {after_hours: true}\n",
    ),
    ("workflows/views.yaml", "{open: true, assignee: '@me'}", "{open: true, assignee: '@mi'}"),
    ("workflows/views.yaml", "{open: true, assignee: '@me'}", "{open: true, status: '@me'}"),
    ("workflows/views.yaml", "    label: Abertos\n", "    label: Abertos\n    sort: prazo\n"),
    ("workflows/views.yaml", "when: {open: true}", "when: {open: sim}"),
    ("workflows/views.yaml", "when: {open: true}", "when: {overdue: sim}"),
    ("workflows/views.yaml", "when: {open: true}", "when: {after_hours: true}"),
    ("workflows/views.yaml", "when: {open: true}", "when: {status.label: Novo}"),
    ("workflows/views.yaml", "when: {open: true}", "when: {requester: present}"),
    ("workflows/views.yaml", "when: {open: true}", "when: {reason: {before: today}}"),
    ("workflows/views.yaml", "when: {open: true}", "when: {due: hoj}"),
    ("workflows/views.yaml", "flags: [nao_atualizado_no_dia,", "flags: [nao_atualizada_no_dia,"),
    ("workflows/views.yaml", "when: {outcome: won}", "when: {outcome: wom}"),
    ("workflows/views.yaml", "aliases: [orçamentos]", "aliases: [Pós Vendas]"),
    ("workflows/forms/pos-vendas.yaml", "label: Pós Vendas\n", "label: Pedido Finalizado\n"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: id,"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: status.x,"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: order_number.x,"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: product, min: -1,"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: product, type: date, default: hoje,"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: product, type: money, fixed: '10',"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: product, type: person, default: jo,"),
    ("workflows/forms/pos-vendas.yaml", "id: product,", "id: product, type: person, fixed: '@me',"),
    (
        "workflows/forms/pos-vendas.yaml",
        "id: brand,",
        "id: brand, choices: [{id: vc, label: VCC}],",
    ),
    ("workflows/forms/pos-vendas.yaml", "{id: chat, label: Chat}", "{id: email, label: Chat}"),
    ("workflows/forms/pos-vendas.yaml", "{id: chat, label: Chat}", "{id: chat, label: site}"),
    ("workflows/forms/pos-vendas.yaml", "- open_ticket_owner: vendedor", "- assign: '@product'"),
    (
        "workflows/forms/pos-vendas.yaml",
        "- open_ticket_owner: vendedor",
        "- when: {open: true}\n  open_ticket_owner: vendedor",
    ),
    (
        "workflows/forms/pos-vendas.yaml",
        "- open_ticket_owner: vendedor",
        "- sets: {assignee: '@me'}\n  open_ticket_owner: vendedor",
    ),
    ("workflows/forms/nao-trabalhamos.yaml", "fixed: '@me'", "fixed: '@mi'"),
    ("workflows/forms/nao-trabalhamos.yaml", "  fixed: nao_trabalhamos", "  fixed: boletos"),
    (
        "workflows/categories/orcamentos.yaml",
        "on_reply: {status: resolvido}",
        "on_reply: {reason: outro}",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "aliases: [Orçamento Você Constrói]",
        "aliases: [Orçamento Esplane]",
    ),
    (
        "workflows/categories/orcamentos.yaml",
        "requires: {product: present}",
        "requires: {macros: niver}",
    ),
    ("workflows/categories/orcamentos.yaml", "sets: {brand: esplane}", "sets: {due: amanhã}"),
    ("workflows/categories/orcamentos.yaml", "sets: {brand: esplane}", "sets: {tags: chat}"),
    ("workflows/categories/orcamentos.yaml", "sets: {brand: esplane}", "sets: {assignee: '@me'}"),
    ("workflows/macros/curriculo-rh.yaml", "min: 1}", "min: 0}"),
    ("workflows/macros/curriculo-rh.yaml", "to: team:rh", "to: team:rh\nadds: {tgas: [rh]}"),
    ("workflows/macros/curriculo-rh.yaml", "to: team:rh", "to: team:rh\nadds: {reason: [outro]}"),
    ("workflows/macros/curriculo-rh.yaml", "to: team:rh", "to: team:rh\nadds: {mentions: [jo]}"),
    ("workflows/macros/niver.yaml", "label: Niver", "label: Currículo RH"),
    ("workflows/macros/curriculo-rh.yaml", "{team: rh, status", "{assignee: '@me', status"),
    ("workflows/replies/niver.md", "requester.name", "requester.nome"),
    ("workflows/replies/niver.md", "requester.name", "desk.nome"),
    ("workflows/replies/niver.md", "requester.name", "title.x"),
    ("workflows/replies/niver.md", "requester.name", "state"),
    ("workflows/replies/niver.md", "label: Niver", "label: Cadastro"),
    ("workflows/replies/niver.md", "label: Niver", "label: Niver\nto: team:hr"),
    ("workflows/rules/atualizacao-na-manha.yaml", "updated: absent", "assignee: '@mi'"),
    ("workflows/rules/atualizacao-na-manha.yaml", "- notify: assignee", "- unflag: atrasada"),
    ("workflows/rules/atualizacao-no-dia.yaml", "\n- flag: nao_atualizado_no_dia", " []"),
    ("workflows/imports/elementor.yaml", "key: [Submission ID,", "key: [opend_at,"),
    ("workflows/imports/elementor.yaml", "key: [Submission ID,", "key: [reason,"),
    ("workflows/imports/elementor.yaml", "  opened_at: [", "  amount: [Valor]\n  opened_at: ["),
    ("workflows/imports/elementor.yaml", "  opened_at: [", "  id: [Id]\n  opened_at: ["),
    ("workflows/imports/elementor.yaml", "  channel: site", "  opened_at: ontem"),
    ("workflows/imports/elementor.yaml", "  channel: site", "  assignee: '@mi'"),
    ("workflows/imports/elementor.yaml", "clean: [", "when: {reason: absent}\nclean: ["),
    ("workflows/imports/elementor.yaml", "clean: [", "when: {open: true}\nclean: ["),
    ("workflows/imports/gravity.yaml", "joins:\n  requester.name:", "joins:\n  requester.nome:"),
    ("workflows/imports/generic.yaml", "required: [requester.name,", "required: [requester.nome,"),
    ("schedules/calendars.yaml", "mon-fri: ['08:00-18:00']", "mon-fri: []"),
    ("schedules/rota-orcamentos.yaml", "owner: mkt", "owner: mtk"),
    ("schedules/roulette-atendimento.yaml", "id: atendimento", "id: orcamentos"),
    (
        "schedules/swaps.yaml",
        "swaps: []",
        "swaps:\n- {rota: orcamentos, date: '2026-11-24', from: vendedor-3, to: vendedor-2,"
        " against: '2026-11-25'}",
    ),
]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pack")
    for source, target in packs.files("esplane"):
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        (root / target).write_bytes(source.read_bytes())
    (root / "tickets").mkdir()
    return root


@pytest.mark.parametrize(("name", "old", "new"), SLIPS)
def test_a_slip_is_found_in_its_file(
    name: str, old: str, new: str, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    desk = tmp_path / "mesa"
    shutil.copytree(pack, desk)
    was = (desk / name).read_text()
    assert old in was
    (desk / name).write_text(was.replace(old, new, 1))
    found = [p for p in find_problems(Desk(desk)) if not p.is_warning]
    assert name in {p.place.path for p in found if p.place}


def test_a_rota_without_a_calendar_counts_by_the_desks_own(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the first of the file: on that one every Monday is closed."""
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    desk = tmp_path / "mesa"
    shutil.copytree(pack, desk)
    rota, calendars = desk / "schedules/rota-orcamentos.yaml", desk / "schedules/calendars.yaml"
    rota.write_text(rota.read_text().replace("calendar: comercial\n", ""))
    other = "calendars:\n  noturno: {hours: [{days: {tue-fri: ['20:00-22:00']}}]}\n"
    calendars.write_text(calendars.read_text().replace("calendars:\n", other, 1))
    scene = Desk(desk).scene()
    agenda = scene.agenda(scene.config.rotas["orcamentos"])
    assert agenda.who(scene.today).person


def test_what_makes_strict_fail_is_not_called_a_warning(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--desk", str(pack), "check", "--strict"])
    *lines, summary = capsys.readouterr().err.splitlines()
    warnings = [line for line in lines if "aviso: " in line]
    assert done.value.code == 3
    assert summary.startswith(f"{len(lines) - len(warnings)} problemas, {len(warnings)} aviso")
    assert not [line for line in warnings if "provisório" in line or "se contradiz" in line]


@pytest.mark.parametrize(
    "name",
    [
        *("workflows/form/x.yaml", "workflows/forms/x.yml", "workflows/view.yaml", "people.yml"),
        *("workflows/replies/x.yaml", "schedules/rotas.yaml", "workflows/forms/novos/x.yaml"),
    ],
)
def test_a_file_that_nothing_reads_is_told_of(name: str, pack: Path, tmp_path: Path) -> None:
    desk = Path(shutil.copytree(pack, tmp_path / "mesa"))
    (desk / "workflows/.old").mkdir()
    for ignored in ("README.md", "workflows/README.md", "workflows/.old/x.yaml", "x.yaml"):
        (desk / ignored).write_text("")
    (desk / name).parent.mkdir(parents=True, exist_ok=True)
    (desk / name).write_text("id: x\n")
    told = [p for p in find_problems(Desk(desk)) if p.code == "check.unread"]
    assert [str(p.place) for p in told] == [name]
    assert all(p.is_warning and p.facts["nearest"] for p in told)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        *(("org.name", "Loja X"), ("org.id", "loja-x"), ("requester.name", "Ana")),
        *(
            ("visit.at", "24/11/2026 10:00"),
            ("brand", "Você Constrói"),
            ("agent.name", "Atendente 1"),
        ),
        *(("tags", "obra, vip"), ("status", "Recebido"), ("due", "25/11/2026")),
        *((name, "") for name in ("org", "requester", "fields", "agent", "desk", "visit")),
        *((name, "") for name in ("attachments", "org.nome", "state")),
        *((name, "") for name in ("source.banana", "on_reply.x", "visit.x")),
    ],
)
def test_a_reply_is_filled_with_what_check_lets_pass(
    name: str, said: str, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more and no less: nobody is sent `{'name': 'Ana'}`."""
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    desk = Path(shutil.copytree(pack, tmp_path / "mesa"))
    done(desk, "init", "--login", "atendente-1")
    done(desk, "org", "add", "Loja X")
    done(
        desk, "create", *ASKED, "--org", "Loja X", "-m", "Olá", "--attach", str(desk / "desk.yaml")
    )
    [ticket] = (desk / "tickets").rglob("ESP-1.yaml")
    visit = "visit:\n  at: '2026-11-24T10:00:00-03:00'\nhistory:"
    ticket.write_text(ticket.read_text().replace("history:", visit, 1))
    done(desk, "set", "1", "tags=obra,vip")
    done(desk, "due", "1", "25/11", "-m", "combinado")
    statuses = desk / "workflows/statuses.yaml"
    own = "label: Novo\n  client_label: Recebido\n"
    statuses.write_text(statuses.read_text().replace("label: Novo\n", own))
    canned, text = "workflows/replies/oi.md", f"<{{{{- {name} -}}}}>"
    (desk / canned).write_text(f"---\nlabel: Oi\n---\n{text}\n")
    found = [p for p in find_problems(Desk(desk)) if p.place and p.place.path == canned]
    told = run(desk, "reply", "1", "-t", "oi"), run(desk, "reply", "1", text)
    assert [one.code for one in told] == ([0, 0] if said else [3, 3]), told
    assert [p.code for p in found] == ([] if said else ["check.name"])
    assert ticket.read_text().count(f"<{said}") == (2 if said else 0)


@pytest.mark.parametrize(
    ("name", "lets_pass"),
    [
        *((name, True) for name in ("title", "org.name", "requester.name", "fields.order_number")),
        *((name, False) for name in ("org", "agent.name", "fields.order_numbr", "")),
        *((name, False) for name in ("id", "visit.at", "source.key", "on_reply.status")),
    ],
)
def test_what_a_title_asks_for_is_checked(
    name: str, lets_pass: bool, pack: Path, tmp_path: Path
) -> None:
    desk = Path(shutil.copytree(pack, tmp_path / "mesa"))
    form = desk / "workflows/forms/pos-vendas.yaml"
    form.write_text(
        form.read_text().replace(
            "fields:\n", f"titles:\n- text: '<{{{{ {name} }}}}>'\nfields:\n", 1
        )
    )
    line = form.read_text().split("- text: '<")[0].count("\n") + 1
    found = [p for p in find_problems(Desk(desk)) if p.place and p.place.path.endswith(form.name)]
    at = [str(p.place) for p in found if not p.is_warning]
    assert at == ([] if lets_pass else [f"workflows/forms/{form.name}:{line}:9"]), found
