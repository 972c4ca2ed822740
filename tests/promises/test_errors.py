"""Honest errors: what the system refuses is told in words with an exit code that is not 0, the
desk is old or new, nothing half done is left, and the same command succeeds when the fault is gone.
"""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import deskcli.durable
import deskcli.store
from deskcli.problem import DeskError, Exit
from deskcli.store import Store
from promises.desks import (
    FULL,
    NOW,
    TRACEBACK,
    Child,
    always,
    copy_of,
    done,
    files,
    leftovers,
    run,
    tickets,
)
from promises.faults import EACH, READS, fail
from promises.kills import Proof, prepared, proof_of, repeat, struck
from promises.proof import Fault, Tell, promise_of_each
from promises.writing import CASES, ESPLANE, WRITING, Case, DeskOf

# Where desk.yaml can not be read the locale tells the language: here it is the desk's own.
_language = always(NOW, NO_COLOR="1", LC_ALL="pt_BR.UTF-8")
ERRORS = [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE]
ANNOTATE, CREATE, THREADS = CASES["annotate"], CASES["create"], CASES["import, by threads"]


@pytest.fixture
def base(desk_of: DeskOf) -> Path:
    return desk_of(ESPLANE)


# -- every error at every call --------------------------------------------------------------------


def chosen(case: Case, trace: list[str]) -> Iterator[tuple[int, int]]:
    """Points with errors: all, or all of the calls that write, and of the others one in turn; of
    what threads do the flushes.
    """
    for at, name in enumerate(trace, 1):
        for kind, number in enumerate(ERRORS):
            call = name.split()[0]
            writes = call not in (*READS, "open", "sqlite", "flock")
            in_turn = (at + kind) % (2 * len(ERRORS)) == 0
            if FULL or (call == "fsync" if case is THREADS else writes or in_turn):
                yield at, number


def is_honest(proof: Proof, desk: Path, child: Child, calls: Sequence[str] = ()) -> None:
    """`calls` are those up to the one that failed."""
    case = proof.case
    assert TRACEBACK not in child.out + child.err
    assert child.code >= 0 and child.code != Exit.BUG, child
    said_done = child.code in (0, *case.again)
    assert said_done or child.err, "fails without a word"
    assert not (said_done and left_unflushed(calls)), "says done, and it is not durable"
    without_what_was_told(desk, proof, child)
    proof.holds_after_abort(desk)
    assert child.code or proof.is_done(desk), "says done, and it is not"
    assert not leftovers(desk), leftovers(desk)
    repeat(case, desk, proof)


def without_what_was_told(desk: Path, proof: Proof, child: Child) -> None:
    """A plan is of the tickets that can be read. One that lacks others, which were told of, is
    taken away, as whoever was told does; else nothing may lack.
    """
    plan, whole = desk / "plan.json", proof.made.get("plan.json")
    if not (child.code and whole and plan.exists()):
        return
    found, due = json.loads(plan.read_bytes())["items"], json.loads(whole)["items"]
    lacks = {item["ticket"] for item in due} - {item["ticket"] for item in found}
    assert all(f"{ticket}.yaml" in child.err for ticket in lacks)
    if lacks:
        assert [item for item in due if item["ticket"] not in lacks] == found
        plan.unlink()


def left_unflushed(calls: Sequence[str]) -> bool:
    """Whether it was a flush that failed; that of the name of the index's folder is no matter."""
    *earlier, last = calls or [""]
    return last.startswith("fsync") and "mkdir .deskcli" not in earlier[-3:]


