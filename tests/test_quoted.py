"""Messages known again: told once, however a conversation is cut and exported (F6 to F8)."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from promises.desks import Run, environment
from promises.desks import run as run_on

from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.quoted import Said, entries, known, lines_of
from deskcli.ticket import Event, Ticket

NOW = "2026-11-23T09:00"
TALK = [
    f"23/11/2026 08:0{n} - {text}"
    for n, text in enumerate(
        (
            "Recepção: bom dia",
            "Operador 1: bom dia",
            "Recepção: a catraca está livre",
            "Operador 1: vou acessar",
            "Recepção: e a impressora do totem parou",
            "Operador 1: ok",
            "Recepção: ok",
        )
    )
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    root = make(tmp_path / "mesa", "academia")
    with environment({"DESKCLI_NOW": NOW, "LC_ALL": "C.UTF-8"}):
        for name in ("Academia Um", "Academia Dois"):
            assert by(root, "org", "add", name, "--contact", "Recepção").code == 0
        yield root


def by(desk: Path, *args: str) -> Run:
    return run_on(desk, "--as", "operador-1", *args)


def wrote(desk: Path, name: str, lines: list[str]) -> str:
    (desk / name).write_text("".join(f"{line}\n" for line in lines))
    return str(desk / name)


def opened(desk: Path, chat: str, *more: str) -> Run:
    asked = ("--org", "Academia Um", "-c", "catraca", "Catraca livre na entrada")
    return by(desk, "create", "--chat", chat, *asked, *more)


def of_another(desk: Path, chat: str) -> Run:
    asked = ("--org", "Academia Dois", "-c", "totem", "Totem não imprime")
    return by(desk, "create", "--chat", chat, *asked)


def appended(desk: Path, ticket: str, chat: str) -> Run:
    return by(desk, "append", ticket, chat, "-m", "Seguiu")


def plan(desk: Path, *lines: str) -> str:
    parts = [
        f"- {{lines: '{span}', title: Catraca não destravando, category: catraca}}\n"
        for span in lines
    ]
    (desk / "plano.yaml").write_text("common: {org: Academia Um}\ntickets:\n" + "".join(parts))
    return str(desk / "plano.yaml")


def told(desk: Path, ticket: str) -> list[str]:
    """The lines of conversations in a ticket's history, in the order in which it was told them."""
    found = json.loads(by(desk, "show", ticket, "--json").out)
    texts = [e["text"] for e in found["history"] if e["did"] in ("opened", "appended")]
    return [line.partition("] ")[2] for text in texts for line in text.split("\n")]


def said(first: int, last: int) -> list[str]:
    return [line.partition(" - ")[2] for line in TALK[first - 1 : last]]


# -- append ---------------------------------------------------------------------------------------


def test_what_overlaps_is_told_once_whichever_end_was_cut_off(desk: Path) -> None:
    assert opened(desk, wrote(desk, "a.txt", TALK[2:5])).code == 0
    tail = appended(desk, "1", wrote(desk, "b.txt", TALK[3:6]))
    assert tail.code == 0 and "1-2 (ACA-1)" in tail.err
    assert told(desk, "1") == said(3, 6)
    whole = appended(desk, "1", wrote(desk, "c.txt", TALK))
    assert whole.code == 0 and "3-6 (ACA-1)" in whole.err
    assert told(desk, "1") == [*said(3, 6), *said(1, 2), *said(7, 7)]


@pytest.mark.parametrize("part", [TALK[:3], TALK[2:4], TALK[4:5]])
def test_a_part_of_what_a_ticket_has_adds_nothing_and_says_so(part: list[str], desk: Path) -> None:
    assert opened(desk, wrote(desk, "a.txt", TALK)).code == 0
    again = appended(desk, "1", wrote(desk, "b.txt", part))
    assert (again.code, again.out) == (3, "") and "ACA-1" in again.err
    assert told(desk, "1") == said(1, 7)


def test_the_same_conversation_of_an_iphone_adds_nothing(desk: Path) -> None:
    assert opened(desk, wrote(desk, "a.txt", TALK)).code == 0
    ios = [f"[{line[:10]}, {line[11:16]}:2{n}] {line[19:]}" for n, line in enumerate(TALK)]
    assert ios[2] == "[23/11/2026, 08:02:22] Recepção: a catraca está livre"
    again = appended(desk, "1", wrote(desk, "b.txt", ios))
    assert again.code == 3 and "ACA-1" in again.err
    more = appended(
        desk, "1", wrote(desk, "b.txt", [*ios, "[23/11/2026, 08:09:00] Recepção: voltou"])
    )
    assert more.code == 0
    assert told(desk, "1")[7:] == ["Recepção: voltou"]


