"""Desks for the tests of this folder, and the figures told at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from promises.desks import ASKED, NOW, done, environment, figures, new_desk


@pytest.fixture(autouse=True)
def _fixed_moment() -> Iterator[None]:
    """Commands run at one instant, in Portuguese as the desk says, whatever the machine has."""
    with environment({"DESKCLI_NOW": NOW, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}):
        yield


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An Esplane desk without tickets; not to be written to."""
    with environment({"DESKCLI_NOW": NOW}):
        return new_desk(tmp_path_factory.mktemp("promises") / "empty")


@pytest.fixture(scope="session")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with three tickets; not to be written to."""
    with environment({"DESKCLI_NOW": NOW}):
        desk = new_desk(tmp_path_factory.mktemp("promises") / "small")
        for text in ("Cuba de apoio", "Boleto vencido", "Argamassa"):
            done(desk, "create", *ASKED, "-m", text)
        done(desk, "annotate", "1", "liguei para o cliente")
        done(desk, "list")
    return desk


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures:
        terminalreporter.section("storage promises")
        for line in figures:
            terminalreporter.write_line(line)