def deaf(planted: pytest.MonkeyPatch) -> None:
    """A program that takes no notice when a file can not be written."""
    write = deskcli.durable.write_new

    def careless(path: Path, data: bytes, shared: bool) -> None:
        try:
            write(path, data, shared)
        except OSError:
            path.write_bytes(data[: len(data) // 2])

    planted.setattr(deskcli.store, "write_new", careless)


def deaf_threads(planted: pytest.MonkeyPatch) -> None:
    """Nobody asks the threads what became of their files."""

    def careless(paths: Sequence[Path]) -> None:
        with ThreadPoolExecutor() as pool:
            pool.map(deskcli.durable.sync, paths)

    planted.setattr(deskcli.store, "sync_all", careless)


@promise_of_each(
    "an error of the system is told, and nothing is half done",
    WRITING if FULL else [ANNOTATE, CREATE, CASES["rota swap"], THREADS],
    {deaf: ANNOTATE, deaf_threads: THREADS},
)
def test_every_error_at_every_call(
    planted: Fault | None, case: Case, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    base = prepared(case, desk_of(case.on))
    proof, trace = proof_of(case, base, tmp_path, reads=True)
    tried = told = 0
    for at, number in chosen(case, trace):
        tried += 1
        desk = copy_of(base, tmp_path / "desk")
        child, reached = struck(case, desk, at, tmp_path, fail(number), reads=True)
        told += child.code != 0
        assert at <= len(reached), f"point {at}, {trace[at - 1]}, never came"
        try:
            is_honest(proof, desk, child, reached[:at])
        except (AssertionError, DeskError) as error:
            why = f"{errno.errorcode[number]} at {at}, {reached[at - 1]}: {error}\n{child.err}"
            raise AssertionError(why) from error
    tell(commands=1, calls=len(trace), errors=tried, told=told, healed=tried - told)
    assert len(trace) >= 30


# -- what they mean for people --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["schedules", "workflows/forms", "people.yaml"])
def test_a_configuration_file_that_can_not_be_looked_for(
    name: str, base: Path, tmp_path: Path
) -> None:
    def strike(point: str) -> None:
        call, path = point.split()[:2]
        if call in (*READS, "open") and path.startswith(name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    proof, _ = proof_of(CREATE, base, tmp_path)
    child, _ = struck(CREATE, base, EACH, tmp_path, strike, reads=True)
    assert child.code == Exit.NOT_PERMITTED, child
    is_honest(proof, base, child)


def test_done_although_the_index_fails(base: Path, tmp_path: Path) -> None:
    """The index is derived: when only it can not be written, the change is done and said so."""
    desk = copy_of(base, tmp_path / "desk")
    _, trace = struck(ANNOTATE, desk, 0, tmp_path)
    for at in (n for n, t in enumerate(trace, 1) if t.startswith("sqlite")):
        desk = copy_of(base, tmp_path / "desk")
        child, _ = struck(ANNOTATE, desk, at, tmp_path, fail(errno.ENOSPC))
        assert child.code == 0, (trace[at - 1], child)
        assert len(tickets(desk)["ESP-1"].history) == 4


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.EMFILE, errno.ENFILE])
def test_a_ticket_that_can_not_be_read_is_told_of(base: Path, tmp_path: Path, number: int) -> None:
    """Lists show the others, and the exit code says that one is missing."""
    done(base, "reindex")
    (base / "tickets/2026/11/ESP-2.yaml").touch()

    def strike(point: str) -> None:
        if point == "open tickets/2026/11/ESP-2.yaml":
            raise OSError(number, os.strerror(number))

    desk = copy_of(base, tmp_path / "desk")
    child, _ = struck(Case("list", ["list"]), desk, EACH, tmp_path, strike, reads=True)
    assert child.code not in (0, 1), child
    assert "ESP-1" in child.out and "ESP-3" in child.out and "ESP-2.yaml" in child.err
    done(desk, "list")


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ENOMEM])
def test_a_ticket_that_nobody_may_look_at_is_not_taken_for_gone(
    base: Path, tmp_path: Path, number: int
) -> None:
    def strike(point: str) -> None:
        if point == "lstat tickets/2026/11/ESP-2.yaml":
            raise OSError(number, os.strerror(number))

    done(base, "reindex")
    child, trace = struck(Case("list", ["list"]), base, EACH, tmp_path, strike, reads=True)
    assert "lstat tickets/2026/11/ESP-2.yaml" in trace
    assert "ESP-2" in child.out + child.err, child


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_desk_without_permission(base: Path) -> None:
    (base / "tickets/2026/11").chmod(0o500)
    try:
        found = run(base, *CREATE.args)
    finally:
        (base / "tickets/2026/11").chmod(0o2775)
    assert found.code == Exit.NOT_PERMITTED and TRACEBACK not in found.err


@pytest.mark.parametrize("call", ["open", "close"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_a_lock_that_can_not_be_had_or_given_back(
    call: str, nth: int, desk_of: DeskOf, tmp_path: Path
) -> None:
    """An import takes it for each chunk, and for what it puts aside."""
    case, asked = CASES["import"], iter(range(1, 99))

    def strike(point: str) -> None:
        if point == f"{call} tickets" and next(asked) == nth:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    base = prepared(case, desk_of(case.on))
    proof, _ = proof_of(case, base, tmp_path, reads=True)
    child, trace = struck(case, base, EACH, tmp_path, strike, reads=True)
    assert trace.count(f"{call} tickets") >= nth
    is_honest(proof, base, child)


def test_busy_is_told_and_nothing_is_written(base: Path) -> None:
    held = Store(base, "ESP")
    was = files(base)
    with held.lock(), pytest.raises(DeskError) as told, Store(base, "ESP").lock(0.05):
        pass
    assert told.value.exit is Exit.BUSY
    assert files(base) == was
    done(base, *ANNOTATE.args)
