"""SLA sums against a brute force that looks at the clock every minute, on random calendars.

The oracle shares nothing with the program but the shape of its input: its own intervals, its own
holidays, its own walk through the minutes. It knows São Paulo only through zoneinfo.
"""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain, pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace

from deskcli.calendarfile import CalendarsFile
from deskcli.factnames import METRICS
from deskcli.measure import Clocks, Cycle, Moment, measure
from deskcli.schema import typed
from deskcli.sla import STATES, Target
from deskcli.worktime import Calendar, calendars
from deskcli.yamltext import Document

ZONE = ZoneInfo("America/Sao_Paulo")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FULL = os.environ.get("DESKCLI_PROOF") == "full"
DESKS = 20_000 if FULL else 2_000
# The nights that daylight saving begins and ends, ends of years, and a plain week
ANCHORS = [
    date(2017, 10, 13),
    date(2018, 2, 15),
    date(2018, 11, 2),
    date(2019, 2, 14),
    date(2017, 12, 29),
    date(2019, 12, 30),
    date(2020, 2, 27),
    date(2026, 11, 19),
]
WINDOW = 6  # days that a case may last, with the time that its last clock runs on

Interval = tuple[int, int]  # minutes of the day
Openings = dict[int, list[Interval]]  # by weekday


class Hours(NamedTuple):
    """A random calendar: its weeks (the second from a day on), and its holidays and half days."""

    week: Openings
    later: tuple[date, Openings] | None
    off: dict[date, list[Interval]]


class Case(NamedTuple):
    """A random desk and one ticket's moments; `now` and all of them are whole minutes."""

    hours: list[Hours]
    targets: list[Target]
    moments: list[Moment]
    now: datetime


# -- random desks ---------------------------------------------------------------------------------


def cases(seed: int, count: int) -> Iterator[Case]:
    chance = random.Random(seed)
    for _ in range(count):
        anchor = chance.choice(ANCHORS)
        hours = [some_hours(chance, anchor) for _ in range(2)]
        targets = [some_target(chance, n) for n in range(3)]
        moments, now = some_moments(chance, anchor)
        yield Case(hours, targets, moments, now)


def some_hours(chance: random.Random, anchor: date) -> Hours:
    days = [anchor + n * DAY for n in range(WINDOW)]
    later = (chance.choice(days), some_week(chance)) if chance.random() < 0.3 else None
    off = {
        day: some_openings(chance) if chance.random() < 0.5 else []
        for day in chance.sample(days, chance.randint(0, 3))
    }
    return Hours(some_week(chance), later, off)


def some_week(chance: random.Random) -> Openings:
    return {n: some_openings(chance) for n in range(7) if chance.random() < 0.8}


EDGES = (0, 30, 60, 570, 720, 1380, 1410)  # minutes of the day where things like to happen


def some_openings(chance: random.Random) -> list[Interval]:
    """One to three intervals, some of which touch."""
    edges = sorted({*EDGES, 1440, *(chance.randrange(1441) for _ in range(6))})
    chosen = sorted(chance.sample(edges, chance.choice([2, 2, 3, 4])))
    return [interval for interval in pairwise(chosen) if chance.random() < 0.8]


ALLOWED = [
    "1min",
    "45min",
    "1h",
    "3h",
    "8h",
    "20h",
    "0bd",
    "1bd",
    "2bd",
    "1bd 12:00",
    "0bd 09:30",
    "1bd 07:00",
]


def some_target(chance: random.Random, number: int) -> Target:
    allowed = {m: chance.choice(ALLOWED) for m in METRICS}
    return msgspec.convert({"id": f"t{number}", "calendar": chance.choice("01"), **allowed}, Target)


def some_moments(chance: random.Random, anchor: date) -> tuple[list[Moment], datetime]:
    """A ticket of up to three days; moments may share a minute, and now may be before the last."""
    start = datetime(anchor.year, anchor.month, anchor.day, tzinfo=ZONE).astimezone(UTC)
    length = 3 * 1440
    edges = [day * 1440 + edge for day in range(3) for edge in EDGES]
    ats = sorted(
        chance.choice(edges) if chance.random() < 0.3 else chance.randrange(length)
        for _ in range(chance.randint(1, 7))
    )
    found: list[Moment] = []
    clocks = ["run"] * 5 + ["pause"] * 3 + ["stop", "cancel"]
    clock = "run"
    targets = tuple(chance.choice([-1, 0, 1, 2]) for _ in METRICS)
    for n, at in enumerate(ats):
        if chance.random() < 0.7:
            clock = chance.choice(clocks)
        if chance.random() < 0.3:
            targets = tuple(chance.choice([-1, 0, 1, 2]) for _ in METRICS)
        answered, updated = (n > 0 and chance.random() < 0.3 for _ in range(2))
        when = (start + at * MINUTE).astimezone(ZONE).isoformat()
        found.append(Moment(when, clock, clock, answered, updated, targets))
    return found, start + (ats[-1] + chance.randrange(-300, 1440)) * MINUTE


