"""`apply`: a macro ('Ação Automática') to tickets, with the values it asks for."""

from typing import Annotated

import typer

from deskcli.apply import apply_macro
from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, pairs
from deskcli.cli.show import out, safe
from deskcli.cli.words import _
from deskcli.config import find


def command(
    ids: Annotated[
        str, typer.Argument(metavar="ID", help=_("Ticket, several with commas, or -"))
    ] = "",
    macro: Annotated[str, typer.Argument(help=_("Macro, by id or label; none lists them"))] = "",
    values: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE...", help=_("Values it asks for"))
    ] = None,
    dry_run: Dry = False,
) -> None:
    known = session.desk().config.macros
    if not macro:
        for one in known.values():
            out(f"{safe(one.id)}  {safe(one.label)}")
        return
    found, given = find("macro", macro, known), pairs(values or [])
    changes = session.change_each([ids], lambda s, t: apply_macro(s, t, found, given), dry_run)
    show_changes(changes, dry_run)
