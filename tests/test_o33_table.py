"""O33, table-driven: each of the 31 options in each situation, for each role.

The expectations are written from the work instruction and from the resolutions O-X1 to O-X17 of
`requirements.md`; never from what the program does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from test_pack_esplane import (
    ASKED,
    NEXT_TURN,
    ON_DUTY,
    OWNER,
    ROWS,
    conversation,
    header_of,
    option,
    refused,
    refused_fields,
    scene,
)

from deskcli.act import annotate
from deskcli.answer import reply
from deskcli.apply import apply_macro
from deskcli.intake import Intake, open_ticket
from deskcli.move import resolve
from deskcli.reply import Message
from deskcli.ticket import Change, Ticket, lookup

SELLER, ATTENDANT = "joao", "atendente-1"
# `both` and `neither` are O-X9: attendance wins; without either, the form's own rule.
SITUATIONS = ("open ticket", "site order", "both", "neither")


@dataclass(frozen=True)
class Row:
    """One option. `to` is who gets it, in the order of SITUATIONS, or for all four.

    `gives` are the values that the instruction demands, with one that does; `without` are wrong
    values of those. `has` are values of the ticket afterwards. `reason` says that its form asks for
    a Motivo and the person chooses it.
    """

    number: int
    label: str
    to: tuple[str, ...] | str = "duty"
    seller: bool = False
    gives: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    has: dict[str, Any] = field(default_factory=dict)
    form: str = "orcamentos-atendimento"
    status: str = "novo"
    reason: bool = True


WHATSAPP = {"channel": "whatsapp"}
QUOTE = {"fields.reason": "orcamento_pendente"}
LOST = {"outcome": "lost"}
TO_NATHALYA = ("owner", "nathalya", "owner", "duty")
BY_ROULETTE = ("owner", "turn", "owner", "duty")

TABLE = (
    Row(
        1,
        "Envio de mensagem – Acessórios",
        gives=WHATSAPP | {"segment": "Acessórios"},
        wrong={"channel": "email", "segment": "CA"},
    ),
    Row(
        2,
        "Carrinhos abandonados",
        gives=WHATSAPP | {"segment": "CA"},
        wrong={"channel": "chat", "segment": "Não Pagos"},
    ),
    Row(
        3,
        "Envio de mensagem Carrinhos",
        gives=WHATSAPP | {"segment": "CA"},
        wrong={"channel": "chat", "segment": "Acessórios"},
    ),
    Row(
        4,
        "Não pagos",
        gives=WHATSAPP | {"segment": "Não Pagos"},
        wrong={"channel": "email", "segment": "CA"},
    ),
    Row(5, "Instaladores – Cadastro", to="joao"),
    Row(6, "Instaladores – Indicação", to="joao"),
    Row(7, "Nota Fiscal", to=("owner", "me", "owner", "duty")),
    Row(8, "Instaladores – Consulta de saldo", to=TO_NATHALYA),
    Row(9, "Instaladores – Utilização de saldo", to=TO_NATHALYA),
    Row(10, "Envio de Comprovantes", to=BY_ROULETTE),
    Row(11, "Envio de Boletos", to=BY_ROULETTE),
    Row(13, "Chat sem retorno – Esplane", has={"brand": "esplane"}),
    Row(14, "Chat sem retorno – VCC", has={"brand": "vcc"}),
    Row(15, "Assuntos não relacionados a atendimento", to="team:triagem"),
    Row(16, "Aniversariantes"),
    Row(17, "Orçamento Esplane", has={"brand": "esplane"} | QUOTE, reason=False),
    Row(18, "Orçamento VCC", has={"brand": "vcc"} | QUOTE, reason=False),
    Row(19, "Dúvidas de produtos", gives={"product": "Porcelanato 60x60"}),
    Row(20, "Cadastro Esplane", to="supervisor"),
    Row(21, "Declinado – Carrinho Abandonado", seller=True, has=LOST),
    Row(22, "Declinado – quer comprar em loja física", seller=True, has=LOST),
    Row(24, "Declinado – Frete caro", seller=True, has=LOST),
    Row(
        25,
        "Declinado – produto com estoque negativo",
        to="me",
        seller=True,
        gives={"product": "Cuba dupla"},
        has=LOST | {"fields.stock_situation": "estoque_negativo"},
        form="nao-trabalhamos",
        status="resolvido",
        reason=False,
    ),
    Row(26, "Declinado – concorrente estava mais em conta", seller=True, has=LOST),
    Row(27, "Declinado – não entregamos na região", seller=True, has=LOST),
    Row(
        28,
        "Migração para Whathsapp",
        seller=True,
        gives=WHATSAPP | {"requester.phone": "(11) 99999-0000"},
        wrong={"channel": "email"},
    ),
    Row(
        29,
        "Liberação de PJ",
        seller=True,
        gives={"requester.type": "pj", "requester.cnpj": "11.222.333/0001-81"},
        wrong={"requester.type": "pf", "requester.cnpj": "529.982.247-25"},  # a CPF
    ),
    Row(
        30,
        "Orçamento para terceiro",
        seller=True,
        gives={"intermediary.type": "arquiteto"},
        wrong={"intermediary.type": "vizinho"},
    ),
    Row(
        31,
        "Pedido Finalizado Esplane",
        seller=True,
        gives={"order_number": "5501"},
        has={"outcome": "won", "brand": "esplane"},
    ),
    Row(
        32,
        "Pedido Finalizado VCC",
        seller=True,
        gives={"order_number": "5501"},
        has={"outcome": "won", "brand": "vcc"},
    ),
    Row(
        33,
        "Declinado – não trabalhamos com o produto",
        to="me",
        seller=True,
        gives={"product": "Torneira dourada"},
        has=LOST | {"fields.stock_situation": "nao_trabalhamos"},
        form="nao-trabalhamos",
        status="resolvido",
        reason=False,
    ),
)
BY_NUMBER = {row.number: row for row in TABLE}


def is_site(situation: str) -> bool:
    return situation in ("site order", "both")


def to_pos_vendas(row: Row, situation: str) -> bool:
    return row.number in (8, 9) and situation == "site order"


def by_the_roulette(row: Row, situation: str) -> bool:
    return row.number in (10, 11) and situation == "site order"


def submission(row: Row, situation: str) -> dict[str, str]:
    """All that the instruction demands of this option in this situation, and no more."""
    given = {**ASKED, "category": row.label, **row.gives}
    if is_site(situation) and row.form == "orcamentos-atendimento":
        given["order_channel"] = "site"
    if to_pos_vendas(row, situation):
        given["order_number"] = "88123"  # Pós Vendas is for who has ordered (O15), without Motivo
    elif row.reason:
        given["reason"] = "Orçamento Pendente"  # the one Motivo that the instruction names
    if by_the_roulette(row, situation):
        given["requester.phone"] = "(11) 99999-0000"
    return given


def submit(actor: str, situation: str, given: dict[str, str], via: str = "cli") -> Intake:
    tickets = [conversation(OWNER)] if situation in ("open ticket", "both") else []
    return open_ticket(scene(actor, tickets, via), given)


def who(row: Row, situation: str, actor: str) -> tuple[str, str]:
    """Person and team that the instruction wants."""
    to = row.to if isinstance(row.to, str) else row.to[SITUATIONS.index(situation)]
    kind, _, team = to.partition(":")
    if kind == "team":
        return "", team
    people = {"duty": ON_DUTY, "owner": OWNER, "turn": NEXT_TURN, "me": actor}
    return people.get(to, to), ""


def cases() -> Iterator[tuple[Row, str, str]]:
    for row in TABLE:
        for situation in SITUATIONS:
            for actor in (SELLER, ATTENDANT):
                yield row, situation, actor


def named(value: object) -> str:
    return str(value.number) if isinstance(value, Row) else str(value)


ALLOWED = [case for case in cases() if case[2] == SELLER or not case[0].seller]
SELLER_ONLY = [(row, situation) for row in TABLE if row.seller for situation in SITUATIONS]


# -- the table is the instruction's ---------------------------------------------------------------


def test_the_table_has_the_rows_of_the_instruction() -> None:
    assert len(TABLE) == 31
    assert {row.number for row in TABLE} == {*range(1, 34)} - {12, 23}
    for row in TABLE:
        label, description = ROWS[row.number - 1]
        assert row.label == label
        assert row.seller == description.startswith("Utilizado apenas por vendedores")
    assert len(ALLOWED) == 31 * 4 + 19 * 4


# -- who gets it, on which form, in which state ---------------------------------------------------


@pytest.mark.parametrize(("row", "situation", "actor"), ALLOWED, ids=named)
def test_O33_option(row: Row, situation: str, actor: str) -> None:
    header = header_of(submit(actor, situation, submission(row, situation)))
    person, team = who(row, situation, actor)
    assert (header.get("assignee", ""), header.get("team", "")) == (person, team)
    in_pos_vendas = to_pos_vendas(row, situation)
    assert header["form"] == ("pos-vendas" if in_pos_vendas else row.form)
    assert header["status"] == row.status
    for path, value in row.has.items():
        assert lookup(header, path) == value
    assert ("outcome" in header) == ("outcome" in row.has)
    by_own_form = header["form"] == "orcamentos-atendimento"
    assert header.get("tags", []) == (["atendimento_inicializado"] if by_own_form else [])


@pytest.mark.parametrize(("row", "situation"), SELLER_ONLY, ids=named)
def test_O33_seller_only_option_is_refused_to_an_attendant(row: Row, situation: str) -> None:
    found = submit(ATTENDANT, situation, submission(row, situation))
    assert found.change is None
    assert [p.code for p in found.problems] == ["option.roles"]
    assert found.problems[0].facts["roles"] == ["vendedor"]


@pytest.mark.parametrize("row", [r for r in TABLE if r.seller], ids=named)
def test_O33_seller_only_option_is_refused_to_an_import(row: Row) -> None:
    found = submit(SELLER, "neither", submission(row, "neither"), via="import")
    assert found.change is None
    assert "option.import" in [p.code for p in found.problems]


@pytest.mark.parametrize("number", [7, 8, 9, 10, 11])
def test_OX9_neither_says_so_in_why(number: int) -> None:
    """'neither: the form's rule and a warning in `why`': the steps that found nobody are kept."""
    row = BY_NUMBER[number]
    found = submit(ATTENDANT, "neither", submission(row, "neither"))
    assert found.change is not None, found.problems
    why = next(e.why for e in found.change.events if e.did == "routed")
    assert [s["step"] for s in why if s["result"] == ON_DUTY] == ["rota:orcamentos"]
    assert why[0]["step"] == "open_ticket_owner"
    assert {"step": "category", "result": "none"} in why


