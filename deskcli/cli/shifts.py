"""What other calendars would make of the time of tickets: who would be late, and who in time."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from deskcli.cli import session, sla_words
from deskcli.cli.words import _
from deskcli.condition import ALWAYS
from deskcli.config import Config
from deskcli.timeline import clocks
from deskcli.whatif import Shift, of_promises, of_rule


def shifts(other: Config) -> Iterator[Shift]:
    """Of all tickets, by the desk's configuration and by `other`; the deadlines of rules only where
    their condition holds.
    """
    here = session.desk()
    now, then = here.scene(), replace(here.scene(), config=other)
    both = clocks(here.config, here.now), clocks(other, here.now)
    for row in here.index.select(ALWAYS):
        yield from of_promises(row, *both)
    for rule in here.config.rules:
        for row in here.index.select(now.condition(rule.when)):
            yield from of_rule(rule, row, now, then)


def shifted(shift: Shift) -> dict[str, Any]:
    """A row of the list."""
    labels = {rule.id: rule.label for rule in session.desk().config.rules}
    names = {name: sla_words.metric(name) for name in sla_words.METRICS}
    due, due_then = shift.due, shift.due_then
    return {
        "id": shift.row.id,
        "what": {**labels, **names}[shift.what],
        "deadline": shift.what,
        "verdict": _("would be late") if shift.late_then else _("would be in time"),
        "late": shift.late,
        "late_then": shift.late_then,
        "due": due.isoformat(timespec="seconds") if due else "",
        "due_then": due_then.isoformat(timespec="seconds") if due_then else "",
        "until": sla_words.at_clock(due),
        "until_then": sla_words.at_clock(due_then),
        "title": shift.row.header.get("title"),
    }
