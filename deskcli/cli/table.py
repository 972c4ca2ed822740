"""Tables and lines that fit: a terminal gets none longer than it is wide, a pipe gets all whole."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

Line = list[str]

# Keys of columns that are no use cut: what is typed again, dates, states and sums.
WHOLE = frozenset(
    "id mark status status_label due opened_at day day_name at visit_at from until hours tickets"
    " count fairness".split()
)
# Columns that are left out beside another, in this order, while a title has fewer cells than this:
# it tells tickets apart. Who asks is known by the organisation too.
LEFT_OUT = (
    ("requester_name", "org_name", 24),
    ("priority_label", "title", 16),
    ("assignee_name", "title", 12),
    ("org_name", "title", 12),
    ("requester_name", "title", 6),
)
TITLE = 15  # cells that a title keeps, when those beside it have more than `LEAST`
NAMES = frozenset(("assignee_name", "with_name"))  # of colleagues, often alike but for the end
LEAST = 4  # cells that a column keeps when it gives way
PADDED = 40  # cells: one giant among the cells of a pipe does not widen all the others
WORD = r"\s*\S+"
SHELL_WORD = r"""\s*(?:--?[\w-]+\s+)?(?:'[^']*'|"[^"]*"|[^\s'"])+"""
_COLOR = re.compile("\x1b\\[[0-9]*m")


def aligned(lines: Sequence[Line]) -> Iterator[str]:
    """Columns side by side, each cell whole; one wider than `PADDED` pushes its own line only."""
    widths = [
        max((w for w in map(cells_wide, column) if w <= PADDED), default=0)
        for column in zip(*lines, strict=True)
    ]
    for line in lines:
        yield "  ".join(_padded(c, w) for c, w in zip(line, widths, strict=True)).rstrip()


def fitted(lines: Sequence[Line], keys: Sequence[str], room: int) -> list[Line]:
    """The lines, labels first, with every cell as wide as its column, all of them within `room`.

    Columns with nothing in them are left out, and `LEFT_OUT` where a title needs their room; then
    the widest of those that may be cut give way.
    """
    columns = {key: [line[n] for line in lines] for n, key in enumerate(keys)}
    columns = {key: column for key, column in columns.items() if any(column[1:])}
    widths = _widths(columns, room)
    for key, beside, least in LEFT_OUT:
        wanted = min(least, max(map(cells_wide, columns.get("title", [""]))))
        if {key, beside} <= columns.keys() and widths.get("title", wanted) < wanted:
            del columns[key]
            widths = _widths(columns, room)
    widths = _widths(columns, room, TITLE)
    made = [
        [
            _padded((_shortened if key in NAMES else _cut)(c, widths[key]), widths[key])
            for c in cells
        ]
        for key, cells in columns.items()
    ]
    return [list(line) for line in zip(*made, strict=True)]


def _widths(columns: Mapping[str, Line], room: int, title: int = LEAST) -> dict[str, int]:
    """Of each column, by its key: the widest of those that give way is made narrower until all fit,
    none below `LEAST`, whatever the room, and a title not below what is said while others give way.
    """
    room -= 2 * (len(columns) - 1)
    widths = {key: max(map(cells_wide, cells)) for key, cells in columns.items()}
    soft = {key: title if key == "title" else LEAST for key in columns if key not in WHOLE}
    widths |= {key: min(widths[key], max(room, LEAST)) for key in soft}
    while sum(widths.values()) > room:
        giving = [k for k in soft if widths[k] > soft[k]] or [k for k in soft if widths[k] > LEAST]
        if not giving:
            break
        widths[max(giving, key=widths.__getitem__)] -= 1
    return widths


def folded(line: str, room: int, word: str = WORD, end: str = "") -> Iterator[str]:
    """The line in lines of `room` cells, broken between its words; `end` closes each but the last.

    A word wider than the room stays whole: it may be an address or a path that is copied.
    """
    words = re.findall(word, line)
    if _seen_wide(line) <= room or "".join(words) != line.rstrip():
        yield line
        return
    hang = _hang(line, room)
    now = hang if line.startswith(hang) and hang.strip() else ""
    for text in re.findall(word, line[len(now) :]):
        if now not in ("", hang) and _seen_wide(now + text + end) > room:
            yield now + end
            now = hang + text.lstrip()
        else:
            now += text
    yield now


def _hang(line: str, room: int) -> str:
    """What goes on stands after the bar of a quotation, below the second column, or further in."""
    plain = _COLOR.sub("", line)
    if bar := re.match(r"\s*\| ", plain):
        return bar[0]
    column = re.match(r"\s*\S.*?\s\s+(?=\S)", plain)
    if column and cells_wide(column[0]) <= room * 3 // 5:
        return " " * cells_wide(column[0])
    indent = len(plain) - len(plain.lstrip())
    return " " * (indent + 2 if indent else 4)


def room_of(stream: Any) -> int:
    """How wide a line of the stream may be: the terminal's width; no limit in a pipe."""
    return terminal_width(stream) if stream.isatty() else sys.maxsize


def terminal_width(stream: Any) -> int:
    """`COLUMNS`, else what the terminal says, else 80."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named):
        return int(named)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _seen_wide(text: str) -> int:
    """Columns that a text takes, its colours none."""
    return cells_wide(_COLOR.sub("", text))


def cells_wide(text: str) -> int:
    """Columns a text takes on a terminal: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_cell, text))


@cache
def _cell(c: str) -> int:
    return 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells_wide(text))


def _cut(text: str, width: int) -> str:
    if cells_wide(text) <= width:
        return text
    kept = 0
    for n, c in enumerate(text):
        kept += _cell(c)
        if kept >= width:
            return text[:n].rstrip() + "…"
    return text


def _shortened(name: str, width: int) -> str:
    """A name cut before its last word: `Operador 1` and `Operador 2` are two people."""
    _first, gap, last = name.rpartition(" ")
    room = width - cells_wide(gap + last)
    is_cut = cells_wide(name) > width and room >= LEAST
    return _cut(name, room) + gap + last if is_cut else _cut(name, width)
