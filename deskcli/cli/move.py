"""`move`: to another status of the desk; says which ways are open."""

from typing import Annotated

import typer

from deskcli.cli import complete, session
from deskcli.cli.days import promised_day
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Note, Several
from deskcli.cli.words import _
from deskcli.move import move


def command(
    ids: Several,
    status: Annotated[
        str, typer.Argument(help=_("Status, by id or label"), autocompletion=complete.statuses)
    ],
    note: Note = "",
    due: Annotated[
        str,
        typer.Option(
            metavar="DATE", help=_("The day promised meanwhile"), autocompletion=complete.days
        ),
    ] = "",
    dry_run: Dry = False,
) -> None:
    when = promised_day(due) if due else ""
    changes = session.change_each(
        [ids], lambda scene, t: move(scene, t, status, note, when), dry_run
    )
    show_changes(changes, dry_run)
