"""`annotate`: an internal note; `@name` mentions a colleague."""

from typing import Annotated

import typer

from deskcli.act import annotate
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several
from deskcli.cli.words import _


def command(
    ids: Several,
    text: Annotated[str | None, typer.Argument(help=_("The note; - reads it"))] = None,
    dry_run: Dry = False,
) -> None:
    note = session.text_given(text, "note")
    changes = session.change_each([ids], lambda scene, t: annotate(scene, t, note), dry_run)
    show_changes(changes, dry_run)
