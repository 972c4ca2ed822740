"""The outbox: what waits, what went, where to; nothing is lost, doubled or smuggled (F20)."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from promises.desks import ASKED, copy_of, done, environment, files, new_desk, run, tickets
from test_pack_esplane import MONDAY, read_pack

from deskcli import act
from deskcli.address import of_staff, recipient
from deskcli.config import Config
from deskcli.deskfile import Channel
from deskcli.outbox import Entry, entries, first_message, letter, mark, shortened, state, whole_id
from deskcli.problem import DeskError
from deskcli.reply import Message
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, replay
from deskcli.undo import undo

IDS = count(1)
CHANNELS = [
    Channel("torpedo", "Torpedo", "phone"),
    Channel("email", "E-mail", "email"),
    Channel("zap", "Zap", "phone"),
]
ANA = {"name": "Ana Prado", "email": "ana@example.com", "phone": "+5511999990000"}


@cache
def config() -> Config:
    desk = Config(read_pack)
    desk.__dict__["channels"] = {channel.id: channel for channel in CHANNELS}
    return desk


def scene() -> Scene:
    return Scene(config(), MONDAY, "atendente-1", fresh_id=lambda: f"{next(IDS):026}")


def ticket(requester: Mapping[str, str] = ANA, events: tuple[Event, ...] = ()) -> Ticket:
    header = {"title": "Cuba", "status": "novo", "requester": dict(requester)}
    opened = Event("0", 1, MONDAY.isoformat(), "atendente-1", "opened", sets=header)
    history = (opened, *events)
    return Ticket({"id": "ESP-1", **replay(history)}, history)


def after(held: Ticket, change: Change | None) -> Ticket:
    assert change is not None
    return Ticket(replay(change.events, held.header), (*held.history, *change.events))


def messaged(text: str = "Olá", **to: str) -> Ticket:
    held = ticket()
    there = to or {"channel": "torpedo", "address": "+5511999990000"}
    return after(held, first_message(scene(), held, Message(text, "Assunto"), there))


def event(did: str, data: Mapping[str, Any], name: str = "5") -> Event:
    return Event(name, 2, MONDAY.isoformat(), "deskcli", did, data=dict(data))


# -- where to -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requester", "channel", "given", "expected"),
    [
        (ANA, "", {}, "torpedo +5511999990000"),  # the desk's first channel
        ({"email": "ana@example.com"}, "", {}, "email ana@example.com"),
        (ANA, "Zap", {}, "zap +5511999990000"),
        (ANA, "", {"phone": "11 90000-0000"}, "torpedo +5511900000000"),
        (ANA, "zap", {"phone": "+351 912 345 678"}, "zap +351912345678"),
        (ANA, "", {"email": "Outra@Example.com"}, "email outra@example.com"),
        ({"phone": "(11) 90000-0000"}, "", {}, "torpedo +5511900000000"),  # written by hand
    ],
)
def test_the_channel_and_the_address(
    requester: Mapping[str, str], channel: str, given: Mapping[str, str], expected: str
) -> None:
    assert " ".join(recipient(scene(), ticket(requester), channel, given).values()) == expected


@pytest.mark.parametrize(
    ("requester", "channel", "given", "code"),
    [
        ({"name": "Ana"}, "", {}, "reply.address"),
        ({"phone": "+5511999990000"}, "email", {}, "reply.address"),
        (ANA, "fax", {}, "channel.unknown"),
        (ANA, "email", {"phone": "11 90000-0000"}, "channel.kind"),
        (ANA, "", {"phone": "1234"}, "field.invalid"),
        (ANA, "", {"phone": "+551187654321"}, "field.invalid"),
        ({"email": "ana@example.com\nBcc: all@example.com"}, "email", {}, "field.invalid"),
        ({"email": "ana\x1b@example.com"}, "email", {}, "field.invalid"),
        ({"phone": "+5511999990000\n+5511"}, "zap", {}, "field.invalid"),
    ],
)
def test_an_address_that_can_not_be_is_refused(
    requester: Mapping[str, str], channel: str, given: Mapping[str, str], code: str
) -> None:
    with pytest.raises(DeskError) as refused:
        recipient(scene(), ticket(requester), channel, given)
    assert refused.value.problems[0].code == code


def test_a_desk_that_names_no_channels_has_two() -> None:
    assert list(Config(read_pack).channels) == ["email", "whatsapp"]


def test_the_desks_own_people_have_their_addresses_in_people_yaml() -> None:
    assert of_staff(config(), "joao") == {}
    assert of_staff(config(), "team:rh") == {}
    assert of_staff(config(), "team:all") == {}


# -- what waits -----------------------------------------------------------------------------------


def ids(held: Ticket) -> list[tuple[str, bool]]:
    return [(entry.id, bool(entry.sent)) for entry in entries(held.history)]


def test_a_message_waits_until_it_is_marked_and_is_marked_once() -> None:
    held = messaged()
    [(name, was_sent)] = ids(held)
    assert not was_sent and state(held.history) == "waiting"
    change, problems = mark(scene(), held, [name, name])
    held = after(held, change)
    assert problems == [] and ids(held) == [(name, True)] and state(held.history) == "sent"
    assert mark(scene(), held, [name]) == (None, [])


def test_each_notice_of_an_event_has_an_id_of_its_own() -> None:
    held = ticket(events=(event("swept", {"notify": ["joao", "team:rh", "joao"]}),))
    assert [name for name, _ in ids(held)] == ["5", "5-2", "5-3"]
    held = after(held, mark(scene(), held, ["5-2"])[0])
    assert ids(held) == [("5", False), ("5-2", True), ("5-3", False)]
    assert state(held.history) == "waiting"


def test_what_is_undone_before_it_goes_does_not_go() -> None:
    held = messaged()
    held = after(held, undo(scene(), held, held.history[-1].operation))
    assert ids(held) == [] and state(held.history) == ""


def test_what_went_can_not_be_undone_and_what_came_before_it_can() -> None:
    held = messaged()
    message = held.history[-1].operation
    held = after(held, act.annotate(scene(), held, "liguei"))
    noted = held.history[-1].operation
    held = after(held, mark(scene(), held, [message])[0])
    with pytest.raises(DeskError) as refused:
        undo(scene(), held, message)
    assert refused.value.problems[0].code == "undo.sent"
    undo(scene(), held, noted)  # a mark changes nothing that it rests on


def test_a_notice_that_went_does_not_hold_the_rule_back() -> None:
    held = ticket(events=(event("swept", {"notify": ["joao"]}),))
    held = after(held, mark(scene(), held, ["5"])[0])
    assert undo(scene(), held, "5").events[0].did == "undone"


def test_a_mark_that_was_a_mistake_is_taken_back() -> None:
    held = messaged()
    [(name, _)] = ids(held)
    held = after(held, mark(scene(), held, [name])[0])
    held = after(held, undo(scene(), held, held.history[-1].operation))
    assert ids(held) == [(name, False)]
    assert ids(after(held, mark(scene(), held, [name])[0])) == [(name, True)]


def test_what_went_although_it_was_undone_meanwhile_is_marked_and_told_of() -> None:
    held = messaged()
    [(name, _)] = ids(held)
    held = after(held, undo(scene(), held, name))
    change, problems = mark(scene(), held, [name])
    assert [p.code for p in problems] == ["outbox.undone"] and problems[0].is_warning
    assert ids(after(held, change)) == [(name, True)], "it did go, and the history says so"


def test_an_id_that_nothing_has_does_not_keep_the_others_from_it() -> None:
    held = messaged()
    [(name, _)] = ids(held)
    change, problems = mark(scene(), held, ["nada", name])
    assert change is not None and [p.code for p in problems] == ["outbox.unknown"]
    assert mark(scene(), ticket(), ["nada"])[0] is None


@pytest.mark.parametrize(
    "data",
    [
        {"to": "x"},
        {"to": ["x"]},
        {"to": {"team": ["x"]}},
        {"to": {"channel": ["x"]}},
        {"notify": "joao"},
        {"notify": [["joao"], {"a": "b"}]},
        {"sent": "5"},
        {"sent": [["5"]]},
        {"undoes": ["5"], "to": {}},
        {"to": {"channel": "zap", "address": "1"}, "attachments": "x", "subject": ["a\nb"]},
    ],
)
@pytest.mark.parametrize("did", ["messaged", "sent", "undone"])
def test_a_history_of_another_shape_breaks_nothing(did: str, data: Mapping[str, Any]) -> None:
    held = ticket(events=(event(did, data), event("noted", {}, "6")))
    assert state(held.history) in ("", "waiting")
    for entry in entries(held.history):
        made = letter(config(), held, entry)
        assert made["address"] == "" and "\n" not in made["subject"]


# -- as it goes -----------------------------------------------------------------------------------


def sole(held: Ticket) -> Entry:
    [entry] = entries(held.history)
    return entry


def test_a_letter_has_what_a_sender_needs() -> None:
    held = messaged("Bom dia!\nComo vai?")
    assert letter(config(), held, sole(held)) == {
        "id": sole(held).id,
        "kind": "message",
        "ticket": "ESP-1",
        "channel": "torpedo",
        "address": "+5511999990000",
        "whom": None,
        "subject": "Assunto",
        "text": "Bom dia!\nComo vai?",
        "template": None,
        "attachments": [],
        "by": "atendente-1",
        "created_at": MONDAY.isoformat(timespec="seconds"),
    }


def test_nothing_is_smuggled_into_a_header_or_a_terminal() -> None:
    bad = {"channel": "email", "address": "ana@example.com\r\nBcc: todos@example.com"}
    data = {"to": bad, "subject": "Oi\r\nBcc: todos@example.com\x00\x1b[2J"}
    held = ticket(events=(event("replied", data),))
    made = letter(config(), held, sole(held))
    assert made["address"] == "" and made["subject"] == "Oi Bcc: todos@example.com[2J"
    held = messaged("a\x07b\r\nc\td\x85e 👍🏽\u200d")
    assert letter(config(), held, sole(held))["text"] == "ab\nc\tde 👍🏽\u200d"


def test_a_notice_says_which_ticket_which_rule_and_what() -> None:
    data = {"rule": "atualizacao-na-manha", "notify": ["joao"]}
    swept = Event("5", 2, MONDAY.isoformat(), "deskcli", "swept", data=data, text="Sem resposta.")
    held = ticket(events=(swept,))
    made = letter(config(), held, sole(held))
    assert made["subject"] == "ESP-1 Cuba" and made["whom"] == "joao"
    assert made["text"] == "Atualizar na manhã seguinte\nSem resposta."


# -- a whole desk ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three tickets, the first with a message that waits."""
    with environment({"DESKCLI_NOW": MONDAY.isoformat()}):
        root = new_desk(tmp_path_factory.mktemp("outbox") / "desk")
        for n in range(3):
            done(root, "create", *ASKED, "-m", f"Cuba {n}")
        done(root, "outbox", "add", "1", "-m", "Olá")
    return root


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    with environment({"DESKCLI_NOW": MONDAY.isoformat()}):
        yield copy_of(base, tmp_path / "desk")


