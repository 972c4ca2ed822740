"""How long something may take: worked time (`4h`, `90min`) or business days (`2bd`, `1bd 12:00`).

The one arithmetic of deadlines, for the rules that time fires (O7, O-X11) and for the targets of
the SLA. Nothing here asks whether the desk is open minute by minute: `worktime` adds and subtracts.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Annotated

from msgspec import Meta, Struct

from deskcli.worktime import Calendar

PATTERN = r"^([1-9]\d{0,3} ?(h|min)|\d{1,3} ?(bd|du)( ([01]\d|2[0-3]):[0-5]\d)?)$"
Text = Annotated[str, Meta(pattern=PATTERN, title="allowance")]


class Run(Struct, frozen=True):
    """A clock that runs from `start` to `end`, by a calendar; for ever when `end` is None."""

    start: datetime
    end: datetime | None
    calendar: Calendar


class Allowance(Struct, frozen=True):
    """`worked` time of the calendar or, when that is zero, `days`.

    A business day is used up when the clock runs at its closing, and the day of arrival is number
    0: `0bd` lasts until the closing of that same day, `2bd` from a Monday until Wednesday's, as
    `+2bd` names Wednesday. `at` is the hour of the last day (`12:00`), its opening when the desk
    opens later than that, or `close`. Of the day of arrival, where that hour is gone or nothing is
    open before it, the next business day takes the place. A pause that lasts over a closing gives
    that day back whole.
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
    for run in runs:
        passed = run.calendar.between(run.start, run.end) if run.end else worked
        if passed >= worked:
            return run.calendar.add(run.start, worked)
        worked -= passed
    return None


def _on_day(days: int, at: str, runs: Iterable[Run]) -> datetime | None:
    used: date | None = None
    for run in runs:
        end, calendar = run.end, run.calendar
        if end and not calendar.between(run.start, end):
            continue
        opening = calendar.next_opening(run.start)
        if opening.date() == used:
            opening = _next_day(opening, calendar)
        while not end or opening < end:
            limit = hour_of("close" if days else at, opening.date(), calendar)
            if end and limit > end:
                break
            from_opening = used is not None and opening == calendar.spans(opening.date())[0][0]
            if days == 0 and (opening < limit or from_opening):
                return limit.astimezone(calendar.zone)
            days, used = max(days - 1, 0), opening.date()
            opening = _next_day(opening, calendar)
    return None


def _next_day(opening: datetime, calendar: Calendar) -> datetime:
    """The first opening of the next business day."""
    return calendar.spans(calendar.add_workdays(opening.date(), 1))[0][0]


@lru_cache(maxsize=10_000)
def hour_of(at: str, day: date, calendar: Calendar) -> datetime:
    """`12:00`, on a day that opens later its opening; or `close`, which on a day that never opens
    is its end. In UTC, where no hour comes twice.
    """
    spans = calendar.spans(day)
    if at == "close" and spans:
        return spans[-1][1].astimezone(UTC)
    clock = time(23, 59) if at == "close" else time.fromisoformat(at)
    hour = datetime.combine(day, clock, calendar.zone).astimezone(UTC)
    return max(hour, spans[0][0].astimezone(UTC)) if spans else hour
