"""`schedules/calendars.yaml`: opening hours and holidays as a desk writes them, and its faults."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from msgspec import Struct, field

from deskcli.fold import nearest
from deskcli.problem import DeskError, refuse

Interval = tuple[int, int]  # minutes of the day
Path = tuple[str | int, ...]
Fault = tuple[Path, str, dict[str, object]]  # where in the YAML value, problem code, facts
Reading = tuple[Path, Callable[[], object]]

_WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Dated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In force `from` a day `until` another, both included; a year alone is the whole of it."""

    first: str = field(default="", name="from")
    until: str = ""

    def begins(self) -> date:
        return _date(self.first, after="-01-01") if self.first else date.min

    def ends(self) -> date:
        return _date(self.until, after="-12-31") if self.until else date.max

    def in_force(self, day: date) -> bool:
        if self.begins() > self.ends():
            raise refuse("calendar.period", first=self.first, until=self.until)
        return self.begins() <= day <= self.ends()


class Hours(Dated, frozen=True):
    """A week: `mon-fri` or `sat,sun` to its openings; a day not named is closed."""

    days: dict[str, list[str]]

    def week(self) -> dict[int, list[Interval]]:
        texts: dict[int, list[str]] = {}
        for key, openings in self.days.items():
            for weekday in _weekdays(key):
                texts.setdefault(weekday, []).extend(openings)
        return {weekday: _intervals(found) for weekday, found in texts.items()}


class Holiday(Dated, frozen=True):
    """A day off: `on` MM-DD each year, `on` YYYY-MM-DD once, or `easter` plus so many days.

    With `hours` it is a half day: of the usual hours only these stay, so it never opens a Sunday.
    """

    name: str
    on: str = ""
    easter: int | None = None
    hours: list[str] = []

    def day_in(self, year: int) -> date | None:
        day = self.falls(year)
        return day if day and self.in_force(day) else None

    def kept(self) -> list[Interval]:
        return _intervals(self.hours)

    def falls(self, year: int) -> date | None:
        """Effective dates left aside; a day off of one year falls on its date in any year."""
        if bool(self.on) == (self.easter is not None):
            raise refuse("calendar.holiday", name=self.name)
        if self.easter is not None:
            return _easter(year, self.easter)
        if self.on == "02-29":
            from calendar import isleap  # a day that few desks have off

            if not isleap(year):
                return None
        return _date(self.on, before=f"{year:04}-")


class HolidayTable(Struct, frozen=True, forbid_unknown_fields=True):
    days: list[Holiday]
    label: str = ""
    provisional: bool = False
    source: list[str] = []


class Schedule(Struct, frozen=True, forbid_unknown_fields=True):
    """One calendar as written. Of several `hours` in force the last counts, so a change is added
    below what it changes and last month stays as it was; `holidays` names tables of the file."""

    hours: list[Hours]
    label: str = ""
    provisional: bool = False
    source: list[str] = []
    holidays: list[str] = []


class CalendarsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`schedules/calendars.yaml`; convert with `strict=False`, its scalars are text."""

    calendars: dict[str, Schedule]
    holidays: dict[str, HolidayTable] = {}


def faults(file: CalendarsFile) -> list[Fault]:
    """Each bad value with its path: `('calendars', 'comercial', 'hours', 0, 'days', 'sab')`."""
    found: list[Fault] = []
    for path, read in _readings(file):
        try:
            read()
        except DeskError as error:
            code, facts = error.problems[0].code, dict(error.problems[0].facts)
            within = (f for f in found if f[0][: len(path)] == path)
            if not any(f[1:] == (code, facts) for f in within):
                found.append((path, code, facts))
    return found


def _readings(file: CalendarsFile) -> Iterator[Reading]:
    """Small things before what holds them, so that a fault is found where it is."""
    for name, schedule in file.calendars.items():
        for n, hours in enumerate(schedule.hours):
            yield from _hours_readings(("calendars", name, "hours", n), hours)
        for n, table in enumerate(schedule.holidays):
            yield ("calendars", name, "holidays", n), partial(_known, table, file.holidays)
    for name, holidays in file.holidays.items():
        for n, holiday in enumerate(holidays.days):
            yield from _holiday_readings(("holidays", name, "days", n), holiday)


def _hours_readings(at: Path, hours: Hours) -> Iterator[Reading]:
    for key, texts in hours.days.items():
        yield (*at, "days", key), partial(_weekdays, key)
        for n, text in enumerate(texts):
            yield (*at, "days", key, n), partial(_interval, text)
    yield (*at, "days"), hours.week
    yield from _dated_readings(at, hours)


def _holiday_readings(at: Path, holiday: Holiday) -> Iterator[Reading]:
    yield (*at, "on"), partial(holiday.falls, 2000)
    for n, text in enumerate(holiday.hours):
        yield (*at, "hours", n), partial(_interval, text)
    yield (*at, "hours"), holiday.kept
    yield from _dated_readings(at, holiday)


def _dated_readings(at: Path, dated: Dated) -> Iterator[Reading]:
    yield (*at, "from"), dated.begins
    yield (*at, "until"), dated.ends
    yield at, partial(dated.in_force, date.min)


def _known(table: str, tables: Iterable[str]) -> None:
    if table not in tables:
        raise refuse("calendar.holidays", value=table, nearest=nearest(table, tables))


def _intervals(texts: Iterable[str]) -> list[Interval]:
    found = sorted(texts, key=_interval)
    for a, b in pairwise(found):
        if _interval(b)[0] < _interval(a)[1]:
            raise refuse("calendar.overlap", value=b, other=a)
    return [_interval(text) for text in found]


def _interval(text: str) -> Interval:
    found = re.fullmatch("([0-9]{1,2}):([0-5][0-9])-([0-9]{1,2}):([0-5][0-9])", text)
    hours = [int(number) for number in found.groups()] if found else [0, 0, 0, 0]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if not start < end <= 24 * 60:
        raise refuse("calendar.hours", value=text)
    return start, end


def _weekdays(text: str) -> list[int]:
    """`mon-wed,sat` is [0, 1, 2, 5]; `sat-mon` goes over the end of the week."""
    found: list[int] = []
    for part in text.replace(" ", "").split(","):
        names = part.split("-")
        if len(names) > 2 or not set(names) <= set(_WEEK):
            raise refuse("calendar.day", value=text, known=", ".join(_WEEK))
        first, last = _WEEK.index(names[0]), _WEEK.index(names[-1])
        found += [n % 7 for n in range(first, last + 1 + 7 * (last < first))]
    return found


def _date(text: str, before: str = "", after: str = "") -> date:
    """A whole date, or one that `before` or `after` makes whole."""
    whole = text if len(text) == len("YYYY-MM-DD") else before + text + after
    if found := re.fullmatch("([0-9]{4})-([0-9]{2})-([0-9]{2})", whole):
        with suppress(ValueError):
            return date(*map(int, found.groups()))
    raise refuse("calendar.date", value=text)


def _easter(year: int, days: int) -> date:
    from dateutil.easter import easter  # only a desk with such holidays pays for it

    if not -80 <= days <= 240:  # what stays in the year of that Easter
        raise refuse("calendar.easter", value=days)
    return easter(year) + timedelta(days=days)
