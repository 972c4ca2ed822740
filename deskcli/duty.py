"""Who is on duty which day (O4, O28), and the swaps that change it.

A rota is anchored on dates and counts no turns: whoever reads the same files gets the same answer
for last month as for the next. Nobody is ever put in place of another silently (O-X17): a duty
tells every step that led to it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Protocol

from msgspec import Struct
from msgspec.structs import astuple

from deskcli.problem import DeskError, Problem, refuse
from deskcli.rota import Period, Rota, Staff, Swap
from deskcli.yamledit import Append, Drop, Edit

_DAY = timedelta(days=1)
_FAR = 366  # days ahead in which a duty is looked for


class Workdays(Protocol):
    """What is asked of a calendar (`worktime.Calendar` is one)."""

    def __hash__(self) -> int: ...
    def is_workday(self, day: date) -> bool: ...


class Step(Struct, frozen=True):
    """One thing that led to a duty, in order.

    `how`: closed, no_period, no_entry (nobody is named that day); order, weekday, date, swap (who
    holds the day); next, substitute (who stands in). `skipped` is why it was not this person: a
    reason of `Staff.unable`, swapped, or not_on_duty for a swap of a day that its giver lacks.
    """

    day: date
    how: str
    person: str = ""
    skipped: str = ""


class Duty(Struct, frozen=True):
    """`person` is '' when nobody is on duty; then the last step tells why."""

    day: date
    person: str
    steps: tuple[Step, ...]

    @property
    def reason(self) -> str:
        """Why nobody: closed, no_period, no_entry, date (named so), nobody_able; '' if somebody."""
        last = self.steps[-1]
        return "" if self.person else "nobody_able" if last.skipped else last.how

    @property
    def skipped(self) -> dict[str, str]:
        """The candidates of that day who are not on duty, and why."""
        mine = (s for s in self.steps if s.day == self.day and s.person != self.person)
        return {s.person: s.skipped for s in mine if s.skipped not in ("", "not_on_duty")}


class Agenda:
    """A rota with its calendar and its people."""

    def __init__(self, rota: Rota, calendar: Workdays, staff: Staff) -> None:
        self.rota = rota
        self.calendar = calendar
        self.staff = staff

    def who(self, day: date) -> Duty:
        """A day that is not worked has nobody, unless `dates` names somebody."""
        steps = self.held(day)
        if not steps[-1].person:
            return Duty(day, "", tuple(steps))
        turn = steps.pop()
        given = {s.person for s in steps if s.skipped == "swapped"} | {turn.person}
        for way, name in [(turn.how, turn.person), *self._stand_ins(day, given)]:
            role = self.rota.role if way != "substitute" else ""
            steps.append(Step(day, way, name, self.staff.unable(name, day, role)))
            if not steps[-1].skipped:
                return Duty(day, name, tuple(steps))
        return Duty(day, "", tuple(steps))

    def duty_at(self, day: date) -> Duty:
        """Who answers for a ticket that arrives on `day`: that of a closed day waits for the next
        worked one, or for one on which `dates` names somebody able. Days passed over are steps.
        """
        steps: list[Step] = []
        for n in range(_FAR):
            duty = self.who(day + n * _DAY)
            steps += duty.steps
            if duty.person or self.calendar.is_workday(duty.day):
                break
        return Duty(duty.day, duty.person, tuple(steps))

    def week(self, day: date) -> list[Duty]:
        """Monday to Sunday of the week that `day` is in."""
        monday = day - day.weekday() * _DAY
        return [self.who(monday + n * _DAY) for n in range(7)]

    def days_of(self, person: str, since: date) -> Iterator[date]:
        """The days that are this person's to do or to give away, absent or not, for a year."""
        days = (since + n * _DAY for n in range(_FAR))
        return (day for day in days if self.holder(day) == person)

    def next_days(self, person: str, since: date) -> list[str]:
        """The first three of them, for whoever named another day."""
        return [day.isoformat() for day in islice(self.days_of(person, since), 3)]

    def holder(self, day: date) -> str:
        """Whose day it is after swaps, able or not."""
        return self.held(day)[-1].person

    def held(self, day: date) -> list[Step]:
        """Swaps apply in the order of the file, so that a day can be passed on; last the holder."""
        how, person = self._named(day)
        steps: list[Step] = []
        for swap in self.staff.swaps:
            if (swap.rota, swap.day) != (self.rota.id, day):
                continue
            if swap.giver == person:
                steps.append(Step(day, how, person, "swapped"))
                how, person = "swap", swap.taker
            else:
                steps.append(Step(day, "swap", swap.giver, "not_on_duty"))
        return [*steps, Step(day, how, person)]

    def _named(self, day: date) -> tuple[str, str]:
        """How the file names somebody for the day, and whom."""
        if day in self.rota.dates:
            return "date", self.rota.dates[day]
        if not self.calendar.is_workday(day):
            return "closed", ""
        if (n := self.rota.period(day)) < 0:
            return "no_period", ""
        period = self.rota.periods[n]
        name = next(iter(self._turns(period, day)), "")
        return ("weekday" if period.weekdays else "order") if name else "no_entry", name

    def _stand_ins(self, day: date, given: set[str]) -> list[tuple[str, str]]:
        """Whom to ask next, that day only; nobody is called on a closed day without being named."""
        how, n = self.rota.on_absent, self.rota.period(day)
        if not self.calendar.is_workday(day) or how == "unassigned":
            return []
        if how == "substitute":
            names = [self.rota.substitute]
        else:
            names = self._turns(self.rota.periods[n], day) if n >= 0 else []
        return [(how, name) for name in dict.fromkeys(names) if name and name not in given]

    def _turns(self, period: Period, day: date) -> list[str]:
        """The names of the period, beginning with whose turn the day is; '' where none is named."""
        if period.weekdays:
            names, at = list(astuple(period.weekdays)), day.weekday()
        else:
            names, at = period.order, self._position(period, day) % max(1, len(period.order))
        return names[at:] + names[:at]

    def _position(self, period: Period, day: date) -> int:
        """Worked days from the beginning of the period to `day`, which is not counted."""
        counts = _counted(self.calendar, period.first)
        while len(counts) <= (day - period.first).days:
            yesterday = period.first + (len(counts) - 1) * _DAY
            counts.append(counts[-1] + self.calendar.is_workday(yesterday))
        return counts[(day - period.first).days]


