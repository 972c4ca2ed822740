"""`set`: values of the header or the form; `name=` removes one; a form or category decides anew."""

from typing import Annotated

import typer

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several, pairs
from deskcli.cli.words import _
from deskcli.refill import change_values

EXAMPLES = (
    "deskcli set 1042 phone='11 99999-0000'",
    "deskcli set 1042 form=FORM category=CATEGORY",
)


def command(
    ids: Several,
    values: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE...", help=_("What to set, by key or label"))
    ],
    dry_run: Dry = False,
) -> None:
    given = pairs(values)
    changes = session.change_each([ids], lambda scene, t: change_values(scene, t, given), dry_run)
    show_changes(changes, dry_run)
