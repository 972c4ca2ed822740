"""`due`: the date promised to the requester; moving one that stands needs a note."""

from typing import Annotated

import typer

from deskcli.act import due
from deskcli.cli import complete, session
from deskcli.cli.days import promised_day
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several
from deskcli.cli.words import _


def command(
    ids: Several,
    date_: Annotated[
        str,
        typer.Argument(
            metavar="DATE",
            help=_("24/11, tomorrow, friday, +2bd; none removes it"),
            autocompletion=complete.days,
        ),
    ],
    note: Annotated[str, typer.Option("-m", "--note", help=_("Why, and whom you told"))] = "",
    contacted: Annotated[
        str, typer.Option(metavar="CHANNEL", help=_("How the customer was told"))
    ] = "",
    dry_run: Dry = False,
) -> None:
    day = promised_day(date_)
    changes = session.change_each(
        [ids], lambda scene, t: due(scene, t, day, note, contacted), dry_run
    )
    show_changes(changes, dry_run)
