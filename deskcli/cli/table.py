"""Cells as a table: on a terminal no line is longer than it is wide; in a pipe no cell is cut."""

import unicodedata
from collections.abc import Iterator, Sequence

Line = list[str]

# Keys of columns that are no use cut: what is typed again, dates, states and sums.
WHOLE = frozenset(
    "id mark status status_label due day day_name from until hours tickets count fairness".split()
)
LEAST = 4  # cells that a column keeps when it gives way
PADDED = 40  # cells: one giant among the cells of a pipe does not widen all the others


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

    Columns with nothing in them are left out; the widest of those that may be cut give way.
    """
    filled = [n for n in range(len(keys)) if any(line[n] for line in lines[1:])]
    columns = [[line[n] for line in lines] for n in filled]
    wide = [max(map(cells_wide, column)) for column in columns]
    gaps = 2 * (len(filled) - 1)
    widths = _shrunk(wide, [keys[n] not in WHOLE for n in filled], room - gaps)
    made = [
        [_padded(_cut(cell, width), width) for cell in column]
        for column, width in zip(columns, widths, strict=True)
    ]
    return [list(line) for line in zip(*made, strict=True)]


def _shrunk(wide: list[int], gives: list[bool], room: int) -> list[int]:
    """Widths that fit: the widest column that gives way is made as narrow as the next, and so on;
    none below `LEAST`, whatever the room.
    """
    widths = [min(w, max(room, LEAST)) if soft else w for w, soft in zip(wide, gives, strict=True)]
    while (over := sum(widths) - room) > 0:
        soft = [n for n, w in enumerate(widths) if gives[n] and w > LEAST]
        if not soft:
            break
        widest = max(soft, key=lambda n: widths[n])
        others = [widths[n] for n in soft if n != widest]
        least = min(max(others, default=LEAST), widths[widest] - 1)
        widths[widest] = max(least, widths[widest] - over, LEAST)
    return widths


def terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def cells_wide(text: str) -> int:
    """Columns a text takes on a terminal: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_cell, text))


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
