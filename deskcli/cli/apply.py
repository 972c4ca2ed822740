"""`apply`: a macro ('Ação Automática') to tickets, with the values it asks for."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from deskcli.apply import apply_macro, macro_lacks
from deskcli.cli import complete, session, show
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Dry, Format, Json, Several, no_format, pairs, show_named
from deskcli.cli.show import paint, safe, tell
from deskcli.cli.words import _, worded
from deskcli.config import find
from deskcli.macro import Macro
from deskcli.scene import Scene
from deskcli.ticket import Ticket


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
    form: Format = "",
    as_json: Json = False,
    dry_run: Dry = False,
) -> None:
    known = session.desk().config.macros
    if not known:
        tell(_("This desk has no macros."))
    if not ids:
        show_named("macros", {m.id: m.label for m in known.values()}, form, as_json)
        return
    if not macro:
        _list(session.ids([ids]), show.chosen_format(form, as_json))
        return
    no_format(form, as_json, "apply ID")
    found, given = find("macro", macro, known), pairs(values or [])
    changes = session.change_each([ids], lambda s, t: apply_macro(s, t, found, given), dry_run)
    show_changes(changes, dry_run)


def _list(named: Iterable[str], form: str) -> None:
    """The macros that each ticket may have now, with the values to give; then the others, with
    what they lack.
    """
    scene, store = session.desk().scene(), session.desk().store
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    for ticket in map(store.get, named):
        own = [_row(scene, ticket, macro) for macro in scene.config.macros.values()]
        lines += _lines(ticket, own)
        rows += own
    show.listing("macros", rows, lines, form)


def _row(scene: Scene, ticket: Ticket, macro: Macro) -> dict[str, Any]:
    """A value that is given while applying it is no obstacle."""
    lacks = macro_lacks(scene, ticket, macro)
    asks = [p.facts["field"] for p in lacks if p.facts.get("field") in macro.asks]
    return {
        "id": macro.id,
        "label": macro.label,
        "ticket": ticket.id,
        "asks": asks,
        "lacks": [worded(p) for p in lacks] if len(asks) < len(lacks) else [],
    }


def _lines(ticket: Ticket, rows: list[dict[str, Any]]) -> Iterator[str]:
    yield paint(f"{safe(ticket.id)}  {safe(ticket.text('title'))}", "bold")
    for row in rows:
        if not row["lacks"]:
            asked = [f"{field}={_('VALUE')}" for field in row["asks"]]
            yield safe("  ".join(["", row["id"], row["label"], *asked]))
    later = [f"  {safe(row['id'])}: {' '.join(row['lacks'])}" for row in rows if row["lacks"]]
    yield from [_("Not yet:"), *later] if later else []
