"""`today`: the day's work, its gate when the day ends, and what passes to the next shift.

Each ticket stands once, under the first heading it deserves: late, due today, visits, next actions,
not updated in time, the rest that is open (F16, F-X2).
"""

import sys
from typing import Annotated, Any

import typer

from deskcli.cli import complete, session, show, table
from deskcli.cli.rows import Format, Json, columns, open_visit, show_broken, show_rows, ticket_row
from deskcli.cli.show import day, out, paint
from deskcli.cli.words import N_, _
from deskcli.condition import All, AnyOf, Condition, Test, from_yaml
from deskcli.config import find
from deskcli.facts import Row
from deskcli.problem import Exit

ORDER = "due = '', due, number"
GATE = All((Test("open", "in", ("true",)), Test("due", "until", ("today",))))
# Headings in the order of the day; each with its colour.
HEADINGS = {
    "late": (N_("Late"), "red"),
    "today": (N_("Due today"), "light blue"),
    "visits": (N_("Visits"), "light blue"),
    "next_action": (N_("Next actions"), "light blue"),
    "not_updated": (N_("Not updated yet"), "yellow"),
    "open": (N_("Others open"), "bold"),
}
EXAMPLES = (
    "deskcli today --all",
    "deskcli today --gate --all || echo ainda não",
    "deskcli today --handover team:NAME",
)


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
    gate: Annotated[
        bool, typer.Option("--gate", help=_("Quiet and 0 if nothing is left of today, else 7"))
    ] = False,
    handover: Annotated[
        bool, typer.Option("--handover", help=_("What passes to the next shift, by person"))
    ] = False,
    form: Format = "",
    as_json: Json = False,
) -> int:
    session.desk().index.refresh()
    chosen = show.chosen_format(form, as_json)
    if gate:
        return _gate(_whose(who, all_ or not who), chosen)
    rows = _rows(Test("open", "in", ("true",)), *_whose(who, all_))
    if handover:
        from deskcli.cli.handover import handed_over

        return handed_over(rows, chosen)
    groups = _groups([(row, ticket_row(row)) for row in rows])
    if chosen in ("table", "plain"):
        _print(groups, chosen)
    else:
        flat = [{"group": name, **row} for name, members in groups.items() for row in members]
        show.listing("tickets", flat, {"group": "", **columns()}, chosen)
    return show_broken()


def _rows(*parts: Condition) -> list[Row]:
    here = session.desk()
    found: list[Row] = here.index.select(here.scene().bound(All(parts)), ORDER)
    return found


def _whose(who: str, all_: bool) -> list[Condition]:
    """The person named, else the one who asks, with what waits for their teams or for anybody;
    somebody the desk does not know sees everything.
    """
    here = session.desk()
    nobody = Test("assignee", "absent")
    if who.startswith("team:"):
        return [Test("team", "in", (here.config.people.team(who.removeprefix("team:")),))]
    name = here.config.people.find(who).id if who else here.as_ or here.user
    if all_ or name not in here.config.people:
        return []
    teams = tuple(here.config.people[name].teams)
    waiting = AnyOf((Test("team", "absent"), Test("team", "in", teams)))
    return [AnyOf((Test("assignee", "in", (name,)), All((nobody, waiting))))]


# -- the gate -------------------------------------------------------------------------------------


def _gate(whose: list[Condition], form: str) -> int:
    """Nothing printed and 0 when the view of `policies.gate` is empty; a file that can not be read
    may hide what is late, so it never passes.
    """
    config = session.desk().config
    name = config.settings.policies.gate
    asked = from_yaml(find("view", name, config.views).when) if name else GATE
    rows = _rows(asked, *whose)
    if rows:
        show_rows(rows, form, False)
    return show_broken() or (Exit.GATE if rows else Exit.DONE)


# -- the day --------------------------------------------------------------------------------------


def _groups(rows: list[tuple[Row, dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in HEADINGS}
    for row, made in rows:
        groups[_group(row, session.desk().now.date().isoformat())].append(made)
    return groups


def _group(row: Row, today: str) -> str:
    """The first heading that a ticket deserves; a visit past that nobody called done is of today's
    visits still, and so is a next action.
    """
    due, action = (str(row.header.get(key) or "")[:10] for key in ("due", "next_action"))
    if due and due <= today:
        return "late" if due < today else "today"
    if len(visit := open_visit(row.header)) > 0 and visit[:10] <= today:
        return "visits"
    if action and action <= today:
        return "next_action"
    return "open" if row.updated else "not_updated"


def _print(groups: dict[str, list[dict[str, Any]]], form: str) -> None:
    told = {key: rows for key, rows in groups.items() if _told(key, rows)}
    counts = [f"{_(HEADINGS[key][0])}: {len(rows)}" for key, rows in told.items()]
    line = "   ".join([day(session.desk().now.date()), *counts])
    narrow = form == "table" and table.cells_wide(line) > table.room_of(sys.stdout)
    out(line.replace("   ", "\n") if narrow else line)
    for key, rows in groups.items():
        if rows:
            title, color = HEADINGS[key]
            out()
            out(paint(_(title), color))
            show.listing("tickets", rows, _columns(key), form)


def _told(key: str, rows: list[dict[str, Any]]) -> bool:
    """Desks without visits or next actions need not read that they have none."""
    return bool(rows) or key not in ("visits", "next_action")


def _columns(key: str) -> dict[str, str]:
    """Where a heading is about another day, that one stands in the place of the promised date."""
    days = {"visits": ("visit_at", _("Visit")), "next_action": ("next_action", _("Next action"))}
    told = days.get(key, ("due", _("Due")))
    return dict(told if name == "due" else (name, label) for name, label in columns().items())
