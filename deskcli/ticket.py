"""The ticket: a header that people read, and the history that made it.

Everything that happens is an `Event`; a `Change` (a ticket and its new events) is the only way the
program alters a ticket. `sets`, `adds` and `drops` are keyed by dotted header path, so that one
`apply` serves every kind of event and `replay`, drift, undo and `why` need to know none of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from deskcli.yamltext import Document, Value

# Keys of the header in the order a new file has them; any other name is a field of the form.
HEADER = tuple(
    "id title form brand category subcategory outcome status priority team assignee requester org"
    " channel origin visibility opened_at due next_action on_reply summary flags fields tags cc"
    " mentions links visit attachments source".split()
)
HISTORY = "history"


# What can happen to a ticket, as `did` says it.
DEEDS = frozenset(
    "opened routed assigned noted replied filled edited moved resolved reopened cancelled promised"
    " attached applied swept scheduled rescheduled unscheduled confirmed visited appended linked"
    " unlinked undone messaged sent".split()
)
Instant = Annotated[
    str,
    msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d$", title="instant"),
]


class Event(msgspec.Struct, frozen=True, omit_defaults=True, rename={"as_": "as"}):
    """Something that happened, and what it set.

    `id` is a ULID and `clk` counts the ticket's events from 1. `at` is an ISO instant with offset.
    `by` is who acted (`deskcli` for decisions of the program), `as_` whom they said they were,
    `via` the way it came (`cli`, `import`, `sweep`; `file` for an edit by hand, which is put down
    to the file's owner). `cause` is the id of the first event of the
    operation, so that a whole import can be found and undone. In `sets`, None removes the key.
    """

    id: str
    clk: int
    at: Instant
    by: str
    did: str
    as_: str = ""
    via: str = ""
    sets: dict[str, Any] = {}
    adds: dict[str, list[Any]] = {}
    drops: dict[str, list[Any]] = {}
    text: str = ""
    data: dict[str, Any] = {}
    rule: str = ""
    cause: str = ""
    why: list[dict[str, Any]] = []

    @property
    def operation(self) -> str:
        return self.cause or self.id

    @property
    def actor(self) -> str:
        return self.as_ or self.by


class Saved(msgspec.Struct, frozen=True):
    """What the file system knows of a ticket's file: whose it is, and when (in seconds since 1970)
    it was last written.
    """

    uid: int
    at: float


class Ticket(msgspec.Struct, frozen=True):
    """A ticket as last read; `doc` is its file, and `doc.text` what a decision rests on (two that
    are equal were also saved at the same time).
    """

    header: dict[str, Value]
    history: tuple[Event, ...] = ()
    doc: Document = msgspec.field(default_factory=lambda: Document("", ""))
    saved: Saved | None = None

    @property
    def id(self) -> str:
        return str(self.header.get("id") or "")

    def get(self, path: str) -> Value:
        return lookup(self.header, path)

    def text(self, path: str) -> str:
        """The scalar at `path`, '' when it is absent."""
        value = lookup(self.header, path)
        return value if isinstance(value, str) else ""


class Change(msgspec.Struct, frozen=True):
    """New events for `ticket`; one without an id does not exist yet."""

    ticket: Ticket
    events: tuple[Event, ...]

    @property
    def is_new(self) -> bool:
        return not self.ticket.id

    @property
    def after(self) -> dict[str, Value]:
        return replay(self.events, self.ticket.header)


# -- paths ----------------------------------------------------------------------------------------


def header_path(name: str) -> str:
    """`product` -> `fields.product`; names of the header itself stay as they are."""
    return name if name.split(".", maxsplit=1)[0] in HEADER else f"fields.{name}"


def field_name(path: str) -> str:
    """The inverse, as people type it: `fields.product` -> `product`."""
    return path.removeprefix("fields.")


def split_path(path: str) -> list[str]:
    """In a key that a person added a dot is written `\\.`, and a backslash `\\\\`."""
    if "\\" not in path:
        return path.split(".")
    keys = [""]
    for sign in re.findall(r"\\[\\.]|.", path, re.DOTALL):
        if sign == ".":
            keys.append("")
        else:
            keys[-1] += sign[-1]
    return keys


def lookup(header: Mapping[str, Value], path: str) -> Value:
    value: Value = header
    for key in split_path(path):
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def open_visit(header: Mapping[str, Value]) -> str:
    """The instant of a visit that is scheduled and has not taken place, else ''."""
    done = lookup(header, "visit.done") == "true"
    return "" if done else str(lookup(header, "visit.at") or "")


def put(header: dict[str, Value], path: str, value: Value) -> None:
    *above, key = split_path(path)
    _below(header, above)[key] = value


def _below(header: dict[str, Value], keys: Iterable[str]) -> dict[str, Value]:
    """The mapping that the keys lead to, made where there is none: a hand may have emptied it."""
    for name in keys:
        if not isinstance(header.get(name), dict):
            header[name] = {}
        header = header[name]
    return header


# -- events and headers ---------------------------------------------------------------------------


def replay(events: Iterable[Event], header: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """The header that the events make, from nothing or from `header` (which is not changed)."""
    made: dict[str, Value] = copy_of(header or {})
    for event in events:
        apply(made, event)
    return made


def apply(header: dict[str, Value], event: Event) -> None:
    """Do to `header` what the event did."""
    for path, value in event.sets.items():
        *above, key = split_path(path)
        inner = _below(header, above)
        if value is None:
            inner.pop(key, None)
        else:
            inner[key] = copy_of(value)
    for path, members in event.adds.items():
        held = _members(header, path)
        held += [m for m in members if m not in held]
    for path, members in event.drops.items():
        held = _members(header, path)
        held[:] = [m for m in held if m not in members]


def undone(history: Iterable[Event]) -> frozenset[str]:
    """The operations that were taken back on this ticket."""
    return frozenset(str(e.data.get("undoes")) for e in history if e.did == "undone")


def _members(header: dict[str, Value], path: str) -> list[Value]:
    held = header.get(path)
    if not isinstance(held, list):
        held = header[path] = [held] if held else []
    return held


def copy_of(value: Value) -> Value:
    if isinstance(value, Mapping):
        return {k: copy_of(v) for k, v in value.items()}
    return [copy_of(v) for v in value] if isinstance(value, list) else value


def drift(ticket: Ticket) -> dict[str, Value]:
    """What a person changed in the header by hand, as `sets` that bring the history up to it."""
    held = {k: v for k, v in ticket.header.items() if k != "id"}
    return differences(replay(ticket.history), held)


def edited_at(ticket: Ticket) -> datetime | None:
    """When its header was edited by hand, as far as the file tells: when it was last written, if
    that is after all that the history knows.
    """
    if ticket.saved is None:
        return None
    try:
        at = datetime.fromtimestamp(ticket.saved.at, UTC)
        last = datetime.fromisoformat(ticket.history[-1].at) if ticket.history else at
    except (ValueError, OverflowError):  # a day that no calendar has
        return None
    return at if last <= at else None


def differences(was: Mapping[str, Value], now: Mapping[str, Value]) -> dict[str, Value]:
    """The `sets` that make `now` of `was`, each at the smallest path that differs."""
    old, new = dict(_leaves(was)), dict(_leaves(now))
    gone: dict[str, Value] = {path: None for path in old if path not in new}
    return gone | {path: value for path, value in new.items() if old.get(path) != value}


def _leaves(value: Mapping[str, Value], above: str = "") -> Iterator[tuple[str, Value]]:
    for key, held in value.items():
        path = above + str(key).replace("\\", "\\\\").replace(".", "\\.")
        if isinstance(held, Mapping):
            yield from _leaves(held, path + ".")
        elif held not in (None, "", []):
            yield path, held
