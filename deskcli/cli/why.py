"""`why`: each decision about who got a ticket, step by step, with the line of the rule."""

from collections.abc import Iterator

from deskcli.cli import session, show
from deskcli.cli.events import step_lines
from deskcli.cli.labels import person, team_label, verb
from deskcli.cli.rows import Format, Json, One
from deskcli.cli.show import moment, safe
from deskcli.cli.words import _
from deskcli.ticket import Event, Ticket


def command(
    id_: One,
    form: Format = "",
    as_json: Json = False,
) -> None:
    chosen = show.chosen_format(form, as_json)
    ticket = session.desk().store.get(id_)
    decisions = [e for e in ticket.history if e.why or "assignee" in e.sets]
    rows = [{"id": e.id, "at": e.at, "did": e.did, "rule": e.rule, "why": e.why} for e in decisions]
    show.listing("decisions", rows, _lines(ticket, decisions), chosen, id=ticket.id)


def _lines(ticket: Ticket, decisions: list[Event]) -> Iterator[str]:
    for event in decisions:
        yield _headline(event)
        yield from step_lines(event.why)
    if not decisions:
        yield _("{ticket}: nobody decided anything yet.").format(ticket=safe(ticket.id))


def _headline(event: Event) -> str:
    """`23/11/2026 09:12 routed to João, by workflows/...:41`."""
    to = event.sets.get("assignee")
    name = person(str(to)) if to else team_label(event.sets) or _("unassigned")
    rule = f"  {safe(event.rule)}" if event.rule else ""
    return f"{moment(event.at)}  {verb(event.did)}: {name}{rule}"
