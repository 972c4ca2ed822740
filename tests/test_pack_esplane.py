"""The Esplane pack against its work instruction, item by item (O1 to O33, O-X1 to O-X17)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from itertools import count
from pathlib import Path, PurePath
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from deskcli.answer import reply
from deskcli.apply import apply_macro
from deskcli.category import Conflict, Option
from deskcli.condition import All, AnyOf, Condition, Not, bind, from_yaml, holds, paths
from deskcli.condition import Test as Leaf  # pytest would collect a Test
from deskcli.config import KINDS, Config
from deskcli.factnames import DERIVED
from deskcli.fold import fold
from deskcli.form import Field, Form, RouteStep
from deskcli.intake import Intake, open_ticket
from deskcli.problem import DeskError
from deskcli.reply import Message, placeholders
from deskcli.requester import requester_keys
from deskcli.rule import deadline_of
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.ticket import HEADER, Event, Ticket, header_path, lookup
from deskcli.yamltext import read

REPOSITORY = Path(__file__).parents[1]
FOLDERS = {
    "workflows": REPOSITORY / "workflows" / "esplane",
    "schedules": REPOSITORY / "schedules" / "esplane",
}
ZONE = ZoneInfo("America/Sao_Paulo")
MONDAY = datetime(2026, 11, 23, 9, 12, tzinfo=ZONE)
ON_DUTY, OWNER, NEXT_TURN = "vendedor-3", "vendedor-2", "joao"

# Who is on duty must not depend on the provisional order that the pack ships.
ROTA = b"""
id: orcamentos
label: Agenda
calendar: comercial
role: vendedor
periods: [{from: '2026-01-05', weekdays: {mon: vendedor-3}}]
"""

# The table of the instruction, letter by letter: label and description of its 33 rows.
ROWS = (
    (
        "Envio de mensagem – Acessórios",
        "Apenas para clientes de Acessórios que foram contatados pelo Whatsapp",
    ),
    (
        "Carrinhos abandonados",
        "Apenas para clientes de CA que foram contatados pelo Whatsapp",
    ),
    (
        "Envio de mensagem Carrinhos",
        "Apenas para clientes de CA que foram contatados pelo Whatsapp",
    ),
    (
        "Não pagos",
        "Apenas para clientes de Não Pagos que foram contatados pelo Whatsapp",
    ),
    ("Instaladores – Cadastro", "Atribuir o Ticket para vendedor João"),
    ("Instaladores – Indicação", "Atribuir o Ticket para vendedor João"),
    (
        "Nota Fiscal",
        "Caso tenha atendimento, atribuir ao responsável. "
        "Se for pedido do site, responder o Ticket",
    ),
    (
        "Instaladores – Consulta de saldo",
        "Caso tenha atendimento, atribuir ao responsável. Se for pedido do site, "
        "atribuir o Ticket para Nathálya utilizando formulário Pós Vendas",
    ),
    (
        "Instaladores – Utilização de saldo",
        "Caso tenha atendimento, atribuir ao responsável. Se for pedido do site, "
        "atribuir o Ticket para Nathálya utilizando formulário Pós Vendas",
    ),
    (
        "Envio de Comprovantes",
        "Caso tenha atendimento, atribuir ao responsável. Se for pedido do site, cadastrar "
        "numero de telefone e atribuir a um vendedor usando a roleta de atendimento",
    ),
    (
        "Envio de Boletos",
        "Caso tenha atendimento, atribuir ao responsável. Se for pedido do site, cadastrar "
        "numero de telefone e atribuir a um vendedor usando a roleta de atendimento.",
    ),
    (
        "Envio de Comprovantes",
        "Caso tenha atendimento, atribuir ao responsável. Se for pedido do site, cadastrar "
        "numero de telefone e atribuir a um vendedor usando a roleta de atendimento.",
    ),
    ("Chat sem retorno – Esplane", "Clientes que ficam sem resposta no Chat Esplane"),
    ("Chat sem retorno – VCC", "Clientes que ficam sem resposta no Chat Esplane"),
    (
        "Assuntos não relacionados a atendimento",
        "Envio de curriculo, informações de financeiro, propagandas e similares",
    ),
    (
        "Aniversariantes",
        "Providenciar cupom e enviar ao cliente, aplicar ação automática “Niver”",
    ),
    ("Orçamento Esplane", "Solicitação de orçamento"),
    ("Orçamento VCC", "Solicitação de orçamento"),
    (
        "Dúvidas de produtos",
        "Somente quando cliente solicitar informação de um produto especifico",
    ),
    ("Cadastro Esplane", "Ticket será atualizado pelo supervisor"),
    (
        "Declinado – Carrinho Abandonado",
        "Utilizado apenas por vendedores – Cliente desistiu da compra após receber mensagem "
        "pelo Whatasapp",
    ),
    (
        "Declinado – quer comprar em loja física",
        "Utilizado apenas por vendedores – Cliente desistiu da compra",
    ),
    (
        "Pedido Finalizado Esplane",
        "Utilizado apenas por vendedores – Cliente desistiu da compra",
    ),
    (
        "Declinado – Frete caro",
        "Utilizado apenas por vendedores – Usar formulário ‘Não trabalhamos com produto’",
    ),
    (
        "Declinado – produto com estoque negativo",
        "Utilizado apenas por vendedores – Usar formulário ‘Não trabalhamos com produto’",
    ),
    (
        "Declinado – concorrente estava mais em conta",
        "Utilizado apenas por vendedores -Cliente desistiu da compra",
    ),
    (
        "Declinado – não entregamos na região",
        "Utilizado apenas por vendedores -Cliente desistiu da compra",
    ),
    (
        "Migração para Whathsapp",
        "Utilizado apenas por vendedores – Clinte sendo atendido pelo Whatsapp",
    ),
    (
        "Liberação de PJ",
        "Utilizado apenas por vendedores – Informações sobre entrega de pedido Pessoa Jurídica",
    ),
    (
        "Orçamento para terceiro",
        "Utilizado apenas por vendedores – orçamento para cliente de instaladores, arquitetos, "
        "revenda ou construtoras",
    ),
    (
        "Pedido Finalizado Esplane",
        "Utilizado apenas por vendedores – Pedido fechado no site Esplane",
    ),
    (
        "Pedido Finalizado VCC",
        "Utilizado apenas por vendedores – Pedido fechado no site Você Constrói",
    ),
    (
        "Declinado – não trabalhamos com o produto",
        "Utilizado apenas por vendedores – Usar formulário ‘Não trabalhamos com produto’",
    ),
)
FORMS = ("pos-vendas", "nao-trabalhamos", "orcamentos-atendimento", "pedido-finalizado")


# -- the pack as a desk has it, without a disk to write to ----------------------------------------


def read_pack(glob: str) -> list[tuple[str, bytes]]:
    """The pack's files as `deskcli init` lays them out: desk.yaml and people.yaml at the root."""
    top, slash, rest = glob.partition("/")
    folder = FOLDERS.get(top if slash else "workflows", Path("none"))
    found = sorted(folder.glob(rest if slash else glob))
    above = f"{top}/" if slash else ""
    return [(above + p.relative_to(folder).as_posix(), p.read_bytes()) for p in found]


