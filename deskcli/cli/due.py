"""`due`: the date promised to the requester; moving one that stands needs a note."""

from datetime import date
from typing import Annotated

import typer

from deskcli.act import due
from deskcli.cli import complete, session
from deskcli.cli.events import show_changes
from deskcli.cli.labels import reason
from deskcli.cli.rows import Dry, Several
from deskcli.cli.show import day, safe, tell
from deskcli.cli.splice import has_time, typed_day
from deskcli.cli.words import _
from deskcli.dates import parse_instant


def command(
    ids: Several,
    date_: Annotated[
        str,
        typer.Argument(
            metavar="DATE",
            help=_("24/11, tomorrow, friday, +2bd; none removes it"),
            autocompletion=complete.days,
        ),
    ],
    note: Annotated[str, typer.Option("-m", "--note", help=_("Why, and whom you told"))] = "",
    contacted: Annotated[
        str, typer.Option(metavar="CHANNEL", help=_("How the customer was told"))
    ] = "",
    dry_run: Dry = False,
) -> None:
    when = None if date_ in ("none", "-") else _day(date_)
    echo = _echo(when) if when else ""
    if has_time(date_):
        echo += " " + _("A day is promised, not the time ('{text}').").format(text=safe(date_))
    iso = when.isoformat() if when else ""
    changes = session.change_each(
        [ids], lambda scene, t: due(scene, t, iso, note, contacted), dry_run
    )
    if echo:
        tell(echo)
    show_changes(changes, dry_run)


def _day(text: str) -> date:
    """`sexta 14h` is Friday: people type the time as well (DESIGN 5)."""
    here = session.desk()
    if not has_time(text):
        return typed_day(text)
    return parse_instant(text, here.now, here.config.calendar).date()


def _echo(when: date) -> str:
    """The day as it was understood; a closed one may be promised, but not by mistake."""
    calendar = session.desk().config.calendar
    if calendar.is_workday(when):
        return _("Due on {day}.").format(day=day(when))
    text = _("Due on {day}, closed ({why}). The next business day is {next}.")
    why = safe(calendar.holiday(when)) or reason("closed")
    return text.format(day=day(when), why=why, next=day(calendar.add_workdays(when, 0)))
