"""What is wrong in a desk's files together: names that lead nowhere, lists nobody confirmed.

Each finding knows the node it is about, so that `check` can name file, line and column (O-X1,
O-X6). Who looks at what, in the order of `check`:

    survey          each file for itself: its YAML, its keys and types
    register        (finds nothing) every name that the desk has, for all below to look in
    crossref        every node of every file: does its name lead somewhere, is it provisional?
    namesakes       ids, labels and names that stand twice
    asking          conditions: can each be read, and does it ask for what there is to ask?
    valuereview     values that the files put on tickets: would the field take them?
    mapreview       import maps
    templatereview  replies and titles: what they ask for, and to whom a reply is written
    review          conflicts to confirm, steps and rules that do one thing each
    deskreview      desk.yaml, people, statuses, calendars: what no desk works without
    scenarioreview  the desk's own scenarios, each one tried
    rotacheck       rotas, roulettes, absences and swaps, in the days ahead
    ticketreview    each ticket's header; a command asks it too, after an edit by hand
    planreview      a sweep's plan that people may have edited, before it is carried out
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from deskcli import rotacheck
from deskcli.asking import conditions
from deskcli.crossref import cross_references, is_true
from deskcli.deskreview import calendars, not_one_of, people, settings, statuses, unmanned
from deskcli.mapreview import maps
from deskcli.namesakes import namesakes
from deskcli.problem import Problem
from deskcli.register import Register
from deskcli.route import TARGETS
from deskcli.rule import ACTIONS
from deskcli.scenarioreview import RESTS_ON, scenarios
from deskcli.scene import Scene
from deskcli.templatereview import recipients, replies, titles
from deskcli.valuereview import values
from deskcli.yamltext import Document, Path

DOCUMENTS = ("pdf", "doc", "docx", "png", "jpg", "gif", "text")


def review(scene: Scene, known: Register) -> Iterator[Problem]:
    """Every problem between the files of a desk, as far as they can be read."""
    names = list(cross_references(scene.config, known))
    yield from names
    yield from namesakes(scene.config)
    lost = set(known.damaged)
    if any(not problem.is_warning for problem in names):
        lost.add("scenario")  # with rules that lead nowhere nothing comes as it should
    for part, rests_on in PARTS:
        if not rests_on & lost:
            yield from part(scene, known)


def _conflicts(scene: Scene, _: Register) -> Iterator[Problem]:
    """Contradictions of the document that nobody confirmed yet (O-X4)."""
    for doc in scene.config.documents("category"):
        for n, conflict in enumerate((doc.value or {}).get("conflicts") or []):
            if not is_true(conflict.get("confirmed")):
                facts = {"item": conflict.get("item"), "decision": conflict.get("decision")}
                yield Problem("check.conflict", facts, doc.place(("conflicts", n)))


def rota_problems(scene: Scene) -> Iterator[Problem]:
    """Gaps, absentees on duty, unknown people, double duty (`rota check`)."""
    config = scene.config
    rotas = [r for r in config.rotas.values() if r.calendar in ("", *config.calendars)]
    agendas = [scene.agenda(rota) for rota in rotas]
    documents: dict[tuple[str, str], Document] = {}
    for kind in ("rota", "roulette", "absences", "swaps"):
        for doc in config.documents(kind):
            documents[kind, _id(doc)] = doc
    for found in rotacheck.check(agendas, list(config.roulettes.values()), scene.staff):
        where = documents.get((found.file, found.name)) or documents.get((found.file, ""))
        yield Problem(found.code, found.facts, where.place(found.path) if where else None)


def _shapes(scene: Scene, known: Register) -> Iterator[Problem]:
    """Steps and actions that say one thing each; owners and files that there are."""
    config = scene.config
    for doc in (*config.documents("form"), *config.documents("category")):
        for path, step in _mappings(doc, "route"):
            yield from _exactly_one(doc, path, step, TARGETS)
            owner = str(step.get("open_ticket_owner") or "")
            if owner not in ("", "true") and owner not in known.names["role"]:
                roles = sorted(known.names["role"])
                yield not_one_of(doc, (*path, "open_ticket_owner"), owner, ("true", *roles))
    for doc in config.documents("rule"):
        actions = list(_mappings(doc, "actions"))
        for path, action in actions or [(("actions",), {})]:
            yield from _exactly_one(doc, path, action, ACTIONS)
    for doc in config.documents("macro"):
        for n, kind in enumerate(((doc.value or {}).get("attachments") or {}).get("types") or []):
            if kind not in DOCUMENTS:
                yield not_one_of(doc, ("attachments", "types", n), kind, DOCUMENTS)


def _mappings(doc: Document, key: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every entry of every list under `key`, with its path."""
    for path in doc.spans:
        if len(path) > 1 and path[-2] == key and isinstance(path[-1], int):
            value: Any = doc.value
            for part in path:
                value = value[part]
            if isinstance(value, dict):
                yield path, value


def _exactly_one(
    doc: Document, path: Path, held: dict[str, Any], known: Sequence[str]
) -> Iterator[Problem]:
    found = [key for key in known if held.get(key)]
    if len(found) != 1:
        yield Problem("check.one_of", {"known": list(known), "found": found}, doc.place(path))


def _id(doc: Document) -> str:
    return str(doc.value.get("id") or "") if isinstance(doc.value, dict) else ""


# Each with the kinds of files that it rests on: where one is damaged, nothing can be said.
PARTS: list[tuple[Callable[[Scene, Register], Iterator[Problem]], frozenset[str]]] = [
    (conditions, frozenset()),
    (values, frozenset()),
    (maps, frozenset()),
    (_conflicts, frozenset()),
    (_shapes, frozenset()),
    (replies, frozenset(("desk",))),
    (titles, frozenset()),
    (recipients, frozenset(("reply",))),
    (settings, frozenset(("desk",))),
    (people, frozenset()),
    (unmanned, frozenset(("people",))),
    (statuses, frozenset(("statuses",))),
    (calendars, frozenset(("calendars",))),
    (scenarios, RESTS_ON),
    (
        lambda scene, _: rota_problems(scene),
        frozenset("desk people calendars rota roulette absences swaps".split()),
    ),
]
