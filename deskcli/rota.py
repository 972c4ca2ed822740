"""The files of rota and roulette (O4, O5), and who is away.

What follows from them is elsewhere: who is on duty a day in `duty.py`, whose turn for a ticket it
is in `roulette.py`, what is wrong in them in `rotacheck.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct, field

from deskcli.fold import nearest
from deskcli.problem import DeskError, Problem, refuse
from deskcli.yamledit import Append, Drop, Edit, Put


class Week(Struct, frozen=True, forbid_unknown_fields=True):
    """A person for each day of the week; '' is nobody."""

    mon: str = ""
    tue: str = ""
    wed: str = ""
    thu: str = ""
    fri: str = ""
    sat: str = ""
    sun: str = ""


class Period(Struct, frozen=True, forbid_unknown_fields=True):
    """In force `from` a day until the next period begins; has an order or a weekday table."""

    first: date = field(name="from")
    order: list[str] = []
    weekdays: Week | None = None


Dates = Annotated[dict[date, str], Meta(extra_json_schema={"propertyNames": {"format": "date"}})]


class Rota(Struct, frozen=True, forbid_unknown_fields=True):
    """`schedules/rota-*.yaml`. `role`, if given, is asked of those in turn and of whom `dates` or a
    swap names (O-X17); not of the `substitute`. `calendar` '' is the desk's own.
    """

    id: str
    label: str
    periods: list[Period]
    calendar: str = ""
    dates: Dates = {}
    on_absent: Literal["next", "substitute", "unassigned"] = "next"
    substitute: str = ""
    role: str = ""
    owner: str = ""
    provisional: bool = False
    source: list[str] = []
    note: str = ""

    def period(self, day: date) -> int:
        """Index of the period in force; -1 before the first one."""
        begun = [(p.first, n) for n, p in enumerate(self.periods) if p.first <= day]
        return max(begun)[1] if begun else -1


class Roulette(Struct, frozen=True, forbid_unknown_fields=True):
    """`schedules/roulette-*.yaml` (O33 rows 10-12): everybody of a role, or the people listed.

    `calendar` says to which day a ticket belongs, and so who is away; '' is the desk's own.
    """

    id: str
    label: str
    role: str = ""
    people: list[str] = []
    period: Literal["day", "week", "month"] = "month"
    calendar: str = ""
    provisional: bool = False
    source: list[str] = []
    note: str = ""


class Absence(Struct, frozen=True, forbid_unknown_fields=True):
    """First and last day away, both included; without `until` it is open-ended."""

    person: str
    first: date = field(name="from")
    until: date | None = None
    reason: str = ""

    def overlaps(self, first: date, until: date | None) -> bool:
        return self.first <= (until or date.max) and first <= (self.until or date.max)


class AbsencesFile(Struct, frozen=True, forbid_unknown_fields=True):
    absences: list[Absence] = []


class Swap(Struct, frozen=True, forbid_unknown_fields=True):
    """On `date` the duty (or the next roulette turn) of `from` is done by `to`.

    `against` is the day on which it is given back, by an entry of its own; without it, a cover.
    """

    rota: str
    day: date = field(name="date")
    giver: str = field(name="from")
    taker: str = field(name="to")
    against: date | None = None
    note: str = ""


class SwapsFile(Struct, frozen=True, forbid_unknown_fields=True):
    swaps: list[Swap] = []


class Person(Protocol):
    @property
    def active(self) -> bool: ...

    @property
    def roles(self) -> Sequence[str]: ...


class Staff(Struct, frozen=True):
    """The people and what is written about their days.

    people.yaml speaks of `today`, so it is not asked about the days before: that somebody left
    does not rewrite last month.
    """

    people: Mapping[str, Person]
    absences: Sequence[Absence]
    swaps: Sequence[Swap]
    today: date

    def unable(self, person: str, day: date, role: str = "") -> str:
        """Why not this person: unknown, inactive, role, absence; '' when able."""
        misfit = self.misfit(person, role) if day >= self.today else ""
        return misfit or ("absence" if self.away(person, day) else "")

    def misfit(self, person: str, role: str = "") -> str:
        if person not in self.people:
            return "unknown"
        if not self.people[person].active:
            return "inactive"
        return "role" if role and role not in self.people[person].roles else ""

    def away(self, person: str, day: date) -> bool:
        return any(a.person == person and a.overlaps(day, day) for a in self.absences)

    def known(self, person: str) -> None:
        if person not in self.people:
            close, known = nearest(person, self.people), list(self.people)
            raise refuse("person.unknown", person=person, nearest=close, known=known)


def absence_add(
    staff: Staff, person: str, first: date, until: date | None = None, reason: str = ""
) -> list[Edit]:
    """An edit of absences.yaml; refuses a person unknown, an end before the start, an overlap."""
    staff.known(person)
    if until and until < first:
        raise _absence("order", person, first, until)
    for other in staff.absences:
        if other.person == person and other.overlaps(first, until):
            raise _absence("overlap", person, other.first, other.until)
    entry = {"person": person, **span(first, until), "reason": reason}
    return [Append(("absences",), {key: value for key, value in entry.items() if value})]


def absence_end(staff: Staff, person: str, day: date) -> list[Edit]:
    """`day` becomes the last day of the absence that it is in, or else of the next one."""
    staff.known(person)
    mine = [(a.first, n) for n, a in enumerate(staff.absences) if a.person == person]
    lasting = [(first, n) for first, n in mine if staff.absences[n].overlaps(day, None)]
    if not lasting:
        raise refuse("absence.none", person=person, date=day.isoformat())
    first, n = min(lasting)
    if day < first:
        how = "remove" if first > staff.today else "end"  # what has begun is not removed
        hint = f"deskcli rota absence {how} {person} {first}"
        raise _absence("order", person, first, day, hint)
    return [Put(("absences", n, "until"), day.isoformat())]


def absence_remove(staff: Staff, person: str, first: date | None = None) -> list[Edit]:
    """Take back one that has not begun: the one that begins on `first`, or the only one there is.
    What has begun is ended, so that who was away last week stays known.
    """
    staff.known(person)
    ahead = [
        (n, a)
        for n, a in enumerate(staff.absences)
        if a.person == person and a.first > staff.today and first in (None, a.first)
    ]
    if not ahead:
        raise refuse("absence.begun", person=person, date=(first or staff.today).isoformat())
    if len(ahead) > 1:
        days = [a.first.isoformat() for _, a in ahead]
        raise refuse("absence.several", person=person, days=days, first=days[0])
    return [Drop(("absences", ahead[0][0]))]


def span(first: date, until: date | None) -> dict[str, str]:
    """The two days as the files write them; an open end is ''."""
    return {"from": first.isoformat(), "until": until.isoformat() if until else ""}


def _absence(code: str, person: str, first: date, until: date | None, hint: str = "") -> DeskError:
    facts = {"person": person, **span(first, until)}
    return DeskError(Problem(f"absence.{code}", facts, hint=hint))