def live(desk: Path) -> None:
    path = desk / "desk.yaml"
    path.write_text(path.read_text().replace("live: false", "live: true"))


def exported(desk: Path, *more: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done(desk, "outbox", "export", *more).out.splitlines()]


def test_nothing_leaves_a_desk_that_is_not_live(desk: Path) -> None:
    found = run(desk, "outbox", "export")
    assert found.code == 3 and found.out == ""
    number = (desk / "desk.yaml").read_text().splitlines().index("live: false") + 1
    assert found.err.startswith(f"desk.yaml:{number}:1: ")
    shown = run(desk, "outbox", "export", "-n")
    assert shown.code == 0 and "Olá" in shown.out
    for line in shown.out.splitlines():
        with pytest.raises(ValueError, match="char"):
            json.loads(line)  # a sender at the other end of the pipe gets nothing to send


def test_a_desk_without_the_line_is_not_live(desk: Path) -> None:
    path = desk / "desk.yaml"
    path.write_text(path.read_text().replace("live: false\n", ""))
    found = run(desk, "outbox", "export")
    assert found.code == 3 and found.err.startswith("desk.yaml:") and found.out == ""


def test_a_message_counts_as_an_update_and_leaves_the_ticket_where_it_is(desk: Path) -> None:
    held = tickets(desk)["ESP-1"]
    assert held.text("status") == "novo" and held.history[-1].did == "messaged"
    assert done(desk, "list", "updated:absent", "--format", "ids").out == ""


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        (("reply", "1", "um texto", "-m", "outro"), "TEXTO e -m"),
        (("reply", "1", "um texto", "-t", "cadastro"), "TEXTO e -t"),
        (("reply", "1,2", "-t", "cadastro", "-m", "-"), "-m e -t"),
        (("reply", "1", "um texto", "-m", "outro", "-t", "cadastro"), "TEXTO e -m"),
        (("outbox", "add", "2", "-m", "um texto", "-t", "cadastro"), "-m e -t"),
    ],
)
def test_a_text_that_was_typed_is_never_dropped(
    typed: tuple[str, ...], ways: str, desk: Path
) -> None:
    before = files(desk)
    refused = run(desk, *typed, stdin="um texto da entrada")
    assert refused.code == 2 and refused.out == "" and files(desk) == before
    assert refused.err == f"{ways} não combinam; use só um dos dois.\n"
    by = ("--as", "atendente-1")
    done(desk, *by, "reply", "1", "-t", "cadastro", stdin="what is piped was not typed")


