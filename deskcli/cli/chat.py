"""Conversations from elsewhere: read, told apart into sides, and quoted into tickets (F1 to F9)."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from deskcli.cli import session
from deskcli.cli.files import Given, given, kept
from deskcli.cli.show import show_problems
from deskcli.cli.words import _
from deskcli.merge import CHAT, Talk
from deskcli.problem import Place, refuse
from deskcli.sources.chat import (
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
from deskcli.values import phone
from deskcli.whose import Clues, clues


class Chat(NamedTuple):
    """A conversation's file: read, and as an attachment. `title` is what its name calls it."""

    transcript: Transcript
    file: Given
    key: str
    title: str

    def talk(self, messages: Sequence[Message] | None = None) -> Talk:
        """All of it, or some of its messages, quoted."""
        said = self.transcript.messages if messages is None else messages
        lines = f"{said[0].line_first}-{said[-1].line_last}" if said else ""
        return Talk(self.key, quoted(said), lines, self.file.record)

    def part(self, lines: str, place: Place | None = None) -> list[Message]:
        """The messages on lines `12-40` or `12-20, 31-40`, as the file counts them from 1."""
        count = len(self.transcript.lines)
        spans = [re.fullmatch(r"\s*(\d{1,7})\s*(?:-\s*(\d{1,7})\s*)?", s) for s in lines.split(",")]
        found: list[Message] = []
        for span in spans:
            first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
            if not 1 <= first <= last <= count:
                raise refuse("chat.lines", place, lines=lines, count=count)
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
    show_problems(export.transcript.notes)
    [file] = given([path])
    return Chat(export.transcript, file, fingerprint(export.transcript), export.title)


def customer(chat: Chat) -> dict[str, str]:
    """Name or telephone of the one participant who is not of the desk; nothing when several are."""
    others = _others(chat)
    if len(others) != 1:
        return {}
    number = phone(others[0]) if any(c.isdigit() for c in others[0]) else None
    return {"requester.phone": number} if number else {"requester.name": others[0]}


def clues_of(chat: Chat) -> Clues:
    """What it tells of whose it is."""
    others = _others(chat)
    said: list[str] = []
    answered: list[str] = []
    for message in chat.transcript.messages:
        ours = message.system or (message.author and message.author not in others)
        (answered if ours else said).append(message.text)
    titles, both = [chat.title, *others], map("\n".join, (said, answered))
    return clues(session.desk().config, customer(chat), titles, *both)


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


def news(chat: Chat, ticket: Ticket) -> list[Message]:
    """The messages that come after what the ticket has of the same conversation."""
    known = 0
    for record in ticket.get("attachments") or []:
        if isinstance(record, dict) and record.get("type") in ("text", "zip", "unknown"):
            data = kept(str(record.get("sha256")))
            if data:
                old = read_chat_bytes(data, str(record.get("name"))).transcript
                same = overlap(old, chat.transcript)
                known = max(known, same if same == len(old.messages) else 0)
    return list(chat.transcript.messages[known:])


def quoted(messages: Iterable[Message]) -> str:
    """As people read it: `[23/11/2026 09:12] Ana: texto`; what WhatsApp itself says is left out."""
    return "\n".join(_line(m) for m in messages if not m.system).strip()


def _line(message: Message) -> str:
    when = message.at or message.clock
    stamp = f"[{when:%d/%m/%Y %H:%M}] " if message.at else f"[{when:%H:%M}] " if when else ""
    author = f"{message.author}: " if message.author else ""
    extras = [_media(m) for m in message.media]
    extras += [_("(deleted)")] if message.deleted else []
    return stamp + author + " ".join(part for part in (message.text, *extras) if part)


def _media(media: Media) -> str:
    return f"({media.name or media.kind})"
