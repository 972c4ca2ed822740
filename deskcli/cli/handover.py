"""`today --handover`: what passes to the next shift, by person."""

from collections.abc import Iterator, Sequence, Set
from datetime import date
from pathlib import Path
from typing import Any

from deskcli.cli import session, show
from deskcli.cli.labels import person
from deskcli.cli.rows import show_broken, ticket_row
from deskcli.cli.show import day, moment, out, paint, safe
from deskcli.cli.words import _
from deskcli.facts import Row
from deskcli.problem import DeskError
from deskcli.ticket import open_visit


def handed_over(rows: Sequence[Row], form: str, waits: Set[str]) -> int:
    """Of each person: what is due or visited until the next business day, what moved today, and
    what the gate `waits` for, by id; with the summary and the last that was said; what is late
    first. `rows` are open tickets, by due date.
    """
    here = session.desk()
    today = here.now.date()
    until = here.config.calendar.add_workdays(today, 1)
    made = [_told(row) for row in rows if row.id in waits or _passes(row, today, until)]
    made.sort(key=lambda row: (row["assignee"] or "~", row.get("_color") != "red"))
    if form in show.FOR_PEOPLE:
        for line in _by_person(made):
            out(line)
    else:
        show.listing("handover", made, {"assignee": "", "id": "", "title": ""}, form)
    return show_broken()


def _passes(row: Row, today: date, until: date) -> bool:
    days = [str(row.header.get(key) or "") for key in ("due", "next_action")]
    soon = any(d and d[:10] <= until.isoformat() for d in (*days, open_visit(row.header)))
    return soon or row.changed[:10] >= today.isoformat()


def _told(row: Row) -> dict[str, Any]:
    """The row of a list, with what was said last, by whom and when."""
    last: dict[str, Any] = {"last_text": None, "last_by": None, "last_at": None}
    try:
        history = session.desk().store.read(Path(row.path)).history
    except (DeskError, OSError):  # gone or broken since the list was made
        history = ()
    for event in reversed(history):
        if event.text:
            last = {"last_text": event.text, "last_by": event.actor, "last_at": event.at}
            break
    return {**ticket_row(row), "summary": row.header.get("summary"), **last}


def _by_person(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    held = None
    for row in rows:
        if row["assignee"] != held:
            if held is not None:
                yield ""
            yield paint(person(row["assignee"]) if row["assignee"] else _("unassigned"), "bold")
            held = row["assignee"]
        yield from _lines(row)


def _lines(row: dict[str, Any]) -> Iterator[str]:
    mark = paint(f"({row['mark']})", row["_color"]) if row["mark"] else ""
    due = _("due {day}").format(day=day(row["due"])) if row["due"] else ""
    at = row["visit_at"]
    visit = _("visit {moment}").format(moment=moment(at)) if at else ""
    told = (safe(row[key] or "") for key in ("org_name", "title"))
    parts = (row["id"], f"[{safe(row['status_label'])}]", due, visit, mark, *told)
    yield "  " + "  ".join(part for part in parts if part)
    if row["summary"]:
        yield "      " + _first(row["summary"])
    if row["last_text"]:
        yield f"      {moment(row['last_at'])} {person(row['last_by'])}: {_first(row['last_text'])}"


def _first(text: str) -> str:
    return safe(str(text).splitlines()[0])
