"""`assign`: to a person, `@me`, `rota:NAME`, `roulette:NAME` or `team:NAME`."""

from typing import Annotated

import typer

from deskcli.act import assign
from deskcli.cli import complete, session
from deskcli.cli.events import show_changes, step_lines
from deskcli.cli.rows import Dry, Note, Several
from deskcli.cli.show import out
from deskcli.cli.words import _


def command(
    ids: Several,
    to: Annotated[
        str,
        typer.Argument(
            metavar="WHO",
            help=_("Person, @me, rota:NAME, roulette:NAME, team:NAME"),
            autocompletion=complete.owners,
        ),
    ],
    note: Note = "",
    dry_run: Dry = False,
) -> None:
    changes = session.change_each([ids], lambda scene, t: assign(scene, t, to, note), dry_run)
    show_changes(changes, dry_run)
    for change in changes:
        if ":" in to:
            for line in step_lines(change.events[-1].why):
                out(line)
