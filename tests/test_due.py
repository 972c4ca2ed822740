"""What is promised and where a ticket stands agree, whichever way somebody goes: by `due`, `move`,
`set`, `create` or an editor (F4, F11 to F14, F18, F19). The moment is a Friday before a holiday.
"""

from pathlib import Path

import pytest
from promises.desks import environment
from test_pack_academia import by, desk, ids, opened, shown

__all__ = ["desk"]
WAITING = ("-f", "summary=Disjuntor", "-f", "status=esperando_cliente", "-f", "due=05/11")


def waiting(desk: Path) -> None:
    """A ticket that waits until Thursday 05/11, as agreed with the customer."""
    opened(desk, "Catraca não destravando", *WAITING)


def edit(desk: Path, old: str, new: str) -> None:
    """The ticket's header by hand; its history stays."""
    [path] = (desk / "tickets").rglob("ACA-1.yaml")
    header, mark, history = path.read_text().partition("\nhistory:")
    assert old in header
    path.write_text(header.replace(old, new) + mark + history)


# -- the date that a status needs -----------------------------------------------------------------


@pytest.mark.parametrize("status", ["esperando_cliente", "pendente"])
def test_F13_F19_a_status_that_needs_a_date_keeps_one(status: str, desk: Path) -> None:
    waiting(desk)
    if status == "pendente":
        assert by(desk, "move", "1", status, "-m", "Ligou").code == 0
    refused = by(desk, "due", "1", "none", "-m", "depois")
    assert refused.code == 3 and "deskcli" in refused.err
    assert shown(desk)["due"]


def test_a_status_that_needs_no_date_may_lose_it(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "due=05/11")
    assert by(desk, "due", "1", "none", "-m", "sem data").code == 0
    assert not shown(desk).get("due")


def test_F4_a_status_that_needs_a_summary_keeps_it(desk: Path) -> None:
    waiting(desk)
    refused = by(desk, "set", "1", "summary=")
    assert refused.code == 3 and "summary" in refused.err
    assert shown(desk)["summary"] == "Disjuntor"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("due: '2026-11-05'\n", "", "due"),
        ("summary: Disjuntor\n", "", "Resumo"),
        ("status: esperando_cliente", "status: visita_presencial", "visita"),
    ],
    ids=["no date", "no summary", "no visit"],
)
def test_F4_F13_F14_an_edit_by_hand_passes_the_same_checks(
    old: str, new: str, told: str, desk: Path
) -> None:
    waiting(desk)
    assert by(desk, "check").code == 0
    edit(desk, old, new)
    checked = by(desk, "check")
    assert checked.code == 3 and "ACA-1.yaml:" in checked.err, checked
    warned = by(desk, "annotate", "1", "olhei")
    assert warned.code == 0 and "ACA-1.yaml:" in warned.err, "kept, and told of"
    assert told.casefold() in warned.err.casefold() or told == "due"


