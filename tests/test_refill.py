"""`set form=` and `set category=`: what is filled again, what stays, and what is told of it."""

from pathlib import Path

import pytest
from promises.desks import always, copy_of, done, environment, files, new_desk, run

NOW = "2026-11-23T10:00"
ASKED = ("--name", "Ana Prado", "--email", "ana@example.com", "-m", "Cuba")

_moment = always(NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with environment({"DESKCLI_NOW": NOW}):
        root = new_desk(tmp_path_factory.mktemp("refill") / "mesa")
        done(root, "init", "--login", "atendente-1")
        done(root, "create", "-c", "orcamento_vcc", *ASKED)
    return root


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "mesa")


@pytest.mark.parametrize(
    ("word", "label"),
    [("form=", "Formulário"), ("form= ", "Formulário"), ("category= ", "Categoria Assunto")],
)
def test_a_form_and_a_category_are_required(word: str, label: str, desk: Path) -> None:
    """An empty one is refused with what is missing, and nothing is filled or decided again."""
    before = files(desk)
    found = run(desk, "set", "1", word)
    assert (found.code, files(desk)) == (3, before), found
    assert f"Falta {label}" in found.err, found
    assert f"set 1 {word.strip()}VALOR" in found.err, found
