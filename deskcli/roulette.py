"""Whose turn it is for a ticket (O33 rows 10-12), and how evenly turns and duties fall.

A position is turns given plus turns passed in the period. The positions are kept in the event of
each spin and read from the last one, {} when the period has none, so nothing else has to be stored.
On a closed day the caller asks with the absences of the next worked day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from deskcli.rota import Roulette, Staff, Swap


class Spin(Struct, frozen=True):
    """`turns` are everybody's positions afterwards, to be kept in the event.

    `skipped` tells whose turn was passed, or who could not take a swapped one, and why; with
    `person` '' it is everybody. `swapped_for` is whose turn `person` took, and who is owed it.
    """

    person: str
    turns: dict[str, int]
    skipped: dict[str, str]
    swapped_for: str = ""


def spin(
    roulette: Roulette,
    order: Sequence[str],
    absent: Mapping[str, str],
    turns: Mapping[str, int],
    *,
    swaps: Iterable[Swap],
    day: date,
) -> Spin:
    """The turn is of the lowest position, ties by `order`, which is everybody `eligible`.

    An absent person's turn goes to the next one and is not owed: their position advances as if it
    had been taken. A swap of the day is for one turn and counts for the taker, so the giver's turn
    is still to come; it leaves a mark beside the positions, to be used once. Whoever enters starts
    at the lowest position of the others.
    """
    used, takers = _swaps(roulette, turns, swaps, day)
    positions = _entered(order, turns)
    queue = sorted(positions, key=positions.__getitem__)  # stable: ties stay in order
    present = {p for p in queue if p not in absent}
    front = next((p for p in queue if p in present or takers.get(p) in present), "")
    if not front:
        return Spin("", positions | used, {p: absent[p] for p in queue})
    skipped = _pass(positions, queue[: queue.index(front)], front, absent)
    taker = takers.get(front, front)
    if taker not in present:
        skipped[taker] = absent.get(taker, "not_eligible")
        taker = front
    positions[taker] += 1
    if taker == front:
        return Spin(front, positions | used, skipped)
    return Spin(taker, positions | used | {_mark(front, taker, day): 1}, skipped, front)


def _pass(
    positions: dict[str, int], passed: Sequence[str], front: str, absent: Mapping[str, str]
) -> dict[str, str]:
    """Moves those whose turn is passed just behind `front`: a tie with it is behind when it comes
    later in the order.
    """
    rank = {person: n for n, person in enumerate(positions)}
    for p in passed:
        positions[p] = positions[front] + (rank[p] < rank[front])
    return {p: absent[p] for p in passed}


def _swaps(
    roulette: Roulette, turns: Mapping[str, int], swaps: Iterable[Swap], day: date
) -> tuple[dict[str, int], dict[str, str]]:
    """The marks of those of the day that are used, and giver -> taker of the others."""
    used: dict[str, int] = {}
    takers: dict[str, str] = {}
    for s in swaps:
        mark = _mark(s.giver, s.taker, day)
        if (s.rota, s.day) == (roulette.id, day) and s.giver != s.taker:
            if mark in turns:
                used[mark] = 1
            else:
                takers.setdefault(s.giver, s.taker)
    return used, takers


def _mark(giver: str, taker: str, day: date) -> str:
    return f"{giver}>{taker} {day}"


def _entered(order: Sequence[str], turns: Mapping[str, int]) -> dict[str, int]:
    """Positions of those in `order`; who left is forgotten, to enter anew on coming back."""
    lowest = min((turns[p] for p in order if p in turns), default=0)
    return {p: turns.get(p, lowest) for p in order}


def eligible(roulette: Roulette, staff: Staff) -> list[str]:
    """Everybody of the roulette, away or not, in the order of its list or of people.yaml."""
    names = roulette.people or (staff.people if roulette.role else [])
    return [p for p in dict.fromkeys(names) if not staff.misfit(p, roulette.role)]


def away(names: Iterable[str], staff: Staff, day: date) -> dict[str, str]:
    """For `spin`. Why somebody is away stays in absences.yaml: a ticket need not say who is ill."""
    return {p: "absence" for p in names if staff.away(p, day)}


def period_key(roulette: Roulette, day: date) -> str:
    """`2026-11-23`, `2026-W48` or `2026-11`; positions count from zero in each."""
    if roulette.period == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[: 10 if roulette.period == "day" else 7]


def throughout(names: Iterable[str], staff: Staff, first: date, last: date) -> list[str]:
    """Those without a day away from `first` to `last`: the ones that fairness compares."""
    gone = {a.person for a in staff.absences if a.overlaps(first, last)}
    return [p for p in names if p not in gone]


def fairness(counts: Mapping[str, int], names: Iterable[str]) -> int:
    """The most minus the least among `names`; 0 or 1 is fair."""
    got = [counts.get(p, 0) for p in names]
    return max(got, default=0) - min(got, default=0)
