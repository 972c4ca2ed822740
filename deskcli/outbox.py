"""What is to leave the desk: messages to customers, notices to its own people (F20).

The outbox is no file of its own: it is all that the tickets' histories say was to be sent, without
what was marked as sent since and without what was undone before it went out. An entry has the id of
its event (`-2`, `-3` ... for the further notices of one event), which stays the same however often
it is given out: a sender that remembers ids sends nothing twice.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deskcli.address import of_staff, sendable
from deskcli.config import Config
from deskcli.facts import standing
from deskcli.move import may_update
from deskcli.problem import Problem, refuse
from deskcli.reply import Message, not_empty
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, undone

MESSAGE, NOTIFY = "message", "notify"


class Entry(Struct, frozen=True):
    """One thing to send. `to` is `{channel, address}` of a customer, or `{team}` or `{notify}` of
    the desk's own people. `sent` is an instant, '' while it waits.
    """

    id: str
    kind: str
    event: Event
    to: Mapping[str, Any]
    sent: str = ""
    is_undone: bool = False


# -- what a history says --------------------------------------------------------------------------


def entries(history: Sequence[Event]) -> list[Entry]:
    """What waits, and what was sent; without what was undone before it went out."""
    return [entry for entry in _all(history) if entry.sent or not entry.is_undone]


def state(history: Sequence[Event]) -> str:
    """`waiting` when something is still to go, `sent` when all of it went, '' for nothing."""
    found = entries(history)
    return "waiting" if any(not e.sent for e in found) else "sent" if found else ""


def _all(history: Sequence[Event]) -> list[Entry]:
    """Whatever was ever to be sent."""
    found = [entry for event in history for entry in _of(event)]
    if not found:
        return []
    taken_back, sent = undone(history), _sent(history)
    return [
        replace(e, sent=sent.get(e.id, ""), is_undone=e.event.operation in taken_back)
        for e in found
    ]


def _of(event: Event) -> Iterator[Entry]:
    if isinstance(to := event.data.get("to"), Mapping):
        yield Entry(event.id, MESSAGE, event, to)
    for n, whom in enumerate(_list(event.data.get("notify")), 1):
        name = event.id if n == 1 else f"{event.id}-{n}"
        yield Entry(name, NOTIFY, event, {"notify": str(whom)})


def _sent(history: Sequence[Event]) -> dict[str, str]:
    """When each entry was marked as sent, by its id."""
    marks = (event for event in standing(history) if event.did == "sent")
    return {str(name): event.at for event in marks for name in _list(event.data.get("sent"))}


def _list(value: Any) -> list[Any]:
    """What a history should have as a list, whatever somebody made of it."""
    return value if isinstance(value, list) else []


# -- in and out -----------------------------------------------------------------------------------


def first_message(scene: Scene, ticket: Ticket, said: Message, to: Mapping[str, str]) -> Change:
    """A message that answers nothing: it counts as an update, and leaves the ticket where it is."""
    may_update(scene, ticket)
    if not said.text.strip():
        raise refuse("note.empty")
    act = {"did": "messaged", "text": said.text.strip(), "data": outgoing(said, to)}
    return scene.change(ticket, act)


def outgoing(said: Message, to: Mapping[str, str]) -> dict[str, Any]:
    """The data of an event whose text is to be sent."""
    return not_empty({"to": to, "template": said.template, "subject": said.subject})


def mark(scene: Scene, ticket: Ticket, ids: Collection[str]) -> tuple[Change | None, list[Problem]]:
    """These entries as sent, if they were not already; and what is wrong with the others. One that
    was undone after it was given out has gone all the same: it is marked, and told of.
    """
    known = {entry.id: entry for entry in _all(ticket.history)}
    problems = [Problem("outbox.unknown", {"id": name}) for name in ids if name not in known]
    fresh = [name for name in dict.fromkeys(ids) if name in known and not known[name].sent]
    gone = [name for name in fresh if known[name].is_undone]
    problems += [Problem("outbox.undone", {"id": name, "ticket": ticket.id}) for name in gone]
    act = {"did": "sent", "data": {"sent": fresh}}
    return (scene.change(ticket, act) if fresh else None), problems


def still_here(ticket: Ticket, operation: str) -> None:
    """Refuses when a message of the operation has gone out: it can not be taken back."""
    for entry in entries(ticket.history):
        if entry.kind == MESSAGE and entry.sent and entry.event.operation == operation:
            raise refuse("undo.sent", ticket=ticket.id, at=entry.sent)


WHOLE = 26  # letters of an id, with no number behind it
SHORT = 6  # letters of an id's end: one of a thousand million


def shortened(ids: Sequence[str]) -> dict[str, str]:
    """Each id by its end, whole where another ends so."""
    found = {name: name[-SHORT:] for name in ids}
    times = Counter(found.values())
    return {name: end if times[end] == 1 else name for name, end in found.items()}


def whole_id(end: str, ids: Sequence[str]) -> str:
    """The one id that ends so; the end as it is where none does, or several."""
    same = [name for name in ids if len(end) >= SHORT and name.endswith(end.upper())]
    return same[0] if len(same) == 1 else end


# -- as it goes -----------------------------------------------------------------------------------


def letter(config: Config, ticket: Ticket, entry: Entry) -> dict[str, Any]:
    """What a sender needs, with stable keys. `address` is '' when there is none to send to; a
    subject is one line, and no text holds a control character but newlines and tabs.
    """
    event = entry.event
    to = _address(config, entry)
    subject, text = str(event.data.get("subject") or ""), event.text
    if entry.kind == NOTIFY:
        labels = {rule.id: rule.label for rule in config.rules}
        label = labels.get(str(event.data.get("rule")), "")
        subject = f"{ticket.id} {ticket.text('title')}"
        text = "\n".join(part for part in (label, event.text) if part)
    return {
        "id": entry.id,
        "kind": entry.kind,
        "ticket": ticket.id,
        "channel": to.get("channel", ""),
        "address": to.get("address", ""),
        "whom": whom(entry) or None,
        "subject": " ".join(_clean(subject).split()),
        "text": _clean(text),
        "template": event.data.get("template"),
        "attachments": _files(ticket, event),
        "by": event.actor,
        "created_at": event.at,
    }


def unaddressed(letters: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """That some of these wait for an address, by their tickets."""
    lost = (one for one in letters if not one["address"])
    if known := dict.fromkeys(f"{one['ticket']} ({one['whom'] or one['channel']})" for one in lost):
        yield Problem("outbox.address", {"known": list(known)}, hint="deskcli outbox list")


def whom(entry: Entry) -> str:
    """A person of the desk, `team:NAME` or `role:NAME`; '' for a customer."""
    to = entry.to
    return f"team:{to['team']}" if "team" in to else str(to.get("notify") or "")


def _address(config: Config, entry: Entry) -> Mapping[str, str]:
    """What was written down, if it can be sent to; of the desk's own people as they are now."""
    if name := whom(entry):
        return of_staff(config, name)
    to = {key: str(entry.to.get(key) or "") for key in ("channel", "address")}
    known = config.channels.get(to["channel"])
    return to if known and sendable(known.kind, to["address"]) else {**to, "address": ""}


def _clean(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) != "Cc")


def _files(ticket: Ticket, event: Event) -> list[Any]:
    """The ticket's files that go along."""
    wanted = _list(event.data.get("attachments"))
    held = _list(ticket.header.get("attachments"))
    return [file for file in held if isinstance(file, Mapping) and file.get("sha256") in wanted]
