"""The scenarios of a desk: each one can be tried, and comes as it says."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from deskcli.asking import condition_problems
from deskcli.crossref import path_unknown, unknown, values_unknown
from deskcli.factnames import DERIVED
from deskcli.people import Person
from deskcli.problem import DeskError, Problem
from deskcli.register import Register
from deskcli.scenario import ACTS, NOTED, acts_of, flat, moment, try_out, with_files
from deskcli.scenariofile import Given, Scenario
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.ticket import header_path
from deskcli.ticketfile import TicketFile
from deskcli.yamltext import Document, Path, Value

STAMPS = ("opened_at", "updated")
# What a given ticket tells of its past, as conditions ask for it.
HAPPENED = ("updated", "macros")
# What a scenario's outcome is asked, besides the fields of its ticket.
OUTCOME = DERIVED - {"after_hours"}
# What its acts rest on.
RESTS_ON = frozenset(
    (
        "scenario desk people statuses form category macro reply rule org calendars rota roulette"
    ).split()
)


def scenarios(scene: Scene, known: Register) -> Iterator[Problem]:
    """Of one that can not be tried, why; of the others, what comes otherwise."""
    for doc, file in scene.config.each("scenario"):
        yield from _people(known, doc, file.people)
        yield from _namesakes(scene, doc, file.people)
        staffed = known.and_more("person", (person.id for person in file.people))
        for n, scenario in enumerate(file.scenarios):
            path = ("scenarios", n)
            flaws = list(_flaws(scene, staffed, doc, path, scenario))
            yield from flaws or try_out(scene.config, doc, path, scenario, file.people)


def _people(known: Register, doc: Document, people: list[Person]) -> Iterator[Problem]:
    """Roles and teams that the desk has not."""
    for n, person in enumerate(people):
        for kind, key, names in (("role", "roles", person.roles), ("team", "teams", person.teams)):
            for m, name in enumerate(names):
                yield from unknown(doc, ("people", n, key, m), kind, name, known.names[kind])


def _namesakes(scene: Scene, doc: Document, people: list[Person]) -> Iterator[Problem]:
    """Ids that stand twice, or that people of the desk have: whom they mean nobody could tell."""
    desks = list(enumerate(scene.config.people.file.people))
    files = scene.config.documents("people")  # one, or none
    first = {person.id: own.place(("people", n, "id")) for own in files for n, person in desks}
    for n, person in enumerate(people):
        place = doc.place(("people", n, "id"))
        if first.setdefault(person.id, place) != place:
            facts = {"label": person.id, "first": str(first[person.id])}
            yield Problem("check.twice", facts, place)


def _flaws(
    scene: Scene, known: Register, doc: Document, path: Path, scenario: Scenario
) -> Iterator[Problem]:
    known = known.and_more("org", (org.id for org in scenario.given.orgs))
    yield from _moment(scene, doc, (*path, "at"), scenario.at)
    yield from unknown(doc, (*path, "as"), "person", scenario.as_, known.names["person"])
    yield from _given(scene, known, doc, (*path, "given"), scenario.given)
    acts = list(acts_of(scenario.when))
    if len(acts) != 1:
        yield Problem("check.one_of", {"known": [*ACTS], "found": acts}, doc.place((*path, "when")))
    elif scenario.when.note and acts[0] not in NOTED:
        facts = {"known": [*NOTED], "found": acts}
        yield Problem("check.one_of", facts, doc.place((*path, "when", "note")))
    elif acts != ["create"] and not scenario.given.tickets:
        yield Problem("scenario.ticket", {"act": acts[0]}, doc.place((*path, "when", acts[0])))
    then = (*path, "then")
    if not scenario.then:
        yield Problem("scenario.empty", {}, doc.place(then))
    yield from condition_problems(scene, known, doc, then, scenario.then, OUTCOME)


def _given(
    scene: Scene, known: Register, doc: Document, path: Path, given: Given
) -> Iterator[Problem]:
    people, turns = known.names["person"], known.names["rota"] | known.names["roulette"]
    for n, absence in enumerate(given.absences):
        yield from unknown(doc, (*path, "absences", n, "person"), "person", absence.person, people)
    for n, swap in enumerate(given.swaps):
        at = (*path, "swaps", n)
        yield from unknown(doc, (*at, "rota"), "rota", swap.rota, turns)
        yield from unknown(doc, (*at, "from"), "person", swap.giver, people)
        yield from unknown(doc, (*at, "to"), "person", swap.taker, people)
    for name, order in given.duty.items():
        at = (*path, "duty", name)
        for problem in unknown(doc, at, "rota", name, known.names["rota"]):
            yield replace(problem, place=doc.place(at))
        for n, person in enumerate(order):
            yield from unknown(doc, (*at, n), "person", person, people)
    for n, org in enumerate(given.orgs):
        at = (*path, "orgs", n, "brand")
        yield from unknown(doc, at, "brand", org.brand, known.names["brand"])
    for n, ticket in enumerate(given.tickets):
        yield from _ticket(scene, known, doc, (*path, "tickets", n), ticket)


def _ticket(
    scene: Scene, known: Register, doc: Document, path: Path, ticket: Mapping[str, Value]
) -> Iterator[Problem]:
    """It could be a ticket's header, with fields and values that the desk knows."""
    shaped = {k: v for k, v in with_files(ticket).items() if k not in (*STAMPS, *HAPPENED)}
    spans = {p[len(path) :]: span for p, span in doc.spans.items() if p[: len(path)] == path}
    try:
        typed(Document(doc.path, doc.text, {**shaped, "id": "", "history": []}, spans), TicketFile)
    except DeskError as error:
        yield from error.problems
        return
    for name, value in flat(ticket).items():
        at = next(p for p in ((*path, name), (*path, *name.split("."))) if p in doc.spans)
        header = name if name in HAPPENED else header_path(name)
        if name in STAMPS:
            yield from _moment(scene, doc, at, str(value))
        elif name not in (*HAPPENED, "on_reply", "attachments") and not known.has_path(header):
            yield path_unknown(doc, at, header, known)
        else:
            yield from values_unknown(doc, at, header, value, known)


def _moment(scene: Scene, doc: Document, path: Path, text: str) -> Iterator[Problem]:
    try:
        moment(scene.config, text)
    except DeskError as error:
        yield from (Problem(p.code, p.facts, doc.value_place(path)) for p in error.problems)
