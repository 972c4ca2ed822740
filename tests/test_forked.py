"""The same work by several processes gives what one would give, whatever becomes of them."""

import errno
import os
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskcli import forked

MANY = 400


@pytest.fixture(autouse=True)
def three_cores(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    fork, begun = os.fork, list[int]()

    def noted() -> int:
        begun.append(fork())
        return begun[-1]

    monkeypatch.setattr("os.fork", noted)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    yield
    for child in begun:
        with pytest.raises(ChildProcessError):  # nobody is left behind
            os.waitpid(child, os.WNOHANG)


def test_each_in_its_order_and_by_others() -> None:
    things = list(range(1000))
    found = list(forked.each(lambda n: (n * n, os.getpid()), things, MANY))
    assert [square for square, _ in found] == [n * n for n in things]
    doers = {pid for _, pid in found}
    assert len(doers) == 3
    assert os.getpid() not in doers


def test_no_more_of_them_than_things() -> None:
    assert len(set(forked.each(lambda _: os.getpid(), range(2), 2))) == 2


@pytest.mark.parametrize("few", [0, 1, MANY - 1])
def test_a_few_are_not_worth_it(few: int) -> None:
    assert set(forked.each(lambda _: os.getpid(), range(few), MANY)) <= {os.getpid()}


def test_what_a_killed_process_did_not_do_is_done_here() -> None:
    here = os.getpid()

    def work(n: int) -> int:
        if n == 500 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert list(forked.each(work, range(1000), MANY)) == list(range(1000))


@pytest.mark.parametrize("begun", [0, 1])
def test_where_no_process_may_start_it_is_done_here(
    begun: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork, forks = os.fork, []

    def limited() -> int:
        forks.append(1)
        if len(forks) > begun:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    monkeypatch.setattr("os.fork", limited)
    held = len(list(Path("/proc/self/fd").iterdir()))
    found = list(forked.each(lambda n: (n, os.getpid()), range(1000), MANY))
    assert [n for n, _ in found] == list(range(1000))
    assert (os.getpid() in {pid for _, pid in found}) and len(
        {pid for _, pid in found}
    ) == begun + 1
    assert len(list(Path("/proc/self/fd").iterdir())) == held


def test_an_error_is_raised_here() -> None:
    def work(n: int) -> int:
        return 1 // (n - 700)

    with pytest.raises(ZeroDivisionError):
        list(forked.each(work, range(1000), MANY))


def test_who_asks_no_further_ends_them() -> None:
    """Each result is larger than a pipe: they wait to be read, and are told that nobody will."""
    found = forked.each(lambda n: bytes(200_000) + bytes([n % 256]), range(1000), MANY)
    next(found)
    found.close()  # type: ignore[attr-defined]


def test_they_end_with_a_killed_parent(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    reader, writer = os.pipe()  # open in all of them: it ends when the last of them does
    parent = os.fork()
    if not parent:
        os.close(reader)
        with pids.open("a", buffering=1) as told:
            found = forked.each(lambda n: bytes(200_000), range(1000), MANY)
            next(found)
            told.write("begun\n")
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(writer)
    os.waitpid(parent, 0)
    assert pids.read_text() == "begun\n"
    assert select.select([reader], [], [], 60)[0]
    assert os.read(reader, 1) == b""
    os.close(reader)
