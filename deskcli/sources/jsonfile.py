"""JSON (an array, or an object that holds one) and JSON lines; a row's line is where it starts.

A bad line of JSON lines, or element of an array, is a fault of its row alone. In a rejects file it
lies as it came, below an object that has nothing but what is kept of it (`_line`, `_field`,
`_reason`, `_key`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deskcli.problem import DeskError, Place, Problem, refuse
from deskcli.sources.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    OWN,
    Row,
    Shape,
    Table,
    check_size,
    distinct,
    long_cell,
    own_of,
    plain,
    too_big,
)
from deskcli.sources.text import breaks, line_at, read_text

_HOLDERS = frozenset(
    ("rows", "entries", "data", "items", "results", "records", "submissions", "responses")
)
_SPACE = re.compile(r"[ \t\r\n]*")
_LINE = re.compile(r"[^\r\n]*")
_BAD = re.compile("[\0\ud800-\udfff]")  # only escapes can bring them, \u0000 and half a pair


class _Number(str):
    """A number as it was written: not a float, which turns 5511999990000.0 into 5.5e12."""


class _Item(Struct, frozen=True):
    start: int
    end: int
    value: Any
    fault: Problem | None = None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MAX_ROWS:
        raise OverflowError
    return dict(zip(distinct(key for key, _ in pairs), (v for _, v in pairs), strict=True))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_int=_Number,
    parse_float=lambda number: _Number(plain(number)),
    parse_constant=_Number,
)


def read_json(path: Path) -> Table:
    text, bom, notes = read_text(path)
    if not text.strip():
        raise refuse("source.empty", Place(str(path)))
    try:
        items = list(_document(text, path) if path.suffix.lower() == ".json" else _each(text, path))
        return _table(text, items, Shape("json", ending="\n", bom=bom), str(path), notes)
    except json.JSONDecodeError as error:
        place = Place(str(path), line_at(text, error.pos), error.colno)
        raise refuse("source.json", place, detail=error.msg) from None
    except OverflowError:
        raise too_big("columns", MAX_COLUMNS, Place(str(path))) from None
    except RecursionError:
        raise refuse("source.json", Place(str(path)), detail="nesting") from None


def _document(text: str, path: Path) -> Iterable[_Item]:
    start = _skip(text, 0)
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError:
        if not text.startswith("{", start):
            raise
        return _lines(text)
    if _skip(text, end) < len(text):
        return _lines(text)
    if isinstance(value, list):
        return _array(text, start, path)
    return _object(text, start, _Item(start, end, value), path)


def _lines(text: str) -> Iterator[_Item]:
    """One value a line. Errors are found with the offsets of the whole text."""
    at = _skip(text, 0)
    while at < len(text):
        value, end = _DECODER.raw_decode(text, at)
        yield _Item(at, end, value)
        at = _skip(text, end)
        if at < len(text) and not re.search(r"[\r\n]", text[end:at]):
            raise json.JSONDecodeError("Extra data", text, at)


def _each(text: str, path: Path) -> list[_Item]:
    """The same, each bad one with its fault."""
    items: list[_Item] = []
    at = _skip(text, 0)
    while at < len(text):
        items.append(_one(text, at, path))
        at = _skip(text, items[-1].end)
    return _some_good(items)


def _some_good(items: list[_Item]) -> list[_Item]:
    """Faults are of their rows alone; where there is no good one, the file is no JSON of rows."""
    if items and items[0].fault and all(item.fault for item in items):
        raise DeskError(items[0].fault)
    return items


def _one(text: str, at: int, path: Path) -> _Item:
    """The value at `at`; a bad one is all of its line."""
    end = at
    try:
        value, end = _DECODER.raw_decode(text, at)
        if text[end : _line_end(text, end)].strip():
            raise json.JSONDecodeError("Extra data", text, _skip(text, end))
        if isinstance(value, dict):
            return _Item(at, end, value)
        fault = Problem("source.json_row", {}, Place(str(path), line_at(text, at)))
    except json.JSONDecodeError as error:
        place = Place(str(path), line_at(text, error.pos), error.colno)
        fault = Problem("source.json", {"detail": error.msg}, place)
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return _Item(start, _line_end(text, end), None, fault)


def _line_end(text: str, at: int) -> int:
    return _LINE.match(text, at).end()  # type: ignore[union-attr]  # can match nothing


def _object(text: str, start: int, item: _Item, path: Path) -> Iterable[_Item]:
    """One row; or the holder of the rows, when it is plain which of its lists they are."""
    value = item.value
    if not isinstance(value, dict):
        return [item]
    lists = [key for key, inner in value.items() if _is_rows(inner)]
    if not lists:
        return [] if any(value.get(key) == [] for key in _HOLDERS) else [item]
    if len(lists) > 1 or lists[0].lower() not in _HOLDERS:
        raise refuse("source.json_rows", Place(str(path)), keys=lists)
    return _array(text, _find(text, start, lists[0]), path)


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _find(text: str, start: int, wanted: str) -> int:
    """Where the value of a key begins, in the object at `start`; the text is known to be JSON."""
    at = _skip(text, start + 1)
    while True:
        key, end = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, end) + 1)
        if key == wanted:
            return at
        _, end = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, end) + 1)


def _array(text: str, start: int, path: Path) -> list[_Item]:
    """Its elements; one that is no object is a fault of its own."""
    items: list[_Item] = []
    at = _skip(text, start + 1)
    while text[at] != "]":
        value, end = _DECODER.raw_decode(text, at)
        fault = None
        if not isinstance(value, dict):
            fault = Problem("source.json_row", {}, Place(str(path), line_at(text, at)))
        items.append(_Item(at, end, value, fault))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return _some_good(items)


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # can match nothing


def _table(text: str, items: list[_Item], shape: Shape, path: str, notes: list[Problem]) -> Table:
    columns: dict[str, None] = {}
    rows: list[Row] = []
    line, before = 1, 0
    kept: Mapping[str, str] = {}
    for item in items:
        line, before = line + breaks(text, before, item.start), item.start
        row = _row(text, item, Place(path, line), notes)
        row = replace(row, own=row.own or kept)
        kept = row.own if not row.cells and not row.fault else {}
        columns |= dict.fromkeys(row.cells)
        check_size(len(rows) + 1, len(columns), Place(path, line))
        if row.fault or any(cell.strip() for cell in row.cells.values()):
            rows.append(row)
    return Table(path, list(columns), rows, shape, notes)


def _row(text: str, item: _Item, place: Place, notes: list[Problem]) -> Row:
    if item.fault:
        raw = text[item.start : item.end] if item.value is None else _compact(item.value)
        return Row(place.line, {}, raw, fault=item.fault)
    if not isinstance(item.value, dict):
        raise refuse("source.json_row", place)
    cells = {key: _text(value) for key, value in item.value.items()}
    pairs = {key: cell for key, cell in cells.items() if key not in OWN}
    bad = sum(len(_BAD.findall(part)) for pair in pairs.items() for part in pair)
    if bad:
        notes.append(Problem("source.character", {"count": bad}, place))
        pairs = {_wash(key): _wash(value) for key, value in pairs.items()}
    raw = text[item.start : item.end]
    return Row(place.line, pairs, raw, fault=long_cell(pairs, place), own=own_of(cells))


def _wash(text: str) -> str:
    return _BAD.sub("\ufffd", text.replace("\0", ""))


def _text(value: Any) -> str:
    """A cell is text; what has parts becomes compact JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _compact(value)


def _compact(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{_compact(k)}:{_compact(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    return value if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)
