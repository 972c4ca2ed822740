"""Messages that a customer's tickets have are told once, and those of other customers count for
nothing: a canned greeting in the same minute is no conversation (F6 to F8).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import environment
from test_quoted import NOW, TALK, appended, by, opened, plan, said, told, wrote

from deskcli.cli.init import make
from deskcli.quoted import ALIKE, Said, in_tickets
from deskcli.ticket import Event, Ticket

GREETING = (
    "23/11/2026 08:00 - Recepção: Bom dia",
    "23/11/2026 08:00 - Operador 1: Bom dia! Em que posso ajudar?",
)
ONE = [*GREETING, "23/11/2026 08:02 - Recepção: a catraca parou"]
TWO = [*GREETING, "23/11/2026 08:03 - Recepção: o totem não imprime"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    root = make(tmp_path / "mesa", "academia")
    with environment({"DESKCLI_NOW": NOW, "LC_ALL": "C.UTF-8"}):
        for n, name in enumerate(("Academia Um", "Academia Dois"), 1):
            phone = ("--contact", "Recepção", "--phone", f"1198765432{n}")
            assert by(root, "org", "add", name, *phone).code == 0
        yield root


def plan_of(desk: Path, *parts: tuple[str, str]) -> str:
    """Lines and organisation of each ticket."""
    asked = "title: Catraca não destravando, category: catraca"
    lines = [f"- {{lines: '{span}', org: {org}, {asked}}}\n" for span, org in parts]
    (desk / "plano.yaml").write_text("tickets:\n" + "".join(lines))
    return str(desk / "plano.yaml")


# -- the same customer's --------------------------------------------------------------------------


def test_parts_of_one_message_each_are_known(desk: Path) -> None:
    chat = wrote(desk, "a.txt", TALK[:3])
    parts = plan(desk, "1", "2", "3")
    assert by(desk, "split", chat, parts).code == 0
    grown = wrote(desk, "b.txt", TALK[:4])
    again = by(desk, "split", grown, parts)
    assert again.code == 3 and "ACA-1" in again.err and "ACA-3" in again.err
    rest = opened(desk, grown)
    assert rest.code == 0 and "1 (ACA-1), 2 (ACA-2), 3 (ACA-3)" in rest.err
    assert told(desk, "4") == said(4, 4)


def test_parts_of_one_message_each_are_known_from_an_iphone(desk: Path) -> None:
    assert by(desk, "split", wrote(desk, "a.txt", TALK[:3]), plan(desk, "1", "2", "3")).code == 0
    ios = [f"[{line[:10]}, {line[11:16]}:07] {line[19:]}" for line in TALK[:3]]
    again = opened(desk, wrote(desk, "b.txt", ios))
    assert again.code == 3 and "ACA-1" in again.err


def test_one_message_of_each_of_two_parts_is_known(desk: Path) -> None:
    chat = wrote(desk, "a.txt", TALK[:6])
    assert by(desk, "split", chat, plan(desk, "1-3", "4-5", "6")).code == 0
    assert opened(desk, wrote(desk, "b.txt", TALK[2:4])).code == 3


def test_a_ticket_of_one_message_is_known_in_the_longer_export(desk: Path) -> None:
    assert opened(desk, wrote(desk, "a.txt", TALK[2:3])).code == 0
    more = opened(desk, wrote(desk, "b.txt", TALK))
    assert more.code == 0 and "3 (ACA-1)" in more.err
    assert told(desk, "2") == [*said(1, 2), *said(4, 7)]


def test_parts_that_two_organisations_have_are_one_conversation(desk: Path) -> None:
    parts = plan_of(desk, ("1-3", "academia-um"), ("4-5", "academia-dois"))
    assert by(desk, "split", wrote(desk, "a.txt", TALK[:5]), parts).code == 0
    grown = appended(desk, "1", wrote(desk, "b.txt", TALK))
    assert grown.code == 0 and "4-5 (ACA-2)" in grown.err
    assert told(desk, "1") == [*said(1, 3), *said(6, 7)]


# -- another customer's ---------------------------------------------------------------------------


@pytest.fixture
def another(desk: Path) -> Path:
    """A ticket of the one academy, which begins as the other's conversation does."""
    assert opened(desk, wrote(desk, "g1.txt", ONE)).code == 0
    return desk


def of_two(desk: Path, lines: list[str]) -> tuple[str, ...]:
    asked = ("--org", "Academia Dois", "-c", "totem", "Totem não imprime")
    return "create", "--chat", wrote(desk, "g2.txt", lines), *asked


def test_create_tells_what_another_customer_said_too(another: Path) -> None:
    made = by(another, *of_two(another, TWO))
    assert made.code == 0 and "ACA-1" not in made.err, made
    assert told(another, "2") == [line.partition(" - ")[2] for line in TWO]


def test_the_greeting_alone_opens_a_ticket(another: Path) -> None:
    made = by(another, *of_two(another, TWO[:2]))
    assert made.code == 0 and "ACA-1" not in made.err, made