def with_our_rota(glob: str) -> list[tuple[str, bytes]]:
    return [("rota.yaml", ROTA)] if glob == KINDS["rota"].glob else read_pack(glob)


@cache
def pack() -> Config:
    return Config(read_pack)


@cache
def desk() -> Config:
    return Config(with_our_rota)


def scene(by: str, tickets: Sequence[Ticket] = (), via: str = "cli") -> Scene:
    """Monday 09:12 at the desk; the sellers have had as many turns each, so that João is next."""
    numbers = count(1)
    return Scene(
        config=desk(),
        now=MONDAY,
        by=by,
        via=via,
        fresh_id=lambda: f"{next(numbers):026}",
        tickets_of=lambda keys, *_: [t for t in tickets if requester_keys(t.header) & keys],
        turns_of=lambda roulette, period: {NEXT_TURN: 4, OWNER: 4, ON_DUTY: 4},
    )


ASKED = {"requester.name": "Ana Prado", "requester.email": "ana@example.com"}


def conversation(owner: str) -> Ticket:
    """An open ticket of the same requester."""
    header = {
        "id": "ESP-7",
        "status": "novo",
        "assignee": owner,
        "requester": {"name": "Ana", "email": "ana@example.com"},
    }
    event = Event("0" * 26, 1, "2026-11-20T10:00:00-03:00", owner, "opened", sets=header)
    return Ticket(header, (event,))


def header_of(found: Intake) -> dict[str, Any]:
    assert found.change is not None, [(p.code, dict(p.facts)) for p in found.problems]
    return found.change.after


def refused_fields(found: Intake) -> set[str]:
    assert found.change is None
    assert found.problems
    return {str(p.facts.get("field")) for p in found.problems}


def form(name: str) -> Form:
    return pack().forms[name]


def asked(form_id: str, path: str) -> Field:
    found = form(form_id).field(header_path(path))
    assert found is not None, f"{form_id} has no field {path}"
    return found


def option(label: str) -> Option:
    named = {o.label: o for o in pack().categories.lists["orcamentos"].options}
    return named[label]


def conflict(item: str) -> Conflict:
    found = [c for f in pack().categories.lists.values() for c in f.conflicts if c.item == item]
    assert len(found) == 1, item
    assert found[0].decision and not found[0].confirmed
    return found[0]


# -- the files ------------------------------------------------------------------------------------

OWN_KINDS = ("desk", "people", "statuses", "form", "category", "macro", "rule", "views")


def own_files() -> list[tuple[str, str, bytes]]:
    return [(kind, *file) for kind in OWN_KINDS for file in read_pack(KINDS[kind].glob)]


@pytest.mark.parametrize(("kind", "path", "data"), own_files(), ids=lambda v: str(v)[:50])
def test_file_is_what_its_kind_demands(kind: str, path: str, data: bytes) -> None:
    doc = read(data, path)
    typed(doc, KINDS[kind].type)
    up = "../" * path.count("/")
    modeline = f"# yaml-language-server: $schema={up}.deskcli/schemas/{kind}.json"
    assert doc.text.split("\n", 1)[0] == modeline
    if kind in ("form", "macro", "rule", "category"):
        assert doc.value["id"] == PurePath(path).stem


@pytest.mark.parametrize(
    ("folder", "glob"),
    [
        ("forms", KINDS["form"].glob),
        ("categories", KINDS["category"].glob),
        ("macros", KINDS["macro"].glob),
        ("rules", KINDS["rule"].glob),
        ("replies", "workflows/replies/*.md"),
    ],
)
def test_no_file_is_passed_over(folder: str, glob: str) -> None:
    """A file of another suffix would never be read."""
    there = {f"workflows/{folder}/{p.name}" for p in (FOLDERS["workflows"] / folder).iterdir()}
    assert there == {path for path, _ in read_pack(glob)}


# -- references from file to file -----------------------------------------------------------------


def steps() -> list[RouteStep]:
    options = [s for o in pack().categories.values() for s in o.route]
    return options + [s for f in pack().forms.values() for s in f.route]


