"""Everything the desk's people wrote, as values; each file is read when it is first asked for.

`Config` asks a `Reader` for documents, so that it knows the shape of a desk and not the disk.
"""

from collections.abc import Callable
from copy import copy
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from deskcli import rota
from deskcli.calendarfile import CalendarsFile
from deskcli.category import Categories, CategoryFile
from deskcli.deskfile import CHANNELS, Channel, Settings, View, ViewsFile
from deskcli.fold import fold, nearest
from deskcli.form import Form
from deskcli.importmap import ImportMap
from deskcli.macro import Macro
from deskcli.org import Org, Orgs
from deskcli.people import People, PeopleFile, Person
from deskcli.problem import DeskError, Place, Problem, refuse
from deskcli.reply import Reply, parse
from deskcli.rule import Rule
from deskcli.scenariofile import Given, ScenariosFile
from deskcli.schema import typed
from deskcli.sla import Target, TargetsFile
from deskcli.workflow import StatusesFile, Workflow
from deskcli.worktime import Calendar, calendars
from deskcli.yamltext import Document, Path, read

T = TypeVar("T")


class FileKind(msgspec.Struct, frozen=True):
    """Where a kind of file lives in a desk (a glob below its folder) and what it is read as."""

    glob: str
    type: type


KINDS: dict[str, FileKind] = {
    "desk": FileKind("desk.yaml", Settings),
    "people": FileKind("people.yaml", PeopleFile),
    "statuses": FileKind("workflows/statuses.yaml", StatusesFile),
    "form": FileKind("workflows/forms/*.yaml", Form),
    "category": FileKind("workflows/categories/*.yaml", CategoryFile),
    "macro": FileKind("workflows/macros/*.yaml", Macro),
    "rule": FileKind("workflows/rules/*.yaml", Rule),
    "views": FileKind("workflows/views.yaml", ViewsFile),
    "import": FileKind("workflows/imports/*.yaml", ImportMap),
    "org": FileKind("organizations/*.yaml", Org),
    "calendars": FileKind("schedules/calendars.yaml", CalendarsFile),
    "sla": FileKind("schedules/sla.yaml", TargetsFile),
    "rota": FileKind("schedules/rota-*.yaml", rota.Rota),
    "roulette": FileKind("schedules/roulette-*.yaml", rota.Roulette),
    "absences": FileKind("schedules/absences.yaml", rota.AbsencesFile),
    "swaps": FileKind("schedules/swaps.yaml", rota.SwapsFile),
    "scenario": FileKind("workflows/tests/*.yaml", ScenariosFile),
}

REPLIES = "workflows/replies/*.md"
GLOBS = {**{kind: known.glob for kind, known in KINDS.items()}, "reply": REPLIES}

# A writer looks at the files again under its lock, an import for every chunk: what has not changed
# is not parsed again.
_document = lru_cache(maxsize=256)(read)

Reader = Callable[[str], list[tuple[str, bytes]]]  # (path, content) of what a glob matches


