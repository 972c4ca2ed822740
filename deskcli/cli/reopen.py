"""`reopen`: back to work."""

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Ids, Note
from deskcli.move import reopen


def command(
    ids: Ids,
    note: Note = "",
    dry_run: Dry = False,
) -> None:
    changes = session.change_each(ids, lambda scene, t: reopen(scene, t, note), dry_run)
    show_changes(changes, dry_run)
