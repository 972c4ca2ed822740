"""O19: who is named with @ in a note is mentioned, whatever command the note went with."""

from pathlib import Path

import pytest
from promises.desks import NOW, always, attended_desk, done, run

CREATED = ["-c", "orcamento_vcc", "--name", "Ana", "--email", "ana@example.com"]
_moment = always(NOW)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return attended_desk(tmp_path / "mesa", NOW, *CREATED, "-m", "fale com @joao")


@pytest.mark.parametrize(
    "typed",
    [
        ("annotate", "1"),
        ("resolve", "1", "-m"),
        ("cancel", "1", "-m"),
        ("assign", "1", "nathalya", "-m"),
        ("move", "1", "resolvido", "-m"),
        ("due", "1", "26/11", "-m"),
    ],
    ids=lambda typed: typed[0],
)
def test_a_note_mentions_whatever_it_went_with(typed: tuple[str, ...], desk: Path) -> None:
    found = done(desk, *typed, "veja @joao, @ninguem e @joao")
    assert found.err.count("@ninguem") == 1, found.err
    assert "ESP-1" in done(desk, "list", "mentions:joao", "--all").out
    done(desk, "undo")
    assert "ESP-1" not in done(desk, "list", "mentions:joao", "--all").out


def test_reopening_mentions_too(desk: Path) -> None:
    done(desk, "resolve", "1")
    done(desk, "reopen", "1", "-m", "@letycia")
    assert "ESP-1" in done(desk, "list", "mentions:letycia", "--all").out


def test_nobody_is_mentioned_where_the_customer_is_told(desk: Path) -> None:
    """Nor by the customer, who opened ESP-1; a rehearsal warns as the command would."""
    assert "@ninguem" not in done(desk, "reply", "1", "siga @joao e @ninguem").err
    assert "ESP-1" not in done(desk, "list", "mentions:joao", "--all").out
    assert "@ninguem" in run(desk, "resolve", "1", "-m", "@ninguem", "-n").err


@pytest.mark.parametrize("name", ["''", "' '", "'\u0301'"], ids=["none", "blank", "an accent"])
def test_a_person_without_a_name_is_told_of_and_keeps_nobody_from_the_others(
    name: str, desk: Path
) -> None:
    people = desk / "people.yaml"
    text = people.read_text()
    people.write_text(text.replace("people:\n", f"people:\n- {{id: nova, name: {name}}}\n", 1))
    found = run(desk, "check")
    line = people.read_text().split("- {id: nova")[0].count("\n") + 1
    assert found.code == 3, found
    assert f"people.yaml:{line}:20: {name} não serve; esperado: texto" in found.err, found
    lost = run(desk, "assign", "1", "zezinho")
    assert (lost.code, "'zezinho'" in lost.err) == (5, True), lost
    assert run(desk, "assign", "1", "").code != 0
    assert "nova" not in done(desk, "show", "1", "--json").out
    assert "'fulano'" in done(desk, "annotate", "1", "oi @fulano e @joao").err
    done(desk, "assign", "1", "nathalya")
    done(desk, "assign", "1", "nova")
