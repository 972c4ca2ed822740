"""Many processes on one desk at once: forks that use it as commands do, and a few that are the real
program, as a person beside the others.
"""

import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from deskcli.desk import Desk
from deskcli.problem import DeskError

Task = Callable[[Desk, str], object]  # does one thing, marked by a token that nobody else has


class Job(NamedTuple):
    """`workers` processes, each doing `task` so many `times`; its tokens begin with `mark`."""

    mark: str
    task: Task
    workers: int
    times: int


class Typed(NamedTuple):
    """`people` shells that type the commands in turn, `times` each; TOKEN is replaced."""

    commands: list[list[str]]
    people: int = 4
    times: int = 3


class Outcome(NamedTuple):
    """What the workers say they did."""

    tokens: list[str]
    busy: int
    longest: float  # seconds of waiting and work
    seconds: float

    def of(self, mark: str) -> list[str]:
        return [token for token in self.tokens if token[0] == mark]


def at_once(desk: Path, jobs: Sequence[Job], typed: Typed) -> Outcome:
    """All jobs together, with the people beside them; every one of them must come to its end."""
    began = time.monotonic()
    start, go = os.pipe()
    named = [(job, f"{job.mark}{n}") for job in jobs for n in range(job.workers)]
    forks = [_fork(desk, name, job, start, go) for job, name in named]
    os.close(start)
    os.close(go)  # all begin now
    shells = [_shell(desk, n, typed) for n in range(typed.people)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in forks]
    codes += [shell.wait() for shell in shells]
    assert not any(codes), f"ended badly: {codes}"
    reports = [json.loads((desk / f"worker-{name}.json").read_text()) for _, name in named]
    assert not [r["failed"] for r in reports if r["failed"]]
    tokens = [token for r in reports for token in r["done"]]
    for n in range(typed.people):
        tokens += (desk / f"person-{n}").read_text().split()
    longest = max(r["longest"] for r in reports)
    seconds = time.monotonic() - began
    return Outcome(tokens, sum(r["busy"] for r in reports), longest, seconds)


def _fork(desk: Path, name: str, job: Job, start: int, go: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.close(go)
        os.read(start, 1)
        report = _work(Desk(desk), name, job)
        (desk / f"worker-{name}.json").write_text(json.dumps(report))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _work(desk: Desk, name: str, job: Job) -> Mapping[str, object]:
    """Each task until it is done: `busy` is an answer, and a person would run it again."""
    finished: list[str] = []
    failed, busy, longest = "", 0, 0.0
    while len(finished) < job.times and not failed:
        token, began = f"{name}x{len(finished)}", time.monotonic()
        try:
            job.task(desk, token)
            finished.append(token)
        except DeskError as error:
            busy += error.problems[0].code == "desk.busy"
            failed = "" if error.problems[0].code == "desk.busy" else str(error)
        longest = max(longest, time.monotonic() - began)
    return {"done": finished, "failed": failed, "busy": busy, "longest": longest}


def _shell(desk: Path, number: int, typed: Typed) -> subprocess.Popen[bytes]:
    """One command after another; each leaves its token when it is done."""
    line = [sys.executable, "-m", "deskcli", "--desk", str(desk)]
    script, done = "", desk / f"person-{number}"
    done.touch()
    for n in range(typed.times):
        token = f"p{number}x{n}"
        asked = typed.commands[(number + n) % len(typed.commands)]
        words = " ".join(f"'{a.replace('TOKEN', token)}'" for a in [*line, *asked])
        script += (
            f"until {words} >/dev/null; do test $? = 75 || exit 1; done; echo {token} >>{done}\n"
        )
    return subprocess.Popen(["sh", "-c", script])
