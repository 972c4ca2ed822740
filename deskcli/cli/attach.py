"""`attach`: files to a ticket; their kind is told by their content."""

from pathlib import Path
from typing import Annotated

import typer

from deskcli.act import attach
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.files import stored
from deskcli.cli.rows import Dry, Several
from deskcli.cli.words import _


def command(
    ids: Several,
    files: Annotated[list[Path], typer.Argument(help=_("Files"))],
    note: Annotated[str, typer.Option("-m", "--note", help=_("A note with it"))] = "",
    dry_run: Dry = False,
) -> None:
    named = session.ids([ids])
    kept = stored(files, dry_run)
    changes = session.change_each(named, lambda scene, t: attach(scene, t, kept, note), dry_run)
    show_changes(changes, dry_run)
