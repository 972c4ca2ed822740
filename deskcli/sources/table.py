"""What every reader makes of a file: rows of text that know their line; the limits they share."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct

from deskcli.problem import DeskError, Place, Problem, refuse

MAX_BYTES = 64 << 20
MAX_ROWS = 200_000
MAX_COLUMNS = 500  # a short row is filled up to the header, so a wide header is a bomb
MAX_CELL = 1 << 20

# Columns that only a rejects file has. `_key` is the submission's key as it came, by which a row
# is known again when it was mended.
OWN = ("_line", "_field", "_reason", "_key")


class Row(Struct, frozen=True):
    """`line` counts from 1 where the row starts. A row with a `fault` must not be imported.

    `raw` is the row as the file had it (without what an earlier rejects file added, which is `own`)
    and `head` the header record above it; both are empty for spreadsheets.
    """

    line: int
    cells: dict[str, str]
    raw: str = ""
    head: str = ""
    fault: Problem | None = None
    own: Mapping[str, str] = {}

    @property
    def key(self) -> str:
        return self.own.get("_key", "")


class Shape(Struct, frozen=True):
    """How the file was written, so that its rejects can be written the same way."""

    kind: str  # csv | json | sheet
    delimiter: str = ";"
    ending: str = "\r\n"
    bom: bool = True
    prelude: str = ""  # the line `sep=;`, with its ending
    escaped: bool = False  # quotes are written \" as JSON does, not doubled


class Table(Struct, frozen=True):
    """`columns` in the order of the file, each named once; `notes` are warnings to show."""

    path: str
    columns: list[str]
    rows: list[Row]
    shape: Shape
    notes: list[Problem] = []


def load(path: Path) -> bytes:
    """The bytes of the file, within the limit."""
    check_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse("source.unreadable", Place(str(path)), detail=str(error)) from None


def check_file(path: Path) -> None:
    """A plain file within the limit; a pipe or a device could be read for ever."""
    place = Place(str(path))
    try:
        found = path.stat()
    except FileNotFoundError:
        raise refuse("source.missing", place) from None
    except (OSError, ValueError) as error:
        raise refuse("source.unreadable", place, detail=str(error)) from None
    if not S_ISREG(found.st_mode):
        raise refuse("source.unreadable", place, detail="not a plain file")
    if found.st_size > MAX_BYTES:
        raise too_big("bytes", MAX_BYTES, place)


def too_big(what: str, limit: int, place: Place) -> DeskError:
    """`what`: bytes, rows, columns, cell, files or seconds."""
    return refuse("source.size", place, what=what, limit=limit)


def check_size(rows: int, columns: int, place: Place, labels: Iterable[str] = ()) -> None:
    if rows > MAX_ROWS:
        raise too_big("rows", MAX_ROWS, place)
    if columns > MAX_COLUMNS:
        raise too_big("columns", MAX_COLUMNS, place)
    if any(len(label) > MAX_CELL for label in labels):
        raise too_big("cell", MAX_CELL, place)


def long_cell(cells: Mapping[str, str], place: Place) -> Problem | None:
    """A fault of its row alone: the others of the file are as good as before."""
    name = next((name for name, cell in cells.items() if len(cell) > MAX_CELL), None)
    if name is None:
        return None
    return Problem("field.long", {"field": name, "label": name, "limit": MAX_CELL}, place)


def own_of(cells: Mapping[str, str]) -> dict[str, str]:
    """What an earlier rejects file added to a row: all of it, or somebody's form has such names."""
    return {name: cells[name] for name in OWN} if cells.keys() >= set(OWN) else {}


def distinct(labels: Iterable[str]) -> list[str]:
    """Each label once: a repeated one becomes `Nome (2)`, an empty one its position, `#3`.

    Google Forms allows two questions with one title, so a repeated header is numbered, not refused:
    the first keeps its name and the others are seen as columns that no map knows.
    """
    taken = set(labels := list(labels))
    names: dict[str, None] = {}
    counts: Counter[str] = Counter()
    for position, label in enumerate(labels, 1):
        name = base = label or f"#{position}"
        while name in names or (name != label and name in taken):
            counts[base] += 1
            name = f"{base} ({counts[base] + 1})"
        names[name] = None
    return list(names)


def used(columns: Iterable[str], rows: list[Row]) -> list[str]:
    """The columns, without unnamed ones that hold nothing (spreadsheets save a lot of them)."""
    filled = {name for row in rows for name, cell in row.cells.items() if cell and name[0] == "#"}
    return [name for name in columns if not re.fullmatch(r"#\d+", name) or name in filled]


def twice(labels: list[str], names: list[str], place: Place) -> list[Problem]:
    """A note for every column that was renamed because its header is repeated."""
    pairs = [(label, name) for label, name in zip(labels, names, strict=True) if label]
    return [
        Problem("source.column_twice", {"column": label, "name": name}, place)
        for label, name in pairs
        if label != name
    ]


def plain(number: str) -> str:
    """A number as digits: `5.5119999e12` and `12.0` without exponent or empty decimals."""
    value = Decimal(number)
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return number
    whole = value.to_integral_value()
    return format(whole if value == whole else value, "f")
