"""`link`: two tickets that concern each other."""

from typing import Annotated

import typer

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several
from deskcli.cli.words import _
from deskcli.merge import link


def command(
    first: Several,
    second: Annotated[str, typer.Argument(metavar="OTHER", help=_("The other ticket"))],
    dry_run: Dry = False,
) -> None:
    store = session.desk().store
    changes = session.change_each([first], lambda s, t: link(s, t, store.get(second)), dry_run)
    show_changes(changes, dry_run)
