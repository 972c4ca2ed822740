"""What other calendars would change: promises and deadlines late by the one and not by the other.

All is worked out twice, by the same functions: with the desk's own calendars and with others.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from deskcli.facts import Row
from deskcli.measure import Clocks, measure
from deskcli.rule import Rule
from deskcli.scene import Scene
from deskcli.sla import LATE
from deskcli.sweep import limit_of
from deskcli.timeline import unpacked


class Shift(Struct, frozen=True):
    """One deadline of a ticket, now and then; `what` is a metric of the SLA or the id of a rule.
    A `due` is None where nobody can tell it.
    """

    row: Row
    what: str
    due: datetime | None
    due_then: datetime | None
    late: bool
    late_then: bool


def of_promises(row: Row, now: Clocks, then: Clocks) -> Iterator[Shift]:
    """Of the SLA: its cycles are the same ones by any calendar, only their time is not."""
    moments = unpacked(row.moments)
    for a, b in zip(measure(moments, now), measure(moments, then), strict=True):
        shift = Shift(row, a.metric, a.due, b.due, a.state in LATE, b.state in LATE)
        if shift.late != shift.late_then:
            yield shift


def of_rule(rule: Rule, row: Row, now: Scene, then: Scene) -> Iterator[Shift]:
    """Of a rule's deadline, for a ticket of which its condition holds."""
    if rule.deadline is None:
        return
    opened = row.arrival
    known = (rule.deadline, opened, str(row.header.get("due") or ""), row.updated)
    due, due_then = limit_of(now, *known), limit_of(then, *known)
    late, late_then = (bool(d and now.now > d) for d in (due, due_then))
    if late != late_then:
        yield Shift(row, rule.id, due, due_then, late, late_then)
