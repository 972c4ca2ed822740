"""`today`: the day's work: late, due today, not updated in time, the rest that is open."""

from typing import Annotated, Any

import typer

from deskcli.cli import complete, session, show, table
from deskcli.cli.rows import Format, Json, columns, show_broken, ticket_row
from deskcli.cli.show import day, out, paint
from deskcli.cli.words import _
from deskcli.condition import All, AnyOf, Condition, Test


def command(
    who: Annotated[
        str,
        typer.Argument(
            metavar="[PERSON]",
            help=_("Person or team:NAME; you without"),
            autocompletion=complete.people,
        ),
    ] = "",
    all_: Annotated[bool, typer.Option("-a", "--all", help=_("Everybody's"))] = False,
    form: Format = "",
    as_json: Json = False,
) -> int:
    here = session.desk()
    here.index.refresh()
    parts = [Test("open", "in", ("true",)), *_whose(who, all_)]
    rows = here.index.select(here.scene().bound(All(tuple(parts))), "due = '', due, number")
    made = [ticket_row(row) for row in rows]
    groups = _groups(made)
    chosen = show.chosen_format(form, as_json)
    if chosen in ("table", "plain"):
        _print(groups, chosen)
    else:
        flat = [{"group": name, **row} for name, members in groups.items() for row in members]
        show.listing("tickets", [_bare(r) for r in flat], {"group": "", **columns()}, chosen)
    return show_broken()


def _whose(who: str, all_: bool) -> list[Condition]:
    """The person named, else the one who asks, with what waits for their teams or for anybody;
    somebody the desk does not know sees everything.
    """
    here = session.desk()
    nobody = Test("assignee", "absent")
    if who.startswith("team:"):
        return [Test("team", "in", (who.removeprefix("team:"),))]
    name = here.config.people.find(who).id if who else here.as_ or here.user
    if all_ or name not in here.config.people:
        return []
    teams = tuple(here.config.people[name].teams)
    waiting = AnyOf((Test("team", "absent"), Test("team", "in", teams)))
    return [AnyOf((Test("assignee", "in", (name,)), All((nobody, waiting))))]


def _groups(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Each ticket once, under the first heading that it deserves."""
    today = session.desk().now.date().isoformat()
    groups: dict[str, list[dict[str, Any]]] = {
        "late": [],
        "today": [],
        "not_updated": [],
        "open": [],
    }
    for row in rows:
        if row["overdue"]:
            groups["late"].append(row)
        elif str(row["due"])[:10] == today:
            groups["today"].append(row)
        elif not row["updated_at"]:
            groups["not_updated"].append(row)
        else:
            groups["open"].append(row)
    return groups


def _print(groups: dict[str, list[dict[str, Any]]], form: str) -> None:
    names = {
        "late": (_("Late"), "red"),
        "today": (_("Due today"), "light blue"),
        "not_updated": (_("Not updated yet"), "yellow"),
        "open": (_("Open"), "bold"),
    }
    counts = [f"{names[key][0]}: {len(rows)}" for key, rows in groups.items()]
    line = "   ".join([day(session.desk().now.date()), *counts])
    narrow = form == "table" and table.cells_wide(line) > table.terminal_width()
    out(line.replace("   ", "\n") if narrow else line)
    for key, rows in groups.items():
        if rows:
            out()
            out(paint(*names[key]))
            show.listing(
                "tickets", [_bare(r) if form == "plain" else r for r in rows], columns(), form
            )


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "_color"}
