"""What is wrong in the files of rota and roulette, now and in the days ahead (O-X17)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, groupby

from msgspec import Struct
from msgspec.structs import asdict

from deskcli.duty import Agenda
from deskcli.fold import nearest
from deskcli.rota import Period, Rota, Roulette, Staff, Swap, Week, span
from deskcli.roulette import eligible
from deskcli.yamltext import Path


class Finding(Struct, frozen=True):
    """`file` is rota, roulette, swaps or absences; `name` is which of the first two, by id."""

    file: str
    name: str
    path: Path
    code: str
    facts: Mapping[str, object]


Named = tuple[Path, str, str]  # where a person is named, who, and the role they need there
Fault = tuple[Path, str, Mapping[str, object]]


def check(
    agendas: Sequence[Agenda], roulettes: Sequence[Roulette], staff: Staff, horizon: int = 60
) -> list[Finding]:
    """All findings, of `horizon` days from `staff.today` where a day is looked at. Entries of the
    past are only told to be past, and periods that are over are left alone.
    """
    days = [staff.today + timedelta(n) for n in range(horizon)]
    return [
        *(Finding("rota", a.rota.id, *fault) for a in agendas for fault in _rota(a, days)),
        *_double(agendas, days),
        *(Finding("roulette", r.id, *fault) for r in roulettes for fault in _roulette(r, staff)),
        *(Finding("swaps", "", *fault) for fault in _swaps(agendas, roulettes, staff)),
        *(Finding("absences", "", *fault) for fault in _absences(agendas, staff)),
    ]


def _rota(agenda: Agenda, days: Sequence[date]) -> Iterator[Fault]:
    yield from _shape(agenda.rota)
    yield from _misfits(_named(agenda), agenda.staff)
    ahead = [(d, p) for d, p in agenda.rota.dates.items() if d >= agenda.staff.today]
    for day, person in ahead:
        if agenda.staff.away(person, day) and agenda.holder(day) == person:
            yield ("dates", day.isoformat()), "rota.absentee", _on(agenda, day, person)
    yield from _gaps(agenda, days)


def _on(agenda: Agenda, day: date, person: str) -> dict[str, object]:
    return {"rota": agenda.rota.id, "date": day.isoformat(), "person": person}


def _shape(rota: Rota) -> Iterator[Fault]:
    starts = [p.first for p in rota.periods]
    for n, period in enumerate(rota.periods):
        facts: dict[str, object] = {"rota": rota.id, "from": period.first.isoformat()}
        if bool(period.order) == bool(period.weekdays):
            yield ("periods", n), "rota.period", facts
        if period.first in starts[:n]:
            yield ("periods", n, "from"), "rota.same_from", facts
    if bool(rota.substitute) != (rota.on_absent == "substitute"):
        at = "substitute" if rota.substitute else "on_absent"
        yield (at,), "rota.substitute", {"rota": rota.id, "on_absent": rota.on_absent}


def _named(agenda: Agenda) -> Iterator[Named]:
    """Everybody that the rota names for today or later."""
    rota, today = agenda.rota, agenda.staff.today
    for n, period in enumerate(rota.periods):
        if n == rota.period(today) or period.first > today:
            yield from ((("periods", n, *at), p, rota.role) for at, p in _in_turn(period))
    for day, person in rota.dates.items():
        if person and day >= today:  # '' is how a person says that nobody is on duty
            yield ("dates", day.isoformat()), person, rota.role
    if rota.substitute:
        yield ("substitute",), rota.substitute, ""


def _in_turn(period: Period) -> Iterator[tuple[Path, str]]:
    for n, person in enumerate(period.order):
        yield ("order", n), person
    for weekday, person in asdict(period.weekdays or Week()).items():
        if person:
            yield ("weekdays", weekday), person


def _misfits(named: Iterable[Named], staff: Staff) -> Iterator[Fault]:
    for path, person, role in named:
        misfit = staff.misfit(person, role)
        if misfit == "unknown":
            known = list(staff.people)
            facts = {"person": person, "nearest": nearest(person, known), "known": known}
            yield path, "person.unknown", facts
        elif misfit:
            able = [name for name in staff.people if not staff.misfit(name, role)]
            asked = {"role": role, "known": able} if role else {}
            yield path, f"person.{misfit}", {"person": person, **asked}


def _gaps(agenda: Agenda, days: Sequence[date]) -> Iterator[Fault]:
    """Worked days with nobody: one finding for those in a row, with the reason of the first."""
    duties = [agenda.who(day) for day in days if agenda.calendar.is_workday(day)]
    for (person, path), run in groupby(duties, lambda d: (d.person, _source(agenda, d.day))):
        if not person:
            gap = list(run)
            first, last = gap[0], gap[-1]
            facts = {"rota": agenda.rota.id, **span(first.day, last.day), "days": len(gap)}
            yield path, "rota.gap", {**facts, "why": first.reason, "skipped": first.skipped}


def _source(agenda: Agenda, day: date) -> Path:
    """What in the rota's file speaks of the day."""
    if day in agenda.rota.dates:
        return ("dates", day.isoformat())
    n = agenda.rota.period(day)
    return ("periods", n) if n >= 0 else ("periods",)


