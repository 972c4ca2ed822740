"""`rota`: who is on duty, swaps and absences, and what is wrong in them (O4, O5, O-X17)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from deskcli import duty, roulette
from deskcli.cli import complete, session, show
from deskcli.cli.absence import absence
from deskcli.cli.days import has_time, typed_day
from deskcli.cli.labels import person, reason
from deskcli.cli.rows import Dry, Format, Json, Note, show_findings
from deskcli.cli.show import day, safe
from deskcli.cli.splice import splice
from deskcli.cli.words import _
from deskcli.config import find
from deskcli.dates import parse_instant
from deskcli.duty import Agenda, Duty
from deskcli.problem import Exit, refuse
from deskcli.scene import Scene
from deskcli.worktime import Calendar

command = typer.Typer()
command.add_typer(absence, name="absence")
Named = Annotated[
    str,
    typer.Option(
        "--rota",
        metavar="NAME",
        help=_("Which rota, when there are several"),
        autocompletion=complete.rotas,
    ),
]
Who = Annotated[
    str, typer.Argument(metavar="PERSON", help=_("Whose day it is"), autocompletion=complete.people)
]
Colleague = Annotated[
    str,
    typer.Argument(metavar="COLLEAGUE", help=_("Who does it"), autocompletion=complete.people),
]


def _agenda(scene: Scene, name: str) -> Agenda:
    """The rota named, or the only one."""
    rotas = scene.config.rotas
    if not rotas:
        raise refuse("rota.none")
    if not name and len(rotas) != 1:
        raise refuse("rota.which", known=list(rotas))
    return scene.agenda(find("rota", name, rotas) if name else next(iter(rotas.values())))


# -- asking ---------------------------------------------------------------------------------------


@command.command("who", help=_("Who is on duty; exit 7 when nobody is"))
def who(
    at: Annotated[str, typer.Option(metavar="DATE|INSTANT", help=_("When; now without"))] = "",
    name: Named = "",
    form: Format = "",
    as_json: Json = False,
) -> int:
    chosen = show.chosen_format(form, as_json)
    agenda = _agenda(session.desk().scene(), name)
    asked, arrival = _asked(at)
    found = agenda.duty_at(arrival)
    values = {
        "person": found.person or None,
        "name": person(found.person) if found.person else None,
        "day": found.day.isoformat(),
        "reason": found.reason or None,
        "skipped": found.skipped,
    }
    calendar = session.desk().config.named_calendar(agenda.rota.calendar)
    show.thing(values, [*_closed(calendar, asked), *_duty_lines(found)], chosen)
    return Exit.DONE if found.person else Exit.GATE


def _asked(at: str) -> tuple[date, date]:
    """The day that was asked about, and the business day a ticket of that moment belongs to; a date
    alone is that day.
    """
    here = session.desk()
    calendar = here.config.calendar
    if at and not has_time(at):
        return typed_day(at), typed_day(at)
    when = parse_instant(at, here.now, calendar) if at else here.now
    return when.date(), calendar.next_opening(when).date()


def _closed(calendar: Calendar, asked: date) -> Iterator[str]:
    """A closed day is said to be one, before the day that answers for it."""
    if not calendar.is_workday(asked):
        why = safe(calendar.holiday(asked)) or reason("closed")
        yield _("{day}: closed ({why})").format(day=day(asked), why=why)


def _duty_lines(found: Duty) -> Iterator[str]:
    who_ = (
        person(found.person)
        if found.person
        else _("nobody ({why})").format(why=reason(found.reason))
    )
    yield f"{day(found.day)}  {who_}"
    for name, why in found.skipped.items():
        yield "  " + _("passed over: {person} ({why})").format(person=person(name), why=reason(why))


@command.command("show", help=_("A week of the rota"))
def show_(
    week: Annotated[
        str, typer.Option(metavar="DATE", help=_("A day of the week; this one without"))
    ] = "",
    name: Named = "",
    form: Format = "",
    as_json: Json = False,
) -> None:
    scene = session.desk().scene()
    agenda = _agenda(scene, name)
    calendar = scene.config.named_calendar(agenda.rota.calendar)
    duties = agenda.week(typed_day(week) if week else scene.today)
    rows = [_row(found, calendar.holiday(found.day)) for found in duties]
    columns = {"day_name": _("Day"), "name": _("On duty"), "note": _("Note")}
    show.listing("days", rows, columns, show.chosen_format(form, as_json))


def _row(found: Duty, holiday: str) -> dict[str, object]:
    notes = [f"{person(p)}: {reason(why)}" for p, why in found.skipped.items()]
    notes += [reason(found.reason)] if found.reason else []
    return {
        "day": found.day.isoformat(),
        "day_name": day(found.day),
        "person": found.person,
        "name": person(found.person),
        "holiday": holiday,
        "note": "; ".join([*notes, safe(holiday)] if holiday else notes),
    }


@command.command("check", help=_("Gaps, absentees on duty, unknown people, double duty"))
def check(form: Format = "", as_json: Json = False) -> int:
    from deskcli.review import rota_problems

    show.chosen_format(form, as_json)
    problems = list(rota_problems(session.desk().scene()))
    show_findings(problems, form, as_json)
    return Exit.REFUSED if any(not p.is_warning for p in problems) else Exit.DONE


@command.command("stats", help=_("Days on duty and turns of the roulette, by person"))
def stats(
    since: Annotated[
        str, typer.Option(metavar="DATE", help=_("First day; the month's without"))
    ] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help=_("Last day; today without"))] = "",
    form: Format = "",
    as_json: Json = False,
) -> None:
    scene = session.desk().scene()
    first = typed_day(since) if since else scene.today.replace(day=1)
    last = typed_day(until) if until else scene.today
    rows = [*_duty_rows(scene, first, last), *_turn_rows(scene, first, last)]
    columns = {
        "of_name": _("Of"),
        "name": _("Person"),
        "count": _("Count"),
        "fairness": _("Most − least"),
    }
    show.listing("counts", rows, columns, show.chosen_format(form, as_json))


def _duty_rows(scene: Scene, first: date, last: date) -> list[dict[str, object]]:
    rows = []
    for known in scene.config.rotas.values():
        days = duty.duty_days(scene.agenda(known), first, last)
        rows += [_stat(f"rota:{known.id}", p, n, "") for p, n in sorted(days.items())]
    return rows


def _turn_rows(scene: Scene, first: date, last: date) -> list[dict[str, object]]:
    """Turns as the tickets' events tell them; fairness is among those who were never away."""
    here = session.desk()
    here.index.refresh()
    spins = list(here.index.spins(first.isoformat(), last.isoformat() + "~"))
    rows = []
    for known in scene.config.roulettes.values():
        counts: dict[str, int] = {}
        for name, who_ in spins:
            if name == known.id:
                counts[who_] = counts.get(who_, 0) + 1
        names = roulette.eligible(known, scene.staff)
        fair = roulette.fairness(counts, roulette.throughout(names, scene.staff, first, last))
        rows += [_stat(f"roulette:{known.id}", p, counts.get(p, 0), fair) for p in names]
    return rows