def conditions() -> Iterator[tuple[str, Condition]]:
    """Every condition of the pack, with where it stands."""
    config = pack()
    for name, view in config.views.items():
        yield f"view {name}", from_yaml(view.when)
    for rule in config.rules:
        yield f"rule {rule.id}", from_yaml(rule.when)
    for macro in config.macros.values():
        yield f"macro {macro.id}", All((from_yaml(macro.when), from_yaml(macro.requires)))
    for choice in config.categories.values():
        demands = (from_yaml(choice.requires), from_yaml(choice.resolve_requires))
        yield f"option {choice.id}", All(demands)
    for step in steps():
        yield "route", All((from_yaml(step.when), from_yaml(step.requires)))
    for f in config.forms.values():
        for a in f.fields:
            yield f"{f.id} {a.id}", a.needed or All()
            for default in a.default if isinstance(a.default, list) else ():
                yield f"{f.id} {a.id}", from_yaml(default.when)


def parts_of(condition: Condition) -> Iterator[Leaf]:
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from parts_of(part)
        case Not(part):
            yield from parts_of(part)
        case Leaf():
            yield condition


def known_values() -> dict[str, set[str]]:
    """Paths whose values are a closed list of the desk's."""
    config = pack()
    known = {
        "status": set(config.workflow),
        "form": set(config.forms),
        "category": set(config.categories),
        "macros": set(config.macros),
        "brand": set(config.settings.brands),
        "team": set(config.people.file.teams),
        "assignee": {*config.people, "@me"},
        "flags": {a.flag for r in config.rules for a in r.actions if a.flag},
        "outcome": {o.sets["outcome"] for o in config.categories.values() if "outcome" in o.sets},
        "open": {"true", "false"},
    }
    for f in config.forms.values():
        for a in f.fields:
            if a.choices:
                known.setdefault(a.path, set()).update(c.id for c in a.choices)
    return known


def test_conditions_ask_for_what_exists() -> None:
    fields = {a.path for f in pack().forms.values() for a in f.fields}
    values = known_values()
    for where, condition in conditions():
        for path in paths(condition):
            assert path in fields or path in DERIVED or path.split(".")[0] in HEADER, (where, path)
            assert not path.startswith("fields.") or path in fields, (where, path)
        for test in parts_of(condition):
            if test.op == "in" and test.path in values:
                assert set(test.values) <= values[test.path], (where, test)


def test_people_roles_and_teams_named_exist() -> None:
    config = pack()
    people, roles, teams = config.people, config.people.file.roles, config.people.file.teams
    named = {s.assign for s in steps()} | {m for s in steps() for m in s.mentions}
    assert {n for n in named if n and not n.startswith("@")} <= set(people)
    asked_names = {f"@{f.id}" for form in config.forms.values() for f in form.fields}
    assert {n for n in named if n.startswith("@")} <= {"@me", *asked_names}
    owners = {s.open_ticket_owner for s in steps() if isinstance(s.open_ticket_owner, str)}
    used = {s.role for s in steps()} | owners - {"true", "false", "any"}
    used |= {r for o in config.categories.values() for r in (*o.roles, *o.update_roles)}
    used |= {r for f in config.forms.values() for r in f.roles}
    used |= {r for m in config.macros.values() for r in m.roles}
    used |= {r for p in people.values() for r in p.roles}
    assert used - {""} == set(roles), "a role nobody has or uses, or one that is missing"
    queues = {s.team for s in steps()} | {t for p in people.values() for t in p.teams}
    queues |= {m.to.removeprefix("team:") for m in config.macros.values() if m.to != "requester"}
    queues |= {m.sets.get("team", "") for m in config.macros.values()}
    assert queues - {""} <= set(teams)


def test_forms_macros_replies_and_schedules_named_exist() -> None:
    config = pack()
    forms = {s.form for s in steps()} | {o.form for o in config.categories.values()}
    assert forms | {config.settings.policies.default_form} <= {*config.forms, ""}
    macros = {m for o in config.categories.values() for m in o.suggests}
    assert macros | {f.on_submit_macro for f in config.forms.values()} <= {*config.macros, ""}
    assert {m.reply for m in config.macros.values()} == set(config.replies)
    assert {s.rota for s in steps()} <= {*config.rotas, ""}
    assert {s.roulette for s in steps()} <= {*config.roulettes, ""}
    lists = {name for f in config.forms.values() for name in f.categories}
    assert lists == set(config.categories.lists)
    included = {i for f in config.categories.lists.values() for i in f.includes}
    disputed = {o for f in config.categories.lists.values() for c in f.conflicts for o in c.options}
    assert included | disputed <= set(config.categories)
    assert config.settings.calendar in config.calendars


def test_statuses_and_values_set_exist() -> None:
    config, values = pack(), known_values()
    fields = {a.path for f in config.forms.values() for a in f.fields}
    sets: list[Mapping[str, Any]] = [o.sets for o in config.categories.values()]
    sets += [m.sets for m in config.macros.values()]
    sets += [s.sets for s in steps()]
    sets += [{str(name): value for name, value in s.on_reply.items()} for s in steps()]
    for f in config.forms.values():
        sets += [{a.id: a.fixed} for a in f.fields if isinstance(a.fixed, str)]
        defaults = [(a.id, a.default) for a in f.fields if a.default]
        sets += [{i: d} for i, d in defaults if isinstance(d, str)]
        sets += [{i: v.value} for i, d in defaults if not isinstance(d, str) for v in d]
    for made in sets:
        for name, value in made.items():
            path = header_path(name)
            assert path in fields or path in HEADER, name
            assert value in values.get(path, {value}), (name, value)


def test_labels_of_one_form_are_distinct() -> None:
    """O-X1: what folds alike is one option."""
    for f in pack().forms.values():
        options = pack().categories.of(f.categories)
        names = [fold(n) for o in options for n in {fold(n) for n in (o.id, o.label, *o.aliases)}]
        assert len(names) == len(set(names)), f.id
    ids = [o.id for f in pack().categories.lists.values() for o in f.options]
    assert len(ids) == len(set(ids))