def calendars_of(case: Case) -> list[Calendar]:
    """As the program reads them from a file of the desk."""
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    def days(week: Openings) -> dict[str, list[str]]:
        return {names[n]: [text(i) for i in intervals] for n, intervals in week.items()}

    made, tables = {}, {}
    for n, hours in enumerate(case.hours):
        listed: list[dict[str, object]] = [{"days": days(hours.week)}]
        if hours.later:
            listed.append({"from": str(hours.later[0]), "days": days(hours.later[1])})
        table = [
            {"name": "x", "on": str(day), **({"hours": [text(i) for i in kept]} if kept else {})}
            for day, kept in hours.off.items()
        ]
        made[str(n)] = {"hours": listed, "holidays": [f"h{n}"]}
        tables[f"h{n}"] = {"days": table}
    value = {"calendars": made, "holidays": tables}
    found = calendars(typed(Document("", "", value), CalendarsFile), ZONE)
    return [found[t.calendar] for t in case.targets]


def text(interval: Interval) -> str:
    a, b = interval
    return f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}"


# -- the oracle -----------------------------------------------------------------------------------


Tick = tuple[int, int]  # a minute of the window, a calendar


class Minute(NamedTuple):
    at: datetime  # UTC, its beginning
    day: date
    of_day: int


@cache
def minutes_from(anchor: date) -> list[Minute]:
    """Every minute of the window, as the clock on the wall shows it. The second 23:xx of the
    evening on which daylight saving ends lies behind all of the first, as a 23:59 does.
    """
    start = midnight(anchor)
    found = []
    for n in range(WINDOW * 1440):
        local = (start + n * MINUTE).astimezone(ZONE)
        of_day = 1439 if local.fold else local.hour * 60 + local.minute
        found.append(Minute(start + n * MINUTE, local.date(), of_day))
    return found


@cache
def days_from(anchor: date) -> dict[date, list[int]]:
    """Each day of the window, with its minutes as the clock shows them."""
    found: dict[date, list[int]] = {}
    for minute in minutes_from(anchor):
        found.setdefault(minute.day, []).append(minute.of_day)
    return found


