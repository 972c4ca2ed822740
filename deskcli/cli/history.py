"""`history`: every event of a ticket, oldest first."""

from typing import Annotated

import typer

from deskcli.cli import session, show
from deskcli.cli.events import event_lines
from deskcli.cli.rows import Json
from deskcli.cli.words import _
from deskcli.ticketfile import event_values


def command(
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("Ticket"))],
    as_json: Json = False,
) -> None:
    ticket = session.desk().store.get(id_)
    if as_json:
        events = [event_values(e) for e in ticket.history]
        show.out(show.to_json({"schema_version": 1, "id": ticket.id, "history": events}))
        return
    for event in ticket.history:
        for line in event_lines(event):
            show.out(line)
