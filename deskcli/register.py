"""What a desk knows by name: its people, states, forms ..., and the values that its fields take."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

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
}
# Which kinds of files the names of a kind come from.
FILES_OF = {
    "role": "people",
    "team": "people",
    "person": "people",
    "list": "category",
    "category": "category",
    "macro": "macro",
    "reply": "reply",
    "form": "form",
    "status": "statuses",
    "rota": "rota",
    "roulette": "roulette",
    "brand": "desk",
    "calendar": "calendars",
    "path": "form",
}


class _Any(frozenset[str]):
    """Names of which not all are known: any may be one."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True)
class Register:
    """`names` by kind; `choices` by header path, for fields that have a list of values. `damaged`
    are the kinds of files of which not all could be read.
    """

    names: Mapping[str, frozenset[str]]
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    damaged: Set[str] = frozenset()

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


def register(config: Config, damaged: Set[str] = frozenset()) -> Register:
    """Of a desk; what could be a name in a damaged file is none that is missing."""
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
        "path": [*_paths(config), *(f"requester.{name}" for name in ASKED)],
    }
    names = {kind: frozenset(held) for kind, held in known.items()}
    names |= {kind: _Any() for kind, files in FILES_OF.items() if files in damaged}
    return Register(names, {} if "form" in damaged else _choices(config), damaged)


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
