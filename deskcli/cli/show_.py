"""`show`: a ticket as a person reads it: what it is, who has it, what happened."""

from collections.abc import Iterator
from typing import Any

from deskcli.cli import session, show, sla_words, table
from deskcli.cli.events import event_lines
from deskcli.cli.labels import apart, form_named, header_label, label, person, team_label
from deskcli.cli.rows import Format, Json, One, mark_of
from deskcli.cli.show import paint, safe
from deskcli.cli.words import _
from deskcli.links import linked
from deskcli.move import form_of
from deskcli.requester import in_order, requester_keys
from deskcli.ticket import Ticket, drift
from deskcli.ticketfile import event_values

FIRST = ("title", "status", "assignee", "team", "requester", "form", "category", "due")
SHOWN_ELSEWHERE = frozenset((*FIRST, "id", "fields", "attachments", "source"))


def command(
    id_: One,
    form: Format = "",
    as_json: Json = False,
) -> None:
    chosen = show.chosen_format(form, as_json)
    ticket = session.desk().store.get(id_)
    values = {} if chosen in show.FOR_PEOPLE else _values(ticket)
    show.thing(values, _lines(ticket), chosen)


def _values(ticket: Ticket) -> dict[str, Any]:
    known = session.desk().scene().facts(ticket)
    derived = {"state": known["state"], "open": known["open"] == "true"}
    derived |= {"sla": known["sla"]} if "sla" in known else {}
    history = [event_values(e) for e in ticket.history]
    return {**ticket.header, **derived, "history": history}


def _lines(ticket: Ticket) -> Iterator[str]:
    here = session.desk()
    state = here.config.workflow.state(ticket.text("status"))
    mark, color = mark_of(state, ticket.header, here.now.date().isoformat())
    title = f"{safe(ticket.id)}  {safe(ticket.text('title'))}"
    yield paint(title, "bold") + ("  " + paint(mark, color) if mark and color else "")
    yield from _pairs(ticket)
    if drift(ticket):
        yield "  " + _("edited by hand: {fields}").format(fields=safe(", ".join(drift(ticket))))
    for other in _others(ticket):
        yield "  " + _("same requester: {ticket}").format(ticket=other)
    yield ""
    for event in ticket.history:
        yield from event_lines(event, form_named(ticket.header), brief=True)


def _linked(ticket: Ticket) -> list[str]:
    """Both ways: the tickets that it names, and those that name it."""
    return linked(ticket, session.desk().scene().tickets_of)


def _pairs(ticket: Ticket) -> Iterator[str]:
    """Labels as the form has them; values as the desk says them; unknown keys as they are."""
    form = form_of(session.desk().scene(), ticket)
    rows = [(_("Status"), label("status", ticket.text("status")))]
    rows.append((_("Assignee"), _owner(ticket)))
    asked = in_order(ticket.get("requester") or {})
    said = (label(f"requester.{key}", value, form) for key, value in asked.items())
    rows.append((_("Requester"), "  ".join(said)))
    rows.append((_("Form"), label("form", ticket.text("form"))))
    rows.append((form.category_label or _("Category"), label("category", ticket.text("category"))))
    rows.append((_("Due"), label("due", ticket.text("due"))))
    rows += sla_words.lines(ticket)
    others = {k: held for k, held in ticket.header.items() if k not in SHOWN_ELSEWHERE}
    others["links"] = _linked(ticket)
    told = {"fields": ticket.get("fields") or {}, **others}
    for path, value in (one for at, held in told.items() for one in apart(at, held)):
        if value:
            rows.append((header_label(path, form), label(path, value, form)))
    files = ticket.get("attachments") or []
    rows += [(_("File"), safe(f"{f.get('name')}  ({f.get('type')})")) for f in files]
    width = max(table.cells_wide(name) for name, _value in rows)
    for name, value in rows:
        if value:
            yield f"  {safe(name)}{' ' * (width - table.cells_wide(name))}  {value}"


def _owner(ticket: Ticket) -> str:
    name = ticket.text("assignee")
    return person(name) if name else team_label(ticket.header) or _("unassigned")


def _others(ticket: Ticket) -> list[str]:
    """The requester's other open tickets, the latest of them, and how many there are more (P20)."""
    here = session.desk()
    if not requester_keys(ticket.header):
        return []
    found = here.scene().conversations(ticket.header)
    more = [_("{count} more").format(count=len(found) - 5)] if len(found) > 5 else []
    return [f"{safe(t.id)}  {safe(t.text('title'))}" for t in found[:5]] + more
