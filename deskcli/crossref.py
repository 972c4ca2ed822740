"""Names that lead nowhere: a rule that names a state, a form a person, a condition a field.

Every node of every file is visited once; what its key says decides which register its text must be
in. Each finding stands at the node's own place.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from deskcli.condition import ME
from deskcli.config import KINDS, Config
from deskcli.factnames import CARRIED, DERIVED, ELSEWHERE, SLA, path_of
from deskcli.fold import nearest
from deskcli.problem import Problem
from deskcli.register import Register
from deskcli.ticket import HEADER, field_name, header_path
from deskcli.yamltext import Document, Path, Value

# Keys whose text, or each text of whose list, is the id of something of this kind.
NAMES: dict[tuple[str, str], str] = {
    ("form", "roles"): "role",
    ("form", "role"): "role",
    ("form", "teams"): "team",
    ("org", "brand"): "brand",
    ("desk", "visit_roles"): "role",
    ("desk", "gate"): "view",
    ("desk", "late"): "view",
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
    ("rota", "owner"): "owner",
    ("category", "options"): "category",
    ("macro", "asks"): "path",
}
# Keys whose text is `KIND:NAME`, or one of these words, or a person where that is allowed.
ADDRESSED = {
    ("macro", "to"): (("requester",), ("team",)),
    ("rule", "notify"): (("assignee", "@person"), ("role", "team")),
    ("rule", "reassign"): (("@person",), ("rota", "roulette", "team")),
}
# Keys that hold conditions, with what these may ask besides the fields of a ticket. Those of forms,
# options and their ladders are asked of a ticket on its way in, which has no history yet; those of
# the SLA's targets before it is known what is promised.
_OF_TICKETS = DERIVED - ELSEWHERE
CONDITIONS: dict[tuple[str, str], frozenset[str]] = {
    ("route", "when"): frozenset(),
    ("route", "requires"): frozenset(),
    ("form", "required"): frozenset(),
    ("form", "when"): frozenset(),
    ("category", "requires"): frozenset(),
    ("category", "resolve_requires"): _OF_TICKETS,
    ("macro", "when"): _OF_TICKETS,
    ("macro", "requires"): _OF_TICKETS,
    ("statuses", "requires"): _OF_TICKETS,
    ("rule", "when"): _OF_TICKETS,
    ("views", "when"): _OF_TICKETS,
    ("sla", "when"): _OF_TICKETS - SLA - {"arrived"},
    ("import", "when"): frozenset(("after_hours",)),
}


class Node(Struct, frozen=True):
    """A place in a file: `room` is the kind of file, or `route` inside a ladder."""

    doc: Document
    path: Path
    room: str
    key: str
    value: Value


def cross_references(config: Config, known: Register) -> Iterator[Problem]:
    """Of every file; and what is marked as provisional."""
    for node in nodes(config):
        yield from _names(node, known)
        yield from _addressed(node, known)
        if (node.room, node.key) == ("rule", "unflag"):
            yield from value_problems(node.doc, node.path, "flags", node.value, known)
        if (node.room, node.key) == ("views", "columns") and isinstance(node.value, list):
            yield from columns_unknown(node.doc, node.path, node.value, known)
        if node.key == "provisional" and is_true(node.value):
            yield Problem("check.provisional", {"what": _title(node)}, node.doc.place(node.path))


def misnamed(config: Config) -> Iterator[Problem]:
    """What the rules' actions name and the desk has not. A sweep asks first: whoever did not run
    `check` would have half of its work done. No file is read but those that an action may name.
    """
    people = config.people
    held: dict[str, Iterable[str]] = {"person": people, "status": config.workflow}
    held |= {"role": people.file.roles, "team": people.file.teams}
    held |= {"rota": config.rotas, "roulette": config.roulettes}
    known = Register({kind: frozenset(names) for kind, names in held.items()})
    for node in nodes(config, ("rule",)):
        yield from _names(node, known)
        yield from _addressed(node, known)


# -- every node of every file ---------------------------------------------------------------------


def nodes(config: Config, kinds: Iterable[str] = KINDS) -> Iterator[Node]:
    """Of every kind but scenarios, which have a review of their own."""
    for kind in kinds:
        for doc in config.documents(kind) if kind != "scenario" else []:
            if isinstance(doc.value, dict):
                yield from _below(doc, (), kind, doc.value)


def _below(doc: Document, path: Path, room: str, value: Value) -> Iterator[Node]:
    if isinstance(value, dict):
        for key, held in value.items():
            here = (*path, key)
            yield Node(doc, here, room, key, held)
            if (room, key) not in CONDITIONS:
                yield from _below(doc, here, "route" if key == "route" else room, held)
    elif isinstance(value, list):
        for n, held in enumerate(value):
            yield from _below(doc, (*path, n), room, held)


def is_true(value: Value) -> bool:
    """As the reader takes it for a truth value."""
    return str(value).lower() in ("true", "1")


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
            yield from unknown(node.doc, path, "path", name, known.names["person_path"])
        else:
            name = header_path(name) if kind == "path" and name else name
            yield from unknown(node.doc, path, kind, name, known.names[kind])


def _addressed(node: Node, known: Register) -> Iterator[Problem]:
    """`team:rh`, `rota:orcamentos`, a person, or a word that is one of few."""
    words, kinds = ADDRESSED.get((node.room, node.key), ((), ()))
    if not kinds or not isinstance(node.value, str):
        return
    kind, colon, name = node.value.partition(":")
    if colon and kind in kinds:
        yield from unknown(node.doc, node.path, kind, name, known.names[kind])
    elif node.value not in words:
        people = known.names["person"] if "@person" in words else frozenset()
        yield from unknown(node.doc, node.path, "person", node.value, people)


def columns_unknown(
    doc: Document, path: Path, names: Iterable[Value], known: Register
) -> Iterator[Problem]:
    """Columns of a view that nothing which a list knows of a ticket can fill."""
    for n, name in enumerate(names):
        held = path_of(str(name))
        if held not in (*CARRIED, "requester") and (held in DERIVED or not known.has_path(held)):
            yield path_unknown(doc, (*path, n), held, known, CARRIED)


def value_problems(
    doc: Document, path: Path, header: str, value: Value, known: Register
) -> Iterator[Problem]:
    """A value that a rule puts on tickets: of a field that is, and one it takes."""
    if known.has_path(header):
        yield from values_unknown(doc, path, header, value, known)
    else:
        yield path_unknown(doc, path, header, known)


def path_unknown(
    doc: Document, path: Path, header: str, known: Register, more: Iterable[str] = ()
) -> Problem:
    """That no ticket has a value there; `more` are other names that it could be instead."""
    facts = _facts("field", field_name(header), {*known.names["path"], *HEADER, *more})
    return Problem("check.name", facts, doc.place(path))


def values_unknown(
    doc: Document, path: Path, header: str, value: Value, known: Register, me: bool = False
) -> Iterator[Problem]:
    """Each of the values that the field can not have; `me`: `@me` means who acts here."""
    kind, names = known.wanted(header) or ("", None)
    for text in value if isinstance(value, list) else [value]:
        acts = me and kind == "person" and text in ME
        if names is not None and isinstance(text, str) and not acts:
            yield from unknown(doc, path, kind, text, names)


def unknown(
    doc: Document, path: Path, kind: str, name: str, names: Collection[str]
) -> Iterator[Problem]:
    """That `name` is none of the `names` of its kind; nothing is named by ''."""
    if name and name not in names:
        shown = "field" if kind == "path" else kind
        yield Problem("check.name", _facts(shown, field_name(name), names), doc.value_place(path))


def _facts(kind: str, name: str, names: Iterable[str]) -> dict[str, object]:
    return {"kind": kind, "name": name, "nearest": nearest(name, map(field_name, names))}