def test_the_organisation_is_known_however_it_was_written(another: Path) -> None:
    named = [word if word != "--org" else "-f" for word in of_two(another, TWO)]
    named[named.index("-f") + 1] = "Academia=academia DOIS"
    assert by(another, *named).code == 0
    assert len(told(another, "2")) == 3


def test_the_telephone_tells_whose_it_is(another: Path) -> None:
    lines = [line.replace("Recepção", "+55 11 98765-4322") for line in TWO]
    listed = by(another, "append", wrote(another, "p.txt", lines))
    assert "ACA-1" not in listed.out + listed.err


def test_append_and_split_tell_it_too(another: Path) -> None:
    lines = [TWO[2]]
    assert by(another, *of_two(another, lines)).code == 0
    grown = appended(another, "2", wrote(another, "g3.txt", TWO))
    assert grown.code == 0 and "ACA-1" not in grown.err
    assert len(told(another, "2")) == 3
    third = [*GREETING, "23/11/2026 08:04 - Recepção: o finger sumiu"]
    parts = plan_of(another, ("1-2", "academia um"), ("3", "academia dois"))
    refused = by(another, "split", wrote(another, "g4.txt", third), parts)
    assert refused.code == 3 and "plano.yaml:2" in refused.err and "ACA-1" in refused.err
    parts = plan_of(another, ("3", "academia dois"))
    assert by(another, "split", wrote(another, "g4.txt", third), parts).code == 0


def test_whose_it_is_is_asked_where_several_have_such_a_contact(another: Path) -> None:
    chat = wrote(another, "g2.txt", TWO)
    asked = by(another, "append", chat)
    assert asked.code == 3 and "ACA-1" in asked.out
    assert "append ACA-1" not in asked.err and "--org" in asked.err
    assert "Academia Um" in asked.err
    own = by(another, "append", chat, "--org", "academia dois")
    assert "ACA-1" not in own.out + own.err and "create --chat" in own.err
    assert "append ACA-1" in by(another, "append", chat, "--org", "academia um").err


# -- the rule -------------------------------------------------------------------------------------

SAID = [Said(n, n, f"[23/11/2026 08:0{n}] Ana: texto {n}") for n in range(1, 5)]


def having(name: str, *numbers: int, **header: object) -> Ticket:
    text = "\n".join(SAID[n - 1].text for n in numbers)
    data = {"transcript": {"key": f"of {name}", "lines": "1"}}
    event = Event("1", 1, "", "", "appended", text=text, data=data)
    return Ticket({"id": name, **header}, (event,))


def found(asker: Ticket, *tickets: Ticket) -> dict[str, set[int]]:
    return in_tickets(tickets, "new", SAID, asker)


ANA, BIA = {"requester": {"name": "Ana"}}, {"requester": {"name": "Bia"}}
NOBODY = Ticket({})


def test_where_nothing_tells_whose_it_is_two_messages_in_common_are_enough() -> None:
    assert ALIKE == 2
    assert found(NOBODY, having("X-1", 1, **ANA)) == {}
    assert found(NOBODY, having("X-1", 1, 2, **ANA)) == {"X-1": {0, 1}}


def test_they_are_counted_over_the_tickets_of_one_customer() -> None:
    parts = having("X-1", 1, **ANA), having("X-2", 2, **ANA)
    assert found(NOBODY, *parts) == {"X-1": {0}, "X-2": {1}}
    assert found(NOBODY, parts[0], having("X-2", 2, **BIA)) == {}
    same = having("X-1", 1, **ANA), having("X-2", 1, **ANA)
    assert found(NOBODY, *same) == {}, "one message, twice"


@pytest.mark.parametrize(
    ("asker", "counts"),
    [
        ({"org": "a"}, True),
        ({"org": "b"}, False),
        ({"org": "b", "requester": {"phone": "1"}}, False),
        ({"requester": {"phone": "1", "name": "Bia"}}, True),
        ({"requester": {"phone": "2", "name": "Ana"}}, False),
        ({"requester": {"name": "Bia"}}, False),
        ({"requester": {"name": "ANA"}}, None),
        ({"requester": {"name": "Ana Prado"}}, None),
        ({}, None),
    ],
)
def test_whose_it_is(asker: dict[str, object], counts: bool | None) -> None:
    """None: two messages are asked for."""
    ticket = {"org": "a", "requester": {"phone": "1", "name": "Ana"}}
    one = found(Ticket(asker), having("X-1", 1, **ticket))
    two = found(Ticket(asker), having("X-1", 1, 2, **ticket))
    assert (bool(one), bool(two)) == (counts is True, counts is not False)


def test_lines_that_two_tickets_have_are_told_once(desk: Path) -> None:
    parts = plan(desk, "1-2", "2-3")
    assert by(desk, "split", wrote(desk, "a.txt", TALK[:3]), parts).code == 0
    more = opened(desk, wrote(desk, "b.txt", TALK[:4]))
    assert more.code == 0 and "1 (ACA-1), 2 (ACA-1, ACA-2), 3 (ACA-2)" in more.err