# -- what is demanded -----------------------------------------------------------------------------

DEMANDS = [(row, name) for row in TABLE for name in row.gives]
WRONG = [(row, name) for row in TABLE for name in row.wrong]


def role_of(row: Row) -> str:
    return SELLER if row.seller else ATTENDANT


@pytest.mark.parametrize(("row", "name"), DEMANDS, ids=named)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_O33_demand_missing_is_refused(row: Row, name: str, situation: str) -> None:
    given = submission(row, situation)
    del given[name]
    assert refused_fields(submit(role_of(row), situation, given)) == {name}


@pytest.mark.parametrize(("row", "name"), WRONG, ids=named)
def test_O33_demand_with_another_value_is_refused(row: Row, name: str) -> None:
    given = submission(row, "neither") | {name: row.wrong[name]}
    assert refused_fields(submit(role_of(row), "neither", given)) == {name}


def test_O33_everything_missing_is_told_at_once() -> None:
    given = {**ASKED, "category": "Envio de mensagem – Acessórios"}
    missing = refused_fields(submit(ATTENDANT, "neither", given))
    assert missing == {"channel", "segment", "reason"}


@pytest.mark.parametrize("number", [10, 11])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_O33_10_the_telephone_is_demanded_by_the_roulette_alone(
    number: int, situation: str
) -> None:
    row = BY_NUMBER[number]
    given = submission(row, situation)
    given.pop("requester.phone", None)
    found = submit(ATTENDANT, situation, given)
    if situation == "site order":
        assert refused_fields(found) == {"requester.phone"}
    else:
        assert header_of(found)["assignee"] == who(row, situation, ATTENDANT)[0]


