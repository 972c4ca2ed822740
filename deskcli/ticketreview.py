"""A ticket's header by the checks that commands make: hand edits pass the same ones."""

from collections.abc import Iterable, Iterator

from deskcli.crossref import unknown
from deskcli.demand import lacks, normal
from deskcli.fold import nearest
from deskcli.problem import Problem
from deskcli.register import Register, register
from deskcli.scene import Scene
from deskcli.ticket import DEEDS, HISTORY, Ticket, drift, split_path

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
    """Names that lead nowhere; of an open ticket also values that its form and option refuse."""
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
