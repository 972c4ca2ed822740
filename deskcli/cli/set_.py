"""`set`: values of the header or the form; `name=` removes one."""

from typing import Annotated

import typer

from deskcli.act import set_values
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, pairs
from deskcli.cli.words import _


def command(
    ids: Annotated[str, typer.Argument(metavar="ID", help=_("Ticket, several with commas, or -"))],
    values: Annotated[list[str], typer.Argument(metavar="NAME=VALUE...", help=_("What to set"))],
    dry_run: Dry = False,
) -> None:
    given = pairs(values)
    changes = session.change_each([ids], lambda scene, t: set_values(scene, t, given), dry_run)
    show_changes(changes, dry_run)
