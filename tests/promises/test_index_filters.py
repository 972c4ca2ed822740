"""A filter answers alike in memory, on a ticket, and in SQL, on the index."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskcli.condition import All as Every
from deskcli.condition import AnyOf, Condition, Not, holds
from deskcli.condition import Test as Asked
from deskcli.desk import Desk
from deskcli.facts import arrival, arrived, facts
from deskcli.index import Index
from deskcli.indexrow import ticket_rows
from deskcli.ticket import Event, Ticket
from deskcli.yamltext import Document, Value
from promises.desks import (
    FULL,
    copy_of,
)

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "novo",
            "Novo",
            "resolvido",
            "2026-11-23",
            "2026-11-24",
            "2026-11-24T10:00",
            "cuba pia",
        ]
    ),
    st.text(st.sampled_from("aAçÇ 'ñ\"\\%_*ß\n👍é\u0301ŉİ-–:.2026{}[]$"), max_size=8),
)
SCALARS = st.one_of(TEXTS, st.none())
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)
COLUMN = ["status", "assignee", "category", "due"]
FREE = ["tags", "title", "team", "requester", "fields.product", "requester.email", "fields.ção"]
DERIVED = ["id", "state", "open", "updated", "text", "macros", "arrived"]
ARRIVALS = ["2026-11-23T17:59:00-03:00", "2026-11-24T00:30:00Z", "2026-11-20", "2026-11-21T10:00"]
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(COLUMN, SCALARS),
        **dict.fromkeys(("tags", "title", "team"), VALUES),
        "opened_at": st.sampled_from(ARRIVALS) | VALUES,
        "requester": st.dictionaries(st.sampled_from(["email", "name"]), VALUES) | VALUES,
        "fields": st.dictionaries(st.sampled_from(["product", "ção", "x"]), VALUES),
    },
)


def conditions() -> st.SearchStrategy[Condition]:
    values = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
    ops = st.sampled_from(["in", "contains", "before", "until", "on", "from", "after"])
    path = st.sampled_from([*COLUMN, *FREE, *DERIVED, "fields.none.deeper", "requester.name"])
    test = st.builds(Asked, path, ops, values) | st.builds(Asked, path, st.just("absent"))
    test |= st.builds(Asked, path, st.just("in"), st.just(()))
    return st.recursive(
        test,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(Every, st.lists(inner, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


def events(macros: list[str]) -> tuple[Event, ...]:
    at = "2026-11-23T10:00:00-03:00"
    opened = Event("E1", 1, at, "ana", "opened")
    applied = [
        Event(f"M{n}", n + 2, at, "ana", "applied", data={"macro": m}) for n, m in enumerate(macros)
    ]
    return (opened, *applied)


@pytest.fixture(scope="module")
def index(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    found: Index = Desk(copy_of(empty_desk, tmp_path_factory.mktemp("law") / "desk")).index
    return found


def only(index: Index, ticket: Ticket) -> None:
    """An index of nothing but this ticket."""
    index.file.db.execute("DELETE FROM ticket")
    index.file.db.execute("DELETE FROM words")
    index.look._keep_ticket(ticket_rows(ticket, ticket.doc.path, index.config, "", False))


@settings(
    max_examples=3000 if FULL else 250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    header=HEADERS,
    macros=st.lists(st.sampled_from(["niver", "cadastro", "ação"]), max_size=2),
    asked=st.lists(conditions(), min_size=1, max_size=12),
)
def test_a_filter_answers_alike_in_memory_and_in_sql(
    index: Index, header: dict[str, Value], macros: list[str], asked: list[Condition]
) -> None:
    ticket = Ticket({"id": "ESP-1", **header}, events(macros), Document("tickets/x/ESP-1.yaml", ""))
    only(index, ticket)
    known = facts(ticket, index.config)
    known["arrived"] = arrived(arrival(ticket), index.config)
    for condition in asked:
        assert bool(index.select(condition)) == holds(condition, known), condition


@pytest.mark.parametrize("key", ["a.b", 'a"b', "a\\b"])
def test_keys_that_people_invent(index: Index, key: str) -> None:
    """From a view or a rule, whose YAML may name any key."""
    ticket = Ticket(
        {"id": "ESP-1", "x": {key: "sim"}}, events([]), Document("tickets/x/ESP-1.yaml", "")
    )
    only(index, ticket)
    condition = Asked("x." + key.replace(".", "\\."), "in", ("sim",))
    assert holds(condition, facts(ticket, index.config))
    assert index.select(condition)


@pytest.mark.parametrize("op", ["contains", "before"])
def test_a_test_of_no_values(index: Index, op: str) -> None:
    """`{title: {contains: []}}` in a view."""
    assert index.select(Asked("title", op, ())) == []


@pytest.mark.parametrize(
    ("opened_at", "day"),
    [
        ("2026-11-23T17:59:00-03:00", "2026-11-23"),
        ("2026-11-23T18:00:00-03:00", "2026-11-24"),
        ("2026-11-25T00:30:00Z", "2026-11-25"),  # half past nine in the evening, by the desk's zone
        ("2026-11-20", "2026-11-23"),  # a holiday, on a Friday
        ("2026-11-21T10:00", ""),
        ("", "2026-11-23"),  # as its history says
        (["2026-11-25"], "2026-11-23"),
        (None, "2026-11-23"),
    ],
)
def test_the_day_that_a_ticket_counts_for(index: Index, opened_at: Value, day: str) -> None:
    """Alike in memory and in SQL (O-X11)."""
    ticket = Ticket(
        {"id": "ESP-1", "opened_at": opened_at}, events([]), Document("tickets/x/ESP-1.yaml", "")
    )
    only(index, ticket)
    assert arrived(arrival(ticket), index.config) == day
    asked = Asked("arrived", "in", (day,)) if day else Asked("arrived", "absent")
    assert index.select(asked)