def test_lines_of_json_go_round_and_are_marked_once(desk: Path) -> None:
    live(desk)
    done(desk, "reply", "2", "Chega na terça.")
    lines = done(desk, "outbox", "export").out
    assert [entry["ticket"] for entry in exported(desk)] == ["ESP-1", "ESP-2"]
    done(desk, "outbox", "sent", "-", stdin="\n" + lines + "\n")
    assert done(desk, "outbox", "export").out == ""
    before = tickets(desk)
    assert done(desk, "outbox", "sent", "-", stdin=lines).out == ""
    assert tickets(desk) == before


def test_what_a_sender_says_is_marked_whatever_else_it_says(desk: Path) -> None:
    live(desk)
    [entry] = exported(desk)
    said = f'{{"id": 5}}\n{{"no": "id"}}\n[1]\n{{\nerro: caiu\n{entry["id"]} ok\n'
    found = run(desk, "outbox", "sent", "-", stdin=said)
    assert found.code == 5 and exported(desk) == []
    assert run(desk, "outbox", "sent", "x").code == 5


def test_undo_without_an_id_does_not_send_again(desk: Path) -> None:
    live(desk)
    [entry] = exported(desk)
    done(desk, "outbox", "sent", entry["id"])
    found = run(desk, "undo")
    assert found.code == 3 and exported(desk) == []  # the message was the last act, and it is out
    mark_id = tickets(desk)["ESP-1"].history[-1].id
    done(desk, "undo", mark_id)
    assert exported(desk) == [entry]


