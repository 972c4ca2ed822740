"""What the index keeps of a ticket, of its events, and of a file that can not be read."""

from collections.abc import Sequence
from typing import Any

import msgspec

from deskcli import quoted
from deskcli.config import Config
from deskcli.facts import facts, searched, talked
from deskcli.links import link_keys
from deskcli.outbox import state
from deskcli.problem import Place, Problem
from deskcli.requester import requester_keys
from deskcli.ticket import Event, Ticket
from deskcli.timeline import counts_days, moments
from deskcli.timeline import packed as packed_moments


class Rows(msgspec.Struct, frozen=True):
    """What the index keeps of one file. Of a `broken` one that is only why it can not be read, a
    line for each problem; else `ticket` is the row, and `place` where the file says its id.
    """

    state: str
    racy: bool
    broken: str = ""
    place: Place | None = None
    ticket: tuple[Any, ...] = ()
    marks: Sequence[tuple[str, str]] = ()
    events: Sequence[tuple[Any, ...]] = ()
    words: str = ""

    @property
    def id(self) -> str:
        return str(self.ticket[0])

    @property
    def open(self) -> bool:
        return bool(self.broken) or self.ticket[5] == "true"


def made_by(config: Config) -> str:
    """What the derived columns depend on, as one text: the states, what counts as an update, and
    which target promises what to whom.
    """
    counts = config.settings.policies.counts_as_update
    states = sorted((s.id, s.state, s.clock) for s in config.workflow.values())
    days = [doc.text for doc in config.documents("calendars")] if counts_days(config) else []
    return repr((counts, states, config.targets, config.settings.timezone, days))


def ticket_rows(ticket: Ticket, path: str, config: Config, state: str, racy: bool) -> Rows:
    """The rows of a file that holds a ticket."""
    events = [event_row(ticket.id, event) for event in ticket.history]
    words = "\n".join([*searched(ticket.header), *(e.text for e in ticket.history if e.text)])
    row, place = ticket_row(ticket, path, config), ticket.doc.place(("id",))
    return Rows(state, racy, "", place, row, mark_rows(ticket), events, words)


def ticket_row(ticket: Ticket, path: str, config: Config) -> tuple[Any, ...]:
    """A row of the table `ticket`; the open or closed state is its sixth value."""
    known, history = facts(ticket, config), ticket.history
    return (
        *(ticket.id, path, int(ticket.id.rpartition("-")[2]), as_json(ticket.header)),
        *(known["state"], known["open"], ticket.text("status"), ticket.text("assignee")),
        *(ticket.text("category"), ticket.text("due")),
        *(history[0].at if history else "", history[-1].at if history else ""),
        *(known["updated"], state(history), source_key(ticket), as_json(known["macros"])),
        *(packed_moments(moments(ticket, config)), talked(ticket), known["text"]),
    )


def mark_rows(ticket: Ticket) -> list[tuple[str, str]]:
    """What a ticket is found by: who asks, the tickets it names, the messages that it quotes."""
    header = ticket.header
    marks = requester_keys(header) | link_keys(header) | quoted.marks(ticket)
    return [(mark, ticket.id) for mark in marks]


def source_key(ticket: Ticket) -> str:
    """What makes two imported submissions the same one."""
    key = ticket.text("source.key")
    return f"{ticket.text('source.import')}:{key}" if key else ""


def turns_key(roulette: str, period: str) -> str:
    return f"{roulette} {period}"


def event_row(ticket: str, event: Event) -> tuple[Any, ...]:
    spun = next((step for step in event.why if "turns" in step), {})
    turns, given = _turns_of(spun) if spun else "", spun.get("result", "")
    undoes = str(event.data.get("undoes", ""))
    who = (event.operation, event.at, event.actor, event.did)
    return (ticket, str(event.clk), event.id, *who, turns, given, undoes)


def _turns_of(step: dict[str, Any]) -> str:
    return turns_key(str(step["step"]).partition(":")[2], str(step.get("period", "")))


def as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def packed(problem: Problem) -> str:
    place = problem.place
    at = [place.path, place.line, place.column] if place else ["", 0, 0]
    return as_json([problem.code, dict(problem.facts), *at])


def unpacked(line: str) -> Problem:
    code, known, path, at, column = msgspec.json.decode(line)
    return Problem(code, known, Place(path, at, column))
