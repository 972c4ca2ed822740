"""`unlink`: take links away, from whichever of the two each stands on."""

from typing import Annotated

import typer

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several
from deskcli.cli.words import _
from deskcli.merge import unlink
from deskcli.scene import Scene
from deskcli.ticket import Change


def command(
    first: Several,
    second: Annotated[str, typer.Argument(metavar="OTHER", help=_("The other ticket"))],
    dry_run: Dry = False,
) -> None:
    asked, store = session.ids([first]), session.desk().store

    def decide(scene: Scene) -> list[Change]:
        return unlink(scene, [store.get(name) for name in asked], store.get(second))

    show_changes(session.write(decide, dry_run), dry_run)
