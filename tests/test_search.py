"""`search`: found whatever the accents and the case, shown as it was written."""

from pathlib import Path

import pytest
from promises.desks import done, new_desk, run

from deskcli.cli import session

ASKED = ("create", "-c", "orcamento_vcc", "--email", "ana@example.com")
MESSAGE = "Orçamento da ÁREA\nPiso vinílico, 42 m², instalação em São José.\nObrigada!"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = new_desk(tmp_path / "desk")
    done(root, *ASKED, "--name", "Ângela Conceição", "-m", MESSAGE)
    done(root, "annotate", "1", "Liguei às 9h.\nA cliente pediu o código ABC-123 [urgente].")
    return root


def excerpts(desk: Path, *words: str) -> list[str]:
    lines = done(desk, "search", *words).out.splitlines()[1:]
    return [line.partition("  ")[2].strip() for line in lines]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("angela", "[Ângela] Conceição"),
        ("ÂNGELA", "[Ângela] Conceição"),
        ("conceicao", "Ângela [Conceição]"),
        ("vinilico", "Piso [vinílico]"),
        ("instalacao", "[instalação] em São José."),
        ("abc", "código [ABC]-123 [urgente]."),
    ],
)
def test_the_words_around_the_hit_are_the_original_ones(words: str, shown: str, desk: Path) -> None:
    [excerpt] = excerpts(desk, words)
    assert shown in excerpt
    assert "\\n" not in excerpt and "orcamento" not in excerpt


def test_only_the_lines_with_a_hit_are_shown(desk: Path) -> None:
    [excerpt] = excerpts(desk, "angela")
    assert excerpt == "[Ângela] Conceição"


@pytest.mark.parametrize("watched", [True, False])
def test_nothing_found_is_said_to_a_person_only(
    watched: bool, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "is_watched", lambda: watched)
    found = run(desk, "search", "inexistente")
    assert (found.code, found.out) == (5, "")
    assert found.err == ("Nada foi encontrado.\n" if watched else "")