def test_replies_ask_only_for_what_a_ticket_has() -> None:
    fields = {a.path for f in pack().forms.values() for a in f.fields}
    desk_words = {"agent.name", "agent.email", "desk.name", *pack().settings.variables}
    for text in pack().replies.values():
        assert text.head.provisional, f"{text.id}: the instruction gives no texts"
        assert placeholders(text) <= fields | desk_words | set(HEADER), text.id


# -- O1 to O8: intake, distribution, when to update -----------------------------------------------


def test_O4_and_O5_the_rota_distributes_what_the_option_does_not() -> None:
    assert [s.rota for s in form("orcamentos-atendimento").route] == ["orcamentos"]
    assert pack().rotas["orcamentos"].owner in pack().people.file.teams
    assert pack().people.file.teams["mkt"].label == "MKT"


def test_O6_four_subjects_have_a_macro() -> None:
    labels = {m.label for m in pack().macros.values()}
    assert {"Pós Vendas", "Financeiro", "Cadastro", "Atendimento Esplane"} <= labels


def test_O7_same_day_then_next_morning() -> None:
    rules = {r.id: r for r in pack().rules}
    day, morning = rules["atualizacao-no-dia"], rules["atualizacao-na-manha"]
    for rule in (day, morning):
        assert rule.when == {"open": "true", "updated": "absent"}
    assert [a.flag for a in day.actions] == ["nao_atualizado_no_dia"]
    assert "atualizacao_atrasada" in [a.flag for a in morning.actions]
    assert "assignee" in [a.notify for a in morning.actions]
    assert any(a.note for a in morning.actions)


def test_O7_the_day_ends_when_all_is_updated() -> None:
    """What `today --gate` waits for: an open ticket that nobody updated, with or without a date."""
    asked = bind(from_yaml(pack().views[pack().settings.policies.gate].when), date(2026, 11, 23))
    waiting: dict[str, str] = {"open": "true", "arrived": "2026-11-23"}
    assert holds(asked, waiting)
    assert not holds(asked, {**waiting, "arrived": "2026-11-24"})
    assert not holds(asked, {**waiting, "updated": "2026-11-23T10:00:00-03:00"})
    assert not holds(asked, {"open": "false"})


def test_O8_a_note_alone_is_no_update() -> None:
    counts = pack().settings.policies.counts_as_update
    assert {"replied", "applied", "filled"} <= set(counts)
    assert not {"noted", "assigned", "routed"} & set(counts)


@pytest.mark.parametrize(
    ("arrived", "same_day", "next_morning"),
    [
        ("2026-11-18 15:00", "2026-11-18 18:00", "2026-11-19 12:00"),
        ("2026-11-18 22:00", "2026-11-19 18:00", "2026-11-23 12:00"),  # after hours: arrives on 19
        ("2026-11-19 17:30", "2026-11-19 18:00", "2026-11-23 12:00"),  # Friday is a holiday
        ("2026-11-21 10:00", "2026-11-23 18:00", "2026-11-24 12:00"),  # Saturday
    ],
)
def test_OX11_days_are_business_days(arrived: str, same_day: str, next_morning: str) -> None:
    rules = {r.id: r.deadline for r in pack().rules}
    found = []
    for name in ("atualizacao-no-dia", "atualizacao-na-manha"):
        deadline = rules[name]
        assert deadline is not None and deadline.since == "opened"
        since = datetime.fromisoformat(arrived).replace(tzinfo=ZONE)
        found.append(f"{deadline_of(deadline, since, pack().calendar):%Y-%m-%d %H:%M}")
    assert found == [same_day, next_morning]


# -- O9 to O14: macros ----------------------------------------------------------------------------


def test_O9_only_pdf_or_word_and_it_is_carried_along() -> None:
    macro = pack().macros["curriculo-rh"]
    assert macro.attachments is not None
    assert set(macro.attachments.types) == {"pdf", "doc", "docx"}
    assert macro.attachments.min == 1
    assert macro.forward_attachments


def test_O10_curriculo_goes_to_rh() -> None:
    macro = pack().macros["curriculo-rh"]
    assert (macro.label, macro.to) == ("Currículo RH", "team:rh")
    assert macro.sets == {"team": "rh", "status": "resolvido"}


def test_O11_referencia_comercial() -> None:
    macro = pack().macros["referencia-comercial"]
    assert (macro.label, macro.to) == ("Referencia Comercial", "requester")
    assert macro.reply


def esplane_ticket(**values: Any) -> Ticket:
    """A ticket of the default form, as the disk would hold it, without history."""
    held = {"id": "ESP-9", "form": "orcamentos-atendimento", "status": "novo", "fields": {}}
    return Ticket(held | {"requester": {"name": "Ana", "email": "ana@example.com"}} | values)


def refused(act: Callable[[], object]) -> list[tuple[str, object]]:
    with pytest.raises(DeskError) as error:
        act()
    return [(p.code, p.facts.get("field")) for p in error.value.problems]


@pytest.mark.parametrize("arrived", [{"channel": "chat"}, {"origin": "site_form"}])
def test_O12_atendimento_esplane_is_for_the_channels_of_esplane(arrived: dict[str, str]) -> None:
    macro = pack().macros["atendimento-esplane"]
    assert macro.label == "Atendimento Esplane"
    here = scene("atendente-1")
    change = apply_macro(here, esplane_ticket(brand="esplane", **arrived), macro, {})
    assert "Ana" in change.events[-1].text
    for other in ({"brand": "vcc", **arrived}, {"brand": "esplane"}, arrived):
        apply = partial(apply_macro, here, esplane_ticket(**other), macro, {})
        assert refused(apply) == [("macro.when", None)]


