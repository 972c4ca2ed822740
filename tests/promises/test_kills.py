"""Every command that writes dies at every write, rename, link, fsync, mkdir and unlink."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskcli.cli import main
from deskcli.desk import MARK
from deskcli.problem import Exit
from deskcli.store import Store
from promises.commands import MAKING, READING, commands
from promises.desks import FULL, Child, files, forked
from promises.faults import KILLED, Layer, die
from promises.kills import Chosen, killed_at, prepared
from promises.proof import Fault, Tell, promise, promise_of_each
from promises.writing import (
    CASES,
    ESPLANE,
    WRITING,
    Case,
    DeskOf,
)


def test_no_command_was_forgotten() -> None:
    tried = {" ".join(w for w in case.name.split() if w[0] != "-") for case in WRITING}
    names = {name for name, _ in commands()}
    writing = {n for n in names if any(t == n or t.startswith((n + " ", n + ",")) for t in tried)}
    assert names == writing | READING | MAKING
    assert not writing & (READING | MAKING)


def test_whoever_can_try_first_writes() -> None:
    """`--dry-run` is for commands that write, and those are not among the readers."""
    dry = {name for name, c in commands() if any("--dry-run" in p.opts for p in c.params)}
    assert dry & READING <= {"outbox export"}  # where it shows what a sender would be given


def in_place(planted: pytest.MonkeyPatch) -> None:
    """The file itself is written, not one beside it."""

    def place(self: Store, temp: Path, path: Path, is_new: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(temp.read_bytes())

    planted.setattr(Store, "_place", place)


def forgets_keys(planted: pytest.MonkeyPatch) -> None:
    """An import does not know the rows that it has made tickets of."""
    planted.setattr("deskcli.indexrow.source_key", lambda ticket: "")


def in_one_go(planted: pytest.MonkeyPatch) -> None:
    """The desk's own file is no sign that the others are there."""
    planted.setattr("deskcli.cli.init._whole", lambda place, data: place.write_bytes(data))


def chosen_of(case: Case) -> Chosen:
    """All points in the full size. Else a few of SQLite's, which are many and no part of the
    promise as the index is derived; of the others all, or those where something is put in its
    place, those after, the last one, and some between.
    """

    def some(trace: list[str]) -> Iterator[int]:
        for at, name in enumerate(trace, 1):
            placed = [n.startswith(("rename", "link")) for n in trace[max(at - 2, 0) : at]]
            if name.startswith("sqlite"):
                if at % 20 == 0:
                    yield at
            elif case.thorough or any(placed) or at % 4 == 0 or at == len(trace):
                yield at

    return (lambda trace: range(1, len(trace) + 1)) if FULL else some


@promise_of_each(
    "killed anywhere, every file is old or new, and the command again completes it",
    WRITING,
    {in_place: CASES["annotate"], forgets_keys: CASES["import"]},
)
def test_killed_anywhere(
    planted: Fault | None, case: Case, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    base = prepared(case, desk_of(case.on))
    points, struck = killed_at(case, base, tmp_path, chosen_of(case), backwards=bool(planted))
    tell(calls_of_commands=1, points=points, kills=struck)
    assert points >= case.least, "points are missing: does the layer still catch every call?"


@promise("a killed init is completed by its repetition", in_one_go)
def test_a_killed_init(planted: Fault | None, tmp_path: Path, tell: Tell) -> None:
    """A folder is a desk when all of its files are there, and whole."""

    def made(root: Path, at: int) -> Child:
        def work() -> int:
            layer = Layer(at, die, root)
            with layer.installed():
                main(["init", str(root), "--pack", ESPLANE])
            return 0

        return forked(work, tmp_path)

    made(tmp_path / "whole", 0)
    whole, kills, at = files(tmp_path / "whole"), 0, 1
    while made(tmp_path / f"desk{at}", at).code == KILLED:
        root = tmp_path / f"desk{at}"
        again = made(root, 0)
        assert again.code == (Exit.REFUSED if (root / MARK).exists() and again.code else 0), again
        assert files(root) == whole, f"killed at {at}"
        kills, at = kills + 1, at + (1 if FULL else 11)
    tell(kills=kills)
    assert kills >= 10
