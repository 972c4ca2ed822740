"""Opening hours and holidays: when a desk is open, and how much open time lies between (O3, O7).

Instants go in as aware datetimes of any zone and come out in the desk's; a naive one is a
ValueError. Sums are made in UTC, so a duration is the time that really passed. Opening times are
those of the clock on the wall: one that daylight saving skips is the first minute after the gap,
one that it repeats is its first occurrence.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from deskcli.calendarfile import CalendarsFile, Holiday, Interval, Schedule, faults
from deskcli.problem import DeskError, Problem, refuse
from deskcli.wallclock import in_utc, instant, is_steady

Span = tuple[datetime, datetime]

_FAR = 400


class Stretch(Struct, frozen=True):
    """`reason` is open, closed, no_hours (not that whole day) or holiday:<name>."""

    start: datetime
    end: datetime
    counted: bool
    reason: str


class Calendar:
    """Made by `calendars`; each day is worked out once, so that 100,000 sums are cheap.

    Looking for an opening where none comes for 400 days is refused as `calendar.never_open`.
    """

    def __init__(self, name: str, zone: ZoneInfo, schedule: Schedule, off: Iterable[Holiday]):
        self.name, self.zone, self.schedule, self._off = name, zone, schedule, list(off)
        self._weeks = [(hours, hours.week()) for hours in reversed(schedule.hours)]
        self._days: dict[date, list[Span]] = {}
        self._walls: dict[date, tuple[Span, ...]] = {}
        self._row = _Row()
        self._since = self._until = datetime.min.replace(tzinfo=UTC)
        self._years: dict[int, dict[date, list[Holiday]]] = {}

    def is_open(self, at: datetime) -> bool:
        utc = in_utc(at)
        return any(start <= utc < end for start, end in self._open(self._local(utc).date()))

    def is_workday(self, day: date) -> bool:
        """Any opening that day, be it half a day."""
        if day not in self._days and is_steady(self.zone, day.year):
            return bool(self._minutes(day))
        return bool(self._open(day))

    def holiday(self, day: date) -> str:
        """The name of the holiday or half day, or ''; two on one day are joined by ' / '."""
        return " / ".join(holiday.name for holiday in self._holidays(day))

    def spans(self, day: date) -> tuple[Span, ...]:
        if day not in self._walls:
            spans = ((self._local(start), self._local(end)) for start, end in self._open(day))
            self._walls[day] = tuple(spans)
        return self._walls[day]

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself when open: an arrival outside hours counts from here on (O-X11)."""
        return self._local(next(self._ahead(in_utc(at)))[0])

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Open time from `a` to `b`, negative when `b` is the earlier."""
        a, b = in_utc(a), in_utc(b)
        if b < a:
            return -self.between(b, a)
        row = self._reach(a, b)
        return row.open_by(b) - row.open_by(a)

    def add(self, at: datetime, worked: timedelta) -> datetime:
        """The first instant by which so much open time has passed: a closing, not the opening
        after it; for no time `at` itself, even closed. Negative time is a ValueError."""
        if worked < timedelta():
            raise ValueError(f"cannot add {worked}")
        if not worked:
            return self._local(in_utc(at))
        spans = self._ahead(in_utc(at))
        start, end = next(spans)
        while worked > end - start:
            worked -= end - start
            start, end = next(spans)
        return self._local(start + worked)

    def add_workdays(self, day: date, n: int) -> date:
        """`n` workdays after `day` (before, if negative); 0 is `day`, or the workday after it."""
        step = timedelta(days=-1 if n < 0 else 1)
        if n == 0:
            day -= step
        for _ in range(abs(n) or 1):
            day = self._workday_after(day, step)
        return day

    def explain(self, a: datetime, b: datetime) -> list[Stretch]:
        """All the time from the earlier to the later; what is counted sums up to `between`."""
        a, b = sorted((in_utc(a), in_utc(b)))
        found: list[Stretch] = []
        for start, end, reason in (p for day in self._days_of(a, b) for p in self._pieces(day)):
            if max(start, a) < min(end, b):
                joined = found and found[-1].reason == reason
                since = found.pop().start if joined else self._local(max(start, a))
                found.append(Stretch(since, self._local(min(end, b)), reason == "open", reason))
        return found

    def _pieces(self, day: date) -> Iterator[tuple[datetime, datetime, str]]:
        name = self.holiday(day)
        shut = f"holiday:{name}" if name else "closed" if self.is_workday(day) else "no_hours"
        edge = instant(day, 0, self.zone)
        for start, end in self._open(day):
            yield edge, start, shut
            yield start, end, "open"
            edge = end
        yield edge, instant(day, 24 * 60, self.zone), shut

    def _ahead(self, at: datetime) -> Iterator[Span]:
        """What is still to come of the openings from `at` on, without end."""
        day, shut = self._local(at).date(), 0
        while shut < _FAR:
            for start, end in self._open(day):
                if at < end:
                    yield max(start, at), end
            shut = 0 if self._open(day) else shut + 1
            day += timedelta(days=1)
        raise refuse("calendar.never_open", calendar=self.name)

    def _workday_after(self, day: date, step: timedelta) -> date:
        for _ in range(_FAR):
            day += step
            if self.is_workday(day):
                return day
        raise refuse("calendar.never_open", calendar=self.name)

    def _days_of(self, a: datetime, b: datetime) -> Iterator[date]:
        first, last = self._local(a).date(), self._local(b).date()
        return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def _open(self, day: date) -> list[Span]:
        if day not in self._days:
            self._days[day] = list(self._work_out(day))
        return self._days[day]

    def _reach(self, a: datetime, b: datetime) -> "_Row":
        """The row with every opening from `a` to `b`."""
        if not (self._since <= a and b < self._until):
            first, last = (self._local(at).toordinal() for at in (a, b))
            self._row = self._longer(self._row, first, last)
            days = self._row.days
            self._since, self._until = (
                instant(date.fromordinal(n), 0, self.zone) for n in (days.start, days.stop)
            )
        return self._row

    def _longer(self, row: "_Row", first: int, last: int) -> "_Row":
        """With the days from `first` to `last` (ordinals) too: later ones are added, and one that
        came before begins a new row.
        """
        known = row.days
        if not known or first < known.start:
            row, known = _Row(), range(first, first)
            last = max(last, self._row.days.stop - 1)
        row.days = range(known.start, max(known.stop, last + 1))
        for day in range(known.stop, row.days.stop):
            row.grow(self._open(date.fromordinal(day)))
        return row

    def _minutes(self, day: date) -> list[Interval]:
        """The openings by the clock on the wall."""
        minutes = next((w for h, w in self._weeks if h.in_force(day)), {}).get(day.weekday(), [])
        for holiday in self._holidays(day):
            both = ((max(a[0], b[0]), min(a[1], b[1])) for a in minutes for b in holiday.kept())
            minutes = [(start, end) for start, end in both if start < end]
        return minutes

    def _work_out(self, day: date) -> Iterator[Span]:
        for first, last in self._minutes(day):
            start, end = (instant(day, minute, self.zone) for minute in (first, last))
            if start < end:  # else the clock skipped it
                yield start, end

    def _holidays(self, day: date) -> list[Holiday]:
        if day.year not in self._years:
            table: dict[date, list[Holiday]] = {}
            for holiday in self._off:
                if found := holiday.day_in(day.year):
                    table.setdefault(found, []).append(holiday)
            self._years[day.year] = table
        return self._years[day.year].get(day, [])


class _Row:
    """The openings of days without a gap, so that a sum over years is two looks: `before` is the
    open time until each start.
    """

    def __init__(self) -> None:
        self.days = range(0)  # ordinals
        self.starts: list[datetime] = []
        self.ends: list[datetime] = []
        self.before: list[timedelta] = []
        self.total = timedelta()

    def grow(self, spans: Iterable[Span]) -> None:
        for start, end in spans:
            self.starts.append(start)
            self.ends.append(end)
            self.before.append(self.total)
            self.total += end - start

    def open_by(self, at: datetime) -> timedelta:
        """Open time until then."""
        n = bisect_right(self.starts, at) - 1
        return self.before[n] + (min(at, self.ends[n]) - self.starts[n]) if n >= 0 else timedelta()


def calendars(file: CalendarsFile, zone: ZoneInfo) -> dict[str, Calendar]:
    """Refuses all faults at once, without their places; a caller that has these asks `faults`."""
    if found := faults(file):
        raise DeskError(*(Problem(code, facts) for _, code, facts in found))
    return {
        name: Calendar(name, zone, s, [h for t in s.holidays for h in file.holidays[t].days])
        for name, s in file.calendars.items()
    }
