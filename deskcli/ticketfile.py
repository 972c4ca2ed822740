"""A ticket and its file: read, written for the first time, and changed by splices."""

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from deskcli.problem import DeskError, Problem
from deskcli.schema import typed
from deskcli.ticket import (
    HEADER,
    HISTORY,
    Change,
    Event,
    Instant,
    Ticket,
    apply,
    copy_of,
    lookup,
    split_path,
)
from deskcli.yamledit import Append, Drop, Edit, Put, edit
from deskcli.yamltext import MAX_BYTES, Document, Path, Value
from deskcli.yamlwrite import block, item

Text = str | None
# Kinds of events that bring a text of any length; and bytes of a ticket that they leave to others.
SAID = frozenset(("noted", "replied", "messaged", "appended"))
ROOM = 64 << 10
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$", title="date")]


class Attachment(Struct, frozen=True):
    """A file of the ticket: its own name is data, `sha256` is where it lies in the desk."""

    name: str
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", title="sha256")]
    size: str = ""
    type: str = ""


class Visit(Struct, frozen=True, rename={"goes": "with"}):
    """An appointment at the customer's (`visit.py`)."""

    at: Instant | None = None
    goes: Text = None
    customer_confirmed: Text = None
    done: Text = None
    cancelled: Instant | None = None


class TicketFile(Struct, frozen=True):
    """A ticket's file, as `schema ticket` tells it; keys that people add are welcome."""

    id: str
    history: tuple[Event, ...]
    title: Text = None
    form: Text = None
    brand: Text = None
    category: Text = None
    subcategory: Text = None
    outcome: Text = None
    status: Text = None
    priority: Text = None
    team: Text = None
    assignee: Text = None
    requester: dict[str, Text] | None = None
    org: Text = None
    channel: Text = None
    origin: Text = None
    visibility: Text = None
    opened_at: Instant | None = None
    due: Day | None = None
    next_action: Day | None = None
    on_reply: dict[str, str] | None = None
    summary: Text = None
    flags: list[str] | None = None
    fields: dict[str, Any] | None = None
    tags: list[str] | None = None
    cc: list[str] | None = None
    mentions: list[str] | None = None
    links: list[str] | None = None
    visit: Visit | None = None
    attachments: list[Attachment] | None = None
    source: dict[str, Text] | None = None


def from_document(doc: Document) -> Ticket:
    """The ticket in a file; DeskError (exit 65) with every place that is not one's."""
    if not isinstance(doc.value, dict) or not doc.value.get("id"):
        raise DeskError(Problem("ticket.not_one", {}, doc.place()))
    known = typed(doc, TicketFile)
    if impossible := list(_impossible(doc, known)):
        raise DeskError(*impossible)
    if list(doc.value)[-1] != HISTORY:
        raise DeskError(Problem("ticket.history_last", {}, doc.place((HISTORY,))))
    return Ticket({k: v for k, v in doc.value.items() if k != HISTORY}, known.history, doc)


def _impossible(doc: Document, known: TicketFile) -> Iterator[Problem]:
    """Days and instants that have the shape of one and are none: 31/02, the month 13; and a visit
    in a year that zones have in part, so that no calendar takes it.
    """
    visit = known.visit or Visit()
    own: dict[Path, str | None] = {(HISTORY, n, "at"): e.at for n, e in enumerate(known.history)}
    own |= {(key,): getattr(known, key) for key in ("due", "next_action", "opened_at")}
    own |= {("visit", key): getattr(visit, key) for key in ("at", "cancelled")}
    for path, text in own.items():
        try:
            year = datetime.fromisoformat(text or "2000-01-01").year
            if path[0] == "visit" and year in (MINYEAR, MAXYEAR):
                raise ValueError(text)
        except ValueError:
            facts = {"value": text, "expected": "date" if len(str(text)) == 10 else "instant"}
            yield Problem("schema.type", facts, doc.value_place(path))


def new_text(change: Change, ticket_id: str) -> str:
    """The file of a ticket that did not exist."""
    made = change.after | {"id": ticket_id}
    order = {key: n for n, key in enumerate(HEADER)}
    header = dict(sorted(made.items(), key=lambda kv: order.get(kv[0], len(order))))
    events = "".join(item(event_values(e)) for e in change.events)
    return f"{block(header)}\n{HISTORY}:\n{events}"


def crowded(change: Change) -> Problem | None:
    """That what is said would take the room which a ticket keeps for what has to be done to it yet:
    to date it, to give it to somebody, above all to resolve it.
    """
    if change.is_new or SAID.isdisjoint(event.did for event in change.events):
        return None
    events = "".join(item(event_values(e)) + block(e.sets) for e in change.events)
    size, limit = len((change.ticket.doc.text + events).encode()), MAX_BYTES - ROOM
    if size <= limit:
        return None
    return Problem("ticket.full", {"ticket": change.ticket.id, "size": size, "limit": limit})


def changed(change: Change) -> Document:
    """The ticket's file after the events: only their lines differ from what the person left."""
    edits: list[Edit] = []
    header = copy_of(change.ticket.header)
    for event in change.events:
        edits += _header_edits(header, event)
        apply(header, event)
    edits += [Append((HISTORY,), event_values(e)) for e in change.events]
    return edit(change.ticket.doc, edits, last=HISTORY)


def _header_edits(header: dict[str, Value], event: Event) -> Iterator[Edit]:
    """The event's part of the header, as splices; what already stands so is left alone."""
    for path, value in event.sets.items():
        keys = tuple(split_path(path))
        held = lookup(header, path)
        if value is None and held is not None:
            yield Drop(keys)
        elif value is not None and held != value:
            yield Put(keys, value)
    for path, members in event.adds.items():
        held = header.get(path) or []
        yield from (Append((path,), m) for m in members if m not in held)
    for path, members in event.drops.items():
        held = header.get(path) or []
        gone = [n for n, m in enumerate(held) if m in members]
        yield from (Drop((path, n)) for n in reversed(gone))


def event_values(event: Event) -> dict[str, Value]:
    """The event as the file has it: empty parts left out."""
    values: dict[str, Value] = msgspec.to_builtins(event)
    return values