def test_one_edited_deleted_or_exported_without_its_media_is_the_same_message(desk: Path) -> None:
    head = "23/11/2026 08:0{} - Recepção: {}".format
    old = [head(1, "era o cabo"), head(2, "deixa"), head(3, "IMG-1.jpg (arquivo anexado)")]
    new = [
        head(0, "antes"),
        head(1, "era o cabo, soltou <Mensagem editada>"),
        head(2, "Mensagem apagada"),
        head(3, "<Mídia oculta>"),
        head(3, "<Mídia oculta>"),
    ]
    assert opened(desk, wrote(desk, "a.txt", old)).code == 0
    assert appended(desk, "1", wrote(desk, "b.txt", new)).code == 0
    assert told(desk, "1")[3:] == ["Recepção: antes", "Recepção: (arquivo)"]


def test_the_marks_of_what_was_edited_deleted_or_no_text_are_told(desk: Path) -> None:
    head = "23/11/2026 08:0{} - Recepção: {}".format
    whole = [
        head(1, "era o cabo <Mensagem editada>"),
        head(2, "Mensagem apagada"),
        head(3, "imagem ocultada"),
        head(4, "áudio ocultado"),
    ]
    assert opened(desk, wrote(desk, "a.txt", whole)).code == 0
    assert told(desk, "1") == [
        f"Recepção: {text}" for text in ("era o cabo (editada)", "(apagada)", "(imagem)", "(áudio)")
    ]


@pytest.mark.parametrize("stamp", ["", "[08:0{}] "])
def test_without_dates_the_same_beginning_is_known(stamp: str, desk: Path) -> None:
    names = ("Cliente", "Atendente")
    lines = [f"{stamp.format(n)}{names[n % 2]}: texto {n}" for n in range(6)]
    assert opened(desk, wrote(desk, "a.txt", lines[:3])).code == 0
    assert appended(desk, "1", wrote(desk, "b.txt", lines[:5])).code == 0
    assert appended(desk, "1", wrote(desk, "c.txt", lines)).code == 0
    assert [line.rpartition(": ")[2] for line in told_whole(desk)] == [
        f"texto {n}" for n in range(6)
    ]


def told_whole(desk: Path) -> list[str]:
    found = json.loads(by(desk, "show", "1", "--json").out)
    texts = [e["text"] for e in found["history"] if e["did"] in ("opened", "appended")]
    return [line for text in texts for line in text.split("\n")]


# -- other tickets --------------------------------------------------------------------------------


def test_what_was_split_is_not_opened_again_and_each_part_grows_alone(desk: Path) -> None:
    chat = wrote(desk, "a.txt", TALK[:6])
    assert by(desk, "split", chat, plan(desk, "1-4", "5-6")).code == 0
    again = opened(desk, chat)
    assert again.code == 3 and "ACA-1" in again.err and "ACA-2" in again.err
    assert opened(desk, wrote(desk, "b.txt", TALK[1:5])).code == 3, "nor a part of it"
    grown = wrote(desk, "c.txt", TALK)
    assert appended(desk, "2", grown).code == 0
    assert told(desk, "2") == said(5, 7), "what the other part has is not told here"
    nothing = appended(desk, "1", grown)
    assert nothing.code == 3 and "ACA-2" in nothing.err


def test_lines_in_no_ticket_may_be_opened(desk: Path) -> None:
    chat = wrote(desk, "a.txt", TALK)
    assert by(desk, "split", chat, plan(desk, "1-3")).code == 0
    later = by(desk, "split", chat, plan(desk, "5-6"))
    assert later.code == 0, later
    both = by(desk, "split", chat, plan(desk, "1-4", "2-3"))
    assert both.code == 3 and "plano.yaml:4" in both.err, "the second has nothing new"
    rest = opened(desk, chat)
    assert rest.code == 0 and "1-3 (ACA-1), 5-6 (ACA-2)" in rest.err
    assert told(desk, "3") == [*said(4, 4), *said(7, 7)]


def test_a_new_problem_in_a_conversation_that_goes_on_begins_where_the_old_one_ends(
    desk: Path,
) -> None:
    assert opened(desk, wrote(desk, "a.txt", TALK[:4])).code == 0
    assert by(desk, "resolve", "1", "-m", "Cabo").code == 0
    new = opened(desk, wrote(desk, "b.txt", TALK))
    assert new.code == 0 and "1-4 (ACA-1)" in new.err
    assert told(desk, "2") == said(5, 7)


def test_one_message_in_common_is_chance(desk: Path) -> None:
    """Two receptions that both write `bom dia` at eight."""
    assert opened(desk, wrote(desk, "a.txt", TALK[:3])).code == 0
    other = wrote(desk, "b.txt", [TALK[0], "23/11/2026 08:09 - Recepção: o totem não imprime"])
    assert of_another(desk, other).code == 0
    assert told(desk, "2") == ["Recepção: bom dia", "Recepção: o totem não imprime"]


def test_a_cancelled_ticket_gives_its_conversation_back(desk: Path) -> None:
    chat = wrote(desk, "a.txt", TALK)
    assert opened(desk, chat).code == 0
    assert opened(desk, chat).code == 3
    assert by(desk, "cancel", "1", "-m", "Aberto na academia errada").code == 0
    assert opened(desk, chat).code == 0


