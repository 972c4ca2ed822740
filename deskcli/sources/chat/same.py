"""The same transcript twice, and the same conversation exported again with more messages."""

import unicodedata
from datetime import datetime, time
from hashlib import sha256

from deskcli.sources.chat.message import Message, Transcript, unmarked


def fingerprint(transcript: Transcript) -> str:
    """SHA-256 of the lines as a person sees them: marks, line endings and spaces do not count.

    It rests on the text alone, so that a name learnt since does not make a transcript another.
    """
    seen = (_seen(line) for line in transcript.lines)
    return sha256("\n".join(filter(None, seen)).encode("utf-8", "surrogatepass")).hexdigest()


def overlap(old: Transcript, new: Transcript) -> int:
    """How many messages at the beginning of `new` are those of `old`: `new.messages[n:]` is new.

    A message that was edited or deleted between the exports, or whose media one of them left out,
    is the same message. Where `n < len(old.messages)`, `new` is not `old` with more at its end.
    """
    pairs = zip(old.messages, new.messages, strict=False)
    differ = (n for n, (a, b) in enumerate(pairs) if not (_alike(old, a, new, b) or _same(a, b)))
    return next(differ, min(len(old.messages), len(new.messages)))


def _alike(old: Transcript, a: Message, new: Transcript, b: Message) -> bool:
    """The same lines, even where the longer file tells a name or the order of dates better."""
    return _seen(old.raw(a)) == _seen(new.raw(b))


def _same(old: Message, new: Message) -> bool:
    if _who(old) != _who(new):
        return False
    if new.deleted or (new.edited and not old.deleted):
        return True
    return (_seen(old.text), len(old.media)) == (_seen(new.text), len(new.media)) and (
        old.deleted == new.deleted
    )


def _who(message: Message) -> tuple[datetime | time | None, str | None, bool]:
    return message.at or message.clock, message.author, message.system


def _seen(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", unmarked(text)).split())
