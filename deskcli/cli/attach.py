"""`attach`: files to a ticket; their kind is told by their content."""

from pathlib import Path
from typing import Annotated

import typer

from deskcli.act import attach
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.files import given, keep
from deskcli.cli.rows import Dry, Note, Several
from deskcli.cli.words import _
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket


def command(
    ids: Several,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("Files"))],
    note: Note = "",
    dry_run: Dry = False,
) -> None:
    read = given(files)

    def act(scene: Scene, ticket: Ticket) -> Change:
        change = attach(scene, ticket, [file.record for file in read], note)
        if not dry_run:
            keep(read)
        return change

    show_changes(session.change_each([ids], act, dry_run), dry_run)
