"""Many files are made durable by several threads, or by one where no more may start."""

import errno
import fcntl
import os
from pathlib import Path
from threading import Thread

import pytest

from deskcli import durable
from deskcli.problem import DeskError


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    found = [tmp_path / str(n) for n in range(30)]
    for path in found:
        path.write_text(path.name)
    return found


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    found: list[Path] = []
    monkeypatch.setattr(durable, "sync", found.append)
    return found


@pytest.mark.parametrize("begun", [0, 3, durable.THREADS])
@pytest.mark.parametrize("count", [0, 1, durable.SOME - 1, durable.SOME, 30])
def test_each_once(
    begun: int, count: int, paths: list[Path], flushed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, starts = Thread.start, []

    def limited(thread: Thread) -> None:
        starts.append(1)
        if len(starts) > begun:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(Thread, "start", limited)
    durable.sync_all(paths[:count])
    assert sorted(flushed) == sorted(paths[:count])


def test_an_error_of_any_thread_is_raised(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> None:
        if path == paths[17]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(durable, "sync", fails)
    with pytest.raises(OSError, match="Input/output"):
        durable.sync_all(paths)


def test_who_can_not_wait_is_told_that_the_desk_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refused)
    one, other = (os.open(tmp_path, os.O_RDONLY) for _ in range(2))
    fcntl.flock(one, fcntl.LOCK_EX)
    held = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(DeskError, match=r"desk\.busy"):
        durable.flock(other, 9)
    assert len(list(Path("/proc/self/fd").iterdir())) == held
    os.close(one)
    os.close(other)
