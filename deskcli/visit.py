"""Visits to the customer: scheduled by whoever may, agreed by the customer, moved, cancelled, done
(F14).

A ticket has one visit at a time, at `visit`: `{at, with, customer_confirmed, done}`, with `at` an
instant of the desk's zone; those before it are in its history (`appointments`). One that was
cancelled leaves only `{cancelled}`, when it would have been. A status whose promised date is
`@visit.at` follows it, so that a visit put off moves the promise too (F-X8).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from deskcli.condition import All, AnyOf, Not, Test, failures, paths
from deskcli.facts import Row, instant, standing
from deskcli.move import form_of, may_update, moving
from deskcli.problem import DeskError, refuse
from deskcli.promise import due_in, followed, reasoned, told
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, apply, drift, lookup, open_visit, replay
from deskcli.workflow import Status, Workflow
from deskcli.yamltext import Value

Act = dict[str, Any]
COMING: tuple[Test | Not, ...] = (
    Not(Test("visit.at", "absent")),
    Not(Test("visit.done", "in", ("true",))),
    Test("open", "in", ("true",)),
)
# Of tickets that have a visit, or had one that was cancelled last.
EVER = AnyOf((Not(Test("visit.at", "absent")), Not(Test("visit.cancelled", "absent"))))


def schedule(
    scene: Scene, ticket: Ticket, at: datetime, note: str = "", by: str = "", agreed: bool = False
) -> Change:
    """A visit `at`, by the person named, which the customer has `agreed` to or has still to. One
    that puts the promised day off says why (F18).
    """
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
    at = datetime.fromisoformat(ticket.text("visit.at"))
    if at.astimezone(scene.now.tzinfo).date() > scene.today:
        raise refuse("visit.early", ticket=ticket.id, at=ticket.text("visit.at"))
    if not note.strip():
        raise refuse("visit.note", ticket=ticket.id)
    return scene.change(ticket, {"did": "visited", "sets": {"visit.done": "true"}, "text": note})


def cancel(scene: Scene, ticket: Ticket, note: str, status: str = "") -> Change:
    """It will not take place, said why. A ticket whose status is about the visit leaves it: for
    `status`, else back into work.
    """
    _may_schedule(scene, ticket)
    may_update(scene, ticket)
    _open(ticket)
    if not note.strip():
        raise refuse("visit.note", ticket=ticket.id)
    sets: dict[str, Value] = dict.fromkeys(f"visit.{name}" for name in _held(ticket))
    sets["visit.cancelled"] = ticket.text("visit.at")
    held = scene.config.workflow.get(ticket.text("status"))
    if status or followed(held) or _unagreed(scene, ticket, held, sets):
        to = status or scene.config.workflow.first("open", "new").id
        act = moving(scene, ticket, to, note)
    else:
        act = told(form_of(scene, ticket), ticket, note)
    return scene.change(
        ticket, {**act, "did": "unscheduled", "sets": {**act.get("sets", {}), **sets}}
    )


def _held(ticket: Ticket) -> list[str]:
    return [key for key in ticket.get("visit") or {} if key != "cancelled"]


def is_open(ticket: Ticket) -> bool:
    """A visit is scheduled and has not taken place."""
    return bool(open_visit(ticket.header))


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
        coming = ticket.id if is_open(ticket) else ""
        typed = at.isoformat(timespec="minutes")
        raise refuse("visit.past", ticket=ticket.id, at=typed, coming=coming)
    sets: dict[str, Value] = {
        "visit.at": at.isoformat(timespec="seconds"),
        "visit.customer_confirmed": "true" if agreed else "false",
        "visit.with": scene.config.people.find(by).id if by else None,
        **dict.fromkeys(("visit.done", "visit.cancelled")),
    }
    sets = {path: value for path, value in sets.items() if value or ticket.get(path)}
    act = told(form_of(scene, ticket), ticket, note)
    status = scene.config.workflow.get(ticket.text("status"))
    if status and _unagreed(scene, ticket, status, sets):
        raise refuse("visit.agreed", ticket=ticket.id, status=status.label)
    if status and followed(status):
        visit = {"at": sets["visit.at"]}
        sets["due"] = promised = due_in(scene, status, {**ticket.header, "visit": visit})
        if promised > ticket.text("due"):
            reasoned(ticket, promised, note)
    return scene.change(ticket, {**act, "did": did, "sets": {**act.get("sets", {}), **sets}})


def _unagreed(scene: Scene, ticket: Ticket, status: Status | None, sets: dict[str, Value]) -> bool:
    """Whether what the status demands of the visit would no longer be so (F14)."""
    after = replay([Event("", 0, "", "", "", sets=sets)], ticket.header)
    lost = failures(scene.condition(status.requires), after) if status else []
    return any(path.startswith("visit.") for failed in lost for path in paths(failed))


# -- other visits ---------------------------------------------------------------------------------


def collisions(scene: Scene, ticket: Ticket) -> Sequence[Row]:
    """Other visits of the person who goes that begin before this one ends, or end after it began;
    as long as the desk says that visits last.
    """
    who, length = ticket.text("visit.with"), scene.config.settings.policies.visit_minutes
    if not who or not is_open(ticket):
        return []
    theirs = scene.bound(All((*COMING, Test("visit.with", "in", (who,)))))
    at = datetime.fromisoformat(ticket.text("visit.at"))
    return [
        row
        for row in scene.rows_where(theirs)
        if row.id != ticket.id
        and abs(datetime.fromisoformat(str(lookup(row.header, "visit.at"))) - at)
        < timedelta(minutes=length)
    ]


class Appointment(Struct, frozen=True):
    """One visit of a ticket: `id` is that of the event which scheduled it, and stays; `changes` is
    how often it was changed since, or its ticket closed or opened again. `with_` has everybody who
    was to go, the last one last.
    """

    id: str
    at: str
    with_: tuple[str, ...]
    agreed: bool
    state: str
    changes: int


def appointments(ticket: Ticket, workflow: Workflow) -> list[Appointment]:
    """Every visit that the ticket had, the last as it stands in the header. `state` is `coming`,
    `done` or `cancelled`. One that a hand put on no day was never anywhere.
    """
    found: list[Appointment] = []
    header: dict[str, Value] = {}
    edited = Event("", 0, "", "", "edited", sets=drift(ticket))
    scheduled = {e.id for e in standing(ticket.history) if e.did == "scheduled"}
    for event in (*ticket.history, edited):
        was_open = workflow.is_open(str(header.get("status")))
        apply(header, event)
        turned = workflow.is_open(str(header.get("status"))) != was_open
        if any(path.split(".")[0] == "visit" for path in event.sets) or (
            turned and found and found[-1].state == "coming"
        ):
            if event.id in scheduled or not found:
                found.append(Appointment(event.id, "", (), False, "coming", -1))
            found.append(_changed(found.pop(), header.get("visit") or {}))
    return [visit for visit in found if instant(visit.at, UTC)]


def _changed(held: Appointment, visit: dict[str, Value]) -> Appointment:
    at, who = str(visit.get("at") or ""), str(visit.get("with") or "")
    state = "cancelled" if not at else "done" if visit.get("done") == "true" else "coming"
    people = (*(name for name in held.with_ if name != who), *([who] if who else []))
    agreed = visit.get("customer_confirmed") == "true"
    return Appointment(held.id, at or held.at, people, agreed, state, held.changes + 1)
