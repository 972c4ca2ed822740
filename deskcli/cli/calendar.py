"""`calendar`: opening hours and holidays; what they, or others, make of the time of tickets."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from deskcli.calendarfile import CalendarsFile
from deskcli.cli import complete, session, show, sla_words
from deskcli.cli.days import typed_day
from deskcli.cli.rows import Dry, Format, Json, One, show_broken
from deskcli.cli.shifts import shifted, shifts
from deskcli.cli.show import day, out, paint, safe, tell
from deskcli.cli.splice import splice
from deskcli.cli.words import _
from deskcli.config import Config, find
from deskcli.dates import parse_date, parse_instant
from deskcli.fold import fold
from deskcli.measure import Cycle
from deskcli.problem import DeskError, Exit, Place, refuse
from deskcli.schema import typed
from deskcli.sla import UNDONE
from deskcli.survey import calendar_faults
from deskcli.worktime import Calendar, Stretch
from deskcli.yamledit import Append
from deskcli.yamltext import Document

command = typer.Typer()
Named = Annotated[
    str,
    typer.Option(
        "--calendar", metavar="NAME", help=_("Another calendar"), autocompletion=complete.calendars
    ),
]


def _calendar(name: str) -> Calendar:
    return session.desk().config.named_calendar(name)


@command.command("show", help=_("Days with their opening hours and holidays"))
def show_(
    start: Annotated[str, typer.Argument(metavar="DATE", help=_("First day; today without"))] = "",
    days: Annotated[int, typer.Option(min=1, max=3700, help=_("How many days"))] = 14,
    name: Named = "",
    form: Format = "",
    as_json: Json = False,
) -> None:
    here, calendar = session.desk(), _calendar(name)
    first = parse_date(start, here.now.date(), calendar) if start else here.now.date()
    rows = [_row(calendar, first + timedelta(days=n)) for n in range(days)]
    columns = {"day_name": _("Day"), "hours": _("Hours"), "holiday": _("Holiday")}
    show.listing("days", rows, columns, show.chosen_format(form, as_json))


def _row(calendar: Calendar, when: date) -> dict[str, object]:
    hours = [f"{a:%H:%M}-{b:%H:%M}" for a, b in calendar.spans(when)]
    return {
        "day": when.isoformat(),
        "day_name": day(when),
        "hours": hours,
        "holiday": calendar.holiday(when),
    }


@command.command("open", help=_("Whether the desk is open at a moment; exit 7 when closed"))
def open_(
    at: Annotated[str, typer.Argument(metavar="INSTANT", help=_("Now without"))] = "",
    name: Named = "",
    form: Format = "",
    as_json: Json = False,
) -> int:
    chosen = show.chosen_format(form, as_json)
    here, calendar = session.desk(), _calendar(name)
    when = parse_instant(at, here.now, calendar) if at else here.now
    is_open = calendar.is_open(when)
    opening = calendar.next_opening(when)
    told = f"{day(opening.date())} {opening:%H:%M}"
    words = _("open") if is_open else _("closed; opens {when}").format(when=told)
    values = {
        "calendar": calendar.name,
        "at": when.isoformat(),
        "open": is_open,
        "opens": None if is_open else opening.isoformat(),
    }
    show.thing(values, [words], chosen)
    return Exit.DONE if is_open else Exit.GATE


@command.command("add", help=_("Add a holiday, or a half day with --hours"))
def add(
    when: Annotated[str, typer.Argument(metavar="DATE", help=_("The day"))],
    title: Annotated[str, typer.Argument(metavar="NAME", help=_("What is celebrated"))],
    hours: Annotated[
        list[str] | None, typer.Option(metavar="08:00-12:00", help=_("Open all the same then"))
    ] = None,
    table: Annotated[str, typer.Option(metavar="NAME", help=_("Table of holidays"))] = "",
    name: Named = "",
    dry_run: Dry = False,
) -> None:
    if not title.strip():
        raise refuse("argument.blank", field="NAME", label=_("Name"))
    calendar = _calendar(name)
    tables = calendar.schedule.holidays
    chosen = table or (tables[0] if tables else "")
    find("holidays", chosen, {t: t for t in tables})
    on, here = typed_day(when), session.desk()
    entry = {"name": title, "on": on.isoformat(), **({"hours": hours} if hours else {})}
    here.index.refresh()
    with here.writing():
        known = typed(here.document("calendars"), CalendarsFile).holidays[chosen].days
        yearly = not hours and fold(title) in map(fold, calendar.holiday(on).split(" / "))
        if yearly or any((h.name, h.on) == (title, entry["on"]) for h in known):
            raise refuse("holiday.there", date=entry["on"], name=title)
        after = splice("calendars", [Append(("holidays", chosen, "days"), entry)], dry_run)
    if on <= here.now.date():
        _recount(on, after)


def _recount(on: date, after: Document) -> None:
    """The SLA is measured anew with every change of a calendar, also of what is past."""
    other = session.desk().config.with_file("calendars", after.path, after.text.encode())
    named = dict.fromkeys(safe(shift.row.id) for shift in shifts(other))
    text = _("{day} has begun: what was measured is measured anew. No longer late: {tickets}.")
    tell(text.format(day=day(on), tickets=", ".join(named) or _("none")))


# -- the time of tickets --------------------------------------------------------------------------


@command.command("explain", help=_("What of a ticket's time counts for its SLA, and why"))
def explain(
    id_: One,
    form: Format = "",
    as_json: Json = False,
) -> None:
    ticket, chosen = session.desk().store.get(id_), show.chosen_format(form, as_json)
    cycles = sla_words.cycles_of(ticket)
    columns = {"from": _("From"), "to": _("To"), "worked": _("Counted"), "why": _("Why")}
    if chosen not in show.FOR_PEOPLE:
        rows = [{"id": ticket.id, **row} for n, c in enumerate(cycles, 1) for row in _spans(c, n)]
        show.listing("spans", rows, {"id": "", "metric": "", **columns}, chosen)
        return
    for n, alike in enumerate(_alike(cycles)):
        if n:
            out()
        for cycle in alike:
            title = (
                f"{sla_words.metric(cycle.metric)}, {safe(cycle.target.label or cycle.target.id)}"
            )
            out(f"{paint(title, 'bold')}: {sla_words.standing(cycle)}")
        show.listing("spans", list(_spans(alike[0], n)), columns, chosen)
    if any(c.metric == "first_response" and c.state in UNDONE for c in cycles):
        tell(
            _("A first response is: reply, outbox add, due --contacted; no attached conversation.")
        )
    if not cycles:
        tell(_("{ticket}: no target of the SLA is for it.").format(ticket=safe(ticket.id)))


def _alike(cycles: Iterable[Cycle]) -> list[list[Cycle]]:
    """Promises of which the same time counts, together."""
    found: dict[tuple[Stretch, ...], list[Cycle]] = {}
    for cycle in cycles:
        found.setdefault(tuple(cycle.stretches()), []).append(cycle)
    return list(found.values())


def _spans(cycle: Cycle, number: int) -> Iterator[dict[str, Any]]:
    """Stable keys, in English, and beside them the words of a table."""
    for span in cycle.stretches():
        worked = span.end.astimezone(UTC) - span.start.astimezone(UTC)
        yield {
            "cycle": number,
            "metric": cycle.metric,
            "target": cycle.target.id,
            "start": span.start.isoformat(timespec="seconds"),
            "end": span.end.isoformat(timespec="seconds"),
            "counted": span.counted,
            "minutes": worked // timedelta(minutes=1),
            "reason": span.reason,
            "from": sla_words.at_clock(span.start),
            "to": sla_words.at_clock(span.end),
            "worked": sla_words.duration(worked) if span.counted else "",
            "why": sla_words.reason(span),
        }


@command.command("what-if", help=_("Tickets that other calendars would make late, or in time"))
def what_if(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Another calendars.yaml"))],
    form: Format = "",
    as_json: Json = False,
) -> int:
    here = session.desk()
    here.index.refresh()
    found = sorted(shifts(_other(file)), key=lambda shift: shift.late)
    columns = {
        "id": _("Ticket"),
        "what": _("Deadline"),
        "verdict": "",
        "until": _("Due by the desk"),
        "until_then": _("Due by the file"),
        "title": _("Title"),
    }
    rows = [shifted(shift) for shift in found]
    show.listing("tickets", rows, columns, show.chosen_format(form, as_json))
    worse = sum(shift.late_then for shift in found)
    told = _("Would be late: {late}. Would be in time: {in_time}.")
    tell(told.format(late=worse, in_time=len(found) - worse))
    return show_broken()


def _other(file: Path) -> Config:
    """The desk with these calendars; refuses a file with faults, or without one that is needed."""
    here = session.desk()
    if not file.is_file():
        raise refuse("source.missing", Place(str(file)))
    other = here.config.with_file("calendars", str(file), file.read_bytes())
    doc = other.documents("calendars")[0]
    if faults := list(calendar_faults(doc)):
        raise DeskError(*faults)
    known = typed(doc, CalendarsFile).calendars
    for name in (here.config.settings.calendar, *(t.calendar for t in here.config.targets)):
        if name and name not in known:
            raise refuse("calendar.unknown", Place(str(file)), calendar=name, known=[*known])
    return other
