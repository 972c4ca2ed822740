"""Several tickets in one command: what is already so does not stop the others; and promises."""

import re
from pathlib import Path

import pytest
from promises.desks import ASKED, always, copy_of, done, environment, new_desk, run

NOW = "2026-11-16T09:00"  # a Monday; Friday 20/11 is a holiday


_moment = always(NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = new_desk(tmp_path_factory.mktemp("batches") / "mesa")
    with environment({"DESKCLI_NOW": NOW}):
        for _ in range(3):
            done(root, "create", *ASKED, "-m", "Cuba")
        done(root, "assign", "1,2,3", "vendedor-2")
    return root


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "mesa")


def events(desk: Path, ticket: str) -> int:
    return len(done(desk, "history", ticket, "--format", "ids").out.splitlines())


@pytest.mark.parametrize(
    ("first", "batch", "other"),
    [
        (["assign", "1", "joao"], ["assign", "1,2,3", "joao"], 2),
        (["resolve", "1"], ["resolve", "1", "2", "3"], 2),
        (["move", "1", "resolvido"], ["move", "1,2", "resolvido"], 1),
        (["set", "1", "product=Cuba"], ["set", "1,2", "product=Cuba"], 1),
        (["due", "1", "amanhã"], ["due", "1,2", "amanhã"], 1),
    ],
)
def test_what_is_already_so_is_noted_and_the_others_are_done(
    first: list[str], batch: list[str], other: int, desk: Path
) -> None:
    done(desk, *first)
    before = events(desk, "1")
    for dry in (["-n"], []):
        found = done(desk, *batch, *dry)
        told = [line for line in found.out.splitlines() if line.startswith("ESP-")]
        assert len(told) == other and not found.out.startswith("ESP-1")
        assert "ESP-1" in found.err
    assert events(desk, "1") == before
    again = run(desk, *batch)
    assert again.code == 3 and "ESP-1" in again.err and "ESP-2" in again.err


def test_any_other_refusal_stops_the_whole_batch(desk: Path) -> None:
    done(desk, "assign", "1", "joao")
    found = run(desk, "assign", "1,2,99", "joao")
    assert (found.code, found.out) == (5, "")
    assert events(desk, "2") == events(desk, "3")


def test_one_who_has_the_ticket_already_takes_no_turn_of_the_roulette(desk: Path) -> None:
    """The turn goes to the next ticket of the batch."""
    assert "Responsável: João" in done(desk, "assign", "1", "roulette:atendimento", "-n").out
    done(desk, "assign", "1", "joao")
    found = done(desk, "assign", "1,2", "roulette:atendimento", "-n")
    assert "ESP-1" in found.err and "Responsável: João" in found.out


# -- promises -------------------------------------------------------------------------------------


@pytest.mark.parametrize("past", ["ontem", "15/11", "2026-01-01"])
def test_a_day_that_is_past_is_no_promise(past: str, desk: Path) -> None:
    done(desk, "due", "2", "amanhã")
    for ticket in ("1", "2"):
        found = run(desk, "due", ticket, past, "-m", "combinado")
        assert (found.code, found.out) == (3, "")
        assert f"tente: deskcli --desk {desk} due ESP-{ticket} 2026-11-16 -m TEXTO" in found.err
        assert "Prometido" not in found.err, "nothing was promised"
    done(desk, "due", "2", "2026-11-16", "-m", "combinado")


def test_a_closed_day_is_promised_with_a_word(desk: Path) -> None:
    found = done(desk, "due", "1", "20/11")
    assert "sex 20/11/2026, fechado (Dia Nacional de Zumbi" in found.err
    assert "seg 23/11/2026" in found.err
    assert "dia sem expediente" in done(desk, "due", "2", "21/11").err
    assert done(desk, "--as", "joao", "due", "3", "19/11").err == "Prometido para qui 19/11/2026.\n"


def test_today_may_be_promised_whatever_the_hour(desk: Path) -> None:
    with environment({"DESKCLI_NOW": "2026-11-16T23:30"}):
        assert run(desk, "due", "1", "hoje").code == 0


def test_a_roulette_goes_by_its_own_calendar(desk: Path) -> None:
    """On a Saturday that it works, whoever is away that day is passed over, not Monday's."""
    days = desk / "schedules/calendars.yaml"
    own = "  sabado: {label: Sábado, hours: [{days: {mon-sat: ['08:00-12:00']}}]}\n\nholidays:\n"
    days.write_text(days.read_text().replace("\nholidays:\n", own, 1))
    roulette = desk / "schedules/roulette-atendimento.yaml"
    asked = ["-c", "boletos", "-f", "order_channel=site", "-f", "reason=outro", "-n"]
    asked += ["--name", "Rui", "--email", "rui@example.com", "--phone", "11999990000"]
    done(desk, "rota", "absence", "add", "joao", "2026-11-28", "2026-11-28")
    for calendar, seller in (("comercial", "João"), ("sabado", "Vendedor 2")):
        text = re.sub("(?m)^calendar: .*", f"calendar: {calendar}", roulette.read_text())
        roulette.write_text(text)
        found = done(desk, "--at", "2026-11-28T10:00:00-03:00", "create", *asked)
        assert f"roleta atendimento: {seller} " in found.out