def _stat(of: str, who_: str, count: int, fair: int | str) -> dict[str, object]:
    kind, _colon, name = of.partition(":")
    words = _("rota {name}") if kind == "rota" else _("roulette {name}")
    return {
        "of": of,
        "of_name": words.format(name=name),
        "person": who_,
        "name": person(who_),
        "count": count,
        "fairness": fair,
    }


# -- changing -------------------------------------------------------------------------------------


@command.command("swap", help=_("COLLEAGUE does PERSON's day; PERSON does COLLEAGUE's next one"))
def swap(
    person_: Who,
    colleague: Colleague,
    when: Annotated[str, typer.Argument(metavar="DATE", help=_("The person's day on duty"))],
    one_way: Annotated[bool, typer.Option("--cover", help=_("Nothing is given back"))] = False,
    note: Note = "",
    name: Named = "",
    dry_run: Dry = False,
) -> None:
    here = session.desk()
    with here.writing():
        agenda, people = _agenda(here.scene(), name), here.config.people
        done = duty.cover if one_way else duty.swap
        edits = done(
            agenda, people.find(person_).id, people.find(colleague).id, typed_day(when), note
        )
        splice("swaps", edits, dry_run)


@command.command("unswap", help=_("Take a swap back, both halves"))
def unswap(
    when: Annotated[str, typer.Argument(metavar="DATE", help=_("Either of its days"))],
    name: Named = "",
    dry_run: Dry = False,
) -> None:
    here = session.desk()
    with here.writing():
        agenda = _agenda(here.scene(), name)
        edits = duty.unswap(here.config.swaps, agenda.rota.id, typed_day(when))
        splice("swaps", edits, dry_run)
