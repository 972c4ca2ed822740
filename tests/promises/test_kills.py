"""Every command that writes dies at every write, rename, link, fsync, mkdir and unlink."""

from pathlib import Path

import pytest

from deskcli.store import Store
from promises.desks import FULL, copy_of
from promises.kills import killed_at, prepared
from promises.proof import Fault, Tell, promise_of_each
from promises.writing import (
    ACADEMIA,
    MAKING,
    READING,
    WRITING,
    Case,
    academia,
    commands,
    esplane,
)


@pytest.fixture(scope="session")
def desks(small_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By pack; not to be written to."""
    folder = tmp_path_factory.mktemp("writing")
    esplane(copy_of(small_desk, folder / "esplane"))
    return {"esplane": folder / "esplane", ACADEMIA: academia(folder / ACADEMIA)}


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


CASES = {case.name: case for case in WRITING}


@promise_of_each(
    "killed anywhere, every file is old or new, and the command again completes it",
    WRITING,
    {in_place: CASES["annotate"], forgets_keys: CASES["import"]},
)
def test_killed_anywhere(
    planted: Fault | None, case: Case, desks: dict[str, Path], tmp_path: Path, tell: Tell
) -> None:
    base = prepared(case, copy_of(desks[case.on], tmp_path / "base"))
    every = FULL or case.thorough or planted

    def which(at: int, name: str) -> bool:
        """Else a sample: around each putting in place, and some between. Of SQLite's few: many,
        and no part of the promise, as the index is derived.
        """
        if name.startswith("sqlite"):
            return FULL or at % (5 if case.thorough else 15) == 0
        return every or name.startswith(("rename", "link")) or at % 4 == 0

    points, struck = killed_at(case, base, tmp_path, which, backwards=bool(planted))
    tell(calls_of_commands=1, points=points, kills=struck)
    assert points >= case.least, "points are missing: does the layer still catch every call?"