def test_of_two_that_open_one_conversation_at_once_one_does(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the other wrote before we had the lock counts."""
    chat, locked, runs = wrote(desk, "a.txt", TALK), Desk.writing, list[Run]()

    def after_the_other(here: Desk) -> AbstractContextManager[None]:
        monkeypatch.setattr(Desk, "writing", locked)
        runs.append(opened(desk, chat))
        return locked(here)

    monkeypatch.setattr(Desk, "writing", after_the_other)
    runs.append(opened(desk, chat))
    assert [ran.code for ran in runs] == [0, 3], runs
    assert len(list(desk.glob("tickets/*/*/ACA-*.yaml"))) == 1


def test_a_message_of_ones_own_does_not_take_the_place_of_what_was_said(desk: Path) -> None:
    chat = wrote(desk, "a.txt", TALK)
    assert opened(desk, chat, "-m", "Ligou antes").code == 0
    assert told(desk, "1")[2:] == said(1, 7)
    assert opened(desk, wrote(desk, "b.txt", TALK[2:])).code == 3


def test_a_text_that_quotes_a_conversation_is_no_trap(desk: Path) -> None:
    pasted = "23/11/2026 08:08 - Recepção: veja:\n[23/11/2026 08:01] Operador 1: bom dia"
    chat = wrote(desk, "a.txt", [*TALK, pasted])
    assert opened(desk, chat).code == 0
    assert appended(desk, "1", wrote(desk, "b.txt", TALK[1:])).code == 3
    assert appended(desk, "1", wrote(desk, "c.txt", [*TALK[3:], pasted])).code == 3


def test_a_file_that_is_no_conversation_stops_nothing(desk: Path) -> None:
    (desk / "fotos.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    assert (
        opened(desk, wrote(desk, "a.txt", TALK[:3]), "--attach", str(desk / "fotos.zip")).code == 0
    )
    assert appended(desk, "1", wrote(desk, "b.txt", TALK)).code == 0
    assert told(desk, "1") == said(1, 7)


def test_an_undone_append_can_be_appended_again(desk: Path) -> None:
    assert opened(desk, wrote(desk, "a.txt", TALK[:3])).code == 0
    more = wrote(desk, "b.txt", TALK)
    assert appended(desk, "1", more).code == 0
    assert by(desk, "undo").code == 0
    assert appended(desk, "1", more).code == 0


# -- laws -----------------------------------------------------------------------------------------

MINUTES = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from("AB"), st.sampled_from(("ok", "ok [x]", "oi\n[1"))
    ),
    max_size=14,
)


def quoted(one: tuple[int, str, str]) -> str:
    minute, author, text = one
    return f"[23/11/2026 08:{minute:02}] {author}: {text}"


def fresh(ticket: Ticket, talk: list[tuple[int, str, str]], key: str) -> list[Said]:
    asked = [Said(n, n, quoted(one)) for n, one in enumerate(talk, 1)]
    had = known(ticket, key, asked)
    return [one for n, one in enumerate(asked) if n not in had]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(MINUTES, st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_any_overlapping_exports_give_each_message_once(
    talk: list[tuple[int, str, str]], cuts: list[tuple[int, int]]
) -> None:
    """Exports cut between two minutes, in any order; the last one is of all."""
    talk = sorted(talk, key=lambda one: one[0])
    ticket = Ticket({"id": "X-1"})
    gathered: list[str] = []
    for n, (begin, end) in enumerate([*cuts, (0, 4)]):
        part = [one for one in talk if begin <= one[0] < max(begin, end)]
        new = fresh(ticket, part, f"file{n}")
        gathered += [one.text for one in new]
        data = {"transcript": {"key": f"file{n}", "lines": lines_of(new)}}
        text = "\n".join(one.text for one in new)
        event = Event(str(n), n, "", "", "appended", text=text, data=data)
        ticket = Ticket(ticket.header, (*ticket.history, event))
        assert fresh(ticket, part, f"file{n}") == fresh(ticket, part, "other") == []
    assert sorted(gathered) == sorted(map(quoted, talk))


@given(st.lists(st.integers(1, 30), unique=True).map(sorted))
def test_lines_are_told_as_a_plan_has_them(numbers: list[int]) -> None:
    told = lines_of(Said(n, n, "") for n in numbers)
    spans = [part.partition("-") for part in told.split(",") if part]
    assert [n for a, _, b in spans for n in range(int(a), int(b or a) + 1)] == numbers


def test_what_has_no_date_is_no_entry() -> None:
    assert entries("Ana: oi\n[08:00] Ana: oi") == []
    assert entries("nota\n[23/11/2026 08:00] Ana:  oi\n e mais\n\n") == [
        "[23/11/2026 08:00] Ana: oi e mais"
    ]


def test_the_index_finds_a_ticket_by_each_message_that_it_tells(desk: Path) -> None:
    assert opened(desk, wrote(desk, "a.txt", TALK)).code == 0
    here = Desk(desk)
    here.index.refresh()
    rows = here.index.file.ask("SELECT count(*) FROM mark WHERE key LIKE 'said:%'")
    assert rows == [(7,)]
