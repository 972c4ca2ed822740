"""What a person sees of long work: on a terminal, after a second; and nothing elsewhere."""

import io
from pathlib import Path

import pytest
from promises.desks import done
from test_sla_desk import desk, later, opened

from deskcli.cli.progress import progress

__all__ = ["desk", "later"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(err: io.StringIO, monkeypatch: pytest.MonkeyPatch, seconds: float) -> str:
    """Of ten steps, each of so many seconds."""
    clock = iter(n * seconds for n in range(12))
    monkeypatch.setattr("deskcli.cli.progress.time.monotonic", lambda: next(clock))
    monkeypatch.setattr("sys.stderr", err)
    with progress(10, "report") as step:
        for _ in range(10):
            step()
    return err.getvalue()


def test_a_line_that_is_written_over_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    told = shown(Terminal(), monkeypatch, 0.3).split("\r")
    assert told[1:-1] == [f"report {10 * n:3}% {n}/10" for n in range(4, 11)]
    assert told[-1] == "\x1b[K"


def test_nothing_of_what_takes_no_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(Terminal(), monkeypatch, 0.09) == ""


def test_nothing_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(io.StringIO(), monkeypatch, 5) == ""


def test_the_report_of_the_sla_tells_of_each_ticket(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskcli.cli import report

    for _ in range(3):
        opened(desk)
    told: list[int] = []

    def watched(total: int, what: str):  # type: ignore[no-untyped-def]
        told.append(total)
        return progress(total, what)

    monkeypatch.setattr(report, "progress", watched, raising=False)
    assert done(desk, "report", "sla").out
    assert told == [3]
