"""What a desk knows by name: its people, states, forms ..., and the values that its fields take."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from deskcli import sla
from deskcli.condition import DERIVED
from deskcli.config import Config
from deskcli.demand import ASKED
from deskcli.ticket import HEADER
from deskcli.workflow import CLOSED

STATES = frozenset(("new", "open", "waiting", "scheduled", *CLOSED))
# Which register the value at a header path must be in.
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
    **{path: "sla" for path in DERIVED if path.startswith("sla.") and path.endswith(".state")},
    **{path: "target" for path in DERIVED if path.endswith(".target")},
}


@dataclass(frozen=True)
class Register:
    """`names` by kind; `choices` by header path, for fields that have a list of values."""

    names: Mapping[str, frozenset[str]]
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has_path(self, path: str) -> bool:
        """Whether a ticket of this desk can have something there."""
        top = path.partition(".")[0]
        if top not in ("fields", "requester"):
            return top in HEADER or path in DERIVED or path in ("overdue", "due_today")
        return path in self.names["path"]

    def wanted(self, path: str) -> tuple[str, frozenset[str]] | None:
        """The kind and the known values of a header path; None where any text will do."""
        if path in KINDS_OF:
            return KINDS_OF[path], self.names[KINDS_OF[path]]
        return ("value", self.choices[path]) if path in self.choices else None


def register(config: Config) -> Register:
    people = config.people
    known = {
        "role": people.file.roles,
        "team": people.file.teams,
        "person": people,
        "list": config.categories.lists,
        "category": config.categories,
        "macro": config.macros,
        "reply": config.replies,
        "form": config.forms,
        "status": config.workflow,
        "rota": config.rotas,
        "roulette": config.roulettes,
        "brand": config.settings.brands,
        "calendar": config.calendars,
        "state": STATES,
        "sla": sla.STATES,
        "target": [target.id for target in config.targets],
        "path": [*_paths(config), *(f"requester.{name}" for name in ASKED)],
    }
    return Register({kind: frozenset(names) for kind, names in known.items()}, _choices(config))


def _paths(config: Config) -> Iterator[str]:
    for form in config.forms.values():
        yield from (asked.path for asked in form.fields)


def _choices(config: Config) -> dict[str, frozenset[str]]:
    """Of every form together; a path that some form leaves free takes any text."""
    free = {f.path for form in config.forms.values() for f in form.fields if not f.choices}
    found: dict[str, frozenset[str]] = {}
    for form in config.forms.values():
        for asked in form.fields:
            if asked.choices and asked.path not in free:
                ids = frozenset(c.id for c in asked.choices)
                found[asked.path] = found.get(asked.path, frozenset()) | ids
    return found
