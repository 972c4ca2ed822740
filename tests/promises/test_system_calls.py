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

# Every call by which a process alters a file system; SQLite's are among them.
CALLS = "fsync rename link unlink mkdir write pwrite64 ftruncate fchmod chmod".split()
SOME = "fsync rename link mkdir".split()
SMALL = [CASES[name] for name in ("annotate", "create, the first", "outbox sent")]
MOST = 400  # calls of a kind; never reached


def _may_trace() -> bool:
    probe = [*_injecting("fsync", 99), "true"]
    return (
        bool(shutil.which("strace")) and not subprocess.run(probe, capture_output=True).returncode
    )


def _injecting(call: str, at: int) -> list[str]:
    inject = f"inject={call}:signal=SIGKILL:when={at}"
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]


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


@pytest.mark.skipif(not _may_trace(), reason="no strace that may trace here")
@promise_of_each(
    "killed at a system call, the same",
    WRITING if FULL else SMALL,
    {in_place: CASES["annotate"]},
)
def test_killed_at_system_calls(
    planted: Fault | None, case: Case, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    """SIGKILL as the n-th call of a kind begins."""
    base = prepared(case, desk_of(case.on))
    proof, _ = proof_of(case, base, tmp_path)
    calls = CALLS if FULL and not planted else SOME
    struck = sum(at_every(call, proof, base, tmp_path) for call in calls)
    tell(commands=1, kills=struck)
    assert struck >= 1


def at_every(call: str, proof: Proof, base: Path, scratch: Path) -> int:
    for at in range(1, MOST):
        desk = copy_of(base, scratch / "desk")
        program = [sys.executable, *PROGRAM, "--desk", str(desk), *proof.case.spelled(desk)]
        line = [*_injecting(call, at), *program]
        ended = subprocess.run(line, capture_output=True, stdin=subprocess.DEVNULL)
        if ended.returncode != -9:
            assert ended.returncode == 0 or ended.returncode in proof.case.again, ended
            return at - 1
        try:
            proof.holds_after_abort(desk)
            repeat(proof.case, desk, proof)
        except (AssertionError, DeskError) as error:
            raise AssertionError(f"killed at {call} {at}: {error}") from error
    return MOST
