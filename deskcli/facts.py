"""What a ticket's header and history mean to conditions: its facts, derived ones included.

The index keeps these same facts as columns, so that a filter answers alike on both.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from msgspec import Struct

from deskcli.config import Config
from deskcli.factnames import CARRIED
from deskcli.fold import fold
from deskcli.problem import DeskError
from deskcli.ticket import Event, Ticket, drift, edited_at, undone
from deskcli.workflow import CLOSED
from deskcli.yamltext import Value

UNSEARCHED = frozenset(("source", "attachments", "flags"))


class Row(Struct, frozen=True):
    """A ticket as lists need it: its header and derived facts, without its history; `moments` is
    what moved its clocks (see `timeline.packed`), `talked` when the requester was last heard.
    """

    id: str
    path: str
    header: dict[str, Any]
    state: str
    opened: str
    changed: str
    updated: str
    moments: str
    talked: str

    @property
    def arrival(self) -> str:
        """As that of a ticket."""
        return str(self.header.get("opened_at") or self.opened)

    def facts(self, config: Config, names: Iterable[str]) -> dict[str, Any]:
        """The header with those of `names` that are derived facts, as far as a row has them."""
        derived = (name for name in names if name in CARRIED)
        return {**self.header, **{name: self.carried(name, config) for name in derived}}

    def carried(self, name: str, config: Config) -> str:
        """One of `CARRIED`; only the day it counts for takes time."""
        if name == "arrived":
            return arrived(self.arrival, config)
        if name == "open":
            return "false" if self.state in CLOSED else "true"
        return self.updated if name == "updated" else self.state


def facts(ticket: Ticket, config: Config) -> dict[str, Value]:
    """The header with `state`, `open`, `updated`, `text` and `macros` (see `factnames.DERIVED`)."""
    state = config.workflow.state(ticket.text("status"))
    return {
        **ticket.header,
        "state": state,
        "open": "false" if state in CLOSED else "true",
        "updated": updated_at(ticket, config),
        "macros": [e.data.get("macro") for e in standing(ticket.history) if e.did == "applied"],
        "text": haystack(ticket.header),
    }


def updated_at(ticket: Ticket, config: Config) -> str:
    """The instant of the first update; an edit by hand is one before any command records it."""
    counts = config.settings.policies.counts_as_update
    first = first_update(ticket.history, counts)
    if first or "edited" not in counts or not drift(ticket):
        return first
    at = edited_at(ticket)
    if at is None:
        return ticket.history[-1].at if ticket.history else ""
    return at.astimezone(config.zone).isoformat(timespec="seconds")


def first_update(history: Iterable[Event], counts: Iterable[str]) -> str:
    """The instant of the first update (O8), '' when there was none."""
    return next((event.at for event in updates(history, counts)), "")


def updates(history: Iterable[Event], counts: Iterable[str]) -> Iterator[Event]:
    """The events that count as updates (O8) and were not undone.

    A ticket that a person opened with a form from the terminal is updated by that; one that an
    import, a chat attempt or an e-mail opened is not.
    """
    for event in standing(history):
        if (event.did == "opened" and event.via == "cli") or event.did in counts:
            yield event


def answers(event: Event) -> bool:
    """Whether the requester was spoken to: a reply, a first message, a macro with one, or a date of
    which it says how they were told (F17). Of an attached conversation nobody can tell whose lines
    are the desk's.
    """
    to = event.data.get("to")
    return (
        event.did in ("replied", "messaged")
        or bool(event.data.get("contacted"))
        or (event.did == "applied" and isinstance(to, Mapping) and "channel" in to)
    )


def standing(history: Iterable[Event]) -> Iterator[Event]:
    """The events whose operation was not undone."""
    history = list(history)
    taken_back = undone(history)
    return (e for e in history if e.operation not in taken_back)


def talked(ticket: Ticket) -> str:
    """The instant at which the requester was last heard: asked, or in a conversation appended."""
    heard = (e.at for e in standing(ticket.history) if e.did in ("opened", "appended"))
    return max(heard, default="")


def arrival(ticket: Ticket) -> str:
    """When the requester asked: what the form says, else when the ticket was opened."""
    return ticket.text("opened_at") or (ticket.history[0].at if ticket.history else "")


def arrived(at: str, config: Config) -> str:
    """The business day that what came at this instant counts for: after hours, that of the next
    opening (O-X11); of a desk that never opens, the day itself. '' for what is no instant.
    """
    came, calendar = instant(at, config.zone), config.calendar
    if came is None:
        return ""
    with contextlib.suppress(DeskError):
        came = calendar.next_opening(came)
    return came.date().isoformat()


def instant(text: str, zone: tzinfo) -> datetime | None:
    """A date alone means the beginning of its day, in the desk's zone. None for what people make of
    it by hand and no clock ever shows.
    """
    try:
        if len(text) > len("YYYY-MM-DD"):
            at = datetime.fromisoformat(text)
        else:
            at = datetime.combine(date.fromisoformat(text), datetime.min.time(), zone)
    except ValueError:
        return None
    return at.astimezone(zone) if at.tzinfo and 1900 <= at.year < 2200 else None


def haystack(header: Mapping[str, Any]) -> str:
    """Every text of the header that people search for, folded, one a line."""
    return "\n".join(map(fold, searched(header)))


def searched(header: Mapping[str, Any]) -> list[str]:
    """The same as it was written."""
    return [text for k, v in header.items() if k not in UNSEARCHED for text in _texts(v)]


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [t for v in value.values() for t in _texts(v)]
    if isinstance(value, list):
        return [t for v in value for t in _texts(v)]
    return [str(value)] if value not in (None, "") else []
