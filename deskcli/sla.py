"""What the desk promises its requesters, and by when: `schedules/sla.yaml` (P3, O7).

Nothing of it is stored on a ticket. `measure` works all out from the history, so it is right after
any change of these files; hours and holidays with `from` in the calendars, and targets with `from`
here, leave the months before them as they were.
"""

from msgspec import Struct, field

from deskcli import allowance
from deskcli.calendarfile import Dated
from deskcli.yamltext import Value

METRICS = ("first_response", "update", "resolution")
# Of a promise, the gravest first; `late` is still to be done, `missed` was done too late.
STATES = ("late", "running", "paused", "missed", "met", "cancelled")
DECIDED = frozenset(("late", "missed", "met"))
OWED = frozenset(("late", "running"))


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