def test_O12_the_macro_and_the_forms_name_the_same_channels() -> None:
    macro = pack().macros["atendimento-esplane"]
    [channels] = [t.values for t in parts_of(from_yaml(macro.when)) if t.path == "channel"]
    for f in FORMS:
        assert {c.id for c in asked(f, "channel").choices} == set(channels)
    assert macro.provisional


def test_O13_niver_needs_the_coupon_first() -> None:
    macro = pack().macros["niver"]
    assert macro.label == "Niver"
    here, ticket = scene("atendente-1"), esplane_ticket(category="aniversariantes", brand="vcc")
    missing = refused(lambda: apply_macro(here, ticket, macro, {}))
    assert [field for _, field in missing] == ["coupon_code"]
    assert macro.asks == ["coupon_code"]
    other = esplane_ticket(category="orcamento_vcc", fields={"coupon_code": "NIVER10"})
    assert refused(lambda: apply_macro(here, other, macro, {})) == [("macro.when", None)]
    change = apply_macro(here, ticket, macro, {"coupon_code": "NIVER10"})
    assert "NIVER10" in change.events[-1].text
    assert lookup(change.after, "fields.coupon_code") == "NIVER10"


def test_O14_the_form_applies_its_macro() -> None:
    name = form("nao-trabalhamos").on_submit_macro
    assert pack().macros[name].label == "Não trabalhamos com o produto"
    given = {"product": "Cuba de vidro", "stock_situation": "nao_trabalhamos"}
    found = open_ticket(scene("atendente-1"), {**ASKED, "form": "nao-trabalhamos", **given})
    assert found.change is not None, found.problems
    applied = [e for e in found.change.events if e.did == "applied"]
    assert [e.data["macro"] for e in applied] == [name]
    assert "Cuba de vidro" in applied[0].text


# -- O15 to O18: the four forms -------------------------------------------------------------------


def test_the_four_forms_have_their_names() -> None:
    assert {f.label for f in pack().forms.values()} == {
        "Pós Vendas",
        "Não trabalhamos com produto",
        "Orçamentos e Atendimento",
        "Pedido Finalizado",
    }


@pytest.mark.parametrize("name", FORMS)
def test_every_form_asks_who_asks(name: str) -> None:
    """'Solicitante: nome e e-mail do cliente', in all four."""
    assert asked(name, "requester.name").required is True
    assert asked(name, "requester.email").required is True
    assert asked(name, "requester.email").type == "email"
    assert form(name).use_when


def test_O15_pos_vendas_is_for_who_has_ordered() -> None:
    assert asked("pos-vendas", "order_number").required is True
    given = {**ASKED, "form": "Pós Vendas", "category": "Trocas"}
    assert refused_fields(open_ticket(scene("atendente-1"), given)) == {"order_number"}
    assert header_of(open_ticket(scene("atendente-1"), {**given, "order_number": "88123"}))


def test_O16_nao_trabalhamos_logs_the_product() -> None:
    assert form("nao-trabalhamos").label == "Não trabalhamos com produto"
    assert pack().views["procurados"].when == {"form": "nao-trabalhamos"}


def test_O17_orcamentos_is_the_form_at_hand() -> None:
    assert form("orcamentos-atendimento").label == "Orçamentos e Atendimento"
    assert pack().settings.policies.default_form == "orcamentos-atendimento"


def test_O18_pedido_finalizado_is_for_sellers() -> None:
    assert form("pedido-finalizado").roles == ["vendedor"]
    for name in ("order_number", "order_channel", "amount", "seller"):
        must = asked("pedido-finalizado", name).required
        assert must is (name in ("order_number", "seller")), name
    given = {**ASKED, "form": "pedido-finalizado", "category": "Pedido Finalizado VCC"}
    given |= {"order_number": "5501", "seller": "@me", "amount": "R$ 1.234,56"}
    found = open_ticket(scene("atendente-1"), given)
    assert found.change is None
    assert "form.roles" in [p.code for p in found.problems]
    header = header_of(open_ticket(scene("vendedor-2"), given))
    assert header["fields"]["seller"] == "vendedor-2"
    assert (header["assignee"], header["outcome"], header["brand"]) == ("vendedor-2", "won", "vcc")
    assert header["fields"]["amount"] == "1234.56"


# -- O19 to O32: what each form fixes -------------------------------------------------------------

POS_VENDAS = {**ASKED, "form": "pos-vendas", "category": "Rastreio", "order_number": "88123"}


def test_O19_the_seller_who_attends_keeps_the_customer() -> None:
    found = open_ticket(scene("atendente-1", [conversation(OWNER)]), POS_VENDAS)
    header = header_of(found)
    assert header["assignee"] == OWNER
    assert not header.get("mentions")


@pytest.mark.parametrize("tickets", [[], [conversation("atendente-1")]], ids=["none", "no seller"])
def test_O19_without_a_seller_it_is_nathalya_and_both_are_mentioned(tickets: list[Ticket]) -> None:
    found = open_ticket(scene("atendente-1", tickets), POS_VENDAS)
    assert header_of(found)["assignee"] == "nathalya"
    assert set(header_of(found)["mentions"]) == {"letycia", "nathalya"}
    assert found.change is not None
    notes = [e.text for e in found.change.events if e.did == "noted"]
    assert len(notes) == 1
    assert "letycia" in notes[0] and "Nathalya" in notes[0]


def test_O20_the_subject_is_chosen() -> None:
    assert asked("pos-vendas", "category").required is True
    without = {k: v for k, v in POS_VENDAS.items() if k != "category"}
    assert refused_fields(open_ticket(scene("atendente-1"), without)) == {"category"}


def test_O21_impropriety_is_fixed() -> None:
    field = asked("pos-vendas", "impropriety")
    assert (field.label, field.fixed) == ("Impropriedade", "nao_aplica")
    assert [c.label for c in field.choices] == ["Não aplica"]
    header = header_of(open_ticket(scene("atendente-1"), POS_VENDAS))
    assert header["fields"]["impropriety"] == "nao_aplica"


