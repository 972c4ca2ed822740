"""What time does to tickets: rules + tickets + now -> changes (O7, O8).

A rule fires once for a ticket and a due value, and the ticket's history says so: a second sweep, or
two at once, find the event and do nothing. One that repeats fires once for each of its slots, and a
slot takes those before it along: after a missed cron there is one reminder, not all of them.

A plan holds what would be done, act by act, so that doing it later is exactly that, except for
tickets that changed meanwhile.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import takewhile
from typing import Annotated, Any

import msgspec

from deskcli.act import chosen
from deskcli.condition import Condition, holds, paths
from deskcli.facts import arrival, instant, standing
from deskcli.move import arrival_in, intact, target
from deskcli.people import PROGRAM
from deskcli.problem import DeskError, Problem
from deskcli.rule import Action, Deadline, Rule, deadline_of, slot_of, slots
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, lookup, replay
from deskcli.yamltext import Value


class Due(msgspec.Struct, frozen=True):
    """What a firing is for: the value that came due, as text, and its slot, 0 being the first."""

    value: str
    slot: int = 0


class Planned(msgspec.Struct, frozen=True):
    """One firing: on which ticket, as read (`digest` of its text), and the event it makes."""

    ticket: str
    digest: str
    rule: str
    due: str
    act: dict[str, Any]
    slot: int = 0


class Plan(msgspec.Struct, frozen=True):
    """A file of `sweep --plan`: what would be done, decided at `at`."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    items: list[Planned] = []


class Sweep(msgspec.Struct, frozen=True):
    """The firings, and the rules that could not do their work on a ticket."""

    planned: list[Planned]
    problems: list[Problem]


def digest(ticket: Ticket) -> str:
    return sha256(ticket.doc.text.encode()).hexdigest()


def decide(scene: Scene, tickets: Iterable[Ticket]) -> Sweep:
    """Every rule on every ticket, in order; a later rule sees what earlier ones did."""
    planned: list[Planned] = []
    problems: list[Problem] = []
    for ticket in tickets:
        mark, known = digest(ticket), ticket
        for rule in scene.config.rules:
            try:
                if not (due := fires(scene, rule, known)):
                    continue
                act = _act(scene, rule, known, due)
            except DeskError as error:
                facts_ = {"rule": rule.id, "ticket": ticket.id, "why": [*error.problems]}
                problems.append(Problem("sweep.rule", facts_))
                continue
            planned.append(Planned(ticket.id, mark, rule.id, due.value, act, due.slot))
            known = _after(scene, known, act)
    return Sweep(planned, problems)


def _after(scene: Scene, ticket: Ticket, act: dict[str, Any]) -> Ticket:
    """As the act would leave it; its event is not of the operation, which a plan has not begun."""
    event = Event("", 0, scene.now.isoformat(timespec="seconds"), **act)
    return Ticket(replay([event], ticket.header), (*ticket.history, event), ticket.doc)


def fires(scene: Scene, rule: Rule, ticket: Ticket) -> Due | None:
    """For what the rule fires now; None when it does not (again)."""
    condition, known = scene.condition(rule.when), scene.facts(ticket)
    if not holds(condition, known):
        return None
    promised = ticket.text("due")
    if rule.deadline is None:
        promised = _sla_due(condition, known) or promised
    due = due_now(scene, rule, arrival(ticket), promised, str(known["updated"]))
    return None if due is None or _fired(ticket, rule.id, due) else due


def _sla_due(condition: Condition, known: dict[str, Value]) -> str:
    """When the promise fell due that the condition asks about: so a rule for late updates fires
    once for each update that is late.
    """
    asked = (p.rpartition(".")[0] for p in paths(condition) if p.startswith("sla."))
    return next((str(due) for p in asked if (due := lookup(known, f"{p}.due"))), "")


