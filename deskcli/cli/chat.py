"""Conversations from elsewhere: read, told apart into sides, and quoted into tickets (F1 to F9)."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from deskcli.cli import session
from deskcli.cli.files import Given, given, kept
from deskcli.cli.show import safe, show_problems, tell
from deskcli.cli.words import N_, _
from deskcli.fold import fold
from deskcli.merge import Talk
from deskcli.problem import DeskError, Place, refuse
from deskcli.quoted import CHAT, Said, has_lines, in_tickets, known, lines_of, said_marks
from deskcli.scene import Scene
from deskcli.sources.chat import (
    ROLES,
    Media,
    Message,
    Transcript,
    fingerprint,
    match_people,
    overlap,
    read_chat,
    read_chat_bytes,
)
from deskcli.ticket import Ticket
from deskcli.values import whatsapp
from deskcli.whose import Clues, clues


class Chat(Struct, frozen=True):
    """A conversation's file: read, and as an attachment. `title` is what its name calls it, `path`
    how it was typed.
    """

    transcript: Transcript
    file: Given
    key: str
    title: str
    path: str

    def talk(self, messages: Sequence[Message] | None = None) -> Talk:
        """All of it, or some of its messages, quoted."""
        said = self.transcript.messages if messages is None else messages
        return Talk(self.key, quoted(said), lines(said), self.file.record)

    def part(self, lines: str, place: Place | None = None) -> list[Message]:
        """The messages on lines `12-40` or `12-20, 31-40`, as the file counts them from 1."""
        count = len(self.transcript.lines)
        spans = [re.fullmatch(r"\s*(\d{1,7})\s*(?:-\s*(\d{1,7})\s*)?", s) for s in lines.split(",")]
        found: list[Message] = []
        for span in spans:
            first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
            if not 1 <= first <= last <= count:
                raise refuse("chat.lines", place, lines=lines, count=count, file=self.path)
            found += (
                m
                for m in self.transcript.messages
                if m.line_first <= last and m.line_last >= first and m not in found
            )
        return found


def read(path: Path) -> Chat:
    """A WhatsApp export (text or zip), a copy of a chat, or any text; its doubts are shown."""
    people = session.desk().config.people.values()
    export = read_chat(path, [n for p in people for n in (p.name, *p.aliases)])
    if not quoted(export.transcript.messages):
        raise refuse("chat.empty", file=str(path))
    show_problems(export.transcript.notes)
    [file] = given([path])
    return Chat(export.transcript, file, fingerprint(export.transcript), export.title, str(path))


def customer(chat: Chat) -> dict[str, str]:
    """Name or telephone of the one participant who is not of the desk; nothing when several are, or
    when it is only called what every customer is. A telephone that one organisation has tells which
    (F9).
    """
    others = _others(chat)
    if len(others) != 1 or fold(others[0]) in ROLES:
        return {}
    path, value = _known_by(others[0])
    orgs = session.desk().config.orgs.values() if path == "requester.phone" else ()
    having = [org.id for org in orgs if any(c.phone == value for c in org.contacts)]
    return {path: value, **({"org": having[0]} if len(having) == 1 else {})}


def _known_by(author: str) -> tuple[str, str]:
    number = whatsapp(author) if any(c.isdigit() for c in author) else None
    return ("requester.phone", number) if number else ("requester.name", author)


def clues_of(chat: Chat) -> Clues:
    """What it tells of whose it is."""
    others = _others(chat)
    said: list[str] = []
    answered: list[str] = []
    for message in chat.transcript.messages:
        ours = message.system or (message.author and message.author not in others)
        (answered if ours else said).append(message.text)
    titles, both = [chat.title, *others], map("\n".join, (said, answered))
    return clues(session.desk().config, [_known_by(name) for name in others], titles, *both)


def _others(chat: Chat) -> list[str]:
    """The participants who are not of the desk."""
    people = session.desk().config.people.values()
    own = match_people(
        chat.transcript.participants, [(p.id, p.name, p.aliases, []) for p in people]
    )
    return [name for name in chat.transcript.participants if name not in own]


def opened(talk: Talk) -> str:
    """The ticket that this part of a conversation opened, or ''."""
    return session.desk().of_source(f"{CHAT}:{talk.origin.source['key']}")


class News(Struct, frozen=True):
    """What of a conversation is in no ticket yet; `told` is what `tickets` have, and which of them:
    `1-3 (ACA-1), 4 (ACA-1, ACA-2)`.
    """

    messages: list[Message]
    tickets: list[str]
    told: str

    def show(self) -> None:
        if self.told:
            told = safe(self.told)
            tell(_("Left out are the lines that tickets have already: {lines}.").format(lines=told))


def news(
    scene: Scene,
    chat: Chat,
    messages: Iterable[Message],
    asking: Ticket,
    apart: Collection[str] = (),
) -> News:
    """Of these messages of whoever is `asking`, by a ticket or the values of one to be; the tickets
    `apart` do not count. A cancelled ticket gives its conversation back.
    """
    asked = [m for m in messages if quoted([m])]
    said = [_said(m) for m in asked]
    marks = {f"{CHAT}:{chat.key}"}.union(*(said_marks(one.text) for one in said))
    others = [
        t
        for t in scene.tickets_of(frozenset(marks), asking.id, "")
        if t.id not in apart and scene.config.workflow.state(t.text("status")) != "cancelled"
    ]
    found = in_tickets(others, chat.key, said, asking)
    if own := known(asking, chat.key, said) | _begun(asking, chat, asked):
        found = {asking.id: own, **found}
    having = [", ".join(t for t in found if n in found[t]) for n in range(len(asked))]
    told: list[str] = []
    for tickets in dict.fromkeys(filter(None, having)):
        part = [one for one, has in zip(said, having, strict=True) if has == tickets]
        told.append(f"{lines_of(part)} ({tickets})")
    return News(
        [m for m, has in zip(asked, having, strict=True) if not has], [*found], ", ".join(told)
    )


def _begun(ticket: Ticket, chat: Chat, asked: Sequence[Message]) -> set[int]:
    """Which of these the ticket was given of files that this one goes on with: so are those known
    that have no date, or of which only the longer file tells date and name.
    """
    begun: set[int] = set()
    for record in ticket.get("attachments") or []:
        old = _kept(record) if isinstance(record, dict) else None
        if old and overlap(old, chat.transcript) == len(old.messages):
            key = fingerprint(old)
            for had, message in zip(old.messages, chat.transcript.messages, strict=False):
                if has_lines(ticket, key, had.line_first, had.line_last):
                    begun.add(message.line_first)
    return {n for n, message in enumerate(asked) if message.line_first in begun}


def _kept(record: dict[str, Any]) -> Transcript | None:
    """A ticket's file as a conversation; None where it is none, or gone."""
    if record.get("type") not in ("text", "zip", "unknown"):
        return None
    try:
        return read_chat_bytes(kept(str(record.get("sha256"))), str(record.get("name"))).transcript
    except DeskError:
        return None


