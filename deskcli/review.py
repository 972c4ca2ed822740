"""What is wrong in a desk's files together: names that lead nowhere, lists nobody confirmed.

Each finding knows the node it is about, so that `check` can name file, line and column. Single
files were checked as they were read; here one file is held against the others (O-X1, O-X6).
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from deskcli import calendarfile, rotacheck
from deskcli.condition import Condition, from_yaml, paths
from deskcli.config import KINDS, Config
from deskcli.fold import fold, nearest
from deskcli.form import Form
from deskcli.importmap import check as check_map
from deskcli.problem import DeskError, Place, Problem
from deskcli.reply import placeholders
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.ticket import HEADER, Ticket, header_path
from deskcli.yamltext import Document, Path, Value

# Keys whose text, or each text of whose list, is the id of something of this kind.
NAMES: dict[tuple[str, str], str] = {
    ("form", "roles"): "role",
    ("form", "categories"): "list",
    ("form", "on_submit_macro"): "macro",
    ("category", "roles"): "role",
    ("category", "update_roles"): "role",
    ("category", "includes"): "category",
    ("category", "suggests"): "macro",
    ("category", "form"): "form",
    ("macro", "roles"): "role",
    ("macro", "reply"): "reply",
    ("statuses", "roles"): "role",
    ("statuses", "to"): "status",
    ("people", "roles"): "role",
    ("people", "teams"): "team",
    ("route", "assign"): "person",
    ("route", "mentions"): "person",
    ("route", "role"): "role",
    ("route", "rota"): "rota",
    ("route", "roulette"): "roulette",
    ("route", "team"): "team",
    ("route", "form"): "form",
    ("import", "form"): "form",
    ("rule", "move"): "status",
}
# Keys that hold values of a ticket: those of `status`, `category` ... must exist.
VALUES = frozenset(("sets", "on_reply", "constants"))
CONDITIONS = frozenset(("when", "requires", "resolve_requires", "required"))
KNOWN_VALUES = {"status": "status", "category": "category", "form": "form", "assignee": "person"}


class Node(NamedTuple):
    """A place in a file: `room` is the kind of file, or `route` inside a ladder."""

    doc: Document
    path: Path
    room: str
    key: str
    value: Value


def known_names(config: Config) -> dict[str, set[str]]:
    people = config.people
    return {
        "role": set(people.file.roles),
        "team": set(people.file.teams),
        "person": set(people),
        "list": set(config.categories.lists),
        "category": set(config.categories),
        "macro": set(config.macros),
        "reply": set(config.replies),
        "form": set(config.forms),
        "status": set(config.workflow),
        "rota": set(config.rotas),
        "roulette": set(config.roulettes),
    }


def review(scene: Scene) -> Iterator[Problem]:
    """Every problem between the files of a desk; each file by itself must be readable."""
    config = scene.config
    known = known_names(config)
    for node in _nodes(config):
        yield from _names(node, known)
        if node.key in CONDITIONS and isinstance(node.value, Mapping):
            yield from _condition(node, config)
        if node.key == "provisional" and node.value == "true":
            yield Problem("check.provisional", {"what": _title(node)}, node.doc.place(node.path))
    for part in (_twice, _conflicts, rota_problems, _maps, _replies, _settings):
        yield from part(scene)


# -- every node of every file ---------------------------------------------------------------------


def _nodes(config: Config) -> Iterator[Node]:
    for kind in KINDS:
        for doc in config.documents(kind):
            if isinstance(doc.value, dict):
                yield from _below(doc, (), kind, doc.value)


def _below(doc: Document, path: Path, room: str, value: Value) -> Iterator[Node]:
    if isinstance(value, dict):
        for key, held in value.items():
            here = (*path, key)
            yield Node(doc, here, room, key, held)
            if key not in CONDITIONS:
                yield from _below(doc, here, "route" if key == "route" else room, held)
    elif isinstance(value, list):
        for n, held in enumerate(value):
            yield from _below(doc, (*path, n), room, held)


def _title(node: Node) -> str:
    """The id or label of what a node belongs to."""
    value = node.doc.value
    found = ""
    for key in node.path[:-1]:
        value = value[key]
        if isinstance(value, dict):
            found = str(value.get("id") or value.get("label") or value.get("name") or key)
    own = node.doc.value
    return found or str(own.get("id") or own.get("label") or node.doc.path)


# -- names ----------------------------------------------------------------------------------------


def _names(node: Node, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A name that should be the id of something, and is not."""
    if node.key in VALUES and isinstance(node.value, dict):
        for name, text in node.value.items():
            if kind := KNOWN_VALUES.get(name):
                yield from _unknown(node.doc, (*node.path, name), kind, text, known)
        return
    kind = NAMES.get((node.room, node.key), "")
    if not kind or (node.room == "people" and len(node.path) < 3):
        return
    if node.key == "roles" and node.room == "people" and isinstance(node.value, dict):
        return
    many = isinstance(node.value, list)
    for n, text in enumerate(node.value if many else [node.value]):
        path = (*node.path, n) if many else node.path
        yield from _unknown(node.doc, path, kind, text, known)