class Config:
    """The desk's configuration; a file that can not be read refuses when it is first needed."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._documents: dict[str, list[Document]] = {}

    def documents(self, kind: str) -> list[Document]:
        if kind not in self._documents:
            files = self._read(KINDS[kind].glob)
            self._documents[kind] = [_document(data, path) for path, data in files]
        return self._documents[kind]

    def _all(self, kind: str, of: type[T]) -> list[T]:
        return [typed(doc, of) for doc in self.documents(kind)]

    def each(self, kind: str) -> list[tuple[Document, Any]]:
        """Every file of a kind with what it is read as."""
        return [(doc, typed(doc, KINDS[kind].type)) for doc in self.documents(kind)]

    def _one(self, kind: str, of: type[T]) -> T:
        """A desk without the file has it empty, where it may be."""
        found = self._all(kind, of)
        if found:
            return found[0]
        try:
            return msgspec.convert({}, of)
        except msgspec.ValidationError:
            raise refuse("file.missing", Place(KINDS[kind].glob)) from None

    @cached_property
    def settings(self) -> Settings:
        return self._one("desk", Settings)

    @cached_property
    def channels(self) -> dict[str, Channel]:
        return {c.id: c for c in self.settings.channels or CHANNELS}

    @cached_property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.settings.timezone)
        except (ValueError, OSError, KeyError):
            raise self._setting("timezone", self.settings.timezone) from None

    @cached_property
    def people(self) -> People:
        return People(self._one("people", PeopleFile))

    @cached_property
    def workflow(self) -> Workflow:
        return Workflow(self._one("statuses", StatusesFile))

    @cached_property
    def orgs(self) -> Orgs:
        return Orgs(self._all("org", Org))

    @cached_property
    def forms(self) -> dict[str, Form]:
        return {f.id: f for f in self._all("form", Form)}

    @cached_property
    def categories(self) -> Categories:
        return Categories(self._all("category", CategoryFile))

    @cached_property
    def macros(self) -> dict[str, Macro]:
        return {m.id: m for m in self._all("macro", Macro)}

    @cached_property
    def replies(self) -> dict[str, Reply]:
        """Canned replies by the name of their file."""
        files = self._read(REPLIES)
        named = [(path.rpartition("/")[2].removesuffix(".md"), path, data) for path, data in files]
        return {name: parse(data, path, name) for name, path, data in named}

    @cached_property
    def rules(self) -> list[Rule]:
        return self._all("rule", Rule)

    @cached_property
    def views(self) -> dict[str, View]:
        return self._one("views", ViewsFile).views

    @cached_property
    def imports(self) -> dict[str, ImportMap]:
        return {m.id: m for m in self._all("import", ImportMap)}

    @cached_property
    def calendars(self) -> dict[str, Calendar]:
        return calendars(self._one("calendars", CalendarsFile), self.zone)

    @property
    def calendar(self) -> Calendar:
        """The desk's own opening hours."""
        if self.settings.calendar not in self.calendars:
            raise self._setting("calendar", self.settings.calendar)
        return self.calendars[self.settings.calendar]

    def named_calendar(self, name: str) -> Calendar:
        """'' is the desk's own."""
        return find("calendar", name, self.calendars) if name else self.calendar

    @cached_property
    def targets(self) -> list[Target]:
        return self._one("sla", TargetsFile).targets

    def _setting(self, key: str, value: str) -> DeskError:
        """A value of desk.yaml that can not be what it says."""
        doc = self.documents("desk")[0]
        return refuse("desk.setting", doc.value_place((key,)), key=key, value=value)

    @cached_property
    def rotas(self) -> dict[str, rota.Rota]:
        return {r.id: r for r in self._all("rota", rota.Rota)}

    @cached_property
    def roulettes(self) -> dict[str, rota.Roulette]:
        return {r.id: r for r in self._all("roulette", rota.Roulette)}

    @cached_property
    def absences(self) -> list[rota.Absence]:
        return self._one("absences", rota.AbsencesFile).absences

    @cached_property
    def swaps(self) -> list[rota.Swap]:
        return self._one("swaps", rota.SwapsFile).swaps

    def given(self, told: Given, people: list[Person], day: date) -> "Config":
        """The same desk with a scenario's absences and swaps, its people and organisations too, and
        its order of those on duty from that day on.
        """
        other = copy(self)
        other.absences, other.swaps = told.absences, told.swaps
        other.people = self.people.and_more(people)
        other.orgs = Orgs([*self.orgs.values(), *told.orgs])
        other.rotas = dict(self.rotas)
        for name, order in told.duty.items():
            period = rota.Period(day, order)
            other.rotas[name] = replace(self.rotas[name], periods=[period], dates={})
        return other

    def with_file(self, kind: str, name: str, data: bytes) -> "Config":
        """The same desk with this file in place of its own of that kind."""
        glob = KINDS[kind].glob
        return Config(lambda asked: [(name, data)] if asked == glob else self._read(asked))

    def place(self, kind: str, item: str, path: Path = ()) -> str:
        """`workflows/categories/x.yaml:41`: where a thing with that id stands, for `why`."""
        for doc in self.documents(kind):
            if isinstance(doc.value, dict) and doc.value.get("id") == item:
                found = doc.place(path)
                return f"{found.path}:{found.line}"
        return ""

    def option_place(self, category: str, *path: str | int) -> str:
        """The same for an option of a list."""
        for doc in self.documents("category"):
            for n, option in enumerate((doc.value or {}).get("options") or []):
                if isinstance(option, dict) and option.get("id") == category:
                    found = doc.place(("options", n, *path))
                    return f"{found.path}:{found.line}"
        return ""


def find(kind: str, name: str, known: dict[str, T]) -> T:
    """By id, label or alias, as people type it; refuses with the nearest and the whole list."""
    for key, item in known.items():
        names = [key, getattr(item, "label", ""), *getattr(item, "aliases", [])]
        if fold(name) in map(fold, names):
            return item
    close = nearest(name, known)
    raise DeskError(Problem(f"{kind}.unknown", {kind: name, "nearest": close, "known": [*known]}))
