"""The date promised to the requester: what a status makes of it, and what is told with it.

People move it, or the status that a ticket comes to; no clock does, which is the SLA's (F-X6).
"""

from typing import Any

from deskcli.form import Form
from deskcli.problem import refuse
from deskcli.scene import Scene
from deskcli.ticket import Ticket, header_path, lookup
from deskcli.workflow import Status
from deskcli.yamltext import Value


def due_in(scene: Scene, status: Status, header: dict[str, Value], given: str = "") -> str:
    """The day promised by a ticket that comes to `status`: the one `given` (ISO), else what the
    status says; '' leaves it as it is. Refuses when the status wants one agreed (F13).
    """
    if given or not status.due:
        return given
    if status.due == "ask" and not header.get("id"):
        raise refuse("option.needs", field="due", label="due", of=status.label)
    if status.due == "ask":
        raise refuse("status.due", status=status.label)
    if path := followed(status):
        return str(lookup(header, path) or "")[:10]
    return scene.day(status.due).isoformat()


def followed(status: Status | None) -> str:
    """The path of the value whose day is promised in a status; '' where it follows none."""
    due = status.due if status else ""
    return header_path(due[1:]) if due.startswith("@") else ""


def told(form: Form, ticket: Ticket, note: str) -> dict[str, Any]:
    """The parts of an act that keep a note: the first one is the summary where the form has one,
    the later ones are annotations (F4, F15).
    """
    if note.strip() and form.field("summary") and not ticket.text("summary"):
        return {"sets": {"summary": note.strip()}}
    return {"text": note.strip()}
