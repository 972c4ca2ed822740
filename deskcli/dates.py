"""Dates that people type and stamps that forms export, Brazilian first: 03/04 is the 3rd of April.

Accents and case do not count, and Portuguese and English words are both understood. What is not
understood or does not exist (31/02, a month 13, an hour that daylight saving skips) is refused as
`date.unknown`: nothing is guessed or swapped, and years outside 1900-2199 are slips of the finger.
Inside the module that is a ValueError. A time that occurs twice is its first occurrence.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from deskcli.fold import fold
from deskcli.problem import DeskError, refuse
from deskcli.worktime import Calendar


def _names(*languages: str) -> dict[str, int]:
    """Whole names and their first three letters, counted from 0."""
    lists = [names.split() for names in languages]
    return {key: n for names in lists for n, name in enumerate(names) for key in (name, name[:3])}


_WEEKDAYS = _names(
    "segunda terca quarta quinta sexta sabado domingo",
    "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_MONTHS = _names(
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "january february march april may june july august september october november december",
)
_SHIFTS = {
    "hoje": "+0d",
    "today": "+0d",
    "amanha": "+1d",
    "tomorrow": "+1d",
    "depois de amanha": "+2d",
    "day after tomorrow": "+2d",
    "ontem": "-1d",
    "yesterday": "-1d",
    "proximo dia util": "+1bd",
    "next business day": "+1bd",
}
_MONTH_ENDS = {"fim do mes", "final do mes", "end of month", "end of the month"}

# Texts, compiled when they are first needed: most commands are given no date, or the ISO one.
_SHIFT = r"(?a:([+-] ?\d{1,3}) ?(d|bd|du|w|m))"
_ELAPSED = r"(?a:([+-] ?\d{1,4}) ?(h|min))"
_NEXT = r"(?:proxim[ao]|next) (.+)|(.+) que vem"
_AHEAD = r"(?a:(?:daqui a|em|in) (\d{1,3}) (\w+(?: (?:uteis|util|days?))?))"
_UNITS = {
    **dict.fromkeys(("dia", "dias", "day", "days"), "d"),
    **dict.fromkeys(("dia util", "dias uteis", "business day", "business days"), "bd"),
    **dict.fromkeys(("semana", "semanas", "week", "weeks"), "w"),
    **dict.fromkeys(("mes", "meses", "month", "months"), "m"),
}
_DAY_ALONE = r"(?a:dia (\d{1,2}))"
_DAY_AND_MONTH = r"(?a:(\d{1,2})o?(?:/| de )(\d{1,2}|[a-z]+))"
_ISO = r"(?a:(?P<year>\d{4})([/-])(?P<month>\d{1,2})\2(?P<day>\d{1,2}))"
_WHOLE = (
    _ISO,
    r"(?a:(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4}))",
    r"(?a:(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d\d))",
    r"(?a:(?P<day>\d{1,2})o? (?:de )?(?P<month>[a-z]+) (?:de )?(?P<year>\d{4}))",
    r"(?a:(?P<month>[a-z]+) (?P<day>\d{1,2}),? (?P<year>\d{4}))",
)
_MOMENT = r"""(?ax)
    (?P<day>.*?) (?:^|,?\ |(?<=\d)t) (?:(?:as|at)\ )?
    (?P<hour>\d{1,2}) (?: [:h](?P<minute>\d\d) (?: :(?P<second>\d\d)(?P<fraction>\.\d+)? )?
                        | h | (?=\ ?[ap]m) )
    (?: \ ?(?P<half>[ap])m )?
    (?: \ ?(?P<offset> z | (?:gmt|utc)(?:[+-]\d{1,2}(?::?\d\d)?)? | [+-]\d\d(?::?\d\d)? ) )?"""


def parse_date(text: str, today: date, workdays: Calendar | None = None) -> date:
    """Of dd/mm it is this year's, or next year's when that is more than 182 days past.

    A weekday is the next one, after today; `dia 15` this month's, or the next one's; `+1m` from the
    31st is the last day of a shorter month.
    `+2bd` (or `+2du`) without a calendar is `date.no_calendar`.
    """
    try:
        return _day(fold(text), today, workdays)
    except ValueError:
        raise refuse("date.unknown", text=text) from None


def parse_instant(text: str, now: datetime, calendar: Calendar | None = None) -> datetime:
    """In the zone of the calendar, else of `now`, which a naive `now` makes a ValueError.

    A time alone is today's, be it past. `+2d` and its like keep the time of `now`; any other day
    without a time is `date.no_time`.
    """
    zone = calendar.zone if calendar else now.tzinfo
    if zone is None or now.tzinfo is None:
        raise ValueError(f"{now} has no zone")
    try:
        return _instant(fold(text), now.astimezone(zone), zone, calendar)
    except ValueError:
        raise refuse("date.unknown", text=text, wants="MOMENT") from None


def parse_stamp(text: str, zone: tzinfo) -> datetime:
    """When a form was sent, as its export writes it: a whole date and a time, in `zone`.

    `23/11/2026 09:12[:04]`, ISO with or without offset, `2026/11/23 9:12:04 AM GMT-3` (Google
    Forms), `novembro 23, 2026 9:12 am` and `23 de novembro de 2026 09:12` (WordPress).
    """
    try:
        if found := re.fullmatch(_MOMENT, fold(text)):
            return _at(_whole(found["day"]), found, zone)
    except ValueError:
        pass
    raise refuse("date.unknown", text=text)


def parse_arrival(text: str, zone: tzinfo) -> datetime:
    """When somebody asked: a stamp, or a day alone, which is its first moment in `zone` (so that it
    arrives when the desk opens). Else `date.stamp`.
    """
    try:
        return parse_stamp(text, zone)
    except DeskError:
        pass
    try:
        midnight = datetime.combine(_whole(fold(text)), time(), zone)
    except ValueError:
        raise refuse("date.stamp", text=text) from None
    return midnight.astimezone(UTC).astimezone(zone)  # the clock may skip it


def _instant(text: str, now: datetime, zone: tzinfo, calendar: Calendar | None) -> datetime:
    if text in ("agora", "now"):
        return now
    if found := re.fullmatch(_ELAPSED, text):
        unit = timedelta(hours=1) if found[2] == "h" else timedelta(minutes=1)
        return (now.astimezone(UTC) + _number(found[1]) * unit).astimezone(zone)
    if re.fullmatch(_SHIFT, text):
        return _local(_day(text, now.date(), calendar), now.time(), zone)
    if found := re.fullmatch(_MOMENT, text):
        # `amanhã 09:00-12:00` is a span of hours, no offset
        day = found["day"] or "hoje"
        return _at(_whole(day) if found["offset"] else _day(day, now.date(), calendar), found, zone)
    _day(text, now.date(), calendar)
    raise refuse("date.no_time", text=text)


def _day(text: str, today: date, workdays: Calendar | None) -> date:
    if re.fullmatch(_ISO, text):
        return _whole(text)
    text = _SHIFTS.get(text, text).replace(" feira", "-feira")
    if text in _WEEKDAYS:
        return _weekday(text, today)
    if text in _MONTH_ENDS:
        return today.replace(day=monthrange(today.year, today.month)[1])
    if found := re.fullmatch(_NEXT, text):
        return _next_week(_weekday(found[1] or found[2], today), today)
    if found := re.fullmatch(_SHIFT, text):
        return _shifted(today, _number(found[1]), found[2], workdays)
    if (found := re.fullmatch(_AHEAD, text)) and found[2] in _UNITS:
        return _shifted(today, int(found[1]), _UNITS[found[2]], workdays)
    if found := re.fullmatch(_DAY_ALONE, text):
        past = int(found[1]) < today.day
        return _shifted(today.replace(day=1), int(past), "m", None).replace(day=int(found[1]))
    if found := re.fullmatch(_DAY_AND_MONTH, text):
        return _nearby(int(found[1]), _month(found[2]), today)
    return _whole(text)


def _weekday(name: str, today: date) -> date:
    if name not in _WEEKDAYS:
        raise ValueError(name)
    return today + timedelta(days=(_WEEKDAYS[name] - today.weekday() - 1) % 7 + 1)


def _next_week(day: date, today: date) -> date:
    """On a Tuesday `próxima sexta` is this week's to some and next week's to others: refused."""
    if day.isocalendar()[:2] == today.isocalendar()[:2]:
        raise ValueError(day)
    return day


def _shifted(day: date, n: int, unit: str, workdays: Calendar | None) -> date:
    if unit in ("bd", "du"):
        if workdays is None:
            raise refuse("date.no_calendar", text=f"{n:+}{unit}")
        return workdays.add_workdays(day, n)
    if unit == "m":
        year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
        return _date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + n * timedelta(days=7 if unit == "w" else 1)


def _nearby(day: int, month: int, today: date) -> date:
    limit = today - timedelta(days=182)
    past = limit.year == today.year and (month, day) < (limit.month, limit.day)
    return _date(today.year + past, month, day)


def _whole(text: str) -> date:
    for pattern in _WHOLE:
        if found := re.fullmatch(pattern, text):
            year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
            return _date(year, _month(found["month"]), int(found["day"]))
    raise ValueError(text)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text not in _MONTHS:
        raise ValueError(text)
    return _MONTHS[text] + 1


def _date(year: int, month: int, day: int) -> date:
    if not 1900 <= year < 2200:
        raise ValueError(year)
    return date(year, month, day)


def _at(day: date, found: re.Match[str], zone: tzinfo) -> datetime:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + 12 * (found["half"] == "p")
    micro = int((found["fraction"] or ".")[1:7].ljust(6, "0"))
    clock = time(hour, minute, second, micro)
    if found["offset"]:
        return datetime.combine(day, clock, _offset(found["offset"])).astimezone(zone)
    return _local(day, clock, zone)


def _offset(text: str) -> timezone:
    found = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", text)
    hours, minutes = (int(found[2]), int(found[3] or 0)) if found else (0, 0)
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if found and found[1] == "-" else offset)


def _local(day: date, clock: time, zone: tzinfo) -> datetime:
    at = datetime.combine(day, clock, zone)
    if at.astimezone(UTC).astimezone(zone) != at:
        raise ValueError(at)  # the clock skips it
    return at


def _number(text: str) -> int:
    return int(text.replace(" ", ""))
