"""Categories: the options of the field 'Assunto', each with its rules (O33)."""

from collections.abc import Iterable, Mapping

import msgspec

from deskcli.fold import fold
from deskcli.form import RouteStep
from deskcli.problem import refuse
from deskcli.yamltext import Value


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One option. `roles` may choose it (O-X16), `update_roles` may work on its tickets (O33.20).

    `requires` must hold for a ticket to be opened under it, `resolve_requires` to be resolved.
    `form` is the form to use instead of the one at hand; `suggests` are macros to apply next.
    `source_note` keeps the document's own words where they contradict the label (O-X2).
    """

    id: str
    label: str
    guidance: str = ""
    aliases: list[str] = []
    roles: list[str] = []
    update_roles: list[str] = []
    requires: dict[str, Value] = {}
    resolve_requires: dict[str, Value] = {}
    sets: dict[str, str] = {}
    form: str = ""
    route: list[RouteStep] = []
    suggests: list[str] = []
    provisional: bool = False
    source: list[str] = []
    source_note: str = ""


class Conflict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A contradiction of the document: what was decided, until a person confirms it."""

    item: str
    options: list[str]
    problem: str
    decision: str
    confirmed: bool = False
    source_note: str = ""


class CategoryFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of options; `includes` are options of other lists that its form takes too."""

    id: str
    label: str
    options: list[Option] = []
    includes: list[str] = []
    conflicts: list[Conflict] = []
    provisional: bool = False
    source: list[str] = []
    note: str = ""


class Categories(Mapping[str, Option]):
    """All options of all lists by id; ids are unique over the desk."""

    def __init__(self, files: Iterable[CategoryFile]) -> None:
        self.lists = {f.id: f for f in files}
        self._by_id = {o.id: o for f in self.lists.values() for o in f.options}
        self._names: dict[tuple[str, ...], dict[str, Option]] = {}

    def __getitem__(self, category: str) -> Option:
        return self._by_id[category]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def of(self, lists: Iterable[str]) -> list[Option]:
        """The options that a form with these lists takes."""
        files = [self.lists[name] for name in lists if name in self.lists]
        own = [o for f in files for o in f.options]
        return own + [self[i] for f in files for i in f.includes if i in self]

    def find(self, name: str, lists: Iterable[str]) -> Option:
        """By id, label or alias among the lists of a form."""
        key = tuple(lists)
        if key not in self._names:
            names = ((fold(n), o) for o in self.of(key) for n in (o.id, o.label, *o.aliases))
            self._names[key] = dict(names)
        found = self._names[key].get(fold(name))
        if found is None:
            raise refuse("category.unknown", field="category", category=name)
        return found
