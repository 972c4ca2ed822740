"""What makes a test the proof of a promise: it holds for the program as it is, and it fails for a
program with a fault planted in it. A test that a fault does not make fail proves nothing.

    @promise("no update is lost", no_lock)
    def test_no_update_is_lost(planted: Fault | None, desk: Path, tell: Tell) -> None:

runs twice: as it is, and with `no_lock` planted, where pytest passes it only if it fails. Its name
stands in docs/promises.md, and its figures are told at the end of the run.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import pytest

Fault = Callable[[pytest.MonkeyPatch], object]  # makes the program of this process a faulty one
Test = TypeVar("Test", bound=Callable[..., object])
Planting = TypeVar("Planting", bound=Fault)
Figure = int | float
FOUND_AS: dict[Fault, str] = {}


def found_as(words: str) -> Callable[[Planting], Planting]:
    """A fault that has to be found by what it breaks: in these words (a regular expression) of the
    assertion, and not by some other one on the way.
    """

    def known(fault: Planting) -> Planting:
        FOUND_AS[fault] = words
        return fault

    return known


class Tell(Protocol):
    """Figures of a proof. Those of its parts add up (int), or the greatest counts (float)."""

    def __call__(self, **figures: Figure) -> None: ...


def promise(name: str, *faults: Fault) -> Callable[[Test], Test]:
    """The proof of a promise, run as it is and with each fault planted."""
    return _proof(name, "planted", [(None,), *((fault,) for fault in faults)])


def promise_of_each(
    name: str, cases: Sequence[Any], faulty: Mapping[Fault, Any]
) -> Callable[[Test], Test]:
    """The same for each of many cases; a fault is planted in the one case that it maps to."""
    rows = [(None, case) for case in cases] + list(faulty.items())
    return _proof(name, "planted, case", rows)


def _proof(name: str, names: str, rows: Sequence[tuple[Any, ...]]) -> Callable[[Test], Test]:
    values = [row if len(row) > 1 else row[0] for row in rows]
    given = pytest.mark.parametrize(names, values, ids=_named, indirect=["planted"])

    def proof(test: Test) -> Test:
        return given(pytest.mark.promise(name)(test))  # type: ignore[no-any-return]

    return proof


def _named(value: Any) -> str:
    """`kept`, or what is planted; a case by its own name."""
    if value is None:
        return "kept"
    return str(getattr(value, "__name__", "") or getattr(value, "name", value))


def added(told: Sequence[Mapping[str, Figure]]) -> dict[str, Figure]:
    """The figures of the parts of a proof, as those of the whole."""
    found: dict[str, Figure] = {}
    for figures in told:
        for name, value in figures.items():
            old = found.get(name, 0)
            found[name] = max(old, value) if isinstance(value, float) else old + value
    return found


def line(name: str, size: str, figures: Mapping[str, Figure]) -> str:
    """`no update is lost (small): processes 8, updates 120, longest wait s 0.61`."""
    told = (
        f"{key} {value:.2f}" if isinstance(value, float) and value < 100 else f"{key} {value:,.0f}"
        for key, value in figures.items()
    )
    return f"{name} ({size}): {', '.join(told)}".replace("_", " ")
