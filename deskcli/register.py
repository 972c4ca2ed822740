"""What a desk knows by name: its people, states, forms ..., and the values that its fields take."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache, partial

from msgspec import Struct
from msgspec.structs import replace

from deskcli import sla
from deskcli.codes import CODES
from deskcli.config import Config
from deskcli.demand import ASKED, GIVEN
from deskcli.factnames import DATES, DERIVED, ELSEWHERE, KINDS_OF, MAPPINGS, SLA
from deskcli.form import Field
from deskcli.people import People
from deskcli.ticket import HEADER, header_path
from deskcli.workflow import CLOSED

STATES = frozenset(("new", "open", "waiting", "scheduled", *CLOSED))
TRUTHS = frozenset(("true", "false"))
# Which files the names of a kind come from.
FILES_OF = {
    "role": "people",
    "team": "people",
    "person": "people",
    "owner": "people",
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
    "view": "views",
    "org": "org",
    "target": "sla",
    "path": "form",
    "person_path": "form",
    "date_path": "form",
}
WRITTEN = ("source.import", "source.key", "on_reply.status")
VISIT = ("visit.at", "visit.with", "visit.cancelled", "visit.customer_confirmed", "visit.done")


class _Any(frozenset[str]):
    """Names of which not all are known: any may be one."""

    def __contains__(self, name: object) -> bool:
        return True


class _Names(Mapping[str, frozenset[str]]):
    """By kind; each is read when it is first asked for: a filter needs few of a desk's files."""

    def __init__(self, made: Mapping[str, Callable[[], frozenset[str]]]) -> None:
        self._made = {kind: cache(names) for kind, names in made.items()}

    def __getitem__(self, kind: str) -> frozenset[str]:
        return self._made[kind]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class Register(Struct, frozen=True):
    """`names` by kind; `choices` of a header path, for fields that have a list of values, else
    None. `damaged` are the kinds of files of which not all could be read.
    """

    names: Mapping[str, frozenset[str]]
    choices: Callable[[str], frozenset[str] | None] = lambda path: None
    damaged: Set[str] = frozenset()

    def has_path(self, path: str) -> bool:
        """Whether a ticket of this desk can have a value there."""
        top, _, rest = path.partition(".")
        if top in ("fields", "requester"):
            return path in self.names["path"]
        if rest:
            return path in (*VISIT, *WRITTEN) or path in SLA
        return path in DERIVED - ELSEWHERE or (top in HEADER and top not in MAPPINGS)

    def and_more(self, kind: str, names: Iterable[str]) -> "Register":
        """With these beside the desk's own of that kind."""
        own = self.names[kind]
        both = own if isinstance(own, _Any) else own | frozenset(names)
        return replace(self, names={**self.names, kind: both})

    def wanted(self, path: str) -> tuple[str, frozenset[str]] | None:
        """The kind and the known values of a header path; None where any text will do."""
        if path in KINDS_OF:
            return KINDS_OF[path], self.names[KINDS_OF[path]]
        if (values := self.choices(path)) is not None:
            return "value", values
        named = "form" not in self.damaged and path in self.names["person_path"]
        return ("person", self.names["person"]) if named else None


def register(config: Config, damaged: Set[str] = frozenset()) -> Register:
    """Of a desk, for whoever looks at all of its files; those of which no day can be counted are
    damaged too.
    """
    found = names_of(config, damaged)
    if config.settings.calendar in config.calendars:
        return found
    return replace(found, damaged=damaged | {"calendars"})  # told of where it is named


