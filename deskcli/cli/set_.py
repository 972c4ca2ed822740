"""`set`: values of the header or the form; `name=` removes one; a form or category decides anew."""

from typing import Annotated

import typer

from deskcli.act import set_values
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several, pairs
from deskcli.cli.words import _
from deskcli.demand import by_key
from deskcli.move import form_of
from deskcli.refill import refill
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket

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

    def act(scene: Scene, ticket: Ticket) -> Change:
        anew = by_key(form_of(scene, ticket), given).keys() & {"form", "category"}
        return (refill if anew else set_values)(scene, ticket, given)

    show_changes(session.change_each([ids], act, dry_run), dry_run)
