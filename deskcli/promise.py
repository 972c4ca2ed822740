"""The date promised to the requester: what a status makes of it, and what is told with it.

People move it, or the status that a ticket comes to; no clock does, which is the SLA's (F-X6).
"""

from typing import Any

from deskcli.form import Form
from deskcli.problem import DeskError, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import Ticket, field_name, header_path, lookup, open_visit
from deskcli.workflow import Status
from deskcli.yamltext import Value


def due_in(scene: Scene, status: Status, header: dict[str, Value], given: str = "") -> str:
    """The day promised by a ticket that comes to `status`: the one `given` (ISO), else what the
    status says; '' leaves it as it is. Refuses when the status wants one agreed (F13), and
    another than that of the value it follows.
    """
    if path := followed(status):
        day = str(lookup(header, path) or "")[:10]
        if given not in ("", day):
            raise DeskError(follows(status, header))
        return day
    if given or not status.due:
        return given
    if status.due == "ask" and not header.get("id"):
        raise refuse("option.needs", field="due", label="due", of=status.label)
    if status.due == "ask":
        raise refuse("status.due", status=status.label)
    return scene.day(status.due).isoformat()


def undated(status: Status, ticket: Ticket) -> Problem | None:
    """What is wrong with the date of a ticket in `status`: it has none where the status needs one,
    or another than that of the value it follows.
    """
    held, path = ticket.text("due"), followed(status)
    facts = {"ticket": ticket.id, "status": status.label}
    if status.due and not held:
        return Problem("due.wanted", {**facts, "field": "due"})
    if path and ticket.get(path) and held != ticket.text(path)[:10]:
        return follows(status, ticket.header)
    return None


def follows(status: Status, header: dict[str, Value]) -> Problem:
    """Its date is not the one to move: `coming` is the ticket where a visit that is to come is."""
    facts = {"ticket": header.get("id"), "coming": header.get("id") if open_visit(header) else ""}
    field = field_name(followed(status))
    return Problem("due.follows", {**facts, "status": status.label, "field": field})


def past(scene: Scene, day: str, **facts: object) -> Problem | None:
    """Nothing is promised for a day (ISO) that is over."""
    if not day or day >= scene.today.isoformat():
        return None
    next_ = scene.config.calendar.add_workdays(scene.today, 0).isoformat()
    return Problem("due.past", {**facts, "due": day, "next": next_})


def reasoned(ticket: Ticket, day: str, note: str) -> None:
    """Refuses another day than the one that is promised, or none, without a word on why (F18)."""
    held = ticket.text("due")
    if held and day != held and not note.strip():
        raise refuse("due.note", ticket=ticket.id, due=held)


def followed(status: Status | None) -> str:
    """The path of the value whose day is promised in a status; '' where it follows none."""
    due = status.due if status else ""
    return header_path(due[1:]) if due.startswith("@") else ""


def wants_summary(form: Form, ticket: Ticket) -> bool:
    """Whether the form has a summary and nobody has written it."""
    return form.field("summary") is not None and not ticket.text("summary")


def told(form: Form, ticket: Ticket, note: str) -> dict[str, Any]:
    """The parts of an act that keep a note: the first one is the summary where the form has one,
    the later ones are annotations (F4, F15).
    """
    if note.strip() and wants_summary(form, ticket):
        return {"sets": {"summary": note.strip()}}
    return {"text": note.strip()}
