"""Tickets as rows of lists: the keys of JSON, the columns of tables, the marks of the day."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Annotated, Any

import typer

from deskcli.cli import complete, session, show
from deskcli.cli.labels import form_named, header_key, header_label, label, org_label, team_label
from deskcli.cli.show import safe
from deskcli.cli.words import _, worded
from deskcli.config import KINDS
from deskcli.factnames import path_of
from deskcli.facts import Row
from deskcli.problem import Exit, Place, Problem, exit_of, refuse
from deskcli.ticket import lookup, open_visit

Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="table|plain|json|jsonl|csv|ids",
        help=_("Output format"),
        autocompletion=complete.one_of(*show.FORMATS),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("The same as --format json"))]
Dry = Annotated[
    bool, typer.Option("-n", "--dry-run", help=_("Show what would be done; write nothing"))
]
Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help=_("Tickets: 1042, ESP-1042; - reads them"),
        autocompletion=complete.tickets,
    ),
]
Several = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=_("Ticket, several with commas, or -"),
        autocompletion=complete.tickets,
    ),
]
One = Annotated[
    str, typer.Argument(metavar="ID", help=_("Ticket"), autocompletion=complete.tickets)
]
Note = Annotated[str, typer.Option("-m", "--note", help=_("A note with it"))]
Template = Annotated[
    str,
    typer.Option(
        *("-t", "--template"),
        metavar="REPLY",
        help=_("A canned reply"),
        autocompletion=complete.replies,
    ),
]
Channel = Annotated[
    str,
    typer.Option(metavar="CHANNEL", help=_("How it goes"), autocompletion=complete.channels),
]


def columns() -> dict[str, str]:
    """Who asks stands there by organisation too, where the desk has any."""
    here = session.desk()
    has_orgs = any(here.names(KINDS["org"].glob))
    return {
        "id": _("Ticket"),
        "mark": "",
        "status_label": _("Status"),
        "assignee_name": _("Assignee"),
        "due": _("Due"),
        **({"org_name": org_label()} if has_orgs else {}),
        "requester_name": _("Requester"),
        "title": _("Title"),
    }


def ticket_row(row: Row, form: str = "json") -> dict[str, Any]:
    """Stable keys, in English; `mark` and `_color` tell the same, so that colour is never alone.
    The business day takes time and stands in no table: a `form` for people leaves it out.
    """
    config, today = session.desk().config, session.desk().now.date().isoformat()
    header = row.header
    due = str(header.get("due") or "")
    mark, color = mark_of(row.state, header, today)
    status, assignee = str(header.get("status") or ""), str(header.get("assignee") or "")
    team, teams = str(header.get("team") or ""), config.people.file.teams
    return {
        "id": row.id,
        "title": header.get("title"),
        "status": status,
        "status_label": config.workflow[status].label if status in config.workflow else status,
        "state": row.state,
        "mark": mark,
        "assignee": assignee,
        "assignee_name": config.people.label(assignee),
        "_assignee_name": config.people.label(assignee) or team_label(header),
        "team": team or None,
        "team_name": teams[team].label if team in teams else team or None,
        "due": due,
        "overdue": mark == _("late"),
        "visit_at": open_visit(header) or None,
        "next_action": header.get("next_action"),
        "priority": header.get("priority"),
        "priority_label": priority(header)[1] or None,
        "org": header.get("org"),
        "org_name": org_name(str(header.get("org") or "")) or None,
        "requester": header.get("requester"),
        "requester_name": lookup(header, "requester.name"),
        "form": header.get("form"),
        "category": header.get("category"),
        "brand": header.get("brand"),
        "fields": header.get("fields"),
        "tags": header.get("tags"),
        "flags": header.get("flags"),
        "opened_at": row.arrival,
        **({} if form in show.FOR_PEOPLE else {"arrived": row.carried("arrived", config)}),
        "changed_at": row.changed,
        "updated_at": row.updated or None,
        "path": row.path,
        **({"_color": color} if color else {}),
    }


def priority(header: Mapping[str, Any]) -> tuple[int, str]:
    """How urgent it is, 0 where nobody said, and what people call that."""
    held = header.get("priority")
    if not held:  # and no form has to be read for it
        return 0, ""
    form = form_named(header)
    asked = form.field("priority") if form else None
    for n, choice in enumerate(asked.choices if asked else (), 1):
        if choice.id == held:
            return n, choice.label
    return 0, str(held)


def org_name(org: str) -> str:
    """What an organisation is called; one that the desk has no more by its id."""
    orgs = session.desk().config.orgs if org else {}
    return orgs[org].name if org in orgs else org


def mark_of(state: str, header: Mapping[str, Any], today: str) -> tuple[str, str]:
    """Red and late, light blue and due today, green and a tick resolved (P18); so with a visit that
    nobody called done.
    """
    if state in ("resolved", "closed"):
        return "✓", "green"
    if state == "cancelled":
        return "x", "dim"
    due, visit = (day[:10] or "9999" for day in (str(header.get("due") or ""), open_visit(header)))
    if min(due, visit) < today:
        return _("late") if due < today else _("visit late"), "red"
    if min(due, visit) == today:
        return _("today") if due == today else _("visit today"), "light blue"
    return "", ""


def show_rows(rows: Sequence[Row], form: str, as_json: bool, chosen: Sequence[str] = ()) -> None:
    """A list of tickets in the format asked for, with the chosen values as columns, or the usual
    ones. JSON has every key always.
    """
    form, shown = show.chosen_format(form, as_json), columns()
    if not chosen or form not in (*show.FOR_PEOPLE, "csv"):
        show.listing("tickets", [ticket_row(row, form) for row in rows], shown, form)
        return
    told = [{**ticket_row(row, form), **_chosen(row, chosen, form != "csv")} for row in rows]
    labels = {name: header_label(path_of(name)) for name in chosen}
    show.listing("tickets", told, {"id": shown["id"], "mark": "", **labels}, form)


def _chosen(row: Row, names: Sequence[str], said: bool) -> dict[str, Any]:
    """The values that a view names, as the desk says them or as they are stored."""
    header = {"opened_at": row.opened, **row.facts(session.desk().config, names)}
    held = {name: lookup(header, path_of(name)) for name in names}
    if not said:
        return held
    form = form_named(header)
    return {name: label(path_of(name), value, form) for name, value in held.items()}


def show_named(kind: str, known: Mapping[str, str], form: str, as_json: bool) -> None:
    """What the desk has of a kind, in the format asked for: labels by ids."""
    rows = [{"id": name, "label": text} for name, text in known.items()]
    lines = (f"{safe(name)}  {safe(text)}" for name, text in known.items())
    show.listing(kind, rows, lines, show.chosen_format(form, as_json))


def no_format(form: str, as_json: bool, listing: str) -> None:
    """Refuses a format for what a command does; only its lists, such as `listing`, have one."""
    if form or as_json:
        option = "--json" if as_json else "--format"
        raise refuse("option.lists", option=option, list=listing)


def show_broken() -> Exit:
    """Files that no list can show are told of, and the exit code says so (65)."""
    problems = session.desk().index.problems
    show.show_problems(problems)
    return exit_of(problems)


def show_findings(
    problems: Iterable[Problem], form: str, as_json: bool, failing: Set[str] = frozenset()
) -> None:
    """Problems as what a command was asked for: rows in a format that was named; else words beside
    the output, as a compiler's.
    """
    if not form and not as_json:
        show.show_problems(problems, failing)
        return
    found = list(problems)
    lines = (line for problem in found for line in show.problem_lines(problem, failing=failing))
    show.listing("problems", list(map(_finding, found)), lines, show.chosen_format(form, as_json))


def _finding(problem: Problem) -> dict[str, Any]:
    place = problem.place or Place("")
    return {
        "place": str(place),
        "file": place.path,
        "line": place.line,
        "column": place.column,
        "code": problem.code,
        "severity": "warning" if problem.is_warning else "error",
        "message": worded(problem),
        "hint": problem.hint or None,
    }


def pairs(given: Sequence[str]) -> dict[str, str]:
    """`field=value` arguments by their keys; a value may contain `=`."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise refuse("pair.shape", pair=pair)
        found[header_key(name.strip())] = value
    return found
