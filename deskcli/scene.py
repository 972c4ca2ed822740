"""What a decision may know: the configuration, the moment, who acts, and what the desk holds.

Time, actor and chance enter here as values; decisions never look at a clock or at the disk. A
scene lasts for one operation and remembers what it has decided so far, so that the second row of an
import sees the ticket that the first one opened.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import Struct

from deskcli.condition import Condition, bind, from_yaml
from deskcli.config import Config
from deskcli.duty import Agenda
from deskcli.factnames import PERSONS
from deskcli.facts import Row, arrival, arrived, facts
from deskcli.links import Tickets
from deskcli.measure import measure
from deskcli.org import Org
from deskcli.people import PROGRAM, Person
from deskcli.problem import DeskError, Problem, refuse
from deskcli.requester import requester_keys
from deskcli.rota import Rota, Staff
from deskcli.ticket import Change, Event, Ticket, drift, edited_at, replay
from deskcli.ticketfile import crowded
from deskcli.timeline import clocks, moments, sla_facts
from deskcli.workflow import CLOSED
from deskcli.yamltext import Value

Turns = dict[str, int]
# What the customer says or is told, and what is only put back: an @ in it mentions nobody.
SAID = frozenset("opened replied applied appended messaged sent undone".split())


class Scene(Struct):
    """`now` is aware, in the desk's zone. `by` is the system's user as a person of the desk, or
    the login itself; `as_` whom `--as` named. `fresh_id` gives ULIDs in order.

    `owner` is who a file's uid is: a person of the desk, or a login. `tickets_of` finds tickets by
    their marks (`links.Tickets`), `rows_where` their rows by a bound condition, `turns_of`
    the last turns of a roulette in a period, all as the disk has them; `unread` counts the files in
    which they could not look.
    """

    config: Config
    now: datetime
    by: str
    fresh_id: Callable[[], str]
    as_: str = ""
    via: str = "cli"
    owner: Callable[[int], str] = str
    tickets_of: Tickets = lambda keys, but, since: ()
    rows_where: Callable[[Condition], Sequence[Row]] = lambda condition: ()
    turns_of: Callable[[str, str], Turns] = lambda roulette, period: {}
    unread: Callable[[], int] = lambda: 0
    operation: str = ""
    opened: dict[str, list[Ticket]] = {}  # by requester key
    turns: dict[tuple[str, str], Turns] = {}
    lost: dict[str, Problem] = {}  # names that a note mentions and nobody has

    @property
    def actor(self) -> str:
        return self.as_ or self.by

    @property
    def person(self) -> Person | None:
        """Who acts, if the desk knows them."""
        return self.config.people.get(self.actor)

    def org(self, header: Mapping[str, Value]) -> Org | None:
        """The organisation that asks, if the desk has it; the register is read only for one."""
        name = header.get("org")
        return self.config.orgs.get(str(name)) if name else None

    @property
    def today(self) -> date:
        return self.now.date()

    def may(self, roles: Sequence[str]) -> bool:
        """Whether who acts has one of the roles; what names none is for everybody."""
        return not roles or bool(self.config.people.roles_of(self.actor) & frozenset(roles))

    def forbidden(
        self, code: str, roles: Sequence[str], ticket: Ticket | None = None, **facts: object
    ) -> Problem:
        """The problem of one who may not: with those who may, and who of them has the ticket."""
        people = self.config.people.values()
        able = [p.id for p in people if p.active and frozenset(roles) & frozenset(p.roles)]
        who = {"roles": roles, "able": able, "actor": self.actor}
        if ticket:
            held = ticket.text("assignee")
            who |= {"ticket": ticket.id, "holder": held if held in able else ""}
        return Problem(code, {**facts, **who})

    def condition(self, value: Value) -> Condition:
        """A condition as the desk's files write it, bound to this moment and this actor."""
        return self.bound(from_yaml(value))

    def bound(self, condition: Condition) -> Condition:
        return bind(condition, self.today, self.actor, self.day, self._is_person)

    def _is_person(self, path: str) -> bool:
        """Whether people stand there; where not all forms can be read, one of them may say so."""
        if path in PERSONS:
            return True
        try:
            asked = (form.field(path) for form in self.config.forms.values())
            return any(field and field.type == "person" for field in asked)
        except DeskError:
            return path.startswith("fields.")

    def day(self, text: str) -> date:
        """A date as people write it, by the desk's calendar."""
        from deskcli.dates import parse_date

        return parse_date(text, self.today, self.config.calendar)

    def facts(self, ticket: Ticket) -> dict[str, Value]:
        """What conditions ask of a ticket; with the SLA as it stands now, where there is one, and
        the day it counts for, where the calendars tell.
        """
        known, found = facts(ticket, self.config), moments(ticket, self.config)
        with contextlib.suppress(DeskError):
            known["arrived"] = arrived(arrival(ticket), self.config)
        if found:
            known["sla"] = sla_facts(measure(found, clocks(self.config, self.now)))
        return known

    def event(
        self, clk: int, did: str, by: str = "", at: str = "", via: str = "", **parts: Any
    ) -> Event:
        """An event of this operation, now, by the actor unless the program decided it. What was
        edited by hand before it is no part of it.
        """
        event_id = self.fresh_id()
        cause = self.operation if did != "edited" else ""
        if did != "edited":
            self.operation = self.operation or event_id
        at = at or self.now.isoformat(timespec="seconds")
        who, as_ = (by, "") if by else (self.by, self.as_)
        return Event(event_id, clk, at, who, did, as_, via or self.via, cause=cause, **parts)

    def change(self, ticket: Ticket, *acts: dict[str, Any]) -> Change:
        """A change of these acts (parts of events), after what was edited by hand meanwhile. People
        who are active no more change nothing; a sweep is the program's, whoever runs it. Nothing
        more is said in a ticket that is full.
        """
        if self.person and not self.person.active and self.via != "sweep":
            raise refuse("person.inactive", person=self.person.id)
        edited = drift(ticket) if ticket.id else {}
        by_hand = [self._by_hand(ticket, edited)] if edited else []
        clk = ticket.history[-1].clk if ticket.history else 0
        parts = enumerate([*by_hand, *map(self._mentioning, acts)], clk + 1)
        change = Change(ticket, tuple(self.event(n, **act) for n, act in parts))
        if full := crowded(change):
            raise DeskError(full)
        return change

    def _mentioning(self, act: dict[str, Any]) -> dict[str, Any]:
        """An act of a person with those whom its note mentions (O19)."""
        if "by" in act or act["did"] in SAID:
            return act
        note = f"{act.get('text', '')} {act.get('sets', {}).get('summary') or ''}"
        named, lost = self.config.people.mentioned(note)
        self.lost |= lost
        return {**act, "adds": {**act.get("adds", {}), "mentions": named}} if named else act

    def _by_hand(self, ticket: Ticket, edited: dict[str, Value]) -> dict[str, Any]:
        """What a person edited in the file. Who runs the next command need not be who did; the
        file's owner and the time it was written are the nearest to the truth that there is.
        """
        act = {"did": "edited", "by": PROGRAM, "sets": edited}
        if ticket.saved is None:
            return act
        act |= {"by": self.owner(ticket.saved.uid), "via": "file"}
        at = edited_at(ticket)
        if at is None or at > self.now:
            return act
        return act | {"at": at.astimezone(self.config.zone).isoformat(timespec="seconds")}

    def remember(self, change: Change) -> None:
        """A ticket opened in this operation, for the decisions that follow."""
        ticket = Ticket(replay(change.events), change.events)
        for key in requester_keys(ticket.header):
            self.opened.setdefault(key, []).append(ticket)

    def conversations(self, header: dict[str, Value]) -> list[Ticket]:
        """The requester's own open tickets, the latest first (O-X12)."""
        keys = requester_keys(header)
        if not keys:
            return []
        ours = {id(t): t for key in keys for t in self.opened.get(key, ())}
        # they are compared as texts, and two zones may be 26 hours apart: hence two days more
        since = self.days_ago(self.config.settings.policies.attendance_days + 2)
        others = self.tickets_of(keys, str(header.get("id") or ""), since.isoformat())
        found = [*others, *ours.values()]
        return sorted(filter(self._is_conversation, found), key=_latest, reverse=True)

    def days_ago(self, days: int) -> datetime:
        """The same hour then; for more days than there were, the beginning of all time."""
        try:
            return self.now - timedelta(days=days)
        except OverflowError:
            return datetime.min.replace(tzinfo=UTC)

    def _is_conversation(self, ticket: Ticket) -> bool:
        """Open, or resolved a few days ago by somebody who may go on with it."""
        if self.config.workflow.state(ticket.text("status")) not in CLOSED:
            return True
        if self.config.workflow.state(ticket.text("status")) == "cancelled":
            return False
        moved = [e.at for e in ticket.history if "status" in e.sets]
        age = self.now - datetime.fromisoformat(moved[-1]) if moved else timedelta.max
        recent = age.days < self.config.settings.policies.attendance_days
        return recent and bool(ticket.text("assignee"))

    @property
    def staff(self) -> Staff:
        config = self.config
        return Staff(config.people, config.absences, config.swaps, self.today)

    def agenda(self, rota: Rota) -> Agenda:
        """A rota with the opening hours it counts its days by."""
        return Agenda(rota, self.config.named_calendar(rota.calendar), self.staff)

    @property
    def arrival(self) -> date:
        """The business day a ticket of now belongs to: after hours, the next opening (O-X11)."""
        return self.arrival_by("")

    def arrival_by(self, calendar: str) -> date:
        """The same by a calendar that is not the desk's own."""
        return self.config.named_calendar(calendar).next_opening(self.now).date()

    def turns_so_far(self, roulette: str, period: str) -> Turns:
        key = (roulette, period)
        if key not in self.turns:
            self.turns[key] = dict(self.turns_of(roulette, period))
        return self.turns[key]


def _latest(ticket: Ticket) -> tuple[str, int, str]:
    """By its last event; of two in one second, the one with the higher number."""
    return ticket.history[-1].at if ticket.history else "", len(ticket.id), ticket.id
