"""Rules that time fires: `workflows/rules/*.yaml`. `sweep.py` applies them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from deskcli.allowance import Allowance, Run
from deskcli.worktime import Calendar
from deskcli.yamltext import Value

Hour = Annotated[str, msgspec.Meta(pattern=r"^(close|([01]\d|2[0-3]):[0-5]\d)$", title="hour")]


class Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moment counted from something that happened to the ticket (O7, O-X11).

    `since`: `opened`, `due` (the promised date), or `updated` (the first update). `day`: the same
    business day, or the next one; what arrives after hours arrives at the next opening. `at`: an
    hour of that day (`12:00`), or `close` for the end of its opening hours.
    """

    since: Literal["opened", "due", "updated"] = "opened"
    day: Literal["same", "next"] = "same"
    at: Hour = "close"


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing a rule does; exactly one of its keys is given.

    `flag` puts a flag on the ticket, `note` an internal note, `move` a status; `reassign` is a
    person, `rota:NAME` or `roulette:NAME`; `notify` is a person, `assignee`, `role:NAME` or
    `team:NAME`, and becomes an event for the outbox.
    """

    flag: str = ""
    unflag: str = ""
    note: str = ""
    move: str = ""
    reassign: str = ""
    notify: str = ""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fires once per ticket and due value, when `when` holds and the deadline has passed.

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


ACTIONS = ("flag", "unflag", "note", "move", "reassign", "notify")
