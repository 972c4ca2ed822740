"""`visit`: appointments at the customer's: schedule, move, cancel, confirm, done, list, export."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from deskcli import visit
from deskcli.cli import complete, session, show
from deskcli.cli.events import show_changes
from deskcli.cli.labels import label, org_label, person
from deskcli.cli.problem_hints import BLANKS
from deskcli.cli.rows import Dry, Format, Json, Note, One, show_broken
from deskcli.cli.show import moment, safe, tell
from deskcli.cli.sla_words import reason
from deskcli.cli.words import _
from deskcli.condition import All, Condition, Test
from deskcli.dates import parse_instant
from deskcli.facts import Row
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket, lookup

command = typer.Typer()

When = Annotated[
    str,
    typer.Argument(
        metavar="WHEN",
        help=_("'24/11 14h', 'tomorrow 9h', 'friday 14:30'"),
        autocompletion=complete.moments,
    ),
]
With = Annotated[
    str,
    typer.Option("--with", metavar="PERSON", help=_("Who goes"), autocompletion=complete.people),
]
Agreed = Annotated[bool, typer.Option("--confirmed", help=_("The customer has agreed to it"))]
Whose = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        help=_("Of this person; of all without"),
        autocompletion=complete.people,
    ),
]


@command.command("schedule", help=_("Schedule a visit"))
def schedule(
    id_: One,
    when: When,
    goes: With = "",
    agreed: Agreed = False,
    note: Note = "",
    dry_run: Dry = False,
) -> None:
    at = _instant(when)
    _doubt(_each(id_, lambda s, t: visit.schedule(s, t, at, note, goes, agreed), dry_run))


@command.command("move", help=_("Put it off, or forward; the promised date follows"))
def move(
    id_: One,
    when: When,
    goes: With = "",
    agreed: Agreed = False,
    note: Note = "",
    dry_run: Dry = False,
) -> None:
    at = _instant(when)
    _doubt(_each(id_, lambda s, t: visit.put_off(s, t, at, note, goes, agreed), dry_run))


@command.command("cancel", help=_("Call it off; the note says why"))
def cancel(
    id_: One,
    note: Note = "",
    status: Annotated[
        str, typer.Option(help=_("Move the ticket with it"), autocompletion=complete.statuses)
    ] = "",
    dry_run: Dry = False,
) -> None:
    """A ticket whose status is about the visit goes back into work, or to the status named."""
    _each(id_, lambda s, t: visit.cancel(s, t, note, status), dry_run)


@command.command("confirm", help=_("Record that the customer agreed"))
def confirm(id_: One, note: Note = "", dry_run: Dry = False) -> None:
    _each(id_, lambda s, t: visit.confirm(s, t, note), dry_run)


@command.command("done", help=_("Call it done; the note says what was found"))
def done(id_: One, note: Note = "", dry_run: Dry = False) -> None:
    _each(id_, lambda s, t: visit.done(s, t, note), dry_run)


def _each(id_: str, act: Callable[[Scene, Ticket], Change], dry: bool) -> list[Change]:
    changes = session.change_each([id_], act, dry)
    show_changes(changes, dry)
    return changes


def _doubt(changes: Sequence[Change]) -> None:
    """What may be a mistake: nobody goes, the desk is closed, or who goes has another visit."""
    here = session.desk()
    length = timedelta(minutes=here.config.settings.policies.visit_minutes)
    for change in changes:
        ticket = Ticket(change.after)
        at = datetime.fromisoformat(ticket.text("visit.at"))
        stretches = here.config.calendar.explain(at, at + length)
        if shut := next((stretch for stretch in stretches if not stretch.counted), None):
            tell(_("The desk is closed during the visit: {why}.").format(why=reason(shut)))
        for row in visit.collisions(here.scene(), ticket):
            other = _visit_row(row, "plain")
            text = _("{with_name} has another visit at {at}: {id}, {org_name}.")
            tell(text.format(**{key: safe(value or "-") for key, value in other.items()}))
        if not ticket.text("visit.with"):
            tell(_("Nobody goes yet: {command}").format(command=_sending(ticket, at)))


def _sending(ticket: Ticket, at: datetime) -> str:
    """The command that says who goes; what the customer agreed to stays so."""
    agreed = " --confirmed" if ticket.text("visit.customer_confirmed") == "true" else ""
    blanks = {name: _(BLANKS[name]) for name in ("PERSON", "TEXT")}
    options = "--with {PERSON} -m {TEXT}".format(**blanks)
    return f"deskcli visit move {safe(ticket.id)} '{at:%Y-%m-%d %H:%M}' {options}{agreed}"


@command.command("list", help=_("Visits to come, and those past that nobody has called done"))
def list_(
    who: Whose = "",
    all_: Annotated[bool, typer.Option("-a", "--all", help=_("Those done too"))] = False,
    form: Format = "",
    as_json: Json = False,
) -> int:
    columns = {
        "at": _("Visit"),
        "with_name": _("Who goes"),
        "confirmed": _("Customer agreed"),
        "id": _("Ticket"),
        "org_name": org_label(),
        "requester_name": _("Requester"),
        "title": _("Title"),
    }
    chosen = show.chosen_format(form, as_json)
    made = [_visit_row(row, chosen) for row in _rows(who, all_)]
    show.listing("visits", made, columns, chosen)
    return show_broken()


@command.command("export", help=_("An iCalendar file of visits, with those cancelled"))
def export(
    who: Whose = "",
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help=_("Instead of standard output"))
    ] = "",
) -> int:
    from deskcli.cli.ical import calendar_text

    here = session.desk()
    whose = here.config.people.find(who).id if who else ""
    here.index.refresh()
    rows = here.index.select(here.scene().bound(visit.EVER))
    text = calendar_text([here.store.read(Path(row.path)) for row in rows], whose, here)
    if output:
        Path(output).write_text(text, newline="")
    else:
        show.raw(text)
    return show_broken()


def _rows(who: str, all_: bool) -> list[Row]:
    """Tickets with a visit, by its time."""
    here = session.desk()
    here.index.refresh()
    parts: list[Condition] = [*(visit.COMING[:1] if all_ else visit.COMING)]
    if who:
        parts.append(Test("visit.with", "in", (here.config.people.find(who).id,)))
    rows = here.index.select(here.scene().bound(All(tuple(parts))))
    return sorted(rows, key=lambda row: str(lookup(row.header, "visit.at")))


def _visit_row(row: Row, form: str) -> dict[str, object]:
    held = row.header.get("visit") or {}
    agreed = held.get("customer_confirmed") == "true"
    at = str(held.get("at"))
    words = form in show.FOR_PEOPLE
    return {
        "id": row.id,
        "at": moment(at) if words else at,
        "with": held.get("with"),
        "with_name": person(str(held["with"])) if held.get("with") else None,
        "confirmed": (_("yes") if agreed else _("no")) if words else agreed,
        "done": held.get("done") == "true",
        "org": row.header.get("org"),
        "org_name": label("org", row.header.get("org")),
        "requester_name": lookup(row.header, "requester.name"),
        "title": row.header.get("title"),
    }


def _instant(text: str) -> datetime:
    here = session.desk()
    return parse_instant(text, here.now, here.config.calendar)
