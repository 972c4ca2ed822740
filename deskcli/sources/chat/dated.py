"""Headers with a date or a time of day: WhatsApp's exports and copies, and webchats' transcripts.

android   12/03/2024 14:05 - Cliente: bom dia
ios       [12/03/2024, 14:05:33] Cliente: bom dia
web       [14:05, 12/03/2024] Cliente: bom dia
clock     [14:05] Cliente: bom dia     (02:05:33 PM) Cliente: bom dia
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Literal

from msgspec import Struct

from deskcli.problem import Place, Problem
from deskcli.sources.chat.author import split_authors
from deskcli.sources.chat.message import unmarked

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")

MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*+"
SP = "[ \u00a0\u2009\u202f]"
DATE = r"(?P<a>\d{1,4})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})"
TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"(?:{SP}?(?P<half>[ap]\.?{SP}?m\.?|da{SP}(?:manhã|tarde|noite|madrugada)))?"
)
_FORMS = [
    re.compile(MARKS + form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"{DATE},?{SP}{{1,3}}(?:às{SP})?{TIME}{SP}{{1,3}}[-–](?:{SP}|(?=[\r\n]|\Z))",
        rf"\[{DATE},?{SP}{{1,3}}{TIME}\](?:{SP}|(?=[\r\n]|\Z))",
        rf"\[{TIME}(?:,|{SP}•){SP}{{1,3}}{DATE}\](?:{SP}|(?=[\r\n]|\Z))",
    )
]
_CLOCK = re.compile(rf"{MARKS}[\[(]{TIME}[\])]{SP}?", re.ASCII | re.IGNORECASE)
_STARRED = re.compile(r"(?:\* |\*{3} ?)(.*?) ?\*{1,3}")  # `* Atendente joined the chat *`


class Head(Struct, frozen=True):
    """The line that begins a message, counted from 0, and what it says."""

    line: int
    at: datetime | None
    clock: time | None
    author: str | None
    text: str  # marks included
    system: bool = False


def dated(
    lines: Sequence[str], names: Collection[str], path: str
) -> tuple[list[Head], list[Problem]]:
    """The headers of the form that the first one has; dates are read in one order throughout."""
    form = next((f for line in lines for f in _FORMS if f.match(line)), None)
    if form is None:
        return [], []
    found = [(n, m) for n, line in enumerate(lines) if (m := form.match(line))]
    same = [(n, m) for n, m in found if m["sep"] == found[0][1]["sep"]]
    chosen, doubtful = date_order([m for _, m in same])
    moments = [(n, m, moment(m, chosen)) for n, m in same]
    good = [(n, m, at) for n, m, at in moments if at]
    notes = _notes(lines, {n for n, *_ in good}, [n for n, _, at in moments if not at], path)
    if doubtful and good:
        notes.append(Problem("transcript.date_order", {}, Place(path, good[0][0] + 1)))
    spoken = split_authors([_rest(lines[n], m) for n, m, _ in good], names)
    chat = any(author for author, _ in spoken)  # else these are dated notes, and not WhatsApp's
    heads = [
        Head(n, at, None, author, text, chat and author is None)
        for (n, _, at), (author, text) in zip(good, spoken, strict=True)
    ]
    return heads, notes


def _notes(lines: Sequence[str], used: set[int], bad: list[int], path: str) -> list[Problem]:
    """Lines that were kept as text although they look like headers."""
    passed = used | set(bad)
    other = [
        n
        for n, line in enumerate(lines)
        if n not in passed and any(form.match(line) for form in _FORMS)
    ]
    return [
        *_note("transcript.date", lines, bad, path),
        *_note("transcript.other_form", lines, other, path),
    ]


def _note(code: str, lines: Sequence[str], kept: list[int], path: str) -> list[Problem]:
    if not kept:
        return []
    facts = {"count": len(kept), "line": unmarked(lines[kept[0]]).strip()[:80]}
    return [Problem(code, facts, Place(path, kept[0] + 1))]


def date_order(found: Sequence[re.Match[str]]) -> tuple[Order, bool]:
    """The order that makes the most dates possible, day first on a tie; and whether to doubt it.

    A clock of twelve hours is that of an English telephone, which may well write the month first.
    """
    fits = {order: sum(moment(m, order) is not None for m in found) for order in ORDERS}
    best = max(ORDERS, key=lambda order: fits[order])
    return best, fits["dmy"] == fits["mdy"] > 0 and any(m["half"] for m in found)


def moment(found: re.Match[str], order: Order) -> datetime | None:
    """The header's local time, or None where there is no such day or time in that order."""
    a, b, c = found["a"], found["b"], found["c"]
    year, month, day = {"dmy": (c, b, a), "mdy": (c, a, b), "ymd": (a, b, c)}[order]
    clock = time_of_day(found)
    if clock is None or len(day) > 2 or len(month) > 2 or len(year) not in (2, 4):
        return None
    if order == "ymd" and len(year) == 2:
        return None
    try:
        full = int(year) + (2000 if len(year) == 2 else 0)
        return datetime(full, int(month), int(day), clock.hour, clock.minute, clock.second)
    except ValueError:
        return None


def time_of_day(found: re.Match[str]) -> time | None:
    """`2:05 PM`, `2:05 da tarde` and `14:05`."""
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and hour <= 12:
        late = half.startswith("p") or half.endswith(("tarde", "noite"))
        hour = hour % 12 + (12 if late else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def clocked(lines: Sequence[str], names: Collection[str]) -> list[Head]:
    """Headers that have only a time of day; one line alone must be the first."""
    found = [(n, m) for n, line in enumerate(lines) if (m := _CLOCK.match(line))]
    timed = [(n, m, clock) for n, m in found if (clock := time_of_day(m))]
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not timed or (len(timed) == 1 and timed[0][0] != first):
        return []
    rests = [_rest(lines[n], m) for n, m, _ in timed]
    spoken = split_authors(rests, names)
    return [
        _clocked(n, clock, rest, said)
        for (n, _, clock), rest, said in zip(timed, rests, spoken, strict=True)
    ]


def _clocked(line: int, clock: time, rest: str, said: tuple[str | None, str]) -> Head:
    if event := _STARRED.fullmatch(rest.strip()[:1000]):
        return Head(line, None, clock, None, event[1], True)
    return Head(line, None, clock, *said)


def _rest(line: str, found: re.Match[str]) -> str:
    return line[found.end() :].rstrip("\r\n")
