"""The rows that were refused, as they came, with why: fix the file and import it again."""

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from deskcli.sources.table import OWN, Row, Shape, Table


class Reject(NamedTuple):
    row: Row
    field: str
    reason: str


_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet program would run them
_OWN_PAIR = rf'"(?:{"|".join(OWN)})"\s*:\s*(?:"(?:[^"\\]|\\.)*"|\d+)'
_OLD = re.compile(rf"\s*,\s*{_OWN_PAIR}|{_OWN_PAIR}\s*,\s*")


def rejects(table: Table, rejected: Iterable[Reject]) -> tuple[str, bytes]:
    """Suffix and bytes of the rejects file: CSV in the shape of its source, or JSON lines.

    What the file said is kept sign by sign; `_line`, `_field` and `_reason` are added to each row.
    """
    write = {"csv": _csv, "json": _json, "sheet": _sheet}[table.shape.kind]
    suffix = ".jsonl" if table.shape.kind == "json" else ".csv"
    text = "".join(line + table.shape.ending for line in write(table, rejected))
    return suffix, (b"\xef\xbb\xbf" if table.shape.bom else b"") + text.encode()


def _csv(table: Table, rejected: Iterable[Reject]) -> Iterable[str]:
    """A file whose header changes on the way (CFDB7) keeps each row under its own header."""
    shape, head = table.shape, None
    if shape.prelude:
        yield shape.prelude.rstrip("\r\n")
    for row, field, reason in rejected:
        if row.head != head:
            mark = "" if head is None else "\ufeff"
            yield mark + shape.delimiter.join((row.head, *OWN))
            head = row.head
        yield shape.delimiter.join((row.raw, *_why(row, field, reason, shape)))


def _why(row: Row, field: str, reason: str, shape: Shape) -> list[str]:
    return [_cell(part, shape) for part in (str(row.line), field, reason)]


def _cell(text: str, shape: Shape) -> str:
    text = f"'{text}" if text.startswith(_DANGEROUS) else text
    if (
        not any(sign in text for sign in (shape.delimiter, '"', "\r", "\n"))
        and text == text.strip()
    ):
        return text
    return json.dumps(text, ensure_ascii=False) if shape.escaped else _quote(text)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _sheet(table: Table, rejected: Iterable[Reject]) -> Iterable[str]:
    """Text that is harmless in a workbook would run in a CSV: `_cell` guards every cell."""
    shape = table.shape
    yield shape.delimiter.join(_cell(name, shape) for name in (*table.columns, *OWN))
    for row, field, reason in rejected:
        cells = [_cell(row.cells.get(name, ""), shape) for name in table.columns]
        yield shape.delimiter.join((*cells, *_why(row, field, reason, shape)))


def _json(table: Table, rejected: Iterable[Reject]) -> Iterable[str]:
    for row, field, reason in rejected:
        raw = re.sub(r"\s*[\r\n]\s*", " ", _OLD.sub("", row.raw))
        added = dict(zip(OWN, (row.line, field, reason), strict=True))
        yield raw[:-1].rstrip() + ", " + json.dumps(added, ensure_ascii=False)[1:]
