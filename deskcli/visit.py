"""Visits to the customer: scheduled by whoever may, agreed by the customer, moved and done (F14).

A ticket has one visit at a time, at `visit`: `{at, with, customer_confirmed, done}`, with `at` an
instant of the desk's zone; those before it are in its history. A status whose promised date is
`@visit.at` follows it, so that a visit put off moves the promise too (F-X8).
"""

from datetime import datetime
from typing import Any

from deskcli.move import form_of, may_update
from deskcli.problem import DeskError, refuse
from deskcli.promise import due_in, followed, told
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket
from deskcli.yamltext import Value

Act = dict[str, Any]


def schedule(
    scene: Scene, ticket: Ticket, at: datetime, note: str = "", by: str = "", agreed: bool = False
) -> Change:
    """A visit `at`, by the person named, which the customer has `agreed` to or has still to."""
    _may_schedule(scene, ticket)
    if is_open(ticket):
        raise refuse("visit.there", ticket=ticket.id, at=ticket.text("visit.at"))
    return _set(scene, ticket, "scheduled", at, note, by, agreed)


def put_off(
    scene: Scene, ticket: Ticket, at: datetime, note: str, by: str = "", agreed: bool = False
) -> Change:
    """The open visit on another day, said why; the customer agrees anew."""
    _may_schedule(scene, ticket)
    _open(ticket)
    if not note.strip():
        raise refuse("visit.note", ticket=ticket.id)
    return _set(scene, ticket, "rescheduled", at, note, by or ticket.text("visit.with"), agreed)


def confirm(scene: Scene, ticket: Ticket, note: str = "") -> Change:
    """The customer agreed to it."""
    may_update(scene, ticket)
    _open(ticket)
    if ticket.text("visit.customer_confirmed") == "true":
        raise refuse("visit.confirmed", ticket=ticket.id, at=ticket.text("visit.at"))
    sets = {"visit.customer_confirmed": "true"}
    return scene.change(ticket, {"did": "confirmed", "sets": sets, "text": note})


def done(scene: Scene, ticket: Ticket, note: str) -> Change:
    """It took place; the note tells what was found. The ticket stays as it is, for a person to
    resolve or to go on with.
    """
    may_update(scene, ticket)
    _open(ticket)
    if not note.strip():
        raise refuse("visit.note", ticket=ticket.id)
    return scene.change(ticket, {"did": "visited", "sets": {"visit.done": "true"}, "text": note})


def is_open(ticket: Ticket) -> bool:
    """A visit is scheduled and has not taken place."""
    return bool(ticket.text("visit.at")) and ticket.text("visit.done") != "true"


def _open(ticket: Ticket) -> None:
    if not is_open(ticket):
        raise refuse("visit.none", ticket=ticket.id)


def _may_schedule(scene: Scene, ticket: Ticket) -> None:
    roles = scene.config.settings.policies.visit_roles
    if not scene.may(roles):
        raise DeskError(scene.forbidden("visit.roles", roles, ticket))


def _set(
    scene: Scene, ticket: Ticket, did: str, at: datetime, note: str, by: str, agreed: bool
) -> Change:
    may_update(scene, ticket)
    if at <= scene.now:
        raise refuse("visit.past", ticket=ticket.id, at=at.isoformat(timespec="minutes"))
    sets: dict[str, Value] = {
        "visit.at": at.isoformat(timespec="seconds"),
        "visit.customer_confirmed": "true" if agreed else "false",
    }
    if by:
        sets["visit.with"] = scene.config.people.find(by).id
    if ticket.get("visit.done"):
        sets["visit.done"] = None
    act = told(form_of(scene, ticket), ticket, note)
    status = scene.config.workflow.get(ticket.text("status"))
    if status and followed(status):
        visit = {"at": sets["visit.at"]}
        sets["due"] = due_in(scene, status, {**ticket.header, "visit": visit})
    return scene.change(ticket, {**act, "did": did, "sets": {**act.get("sets", {}), **sets}})
