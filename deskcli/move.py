"""The way of a ticket through the desk's states, and who may work on it."""

from typing import Any

from deskcli.category import Option
from deskcli.condition import failures
from deskcli.demand import requirement
from deskcli.form import Form
from deskcli.problem import DeskError, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket
from deskcli.workflow import CLOSED, Status

Act = dict[str, Any]


def form_of(scene: Scene, ticket: Ticket) -> Form:
    """The ticket's form; an empty one when a person wrote a form that the desk has not."""
    return scene.config.forms.get(ticket.text("form")) or Form(id="", label="")


def option_of(scene: Scene, ticket: Ticket) -> Option | None:
    return scene.config.categories.get(ticket.text("category"))


def may_update(scene: Scene, ticket: Ticket) -> None:
    """Refuses who may not work on tickets of this option (O33.20); notes are always welcome."""
    option = option_of(scene, ticket)
    if option and option.update_roles:
        roles = scene.config.people.roles_of(scene.actor)
        if not roles & frozenset(option.update_roles):
            facts = {"label": option.label, "roles": option.update_roles, "actor": scene.actor}
            raise DeskError(Problem("option.update_roles", {"ticket": ticket.id, **facts}))


def target(scene: Scene, ticket: Ticket, name: str) -> Status:
    """The status of that name, when the ticket may go there; refuses with what is missing."""
    workflow = scene.config.workflow
    status = workflow.find(name)
    held = ticket.text("status")
    if status.id == held:
        raise refuse("status.same", ticket=ticket.id, status=status.label)
    allowed = workflow[held].to if held in workflow else []
    if allowed and status.id not in allowed:
        raise refuse("status.way", ticket=ticket.id, status=status.label, allowed=allowed)
    roles = scene.config.people.roles_of(scene.actor)
    if status.roles and not roles & frozenset(status.roles):
        raise refuse("status.roles", status=status.label, roles=status.roles, actor=scene.actor)
    problems = list(_unmet(scene, ticket, status))
    if problems:
        raise DeskError(*problems)
    return status


def _unmet(scene: Scene, ticket: Ticket, status: Status) -> list[Problem]:
    """What the status demands, and for a resolved one the ticket's option (O33.16)."""
    option = option_of(scene, ticket)
    demands = [(status.requires, status.label)]
    if option and status.state in ("resolved", "closed"):
        demands.append((option.resolve_requires, option.label))
    known = scene.facts(ticket)
    found = []
    for demand, of in demands:
        condition = scene.condition(demand)
        form = form_of(scene, ticket)
        found += [requirement(failed, form, of) for failed in failures(condition, known)]
    return found


def move(scene: Scene, ticket: Ticket, name: str, note: str = "") -> Change:
    may_update(scene, ticket)
    status = target(scene, ticket, name)
    if status.state == "cancelled" and not note.strip():
        raise refuse("cancel.reason", hint=f"deskcli cancel {ticket.id} -m …", ticket=ticket.id)
    did = {"resolved": "resolved", "closed": "resolved", "cancelled": "cancelled"}.get(status.state)
    return scene.change(
        ticket, {"did": did or "moved", "sets": {"status": status.id}, "text": note}
    )


def resolve(scene: Scene, ticket: Ticket, note: str = "") -> Change:
    return move(scene, ticket, scene.config.workflow.first("resolved", "closed").id, note)


def cancel(scene: Scene, ticket: Ticket, note: str) -> Change:
    """A cancelled ticket says why."""
    return move(scene, ticket, scene.config.workflow.first("cancelled").id, note)


def reopen(scene: Scene, ticket: Ticket, note: str = "") -> Change:
    if scene.config.workflow.state(ticket.text("status")) not in CLOSED:
        raise refuse("reopen.open", ticket=ticket.id, status=ticket.text("status"))
    may_update(scene, ticket)
    status = target(scene, ticket, scene.config.workflow.first("open", "new").id)
    return scene.change(ticket, {"did": "reopened", "sets": {"status": status.id}, "text": note})