def _unknown(
    doc: Document, path: Path, kind: str, text: Value, known: Mapping[str, set[str]]
) -> Iterator[Problem]:
    name = str(text or "")
    if name and not name.startswith("@") and name not in known[kind]:
        facts = {"kind": kind, "name": name, "nearest": nearest(name, known[kind])}
        yield Problem("check.name", facts, doc.value_place(path))


def _condition(node: Node, config: Config) -> Iterator[Problem]:
    """A condition that can not be read, or that asks for a field no form has."""
    place = node.doc.value_place(node.path)
    try:
        condition: Condition = from_yaml(node.value, place)
    except DeskError as error:
        yield from error.problems
        return
    fields = {f.path for form in config.forms.values() for f in form.fields}
    for path in paths(condition):
        if path.startswith("fields.") and path not in fields:
            name = path.removeprefix("fields.")
            names = [f.removeprefix("fields.") for f in fields] + list(HEADER)
            facts = {"kind": "field", "name": name, "nearest": nearest(name, names)}
            yield Problem("check.name", facts, node.doc.place((*node.path, name)))


# -- what one file by itself does not show --------------------------------------------------------


def _twice(scene: Scene) -> Iterator[Problem]:
    """Two options of a list under one label, whatever its accents (O-X1); two files of one id."""
    for doc in scene.config.documents("category"):
        options = (doc.value or {}).get("options") or []
        yield from _repeated(doc, ("options",), options, "label")
        yield from _repeated(doc, ("options",), options, "guidance", "check.same_guidance")
    for kind in ("form", "category", "macro", "rule", "import", "rota", "roulette"):
        seen: dict[str, str] = {}
        for doc in scene.config.documents(kind):
            name = str((doc.value or {}).get("id", ""))
            if name in seen:
                facts = {"label": name, "first": seen[name]}
                yield Problem("check.twice", facts, doc.place(("id",)))
            seen[name] = doc.path
    yield from _option_ids(scene)


def _repeated(
    doc: Document, path: Path, items: list[Any], key: str, code: str = "check.twice"
) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for n, item in enumerate(items):
        text = str(item.get(key) or "")
        place = doc.place((*path, n, key))
        if text and fold(text) in seen:
            yield Problem(code, {"label": text, "first": str(seen[fold(text)])}, place)
        seen.setdefault(fold(text), place)


def _option_ids(scene: Scene) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for doc in scene.config.documents("category"):
        for n, option in enumerate((doc.value or {}).get("options") or []):
            place, name = doc.place(("options", n, "id")), str(option.get("id"))
            if name in seen:
                yield Problem("check.twice", {"label": name, "first": str(seen[name])}, place)
            seen.setdefault(name, place)


