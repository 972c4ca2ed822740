"""`due`: the date promised to the requester; moving one that stands needs a note."""

from typing import Annotated

import typer

from deskcli.act import due
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry
from deskcli.cli.show import day, tell
from deskcli.cli.splice import typed_day
from deskcli.cli.words import _


def command(
    ids: Annotated[str, typer.Argument(metavar="ID", help=_("Ticket, several with commas, or -"))],
    date: Annotated[str, typer.Argument(help=_("24/11, tomorrow, friday, +2bd; none removes it"))],
    note: Annotated[str, typer.Option("-m", "--note", help=_("Why, and whom you told"))] = "",
    contacted: Annotated[
        str, typer.Option(metavar="CHANNEL", help=_("How the customer was told"))
    ] = "",
    dry_run: Dry = False,
) -> None:
    when = "" if date in ("none", "-") else typed_day(date).isoformat()
    changes = session.change_each(
        [ids], lambda scene, t: due(scene, t, when, note, contacted), dry_run
    )
    if when:
        tell(_("Due on {day}.").format(day=day(when)))
    show_changes(changes, dry_run)