def test_O22_history_is_fixed() -> None:
    field = asked("pos-vendas", "history_label")
    assert (field.label, field.fixed) == ("Histórico", "pos_vendas")
    assert [c.label for c in field.choices] == ["Pós Vendas"]
    header = header_of(open_ticket(scene("atendente-1"), POS_VENDAS))
    assert header["fields"]["history_label"] == "pos_vendas"


def test_O23_pos_vendas_begins_as_novo() -> None:
    assert asked("pos-vendas", "status").fixed == "novo"
    assert pack().workflow["novo"].label == "Novo"
    assert pack().workflow["novo"].state == "new"


LOOKED_FOR = {**ASKED, "form": "nao-trabalhamos", "product": "Rejunte epóxi azul"}
LOOKED_FOR |= {"stock_situation": "Estoque negativo"}


def test_O24_sou_eu() -> None:
    assert asked("nao-trabalhamos", "assignee").fixed == "@me"
    assert header_of(open_ticket(scene("atendente-1"), LOOKED_FOR))["assignee"] == "atendente-1"
    named = open_ticket(scene("atendente-1"), {**LOOKED_FOR, "assignee": "@me"})
    assert header_of(named)["assignee"] == "atendente-1"


def test_O24_nobody_else() -> None:
    other = open_ticket(scene("atendente-1"), {**LOOKED_FOR, "assignee": "joao"})
    assert refused_fields(other) == {"assignee"}


def test_O25_the_subject_is_fixed() -> None:
    fixed = asked("nao-trabalhamos", "category").fixed
    assert fixed == "nao_trabalhamos"
    assert pack().categories[fixed].label == "Não trabalhamos com produto"
    assert header_of(open_ticket(scene("atendente-1"), LOOKED_FOR))["category"] == fixed


def test_O26_product_and_whether_stock_is_negative() -> None:
    assert asked("nao-trabalhamos", "product").label == "Não trabalhamos com produto"
    assert asked("nao-trabalhamos", "product").required is True
    assert asked("nao-trabalhamos", "stock_situation").required is True
    situations = [c.id for c in asked("nao-trabalhamos", "stock_situation").choices]
    assert situations == ["nao_trabalhamos", "estoque_negativo"]
    header = header_of(open_ticket(scene("atendente-1"), LOOKED_FOR))
    assert header["fields"]["stock_situation"] == "estoque_negativo"
    for name in ("product", "stock_situation"):
        given = {k: v for k, v in LOOKED_FOR.items() if k != name}
        assert refused_fields(open_ticket(scene("atendente-1"), given)) == {name}


def test_O27_it_is_born_resolvido() -> None:
    assert asked("nao-trabalhamos", "status").fixed == "resolvido"
    assert pack().workflow["resolvido"].label == "Resolvido"
    assert pack().workflow["resolvido"].state == "resolved"
    assert header_of(open_ticket(scene("atendente-1"), LOOKED_FOR))["status"] == "resolvido"


QUOTE = {**ASKED, "form": "orcamentos-atendimento", "category": "Orçamento Esplane"}


def test_O28_the_seller_of_the_day() -> None:
    assert header_of(open_ticket(scene("atendente-1"), QUOTE))["assignee"] == ON_DUTY


def test_O29_the_subject_is_chosen() -> None:
    assert form("orcamentos-atendimento").categories == ["orcamentos"]
    without = {k: v for k, v in QUOTE.items() if k != "category"}
    refusals = refused_fields(open_ticket(scene("atendente-1"), without))
    assert "category" in refusals


def test_O30_reason_is_orcamento_pendente_for_quotes_and_chosen_for_the_rest() -> None:
    labels = {c.id: c.label for c in asked("orcamentos-atendimento", "reason").choices}
    assert labels["orcamento_pendente"] == "Orçamento Pendente"
    for label in ("Orçamento Esplane", "Orçamento VCC"):
        header = header_of(open_ticket(scene("atendente-1"), {**QUOTE, "category": label}))
        assert header["fields"]["reason"] == "orcamento_pendente"
    other = {**QUOTE, "category": "Nota Fiscal"}
    assert refused_fields(open_ticket(scene("atendente-1"), other)) == {"reason"}
    assert header_of(open_ticket(scene("atendente-1"), {**other, "reason": "Orçamento Pendente"}))


def test_O30_what_the_site_sent_comes_in_without_a_reason() -> None:
    sent = {**QUOTE, "category": "Nota Fiscal", "origin": "site_form"}
    header = header_of(open_ticket(scene("deskcli", via="import"), sent))
    assert "reason" not in header.get("fields", {})
    assert header["assignee"] == ON_DUTY


def test_O31_identificadores() -> None:
    field = asked("orcamentos-atendimento", "tags")
    assert (field.label, field.fixed) == ("Identificadores", ["atendimento_inicializado"])
    header = header_of(open_ticket(scene("atendente-1"), {**QUOTE, "tags": "vip"}))
    assert set(header["tags"]) == {"vip", "atendimento_inicializado"}


def test_O32_orcamentos_begins_as_novo() -> None:
    assert asked("orcamentos-atendimento", "status").fixed == "novo"
    assert header_of(open_ticket(scene("atendente-1"), QUOTE))["status"] == "novo"


# -- O33: the table (what each option does is in test_o33_table.py) -------------------------------


def test_O33_33_rows_are_31_options_in_the_order_of_the_instruction() -> None:
    labels = [label for label, _ in ROWS]
    assert len(labels) == 33
    shipped = [o.label for o in pack().categories.lists["orcamentos"].options]
    assert len(shipped) == len(set(shipped)) == 31
    folded = [label for n, label in enumerate(labels, 1) if n not in (12, 23)]
    assert shipped == folded