@lru_cache(8)
def _counted(calendar: Workdays, first: date) -> list[int]:
    """The days worked before each day from `first`, which whoever asks makes longer: an import of
    thousands counts them once, and not for each row.
    """
    return [0]


def duty_days(agenda: Agenda, first: date, last: date) -> dict[str, int]:
    """Days on duty from `first` to `last`, both included, by person."""
    days = (first + n * _DAY for n in range((last - first).days + 1))
    return dict(Counter(person for day in days if (person := agenda.who(day).person)))


def swap(agenda: Agenda, giver: str, taker: str, day: date, note: str = "") -> list[Edit]:
    """Edits of swaps.yaml: `taker` does the duty of `giver` on `day`, and gives back the first duty
    of their own after it that both are there for. Both days are written, each naming the other.
    """
    facts = _may_give(agenda, giver, taker, day)
    unable, role, mine = agenda.staff.unable, agenda.rota.role, agenda.days_of(taker, day)
    able = (d for d in mine if not unable(giver, d, role) and not unable(taker, d, role))
    back = next(able, None)
    if back is None:
        raise DeskError(Problem("swap.no_return", facts))
    return_ = _facts(agenda, taker, giver, back)
    return [_entry(facts, back.isoformat(), note), _entry(return_, day.isoformat(), note)]


def cover(agenda: Agenda, giver: str, taker: str, day: date, note: str = "") -> list[Edit]:
    """One way: `taker` does the duty of `giver` on `day` and is owed nothing."""
    return [_entry(_may_give(agenda, giver, taker, day), "", note)]


def unswap(swaps: Sequence[Swap], rota: str, day: date) -> list[Edit]:
    """Takes back the last swap or cover of `day`, and the other half of it that it names."""
    mine = {n: s for n, s in enumerate(swaps) if s.rota == rota}
    n = max((n for n, s in mine.items() if s.day == day), default=-1)
    if n < 0:
        known = sorted({s.day.isoformat() for s in mine.values()})
        raise refuse("swap.none", rota=rota, date=day.isoformat(), known=known)
    half = (mine[n].against, mine[n].taker, mine[n].giver, day)
    other = [m for m, s in mine.items() if (s.day, s.giver, s.taker, s.against) == half]
    return [Drop(("swaps", m)) for m in sorted({n, *other[-1:]}, reverse=True)]


def _may_give(agenda: Agenda, giver: str, taker: str, day: date) -> dict[str, str]:
    """The facts of the swap, or a refusal."""
    staff, facts = agenda.staff, _facts(agenda, giver, taker, day)
    staff.known(giver)
    staff.known(taker)
    if giver == taker:
        raise DeskError(Problem("swap.same_person", facts))
    key = (agenda.rota.id, day, giver, taker)
    if any((s.rota, s.day, s.giver, s.taker) == key for s in staff.swaps):
        raise DeskError(Problem("swap.duplicate", facts))
    held = agenda.held(day)[-1]
    if held.person != giver:
        upcoming = agenda.next_days(giver, day)
        if not held.person:
            raise DeskError(Problem("swap.nobody", {**facts, "reason": held.how, "next": upcoming}))
        more = {"holder": held.person, "next": upcoming}
        raise DeskError(Problem("swap.not_on_duty", {**facts, **more}))
    if reason := staff.unable(taker, day, agenda.rota.role):
        raise DeskError(Problem("swap.unable", {**facts, "reason": reason}))
    return facts


def _facts(agenda: Agenda, giver: str, taker: str, day: date) -> dict[str, str]:
    return {"rota": agenda.rota.id, "date": day.isoformat(), "from": giver, "to": taker}


def _entry(facts: dict[str, str], against: str, note: str) -> Edit:
    more = {"against": against, "note": note}
    return Append(("swaps",), facts | {key: value for key, value in more.items() if value})
