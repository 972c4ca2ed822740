"""What lists and searches must say, worked out from the ticket files alone."""

import json
import re
from datetime import date

from deskcli.condition import All as Every
from deskcli.condition import bind, from_words, holds
from deskcli.desk import Desk
from deskcli.facts import facts
from deskcli.fold import fold
from deskcli.problem import DeskError
from deskcli.ticket import Ticket
from deskcli.yamltext import Value
from promises.walk import WORDS

FILTERS = [
    "",
    "status:novo",
    "assignee:none",
    "open:true due:<2026-12-10",
    "-status:resolvido product:~cuba",
    "granito",
    "tags:vip",
    "category:orcamento_vcc updated:present",
    "requester.email:c3@example.com",
]


def scan(desk: Desk) -> tuple[dict[str, Ticket], set[str]]:
    """All tickets by id and all files that are none; of two with one id the newest month counts."""
    found: dict[str, Ticket] = {}
    broken: set[str] = set()
    for path in sorted(desk.store.paths(), key=str, reverse=True):
        name = str(path.relative_to(desk.root))
        try:
            ticket = desk.store.read(path)
        except (DeskError, OSError):
            broken.add(name)
            continue
        if ticket.id in found:
            broken.add(name)
        else:
            found[ticket.id] = ticket
    return found, broken


def number(name: str) -> int:
    return int(name.rpartition("-")[2])


def words_of(ticket: Ticket) -> set[str]:
    """What search looks in: the header's texts and the events'."""
    known = [fold(e.text) for e in ticket.history] + [fold(t) for t in texts(ticket.header)]
    return set(re.findall(r"\w+", " ".join(known)))


def texts(value: Value) -> list[str]:
    if isinstance(value, dict):
        skipped = ("source", "attachments", "flags")
        return [t for k, v in value.items() if k not in skipped for t in texts(v)]
    if isinstance(value, list):
        return [t for v in value for t in texts(v)]
    return [str(value)] if value not in (None, "") else []


def agrees(desk: Desk) -> None:
    """Lists, searches and problems through the index, against the files."""
    found, broken = scan(desk)
    assert {p.place.path for p in desk.index.problems if p.place} == broken
    for text in FILTERS:
        bound = bind(from_words(text), date(2026, 11, 23), "root")
        expected = [t.id for t in found.values() if holds(bound, facts(t, desk.config))]
        listed = [row.id for row in desk.index.select(bound)]
        assert sorted(listed) == sorted(expected), text
        assert listed == sorted(listed, key=number)
    for row in desk.index.select(Every()):
        assert json.dumps(row.header) == json.dumps(found[row.id].header)
        assert row.path == str(desk.root / found[row.id].doc.path)
    for word in (*WORDS, "cu gra", "boleto nada", "nota"):
        parts = fold(word).split()
        expected = [
            t.id
            for t in found.values()
            if all(any(w.startswith(p) for w in words_of(t)) for p in parts)
        ]
        assert sorted(i for i, _ in desk.index.search(word, 10_000)) == sorted(expected), word
