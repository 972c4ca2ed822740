"""Killed at system calls, in the real program: what the layer in `faults.py` shows, one floor down.

Where strace may not trace, that layer (test_kills.py) has to do.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deskcli.problem import DeskError
from promises.desks import FULL, copy_of
from promises.kills import Proof, prepared, proof_of, repeat
from promises.proof import Fault, Tell, promise_of_each
from promises.writing import CASES, WRITING, Case, DeskOf

# Every kind of call by which a process alters a file system, with its names: what a program calls
# depends on the C library and the processor. SQLite's are among them.
KINDS = {
    "fsync": "fsync fdatasync".split(),
    "rename": "rename renameat renameat2".split(),
    "link": "link linkat".split(),
    "unlink": "unlink unlinkat rmdir".split(),
    "mkdir": "mkdir mkdirat".split(),
    "write": "write writev".split(),
    "pwrite": ["pwrite64"],
    "truncate": "ftruncate truncate".split(),
    "fchmod": ["fchmod"],
    "chmod": "chmod fchmodat fchmodat2".split(),
}
SOME = "fsync rename link mkdir".split()
STRUCK = list(KINDS) if FULL else SOME
SMALL = [CASES[name] for name in ("annotate", "create, the first", "outbox sent")]
MOST = 400  # calls of a kind; never reached


def _may_trace() -> bool:
    probe = [*_injecting("fsync", 99), "true"]
    return (
        bool(shutil.which("strace")) and not subprocess.run(probe, capture_output=True).returncode
    )


def _injecting(call: str, at: int) -> list[str]:
    """`?`: a name that this system does not know is called by nobody."""
    inject = f"inject=?{call}:signal=SIGKILL:when={at}"
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace=?{call}", "-e", inject]


# The program with a fault in it, as `python -c`: a child does not have what is planted in us.
IN_PLACE = """
from deskcli.store import Store
def place(self, temp, path, is_new):
    path.write_bytes(b"")
    temp.replace(path)
Store._place = place
from deskcli.__main__ import main
main()
"""


def in_place(planted: pytest.MonkeyPatch) -> None:
    planted.setattr(sys.modules[__name__], "PROGRAM", ["-c", IN_PLACE])


PROGRAM = ["-m", "deskcli"]
traced = pytest.mark.skipif(not _may_trace(), reason="no strace that may trace here")


@traced
@promise_of_each(
    "killed at a system call, the same",
    WRITING if FULL else SMALL,
    {in_place: CASES["annotate"]},
)
def test_killed_at_system_calls(
    planted: Fault | None, case: Case, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    """SIGKILL as the n-th call of a name begins."""
    base = prepared(case, desk_of(case.on))
    proof, _ = proof_of(case, base, tmp_path)
    names = [name for kind in (SOME if planted else STRUCK) for name in KINDS[kind]]
    struck = sum(at_every(name, proof, base, tmp_path) for name in names)
    tell(commands=1, kills=struck)
    assert struck >= 1


@traced
@pytest.mark.parametrize("kind", STRUCK)
def test_each_kind_is_struck(kind: str, desk_of: DeskOf, tmp_path: Path) -> None:
    """In some case at least: a call under a name that is not in the table would be struck nowhere,
    and no proof would miss it.
    """
    for case in WRITING if FULL else SMALL:
        base = prepared(case, desk_of(case.on))
        if any(killed(name, 1, case, copy_of(base, tmp_path / "desk")) for name in KINDS[kind]):
            return
    pytest.fail(f"none of {KINDS[kind]} is ever called")


def at_every(call: str, proof: Proof, base: Path, scratch: Path) -> int:
    for at in range(1, MOST):
        desk = copy_of(base, scratch / "desk")
        if not killed(call, at, proof.case, desk):
            return at - 1
        try:
            proof.holds_after_abort(desk)
            repeat(proof.case, desk, proof)
        except (AssertionError, DeskError) as error:
            raise AssertionError(f"killed at {call} {at}: {error}") from error
    return MOST


def killed(call: str, at: int, case: Case, desk: Path) -> bool:
    """Whether the command came as far as its `at`-th such call, where it died; else it is done.

    `-B`: what Python keeps of its modules is no part of a desk.
    """
    program = [sys.executable, "-B", *PROGRAM, "--desk", str(desk), *case.spelled(desk)]
    line = [*_injecting(call, at), *program]
    ended = subprocess.run(line, capture_output=True, stdin=subprocess.DEVNULL)
    assert ended.returncode in (-9, 0, *case.again), ended
    return ended.returncode == -9
