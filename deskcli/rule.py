"""Rules that time fires: `workflows/rules/*.yaml`. `sweep.py` applies them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from deskcli.allowance import Allowance, Run, hour_of
from deskcli.ticket import Event
from deskcli.worktime import Calendar
from deskcli.yamltext import Value

Hour = Annotated[str, msgspec.Meta(pattern=r"^(close|([01]\d|2[0-3]):[0-5]\d)$", title="hour")]


class Repeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reminder: the deadline again `every` so long, `times` in all with the first one.

    `every` counts business days of the desk's calendar (`2bd`), days (`1d`), weeks (`1w`) or hours
    (`12h`).
    """

    every: Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]{0,2}(bd|du|d|w|h)$", title="span")]
    times: Annotated[int, msgspec.Meta(ge=1)]


class Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moment counted from something that happened to the ticket (O7, O-X11).

    `since`: `opened`, `due` (the promised date), or `updated` (the first update). `day`: the same
    business day, or the next one; what arrives after hours arrives at the next opening. `at`: an
    hour of that day (`12:00`), or `close` for the end of its opening hours.
    """

    since: Literal["opened", "due", "updated"] = "opened"
    day: Literal["same", "next"] = "same"
    at: Hour = "close"
    repeat: Repeat | None = None


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing a rule does; exactly one of its keys is given.

    `flag` puts a flag on the ticket, `note` an internal note, `move` a status; `reassign` is a
    person, `rota:NAME`, `roulette:NAME` or `team:NAME`; `notify` is a person, `assignee`,
    `role:NAME` or `team:NAME`, and becomes an event for the outbox.
    """

    flag: str = ""
    unflag: str = ""
    note: str = ""
    move: str = ""
    reassign: str = ""
    notify: str = ""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fires once per ticket and due value, when `when` holds and the deadline has passed; one that
    repeats, once for each slot of it.

    The due value is the deadline's instant; without one the SLA's due that `when` asks about, else
    the promised date.
    """

    id: str
    label: str
    when: dict[str, Value] = {}
    deadline: Deadline | None = None
    actions: list[Action] = []
    provisional: bool = False
    source: list[str] = []
    note: str = ""


def deadline_of(rule: Deadline, since: datetime, calendar: Calendar) -> datetime:
    """When the time counted from `since` is over: on the day of its arrival, or the next one."""
    allowed = Allowance(days=int(rule.day == "next"), at=rule.at)
    due = allowed.due([Run(since, None, calendar)])
    assert due is not None  # a run without end uses up anything
    return due


def slots(rule: Deadline, since: datetime, calendar: Calendar) -> Iterator[datetime]:
    """The deadline and its repetitions: slot k comes k periods after it, at the same hour."""
    at = deadline_of(rule, since, calendar)
    yield at
    for _ in range(1, rule.repeat.times if rule.repeat else 1):
        at = _again(rule, at, calendar)
        yield at


def _again(rule: Deadline, at: datetime, calendar: Calendar) -> datetime:
    from deskcli.dates import parse_date, parse_instant

    assert rule.repeat
    span = f"+{rule.repeat.every}"
    if span.endswith("h"):
        return parse_instant(span, at, calendar)
    day = parse_date(span, at.date(), calendar)
    return hour_of(rule.at, day, calendar).astimezone(calendar.zone)


def slot_of(event: Event) -> int:
    """Of a firing; one of a rule that did not repeat then was the first."""
    text = str(event.data.get("slot", ""))
    return int(text) if text.isdecimal() else 0


ACTIONS = ("flag", "unflag", "note", "move", "reassign", "notify")
