"""INT, TERM, HUP and PIPE: a command that is told to stop leaves the desk as if it had never begun,
or done; never between, and no temporary file.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskcli.problem import DeskError, Exit
from promises.desks import FULL, TRACEBACK, Child, copy_of, leftovers, tickets
from promises.faults import send
from promises.kills import Proof, prepared, proof_of, repeat, struck
from promises.proof import Fault, Tell, found_as, promise_of_each
from promises.writing import CASES, ESPLANE, WRITING, Case, DeskOf

STOPS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
SIGNALS = [*STOPS, signal.SIGPIPE]  # the last only says that nobody reads: the work is done
SMALL = [CASES[name] for name in ("import", "annotate", "split", "rota swap")]


@found_as(r"SIG\w+ at \d+, .*: left over: \['")
def leaves_at_once(planted: pytest.MonkeyPatch) -> None:
    """Without cleaning up."""
    planted.setattr("deskcli.cli.session._interrupt", lambda *_: os._exit(Exit.INTERRUPTED))


@promise_of_each(
    "a signal leaves no half",
    WRITING if FULL else SMALL,
    {leaves_at_once: CASES["annotate"]},
)
def test_a_signal_at_every_call(
    planted: Fault | None, case: Case, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    """One of them at each point, in turn; all of them in the full size."""
    base = prepared(case, desk_of(case.on))
    proof, trace = proof_of(case, base, tmp_path)
    sent = 0
    for at, name in enumerate(trace, 1):
        if name.startswith("sqlite") and at % 8 and not FULL:
            continue
        for number in SIGNALS if FULL else [SIGNALS[at % 4]]:
            desk = copy_of(base, tmp_path / "desk")
            child, reached = struck(case, desk, at, tmp_path, send(number))
            sent += 1
            assert at <= len(reached), f"point {at}, {name}, never came"
            try:
                is_clean(proof, desk, child, number)
            except (AssertionError, DeskError) as error:
                raise AssertionError(f"{number.name} at {at}, {name}: {error}\n{child}") from error
    tell(commands=1, calls=len(trace), signals=sent)


def is_clean(proof: Proof, desk: Path, child: Child, number: signal.Signals) -> None:
    assert TRACEBACK not in child.err and "Exception" not in child.err
    assert not leftovers(desk), f"left over: {leftovers(desk)}"
    proof.holds_after_abort(desk)
    if number in STOPS:
        assert child.code == Exit.INTERRUPTED
    else:
        assert child.code == 0 or child.code in proof.case.again
        assert proof.is_done(desk)
    repeat(proof.case, desk, proof)


# Sends itself a signal as a module begins to be imported: at start, before and within a command.
_STARTING = """
import os, sys, threading
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Finder())
sys.argv[1:] = {args!r}
from deskcli.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("module", "number"),
    [
        ("typer", signal.SIGTERM),
        ("typer", signal.SIGHUP),
        ("typer", signal.SIGINT),
        *((module, n) for module in ("deskcli.cli.import_", "deskcli.index") for n in STOPS),
    ],
)
def test_a_signal_while_the_program_starts(module: str, number: int, desk_of: DeskOf) -> None:
    base = desk_of(ESPLANE)
    args = ["--desk", str(base), "import", str(base / "rows.csv"), "-m", "generic"]
    script = _STARTING.format(module=module, number=int(number), args=args)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ended.returncode in (Exit.INTERRUPTED, -number), ended
    assert TRACEBACK not in ended.stderr, ended.stderr
    assert not leftovers(base)
    assert len(tickets(base)) == 3
