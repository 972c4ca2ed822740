"""Visits that are moved, cancelled, doubtful, and what calendars are told of them (F14, F-X8)."""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
from promises.desks import Run, environment, files
from test_pack_academia import by, opened, shown
from test_pack_academia import desk as academia
from test_terminal import on_terminal

desk = academia  # on Friday 30/10/2026 at 15:00; Monday is a holiday
TITLE = "Finger apagado; vidro, película\\ não reconhece ninguém após a manutenção"


@pytest.fixture
def visited(desk: Path) -> Path:
    """ACA-1 in `visita_presencial`, on Wednesday at 14:00 by tecnico-1; ACA-2 without a visit."""
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo")
    opened(desk, TITLE, "-f", "summary=Leitor")
    scheduled(desk, "1", "04/11 14h", "--confirmed")
    done(desk, "move", "1", "visita_presencial")
    return desk


def done(desk: Path, *args: str) -> Run:
    ran = by(desk, *args, person="paulo")
    assert ran.code == 0, ran
    return ran


def scheduled(desk: Path, ticket: str, when: str, *more: str) -> Run:
    return done(desk, "visit", "schedule", ticket, when, "--with", "tecnico-1", *more)


def test_F14_of_a_first_visit_that_is_undone_nothing_is_left(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo")
    scheduled(desk, "1", "04/11 14h")
    done(desk, "undo")
    assert not shown(desk).get("visit")
    [file] = desk.glob("tickets/*/*/ACA-1.yaml")
    assert "visit:" not in file.read_text().split("history:")[0]
    scheduled(desk, "1", "05/11 9h")
    done(desk, "undo")
    done(desk, "check")


# -- agreed, done, cancelled ----------------------------------------------------------------------


def test_F14_another_time_needs_the_customers_yes_while_the_status_does(visited: Path) -> None:
    move = ("visit", "move", "1", "06/11 9h", "-m", "Chuva")
    assert by(visited, *move, "--confirmed").code == 4, "by whoever schedules visits"
    refused = by(visited, *move, person="paulo")
    assert refused.code == 3 and refused.err.rstrip().endswith("--confirmed")
    assert shown(visited)["visit"]["at"].startswith("2026-11-04T14"), "nothing was written"  # type: ignore[index]
    done(visited, *move, "--confirmed")
    assert shown(visited)["due"] == "2026-11-06"
    with environment({"DESKCLI_NOW": "2026-11-06T10:00"}):
        done(visited, "visit", "done", "1", "-m", "Falta peça")
        again = ("visit", "schedule", "1", "10/11 9h")
        assert by(visited, *again, person="paulo").code == 3
        done(visited, *again, "--confirmed", "-m", "A peça chega no dia 9")
        assert "with" not in shown(visited)["visit"], "who goes again is said again"  # type: ignore[operator]


def test_F18_a_visit_puts_a_promise_off_with_a_word_on_why(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo", "-f", "due=03/11")
    scheduled(desk, "1", "04/11 14h", "--confirmed")
    move = ("move", "1", "visita_presencial")
    refused = by(desk, *move)
    assert refused.code == 3 and refused.err.rstrip().endswith("move 1 visita_presencial -m TEXTO")
    assert shown(desk)["due"] == "2026-11-03", "nothing was written"
    done(desk, *move, "-m", "Só o técnico resolve; cliente de acordo")
    with environment({"DESKCLI_NOW": "2026-11-04T16:00"}):
        done(desk, "visit", "done", "1", "-m", "Falta peça")
        same_day = ("visit", "schedule", "1", "04/11 17h", "--confirmed")
        done(desk, *same_day)
        done(desk, "undo")
        again = ("visit", "schedule", "1", "10/11 10h", "--confirmed")
        refused = by(desk, *again, person="paulo")
        assert refused.code == 3 and refused.err.rstrip().endswith("--confirmed -m TEXTO")
        assert shown(desk)["due"] == "2026-11-04"
        done(desk, *again, "-m", "A peça chega no dia 9")
        assert shown(desk)["due"] == "2026-11-10"


def test_F14_a_visit_before_the_promised_day_needs_no_excuse(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo", "-f", "due=05/11")
    scheduled(desk, "1", "04/11 14h", "--confirmed")
    done(desk, "move", "1", "visita_presencial")
    assert shown(desk)["due"] == "2026-11-04"


def test_F14_what_a_ticket_without_a_visit_lacks_is_one_and_else_the_customers_yes(
    desk: Path,
) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo")
    move = ("move", "1", "visita_presencial")
    assert "annotate 1 '@paulo TEXTO'" in by(desk, *move).err, "who schedules visits is asked"
    assert "visit schedule 1 'DATA HORA' --confirmed" in by(desk, *move, person="paulo").err
    scheduled(desk, "1", "04/11 14h")
    assert "visit confirm 1\n" in by(desk, *move).err
    with environment({"DESKCLI_NOW": "2026-11-04T16:00"}):
        done(desk, "visit", "done", "1", "-m", "Falta peça")
        assert "visit schedule 1 'DATA HORA' --confirmed" in by(desk, *move, person="paulo").err


def test_F14_elsewhere_a_visit_is_moved_before_the_customer_was_asked(visited: Path) -> None:
    scheduled(visited, "2", "04/11 9h", "--confirmed")
    done(visited, "visit", "move", "2", "05/11 9h", "-m", "Técnico sem carro")
    assert shown(visited, "2")["visit"]["customer_confirmed"] == "false"  # type: ignore[index]


def test_F14_a_visit_is_not_done_before_its_day(visited: Path) -> None:
    tell = ("visit", "done", "1", "-m", "Cabo refeito")
    refused = by(visited, *tell)
    assert refused.code == 3 and "annotate ACA-1 '@paulo TEXTO'" in refused.err
    assert " visit move ACA-1 " in by(visited, *tell, person="paulo").err
    with environment({"DESKCLI_NOW": "2026-11-04T08:30"}):
        done(visited, *tell)  # on the day, be it some hours earlier


def test_F14_a_cancelled_visit_leaves_the_agenda_and_the_status(visited: Path) -> None:
    cancel = ("visit", "cancel", "1")
    assert by(visited, *cancel, "-m", "x").code == 4, "by whom it was scheduled"
    assert by(visited, *cancel, person="paulo").code == 3, "it says why"
    done(visited, *cancel, "-m", "Cliente desistiu da visita")
    ticket: dict[str, Any] = shown(visited)
    assert (ticket["status"], ticket["due"]) == ("aberto", "2026-11-04"), "not promised anew"
    assert ticket["visit"] == {"cancelled": "2026-11-04T14:00:00-03:00"}
    assert by(visited, "visit", "list", "--format", "ids").out == ""
    assert by(visited, "visit", "done", "1", "-m", "x").code == 3
    assert by(visited, "move", "1", "visita_presencial").code == 3
    done(visited, "undo")
    assert shown(visited)["status"] == "visita_presencial"
    done(visited, *cancel, "-m", "Só depois do feriado", "--status", "pendente")
    assert shown(visited)["due"] == "2026-11-03"


def test_a_visit_of_a_ticket_that_is_about_something_else_is_only_cancelled(visited: Path) -> None:
    scheduled(visited, "2", "04/11 9h")
    done(visited, "visit", "cancel", "2", "-m", "Resolvido por telefone")
    assert shown(visited, "2")["status"] == "novo"


# -- doubts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("04/11 14h", "ACA-1"),
        ("04/11 14:59", "ACA-1"),
        ("04/11 13:01", "ACA-1"),
        ("04/11 15h", ""),
        ("04/11 13h", ""),
        ("02/11 14h", "Finados"),
        ("07/11 14h", "sem atendimento"),
        ("05/11 03:00", "fora do horário"),
        ("05/11 17:30", "fora do horário"),
        ("05/11 17:00", ""),
    ],
)
def test_F14_a_doubtful_time_is_taken_and_told_of(when: str, told: str, visited: Path) -> None:
    """Visits last 60 minutes, and the desk is open from 08:00 to 18:00."""
    found = scheduled(visited, "2", when)
    lines = [line for line in found.err.splitlines() if "ACA-1" in line or "fechada" in line]
    assert len(lines) == bool(told) and told in "".join(lines), found


def test_F14_other_people_other_states_and_the_visit_itself_collide_with_nothing(
    visited: Path,
) -> None:
    other = done(visited, "visit", "schedule", "2", "04/11 14h", "--with", "operador-2")
    nobody = done(visited, "visit", "move", "1", "04/11 14:30", "-m", "x", "--confirmed")
    assert "outra visita" not in other.err + nobody.err
    done(visited, "visit", "cancel", "1", "-m", "x")
    moved = done(visited, "visit", "move", "2", "04/11 14:30", "-m", "x", "--with", "tecnico-1")
    assert "outra visita" not in moved.err


@pytest.mark.parametrize("agreed", [(), ("--confirmed",)])
def test_F14_a_visit_to_which_nobody_goes_yet_is_told_of(
    agreed: tuple[str, ...], visited: Path
) -> None:
    found = done(visited, "visit", "schedule", "2", "04/11 14h", *agreed)
    command = "visit move ACA-2 '2026-11-04 14:00' --with PESSOA -m TEXTO"
    assert found.err.rstrip().endswith(" ".join((command, *agreed))), found
    typed = ("visit", "move", "ACA-2", "2026-11-04 14:00", "--with", "operador-2", "-m", "x")
    assert "PESSOA" not in done(visited, *typed, *agreed).err
    assert shown(visited, "2")["visit"] == {
        "at": "2026-11-04T14:00:00-03:00",
        "customer_confirmed": str(bool(agreed)).lower(),
        "with": "operador-2",
    }


def test_on_a_narrow_terminal_a_visit_still_has_its_day_and_hour(visited: Path) -> None:
    scheduled(visited, "2", "03/11 9h")
    for command in ("visit list", "today --all"):
        with environment({"DESKCLI_NOW": "2026-11-03T08:00", "TERM": "dumb"}):
            text = "\n".join(on_terminal(visited, 80, "--as", "paulo", *command.split()))
        assert "03/11/2026 09:00" in text and "T09:00" not in text, text


# -- the calendar file ----------------------------------------------------------------------------


def exported_events(desk: Path, *who: str) -> list[Any]:
    """The events of the calendar file as another program reads them."""
    assert by(desk, "visit", "export", *who, "-o", str(desk / "v.ics")).code == 0
    calendar: Any = icalendar.Calendar.from_ical((desk / "v.ics").read_bytes())
    return list(calendar.walk("VEVENT"))


def test_without_the_library_the_hint_gets_it_where_the_program_runs(
    visited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever installed us by the README need be neither in the checkout nor in its environment."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    refused = by(visited, "visit", "export", "-o", str(visited / "v.ics"))
    assert refused.code == 3 and not (visited / "v.ics").exists()
    command = shlex.join([sys.executable, "-m", "pip", "install", "icalendar"])
    assert refused.err.endswith(f"tente: {command}\n"), refused


def exported(desk: Path, *who: str) -> list[dict[str, str]]:
    """What they say, in the order of their times."""
    found = [
        {
            "uid": str(event["uid"]),
            "sequence": str(event["sequence"]),
            "status": str(event["status"]),
            "start": f"{event['dtstart'].dt:%d %H:%M}",
            "summary": str(event["summary"]),
        }
        for event in exported_events(desk, *who)
    ]
    return sorted(found, key=lambda event: event["start"])


def test_F14_the_calendar_says_where_the_visit_is(visited: Path) -> None:
    where = r"Rua das Acácias, 12; fundos \ São Paulo"
    assert not any("location" in event for event in exported_events(visited))
    done(visited, "org", "address", "Academia Exemplo", f" {where}\n")
    scheduled(visited, "2", "05/11 9h")
    assert [str(e["location"]) for e in exported_events(visited)] == [where, where]
    assert where in by(visited, "org", "show", "Academia Exemplo").out
    assert by(visited, "check").code == 0


def test_a_visit_keeps_its_uid_and_counts_its_changes(visited: Path) -> None:
    scheduled(visited, "2", "05/11 9h")
    first, second = exported(visited)
    assert (first["start"], first["status"]) == ("04 14:00", "CONFIRMED")
    assert (second["start"], second["status"]) == ("05 09:00", "TENTATIVE")
    assert first["uid"] != second["uid"]
    assert exported(visited) == [first, second], "again the same"
    done(visited, "visit", "confirm", "2")
    done(visited, "visit", "move", "1", "06/11 9h", "-m", "x", "--confirmed")
    agreed, moved = exported(visited)
    assert (agreed["uid"], agreed["status"]) == (second["uid"], "CONFIRMED")
    assert (moved["uid"], moved["start"]) == (first["uid"], "06 09:00")
    assert [int(e["sequence"]) for e in (first, moved, second, agreed)] == [0, 1, 0, 1]
    done(visited, "undo")
    assert exported(visited)[0] == {**first, "sequence": "2"}, "undone: a change more"


def test_a_second_visit_of_a_ticket_is_another_event(visited: Path) -> None:
    [first] = exported(visited)
    with environment({"DESKCLI_NOW": "2026-11-04T16:00"}):
        done(visited, "visit", "done", "1", "-m", "Falta peça")
        assert exported(visited) == []
        scheduled(visited, "1", "10/11 9h", "--confirmed", "-m", "A peça chega no dia 9")
        [second] = exported(visited)
    assert second["uid"] != first["uid"] and second["sequence"] == "0"


def test_a_calendar_is_told_what_to_take_out(visited: Path) -> None:
    [first] = exported(visited, "tecnico-1")
    gone = {**first, "status": "CANCELLED"}
    move = ("visit", "move", "1", "04/11 14h", "-m", "x", "--confirmed")
    done(visited, *move, "--with", "operador-2")
    assert exported(visited, "tecnico-1") == [{**gone, "sequence": "1"}], "another goes"
    assert exported(visited, "operador-2") == [{**first, "sequence": "1"}]
    done(visited, "visit", "cancel", "1", "-m", "x")
    assert exported(visited) == [{**gone, "sequence": "2"}]
    scheduled(visited, "1", "05/11 9h")
    old, new = exported(visited)
    assert (old, new["status"], new["uid"] == old["uid"]) == (
        {**gone, "sequence": "2"},
        "TENTATIVE",
        False,
    )
    done(visited, "resolve", "1", "-m", "Voltou")
    assert [e["status"] for e in exported(visited)] == ["CANCELLED", "CANCELLED"]
    with environment({"DESKCLI_NOW": "2026-11-06T08:00"}):
        assert exported(visited) == [], "of the past nothing has to be taken out"


def test_a_calendar_takes_over_what_resolving_and_reopening_make_of_a_visit(visited: Path) -> None:
    """One with the same SEQUENCE it may leave as it is."""
    deeds = [
        *(("resolve", "1", "-m", "Voltou"), ("undo",), ("cancel", "1", "-m", "x")),
        *(("reopen", "1"), ("annotate", "1", "x"), ("move", "1", "finalizado", "-m", "Voltou")),
        ("move", "1", "resolvido"),
    ]
    found = []
    for deed in deeds:
        done(visited, *deed)
        [event] = exported(visited)
        found.append((event["status"], int(event["sequence"])))
    assert found == [
        *(("CANCELLED", 1), ("CONFIRMED", 2), ("CANCELLED", 3)),
        *(("CONFIRMED", 4), ("CONFIRMED", 4), ("CANCELLED", 5)),
        ("CANCELLED", 5),
    ]


def test_a_visit_that_is_over_changes_no_more(visited: Path) -> None:
    done(visited, "visit", "cancel", "1", "-m", "x")
    [gone] = exported(visited)
    done(visited, "resolve", "1", "-m", "Voltou")
    assert exported(visited) == [gone]


AT = {
    "a day that no month has": ("2026-11-04T14", "2026-11-31T14"),
    "a day that no calendar shows": ("2026-11-04T14", "0001-01-01T00"),
}


@pytest.mark.parametrize(("was", "now"), AT.values(), ids=AT)
@pytest.mark.parametrize("key", ["at", "cancelled"])
def test_a_visit_at_no_time_is_told_of_and_stops_no_list(
    key: str, was: str, now: str, visited: Path
) -> None:
    """F14: a hand wrote it; the other visits are listed as ever."""
    scheduled(visited, "2", "05/11 9h")
    [file] = visited.glob("tickets/*/*/ACA-1.yaml")
    header, history = file.read_text().split("history:")
    assert was in header
    header = header.replace(was, now).replace("{at:", f"{{{key}:")
    file.write_text(f"{header.replace('  at:', f'  {key}:')}history:{history}")
    place = header.split(now)[0]
    place = f"ACA-1.yaml:{place.count(chr(10)) + 1}:"
    before = files(visited)
    for command in (["check"], ["show", "1"], ["visit", "done", "1", "-m", "x"]):
        found = by(visited, *command, person="paulo")
        assert (found.code, place in found.err) == (3 if command == ["check"] else 65, True), found
        assert f"'{now}:00:00" in found.err, found
    for told in ("visit list", "visit export", "today --all --handover", "list"):
        found = by(visited, *told.split(), person="paulo")
        assert (found.code, place in found.err, "ACA-2" in found.out) == (65, True, True), found
    assert files(visited) == before


def test_a_history_that_tells_of_a_visit_at_no_time_is_told_as_it_stands(visited: Path) -> None:
    """A hand wrote it, a command recorded and cancelled it, and the header was mended since."""
    done(visited, "visit", "cancel", "1", "-m", "Fechado")
    scheduled(visited, "1", "05/11 9h")
    [file] = visited.glob("tickets/*/*/ACA-1.yaml")
    no_day = "2026-11-31T14:00:00-03:00"
    file.write_text(file.read_text().replace("2026-11-04T14:00:00-03:00", no_day))
    assert no_day in done(visited, "history", "1").out
    exported = done(visited, "visit", "export").out
    assert "DTSTART;TZID=America/Sao_Paulo:20261105T090000" in exported
    assert "05/11/2026 09:00" in done(visited, "--color=never", "visit", "list").out


def test_a_calendar_file_is_what_the_standard_says_byte_by_byte(visited: Path) -> None:
    scheduled(visited, "2", "05/11 9h")
    done(visited, "annotate", "2", "x")
    assert exported(visited)[1]["summary"] == f"ACA-2 {TITLE}"
    raw = (visited / "v.ics").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n"), "lines end with CR LF"
    lines = raw.split(b"\r\n")
    assert b"\r\n " in raw and max(map(len, lines)) <= 75, "in octets, not in letters"
    assert all(line.decode() is not None for line in lines), "no letter is cut in two"
    whole = raw.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:ACA-2 Finger apagado\\; vidro\\, película\\\\ não reconhece ninguém" in whole
    assert "DTSTART;TZID=America/Sao_Paulo:20261105T090000\r\n" in whole
    assert "DURATION:PT1H\r\n" in whole and "BEGIN:VTIMEZONE\r\n" in whole
    assert len(re.findall(r"^DTSTAMP:20261030T180000Z\r$", whole, re.MULTILINE)) == 2
    assert r"DESCRIPTION:Academia Exemplo\nRecepção\nLeitor" in whole
    assert by(visited, "visit", "export").out == raw.decode()


@pytest.fixture(autouse=True)
def _portuguese() -> Iterator[None]:
    with environment({"LC_ALL": "C.UTF-8"}):
        yield
