"""Names that lead nowhere: a rule that names a state, a form a person, a condition a field.

Every node of every file is visited once; what its key says decides which register its text must be
in. Each finding stands at the node's own place.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from deskcli.condition import Condition, from_yaml, paths
from deskcli.config import KINDS, Config
from deskcli.demand import lacks, normal
from deskcli.fold import nearest
from deskcli.problem import DeskError, Problem
from deskcli.scene import Scene
from deskcli.ticket import HEADER, Ticket, split_path
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


def cross_references(config: Config) -> Iterator[Problem]:
    """Of every file; and what is marked as provisional."""
    known = known_names(config)
    for node in _nodes(config):
        yield from _names(node, known)
        if node.key in CONDITIONS and isinstance(node.value, Mapping):
            yield from _condition(node, config)
        if node.key == "provisional" and node.value == "true":
            yield Problem("check.provisional", {"what": _title(node)}, node.doc.place(node.path))


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


# -- tickets --------------------------------------------------------------------------------------

TICKET_NAMES = {"status": "status", "assignee": "person", "form": "form", "category": "category"}


def review_ticket(scene: Scene, ticket: Ticket, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A ticket's header by the checks that commands make: hand edits pass the same ones."""
    for key, kind in TICKET_NAMES.items():
        yield from _unknown(ticket.doc, (key,), kind, ticket.get(key), known)
    form = scene.config.forms.get(ticket.text("form"))
    if form is None or not scene.config.workflow.is_open(ticket.text("status")):
        return
    for asked in form.fields:
        held = ticket.get(asked.path)
        if isinstance(held, str) and held and asked.path not in TICKET_NAMES:
            _value, problem = normal(scene, asked, asked.path, held)
            if problem:
                place = ticket.doc.value_place(tuple(split_path(asked.path)))
                yield Problem(problem.code, problem.facts, place)
    option = scene.config.categories.get(ticket.text("category"))
    for problem in lacks(scene, form, option, ticket.header).values():
        yield Problem(problem.code, problem.facts, ticket.doc.place())
