"""`annotate`: an internal note; `@name` mentions a colleague."""

from typing import Annotated

import typer

from deskcli.act import annotate
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.hints import with_options
from deskcli.cli.rows import Dry, Several
from deskcli.cli.show import tell
from deskcli.cli.words import _
from deskcli.move import form_of
from deskcli.promise import wants_summary


def command(
    ids: Several,
    text: Annotated[str | None, typer.Argument(help=_("The note; - reads it"))] = None,
    dry_run: Dry = False,
) -> None:
    note = session.text_given(text, "note")
    changes = session.change_each([ids], lambda scene, t: annotate(scene, t, note), dry_run)
    show_changes(changes, dry_run)
    scene = session.desk().scene()
    for change in changes:
        if wants_summary(form_of(scene, change.ticket), change.ticket):
            hint = with_options("set", str(change.after.get("id")), f"summary={_('TEXT')}")
            tell(_("The note is no summary, and there is none yet: {command}").format(command=hint))
