"""What desk.yaml, people, statuses and calendars must have for the desk to work."""

from collections.abc import Iterator, Sequence

from deskcli.crossref import NAMES, nodes
from deskcli.fold import fold
from deskcli.problem import DeskError, Problem
from deskcli.register import Register
from deskcli.scene import Scene
from deskcli.ticket import HEADER
from deskcli.values import NORMAL
from deskcli.workflow import State
from deskcli.yamltext import Document, Path

LANGUAGES = ("pt-BR", "en")
UPDATES = (
    "replied messaged applied filled moved resolved edited assigned attached noted promised"
    " appended scheduled rescheduled unscheduled confirmed visited"
).split()
# What every placeholder of that name means already.
TAKEN = frozenset((*HEADER, "agent", "desk"))
# Where a role is not what somebody must have to do something; rotas have checks of their own.
OF_PEOPLE = frozenset(("people", "rota", "roulette"))
# The commands need a status of each: to open, to resolve, to cancel and to undo.
NEEDED: tuple[tuple[State, ...], ...] = (("new", "open"), ("resolved", "closed"), ("cancelled",))


def settings(scene: Scene, _: Register) -> Iterator[Problem]:
    """Values of desk.yaml that only some can be."""
    held = scene.config.settings
    for doc in scene.config.documents("desk"):
        for n, what in enumerate(held.provisional):
            yield Problem("check.provisional", {"what": what}, doc.place(("provisional", n)))
        if held.language not in LANGUAGES:
            yield not_one_of(doc, ("language",), held.language, LANGUAGES)
        for n, did in enumerate(held.policies.counts_as_update):
            if did not in UPDATES:
                yield not_one_of(doc, ("policies", "counts_as_update", n), did, UPDATES)
        for name in TAKEN & held.variables.keys():
            yield Problem("check.taken", {"name": name}, doc.place(("variables", name)))


def people(scene: Scene, _: Register) -> Iterator[Problem]:
    """Names that say nothing, and addresses that nothing could be sent to."""
    for doc, file in scene.config.each("people"):
        for n, person in enumerate(file.people):
            if not fold(person.name):
                facts = {"value": person.name, "expected": "string"}
                yield Problem("schema.type", facts, doc.value_place(("people", n, "name")))
            for kind in ("email", "phone"):
                yield from _address(doc, ("people", n, kind), kind, getattr(person, kind))
        for section in ("roles", "teams"):
            for name, group in getattr(file, section).items():
                yield from _address(doc, (section, name, "email"), "email", group.email)


def unmanned(scene: Scene, _: Register) -> Iterator[Problem]:
    """What is only for roles that nobody active has: nobody could do it."""
    held = {role for p in scene.config.people.values() if p.active for role in p.roles}
    for node in nodes(scene.config):
        if NAMES.get((node.room, node.key)) != "role" or node.room in OF_PEOPLE:
            continue
        roles = node.value if isinstance(node.value, list) else [node.value]
        if any(roles) and not held & set(roles):
            yield Problem("check.unmanned", {"roles": roles}, node.doc.place(node.path))


def _address(doc: Document, path: Path, kind: str, text: str) -> Iterator[Problem]:
    if text and NORMAL[kind](text) is None:
        facts = {"label": kind, "value": text, "kind": kind}
        yield Problem("field.invalid", facts, doc.value_place(path))


def statuses(scene: Scene, _: Register) -> Iterator[Problem]:
    """That there is one for each thing that commands do."""
    for doc in scene.config.documents("statuses"):
        for states in NEEDED:
            try:
                scene.config.workflow.first(*states)
            except DeskError as error:
                yield from (Problem(p.code, p.facts, doc.place()) for p in error.problems)


def calendars(scene: Scene, _: Register) -> Iterator[Problem]:
    """That each one opens some day."""
    for doc in scene.config.documents("calendars"):
        for name, calendar in scene.config.calendars.items():
            try:
                calendar.next_opening(scene.now)
            except DeskError as error:
                path = ("calendars", name)
                yield from (Problem(p.code, p.facts, doc.place(path)) for p in error.problems)


def not_one_of(doc: Document, path: Path, value: str, known: Sequence[str]) -> Problem:
    return Problem("check.value", {"value": value, "known": list(known)}, doc.value_place(path))
