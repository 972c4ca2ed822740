"""`search`: words anywhere in tickets, notes and replies too; accents do not count."""

from typing import Annotated

import typer

from deskcli.cli import session, show
from deskcli.cli.rows import Format, Json, show_broken
from deskcli.cli.words import _, ngettext


def command(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help=_("Words"))],
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=_("At most so many"))] = 50,
    form: Format = "",
    as_json: Json = False,
) -> int:
    here = session.desk()
    here.index.refresh()
    found = here.index.search(" ".join(words), limit)
    rows = [{"id": ticket, "excerpt": _hits(text)} for ticket, text in found]
    labels = {"id": _("Ticket"), "excerpt": _("Excerpt")}
    show.listing("tickets", rows, labels, show.chosen_format(form, as_json))
    show.tell(ngettext("{n} ticket", "{n} tickets", len(rows)).format(n=len(rows)))
    return show_broken()


def _hits(excerpt: str) -> str:
    """The lines with a word that was looked for, which the index marks `[so]`."""
    lines = excerpt.split("\n")
    return " · ".join([line for line in lines if "[" in line] or lines)
