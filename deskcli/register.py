"""What a desk knows by name: its people, states, forms ..., and the values that its fields take."""

from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec import Struct
from msgspec.structs import replace

from deskcli import sla
from deskcli.codes import CODES
from deskcli.config import Config
from deskcli.demand import ASKED, GIVEN
from deskcli.factnames import DATES, DERIVED, ELSEWHERE, KINDS_OF, MAPPINGS, SLA
from deskcli.form import Field
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
VISIT = ("visit.at", "visit.with", "visit.cancelled", "visit.customer_confirmed", "visit.done")


class _Any(frozenset[str]):
    """Names of which not all are known: any may be one."""

    def __contains__(self, name: object) -> bool:
        return True


class Register(Struct, frozen=True):
    """`names` by kind; `choices` by header path, for fields that have a list of values. `damaged`
    are the kinds of files of which not all could be read.
    """

    names: Mapping[str, frozenset[str]]
    choices: Mapping[str, frozenset[str]]
    damaged: Set[str] = frozenset()

    def has_path(self, path: str) -> bool:
        """Whether a ticket of this desk can have a value there."""
        top, _, rest = path.partition(".")
        if top in ("fields", "requester"):
            return path in self.names["path"]
        if rest:
            return top in ("source", "on_reply") or path in SLA or path in VISIT
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
        if path in self.choices:
            return "value", self.choices[path]
        named = "form" not in self.damaged and path in self.names["person_path"]
        return ("person", self.names["person"]) if named else None


def paths_of(config: Config) -> Register:
    """Only of the fields that a desk's tickets have, for whom the rest need not be read."""
    fields = [asked for form in config.forms.values() for asked in form.fields]
    return Register({"path": frozenset(_paths(fields))}, {})


def _paths(fields: list[Field]) -> Iterator[str]:
    yield from (asked.path for asked in fields)
    yield from (f"requester.{name}" for name in ASKED)


def register(config: Config, damaged: Set[str] = frozenset()) -> Register:
    """Of a desk; what could be a name in a damaged file is none that is missing."""
    people = config.people
    fields = [asked for form in config.forms.values() for asked in form.fields]
    known = {
        "role": people.file.roles,
        "team": people.file.teams,
        "person": people,
        "owner": [*people, *people.file.teams, *people.file.roles],
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
        "view": config.views,
        "org": config.orgs,
        "sla": sla.STATES,
        "target": [target.id for target in config.targets],
        "path": _paths(fields),
        "person_path": ["assignee", *(f.path for f in fields if f.type == "person")],
        "date_path": [
            *DATES,
            "visit.at",
            "visit.cancelled",
            *(f.path for f in fields if f.type == "date"),
        ],
    }
    names = {kind: frozenset(held) for kind, held in known.items()}
    for kind, files in FILES_OF.items():
        if damaged & frozenset(files.split()):
            names[kind] = _Any()
    if config.settings.calendar not in config.calendars:
        damaged |= {"calendars"}  # told of where it is named; no day of the desk can be counted
    return Register(names, dict(_choices(config, fields, damaged)), damaged)


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


def _choices(
    config: Config, fields: list[Field], damaged: Set[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """By path. What nobody types, only the desk's files set, has the values that they set."""
    truths = ("open", "overdue", "due_today", "after_hours", *VISIT[3:])
    yield from dict.fromkeys(truths, TRUTHS).items()
    yield "outbox.channel", frozenset(config.channels)
    yield "refused", frozenset(code for code, leads_to in CODES.items() if leads_to)
    if not damaged & {"rule", "macro"}:
        yield "flags", frozenset(_flags(config))
    if not damaged & {"form", "category", "macro"} and not any(f.path == "outcome" for f in fields):
        yield "outcome", frozenset(_outcomes(config))
    if "form" not in damaged:
        yield from _of_fields(fields).items()


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
        yield from (action.flag for action in rule.actions)
    for macro in config.macros.values():
        yield from macro.adds.get("flags", ())


def _outcomes(config: Config) -> Iterator[str]:
    options, forms = config.categories.values(), config.forms.values()
    sets = [o.sets for o in options] + [m.sets for m in config.macros.values()]
    sets += [s.sets for o in options for s in o.route] + [s.sets for f in forms for s in f.route]
    return (held["outcome"] for held in sets if "outcome" in held)
