"""`why`: each decision about who got a ticket, step by step, with the line of the rule."""

from typing import Annotated

import typer

from deskcli.cli import session
from deskcli.cli.events import person, step_lines, team_label, verb
from deskcli.cli.rows import Json
from deskcli.cli.show import moment, out, safe, to_json
from deskcli.cli.words import _
from deskcli.ticket import Event


def command(
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("Ticket"))],
    as_json: Json = False,
) -> None:
    ticket = session.desk().store.get(id_)
    decisions = [e for e in ticket.history if e.why or "assignee" in e.sets]
    if as_json:
        found = [{"at": e.at, "did": e.did, "rule": e.rule, "why": e.why} for e in decisions]
        out(to_json({"schema_version": 1, "id": ticket.id, "decisions": found}))
        return
    for event in decisions:
        out(_headline(event))
        for line in step_lines(event.why):
            out(line)
    if not decisions:
        out(_("{ticket}: nobody decided anything yet.").format(ticket=safe(ticket.id)))


def _headline(event: Event) -> str:
    """`23/11/2026 09:12 routed to João, by workflows/...:41`."""
    to = event.sets.get("assignee")
    name = person(str(to)) if to else team_label(event.sets) or _("unassigned")
    rule = f"  {safe(event.rule)}" if event.rule else ""
    return f"{moment(event.at)}  {verb(event.did)}: {name}{rule}"
