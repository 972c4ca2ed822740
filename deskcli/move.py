"""The way of a ticket through the desk's states, and who may work on it."""

from collections.abc import Iterator, Mapping
from typing import Any

from deskcli.category import Option
from deskcli.demand import unmet
from deskcli.fold import nearest
from deskcli.form import Form
from deskcli.problem import DeskError, Problem, refuse
from deskcli.promise import due_in, past, reasoned, told, undated
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, replay
from deskcli.workflow import CLOSED, Status
from deskcli.yamltext import Value

Act = dict[str, Any]
Facts = Mapping[str, Value]


def form_of(scene: Scene, ticket: Ticket) -> Form:
    """The ticket's form; an empty one when a person wrote a form that the desk has not."""
    return scene.config.forms.get(ticket.text("form")) or Form(id="", label="")


def option_of(scene: Scene, ticket: Ticket) -> Option | None:
    return scene.config.categories.get(ticket.text("category"))


def intact(scene: Scene, ticket: Ticket, mends: str = "") -> None:
    """Refuses work on a ticket of which a name, edited by hand, names nothing of the desk: what is
    decided by it would be passed over in silence. They are mended in this order, and what `mends`
    one waits only for those before it, so that no two refuse each other.
    """
    config, problems = scene.config, []
    open_ = [status for status in config.workflow if config.workflow.is_open(status)]
    forms = [form.id for form in config.forms.values() if scene.may(form.roles)]
    options = [o.id for o in config.categories.of(form_of(scene, ticket).categories)]
    for field, held, instead, command in (
        ("status", config.workflow, open_, "move"),
        ("form", config.forms, forms, "set"),
        ("category", config.categories, options, "set"),
        ("assignee", config.people, list(config.people), "assign"),
        ("team", config.people.file.teams, list(config.people.file.teams), "set"),
    ):
        if field == mends:
            break
        name = ticket.text(field)
        if name and name not in held:
            facts = {"ticket": ticket.id, "field": field, "label": field, "name": name}
            close = nearest(name, instead)
            value = close or (open_[0] if field == "status" else "")
            facts |= {"nearest": close, command: value, "key": field if command == "set" else ""}
            problems.append(Problem("name.lost", facts))
    if problems:
        raise DeskError(*problems)


def may_update(scene: Scene, ticket: Ticket, mends: str = "") -> None:
    """Refuses who may not work on tickets of this option (O33.20), and anybody on one that is not
    `intact`; notes are always welcome.
    """
    intact(scene, ticket, mends)
    option = option_of(scene, ticket)
    if option and not scene.may(option.update_roles):
        raise DeskError(
            scene.forbidden("option.update_roles", option.update_roles, ticket, label=option.label)
        )


def may_give(scene: Scene, ticket: Ticket, to: str) -> None:
    """Refuses who may not update, except to give a ticket that stands with one who may not either
    to a person who may: so a ticket in the wrong hands gets into the right ones.
    """
    intact(scene, ticket, "assignee")
    option, roles_of = option_of(scene, ticket), scene.config.people.roles_of
    able = frozenset(option.update_roles) if option else frozenset()
    if not roles_of(to) & able or roles_of(ticket.text("assignee")) & able:
        may_update(scene, ticket, "assignee")


def target(
    scene: Scene, ticket: Ticket, name: str, sets: Facts | None = None, due: str = ""
) -> Status:
    """The status of that name, when the ticket may go there; refuses with what is missing, counting
    what the same act `sets`. `due` is what was to be promised there.
    """
    workflow = scene.config.workflow
    status = workflow.find(name)
    held = ticket.text("status")
    if status.id == held:
        other = due if due != ticket.text("due") else ""
        raise refuse("status.same", ticket=ticket.id, status=status.label, due=other)
    allowed = workflow[held].to if held in workflow else []
    if allowed and status.id not in allowed:
        raise refuse("status.way", ticket=ticket.id, status=status.label, allowed=allowed)
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    problems = entry(scene, ticket, status, form, option, sets or {})
    if problems:
        raise DeskError(*problems)
    return status


def entry(
    scene: Scene, ticket: Ticket, status: Status, form: Form, option: Option | None, sets: Facts
) -> list[Problem]:
    """What stands in the way to a status: the actor's role, what the status demands, and for a
    resolved one the option (O33.16), counting what the same act `sets`.
    """
    if not scene.may(status.roles):
        return [scene.forbidden("status.roles", status.roles, ticket, status=status.label)]
    return list(demands(scene, status, form, option, {**scene.facts(ticket), **sets}))


