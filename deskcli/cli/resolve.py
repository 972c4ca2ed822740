"""`resolve`: to the desk's resolved status, when nothing is missing."""

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Ids, Note
from deskcli.move import resolve


def command(
    ids: Ids,
    note: Note = "",
    dry_run: Dry = False,
) -> None:
    changes = session.change_each(ids, lambda scene, t: resolve(scene, t, note), dry_run)
    show_changes(changes, dry_run)
