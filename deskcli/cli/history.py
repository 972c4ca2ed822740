"""`history`: every event of a ticket, oldest first."""

from deskcli.cli import session, show
from deskcli.cli.events import event_lines
from deskcli.cli.labels import form_named
from deskcli.cli.rows import Format, Json, One
from deskcli.ticketfile import event_values


def command(
    id_: One,
    form: Format = "",
    as_json: Json = False,
) -> None:
    chosen = show.chosen_format(form, as_json)
    ticket = session.desk().store.get(id_)
    events = [event_values(e) for e in ticket.history]
    asked = form_named(ticket.header)
    lines = (line for event in ticket.history for line in event_lines(event, asked))
    show.listing("history", events, lines, chosen, id=ticket.id)