def midnight(day: date) -> datetime:
    """The first minute of the day; in spring there is no 00:00."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC)


def open_minutes(hours: Hours, day: date) -> bytes:
    """Of the 1440 minutes of a day, 1 for those in which the desk is open."""
    week = hours.later[1] if hours.later and day >= hours.later[0] else hours.week
    usual = marked(week.get(day.weekday(), []))
    return bytes(map(min, usual, marked(hours.off[day]))) if day in hours.off else usual


def marked(intervals: list[Interval]) -> bytes:
    found = bytearray(1440)
    for a, b in intervals:
        for minute in range(a, b):
            found[minute] = 1
    return bytes(found)


class Told(NamedTuple):
    """What the oracle knows of a cycle; a `due` of None may also lie behind the window."""

    metric: str
    target: str
    start: datetime
    end: datetime | None
    due: datetime | None
    used: timedelta
    state: str


class Oracle:
    """One case, minute by minute. `is_open[c][m]` is calendar c in minute m of the window."""

    def __init__(self, case: Case, anchor: date) -> None:
        self.case, self.minutes = case, minutes_from(anchor)
        self.first = self.minutes[0].at
        self.horizon = self.first + (WINDOW - 1) * DAY
        self.is_open: list[list[int]] = []
        for hours in case.hours:
            found: list[int] = []
            for day, shown in days_from(anchor).items():
                found += map(open_minutes(hours, day).__getitem__, shown)
            self.is_open.append(found)
        self.moments = case.moments
        self.now = max(case.now, when(self.moments[-1]))

    def index(self, at: datetime) -> int:
        return (at - self.first) // MINUTE

    def tell(self) -> Iterator[Told]:
        for n, metric in enumerate(METRICS):
            if any(m.targets[n] >= 0 for m in self.case.moments):
                for first, last in self.cycles(metric):
                    wanted = self.moments[last].targets[n]
                    if wanted >= 0:
                        yield self.told(metric, n, first, last, self.case.targets[wanted])

    def cycles(self, metric: str) -> Iterator[tuple[int, int]]:
        """Which moment began a cycle and which ended it; that one is the last of all, and not its
        end, when the cycle goes on: see `ended`.
        """
        self.over = False
        if metric == "resolution":
            last = len(self.moments) - 1
            while last > 0 and self.moments[last].clock == self.moments[last - 1].clock == "stop":
                last -= 1
            self.over = self.moments[last].clock == "stop"
            yield 0, last
            return
        begun: int | None = None
        for n, moment in enumerate(self.moments):
            stop = moment.clock == "stop"
            did = moment.answered if metric == "first_response" else moment.updated
            if metric == "update" and begun is not None:
                began_now = when(moment) == when(self.moments[begun])
                did = did and not began_now
                begun = None if stop and began_now else begun  # nothing was owed
            if begun is not None and (stop or did):
                self.over = True
                yield begun, n
                self.over, begun = False, None
                if metric == "first_response":
                    return
            if begun is None and not stop:
                begun = n
        if begun is not None:
            yield begun, len(self.moments) - 1

    def told(self, metric: str, n: int, first: int, last: int, target: Target) -> Told:
        start = when(self.moments[first])
        end = when(self.moments[last]) if self.over else None
        inside = self.moments[first : last if self.over else last + 1]
        by = self.calendars(n)
        ran = list(self.ran(first, inside, by, end or self.now))
        used = sum(self.is_open[c][m] for m, c in ran)
        due = self.late_from(metric, n, first, last, end)
        state = "met" if end else "paused" if inside[-1].clock == "pause" else "running"
        if due and (end or self.now) > due:
            state = "missed" if end else "late"
        elif not end and inside[-1].clock == "cancel":
            state = "cancelled"
        if not end and inside[-1].clock == "cancel":
            state = "cancelled"
        shown = due if due and due <= self.horizon else None
        return Told(metric, target.id, start, end, shown, used * MINUTE, state)

    def late_from(
        self, metric: str, n: int, first: int, last: int, end: datetime | None
    ) -> datetime | None:
        """When what is allowed was used up; of a target that came when it was used already, not
        before it came, but for the minutes just before in which the ticket was late anyhow, by what
        was in force then as by what is in force now.
        """
        force = self.in_force(n)
        came = last
        while came > first and force[came - 1] == force[came]:
            came -= 1
        due = self.used_up(metric, n, first, last if end else last + 1, force[last], end)
        at = when(self.moments[came])
        if due is None or came == first or due >= at:
            return due
        dues = [self.while_in_force(metric, n, first, k) for k in range(first, came)]
        while at > due:
            held = max(k for k in range(first, came) if when(self.moments[k]) < at)
            then = dues[held - first]
            if then is None or then >= at:
                return at
            at -= MINUTE
        return at

    def while_in_force(self, metric: str, n: int, first: int, held: int) -> datetime | None:
        """By the target in force at a moment, and what had happened until another one came."""
        force = self.in_force(n)
        until = held
        while force[until] == force[held]:
            until += 1
        return self.used_up(metric, n, first, until, force[held], when(self.moments[until]))

    def used_up(
        self, metric: str, n: int, first: int, until: int, target: int, end: datetime | None
    ) -> datetime | None:
        """Of the allowance of one target, by the moments from `first` and before `until`."""
        inside, by = self.moments[first:until], self.calendars(n)
        ran = list(self.ran(first, inside, by, end or self.now))
        allowed = getattr(self.case.targets[target], metric)
        return self.due(allowed, ran, inside, by[first : first + len(inside)], end)

    def in_force(self, n: int) -> list[int]:
        """Of each moment the target: its own, the one before, or the first that is to come."""
        named = [m.targets[n] for m in self.case.moments]
        force = next(t for t in named if t >= 0)
        found = []
        for t in named:
            force = t if t >= 0 else force
            found.append(force)
        return found

    def calendars(self, n: int) -> list[int]:
        """Of each moment the calendar that counts it."""
        return [int(self.case.targets[target].calendar) for target in self.in_force(n)]

    def ran(
        self, first: int, inside: list[Moment], by: list[int], until: datetime
    ) -> Iterator[Tick]:
        """The minutes of a cycle in which its clock ran, each with its calendar."""
        for k, moment in enumerate(inside):
            begins = self.index(when(moment))
            following = when(inside[k + 1]) if k + 1 < len(inside) else until
            for m in range(begins, self.index(following)):
                if moment.clock == "run":
                    yield m, by[first + k]

    def due(
        self,
        allowed: str,
        ran: list[Tick],
        inside: list[Moment],
        by: list[int],
        end: datetime | None,
    ) -> datetime | None:
        runs = iter(ran)
        if inside and inside[-1].clock == "run":  # as if it ran on
            after = self.index(max(end or self.now, when(inside[-1])))
            runs = chain(ran, ((m, by[-1]) for m in range(after, len(self.minutes))))
        if "bd" in allowed:
            days, _, at = allowed.partition("bd")
            return self.due_day(int(days), at.strip(), runs)
        number = int(allowed.rstrip("hmin")) * (60 if allowed.endswith("h") else 1)
        for m, c in runs:
            number -= self.is_open[c][m]
            if number == 0:
                return self.minutes[m].at + MINUTE
        return None

    def due_day(self, days: int, at: str, runs: Iterable[Tick]) -> datetime | None:
        """A day is used when its last open minute ran; the last one may end at an hour before, or
        with the opening that comes after that hour. On the first one that is too late.
        """
        used: set[date] = set()
        late: set[date] = set()
        opened: tuple[date, bool] | None = None  # whether it was open in this run on this day
        before: tuple[int, int] | None = None
        for m, c in runs:
            minute = self.minutes[m]
            if before != (m - 1, c) or opened is None or opened[0] != minute.day:
                opened = (minute.day, False)
            before = (m, c)
            opened = (minute.day, opened[1] or bool(self.is_open[c][m]))
            if minute.day in used:
                continue
            if len(used) == days and at:
                local = (minute.at + MINUTE).astimezone(ZONE)
                if f"{local:%H:%M}" == at and opened[1]:
                    return minute.at + MINUTE
                if self.is_open[c][m] and f"{minute.at.astimezone(ZONE):%H:%M}" >= at:
                    if (used or late - {minute.day}) and self.opens(m, c):
                        return minute.at
                    late.add(minute.day)
            elif self.is_open[c][m] and self.closes(m, c):
                if len(used) == days:
                    return minute.at + MINUTE
                used.add(minute.day)
        return None

    def opens(self, m: int, c: int) -> bool:
        """Whether no minute of that day was open before this one."""
        for earlier in range(m - 1, -1, -1):
            if self.is_open[c][earlier] or self.minutes[earlier].day != self.minutes[m].day:
                return self.minutes[earlier].day != self.minutes[m].day
        return False  # nobody knows: the window begins

    def closes(self, m: int, c: int) -> bool:
        """Whether no minute of that day is open after this one."""
        for later in range(m + 1, len(self.minutes)):
            if self.is_open[c][later] or self.minutes[later].day != self.minutes[m].day:
                return self.minutes[later].day != self.minutes[m].day
        return False  # nobody knows: the window ends


def when(moment: Moment) -> datetime:
    return datetime.fromisoformat(moment.at).astimezone(UTC)


# -- equal ----------------------------------------------------------------------------------------


def anchor_of(case: Case) -> date:
    at = when(case.moments[0])
    return next(a for a in ANCHORS if midnight(a) <= at < midnight(a) + 4 * DAY)


def as_told(cycle: Cycle, horizon: datetime) -> Told:
    instants = [cycle.start, cycle.end, cycle.due]
    start, end, due = (at.astimezone(UTC) if at else None for at in instants)
    assert start is not None
    known = due if due and due <= horizon else None
    return Told(cycle.metric, cycle.target.id, start, end, known, cycle.used, cycle.state)


Measure = Callable[[Case], list[Cycle]]


def by_program(case: Case) -> list[Cycle]:
    return measure(case.moments, Clocks(case.targets, calendars_of(case), case.now))


def agrees(case: Case, found: list[Cycle]) -> bool:
    oracle = Oracle(case, anchor_of(case))
    return [as_told(c, oracle.horizon) for c in found] == list(oracle.tell())


def adds_up(cycle: Cycle) -> bool:
    """Its stretches have no gap, none could be joined, and what counts is what was used."""
    found = cycle.stretches()
    counted = (s.end.astimezone(UTC) - s.start.astimezone(UTC) for s in found if s.counted)
    joined = all(a.end == b.start and a.reason != b.reason for a, b in pairwise(found))
    return joined and sum(counted, timedelta()) == cycle.used


def test_equal_to_counting_every_minute() -> None:
    states: Counter[tuple[str, str]] = Counter()
    for case in cases(2026, DESKS):
        found = by_program(case)
        assert agrees(case, found), case
        assert all(map(adds_up, found)), case
        states.update((c.metric, c.state) for c in found)
    assert {m for m, _state in states} == set(METRICS)
    assert {state for _metric, state in states} == set(STATES)
    assert min(states.values()) > DESKS / 100, states


# -- planted faults: the oracle sees each of them -------------------------------------------------


def changed(**parts: Callable[[Moment], Any]) -> Measure:
    """The program, told other moments than happened."""

    def faulty(case: Case) -> list[Cycle]:
        moments = [replace(m, **{k: f(m) for k, f in parts.items()}) for m in case.moments]
        return by_program(case._replace(moments=moments))

    return faulty


def otherwise(**other: Callable[[Case], Any]) -> Measure:
    """The program, given another desk than there is."""
    return lambda case: by_program(case._replace(**{k: f(case) for k, f in other.items()}))


def calendars_like(change: Callable[[Hours], Hours]) -> Measure:
    return otherwise(hours=lambda case: list(map(change, case.hours)))


FAULTS: dict[str, Measure] = {
    "pauses count": changed(clock=lambda m: "run" if m.clock == "pause" else m.clock),
    "resolving only pauses": changed(clock=lambda m: "pause" if m.clock == "stop" else m.clock),
    "cancelling resolves": changed(clock=lambda m: "stop" if m.clock == "cancel" else m.clock),
    "answers are not seen": changed(answered=lambda m: False),
    "updates are answers": changed(answered=lambda m: m.updated),
    "summer time is not known": changed(at=lambda m: m.at[:19] + "-03:00"),
    "seconds are lost": changed(at=lambda m: m.at[:17] + "01" + m.at[19:]),
    "the first target is for ever": otherwise(
        moments=lambda case: [replace(m, targets=case.moments[0].targets) for m in case.moments]
    ),
    "the last target was always there": otherwise(
        moments=lambda case: [replace(m, targets=case.moments[-1].targets) for m in case.moments]
    ),
    "a calendar for all": otherwise(
        targets=lambda case: [replace(t, calendar="0") for t in case.targets]
    ),
    "holidays are worked": calendars_like(lambda hours: hours._replace(off={})),
    "half days are whole": calendars_like(
        lambda hours: hours._replace(off={d: kept for d, kept in hours.off.items() if not kept})
    ),
    "hours never change": calendars_like(lambda hours: hours._replace(later=None)),
    "a reopened ticket begins anew": lambda case: by_program(
        case._replace(moments=case.moments[last_reopening(case.moments) :])
    ),
}


def last_reopening(moments: list[Moment]) -> int:
    pairs = enumerate(pairwise(moments), 1)
    return max((n for n, (a, b) in pairs if (a.clock, b.clock) == ("stop", "run")), default=0)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str) -> None:
    seen = [c for c in cases(7, 150) if not agrees(c, FAULTS[fault](c))]
    assert len(seen) >= 2, "the oracle would not see it"


# -- laws -----------------------------------------------------------------------------------------


def test_a_moment_that_changes_nothing_changes_nothing() -> None:
    """A note, or another value of the header, between any two moments."""
    chance = random.Random(1)
    for case in cases(11, 200):
        n = chance.randrange(len(case.moments))
        quiet = replace(case.moments[n], answered=False, updated=False)
        following = when(case.moments[n + 1]) if n + 1 < len(case.moments) else when(quiet)
        at = when(quiet) + (following - when(quiet)) // 2
        more = [*case.moments[: n + 1], replace(quiet, at=at.isoformat()), *case.moments[n + 1 :]]
        found = by_program(case._replace(moments=more))
        assert [replace(c, legs=()) for c in found] == [
            replace(c, legs=()) for c in by_program(case)
        ], case


def test_asking_later_only_adds() -> None:
    """A due date that is known stays; what was late stays late while nothing happens."""
    for case in cases(13, 200):
        later = by_program(case._replace(now=case.now + DAY))
        for a, b in zip(by_program(case), later, strict=True):
            assert b.used >= a.used and b.end == a.end
            assert b.due == a.due or (a.due is None and b.end is None)
            assert b.state == a.state or (a.state, b.state) == ("running", "late")


def test_with_nothing_in_between_a_due_date_is_the_calendars_own_sum() -> None:
    for case in cases(17, 200):
        calendar, arrival = calendars_of(case)[0], case.moments[0]
        moment = replace(arrival, clock="run", targets=(-1, -1, 0))
        target = replace(case.targets[0], resolution="7h")
        [cycle] = measure([moment], Clocks([target], [calendar], case.now))
        if cycle.due is not None:
            assert cycle.due == calendar.add(when(arrival), timedelta(hours=7))
