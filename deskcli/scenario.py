"""The desk's own scenarios, tried in memory with the decisions that the commands take."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from deskcli import visit
from deskcli.act import annotate, assign, due
from deskcli.address import recipient
from deskcli.answer import reply
from deskcli.apply import apply_macro
from deskcli.condition import Condition, Test, holds, paths, texts, words_of
from deskcli.config import Config, find
from deskcli.dates import parse_instant, parse_stamp
from deskcli.factnames import SENT
from deskcli.facts import Row, updated_at
from deskcli.intake import open_ticket
from deskcli.move import move
from deskcli.outbox import entries, first_message, letter
from deskcli.people import PROGRAM, Person
from deskcli.problem import DeskError, Problem
from deskcli.refill import change_values
from deskcli.reply import Message
from deskcli.requester import requester_keys
from deskcli.scenariofile import Scenario, When
from deskcli.scene import Scene
from deskcli.sweep import carry_out, decide
from deskcli.ticket import Change, Event, Ticket, header_path, lookup, put, replay
from deskcli.yamltext import Document, Path, Value


def try_out(
    config: Config, doc: Document, path: Path, scenario: Scenario, people: list[Person]
) -> Iterator[Problem]:
    """What does not come as the scenario, which stands at `path` of `doc`, says; `people` are those
    that its file brings.
    """
    now = parse_stamp(scenario.at, config.zone)
    config = config.given(scenario.given, people, now.date())
    tickets = [_ticket(config, now, n, held) for n, held in enumerate(scenario.given.tickets, 1)]
    scene = _scene(config, now, scenario, tickets)
    known, problems = _outcome(scene, scenario.when, tickets)
    then = {key: scene.condition({key: held}) for key, held in scenario.then.items()}
    if problems and not {"refused", "missing"} & {p for c in then.values() for p in paths(c)}:
        refusal = {"refused": known["refused"], "problems": list(problems)}
        at = doc.value_place((*path, "then"))
        yield Problem("scenario.refused", {"scenario": scenario.name, **refusal}, at)
        return
    for key, condition in then.items():
        if not holds(condition, known):
            told = {"expected": words_of(condition), "found": _found(condition, known)}
            at = doc.place((*path, "then", key))
            yield Problem("scenario.failed", {"scenario": scenario.name, **told}, at)


def _found(condition: Condition, known: Mapping[str, Value]) -> str:
    """What there is, for each name that the condition asks, in the same words."""
    held = {name: tuple(texts(lookup(known, name))) for name in paths(condition)}
    return " ".join(words_of(Test(n, "in" if v else "absent", v)) for n, v in held.items())


# -- given ----------------------------------------------------------------------------------------


def _scene(config: Config, now: datetime, scenario: Scenario, tickets: list[Ticket]) -> Scene:
    """The scenario's own moment, actor, tickets and absences, under the desk's rules."""
    return Scene(
        config=config,
        now=now,
        by=scenario.as_ or PROGRAM,
        via="cli" if scenario.as_ else "import",
        fresh_id=map("{:026}".format, count(1)).__next__,
        tickets_of=lambda keys, but, _since: [
            t for t in tickets if requester_keys(t.header) & keys and not (but and t.id == but)
        ],
        rows_where=lambda asked: [_row(t, config) for t in tickets if holds(asked, t.header)],
    )


def _ticket(config: Config, now: datetime, n: int, held: Mapping[str, Value]) -> Ticket:
    """A ticket with the history that its words imply: it came in, macros were applied, and when it
    was last updated it got the status that it has.
    """
    said = flat(with_files(held))
    opened = moment(config, said.pop("opened_at", "")) or now.isoformat(timespec="seconds")
    updated = moment(config, said.pop("updated", ""))
    applied = said.pop("macros", [])
    header: dict[str, Value] = {"opened_at": opened}
    for name, value in said.items():
        put(header, header_path(name), value)
    happened: list[dict[str, Any]] = [{"did": "opened", "at": opened, "sets": header}]
    happened += [
        {"did": "applied", "at": updated or opened, "data": {"macro": macro}}
        for macro in texts(applied)
    ]
    if updated:
        did, sets = config.settings.policies.counts_as_update[0], {"status": header.get("status")}
        happened.append({"did": did, "at": updated, "sets": sets})
    events = tuple(Event("", clk, by=PROGRAM, **act) for clk, act in enumerate(happened, 1))
    return Ticket(replay(events, {"id": f"{config.settings.prefix}-{n}"}), events)


def _row(ticket: Ticket, config: Config) -> Row:
    state = config.workflow.state(ticket.text("status"))
    first, last = ticket.history[0].at, ticket.history[-1].at
    return Row(
        ticket.id, "", ticket.header, state, first, last, updated_at(ticket, config), "", first
    )


def with_files(held: Mapping[str, Value]) -> dict[str, Value]:
    """A file of a ticket that is only tried needs no content."""
    files = held.get("attachments")
    if not isinstance(files, list):
        return dict(held)
    whole = [{"sha256": "0" * 64, **f} if isinstance(f, Mapping) else f for f in files]
    return {**held, "attachments": whole}


def moment(config: Config, text: str) -> str:
    """As tickets have it; '' for ''. Refuses what is no date with a time."""
    return parse_stamp(text, config.zone).isoformat(timespec="seconds") if text else ""


def flat(held: Mapping[str, Value]) -> dict[str, Value]:
    """`{requester: {name: x}}` and `{requester.name: x}` are one."""
    found: dict[str, Value] = {}
    for name, value in held.items():
        if isinstance(value, Mapping) and name != "on_reply":
            found |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            found[name] = value
    return found


# -- when -----------------------------------------------------------------------------------------


def acts_of(when: When) -> list[str]:
    """What was written down to happen; a scenario that can be tried has one act."""
    named = [name for name in ACTS if getattr(when, name) not in (None, "", False)]
    return [name for name in named if name != "due" or "move" not in named]


def _outcome(
    scene: Scene, when: When, tickets: list[Ticket]
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """The facts of the ticket afterwards, with those of the act itself, and why it was refused."""
    [name] = acts_of(when)
    ticket = Ticket({}) if name == "create" else tickets[0]
    change = Change(ticket, ())
    problems: tuple[Problem, ...] = ()
    try:
        change = ACTS[name](scene, ticket, when)
    except DeskError as error:
        problems = error.problems
    after = Ticket(change.after, (*ticket.history, *change.events))
    own = {
        "refused": list(dict.fromkeys(p.code for p in problems)),
        "missing": [p.facts["field"] for p in problems if "field" in p.facts],
        "why": [event.why[-1]["step"] for event in change.events if event.why],
        "outbox": _sent(scene.config, after, change),
    }
    return {**scene.facts(after), **own}, problems


def _sent(config: Config, ticket: Ticket, change: Change) -> dict[str, Value]:
    """What the act put into the outbox, each part of all its letters."""
    letters = [letter(config, ticket, entry) for entry in entries(change.events)]
    parts = (name.partition(".")[2] for name in SENT)
    return {part: [one[part] for one in letters if one[part]] for part in parts}


def _created(scene: Scene, _: Ticket, when: When) -> Change:
    intake = open_ticket(scene, flat(when.create or {}))
    if intake.change is None:
        raise DeskError(*intake.problems)
    return intake.change


def _applied(scene: Scene, ticket: Ticket, when: When) -> Change:
    return apply_macro(scene, ticket, find("macro", when.apply, scene.config.macros), {})


def _moved(scene: Scene, ticket: Ticket, when: When) -> Change:
    return move(scene, ticket, when.move, when.note, _day(scene, when.due))


def _scheduled(scene: Scene, ticket: Ticket, when: When) -> Change:
    decide = visit.schedule if when.schedule else visit.put_off
    at = parse_instant(when.schedule or when.reschedule, scene.now, scene.config.calendar)
    return decide(scene, ticket, at, when.note, agreed=when.confirmed)


def _day(scene: Scene, text: str) -> str:
    return scene.day(text).isoformat() if text else ""


def _swept(scene: Scene, ticket: Ticket, _: When) -> Change:
    found = decide(scene, [ticket])
    if found.problems:
        raise DeskError(*found.problems)
    changes = list(carry_out(scene, found.planned, {ticket.id: ticket}))
    return changes[0] if changes else Change(ticket, ())


ACTS: dict[str, Callable[[Scene, Ticket, When], Change]] = {
    "create": _created,
    "set": lambda s, t, when: change_values(s, t, flat(when.set or {})),
    "assign": lambda s, t, when: assign(s, t, when.assign, when.note),
    "move": _moved,
    "apply": _applied,
    "annotate": lambda s, t, when: annotate(s, t, when.annotate),
    "reply": lambda s, t, when: reply(s, t, Message(when.reply)),
    "message": lambda s, t, when: first_message(s, t, Message(when.message), recipient(s, t)),
    "due": lambda s, t, when: due(s, t, _day(s, when.due), when.note),
    "schedule": _scheduled,
    "reschedule": _scheduled,
    "sweep": _swept,
}
NOTED = ("assign", "move", "due", "schedule", "reschedule")  # those that take a note
