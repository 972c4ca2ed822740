"""CSV as site plugins, Excel and Google write it; `;`, `,`, TAB or `|`, found by constant width."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from deskcli.problem import DeskError, Place, Problem, refuse
from deskcli.sources.records import Dialect, Record, records
from deskcli.sources.table import (
    MAX_ROWS,
    OWN,
    Row,
    Shape,
    Table,
    check_size,
    distinct,
    long_cell,
    own_of,
    twice,
    used,
)
from deskcli.sources.text import read_text

# On a tie the first wins: a comma inside text and amounts (1,50) is common, the others are not.
_DELIMITERS = "\t;|,"
_SAMPLE = 50
_OWN_TAIL = re.compile(f"([{_DELIMITERS}])" + r"\1".join(OWN) + r"(?=[\r\n]|\Z)")
_SEP = re.compile(r"sep=([^\"\r\n])(\r\n|\r|\n|\Z)", re.IGNORECASE)


class _Head(Struct, frozen=True):
    labels: list[str]
    names: list[str]  # of the cells that are kept, in order
    raw: str
    own: bool  # ends with the columns of a rejects file


def read_csv(path: Path) -> Table:
    text, bom, notes = read_text(path)
    sep = _SEP.match(text)
    start = sep.end() if sep else 0
    dialect = Dialect(sep[1]) if sep else _dialect(text, str(path))
    shape = _shape(text, dialect, bom, sep[0] if sep else "")
    lines = records(text, dialect, str(path), start, 2 if sep else 1)
    return _table(text, (r for r in lines if not r.blank), shape, str(path), notes)


def _shape(text: str, dialect: Dialect, bom: bool, prelude: str) -> Shape:
    ending = re.search(r"\r\n|\r|\n", text)
    return Shape(
        "csv", dialect.delimiter, ending[0] if ending else "\n", bom, prelude, dialect.escaped
    )


def _dialect(text: str, path: str) -> Dialect:
    told = _OWN_TAIL.search(text)
    choice = told[1] if told else _DELIMITERS
    best = max(choice, key=lambda d: _fit(text, Dialect(d), path))
    plain, escaped = Dialect(best), Dialect(best, escaped=True)
    if '\\"' not in text or _neat(text, plain, path):  # a cell may just end with a backslash
        return plain
    return escaped if _neat(text, escaped, path) else plain  # Elementor: each cell a JSON string


def _fit(text: str, dialect: Dialect, path: str) -> tuple[float, bool, float]:
    """How many of the first records are as wide as the header; one column is the last resort."""
    found: list[Record] = []
    widths: list[int] = []
    try:
        for record in islice(records(text, dialect, path), _SAMPLE):
            if not record.blank:
                widths.append(0 if found and record.stray else len(record.cells))
                found.append(record)
    except DeskError:
        widths.append(0)
    if not found:
        return 0, False, 0
    alike = widths.count(widths[0]) / len(widths)
    return (alike if widths[0] > 1 else 0), not found[0].stray, alike


def _neat(text: str, dialect: Dialect, path: str) -> bool:
    """Whether every quote is where this dialect has one, in rows as wide as the header."""
    try:
        found = (r for r in islice(records(text, dialect, path), MAX_ROWS) if not r.blank)
        widths = {0 if r.stray else len(r.cells) for r in found}
    except DeskError:
        return False
    return len(widths) == 1 and 0 not in widths


def _table(
    text: str, found: Iterator[Record], shape: Shape, path: str, notes: list[Problem]
) -> Table:
    header = next(found, None)
    if header is None:
        raise refuse("source.empty", Place(path))
    head = first = _head(text, header, path, notes)
    columns: dict[str, None] = dict.fromkeys(head.names)
    rows: list[Row] = []
    for record in found:
        check_size(len(rows) + 1, len(head.labels), Place(path, record.line))
        if record.marked:
            head = _head(text, record, path, notes)
            columns |= dict.fromkeys(head.names)
        elif [cell.strip() for cell in record.cells] not in (head.labels, first.labels):
            rows.append(_row(text, record, head, shape.delimiter, path))
    return Table(path, used((c for c in columns if c not in OWN), rows), rows, shape, notes)


def _head(text: str, record: Record, path: str, notes: list[Problem]) -> _Head:
    place = Place(path, record.line)
    if record.stray:
        raise refuse("source.quote", place, cell=record.stray)
    check_size(0, len(record.cells), place, record.cells)
    labels = [cell.strip() for cell in record.cells]
    own = tuple(labels[-len(OWN) :]) == OWN
    kept = labels[: -len(OWN)] if own else labels
    names = distinct(kept)
    notes += twice(kept, names, place)
    return _Head(labels, names, text[record.start : _end(record, own)], own)


def _end(record: Record, own: bool) -> int:
    """Where the record ended before a rejects file added its cells."""
    return max(record.start, record.starts[-len(OWN)] - 1) if own else record.end


def _row(text: str, record: Record, head: _Head, delimiter: str, path: str) -> Row:
    own = head.own and len(record.cells) >= len(head.labels)
    cells = record.cells[: -len(OWN)] if own else record.cells
    missing = len(head.names) - len(cells)
    raw = text[record.start : _end(record, own)] + delimiter * missing
    values = dict(zip(head.names, cells + [""] * missing, strict=False))
    kept = {name: cell for name, cell in values.items() if name not in OWN}
    added = dict(zip(OWN, record.cells[-len(OWN) :], strict=True)) if own else values
    place = Place(path, record.line)
    fault = _fault(record, cells, head, place) or long_cell(kept, place)
    return Row(record.line, kept, raw, head.raw, fault, own_of(added))


def _fault(record: Record, cells: list[str], head: _Head, place: Place) -> Problem | None:
    """Why the cells can not be trusted to stand under their headers."""
    if record.stray:
        return Problem("source.quote", {"cell": record.stray}, place)
    if any(cell.strip() for cell in cells[len(head.names) :]):
        facts = {"cells": len(cells), "columns": len(head.names)}
        return Problem("source.ragged", facts, place)
    return None
