"""`set`: values of the header or the form; `name=` removes one; a form or category decides anew."""

from typing import Annotated

import typer

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, pairs
from deskcli.cli.words import _
from deskcli.refill import change_values

EXAMPLES = (
    "deskcli set 1042 phone='11 99999-0000'",
    "deskcli set 1042 form=FORM category=CATEGORY",
)


def command(
    ids: Annotated[str, typer.Argument(metavar="ID", help=_("Ticket, several with commas, or -"))],
    values: Annotated[list[str], typer.Argument(metavar="NAME=VALUE...", help=_("What to set"))],
    dry_run: Dry = False,
) -> None:
    given = pairs(values)
    changes = session.change_each([ids], lambda scene, t: change_values(scene, t, given), dry_run)
    show_changes(changes, dry_run)
