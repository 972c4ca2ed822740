"""A ticket's header by the checks that commands make: hand edits pass the same ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from deskcli.act import as_fixed
from deskcli.category import Option
from deskcli.config import Config
from deskcli.crossref import unknown
from deskcli.demand import asked_for, lacks, normal
from deskcli.factnames import KINDS_OF
from deskcli.facts import standing
from deskcli.fold import nearest
from deskcli.form import Form
from deskcli.move import demands, form_of, misplaced, option_of
from deskcli.problem import Place, Problem
from deskcli.register import Register, register
from deskcli.route import route
from deskcli.scene import Scene
from deskcli.ticket import DEEDS, HISTORY, Ticket, drift, field_name, header_path, split_path
from deskcli.workflow import Status

ByHand = Mapping[str, str]

# What a command has to know of a ticket to go on with it.
NAMES = {
    path: KINDS_OF[path]
    for path in ("status", "assignee", "team", "brand", "form", "category", "subcategory")
}
# What the values of an open ticket are held against.
RESTS_ON = frozenset(("desk", "people", "statuses", "form", "category", "calendars"))


def review_ticket(scene: Scene, ticket: Ticket, known: Register) -> Iterator[Problem]:
    """Names that lead nowhere; of an open ticket also values that its form and option refuse or
    fix, and what was not for whoever edited the file; of one resolved by hand what that demands.
    """
    return (problem for _path, problem in _findings(scene, ticket, known))


def review_edits(scene: Scene, tickets: Iterable[Ticket]) -> Iterator[Problem]:
    """The same of those that were edited by hand since the last command, but warnings only of the
    edits themselves: what an edit makes wrong may stand elsewhere.
    """
    known = register(scene.config)
    for ticket in tickets:
        edited = drift(ticket)
        found = _findings(scene, ticket, known) if edited else ()
        yield from (p for path, p in found if path in edited or not p.is_warning)


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
    if known.damaged & RESTS_ON:
        return
    by_hand = _by_hand(scene, ticket)
    if scene.config.workflow.is_open(ticket.text("status")):
        yield from _values(scene, ticket)
        yield from _listed(scene, ticket)
        yield from _routed(scene, ticket, by_hand)
        yield from _place(scene, ticket)
        yield from _chosen(scene, ticket, by_hand)
        yield from _worked(scene, ticket, by_hand)
        yield from _fixed(scene, ticket, by_hand)
    elif scene.config.workflow.state(ticket.text("status")) in ("resolved", "closed"):
        yield from _resolved(scene, ticket, by_hand)


def _values(scene: Scene, ticket: Ticket) -> Iterator[tuple[str, Problem]]:
    form = scene.config.forms.get(ticket.text("form"))
    if form is None:
        return
    edited = {"edited": ticket.id}  # for the command that mends it
    for asked in form.fields:
        held = ticket.get(asked.path)
        if isinstance(held, str) and held and asked.path not in NAMES:
            _value, problem = normal(scene, asked, asked.path, held, ticket.header)
            if problem:
                place = ticket.doc.value_place(tuple(split_path(asked.path)))
                yield asked.path, Problem(problem.code, {**problem.facts, **edited}, place)
    option = scene.config.categories.get(ticket.text("category"))
    for path, problem in lacks(scene, form, option, ticket.header).items():
        yield path, Problem(problem.code, {**problem.facts, **edited}, ticket.doc.place())


def _listed(scene: Scene, ticket: Ticket) -> Iterator[tuple[str, Problem]]:
    """An option that its form neither lists nor is gone on with from it."""
    config, form, option = scene.config, form_of(scene, ticket), option_of(scene, ticket)
    if option is None or not form.categories or _takes(config, form, option):
        return
    facts: dict[str, object] = {"field": "category", "category": option.id, "label": option.label}
    place = ticket.doc.value_place(("category",))
    other = next((f for f in config.forms.values() if _lists(config, f, option)), None)
    if other is None:
        yield "category", Problem("category.unknown", facts, place)
        return
    facts |= {"form": other.id, "of": other.label, "asked": form.label, "edited": ticket.id}
    facts["lacking"] = [field_name(path) for path in lacks(scene, other, option, ticket.header)]
    yield "category", Problem("category.form", facts, place)


def _takes(config: Config, form: Form, option: Option) -> bool:
    steps = (*option.route, *(step for f in config.forms.values() for step in f.route))
    led = option.form == form.id or any(step.form == form.id for step in steps)
    return led or _lists(config, form, option)


def _lists(config: Config, form: Form, option: Option) -> bool:
    return option.id in (one.id for one in config.categories.of(form.categories))


def _routed(scene: Scene, ticket: Ticket, by_hand: ByHand) -> Iterator[tuple[str, Problem]]:
    """What the ladder demands of a form or an option that was chosen by hand (O33.10)."""
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    path = next((key for key in ("category", "form") if by_hand.get(key)), "")
    if path and option and form.id:
        turns = dict(scene.turns)
        decision = route(scene, {**ticket.header, "assignee": None}, form, option)
        scene.turns = turns  # nobody is given anything
        for problem in decision.problems:
            facts = {**problem.facts, "edited": ticket.id}
            yield path, Problem(problem.code, facts, ticket.doc.value_place((path,)))


def _place(scene: Scene, ticket: Ticket) -> Iterator[tuple[str, Problem]]:
    """What its status demands of it; of a status chosen by hand, that choice is to blame."""
    is_chosen = "status" in drift(ticket)
    for problem in misplaced(scene, ticket):
        path = "status" if is_chosen else header_path(str(problem.facts.get("field", "visit")))
        yield path, Problem(problem.code, problem.facts, ticket.doc.value_place(("status",)))


def _chosen(scene: Scene, ticket: Ticket, by_hand: ByHand) -> Iterator[tuple[str, Problem]]:
    """What only some roles may choose, and somebody of none of them chose by hand, where no command
    could refuse it (O18, O-X16). A warning: the author is the file's owner, the roles those of now.
    """
    config = scene.config
    limited: dict[str, Mapping[str, Form | Option | Status]]
    limited = {"form": config.forms, "category": config.categories, "status": config.workflow}
    for key, known in limited.items():
        item, by = known.get(ticket.text(key)), by_hand.get(key, "")
        if item and by and _lacks_role(scene, by, item.roles):
            facts = {"label": item.label, "roles": item.roles, "by": by}
            yield key, Problem("check.roles", facts, ticket.doc.value_place((key,)))


def _worked(scene: Scene, ticket: Ticket, by_hand: ByHand) -> Iterator[tuple[str, Problem]]:
    """The first edit of who may not work on tickets of this option (O33.20); a warning too."""
    option = option_of(scene, ticket)
    for key, by in by_hand.items() if option else ():
        if option and _lacks_role(scene, by, option.update_roles):
            facts = {"label": option.label, "roles": option.update_roles, "by": by}
            yield key, Problem("check.update_roles", facts, _place_of(ticket, key))
            return


def _lacks_role(scene: Scene, by: str, roles: Sequence[str]) -> bool:
    return bool(roles) and not scene.config.people.roles_of(by) & frozenset(roles)


def _fixed(scene: Scene, ticket: Ticket, by_hand: ByHand) -> Iterator[tuple[str, Problem]]:
    """What the form or the option fixes, changed by hand (O21, O31); but a ticket may go on from
    the status and the person that it was opened with.
    """
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    for path in by_hand:
        if path in NAMES and path != "brand":
            continue
        held = ticket.get(path)
        wanted, problem = as_fixed(form, option, path, held)
        if problem is None and isinstance(wanted, list) and wanted != held:
            facts = {**asked_for(form.field(path), path), "fixed": wanted, "of": form.label}
            problem = Problem("set.fixed", {**facts, "by": "form"})
        if problem:
            yield path, Problem(problem.code, problem.facts, _place_of(ticket, path))


def _resolved(scene: Scene, ticket: Ticket, by_hand: ByHand) -> Iterator[tuple[str, Problem]]:
    """What a ticket lacks that was resolved by hand (O33.16), and who may not have done it."""
    if "status" in by_hand:
        form, option = form_of(scene, ticket), option_of(scene, ticket)
        status = scene.config.workflow[ticket.text("status")]
        for problem in demands(scene, status, form, option, scene.facts(ticket)):
            yield "status", Problem(problem.code, problem.facts, _place_of(ticket, "status"))
        yield from _worked(scene, ticket, {"status": by_hand["status"]})


def _place_of(ticket: Ticket, path: str) -> Place | None:
    """Of the value, or of the ticket where it has none any more."""
    return ticket.doc.value_place(tuple(split_path(path)))


def _by_hand(scene: Scene, ticket: Ticket) -> ByHand:
    """The paths of what stands as it was written into the file, with who wrote it."""
    found: dict[str, str] = {}
    for event in standing(ticket.history):
        for path in event.sets if event.did != "undone" else ():
            found.pop(path, None)
            if event.did == "edited":
                found[path] = event.actor
    edited = drift(ticket) if ticket.saved else ()
    return found | {path: scene.owner(ticket.saved.uid) for path in edited if ticket.saved}