def quoted(messages: Iterable[Message]) -> str:
    """As people read it: `[23/11/2026 09:12] Ana: texto`; what WhatsApp itself says is left out."""
    return "\n".join(_line(m) for m in messages if not m.system).strip()


def lines(messages: Iterable[Message]) -> str:
    """The lines of the file that these are: `1-3,5`."""
    return lines_of(map(_said, messages))


def _said(message: Message) -> Said:
    alike = None
    if message.edited or message.deleted:
        alike = _head(message), ""
    elif message.media:
        alike = _head(message) + message.text, ")"
    return Said(message.line_first, message.line_last, _line(message), alike)


def _line(message: Message) -> str:
    extras = [f"({_media(m)})" for m in message.media]
    extras += [_("(edited)")] if message.edited else []
    extras += [_("(deleted)")] if message.deleted else []
    return _head(message) + " ".join(part for part in (message.text, *extras) if part)


def _head(message: Message) -> str:
    when = message.at or message.clock
    stamp = f"[{when:%d/%m/%Y %H:%M}] " if message.at else f"[{when:%H:%M}] " if when else ""
    return stamp + (f"{message.author}: " if message.author else "")


MEDIA = {
    "image": N_("image"),
    "video": N_("video"),
    "audio": N_("audio"),
    "document": N_("document"),
    "sticker": N_("sticker"),
    "gif": N_("GIF"),
    "contact": N_("contact card"),
    "file": N_("file"),
}


def _media(media: Media) -> str:
    return media.name or _(MEDIA[media.kind])
