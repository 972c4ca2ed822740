"""A title that says nothing is refused (F3): by its words, whatever else is typed around them."""

from pathlib import Path

import pytest
from promises.desks import Run, environment
from promises.desks import run as run_on

from deskcli.cli.init import make

ASKED = ("--org", "academia um", "--name", "Ana", "-c", "totem", "-f", "resumo=r", "-n")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("mesa") / "mesa", "academia")
    assert run_on(root, "org", "add", "Academia Um").code == 0
    return root


def created(desk: Path, title: str) -> Run:
    with environment({"DESKCLI_NOW": "2026-11-23T09:00", "LC_ALL": "C.UTF-8"}):
        return run_on(desk, "--as", "operador-1", "create", *ASKED, title)


@pytest.mark.parametrize(
    "title",
    [
        *("......", "problema problema", "a b c d", "bom dia", "socorro", "Bom dia!!!", "SOCORRO"),
        *(
            "Problema, problema; PROBLEMA",
            "não, não funciona",
            "! ! ! ! ! !",
            "a.b.c.d",
            "boa tarde",
        ),
    ],
)
def test_a_title_that_says_nothing_is_refused(title: str, desk: Path) -> None:
    refused = created(desk, title)
    assert refused.code == 3, refused


@pytest.mark.parametrize(
    "title",
    [
        "Finger apagado",
        "Catraca não funciona",
        "Bom dia, totem sem papel",
        "PC 2 off",
        "Não não lê",
    ],
)
def test_one_that_says_something_is_taken(title: str, desk: Path) -> None:
    made = created(desk, title)
    assert made.code == 0, made


def test_what_is_counted_are_letters_and_digits(desk: Path) -> None:
    assert created(desk, "a.b.c.d.e").code == 3
    assert created(desk, "PC 2 não").code == 0