def demands(
    scene: Scene, status: Status, form: Form, option: Option | None, known: Facts
) -> Iterator[Problem]:
    """What the status demands, and for a resolved one the option, and the facts do not have."""
    yield from unmet(scene, form, status.requires, status.label, known)
    if option and status.state in ("resolved", "closed"):
        yield from unmet(scene, form, option.resolve_requires, option.label, known)


def misplaced(scene: Scene, ticket: Ticket) -> Iterator[Problem]:
    """What a ticket lacks to be in the status in which it is: what the status demands, and the date
    promised there. A visit that took place was one.
    """
    status = scene.config.workflow.get(ticket.text("status"))
    if status is None:
        return
    known = scene.facts(ticket) if status.requires else {}
    for problem in unmet(scene, form_of(scene, ticket), status.requires, status.label, known):
        if problem.code != "visit.wanted" or ticket.text("visit.done") != "true":
            yield Problem(problem.code, {**problem.facts, "ticket": ticket.id})
    if wrong := undated(status, ticket):
        yield wrong


def in_place(scene: Scene, ticket: Ticket, sets: Facts) -> None:
    """Refuses to set what would take from a ticket something that its status demands."""
    after = replay([Event("", 0, "", "", "", sets=dict(sets))], ticket.header)
    had = list(misplaced(scene, ticket))
    lost = [p for p in misplaced(scene, Ticket(after, ticket.history)) if p not in had]
    if lost:
        raise DeskError(*lost)


def move(scene: Scene, ticket: Ticket, name: str, note: str = "", due: str = "") -> Change:
    """To another status, which may say what is promised meanwhile; `due` (an ISO day) wins. From a
    status that is lost, only back into work.
    """
    workflow = scene.config.workflow
    lost = ticket.text("status") not in workflow
    may_update(scene, ticket, "status" if lost and workflow.is_open(workflow.find(name).id) else "")
    return scene.change(ticket, moving(scene, ticket, name, note, due))


def moving(
    scene: Scene,
    ticket: Ticket,
    name: str,
    note: str = "",
    due: str = "",
    sets: Facts | None = None,
) -> Act:
    """The act of a move; `sets` is what an act just before it sets, and counts for its demands.
    A day that is given may not be past, and a promise that it changes, or that the status or its
    visit puts off, needs a note, as with `due`.
    """
    act = told(form_of(scene, ticket), ticket, note)
    status = target(scene, ticket, name, {**(sets or {}), **act.get("sets", {})}, due)
    if status.state == "cancelled" and not note.strip():
        raise refuse("cancel.reason", ticket=ticket.id)
    did = {"resolved": "resolved", "closed": "resolved", "cancelled": "cancelled"}.get(status.state)
    coming = arrival_in(scene, ticket, status, due)
    if problem := past(scene, due, ticket=ticket.id, status=status.id):
        raise DeskError(problem)
    promised = str(coming.get("due", ""))
    if due or promised > ticket.text("due"):
        reasoned(ticket, promised, note)
    return {**act, "did": did or "moved", "sets": {**act.get("sets", {}), **coming}}


def arrival_in(scene: Scene, ticket: Ticket, status: Status, due: str = "") -> dict[str, Value]:
    """What coming to a status sets: itself, and the day promised there."""
    promised = due_in(scene, status, ticket.header, due)
    return {"status": status.id, **({"due": promised} if promised else {})}


def resolve(scene: Scene, ticket: Ticket, note: str = "") -> Change:
    return move(scene, ticket, scene.config.workflow.first("resolved", "closed").id, note)


def cancel(scene: Scene, ticket: Ticket, note: str) -> Change:
    """A cancelled ticket says why."""
    return move(scene, ticket, scene.config.workflow.first("cancelled").id, note)


def reopen(scene: Scene, ticket: Ticket, note: str = "") -> Change:
    may_update(scene, ticket)
    if scene.config.workflow.state(ticket.text("status")) not in CLOSED:
        raise refuse("reopen.open", ticket=ticket.id, status=ticket.text("status"))
    status = target(scene, ticket, scene.config.workflow.first("open", "new").id)
    sets = arrival_in(scene, ticket, status)
    return scene.change(ticket, {"did": "reopened", "sets": sets, "text": note})
