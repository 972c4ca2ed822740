"""What the desk promises its requesters, and by when: `schedules/sla.yaml` (P3, O7).

Nothing of it is stored on a ticket. `measure` works all out from the history, so it is right after
any change of these files; hours and holidays with `from` in the calendars, and targets with `from`
here, leave the months before them as they were.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from deskcli import allowance
from deskcli.calendarfile import Dated
from deskcli.factnames import METRICS
from deskcli.problem import DeskError, Problem
from deskcli.schema import typed
from deskcli.yamltext import Document, Value

# Of a promise, the gravest first; `late` is still to be done, `missed` was done too late.
STATES = ("late", "running", "paused", "missed", "met", "cancelled")
LATE = frozenset(("late", "missed"))
OWED = frozenset(("late", "running"))
UNDONE = frozenset((*OWED, "paused"))  # of open tickets only


class Target(Dated, frozen=True):
    """One promise: for tickets of which `when` holds and that arrived `from` a day `until` another.

    Each metric is an allowance (`4h`, `90min`, `2bd`, `1bd 12:00`) of `calendar`, by default the
    desk's. Tickets of which nothing is promised match none that names the metric.
    """

    id: str
    label: str = ""
    when: dict[str, Value] = field(default_factory=dict)
    calendar: str = ""
    first_response: allowance.Text = ""
    update: allowance.Text = ""
    resolution: allowance.Text = ""
    provisional: bool = False
    source: list[str] = field(default_factory=list)
    note: str = ""

    def allows(self, metric: str) -> str:
        return str(getattr(self, metric))


class TargetsFile(Struct, frozen=True, forbid_unknown_fields=True):
    targets: list[Target] = []


def faults(doc: Document) -> Iterator[Problem]:
    """What is wrong inside the file: dates that are none, and a target that promises nothing."""
    for n, target in enumerate(typed(doc, TargetsFile).targets):
        place = doc.place(("targets", n))
        if not any(map(target.allows, METRICS)):
            yield Problem("sla.nothing", {"target": target.id, "known": METRICS}, place)
        try:
            target.in_force(date.min)
        except DeskError as error:
            yield from (Problem(p.code, p.facts, place) for p in error.problems)
