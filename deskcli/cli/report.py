"""`report`: how many tickets by one or more of their values, over a period (O16)."""

from typing import Annotated

import typer

from deskcli.cli import session, show
from deskcli.cli.filters import bound, filter_of
from deskcli.cli.labels import header_label, label
from deskcli.cli.rows import Format, Json, show_broken
from deskcli.cli.words import _
from deskcli.dates import parse_date
from deskcli.report import group
from deskcli.ticket import header_path

EXAMPLES = ("deskcli report --by product --since 01/11", "deskcli report --by assignee,status")


def command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="FILTER...", help=_("Filter"))
    ] = None,
    by: Annotated[str, typer.Option(help=_("Fields, with commas"))] = "status",
    since: Annotated[str, typer.Option(metavar="DATE", help=_("Opened on or after"))] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help=_("Opened on or before"))] = "",
    form: Format = "",
    as_json: Json = False,
) -> int:
    here = session.desk()
    here.index.refresh()
    condition = bound(filter_of(words or []))
    first, last = _iso(since), _iso(until)
    rows = []
    for row in here.index.select(condition):
        opened = str(row.header.get("opened_at") or row.opened)[:10]
        if (not first or opened >= first) and (not last or opened <= last):
            rows.append({**row.header, "state": row.state})
    names = [name.strip() for name in by.split(",") if name.strip()]
    counts = group(rows, names)
    chosen = show.chosen_format(form, as_json)
    if chosen in ("table", "plain"):
        counts = [
            {k: label(k, v) if k != "tickets" else v for k, v in row.items()} for row in counts
        ]
    columns = {**{name: header_label(header_path(name)) for name in names}, "tickets": _("Tickets")}
    show.listing("counts", counts, columns, chosen)
    return show_broken()


def _iso(text: str) -> str:
    return parse_date(text, session.desk().now.date()).isoformat() if text else ""
