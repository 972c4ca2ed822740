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


def test_of_equals_the_newest_whatever_the_index_has_been_through(desk: Path) -> None:
    month = next(desk.glob("tickets/*/*/ESP-*.yaml")).parent
    text = (
        "id: ESP-{n}\ntitle: torneira\nhistory:\n"
        "- {{id: X{n}, clk: 1, at: '2026-11-23T10:00:00-03:00', by: ana, did: opened}}\n"
    )
    for first in (100, 160):  # the second time into an index that knows the first ones
        for n in range(first, first + 60):
            (month / f"ESP-{n}.yaml").write_text(text.format(n=n))
        done(desk, "list", "--format", "ids")
    newest = [f"ESP-{n}" for n in range(219, 169, -1)]
    found = done(desk, "search", "torneira", "--format", "ids").out.split()
    done(desk, "reindex")
    again = done(desk, "search", "torneira", "--format", "ids").out.split()
    assert (found, again) == (newest, newest)
