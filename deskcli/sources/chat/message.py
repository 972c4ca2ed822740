"""What a transcript is once read: messages that know their lines, and the lines themselves."""

import re
from datetime import datetime, time

from msgspec import Struct

from deskcli.problem import Problem

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"))
_MARKS |= dict.fromkeys(range(0x2066, 0x206A))


class Media(Struct, frozen=True):
    """`name` is the file's as the transcript has it; `omitted`: the export left the file out."""

    name: str | None
    kind: str  # image video audio document sticker gif contact, or file when it does not say
    omitted: bool


class Message(Struct, frozen=True):
    """One message, on the lines `line_first` to `line_last`, counted from 1.

    `at` is the local time of the telephone that exported; the desk's zone is the caller's business.
    A header with a time of day and no date gives `clock`, and `at` is None. `text` is without the
    header, invisible marks and the export's own words about media, edits and deletion. `system`
    tells what WhatsApp itself wrote; it has an author only where the export names one (calls).
    """

    line_first: int
    line_last: int
    at: datetime | None
    clock: time | None
    author: str | None
    text: str
    media: tuple[Media, ...] = ()
    edited: bool = False
    deleted: bool = False
    system: bool = False


class Transcript(Struct, frozen=True):
    """`lines` are the file's, endings and marks included: every one belongs to one message."""

    path: str
    lines: tuple[str, ...]
    messages: tuple[Message, ...]
    notes: list[Problem] = []

    @property
    def participants(self) -> list[str]:
        """Who wrote, in the order of their first message."""
        said = (m.author for m in self.messages if m.author and not m.system)
        return list(dict.fromkeys(said))

    def raw(self, message: Message) -> str:
        """The message's lines as the file has them; all of them together are the whole file."""
        return "".join(self.lines[message.line_first - 1 : message.line_last])


def split_lines(text: str) -> list[str]:
    """The lines with their endings; only LF, CR LF and CR end one, as editors count them."""
    return [line for line in _LINE.findall(text) if line]


def unmarked(text: str) -> str:
    """Without the marks of writing direction, which WhatsApp strews and nobody sees."""
    return text if text.isascii() else text.translate(_MARKS)
