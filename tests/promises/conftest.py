"""Desks for the tests of this folder, planted faults, and the figures told at the end."""

import re
from collections import defaultdict
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from deskcli.problem import DeskError
from promises.desks import ASKED, FULL, NOW, always, copy_of, done, environment, new_desk
from promises.proof import FOUND_AS, Fault, Figure, Tell, added, line
from promises.writing import ACADEMIA, ESPLANE, DeskOf, academia, esplane

HERE = Path(__file__).parent
CAUGHT = (AssertionError, DeskError)  # how a proof fails; anything else is an error of the test

_moment = always(NOW, NO_COLOR="1")


# -- proofs (see proof.py) ------------------------------------------------------------------------


@pytest.fixture
def planted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Fault | None:
    """The fault that the test has to find; None where it has to find none."""
    fault: Fault | None = request.param
    if fault:
        fault(monkeypatch)
    return fault


@pytest.fixture
def tell(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Tell:
    """Figures for the end of the run; with a fault planted there are none."""

    def tells(**figures: Figure) -> None:
        mark = request.node.get_closest_marker("promise")
        if mark and not request.node.callspec.params["planted"]:
            record_property("promise", [mark.args[0], figures])

    return tells


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """With a fault planted, a test passes by failing."""
    fault: Any = pyfuncitem.funcargs.get("planted")
    if fault is None:
        return (yield)
    try:
        yield
    except CAUGHT as error:
        told = str(error) or repr(error)
        if not re.search(FOUND_AS.get(fault, ""), told):
            raise pytest.fail.Exception(f"found by something else: {told}") from error
        why = told.splitlines()[0]
        pyfuncitem.user_properties.append(("caught", f"{pyfuncitem.name}: {why[:120]}"))
        return True
    raise pytest.fail.Exception("the planted fault was not found")


# -- desks ----------------------------------------------------------------------------------------


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


@pytest.fixture(scope="session")
def desks(small_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By pack, with what the commands of `writing` are given; not to be written to."""
    folder = tmp_path_factory.mktemp("writing")
    with environment({"DESKCLI_NOW": NOW}):
        esplane(copy_of(small_desk, folder / ESPLANE))
        academia(folder / ACADEMIA)
    return {pack: folder / pack for pack in (ESPLANE, ACADEMIA)}


@pytest.fixture
def desk_of(desks: dict[str, Path], tmp_path: Path) -> DeskOf:
    """A copy to break."""
    return lambda pack: copy_of(desks[pack], tmp_path / "base")


# -- the run --------------------------------------------------------------------------------------


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told: dict[str, list[Mapping[str, Figure]]] = defaultdict(list)
    caught: list[str] = []
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", ()):
            if name == "promise":
                told[value[0]].append(value[1])
            if name == "caught":
                caught.append(value)
    if told or caught:
        terminalreporter.section("promises")
        for name, figures in sorted(told.items()):
            terminalreporter.write_line(line(name, "full" if FULL else "small", added(figures)))
        terminalreporter.write_line(f"planted faults found: {len(caught)}")
        if terminalreporter.verbosity > 0:
            for how in sorted(caught):
                terminalreporter.write_line(f"  {how}")


def pytest_configure(config: pytest.Config) -> None:
    alone = all("promises" in name for name in config.args)
    if alone and getattr(config.option, "dist", "") == "loadfile":
        config.option.dist = "load"  # tests of this folder alone are long: each is shared out
    config.addinivalue_line("markers", "promise(name): the proof of a promise of docs/promises.md")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """At full size a test may take hours; else it has to end, as every other (pyproject.toml)."""
    for item in items:
        if FULL and item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.timeout(0))