@pytest.mark.parametrize("number", [8, 9])
def test_O33_8_pos_vendas_demands_the_order(number: int) -> None:
    given = submission(BY_NUMBER[number], "site order")
    del given["order_number"]
    assert refused_fields(submit(ATTENDANT, "site order", given)) == {"order_number"}


@pytest.mark.parametrize(
    ("number", "brand"),
    [(13, "vcc"), (14, "esplane"), (17, "vcc"), (18, "esplane"), (32, "esplane")],
)
def test_O33_brand_of_the_label_can_not_be_another(number: int, brand: str) -> None:
    row = BY_NUMBER[number]
    given = submission(row, "neither") | {"brand": brand}
    assert refused_fields(submit(role_of(row), "neither", given)) == {"brand"}


# -- what belongs to one row ----------------------------------------------------------------------


def opened(row: Row, situation: str, actor: str, **more: str) -> Ticket:
    found = submit(actor, situation, submission(row, situation) | more)
    assert found.change is not None, found.problems
    return after(found.change)


def after(change: Change) -> Ticket:
    header = {"id": "ESP-1042", **change.after}
    return Ticket(header, (*change.ticket.history, *change.events))


@pytest.mark.parametrize(("situation", "status"), [("site order", "resolvido"), ("both", "novo")])
def test_O33_7_the_answer_to_a_site_order_resolves_it(situation: str, status: str) -> None:
    ticket = opened(BY_NUMBER[7], situation, ATTENDANT)
    assert ticket.text("status") == "novo"
    answered = after(reply(scene(ATTENDANT), ticket, Message("Segue a nota fiscal.")))
    assert answered.text("status") == status


