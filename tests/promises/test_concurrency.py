"""Many writers at once: nothing lost, no number twice, every event once, the index still true.

The processes are forks that use the desk as commands do; a few are the real program, at the same
time. At full size they are the 16 x 60 updates and 16 x 100 creates that were promised.
"""

import json
import os
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from deskcli.act import annotate, due, set_values
from deskcli.desk import Desk
from deskcli.intake import open_ticket
from deskcli.problem import DeskError
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket
from promises.desks import ASKED, FULL, copy_of, dump, figures, index_is_true, tickets

PROCESSES = 16 if FULL else 8
UPDATES = 60 if FULL else 15
CREATES = 100 if FULL else 25
PROGRAMS = 4  # real commands beside the forks, so many times each
TIMES = 6 if FULL else 3

Act = Callable[[Scene, Ticket], Change]
Task = Callable[[Desk, str], object]  # does one thing, marked by a token that nobody else has


class Outcome(NamedTuple):
    """What the workers say they did."""

    tokens: list[str]
    busy: int
    longest: float
    seconds: float

    def figure(self, what: str) -> str:
        rate = len(self.tokens) / self.seconds
        return (
            f"{what}: {len(self.tokens)} in {self.seconds:.1f} s ({rate:.0f}/s), longest wait and"
            f" work {self.longest:.2f} s, told 'busy' {self.busy} times"
        )


# -- workers --------------------------------------------------------------------------------------


def at_once(desk: Path, count: int, task: Task, commands: list[list[str]]) -> Outcome:
    """`PROCESSES` forks doing `task` `count` times each, with the commands beside them."""
    began = time.monotonic()
    start, go = os.pipe()
    forks = [_fork(desk, worker, count, task, start, go) for worker in range(PROCESSES)]
    os.close(start)
    os.close(go)  # all begin now
    programs = [_programs(desk, n, commands) for n in range(PROGRAMS)]
    for pid in forks:
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    for program in programs:
        assert program.wait() == 0
    seconds = time.monotonic() - began
    reports = [json.loads((desk / f"worker-{n}.json").read_text()) for n in range(PROCESSES)]
    assert not [r["failed"] for r in reports if r["failed"]]
    typed = [t for n in range(PROGRAMS) for t in (desk / f"program-{n}").read_text().split()]
    tokens = [token for r in reports for token in r["done"]] + typed
    longest = max(r["longest"] for r in reports)
    return Outcome(tokens, sum(r["busy"] for r in reports), longest, seconds)


def _fork(desk: Path, worker: int, count: int, task: Task, start: int, go: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.close(go)
        os.read(start, 1)
        report = _work(Desk(desk), worker, count, task)
        (desk / f"worker-{worker}.json").write_text(json.dumps(report))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _work(desk: Desk, worker: int, count: int, task: Task) -> Mapping[str, object]:
    """Each task until it is done: `busy` is an answer, and a person would run it again."""
    finished: list[str] = []
    failed, busy, longest = "", 0, 0.0
    while len(finished) < count and not failed:
        token, began = f"w{worker}x{len(finished)}", time.monotonic()
        try:
            task(desk, token)
            finished.append(token)
        except DeskError as error:
            busy += error.problems[0].code == "desk.busy"
            failed = "" if error.problems[0].code == "desk.busy" else str(error)
        longest = max(longest, time.monotonic() - began)
    return {"done": finished, "failed": failed, "busy": busy, "longest": longest}


def _programs(desk: Path, number: int, commands: list[list[str]]) -> subprocess.Popen[bytes]:
    """One shell after another command, as a person beside the others; each leaves its token."""
    line = [sys.executable, "-m", "deskcli", "--desk", str(desk)]
    script, done = "", desk / f"program-{number}"
    done.touch()
    for n in range(TIMES):
        args = commands[(number + n) % len(commands)]
        token = f"p{number}x{n}"
        words = " ".join(f"'{a.replace('TOKEN', token)}'" for a in [*line, *args])
        script += (
            f"until {words} >/dev/null; do test $? = 75 || exit 1; done; echo {token} >>{done}\n"
        )
    return subprocess.Popen(["sh", "-c", script])


# -- one ticket -----------------------------------------------------------------------------------


def one_update(desk: Desk, token: str) -> None:
    """A note, a value or a date in turn, each with the token in it."""
    worker, n = (int(part) for part in token[1:].split("x"))
    day = (date(2027, 1, 1) + timedelta(days=worker * 1000 + n)).isoformat()
    acts: list[Act] = [
        lambda scene, ticket: annotate(scene, ticket, f"nota {token}"),
        lambda scene, ticket: set_values(scene, ticket, {"product": f"produto {token}"}),
        lambda scene, ticket: due(scene, ticket, day, f"prometido {token}"),
    ]
    with desk.writing():
        desk.commit([acts[n % 3](desk.scene(), desk.store.get("1"))])


def token_of(event: Any) -> str:
    """The token that an event bears, '' for those of the desk we began with."""
    said = f"{event.text} {event.sets.get('fields.product', '')}".split()
    return next((w for w in said if w[0] in "wp" and w[1:].replace("x", "").isdigit()), "")


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path) -> Path:
    return copy_of(small_desk, tmp_path / "desk")


