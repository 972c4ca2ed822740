"""Conversations as tickets quote them, and their messages known again (F2, F6 to F8).

A message is known by the minute in which it was written, its author and its words. All else differs
between two exports of one conversation: where they begin and end, seconds, marks, media.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from deskcli.facts import standing
from deskcli.fold import fold
from deskcli.ticket import Ticket

CHAT = "chat"  # the import that conversations come by
ALIKE = 2  # messages in common that tell one conversation where nothing tells whose it is
_NAME = "requester.name"
_WHO = ("org", "requester.document", "requester.phone", "requester.email")
_BEGIN = r"(?m)^(?=\[\d\d/\d\d/\d{4} \d\d:\d\d\] )"


class Said(Struct, frozen=True):
    """One message, on the lines `first` to `last` of its file, as it is quoted.

    One that was changed since, or whose media another export names otherwise, is also known by how
    its quotation begins and ends: `alike`, or None.
    """

    first: int
    last: int
    text: str
    alike: tuple[str, str] | None = None


def known(ticket: Ticket, key: str, said: Sequence[Said]) -> set[int]:
    """Which of the messages the ticket has, by their place in `said`; `key` is the file's
    fingerprint, by whose lines those without a date are known.
    """
    found = {n for n, one in enumerate(said) if has_lines(ticket, key, one.first, one.last)}
    held = Counter(entry for text in _told(ticket) for entry in entries(text))
    for n in found:
        _take(held, said[n].text)
    for n, one in enumerate(said):
        if n not in found and _take(held, one.text):
            found.add(n)
    for n, one in enumerate(said):
        if n not in found and _take_alike(held, one.alike):
            found.add(n)
    return found


def has_lines(ticket: Ticket, key: str, first: int, last: int) -> bool:
    """Whether the ticket was given these lines of the file."""
    spans = (span for held, lines in parts(ticket) if held == key for span in _spans(lines))
    return any(a <= first and last <= b for a, b in spans)


def in_tickets(
    tickets: Sequence[Ticket], key: str, said: Sequence[Said], asking: Ticket
) -> dict[str, set[int]]:
    """`known` of each ticket of the customer who is `asking` (a ticket or the values of one to be),
    and of those given the same file as one of these. Where nothing tells whose it is, the tickets
    of one customer count when they have `ALIKE` of the messages together.
    """
    shared = {t.id: found for t in tickets if (found := known(t, key, said))}
    sure, unsure = [asking], dict[str, list[Ticket]]()
    for ticket in (t for t in tickets if t.id in shared):
        same = same_customer(asking, ticket)
        if same is None:
            unsure.setdefault(_customer(ticket), []).append(ticket)
        elif same:
            sure.append(ticket)
    for group in unsure.values():
        sure += group if len(set().union(*(shared[t.id] for t in group))) >= ALIKE else []
    ours = {t.id for t in sure}
    files = {key}.union(*(dict(parts(t)) for t in sure))
    ours |= {t.id for t in tickets if files & dict(parts(t)).keys()}
    return {ticket: found for ticket, found in shared.items() if ticket in ours}


def same_customer(one: Ticket, other: Ticket) -> bool | None:
    """Whether the same customer asks in both: two are greeted by the same words in the same minute.
    None where nothing tells: a name is that of many, and may be written in part.
    """
    for path in _WHO:
        if (value := one.text(path)) and (another := other.text(path)):
            return value == another
    mine, theirs = (set(fold(t.text(_NAME)).split()) for t in (one, other))
    return None if mine <= theirs or theirs <= mine else False


def _customer(ticket: Ticket) -> str:
    return next(filter(None, map(ticket.text, (*_WHO, _NAME))), "")


def marks(ticket: Ticket) -> frozenset[str]:
    """By what the ticket is found: the conversations and the messages that it quotes."""
    files = {f"{CHAT}:{key}" for key, _lines in parts(ticket)}
    return frozenset(files.union(*(said_marks(text) for text in _told(ticket))))


def said_marks(text: str) -> set[str]:
    """A mark for each message that is quoted; most texts quote none."""
    if "[" not in text or not re.search(_BEGIN, text):
        return set()
    from hashlib import blake2b  # slow to import

    return {f"said:{blake2b(e.encode(), digest_size=8).hexdigest()}" for e in entries(text)}


def parts(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """Fingerprint and lines (`1-3,5`) of every conversation that it was opened by, or was given."""
    if ticket.text("source.import") == CHAT:
        key, _space, lines = ticket.text("source.key").partition(" ")
        yield key, lines
    for event in standing(ticket.history):
        given = event.data.get("transcript")
        if event.did == "appended" and isinstance(given, Mapping):
            yield str(given.get("key", "")), str(given.get("lines", ""))


def lines_of(said: Iterable[Said]) -> str:
    """The lines of these messages, as a plan has them: `1-3,5`."""
    spans: list[list[int]] = []
    for one in said:
        if spans and one.first == spans[-1][1] + 1:
            spans[-1][1] = one.last
        else:
            spans.append([one.first, one.last])
    return ",".join(f"{a}-{b}" if a < b else str(a) for a, b in spans)


def entries(text: str) -> list[str]:
    """The dated messages of a quotation, each without what nobody sees."""
    return [seen(part) for part in re.split(_BEGIN, text) if re.match(_BEGIN, part)]


def seen(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _told(ticket: Ticket) -> Iterator[str]:
    """What was said, in the order in which the ticket was told it."""
    by_chat = ticket.text("source.import") == CHAT
    for event in standing(ticket.history):
        if event.did == "appended" or (event.did == "opened" and by_chat):
            yield event.text


def _take(held: Counter[str], text: str) -> bool:
    """Take a message from those held; one that quotes others is known when all of it is."""
    wanted = Counter(entries(text))
    if not wanted or not wanted <= held:
        return False
    held -= wanted
    return True


def _take_alike(held: Counter[str], alike: tuple[str, str] | None) -> bool:
    begin, end = map(seen, alike or ("", ""))
    found = (e for e in held if begin and e.startswith(begin) and e.endswith(end))
    entry = next(found, None)
    return entry is not None and _take(held, entry)


def _spans(lines: str) -> Iterator[tuple[int, int]]:
    for span in re.finditer(r"(\d+)(?:-(\d+))?", lines):
        yield int(span[1]), int(span[2] or span[1])