@pytest.mark.parametrize("number", [8, 9])
def test_O33_8_pos_vendas_fixes_its_fields_and_mentions_both(number: int) -> None:
    row = BY_NUMBER[number]
    ticket = opened(row, "site order", ATTENDANT)
    assert ticket.get("fields.impropriety") == "nao_aplica"
    assert ticket.get("fields.history_label") == "pos_vendas"
    assert ticket.text("category") == option(row.label).id
    assert set(ticket.header["mentions"]) == {"letycia", "nathalya"}
    notes = [e.text for e in ticket.history if e.did == "noted"]
    assert len(notes) == 1
    assert "letycia" in notes[0] and "Nathalya" in notes[0]


def test_O33_15_suggests_the_macros() -> None:
    assert {"curriculo-rh", "referencia-comercial"} <= set(option(BY_NUMBER[15].label).suggests)


def test_O33_16_is_resolved_after_niver_and_niver_after_the_coupon() -> None:
    here = scene(ATTENDANT)
    ticket = opened(BY_NUMBER[16], "neither", ATTENDANT)
    assert option(BY_NUMBER[16].label).suggests == ["niver"]
    assert [code for code, _ in refused(lambda: resolve(here, ticket))] == ["option.needs_macro"]
    niver = here.config.macros["niver"]
    assert [f for _, f in refused(lambda: apply_macro(here, ticket, niver, {}))] == ["coupon_code"]
    done = after(apply_macro(here, ticket, niver, {"coupon_code": "ANIVER-15"}))
    assert after(resolve(here, done)).text("status") == "resolvido"


def test_O33_20_is_updated_by_the_supervisor_alone() -> None:
    ticket = opened(BY_NUMBER[20], "neither", ATTENDANT)
    for actor in (ATTENDANT, SELLER):
        here = scene(actor)
        acts = (
            lambda h=here: reply(h, ticket, Message("Pronto.")),
            lambda h=here: resolve(h, ticket),
        )
        for act in acts:
            assert [code for code, _ in refused(act)] == ["option.update_roles"]
        assert annotate(here, ticket, "O cliente ligou.")
    assert after(resolve(scene("supervisor"), ticket)).text("status") == "resolvido"


@pytest.mark.parametrize("number", [25, 33])
def test_O33_25_the_product_form_fixes_its_subject_and_keeps_the_option(number: int) -> None:
    row = BY_NUMBER[number]
    ticket = opened(row, "neither", SELLER)
    assert ticket.text("category") == "nao_trabalhamos"
    assert ticket.text("subcategory") == option(row.label).id
    assert ticket.get("fields.product") == row.gives["product"]


def test_O33_27_the_city_may_be_told() -> None:
    row = BY_NUMBER[27]
    ticket = opened(row, "neither", SELLER, **{"requester.city": "Xapuri"})
    assert ticket.get("requester.city") == "Xapuri"


@pytest.mark.parametrize("kind", ["instalador", "arquiteto", "revenda", "construtora"])
def test_O33_30_for_whom_they_buy(kind: str) -> None:
    ticket = opened(BY_NUMBER[30], "neither", SELLER, **{"intermediary.type": kind})
    assert ticket.get("fields.intermediary.type") == kind