def test_a_dry_run_marks_nothing(desk: Path) -> None:
    live(desk)
    [entry] = exported(desk)
    assert "ESP-1" in done(desk, "outbox", "sent", entry["id"], "-n").out
    assert exported(desk) == [entry]


def test_an_address_edited_into_two_lines_stays_here(desk: Path) -> None:
    live(desk)
    path = next(desk.glob("tickets/*/*/ESP-1.yaml"))
    text = path.read_text()
    asked = "address: ana@example.com"
    assert asked in text
    path.write_text(text.replace(asked, r'address: "ana@example.com\nBcc: x@example.com"'))
    found = run(desk, "outbox", "export")
    assert found.code == 0 and found.out == "" and "ESP-1" in found.err


def test_the_files_that_go_along_say_where_they_lie(desk: Path) -> None:
    """O9: the CV goes to HR with the message."""
    live(desk)
    people = desk / "people.yaml"
    text = people.read_text()
    people.write_text(text.replace("  rh:\n", "  rh:\n    email: rh@example.com\n", 1))
    (desk / "cv.pdf").write_bytes(b"%PDF-1.4\n")
    done(desk, "create", "-c", "fora_de_atendimento", *ASKED[2:], "-f", "reason=outro")
    done(desk, "attach", "4", str(desk / "cv.pdf"))
    done(desk, "--as", "joao", "apply", "4", "curriculo-rh")
    [entry] = [e for e in exported(desk) if e["ticket"] == "ESP-4"]
    assert (entry["whom"], entry["address"]) == ("team:rh", "rh@example.com")
    [file] = entry["attachments"]
    assert file["name"] == "cv.pdf" and Path(file["path"]).read_bytes() == b"%PDF-1.4\n"


def test_an_unreadable_ticket_is_told_of_and_the_others_go(desk: Path) -> None:
    live(desk)
    done(desk, "reply", "2", "Chega na terça.")
    path = next(desk.glob("tickets/*/*/ESP-2.yaml"))
    path.write_text(path.read_text() + "\tx")
    found = run(desk, "outbox", "export")
    assert found.code == 65 and "ESP-2.yaml" in found.err
    assert [json.loads(line)["ticket"] for line in found.out.splitlines()] == ["ESP-1"]


def test_what_waits_for_long_is_held_back(desk: Path) -> None:
    """A desk that goes live does not send last month's messages unasked."""
    live(desk)
    with environment({"DESKCLI_NOW": "2026-11-30T09:12:00-03:00"}):
        assert len(exported(desk)) == 1
    with environment({"DESKCLI_NOW": "2026-11-30T09:13:00-03:00"}):
        found = run(desk, "outbox", "export")
        assert found.code == 0 and found.out == "" and "ESP-1" in found.err
        assert len(exported(desk, "--all")) == 1


def test_an_id_goes_by_its_end_where_no_other_ends_so() -> None:
    ids = [f"{n}{end}" for n, end in enumerate(("A" * 10 + "BCDEFG", "HJKMNPQ", "HJKMNPQ", "X-2"))]
    short = shortened(ids)
    assert [short[name] for name in ids] == ["BCDEFG", *ids[1:3], ids[3]]
    assert [whole_id(short[name], ids) for name in ids] == ids
    assert whole_id("bcdefg", ids) == ids[0]
    assert whole_id("JKMNPQ", ids) == "JKMNPQ", "of two"


def test_a_line_too_deep_to_be_json_is_no_id(desk: Path) -> None:
    found = run(desk, "outbox", "sent", "-", stdin='{"a":' * 5000 + "1" + "}" * 5000 + "\n")
    assert found.code == 5 and "Traceback" not in found.err, found.err[-300:]