def due_now(scene: Scene, rule: Rule, opened: str, due: str, updated: str) -> Due | None:
    """The deadline that passed, and the latest of its slots that did; a rule without one goes by
    the promise.
    """
    if rule.deadline is None:
        return Due(due or "always")
    since = _since(scene, rule.deadline, opened, due, updated)
    if since is None:
        return None
    moments = slots(rule.deadline, since, scene.config.calendar)
    passed = list(takewhile(lambda moment: scene.now > moment, moments))
    return Due(passed[0].isoformat(timespec="seconds"), len(passed) - 1) if passed else None


def limit_of(
    scene: Scene, deadline: Deadline, opened: str, due: str, updated: str
) -> datetime | None:
    """When the deadline passes; None when what it counts from has not happened."""
    since = _since(scene, deadline, opened, due, updated)
    return deadline_of(deadline, since, scene.config.calendar) if since else None


def _since(
    scene: Scene, deadline: Deadline, opened: str, due: str, updated: str
) -> datetime | None:
    text = {"opened": opened, "due": due, "updated": updated}[deadline.since]
    return instant(text, scene.config.zone)


def _fired(ticket: Ticket, rule: str, due: Due) -> bool:
    """This slot, or a later one that took it along."""
    return any(
        e.data.get("rule") == rule and e.data.get("due") == due.value and slot_of(e) >= due.slot
        for e in standing(ticket.history)
        if e.did == "swept"
    )


# -- what a rule does -----------------------------------------------------------------------------


def _act(scene: Scene, rule: Rule, ticket: Ticket, due: Due) -> dict[str, Any]:
    """All actions of a rule as one event."""
    act: dict[str, Any] = {"did": "swept", "by": PROGRAM, "rule": _place(scene, rule)}
    data: dict[str, Any] = {"rule": rule.id, "due": due.value}
    if rule.deadline and rule.deadline.repeat:
        data["slot"] = str(due.slot)
    sets: dict[str, Value] = {}
    notes: list[str] = []
    for action in rule.actions:
        sets |= _sets(scene, action, ticket, act)
        if action.note:
            notes.append(action.note)
        if action.notify:
            data.setdefault("notify", []).append(_whom(action.notify, {**ticket.header, **sets}))
        for key, flag in (("adds", action.flag), ("drops", action.unflag)):
            if flag:
                act.setdefault(key, {}).setdefault("flags", []).append(flag)
    return {**act, "sets": sets, "text": "\n".join(notes), "data": data}


def _place(scene: Scene, rule: Rule) -> str:
    return scene.config.place("rule", rule.id)


def _sets(scene: Scene, action: Action, ticket: Ticket, act: dict[str, Any]) -> dict[str, Value]:
    """Values of the header that an action sets; who gets a ticket is recorded as in routing."""
    sets: dict[str, Value] = {}
    if action.move and action.move != ticket.text("status"):
        intact(scene, ticket)
        sets |= arrival_in(scene, ticket, target(scene, ticket, action.move))
    if action.reassign:
        intact(scene, ticket, "assignee")
        decision = chosen(scene, action.reassign)
        if decision.is_unassigned:
            raise DeskError(Problem("route.nobody", {"to": action.reassign, "why": decision.steps}))
        act["why"] = decision.steps
        sets |= decision.sets
    return sets


def _whom(to: str, header: dict[str, Value]) -> str:
    """`assignee` as the person it is now; a ticket without one is everybody's."""
    return str(header.get("assignee") or "team:all") if to == "assignee" else to


# -- doing it -------------------------------------------------------------------------------------


def carry_out(
    scene: Scene, planned: Iterable[Planned], tickets: dict[str, Ticket]
) -> Iterator[Change]:
    """The changes of a plan, one a ticket; tickets that are not as they were planned are left."""
    acts: dict[str, list[dict[str, Any]]] = {}
    for item in planned:
        ticket = tickets.get(item.ticket)
        if ticket is not None and digest(ticket) == item.digest:
            acts.setdefault(item.ticket, []).append(item.act)
    for name, own in acts.items():
        yield scene.change(tickets[name], *own)