@pytest.mark.parametrize("number", range(1, 34))
def test_O33_row_is_found_by_its_label_and_says_its_number(number: int) -> None:
    label, description = ROWS[number - 1]
    found = pack().categories.find(label, ["orcamentos"])
    assert found.label == label
    assert f"O33.{number}" in found.source
    by_number = [o for o in pack().categories.values() if f"O33.{number}" in o.source]
    assert by_number == [found]
    seller_only = description.startswith("Utilizado apenas por vendedores")
    assert found.roles == (["vendedor"] if seller_only else [])


def test_O33_guidance_is_there_and_is_not_the_instruction_s_own_words() -> None:
    options = pack().categories.lists["orcamentos"].options
    theirs = {fold(description) for _, description in ROWS}
    for o in options:
        assert o.guidance and fold(o.guidance) not in theirs, o.id


# -- O-X: what the instruction leaves open --------------------------------------------------------


def test_OX1_rows_10_and_12_are_one_option() -> None:
    assert ROWS[9][0] == ROWS[11][0]
    assert {"O33.10", "O33.12"} <= set(option("Envio de Comprovantes").source)
    assert conflict("O-X1").options == ["comprovantes"]


def test_OX2_the_brand_follows_the_label() -> None:
    assert option("Chat sem retorno – VCC").sets == {"brand": "vcc"}
    assert ROWS[13][1] in option("Chat sem retorno – VCC").source_note
    assert conflict("O-X2").options == ["chat_sem_retorno_vcc"]
    given = {**ASKED, "category": "Chat sem retorno – VCC", "brand": "esplane", "reason": "outro"}
    assert refused_fields(open_ticket(scene("atendente-1"), given)) == {"brand"}


def test_OX3_ca_is_carrinhos_abandonados_and_both_options_stay() -> None:
    choice = asked("orcamentos-atendimento", "segment").choice("Carrinhos abandonados")
    assert choice is not None and (choice.id, choice.label) == ("ca", "CA")
    assert conflict("O-X3").options == ["carrinhos_abandonados", "msg_carrinhos"]
    first, second = option("Carrinhos abandonados"), option("Envio de mensagem Carrinhos")
    assert first.requires == second.requires == {"channel": "whatsapp", "segment": "ca"}
    assert first.guidance != second.guidance


def test_OX4_row_31_wins_over_row_23() -> None:  # O33.23
    order = option("Pedido Finalizado Esplane")
    assert order.sets == {"outcome": "won", "brand": "esplane"}
    assert "Cliente desistiu da compra" in order.source_note
    assert conflict("O-X4").options == ["pedido_esplane"]


def test_OX5_dear_freight_is_a_sale_lost_without_the_product_form() -> None:
    freight = option("Declinado – Frete caro")
    assert (freight.form, freight.sets) == ("", {"outcome": "lost"})
    assert conflict("O-X5").options == ["declinado_frete"]


def test_OX6_lists_that_are_missing_are_provisional() -> None:
    lists = pack().categories.lists
    assert lists["pos-vendas"].provisional
    assert {o.id for o in lists["pos-vendas"].options} == {"trocas", "devolucoes", "rastreio"}
    assert all(o.provisional for o in lists["pos-vendas"].options)
    assert not lists["orcamentos"].provisional
    assert not any(o.provisional for o in lists["orcamentos"].options)
    reasons = asked("orcamentos-atendimento", "reason").choices
    assert [c.id for c in reasons if not c.provisional] == ["orcamento_pendente"]
    assert len(reasons) > 1
    assert form("pedido-finalizado").provisional
    assert pack().people.file.teams["rh"].provisional, "its e-mail is missing"
    assert pack().people.file.teams["triagem"].provisional
    assert pack().rotas["orcamentos"].provisional
    assert {s.id for s in pack().workflow.values() if not s.provisional} == {"novo", "resolvido"}


def test_OX6_people_the_instruction_names_are_the_only_confirmed_ones() -> None:
    people = pack().people
    assert [p.name for p in people.values() if not p.provisional] == ["João", "Nathálya", "letycia"]
    assert people["joao"].roles == ["vendedor"]
    assert people["nathalya"].roles == ["pos_vendas"]
    for role in pack().people.file.roles:
        assert people.with_role(role), role
    assert len(people.with_role("vendedor")) == 3


def test_OX7_the_category_suggests_the_macro() -> None:
    other = option("Assuntos não relacionados a atendimento")
    assert {"curriculo-rh", "referencia-comercial"} <= set(other.suggests)
    assert [s.team for s in other.route] == ["triagem"]
    assert conflict("O-X7")


def test_OX8_pos_vendas_has_a_form_and_a_macro() -> None:
    assert pack().macros["pos-vendas"].when == {"form": "pos-vendas"}
    assert pack().macros["pos-vendas"].provisional
    assert conflict("O-X8")


LADDERS = (
    "Nota Fiscal",
    "Instaladores – Consulta de saldo",
    "Instaladores – Utilização de saldo",
    "Envio de Comprovantes",
    "Envio de Boletos",
)


def test_OX9_attendance_first_then_the_site_order() -> None:
    with_ladder = {r[0] for r in ROWS if r[1].startswith("Caso tenha atendimento")}
    assert with_ladder == set(LADDERS)
    for label in LADDERS:
        first, *others = option(label).route
        assert first.open_ticket_owner, label
        assert first.open_ticket_owner not in pack().people.file.roles, "anybody's conversation"
        assert not first.when
        assert all(step.when == {"order_channel": "site"} for step in others)
        assert len(others) == (2 if label == "Nota Fiscal" else 1)
    ids = {option(label).id for label in LADDERS}
    assert set(conflict("O-X9").options) == ids


