"""`today`: the day's work, its gate when the day ends, and what passes to the next shift.

Each ticket stands once, under the first heading it deserves: late, due today, visits, next actions,
not updated in time, the rest that is open (F16, F-X2). Within one the most urgent comes first, then
what is due first. Also without a date, what the gate waits for is for today (F11), and what is in
the view of `policies.late` is late (O7).
"""

import sys
from collections.abc import Sequence, Set
from typing import Annotated, Any

import typer

from deskcli.cli import complete, session, show, table
from deskcli.cli.rows import (
    Format,
    Json,
    columns,
    priority,
    show_broken,
    show_rows,
    ticket_row,
)
from deskcli.cli.show import day, out, paint
from deskcli.cli.words import N_, _
from deskcli.condition import All, AnyOf, Condition, Test, from_yaml
from deskcli.config import find
from deskcli.exits import Exit, gravest
from deskcli.facts import Row
from deskcli.problem import refuse
from deskcli.ticket import open_visit
from deskcli.visit import COMING

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
    "deskcli today --gate --all && echo OK",
    "deskcli today --handover team:NAME",
)


def command(
    who: Annotated[
        str,
        typer.Argument(
            metavar="PERSON",
            help=_("Person or team:NAME; without, you, or at the gate all"),
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
    if who and all_:
        raise refuse("option.both", one=who, other="--all")
    session.desk().index.refresh()
    chosen = show.chosen_format(form, as_json)
    if gate:
        return _gate(_whose(who, all_ or not who), chosen)
    rows = _rows(Test("open", "in", ("true",)), *_whose(who, all_))
    if handover:
        from deskcli.cli.handover import handed_over

        return handed_over(rows, chosen, _waits(rows))
    groups = _groups(rows)
    if chosen in show.FOR_PEOPLE:
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
    """The person named, else the one who asks, with what waits for their teams or for anybody, and
    the visits that they make; somebody the desk does not know sees everything. A team's is what was
    given to it, what its people have that was given to no team, and the visits that these make.
    """
    here = session.desk()
    nobody = Test("assignee", "absent")
    if who.startswith("team:"):
        team = here.config.people.team(who.removeprefix("team:"))
        theirs = tuple(p.id for p in here.config.people.values() if team in p.teams)
        own = All((Test("team", "absent"), Test("assignee", "in", theirs)))
        return [AnyOf((Test("team", "in", (team,)), own, _visited_by(*theirs)))]
    name = here.config.people.find(who).id if who else here.as_ or here.user
    if all_ or name not in here.config.people:
        return []
    teams = tuple(here.config.people[name].teams)
    waiting = AnyOf((Test("team", "absent"), Test("team", "in", teams)))
    theirs_or_free = (Test("assignee", "in", (name,)), All((nobody, waiting)))
    return [AnyOf((*theirs_or_free, _visited_by(name)))]


def _visited_by(*people: str) -> Condition:
    """Visits of today, and those past that nobody called done, whoever has the ticket."""
    reached = Test("visit.at", "until", ("today",))
    return All((*COMING, reached, Test("visit.with", "in", people)))


# -- the gate -------------------------------------------------------------------------------------


def _gate(whose: list[Condition], form: str) -> int:
    """Nothing printed and 0 when the view of `policies.gate` is empty; a file that can not be read
    may hide what is late, so it never passes.
    """
    rows = _rows(_asked(), *whose)
    if rows:
        show_rows(rows, form, False)
    return gravest((show_broken(), Exit.GATE if rows else Exit.DONE))


def _asked() -> Condition:
    """What must be empty when the day ends."""
    return _view(session.desk().config.settings.policies.gate) or GATE


def _view(name: str) -> Condition | None:
    """What a view of the desk asks for; nothing for no name."""
    return from_yaml(find("view", name, session.desk().config.views).when) if name else None


def _waits(rows: Sequence[Row]) -> Set[str]:
    """The ids of what the gate waits for; the index is asked only where a date does not tell."""
    if all(row.header.get("due") for row in rows):
        return frozenset()
    return frozenset(row.id for row in _rows(_asked()))


def _late(rows: Sequence[Row]) -> Set[str]:
    """The ids of what the desk calls late, besides what is past its date."""
    asked = _view(session.desk().config.settings.policies.late) if rows else None
    return frozenset(row.id for row in _rows(asked)) if asked else frozenset()


# -- the day --------------------------------------------------------------------------------------


def _groups(rows: Sequence[Row]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in HEADINGS}
    today, waits, late = session.desk().now.date().isoformat(), _waits(rows), _late(rows)
    for row in sorted(rows, key=lambda row: -priority(row.header)[0]):
        if row.id in late:
            groups["late"].append({**ticket_row(row), "mark": _("late"), "_color": "red"})
        else:
            groups[_group(row, today, waits)].append(ticket_row(row))
    return groups


def _group(row: Row, today: str, waits: Set[str]) -> str:
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
    if not due and row.id in waits:
        return "today"
    return "open" if row.updated else "not_updated"


def _print(groups: dict[str, list[dict[str, Any]]], form: str) -> None:
    told = {key: rows for key, rows in groups.items() if _told(key, rows)}
    counts = [f"{_(HEADINGS[key][0])}: {len(rows)}" for key, rows in told.items()]
    line = "   ".join([day(session.desk().now.date()), *counts])
    narrow = form == "table" and table.cells_wide(line) > table.room_of(sys.stdout)
    out(line.replace("   ", "\n") if narrow else line)
    ranked = any(row["priority"] for rows in groups.values() for row in rows)
    for key, rows in groups.items():
        if rows:
            title, color = HEADINGS[key]
            out()
            out(paint(_(title), color))
            show.listing("tickets", rows, _columns(key, ranked), form)


def _told(key: str, rows: list[dict[str, Any]]) -> bool:
    """Desks without visits or next actions need not read that they have none."""
    return bool(rows) or key not in ("visits", "next_action")


def _columns(key: str, ranked: bool) -> dict[str, str]:
    """Where a heading is about another day, that one stands in the place of the promised date; the
    priority where a ticket has one.
    """
    days = {"visits": ("visit_at", _("Visit")), "next_action": ("next_action", _("Next action"))}
    told = days.get(key, ("due", _("Due")))
    found: dict[str, str] = {}
    for name, label in columns().items():
        found |= {told[0]: told[1]} if name == "due" else {name: label}
        if name == "mark" and ranked:
            found["priority_label"] = _("Priority")
    return found
