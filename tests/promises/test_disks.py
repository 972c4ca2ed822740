"""Real disks that are full, and real ones that may only be read: a small file system in memory, for
which one has to be root.
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import deskcli.durable
import deskcli.store
from deskcli.problem import DeskError, Exit
from deskcli.store import Store
from deskcli.ticket import Change, Ticket
from deskcli.ticketfile import from_document
from promises.desks import FULL, TRACEBACK, done, forked, leftovers, run, tickets
from promises.desks import command as run_of
from promises.kills import Proof, prepared, proof_of, repeat
from promises.proof import Fault, Tell, found_as, promise_of_each
from promises.writing import CASES, WRITING, Case, DeskOf

PAGE = 4096
SMALL = [CASES[name] for name in ("create", "annotate three", "attach", "import", "rota swap")]
NOT_RULES = frozenset(("schema --write", "sweep --plan"))  # they write where they are told to


def _may_mount() -> bool:
    return (
        os.getuid() == 0
        and not subprocess.run(["mount", "--version"], capture_output=True).returncode
    )


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small one, with room for the deleted indexes that this process keeps open."""
    place = tmp_path / "disk"
    place.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if not _may_mount() or subprocess.run(line, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def remounted(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def copied(base: Path, disk: Path) -> Path:
    shutil.rmtree(disk / "desk", ignore_errors=True)
    shutil.copytree(base, disk / "desk", symlinks=True)
    return disk / "desk"


def full_but(disk: Path, free: int) -> Path:
    """All of the disk taken but so many bytes."""
    filler = disk / "filler"
    fd = os.open(filler, os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while os.write(fd, bytes(PAGE)):
            pass
    os.close(fd)
    os.truncate(filler, max(filler.stat().st_size - free, 0))
    return filler


def deaf(planted: pytest.MonkeyPatch) -> None:
    """A program that takes no notice when a file can not be written."""
    write = deskcli.durable.write_new

    def careless(path: Path, data: bytes, shared: bool) -> None:
        with contextlib.suppress(OSError):
            write(path, data, shared)
        path.touch()

    planted.setattr(deskcli.store, "write_new", careless)


@promise_of_each(
    "a full disk loses nothing",
    [case for case in WRITING if case.name not in NOT_RULES] if FULL else SMALL,
    {deaf: CASES["annotate three"]},
)
def test_a_full_disk(
    planted: Fault | None, case: Case, desk_of: DeskOf, disk: Path, tmp_path: Path, tell: Tell
) -> None:
    """Page after page is free, until the command succeeds."""
    base = prepared(case, desk_of(case.on))
    proof, _ = proof_of(case, base, tmp_path)
    refused = 0
    for pages in range(64):
        desk = copied(base, disk)
        filler = full_but(disk, pages * PAGE)
        child = forked(run_of(desk, *case.spelled(desk)), tmp_path)
        filler.unlink()
        try:
            is_honest(proof, desk, child.code, child.out + child.err)
        except (AssertionError, DeskError) as error:
            raise AssertionError(f"{pages} pages free: {error}\n{child}") from error
        if child.code == 0 or child.code in case.again:
            break
        refused += 1
    tell(commands=1, refusals=refused)
    assert refused


def is_honest(proof: Proof, desk: Path, code: int, said: str) -> None:
    assert TRACEBACK not in said and code not in (Exit.BUG, -6, -11), said
    assert code in (0, *proof.case.again) or said, "fails without a word"
    proof.holds_after_abort(desk)
    assert code or proof.is_done(desk), "says done, and it is not"
    assert not leftovers(desk), leftovers(desk)
    repeat(proof.case, desk, proof)


@found_as("Run\\(code=0, ")
def writes_beside(planted: pytest.MonkeyPatch) -> None:
    """A program that says done where it could not write."""

    def commit(self: Store, changes: Sequence[Change], month: str) -> list[Ticket]:
        new = iter(self._free(sum(change.is_new for change in changes)))
        return [from_document(self._planned(change, month, new)[0]) for change in changes]

    planted.setattr(Store, "commit", commit)


@promise_of_each(
    "a disk that may only be read is told of, and can be read",
    [case for case in WRITING if case.name not in NOT_RULES] if FULL else SMALL,
    {writes_beside: CASES["annotate three"]},
)
def test_a_disk_that_may_only_be_read(
    planted: Fault | None, case: Case, desk_of: DeskOf, disk: Path, tmp_path: Path, tell: Tell
) -> None:
    desk = copied(prepared(case, desk_of(case.on)), disk)
    was = {name: ticket.doc.text for name, ticket in tickets(desk).items()}
    remounted(disk, "ro")
    try:
        found = run(desk, *case.spelled(desk))
        assert found.code == Exit.UNREADABLE, found  # what the system refuses
        assert TRACEBACK not in found.err and found.err
        for args in (["list", "-a"], ["show", "1"], ["search", "cuba"], ["today", "--all"]):
            assert run(desk, *args).code in (0, 5), args
    finally:
        remounted(disk, "rw")
    assert {name: ticket.doc.text for name, ticket in tickets(desk).items()} == was
    if "ESP-2" in was:
        done(desk, "annotate", "2", "agora sim")
    tell(commands=1)
