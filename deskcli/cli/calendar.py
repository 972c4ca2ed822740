"""`calendar`: opening hours and holidays."""

from datetime import date, timedelta
from typing import Annotated

import typer

from deskcli.cli import complete, session, show
from deskcli.cli.rows import Dry, Format, Json
from deskcli.cli.show import day
from deskcli.cli.splice import splice, typed_day
from deskcli.cli.words import _
from deskcli.config import find
from deskcli.dates import parse_date, parse_instant
from deskcli.problem import Exit
from deskcli.worktime import Calendar
from deskcli.yamledit import Append

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
    start: Annotated[
        str, typer.Argument(metavar="[DATE]", help=_("First day; today without"))
    ] = "",
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
    at: Annotated[str, typer.Argument(metavar="[INSTANT]", help=_("Now without"))] = "",
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
    when: Annotated[str, typer.Argument(metavar="DATE")],
    title: Annotated[str, typer.Argument(metavar="NAME", help=_("What is celebrated"))],
    hours: Annotated[
        list[str] | None, typer.Option(metavar="08:00-12:00", help=_("Open all the same then"))
    ] = None,
    table: Annotated[str, typer.Option(metavar="NAME", help=_("Table of holidays"))] = "",
    name: Named = "",
    dry_run: Dry = False,
) -> None:
    calendar = _calendar(name)
    tables = calendar.schedule.holidays
    chosen = table or (tables[0] if tables else "")
    find("holidays", chosen, {t: t for t in tables})
    entry = {
        "name": title,
        "on": typed_day(when).isoformat(),
        **({"hours": hours} if hours else {}),
    }
    with session.desk().writing():
        splice("calendars", [Append(("holidays", chosen, "days"), entry)], dry_run)