def names_of(config: Config, damaged: Set[str] = frozenset()) -> Register:
    """Read when asked for; what could be a name in a damaged file is none that is missing."""
    known: dict[str, Callable[[], Iterable[str]]] = {
        "role": lambda: config.people.file.roles,
        "team": lambda: config.people.file.teams,
        "person": lambda: config.people,
        "owner": lambda: _owners(config.people),
        "list": lambda: config.categories.lists,
        "category": lambda: config.categories,
        "macro": lambda: config.macros,
        "reply": lambda: config.replies,
        "form": lambda: config.forms,
        "status": lambda: config.workflow,
        "rota": lambda: config.rotas,
        "roulette": lambda: config.roulettes,
        "brand": lambda: config.settings.brands,
        "calendar": lambda: config.calendars,
        "state": lambda: STATES,
        "view": lambda: config.views,
        "org": lambda: config.orgs,
        "sla": lambda: sla.STATES,
        "target": lambda: [target.id for target in config.targets],
        "path": lambda: [*(f"requester.{name}" for name in ASKED), *_paths(config)],
        "person_path": lambda: ["assignee", *_paths(config, "person")],
        "date_path": lambda: [*DATES, "visit.at", "visit.cancelled", *_paths(config, "date")],
    }
    made: dict[str, Callable[[], frozenset[str]]] = {}
    for kind, names in known.items():
        files = frozenset(FILES_OF.get(kind, "").split())
        made[kind] = _Any if damaged & files else partial(_frozen, names)
    return Register(_Names(made), _choices(config, damaged), damaged)


def _frozen(names: Callable[[], Iterable[str]]) -> frozenset[str]:
    return frozenset(names())


def _owners(people: People) -> list[str]:
    return [*people, *people.file.teams, *people.file.roles]


def _fields(config: Config) -> list[Field]:
    return [asked for form in config.forms.values() for asked in form.fields]


def _paths(config: Config, type: str = "") -> list[str]:
    """Of the fields of that type, of all without one."""
    return [asked.path for asked in _fields(config) if type in ("", asked.type)]


def givable(config: Config, form: str) -> frozenset[str]:
    """The paths that a submission for a form may fill: those of the form, of the forms that its
    options lead to, and what any ticket may be given.
    """
    led_to = {option.form for option in config.categories.of(config.forms[form].categories)}
    forms = [config.forms[name] for name in (form, *led_to) if name in config.forms]
    fields = {asked.path for found in forms for asked in found.fields}
    always = {*GIVEN, *(f"requester.{name}" for name in ASKED), "form", "category"}
    return frozenset(fields | always | {header_path("description")})


# -- lists of values ------------------------------------------------------------------------------


def _choices(config: Config, damaged: Set[str]) -> Callable[[str], frozenset[str] | None]:
    """By path. What nobody types, only the desk's files set, has the values that they set."""

    @cache
    def of_fields() -> Mapping[str, frozenset[str]]:
        return {} if "form" in damaged else _of_fields(_fields(config))

    @cache
    def of(path: str) -> frozenset[str] | None:
        if path in ("open", "overdue", "due_today", "after_hours", *VISIT[3:]):
            return TRUTHS
        if path == "outbox.channel":
            return frozenset(config.channels)
        if path == "refused":
            return frozenset(code for code, leads_to in CODES.items() if leads_to)
        if path in of_fields():
            return of_fields()[path]
        if path == "flags" and not damaged & {"rule", "macro"}:
            return frozenset(_flags(config))
        if path == "outcome" and not damaged & {"form", "category", "macro"}:
            return None if path in _paths(config) else frozenset(_outcomes(config))
        return None

    return of


def _of_fields(fields: list[Field]) -> dict[str, frozenset[str]]:
    """Of every form together; a path that some form leaves free takes any text."""
    free = {f.path for f in fields if not f.choices and f.type != "bool"}
    found: dict[str, frozenset[str]] = {}
    for asked in fields:
        if asked.path not in free:
            ids = TRUTHS if asked.type == "bool" else frozenset(c.id for c in asked.choices)
            found[asked.path] = found.get(asked.path, frozenset()) | ids
    return found


def _flags(config: Config) -> Iterator[str]:
    for rule in config.rules:
        yield from (action.flag for action in rule.actions if action.flag)
    for macro in config.macros.values():
        yield from macro.adds.get("flags", ())


def _outcomes(config: Config) -> Iterator[str]:
    options, forms = config.categories.values(), config.forms.values()
    sets = [o.sets for o in options] + [m.sets for m in config.macros.values()]
    sets += [s.sets for o in options for s in o.route] + [s.sets for f in forms for s in f.route]
    return (held["outcome"] for held in sets if "outcome" in held)
