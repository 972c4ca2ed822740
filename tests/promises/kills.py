"""A command killed at a point of its work, and what must be true of the desk then: each file is old
or new and whole, the same command again completes it, and nothing is done twice.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import deskcli.folders
import deskcli.store
from deskcli.problem import DeskError
from deskcli.ticket import Ticket
from promises.desks import (
    Child,
    command,
    copy_of,
    files,
    forked,
    index_is_true,
    leftovers,
    run,
    tickets,
)
from promises.faults import KILLED, Layer, Strike, die
from promises.writing import Case

# A file as old as the test is read again by each look, for its youth (`folders.RACY_NS`); one of a
# few seconds later is not. For each to have the same points, all are always young.
YOUNG = 10**18
Chosen = Callable[[list[str]], Iterable[int]]  # at which points of a trace to kill, from 1


def prepared(case: Case, base: Path) -> Path:
    case.prepared(base)
    (base / "rejects").mkdir(exist_ok=True)
    return base


def struck(
    case: Case, desk: Path, at: int, scratch: Path, strike: Strike = die, reads: bool = False
) -> tuple[Child, list[str]]:
    """The command in a process of its own, with a strike at its `at`-th point (never with 0), and
    its trace; of a process that died, as far as the strike. The points are the same in each run.
    """
    trace = scratch / "trace"
    trace.write_text("[]")
    words = case.spelled(desk)

    def work() -> int:
        deskcli.store.CHUNK = case.chunk
        deskcli.folders.RACY_NS = YOUNG

        def noted(name: str) -> None:
            trace.write_text(json.dumps(layer.trace))
            strike(name)

        layer = Layer(at, noted, desk, reads)
        try:
            with layer.installed():
                command(desk, *words)()
        finally:
            trace.write_text(json.dumps(layer.trace))
        return 0

    child = forked(work, scratch)
    return child, json.loads(trace.read_text())


def shape(ticket: Ticket) -> str:
    """A ticket without its number, those that it is linked to, and its events' ids."""
    header = {k: v for k, v in ticket.header.items() if k not in ("id", "links")}
    told = [
        [e.did, e.text, {**e.sets, "links": None}, sorted(e.adds), sorted(e.drops)]
        for e in ticket.history
    ]
    return json.dumps([header, len(ticket.header.get("links") or []), told])


def shapes(found: Iterable[Ticket]) -> Counter[str]:
    return Counter(map(shape, found))


@dataclass
class Proof:
    """The desk before the command, and after it as it ought to be."""

    case: Case
    before: dict[str, Ticket]
    after: dict[str, Ticket]
    kept: dict[str, bytes]  # all that is no ticket
    made: dict[str, bytes]

    def holds_after_abort(self, desk: Path) -> None:
        """Every file is old or new and whole; nothing is anywhere that belongs nowhere."""
        now = tickets(desk)
        assert self.before.keys() <= now.keys(), "a ticket is gone"
        for name, ticket in self.before.items():
            assert ticket.doc.text == now[name].doc.text or shape(now[name]) == shape(
                self.after[name]
            ), f"{name} is neither old nor new"
        fresh = shapes(t for n, t in now.items() if n not in self.before)
        assert fresh <= self.fresh(self.after), "a new ticket is not as it should be"
        linked = {name for t in now.values() for name in t.header.get("links") or []}
        assert linked <= now.keys(), "a link to nowhere"
        self.others(desk)

    def others(self, desk: Path) -> None:
        """Attachments, rejects, the files of people: old or new too."""
        now = not_tickets(desk)
        gone = self.kept.keys() - now.keys()
        assert gone <= self.taken_away, f"gone: {gone}"
        for name, data in now.items():
            known = self.rejects if name.startswith("rejects/") else [self.made.get(name)]
            assert data in (self.kept.get(name), *known), f"{name} is neither old nor new"

    @property
    def taken_away(self) -> set[str]:
        return self.kept.keys() - self.made.keys()

    @property
    def rejects(self) -> list[bytes]:
        return [data for name, data in self.made.items() if name.startswith("rejects/")]

    def fresh(self, found: dict[str, Ticket]) -> Counter[str]:
        return shapes(t for n, t in found.items() if n not in self.before)

    def is_done(self, desk: Path) -> bool:
        """Whether all of it is there, so that the command may say so."""
        now = tickets(desk)
        fresh = self.fresh(now) == self.fresh(self.after)
        changed = all(shape(now[name]) == shape(self.after[name]) for name in self.before)
        there = not_tickets(desk)
        files = all(there.get(n) == d for n, d in self.made.items() if n[:8] != "rejects/")
        return fresh and changed and files and self.taken_away.isdisjoint(there)

    def holds_after_repetition(self, desk: Path, halfway: dict[str, Ticket]) -> None:
        """All is done, once; or once more, for a command that can not know that it is repeated."""
        now = tickets(desk)
        self.others(desk)
        assert not leftovers(desk)
        if self.case.repeats:
            self.holds_once_more(now, halfway)
        else:
            assert self.is_done(desk), "missing, doubled or not completed"
        index_is_true(desk)

    def holds_once_more(self, now: dict[str, Ticket], halfway: dict[str, Ticket]) -> None:
        more = len(self.after) - len(self.before)
        assert len(now) == len(halfway) + more
        for name, ticket in halfway.items():
            added = self.after[name].history[len(self.before[name].history) :] if not more else ()
            told = [e.did for e in now[name].history[len(ticket.history) :]]
            assert told == [e.did for e in added]


def not_tickets(desk: Path) -> dict[str, bytes]:
    return {n: d for n, d in files(desk).items() if not n.startswith("tickets/")}


def proof_of(case: Case, base: Path, scratch: Path, reads: bool = False) -> tuple[Proof, list[str]]:
    """What the case does when nobody kills it, and the points it comes by."""
    desk = copy_of(base, scratch / "desk")
    kept, before = not_tickets(desk), tickets(desk)
    child, trace = struck(case, desk, 0, scratch, reads=reads)
    assert child.code == 0 or child.code in case.again, child
    return Proof(case, before, tickets(desk), kept, not_tickets(desk)), trace


def killed_at(
    case: Case, base: Path, scratch: Path, chosen: Chosen, backwards: bool = False
) -> tuple[int, int]:
    """Kill the command at its points, and repeat it each time; gives how many there are without
    SQLite's (whose file is derived), and at how many it was killed.
    """
    proof, trace = proof_of(case, base, scratch)
    points = sorted(chosen(trace), reverse=backwards)
    for at in points:
        desk = copy_of(base, scratch / "desk")
        child, _ = struck(case, desk, at, scratch)
        try:
            assert child.code == KILLED, f"never came there: {child}"
            proof.holds_after_abort(desk)
            repeat(case, desk, proof)
        except (AssertionError, DeskError) as error:
            raise AssertionError(f"killed at {at}, before {trace[at - 1]}: {error}") from error
    return sum(not name.startswith("sqlite") for name in trace), len(points)


def repeat(case: Case, desk: Path, proof: Proof) -> None:
    halfway = tickets(desk)
    again = run(desk, *case.spelled(desk))
    assert again.code == 0 or again.code in case.again, again
    proof.holds_after_repetition(desk, halfway)
