"""The index is derived: whatever was done to the files, or to the index itself, a list through it
is what a scan of the files gives, and it is what a new index would be.
"""

import os
import shutil
from pathlib import Path

import pytest

from deskcli.desk import Desk
from promises.desks import FULL, copy_of, differing, dump
from promises.scan import agrees
from promises.walk import Walk


def rebuilt(desk: Desk) -> None:
    held = dump(desk.index)
    beside = desk.root.parent / "beside"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(desk.root / ".deskcli", beside)
    assert not desk.index.file.in_memory
    desk.index.rebuild()
    fresh = dump(desk.index)
    for table, rows in fresh.items():
        assert held[table] == rows, f"{table}: {differing(held[table], rows)}"
    shutil.rmtree(desk.root / ".deskcli")  # go on with the one that has a past
    shutil.copytree(beside, desk.root / ".deskcli")
    del desk.__dict__["index"]


@pytest.mark.parametrize("seed", range(24 if FULL else 6))
def test_after_any_steps(seed: int, empty_desk: Path, tmp_path: Path) -> None:
    walk = Walk(Desk(copy_of(empty_desk, tmp_path / "desk")), seed)
    for _ in range(4):
        walk.create()
    try:
        for _ in range(200 if FULL else 60):
            for _ in range(walk.chance.randrange(1, 4)):
                walk.step()
            walk.desk.index.refresh(full=walk.old_edits)
            walk.old_edits = False
            agrees(walk.desk)
            rebuilt(walk.desk)
    except Exception as error:
        raise AssertionError(f"seed {seed}, after {' '.join(walk.told)}") from error


def test_made_by_several_processes(
    small_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(copy_of(small_desk, tmp_path / "desk"))
    path = next(desk.store.paths())
    path.with_name("ESP-999.yaml").write_text("id: [")
    desk.index.rebuild()
    alone = dump(desk.index), desk.index.problems
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.setattr("deskcli.indexlook.MANY", 2)
    desk.index.rebuild()
    assert (dump(desk.index), desk.index.problems) == alone
    assert len(desk.index.problems) == 1


def test_looked_at_by_several_processes(
    small_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(copy_of(small_desk, tmp_path / "desk"))
    desk.index.refresh()
    paths = sorted(desk.store.paths())
    paths[0].write_text(paths[0].read_text() + "# by hand\n")
    paths[-1].write_text("id: [")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.setattr("deskcli.indexlook.PART", 1)
    monkeypatch.setattr("deskcli.indexlook.MANY", len(paths))
    fork, forks = os.fork, []

    def noted() -> int:
        forks.append(1)
        return fork()

    monkeypatch.setattr("os.fork", noted)
    desk.index.refresh(full=True)
    assert len(forks) == min(3, len(paths)) >= 2
    agrees(desk)
    rebuilt(desk)
