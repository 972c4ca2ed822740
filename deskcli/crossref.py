"""Names that lead nowhere: a rule that names a state, a form a person, a condition a field.

Every node of every file is visited once; what its key says decides which register its text must be
in. Each finding stands at the node's own place.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from deskcli.condition import bind, from_yaml, tests
from deskcli.config import KINDS, Config
from deskcli.demand import lacks, normal
from deskcli.fold import nearest
from deskcli.problem import DeskError, Problem
from deskcli.register import Register, register
from deskcli.scene import Scene
from deskcli.ticket import Ticket, field_name, header_path, split_path
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
    ("desk", "default_form"): "form",
    ("desk", "calendar"): "calendar",
    ("sla", "calendar"): "calendar",
    ("rota", "calendar"): "calendar",
    ("roulette", "calendar"): "calendar",
    ("roulette", "role"): "role",
    ("rota", "role"): "role",
    ("category", "options"): "category",
    ("macro", "asks"): "path",
}
# Keys whose text is `KIND:NAME`, or one of these words, or a person where that is allowed.
ADDRESSED = {
    ("macro", "to"): (("requester",), ("team",)),
    ("rule", "notify"): (("assignee", "@person"), ("role", "team")),
    ("rule", "reassign"): (("@person",), ("rota", "roulette", "team")),
}
# Keys that hold values of a ticket: those of `status`, `category` ... must exist.
VALUES = frozenset(("sets", "on_reply", "constants"))
CONDITIONS = frozenset(("when", "requires", "resolve_requires", "required"))


class Node(NamedTuple):
    """A place in a file: `room` is the kind of file, or `route` inside a ladder."""

    doc: Document
    path: Path
    room: str
    key: str
    value: Value


def cross_references(scene: Scene) -> Iterator[Problem]:
    """Of every file; and what is marked as provisional."""
    known = register(scene.config)
    for node in _nodes(scene.config):
        yield from _names(node, known)
        yield from _addressed(node, known)
        if node.key in VALUES and isinstance(node.value, dict):
            for name, text in node.value.items():
                yield from value_problems(
                    node.doc, (*node.path, name), header_path(name), text, known
                )
        if node.key in CONDITIONS and isinstance(node.value, Mapping):
            yield from _condition(node, scene, known)
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


def _names(node: Node, known: Register) -> Iterator[Problem]:
    """A name that should be the id of something, and is not."""
    kind = NAMES.get((node.room, node.key), "")
    if (
        not kind
        or isinstance(node.value, Mapping)
        or (node.room == "people" and len(node.path) < 3)
    ):
        return
    if isinstance(node.value, list) and any(isinstance(v, Mapping) for v in node.value):
        return  # the options of a list, not names of options
    many = isinstance(node.value, list)
    for n, text in enumerate(node.value if many else [node.value]):
        path = (*node.path, n) if many else node.path
        name = str(text or "")
        if node.key == "assign" and name.startswith("@"):
            name = "" if name == "@me" else header_path(name[1:])
            yield from _unknown(node.doc, path, "path", name, known.names["path"])
        else:
            name = header_path(name) if kind == "path" and name else name
            yield from _unknown(node.doc, path, kind, name, known.names[kind])


def _addressed(node: Node, known: Register) -> Iterator[Problem]:
    """`team:rh`, `rota:orcamentos`, a person, or a word that is one of few."""
    words, kinds = ADDRESSED.get((node.room, node.key), ((), ()))
    if not kinds or not isinstance(node.value, str):
        return
    kind, colon, name = node.value.partition(":")
    if colon and kind in kinds:
        yield from _unknown(node.doc, node.path, kind, name, known.names[kind])
    elif node.value not in words:
        people = known.names["person"] if "@person" in words else frozenset()
        yield from _unknown(node.doc, node.path, "person", node.value, people)


def value_problems(
    doc: Document, path: Path, header: str, value: Value, known: Register
) -> Iterator[Problem]:
    """A value that a rule puts on tickets or asks of them: of a field that is, and one it takes."""
    if not known.has_path(header):
        facts = _facts("field", field_name(header), known.names["path"])
        yield Problem("check.name", facts, doc.place(path))
        return
    wanted = known.wanted(header)
    for text in value if isinstance(value, list) else [value]:
        if wanted and isinstance(text, str) and not text.startswith("@") and text != "me":
            yield from _unknown(doc, path, wanted[0], text, wanted[1])


def _unknown(
    doc: Document, path: Path, kind: str, name: str, names: Collection[str]
) -> Iterator[Problem]:
    if name and name not in names:
        shown = "field" if kind == "path" else kind
        yield Problem("check.name", _facts(shown, field_name(name), names), doc.value_place(path))


def _facts(kind: str, name: str, names: Iterable[str]) -> dict[str, object]:
    return {"kind": kind, "name": name, "nearest": nearest(name, map(field_name, names))}


def _condition(node: Node, scene: Scene, known: Register) -> Iterator[Problem]:
    """A condition that can not be read, or asks for a field or a value that nothing has."""
    place = node.doc.value_place(node.path)
    try:
        condition = from_yaml(node.value, place)
        bind(condition, scene.today, scene.actor)
    except DeskError as error:
        yield from (Problem(p.code, p.facts, p.place or place) for p in error.problems)
        return
    for test in tests(condition):
        path = (*node.path, field_name(test.path))
        path = path if path in node.doc.spans else (*node.path, test.path)
        wanted = list(test.values) if test.op == "in" else None
        yield from value_problems(node.doc, path, test.path, wanted, known)


# -- tickets --------------------------------------------------------------------------------------

TICKET_NAMES = {"status": "status", "assignee": "person", "form": "form", "category": "category"}


def review_ticket(scene: Scene, ticket: Ticket, known: Register) -> Iterator[Problem]:
    """A ticket's header by the checks that commands make: hand edits pass the same ones."""
    for key, kind in TICKET_NAMES.items():
        yield from _unknown(ticket.doc, (key,), kind, ticket.text(key), known.names[kind])
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