def test_OX10_release_of_pj_needs_the_cnpj() -> None:
    assert option("Liberação de PJ").requires == {
        "requester.type": "pj",
        "requester.cnpj": "present",
    }
    assert asked("orcamentos-atendimento", "requester.cnpj").type == "cnpj"
    assert conflict("O-X10").options == ["liberacao_pj"]


def test_OX12_attendance_lasts_seven_days() -> None:
    assert pack().settings.policies.attendance_days == 7


def test_OX13_spellings() -> None:
    config = pack()
    for name in ("Nathálya", "Nathalya", "NATHALYA", "nathálya"):
        assert config.people.find(name).id == "nathalya"
    assert config.people.find("Letycia").id == "letycia"
    assert config.people.find("Joao").id == "joao"
    for name in ("Migração para Whathsapp", "Migração para WhatsApp", "migracao para whatsapp"):
        assert config.categories.find(name, ["orcamentos"]).id == "migracao_whatsapp"
    for name in FORMS:
        for word in ("Whatsapp", "Whatasapp", "Whathsapp", "WhatsApp"):
            choice = asked(name, "channel").choice(word)
            assert choice is not None and choice.id == "whatsapp"
    for name in ("Não trabalhamos com produto", "nao trabalhamos com o produto"):
        assert config.categories.find(name, ["nao-trabalhamos"]).id == "nao_trabalhamos"
    assert conflict("O-X13").options == ["migracao_whatsapp"]
    assert all(re.fullmatch(r"[a-z0-9_-]+", i) for i in (*config.categories, *config.people))


def test_OX14_the_field_is_categoria_assunto() -> None:
    for name in FORMS:
        assert form(name).category_label == "Categoria Assunto"
        assert asked(name, "category").label == "Categoria Assunto"
    assert pack().categories.lists["orcamentos"].label == "Assunto"


def test_OX15_a_reply_resolves_row_7() -> None:
    assert option("Nota Fiscal").route[1].on_reply == {"status": "resolvido"}
    assert conflict("O-X15").options == ["nota_fiscal"]


def test_OX16_seller_only_options_are_refused_to_who_sends_from_outside() -> None:
    seller_only = [o for o in pack().categories.lists["orcamentos"].options if o.roles]
    assert len(seller_only) == 12
    for o in seller_only:
        sent = {**ASKED, "category": o.label, "origin": "site_form"}
        found = open_ticket(scene("joao", via="import"), sent)
        assert found.change is None
        assert "option.import" in [p.code for p in found.problems], o.id


def test_OX17_never_silently_somebody_else() -> None:
    rota = pack().rotas["orcamentos"]
    assert (rota.role, rota.on_absent) == ("vendedor", "next")
    planned = header_of(open_ticket(replace(scene("atendente-1"), config=pack()), QUOTE))[
        "assignee"
    ]
    away = f"absences: [{{person: {planned}, from: '2026-11-23', reason: médico}}]".encode()

    def reader(glob: str) -> list[tuple[str, bytes]]:
        return [("absences.yaml", away)] if glob == KINDS["absences"].glob else read_pack(glob)

    found = open_ticket(replace(scene("atendente-1"), config=Config(reader)), QUOTE)
    assert header_of(found)["assignee"] in set(pack().people.with_role("vendedor")) - {planned}
    assert found.draft is not None
    assert planned in found.draft.decision.steps[-1]["skipped"]


def test_desk_does_not_send_yet() -> None:
    settings = pack().settings
    assert (settings.name, settings.prefix, settings.live) == ("Esplane", "ESP", False)
    assert settings.brands == {"esplane": "Esplane", "vcc": "Você Constrói"}


@pytest.mark.parametrize("typed_in", ["vcc", "VCC", "Você Constrói", "voce constroi"])
def test_brand_is_known_by_id_and_by_name(typed_in: str) -> None:
    sent = {**ASKED, "category": "Nota Fiscal", "reason": "outro", "brand": typed_in}
    assert header_of(open_ticket(scene("atendente-1"), sent))["brand"] == "vcc"


def test_every_item_has_its_test() -> None:
    """O9 to O33 and O-X1 to O-X17 are facts of the pack; each is named by a test of this file."""
    numbers = [f"O{n}" for n in range(4, 34)] + [f"OX{n}" for n in range(1, 18)]
    tests = [re.findall(r"OX?\d+", name) for name in globals() if name.startswith("test_O")]
    named = {item for found in tests for item in found}
    assert set(numbers) - named == set()


def test_OX15_a_site_order_that_is_imported_is_resolved_by_its_answer_too() -> None:
    here = scene("atendente-1")
    here.via = "import"
    values = {"category": "Nota Fiscal", "order_channel": "site", "origin": "site_form"}
    values |= {"requester.name": "Ana", "requester.email": "ana@example.com"}
    found = open_ticket(here, values)
    assert found.change is not None, found.problems
    header = found.change.after
    assert header["assignee"] == ON_DUTY
    assert header["on_reply"] == {"status": "resolvido"}


def test_OX15_an_answer_that_keeps_the_status_overrides_it_once() -> None:
    sent = {**ASKED, "category": "Nota Fiscal", "reason": "outro", "order_channel": "site"}
    here, found = scene("atendente-1"), open_ticket(scene("atendente-1"), sent)
    assert found.change is not None, found.problems
    opened = Ticket(found.change.after, found.change.events)
    kept = reply(here, opened, Message("pedi a nota ao financeiro"), "Novo")
    assert [e.did for e in kept.events] == ["replied"]
    assert (kept.after["status"], kept.after["on_reply"]) == ("novo", {"status": "resolvido"})
    last = reply(here, Ticket(kept.after, kept.ticket.history), Message("segue a nota"))
    assert last.after["status"] == "resolvido"
