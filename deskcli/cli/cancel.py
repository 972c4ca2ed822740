"""`cancel`: with the reason, which stays in the history."""

from typing import Annotated

import typer

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Ids
from deskcli.cli.words import _
from deskcli.move import cancel


def command(
    ids: Ids,
    note: Annotated[str, typer.Option("-m", "--note", help=_("The reason"))] = "",
    dry_run: Dry = False,
) -> None:
    changes = session.change_each(ids, lambda scene, t: cancel(scene, t, note), dry_run)
    show_changes(changes, dry_run)