def _double(agendas: Sequence[Agenda], days: Sequence[date]) -> Iterator[Finding]:
    """One person in two rotas the same day, told once for each person and pair of rotas."""
    for other, agenda in combinations(agendas, 2):
        both: dict[str, list[date]] = {}
        for day in days:
            person = agenda.who(day).person
            if person and person == other.who(day).person:
                both.setdefault(person, []).append(day)
        for person, on in both.items():
            facts = {**_on(agenda, on[0], person), "other": other.rota.id, "days": len(on)}
            yield Finding("rota", agenda.rota.id, _source(agenda, on[0]), "rota.double", facts)


def _roulette(roulette: Roulette, staff: Staff) -> Iterator[Fault]:
    named = [(("people", n), p, roulette.role) for n, p in enumerate(roulette.people)]
    yield from _misfits(named, staff)
    if not eligible(roulette, staff):
        yield (), "roulette.empty", {"roulette": roulette.id, "role": roulette.role}


def _swaps(
    agendas: Sequence[Agenda], roulettes: Sequence[Roulette], staff: Staff
) -> Iterator[Fault]:
    by_id = {a.rota.id: a for a in agendas}
    roles = {a.rota.id: a.rota.role for a in agendas} | {r.id: r.role for r in roulettes}
    known = list(roles)
    for n, swap in enumerate(staff.swaps):
        path: Path = ("swaps", n)
        facts: dict[str, object] = {"rota": swap.rota, "date": swap.day.isoformat()}
        if swap.rota not in known:
            close = nearest(swap.rota, known)
            yield (*path, "rota"), "rota.unknown", {**facts, "nearest": close, "known": known}
        if swap.day < staff.today:
            yield (*path, "date"), "swap.past", facts
            continue
        asked = roles.get(swap.rota, "")
        named = [((*path, "from"), swap.giver, ""), ((*path, "to"), swap.taker, asked)]
        yield from _misfits(named, staff)
        if swap.against and not any(_gives_back(other, swap) for other in staff.swaps):
            people = {"from": swap.giver, "to": swap.taker, "against": swap.against.isoformat()}
            yield (*path, "against"), "swap.against", {**facts, **people}
        if swap.rota in by_id:
            yield from _swap(by_id[swap.rota], swap, path)


def _gives_back(other: Swap, swap: Swap) -> bool:
    back = (other.rota, other.day, other.giver, other.taker)
    return back == (swap.rota, swap.against, swap.taker, swap.giver)


def _swap(agenda: Agenda, swap: Swap, path: Path) -> Iterator[Fault]:
    """Does it apply, and is the taker there? `held` has a step for every swap of the day."""
    steps = agenda.held(swap.day)
    of_day = [s for s in agenda.staff.swaps if (s.rota, s.day) == (swap.rota, swap.day)]
    at = next(n for n, s in enumerate(of_day) if s is swap)
    facts: dict[str, object] = {"rota": swap.rota, "date": swap.day.isoformat()}
    facts |= {"from": swap.giver, "to": swap.taker}
    if steps[-1].how == "closed":
        yield (*path, "date"), "swap.closed", facts
    elif steps[at].skipped == "not_on_duty":
        facts |= {"next": agenda.next_days(swap.giver, swap.day), "reason": steps[-1].how}
        code = "swap.not_on_duty" if steps[-1].person else "swap.nobody"
        yield (*path, "from"), code, {**facts, "holder": steps[-1].person}
    elif steps[-1].person == swap.taker and agenda.staff.away(swap.taker, swap.day):
        yield (*path, "to"), "rota.absentee", _on(agenda, swap.day, swap.taker)


def _absences(agendas: Sequence[Agenda], staff: Staff) -> Iterator[Fault]:
    for n, absence in enumerate(staff.absences):
        path: Path = ("absences", n)
        person, until = absence.person, absence.until
        facts: dict[str, object] = {"person": person, **span(absence.first, until)}
        if person not in staff.people:
            yield from _misfits([((*path, "person"), person, "")], staff)
        if until and until < absence.first:
            yield (*path, "until"), "absence.order", facts
            continue
        if any(a.person == person and a.overlaps(absence.first, until) for a in staff.absences[:n]):
            yield path, "absence.overlap", facts
        if until and until < staff.today:
            yield path, "absence.past", facts
        elif until and agendas and not _any_worked(agendas, absence.first, until):
            yield path, "absence.closed", facts


def _any_worked(agendas: Sequence[Agenda], first: date, last: date) -> bool:
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return any(a.calendar.is_workday(day) for day in days for a in agendas)