def _conflicts(scene: Scene) -> Iterator[Problem]:
    """Contradictions of the document that nobody confirmed yet (O-X4)."""
    for doc in scene.config.documents("category"):
        for n, conflict in enumerate((doc.value or {}).get("conflicts") or []):
            if conflict.get("confirmed") != "true":
                facts = {"item": conflict.get("item"), "decision": conflict.get("decision")}
                yield Problem("check.conflict", facts, doc.place(("conflicts", n)))


def calendar_faults(doc: Document) -> Iterator[Problem]:
    """What is wrong inside a calendars file; with it no other file can be judged."""
    for path, code, facts in calendarfile.faults(typed(doc, calendarfile.CalendarsFile)):
        at = doc.place if code == "calendar.day" else doc.value_place  # a day is a key
        yield Problem(code, facts, at(path))


def rota_problems(scene: Scene) -> Iterator[Problem]:
    """Gaps, absentees on duty, unknown people, double duty (`rota check`)."""
    config = scene.config
    agendas = [scene.agenda(rota) for rota in config.rotas.values()]
    documents: dict[tuple[str, str], Document] = {}
    for kind in ("rota", "roulette", "absences", "swaps"):
        for doc in config.documents(kind):
            documents[kind, str((doc.value or {}).get("id") or "")] = doc
    for found in rotacheck.check(agendas, list(config.roulettes.values()), scene.staff):
        where = documents.get((found.file, found.name)) or documents.get((found.file, ""))
        yield Problem(found.code, found.facts, where.place(found.path) if where else None)


def _maps(scene: Scene) -> Iterator[Problem]:
    documents = scene.config.documents("import")
    for doc, known in zip(documents, scene.config.imports.values(), strict=False):
        for path, problem in check_map(known):
            yield Problem(problem.code, problem.facts, doc.place(path))
        yield from _map_fields(doc, scene.config.forms.get(known.form), known.columns)


def _map_fields(doc: Document, form: Form | None, columns: Mapping[str, Any]) -> Iterator[Problem]:
    fields = {f.path for f in form.fields} if form else set()
    for name in columns:
        path = header_path(name)
        if path.startswith("fields.") and path not in fields and name != "description":
            known = [f.removeprefix("fields.") for f in fields]
            facts = {"kind": "field", "name": name, "nearest": nearest(name, known)}
            yield Problem("check.name", facts, doc.place(("columns", name)))


def _replies(scene: Scene) -> Iterator[Problem]:
    """Placeholders that nothing can ever fill."""
    top = {*HEADER, "agent", "desk", "brand", *scene.config.settings.variables}
    for reply in scene.config.replies.values():
        place = Place(reply.path, reply.line)
        try:
            asked = placeholders(reply)
        except DeskError as error:
            yield from error.problems
            continue
        for name in sorted(asked):
            if name.split(".")[0] not in top:
                facts = {"kind": "placeholder", "name": name, "nearest": nearest(name, top)}
                yield Problem("check.name", facts, place)
        if reply.head.provisional:
            yield Problem("check.provisional", {"what": reply.id}, place)


def _settings(scene: Scene) -> Iterator[Problem]:
    for doc in scene.config.documents("desk"):
        calendar = scene.config.settings.calendar
        if calendar not in scene.config.calendars:
            facts = {"kind": "calendar", "name": calendar, "nearest": ""}
            yield Problem("check.name", facts, doc.place(("calendar",)))
        for n, what in enumerate(scene.config.settings.provisional):
            yield Problem("check.provisional", {"what": what}, doc.place(("provisional", n)))


# -- tickets --------------------------------------------------------------------------------------

TICKET_NAMES = {"status": "status", "assignee": "person", "form": "form", "category": "category"}


def review_ticket(ticket: Ticket, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Names in a ticket's header that the desk does not have: hand edits pass the same checks."""
    for key, kind in TICKET_NAMES.items():
        yield from _unknown(ticket.doc, (key,), kind, ticket.get(key), known)
