"""`search`: found whatever the accents and the case, shown as it was written."""

from pathlib import Path

import pytest
from promises.desks import done, new_desk

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