def test_updates_of_one_ticket(desk: Path) -> None:
    before = tickets(desk)
    commands = [
        ["annotate", "1", "nota TOKEN"],
        ["set", "1", "product=produto TOKEN"],
        ["annotate", "ESP-1", "outra nota TOKEN"],
    ]
    outcome = at_once(desk, UPDATES, one_update, commands)
    figures.append(outcome.figure(f"{PROCESSES} x {UPDATES} updates of one ticket"))
    after = tickets(desk)
    assert len(outcome.tokens) == PROCESSES * UPDATES + PROGRAMS * TIMES
    told = [token_of(e) for e in after["ESP-1"].history[len(before["ESP-1"].history) :]]
    assert Counter(told) == Counter(outcome.tokens), "lost or doubled"
    assert after["ESP-1"].history[: len(before["ESP-1"].history)] == before["ESP-1"].history
    assert {k: t.doc.text for k, t in after.items() if k != "ESP-1"} == {
        k: t.doc.text for k, t in before.items() if k != "ESP-1"
    }
    index_is_true(desk)
    figures.append(
        f"  all {len(told)} events there once, header = replay, {len(after['ESP-1'].doc.text)}"
        " bytes, index = rebuilt"
    )


# -- many tickets ---------------------------------------------------------------------------------


def one_create(desk: Desk, token: str) -> None:
    values = {
        "category": "orcamento_vcc",
        "requester.name": f"Cliente {token}",
        "requester.email": f"{token}@example.com",
        "description": f"pedido {token}",
    }
    with desk.writing():
        made = open_ticket(desk.scene(), values)
        assert made.change, made.problems
        desk.commit([made.change])


def test_creates(desk: Path) -> None:
    before = tickets(desk)
    asked = [w.replace("ana@", "TOKEN@") for w in ASKED]
    outcome = at_once(desk, CREATES, one_create, [["create", *asked, "-m", "pedido TOKEN"]])
    figures.append(outcome.figure(f"{PROCESSES} x {CREATES} creates"))
    after = tickets(desk)  # which asserts that no number and no event is there twice
    assert len(outcome.tokens) == PROCESSES * CREATES + PROGRAMS * TIMES
    fresh = [t for name, t in after.items() if name not in before]
    assert Counter(t.text("title").split()[-1] for t in fresh) == Counter(outcome.tokens)
    assert {int(name[4:]) for name in after} == set(range(1, len(after) + 1)), "a gap"
    for name, ticket in before.items():
        assert after[name].doc.text == ticket.doc.text
    index_is_true(desk)
    figures.append(f"  all {len(fresh)} tickets there once, numbers 1..{len(after)}, no gap")


def test_updates_beside_readers_and_lost_indexes(desk: Path) -> None:
    """Readers take no lock, and somebody deletes the index all the while: nobody fails."""

    def task(here: Desk, token: str) -> None:
        worker = int(token[1:].split("x", maxsplit=1)[0])
        if worker % 4 == 0:
            fresh = Desk(here.root)
            fresh.index.refresh()
            assert not fresh.index.problems
            fresh.index.file.db.close()
        elif worker % 4 == 1:
            for path in (here.root / ".deskcli").glob("index*"):
                path.unlink(missing_ok=True)
        elif worker % 4 == 2:
            one_update(here, token)
        else:
            one_create(Desk(here.root), token)

    outcome = at_once(desk, UPDATES, task, [["list"], ["search", "argamassa"], ["today", "--all"]])
    after = tickets(desk)
    assert len(after) == 3 + sum(
        t[0] == "w" and int(t[1:].split("x")[0]) % 4 == 3 for t in outcome.tokens
    )
    index_is_true(desk)
    assert dump(Desk(desk).index)["ticket"]
