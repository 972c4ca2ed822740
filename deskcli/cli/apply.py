"""`apply`: a macro ('Ação Automática') to tickets, with the values it asks for."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from deskcli.apply import apply_macro, macro_lacks
from deskcli.cli import complete, session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Several, pairs
from deskcli.cli.show import out, paint, safe
from deskcli.cli.words import _, worded
from deskcli.config import find
from deskcli.macro import Macro
from deskcli.problem import Problem


def command(
    ids: Several = "",
    macro: Annotated[
        str,
        typer.Argument(
            help=_("Macro, by id or label; none lists them"), autocompletion=complete.macros
        ),
    ] = "",
    values: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE...", help=_("Values it asks for"))
    ] = None,
    dry_run: Dry = False,
) -> None:
    known = session.desk().config.macros
    if not macro:
        for line in _of_tickets(session.ids([ids])) if ids else map(_name, known.values()):
            out(line)
        return
    found, given = find("macro", macro, known), pairs(values or [])
    changes = session.change_each([ids], lambda s, t: apply_macro(s, t, found, given), dry_run)
    show_changes(changes, dry_run)


def _of_tickets(named: Iterable[str]) -> Iterator[str]:
    """The macros that each ticket may have now, with the values to give; then the others, with
    what they lack.
    """
    scene, store = session.desk().scene(), session.desk().store
    for ticket in map(store.get, named):
        yield paint(f"{safe(ticket.id)}  {safe(ticket.text('title'))}", "bold")
        later: list[str] = []
        for macro in scene.config.macros.values():
            lacks = macro_lacks(scene, ticket, macro)
            if all(_is_asked(macro, problem) for problem in lacks):
                asked = [safe(f"{p.facts['field']}={_('VALUE')}") for p in lacks]
                yield "  " + "  ".join([_name(macro), *asked])
            else:
                later.append(f"  {safe(macro.id)}: {' '.join(map(worded, lacks))}")
        if later:
            yield _("Not yet:")
        yield from later


def _is_asked(macro: Macro, problem: Problem) -> bool:
    """A value that is given while applying it is no obstacle."""
    return problem.facts.get("field") in macro.asks


def _name(macro: Macro) -> str:
    return safe(f"{macro.id}  {macro.label}")
