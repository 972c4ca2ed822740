"""What commands tell: words that say what is so, and never less than that."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import done, environment, new_desk, run

from deskcli.cli import session

THURSDAY = "2026-11-19T09:00"
CREATE = ("create", "-c", "orcamento_vcc", "--name", "Ana Prado", "--email", "ana@example.com")


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with environment({"DESKCLI_NOW": THURSDAY, "LC_ALL": "C.UTF-8"}):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = new_desk(tmp_path / "mesa")
    done(root, "init", "--login", "atendente-1")
    return root


# -- lists ----------------------------------------------------------------------------------------


def test_a_search_without_hits_says_so_as_a_list_does(desk: Path) -> None:
    found = run(desk, "search", "prado")
    assert (found.code, found.out, found.err) == (0, "", "0 tickets\n")
    done(desk, *CREATE)
    assert done(desk, "search", "prado").err == "1 ticket\n"


@pytest.mark.parametrize("args", [(), ("sla",)])
def test_a_report_by_a_field_that_there_is_not_is_refused(args: tuple[str], desk: Path) -> None:
    done(desk, *CREATE)
    found = run(desk, "report", *args, "--by", "demand")
    assert found.code == 5 and "demand" in found.err and found.out == "", found
    for name in ("state", "category", "email", "requester.email", "org", "visit.with"):
        assert run(desk, "report", "--by", name).code == 0, name


def test_the_others_that_are_open_are_called_so(desk: Path) -> None:
    done(desk, *CREATE)
    assert "Outros abertos: 1" in done(desk, "today", "--all").out


# -- days -----------------------------------------------------------------------------------------


def test_a_promise_is_a_day_and_a_time_with_it_is_told_of(desk: Path) -> None:
    """DESIGN 5 writes `sexta 14h`."""
    done(desk, *CREATE)
    found = done(desk, "due", "1", "sexta 14h")
    assert "sex 20/11/2026" in found.err and "14h" in found.err
    assert json.loads(done(desk, "show", "1", "--json").out)["due"] == "2026-11-20"
    assert run(desk, "due", "1", "sexta 25h").code != 0


def test_a_closed_day_is_told_where_another_answers_for_it(desk: Path) -> None:
    found = done(desk, "rota", "who", "--at", "20/11")
    assert "20/11/2026" in found.out and "Consciência Negra" in found.out
    assert "seg 23/11/2026" in found.out
    assert json.loads(done(desk, "rota", "who", "--at", "20/11", "--json").out)["day"] == (
        "2026-11-23"
    )
    assert len(done(desk, "rota", "who", "--at", "19/11").out.splitlines()) == 1


def test_the_end_of_an_absence_that_has_not_begun_hints_at_its_removal(desk: Path) -> None:
    done(desk, "rota", "absence", "add", "joao", "25/11", "27/11")
    found = run(desk, "--at", THURSDAY, "rota", "absence", "end", "joao")
    assert found.code != 0
    assert f"--at {THURSDAY} rota absence remove joao 2026-11-25" in found.err, found


# -- nothing to do --------------------------------------------------------------------------------


@pytest.mark.parametrize("watched", [True, False])
def test_a_sweep_without_firings_says_so_to_a_person(
    watched: bool, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "is_watched", lambda: watched)
    assert done(desk, "sweep", "-n").err == ("Nada a fazer.\n" if watched else "")


def test_the_help_of_sweep_tells_the_limit_in_force(desk: Path) -> None:
    told = done(desk, "sweep", "--help").out
    assert "padrão: 0" not in told and "sweep_limit" in told


def test_a_new_desk_hints_at_the_guide(tmp_path: Path) -> None:
    with environment({"LC_ALL": "pt_BR.UTF-8"}):
        told = run(tmp_path, "init", str(tmp_path / "m"), "--pack", "esplane").out
    assert "create --guide" in told
