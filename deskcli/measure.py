"""How the desk kept what `schedules/sla.yaml` promises: three clocks of every ticket.

`first_response`: from the arrival until the first answer to the requester, or resolving.
`update`: from the arrival, from each update (O8) and from a reopening, until the next update, or
resolving: one cycle each.
`resolution`: from the arrival until resolving. Reopened, it goes on from what was used; the time it
was resolved is not counted, and resolving it again is judged by the sum.

All three count the open hours of a calendar: an arrival after hours begins at the opening (O-X11).
They stand still in a status with `clock: pause`; one with `clock: stop`, or that is resolved or
closed, is where they end. A cancelled ticket owes nothing; reopened, it goes on as after a pause.

The target in force is the first of the list that matches the ticket at that moment and names the
metric; the last one judges. Time already used stays used, counted by the calendar of its
own moment, and the new target's whole allowance is set against it: so do the first matching policy
of Zendesk, the retroactive start of ServiceNow and the linked goals of Jira's SLA add-ons, because
a clock that began anew would reward changing a priority late. Nothing is late by a target before
that target came, unless it was late already. Time before any target matched is counted as the
first one counts it: leaving a field empty wins nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from deskcli.allowance import Run, parse
from deskcli.factnames import METRICS
from deskcli.problem import DeskError
from deskcli.sla import Target
from deskcli.worktime import Calendar, Stretch


class Moment(Struct, frozen=True, array_like=True):
    """From `at` (an ISO instant, or '' for now) on, a ticket's clocks do this.

    `clock` is run, pause, stop or cancel, by `status`. `answered` and `updated` tell what the event
    of that moment was. `targets` are places in the list of targets, by metric, -1 for none.
    """

    at: str
    status: str
    clock: str
    answered: bool
    updated: bool
    targets: tuple[int, ...]


class Leg(Struct, frozen=True):
    """A part of a cycle in which nothing changed; it counts when `moment.clock` is run. `target` is
    the place in the list of the one in force, which may be that of a moment before or to come.
    """

    start: datetime
    end: datetime
    moment: Moment
    target: int
    calendar: Calendar


class Cycle(Struct, frozen=True):
    """One promise and what became of it. Instants are in the zone of the calendars.

    `end` is when it was done, None when it is not. `due` is None while nobody can tell: a clock
    that stands still, with time left. `state` is one of `STATES`: `late` is still to be done,
    `missed` was done too late. `used` is worked time until `end`, or now.
    """

    metric: str
    target: Target
    legs: tuple[Leg, ...]
    start: datetime
    end: datetime | None
    due: datetime | None
    used: timedelta
    state: str

    @property
    def allowed(self) -> str:
        return self.target.allows(self.metric)

    def stretches(self) -> list[Stretch]:
        """All its time, without gaps; what is counted sums up to `used`. Reasons are those of
        `worktime`, and paused:<status> or stopped:<status>.
        """
        found: list[Stretch] = []
        for stretch in (s for leg in self.legs for s in _stretches(leg)):
            joined = found and found[-1].reason == stretch.reason
            found.append(replace(found.pop(), end=stretch.end) if joined else stretch)
        return found


class Clocks(Struct, frozen=True):
    """By what the time of tickets is counted, and until when: the desk's targets, the calendar of
    each, and the moment of asking.
    """

    targets: Sequence[Target]
    calendars: Sequence[Calendar]
    now: datetime


def measure(moments: Sequence[Moment], clocks: Clocks) -> list[Cycle]:
    """Every cycle of every metric, in order. They stand as they do now, or at the last moment when
    that is later (`--at`): a ticket is never judged by what it was before it became what it is.
    """
    starts = list(_starts(moments, clocks.now))
    now = max(starts[-1], clocks.now.astimezone(UTC)) if starts else clocks.now
    ends = [*starts[1:], now]
    found: list[Cycle] = []
    legs: list[Leg] = []
    for number, metric in enumerate(METRICS):
        force = list(_in_force([m.targets[number] for m in moments]))
        if force != [leg.target for leg in legs]:  # most often all metrics have the same
            calendars = [clocks.calendars[n] for n in force]
            legs = list(map(Leg, starts, ends, moments, force, calendars))
        for cycle, done in CYCLES[metric](legs):
            if (done or cycle[-1]).moment.targets[number] >= 0:
                found.append(_judged(metric, clocks.targets, cycle, done, now))
    return found


# -- the parts of a ticket's time -----------------------------------------------------------------


def _stretches(leg: Leg) -> Iterator[Stretch]:
    if leg.moment.clock == "run":
        yield from leg.calendar.explain(leg.start, leg.end)
    elif leg.start < leg.end:
        word = "paused" if leg.moment.clock == "pause" else "stopped"
        start, end = (at.astimezone(leg.calendar.zone) for at in (leg.start, leg.end))
        yield Stretch(start, end, False, f"{word}:{leg.moment.status}")


def _starts(moments: Sequence[Moment], now: datetime) -> Iterator[datetime]:
    """When each began, in UTC: no earlier than the one before it."""
    before: datetime | None = None
    for moment in moments:
        at = (datetime.fromisoformat(moment.at) if moment.at else now).astimezone(UTC)
        before = max(at, before) if before else at
        yield before


def _in_force(wanted: Sequence[int]) -> Iterator[int]:
    """The target at each moment: the one then, the one before, or else the first to come; nothing
    when no target ever was.
    """
    force = next((n for n in wanted if n >= 0), -1)
    for n in wanted if force >= 0 else ():
        force = n if n >= 0 else force
        yield force


# The parts of each cycle of a metric, and the leg whose beginning ended it, if one did.
Cycles = Iterator[tuple[list[Leg], Leg | None]]


def _response(legs: Sequence[Leg]) -> Cycles:
    held: list[Leg] = []
    for leg in legs:
        stop = leg.moment.clock == "stop"
        if held and (stop or leg.moment.answered):
            yield held, leg
            return
        held += [] if stop else [leg]
    if held:
        yield held, None


def _updates(legs: Sequence[Leg]) -> Cycles:
    """What ended the moment it began, as when an answer resolves, was no cycle."""
    held: list[Leg] = []
    for leg in legs:
        stop = leg.moment.clock == "stop"
        if held and (stop or leg.moment.updated) and leg.start > held[0].start:
            yield held, leg
            held = []
        held = [] if stop else [*held, leg]
    if held:
        yield held, None


def _resolution(legs: Sequence[Leg]) -> Cycles:
    """One, from the arrival until the last time that it was resolved and stayed so."""
    stops = [leg.moment.clock == "stop" for leg in legs]
    last = next((n for n in range(len(legs), 0, -1) if not stops[n - 1]), 0)
    if legs:
        yield list(legs[:last]), legs[last] if last < len(legs) else None


CYCLES = {"first_response": _response, "update": _updates, "resolution": _resolution}


# -- one cycle ------------------------------------------------------------------------------------


def _judged(
    metric: str, targets: Sequence[Target], legs: list[Leg], done: Leg | None, now: datetime
) -> Cycle:
    """`done` is the leg whose beginning ended the cycle; without one it goes on."""
    first, end = (*legs, done)[0], done.start if done else None
    assert first is not None  # a cycle has legs, or ended as it began
    due, zone = _due(metric, targets, legs, done), first.calendar.zone
    used = sum((r.calendar.between(r.start, r.end or now) for r in _runs(legs)), timedelta())
    target, state = targets[(done or legs[-1]).target], _state(legs, end, due, now)
    local, due = end and end.astimezone(zone), due and due.astimezone(zone)
    return Cycle(metric, target, tuple(legs), first.start.astimezone(zone), local, due, used, state)


def _due(
    metric: str, targets: Sequence[Target], legs: Sequence[Leg], done: Leg | None
) -> datetime | None:
    """When the allowance of the last target was used up; where that was before the target came,
    when it came, or since when the ticket was late by those that were in force until then.
    """
    due = since = None  # late without a break since then, as far as one could know
    parts, n = [*legs, *([done] if done else [])], 0
    for target, (leg, *more) in groupby(parts, lambda leg: leg.target):
        n += 1 + len(more)
        if leg.start < [leg, *more][-1].end or n == len(parts):  # else it was never in force
            due = _used_up(targets[target].allows(metric), legs[:n])
            since = min(leg.start, since or leg.start) if due and due < leg.start else due
    return max(due, since) if due and since else None


def _runs(legs: Iterable[Leg]) -> list[Run]:
    """When it ran, by which calendar: an event in between that changed neither leaves one run."""
    found: list[Run] = []
    for leg in (leg for leg in legs if leg.moment.clock == "run"):
        joined = found and (found[-1].end, found[-1].calendar) == (leg.start, leg.calendar)
        found.append(Run(found.pop().start if joined else leg.start, leg.end, leg.calendar))
    return found


def _used_up(allowed: str, legs: Sequence[Leg]) -> datetime | None:
    """As if a clock that runs at the end ran on; None also where no calendar opens any more."""
    runs = _runs(legs)
    if runs and legs[-1].moment.clock == "run":
        runs[-1] = replace(runs[-1], end=None)
    try:
        return parse(allowed).due(runs)
    except (DeskError, OverflowError):
        return None


def _state(legs: Sequence[Leg], end: datetime | None, due: datetime | None, now: datetime) -> str:
    late = due is not None and (end or now) > due
    if end:
        return "missed" if late else "met"
    if legs[-1].moment.clock == "cancel":
        return "cancelled"
    running = "paused" if legs[-1].moment.clock == "pause" else "running"
    return "late" if late else running
