"""The clock on the wall of a zone, which daylight saving sets forward and back, and instants."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """In UTC; what the clock skips is the first minute after the gap, what it repeats the first."""
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minute)
    while (utc := wall.astimezone(UTC)).astimezone(zone) != wall:
        wall += timedelta(minutes=1)
    return utc


def in_utc(at: datetime) -> datetime:
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no zone")
    return at.astimezone(UTC)


@cache
def is_steady(zone: ZoneInfo, year: int) -> bool:
    """Whether nobody sets the clock that year, and so no hour is skipped. It is looked at once a
    week: from 1990 on no zone undid a change within one.
    """
    first = datetime(year, 1, 1, tzinfo=zone)
    last = first.replace(month=12, day=31, hour=23, minute=59, fold=1)
    looks = (*(first + timedelta(weeks=n) for n in range(53)), last)
    return len({at.utcoffset() for at in looks}) == 1
