"""`annotate`: an internal note; `@name` mentions a colleague."""

from typing import Annotated

import typer

from deskcli.act import annotate
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several
from deskcli.cli.show import tell
from deskcli.cli.texts import text_given
from deskcli.cli.words import _


def command(
    ids: Several,
    text: Annotated[str | None, typer.Argument(help=_("The note; - reads it"))] = None,
    dry_run: Dry = False,
) -> None:
    note = text_given(text, "note")
    changes = session.change_each([ids], lambda scene, t: annotate(scene, t, note), dry_run)
    show_changes(changes, dry_run)
    for change in changes if _is_summary_asked() else ():
        if not change.ticket.text("summary"):
            from deskcli.cli.hints import with_options  # most desks ask for no summary

            hint = with_options("set", str(change.after.get("id")), f"summary={_('TEXT')}")
            tell(_("The note is no summary, and there is none yet: {command}").format(command=hint))


def _is_summary_asked() -> bool:
    """Whether the desk has a status that demands one (F4)."""
    return any("summary" in status.requires for status in session.desk().config.workflow.values())