def test_F14_after_its_visit_a_ticket_may_stay_where_it_is(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo")
    by(desk, "visit", "schedule", "1", "04/11 14h", "--confirmed", person="paulo")
    assert by(desk, "move", "1", "visita_presencial").code == 0
    assert by(desk, "check").code == 0
    with environment({"DESKCLI_NOW": "2026-11-04T16:00"}):
        assert by(desk, "visit", "done", "1", "-m", "Trocado").code == 0
        assert by(desk, "check").code == 0


def test_F14_a_visit_and_another_date_exclude_each_other(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo")
    by(desk, "visit", "schedule", "1", "04/11 14h", "--confirmed", person="paulo")
    assert by(desk, "move", "1", "visita_presencial", "--due", "10/11", "-m", "x").code == 3
    assert by(desk, "move", "1", "visita_presencial").code == 0
    edit(desk, "due: '2026-11-04'", "due: '2026-11-10'")
    assert by(desk, "check").code == 3


# -- a date that moves ----------------------------------------------------------------------------


def test_F18_a_move_puts_a_promise_off_with_a_note_only(desk: Path) -> None:
    waiting(desk)
    by(desk, "move", "1", "aberto")
    put_off = ("move", "1", "esperando_cliente", "--due", "10/11")
    refused = by(desk, *put_off)
    assert refused.code == 3 and "-m" in refused.err
    assert shown(desk)["due"] == "2026-11-05"
    assert by(desk, *put_off, "-m", "Pediu mais dias").code == 0
    assert shown(desk)["due"] == "2026-11-10"


@pytest.mark.parametrize("more", ["due=09/11", "due=04/11"])
def test_F18_another_form_or_category_moves_no_promise_without_a_note(
    more: str, desk: Path
) -> None:
    opened(desk, "Catraca não destravando", "-f", "due=05/11")
    refused = by(desk, "set", "1", "category=totem", more)
    assert refused.code == 2 and "due 1 2026-11-0" in refused.err.replace("ACA-", ""), refused
    assert (shown(desk)["due"], shown(desk)["category"]) == ("2026-11-05", "catraca")
    assert by(desk, "set", "1", "category=totem").code == 0


def test_F18_a_first_promise_and_the_same_one_need_none(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Disjuntor")
    assert by(desk, "set", "1", "category=totem", "due=05/11").code == 0
    assert by(desk, "set", "1", "category=catraca", "due=05/11").code == 0
    assert shown(desk)["due"] == "2026-11-05"


def test_F12_F18_pending_again_the_next_day_needs_a_note(desk: Path) -> None:
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo")
    assert by(desk, "move", "1", "pendente").code == 0, "the first time nothing was promised"
    with environment({"DESKCLI_NOW": "2026-11-03T17:50"}):
        by(desk, "move", "1", "aberto")
        assert by(desk, "move", "1", "pendente").code == 3
        assert ids(desk, "today", "--gate") == ["ACA-1"]
        assert by(desk, "move", "1", "pendente", "-m", "Não atendeu").code == 0
        assert shown(desk)["due"] == "2026-11-04"


def test_F12_a_status_that_brings_the_date_forward_says_so(desk: Path) -> None:
    """The day that the status says holds; the one that was agreed is told beside it."""
    waiting(desk)
    moved = by(desk, "move", "1", "pendente")
    assert (moved.code, shown(desk)["due"]) == (0, "2026-11-03")
    assert "03/11/2026" in moved.err and "05/11/2026" in moved.err


@pytest.mark.parametrize("day", ["29/10", "20/10/2026"])
def test_no_way_leads_to_a_promise_that_is_past(day: str, desk: Path) -> None:
    create = ("create", "--org", "Academia Exemplo", "-c", "catraca", "Totem sem papel")
    refused = by(desk, *create, "-f", f"due={day}")
    assert refused.code == 3 and "due=2026-10-30" in refused.err
    waiting(desk)
    by(desk, "move", "1", "aberto")
    assert by(desk, "move", "1", "esperando_cliente", "--due", day, "-m", "x").code == 3
    assert by(desk, "due", "1", day, "-m", "x").code == 3


# -- dates are echoed where they are taken --------------------------------------------------------


def test_every_command_that_takes_a_date_says_which_it_understood(desk: Path) -> None:
    """02/11 is a holiday: nobody promises it unawares."""
    closed = ("seg 02/11/2026", "Finados", "ter 03/11/2026")
    made = opened(desk, "Totem sem papel", "-f", "summary=x", "-f", "due=02/11")
    moved = by(desk, "move", "1", "esperando_cliente", "--due", "25/12", "-m", "Viajou")
    assert all(part in made.err for part in closed)
    assert "sex 25/12/2026" in moved.err and "Natal" in moved.err and "seg 02/11/2026" in moved.err
    same = by(desk, "due", "1", "02/11", "-m", "Voltou antes", "-n")
    assert all(part in same.err for part in closed), "also when nothing is written"
    timed = by(desk, "move", "1", "pendente", "--due", "terça 14h", "-m", "x")
    assert "ter 03/11/2026" in timed.err and "14h" in timed.err
    visit = by(desk, "visit", "schedule", "1", "02/11 14h", person="paulo")
    assert all(part in visit.err for part in closed) and "14:00" in visit.err
    none = by(desk, "create", "--org", "Academia Modelo", "-c", "totem", "Sem papel algum")
    assert (none.code, none.err) == (0, ""), "what has no date needs no word"


def test_dates_of_several_tickets_are_told_apart(desk: Path) -> None:
    for day in ("04/11", "05/11"):
        opened(desk, "Totem sem papel", "-f", f"due={day}")
    told = by(desk, "due", "1,2", "06/11", "-m", "Fornecedor atrasou").err.splitlines()
    assert [line.split(":")[0] for line in told] == ["ACA-1", "ACA-2"]
    again = by(desk, "due", "1,2", "09/11", "-m", "De novo").err.splitlines()
    assert len(again) == 1, "said once where it is the same"


def test_nenhuma_is_none(desk: Path) -> None:
    opened(desk, "Totem sem papel", "-f", "due=04/11")
    assert by(desk, "due", "1", "nenhuma", "-m", "sem data").code == 0
    assert not shown(desk).get("due")


# -- who was spoken to ----------------------------------------------------------------------------


def test_F17_a_contact_is_kept_though_the_date_stays(desk: Path) -> None:
    waiting(desk)
    told = by(desk, "due", "1", "05/11", "-m", "Confirmou quinta", "--contacted", "Útalk")
    assert told.code == 0, told
    last = shown(desk)["history"][-1]  # type: ignore[index]
    assert (last["did"], last["text"], last["data"]) == (
        "noted",
        "Confirmou quinta",
        {"contacted": "utalk"},
    )
    assert by(desk, "due", "1", "05/11", "-m", "x").code == 3, "nothing happened"


def test_F17_a_contact_is_by_a_channel_that_there_is(desk: Path) -> None:
    waiting(desk)
    refused = by(desk, "due", "1", "06/11", "-m", "x", "--contacted", "utak")
    assert refused.code == 2 and "--contacted utalk" in refused.err
    assert by(desk, "due", "1", "06/11", "-m", "x", "--contacted", "telefone").code == 0
