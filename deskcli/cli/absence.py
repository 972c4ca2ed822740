"""`rota absence`: who is away; the file's own lines and comments stay."""

from typing import Annotated

import typer

from deskcli import rota
from deskcli.cli import complete, session, show
from deskcli.cli.days import typed_day
from deskcli.cli.labels import person
from deskcli.cli.rows import Dry, Format, Json
from deskcli.cli.splice import splice
from deskcli.cli.words import _

Who = Annotated[
    str, typer.Argument(metavar="PERSON", help=_("Who is away"), autocompletion=complete.people)
]
absence = typer.Typer(help=_("Who is away"), no_args_is_help=True)


@absence.command("add", help=_("Somebody is away, from a day to another, both included"))
def absence_add(
    who_: Who,
    first: Annotated[str, typer.Argument(metavar="FROM", help=_("First day"))],
    until: Annotated[str, typer.Argument(metavar="UNTIL", help=_("Without it, until ended"))] = "",
    reason_: Annotated[str, typer.Option("-m", "--reason", help=_("Why"))] = "",
    dry_run: Dry = False,
) -> None:
    here = session.desk()
    with here.writing():
        staff, name = here.scene().staff, here.config.people.find(who_).id
        edits = rota.absence_add(
            staff, name, typed_day(first), typed_day(until) if until else None, reason_
        )
        splice("absences", edits, dry_run)


@absence.command("end", help=_("Somebody's last day away"))
def absence_end(
    who_: Who,
    last: Annotated[str, typer.Argument(metavar="DATE", help=_("Today without"))] = "",
    dry_run: Dry = False,
) -> None:
    here = session.desk()
    with here.writing():
        staff, name = here.scene().staff, here.config.people.find(who_).id
        when = typed_day(last) if last else here.now.date()
        splice("absences", rota.absence_end(staff, name, when), dry_run)


@absence.command("remove", help=_("Take back one that has not begun"))
def absence_remove(
    who_: Who,
    first: Annotated[
        str, typer.Argument(metavar="FROM", help=_("Its first day, if there are several"))
    ] = "",
    dry_run: Dry = False,
) -> None:
    here = session.desk()
    with here.writing():
        staff, name = here.scene().staff, here.config.people.find(who_).id
        when = typed_day(first) if first else None
        splice("absences", rota.absence_remove(staff, name, when), dry_run)


@absence.command("list", help=_("Who is away, now or later"))
def absence_list(
    all_: Annotated[bool, typer.Option("-a", "--all", help=_("Past ones too"))] = False,
    form: Format = "",
    as_json: Json = False,
) -> None:
    here = session.desk()
    today = here.now.date()
    rows = [
        {
            "person": a.person,
            "name": person(a.person),
            "from": a.first.isoformat(),
            "until": a.until.isoformat() if a.until else None,
            "reason": a.reason,
        }
        for a in here.config.absences
        if all_ or a.until is None or a.until >= today
    ]
    columns = {"name": _("Person"), "from": _("From"), "until": _("Until"), "reason": _("Reason")}
    show.listing("absences", rows, columns, show.chosen_format(form, as_json))
