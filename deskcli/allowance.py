"""How long something may take: worked time (`4h`, `90min`) or business days (`2bd`, `1bd 12:00`).

The one arithmetic of deadlines, for the rules that time fires (O7, O-X11) and for the targets of
the SLA. Nothing here asks whether the desk is open minute by minute: `worktime` adds and subtracts.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Annotated, NamedTuple

from msgspec import Meta

from deskcli.problem import refuse
from deskcli.worktime import Calendar

PATTERN = r"^([1-9]\d{0,3} ?(h|min)|\d{1,3} ?(bd|du)( ([01]\d|2[0-3]):[0-5]\d)?)$"
Text = Annotated[str, Meta(pattern=PATTERN, title="allowance")]

_FAR = 400


class Run(NamedTuple):
    """A clock that runs from `start` to `end`, by a calendar; for ever when `end` is None."""

    start: datetime
    end: datetime | None
    calendar: Calendar


class Allowance(NamedTuple):
    """`worked` time of the calendar or, when that is zero, `days`.

    A business day is used up when the clock runs at its closing, and the day of arrival is number
    0: `0bd` lasts until the closing of that same day, `2bd` from a Monday until Wednesday's, as
    `+2bd` names Wednesday. `at` is the hour of the last day (`12:00`), or `close`; a day on which
    the desk does not open before that hour is passed over. A pause that lasts over a closing
    gives that day back whole.
    """

    worked: timedelta = timedelta()
    days: int = 0
    at: str = "close"

    def due(self, runs: Iterable[Run]) -> datetime | None:
        """The first instant by which all of it is used: a closing, not the opening after it.

        None when the runs end before that. Refuses as `calendar.never_open`.
        """
        return _after(self.worked, runs) if self.worked else _on_day(self.days, self.at, runs)


@cache
def parse(text: str) -> Allowance:
    """Of a text that fits `PATTERN`; anything else is a ValueError."""
    found = re.fullmatch(r"(\d+) ?(h|min|bd|du) ?(\d\d:\d\d)?", text.strip())
    if not found:
        raise ValueError(text)
    number, unit = int(found[1]), found[2]
    if unit in ("bd", "du"):
        return Allowance(days=number, at=found[3] or "close")
    return Allowance(timedelta(minutes=number * (60 if unit == "h" else 1)))


def _after(worked: timedelta, runs: Iterable[Run]) -> datetime | None:
    for start, end, calendar in runs:
        passed = calendar.between(start, end) if end else worked
        if passed >= worked:
            return calendar.add(start, worked)
        worked -= passed
    return None


def _on_day(days: int, at: str, runs: Iterable[Run]) -> datetime | None:
    used: date | None = None
    for start, end, calendar in runs:
        if end and not calendar.between(start, end):
            continue
        opening = calendar.next_opening(start)
        if opening.date() == used:
            opening = _next_day(opening, calendar)
        for _ in range(days + _FAR):
            limit = hour_of("close" if days else at, opening.date(), calendar)
            if end and limit > end:
                break
            if days == 0 and opening < limit:
                return limit.astimezone(calendar.zone)
            if days:
                days, used = days - 1, opening.date()
            opening = _next_day(opening, calendar)
        else:
            raise refuse("calendar.never_open", calendar=calendar.name)
    return None


def _next_day(opening: datetime, calendar: Calendar) -> datetime:
    """The first opening of the next business day."""
    return calendar.spans(calendar.add_workdays(opening.date(), 1))[0][0]


@lru_cache(maxsize=10_000)
def hour_of(at: str, day: date, calendar: Calendar) -> datetime:
    """`12:00`, or `close`, which on a day that never opens is its end; in UTC, where no hour comes
    twice.
    """
    close = calendar.close_of(day)
    if at == "close" and close:
        return close.astimezone(UTC)
    clock = time(23, 59) if at == "close" else time.fromisoformat(at)
    return datetime.combine(day, clock, calendar.zone).astimezone(UTC)
