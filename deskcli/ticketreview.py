"""A ticket's header by the checks that commands make: hand edits pass the same ones."""

from collections.abc import Iterable, Iterator, Mapping

from deskcli.category import Option
from deskcli.crossref import unknown
from deskcli.demand import lacks, normal
from deskcli.facts import standing
from deskcli.fold import nearest
from deskcli.form import Form
from deskcli.move import misplaced
from deskcli.problem import Problem
from deskcli.register import Register, register
from deskcli.scene import Scene
from deskcli.ticket import DEEDS, HISTORY, Ticket, drift, header_path, split_path
from deskcli.workflow import Status

NAMES = {
    "status": "status",
    "assignee": "person",
    "team": "team",
    "brand": "brand",
    "form": "form",
    "category": "category",
    "subcategory": "category",
}
# What the values of an open ticket are held against.
RESTS_ON = frozenset(("desk", "people", "statuses", "form", "category", "calendars"))


def review_ticket(scene: Scene, ticket: Ticket, known: Register) -> Iterator[Problem]:
    """Names that lead nowhere; of an open ticket also values that its form and option refuse, and
    choices that were not for whoever edited the file.
    """
    return (problem for _path, problem in _findings(scene, ticket, known))


def review_edits(scene: Scene, tickets: Iterable[Ticket]) -> Iterator[Problem]:
    """The same of what was edited by hand in each of them since the last command."""
    known = register(scene.config)
    for ticket in tickets:
        edited = drift(ticket)
        found = _findings(scene, ticket, known) if edited else ()
        yield from (problem for path, problem in found if path in edited)


def _findings(scene: Scene, ticket: Ticket, known: Register) -> Iterator[tuple[str, Problem]]:
    """Each with the path of its value in the header."""
    for key, kind in NAMES.items():
        for problem in unknown(ticket.doc, (key,), kind, ticket.text(key), known.names[kind]):
            yield key, problem
    for n, event in enumerate(ticket.history):
        if event.did not in DEEDS:
            facts = {"did": event.did, "nearest": nearest(event.did, DEEDS)}
            place = ticket.doc.value_place((HISTORY, n, "did"))
            yield "did", Problem("check.deed", facts, place)
    if not known.damaged & RESTS_ON and scene.config.workflow.is_open(ticket.text("status")):
        yield from _values(scene, ticket)
        yield from _place(scene, ticket)
        yield from _chosen(scene, ticket)


def _values(scene: Scene, ticket: Ticket) -> Iterator[tuple[str, Problem]]:
    form = scene.config.forms.get(ticket.text("form"))
    if form is None:
        return
    for asked in form.fields:
        held = ticket.get(asked.path)
        if isinstance(held, str) and held and asked.path not in NAMES:
            _value, problem = normal(scene, asked, asked.path, held)
            if problem:
                place = ticket.doc.value_place(tuple(split_path(asked.path)))
                yield asked.path, Problem(problem.code, problem.facts, place)
    option = scene.config.categories.get(ticket.text("category"))
    for path, problem in lacks(scene, form, option, ticket.header).items():
        yield path, Problem(problem.code, problem.facts, ticket.doc.place())


def _place(scene: Scene, ticket: Ticket) -> Iterator[tuple[str, Problem]]:
    """What its status demands of it; of a status chosen by hand, that choice is to blame."""
    is_chosen = "status" in drift(ticket)
    for problem in misplaced(scene, ticket):
        path = "status" if is_chosen else header_path(str(problem.facts.get("field", "visit")))
        yield path, Problem(problem.code, problem.facts, ticket.doc.value_place(("status",)))


def _chosen(scene: Scene, ticket: Ticket) -> Iterator[tuple[str, Problem]]:
    """What only some roles may choose, and somebody of none of them chose by hand, where no command
    could refuse it (O18, O-X16). A warning: the author is the file's owner, the roles those of now.
    """
    config = scene.config
    limited: dict[str, Mapping[str, Form | Option | Status]]
    limited = {"form": config.forms, "category": config.categories, "status": config.workflow}
    for key, known in limited.items():
        item = known.get(ticket.text(key))
        by = _edited_by(scene, ticket, key) if item and item.roles else ""
        if item and by and not config.people.roles_of(by) & frozenset(item.roles):
            facts = {"label": item.label, "roles": item.roles, "by": by}
            yield key, Problem("check.roles", facts, ticket.doc.value_place((key,)))


def _edited_by(scene: Scene, ticket: Ticket, key: str) -> str:
    """Who wrote that value into the file; '' where a command set it."""
    if ticket.saved and key in drift(ticket):
        return scene.owner(ticket.saved.uid)
    sets = [e for e in standing(ticket.history) if key in e.sets and e.did != "undone"]
    return sets[-1].actor if sets and sets[-1].did == "edited" else ""
