"""Names that conditions ask by and that no header has: what follows from a ticket (see `facts`);
and of both which kind of thing the desk has there.
"""

from deskcli.ticket import header_path

METRICS = ("first_response", "update", "resolution")  # of the SLA
SLA = frozenset(
    (
        *("sla.state", "sla.due"),
        *(f"sla.{metric}.{fact}" for metric in METRICS for fact in ("state", "due", "target")),
    )
)
# As people shorten them: `sla:late`, `sla.resolution:late`.
SHORT = {name: f"{name}.state" for name in ("sla", *(f"sla.{metric}" for metric in METRICS))}
# What is only known elsewhere: of a row on its way in, and of an act that a scenario tries.
SENT = frozenset(("outbox.channel", "outbox.address", "outbox.whom", "outbox.text"))
ELSEWHERE = frozenset(("after_hours", "refused", "missing", "why")) | SENT
DERIVED = ELSEWHERE | SLA
DERIVED |= frozenset("state open arrived updated text macros overdue due_today".split())
CARRIED = ("state", "open", "arrived", "updated")  # by a row, beside its header
DATES = frozenset("due next_action opened_at arrived updated".split())
DATES |= frozenset(path for path in SLA if path.endswith(".due"))
# Where a value is the name of something that the desk has, whatever form asks for it.
KINDS_OF = {
    "status": "status",
    "category": "category",
    "subcategory": "category",
    "form": "form",
    "assignee": "person",
    "team": "team",
    "brand": "brand",
    "macros": "macro",
    "state": "state",
    "mentions": "person",
    "org": "org",
    "visit.with": "person",
    **{path: "sla" for path in SLA if path.endswith(".state")},
    **{path: "target" for path in SLA if path.endswith(".target")},
}
# What holds values by name: conditions and messages ask for one of them, never for the whole.
MAPPINGS = frozenset(("requester", "fields", "source", "on_reply", "attachments", "visit"))
PERSONS = frozenset(path for path, kind in KINDS_OF.items() if kind == "person")


def path_of(name: str) -> str:
    """Where the facts of a ticket have what people call so."""
    name = SHORT.get(name, name)
    return name if name in DERIVED else header_path(name)
