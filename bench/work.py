"""One thing to do by one program, and what it took as a whole process."""

import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple


def nothing() -> None: ...


class Work(NamedTuple):
    """`argv` is the command of run n, 0 being the one that is not counted. `before` and `after`
    prepare and take back, unmeasured. `times` is what its seconds are to be multiplied by, where it
    does only a part.
    """

    what: str
    who: str
    argv: Callable[[int], Sequence[str]]
    env: Mapping[str, str] = {}
    before: Callable[[], None] = nothing
    after: Callable[[], None] = nothing
    times: float = 1.0


class Took(NamedTuple):
    """What the runs took: seconds each, and the largest memory of any, in KiB."""

    seconds: list[float]
    peak: int

    @property
    def median(self) -> float:
        return median(self.seconds)


Results = dict[str, dict[str, Took]]  # what -> who -> what it took


def measure(works: Iterable[Work], runs: int, tell: Callable[[str], None]) -> Results:
    """All of them in turn, again and again, so that a busy moment of the machine is everybody's."""
    results: Results = {}
    works = list(works)
    for run in range(runs + 1):
        tell(f"run {run} of {runs}")
        for work in works:
            work.before()
            took, peak = once(work.argv(run), work.env)
            work.after()
            if run:
                held = results.setdefault(work.what, {}).setdefault(work.who, Took([], 0))
                seconds = [*held.seconds, took * work.times]
                results[work.what][work.who] = Took(seconds, max(held.peak, peak))
    return results


def once(argv: Sequence[str], env: Mapping[str, str]) -> tuple[float, int]:
    """Seconds and peak memory (KiB) of one process; a failure ends the whole measurement."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        child = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        took = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            words = said.read()[-2000:].decode(errors="replace")
            raise SystemExit(f"{' '.join(argv)[:300]} -> {child.returncode}\n{words}")
    return took, used.ru_maxrss


def output(argv: Sequence[str], env: Mapping[str, str]) -> str:
    """What a command prints, unmeasured."""
    return subprocess.run(argv, env=env, check=True, capture_output=True, text=True).stdout


def machine(where: Path) -> dict[str, Any]:
    """What the figures depend on; no name of the machine and no path."""
    cpu = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    mounts = [line.split() for line in _lines("/proc/mounts")]
    under = [m for m in mounts if where.resolve().is_relative_to(m[1])]
    return {
        "cpu": cpu[0].partition(":")[2].strip() if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "filesystem": max(under, key=lambda m: len(m[1]))[2] if under else "unknown",
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
