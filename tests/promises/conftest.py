"""Desks for the tests of this folder, and the figures told at the end."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from promises.desks import ASKED, NOW, done, environment, figures, new_desk


@pytest.fixture(autouse=True)
def _fixed_moment(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Commands run at one instant, in Portuguese as the desk says, whatever the machine has; the
    figures that a test found go with its report.
    """
    with environment({"DESKCLI_NOW": NOW, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}):
        yield
    for line in figures:
        record_property("figure", line)
    figures.clear()


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
    told = [
        str(line)
        for report in terminalreporter.stats.get("", [])  # teardowns that went well
        for name, line in getattr(report, "user_properties", ())
        if report.when == "teardown" and name == "figure"
    ]
    if told:
        terminalreporter.section("storage promises")
        for line in told:
            terminalreporter.write_line(line)


def pytest_configure() -> None:
    """Whoever started us may ignore signals (`nohup`, a job in the background); our children get
    them as a person's commands do.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is signal.SIG_IGN:
            signal.signal(name, signal.SIG_DFL)
