"""The rows that were refused, as they came, with why: fix the file and import it again."""

import json
import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from deskcli.sources.table import OWN, Row, Shape, Table


class Reject(Struct, frozen=True):
    """A row with what is wrong with it; `key` is that of its submission."""

    row: Row
    field: str
    reason: str
    key: str = ""


def once(rows: Iterable[Row]) -> list[Row]:
    """A row that a person copied within a rejects file is another submission: it has no key."""
    found: list[Row] = []
    seen: set[str] = set()
    for row in rows:
        found.append(replace(row, own={**row.own, "_key": ""}) if row.key in seen else row)
        seen |= {row.key} if row.key else set()
    return found


_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet program would run them
_OWN_PAIR = rf'"(?:{"|".join(OWN)})"\s*:\s*(?:"(?:[^"\\]|\\.)*"|\d+)'
_OLD = re.compile(rf"\s*,\s*{_OWN_PAIR}|{_OWN_PAIR}\s*,\s*")


def rejects(table: Table, rejected: Iterable[Reject]) -> tuple[str, bytes]:
    """Suffix and bytes of the rejects file: CSV in the shape of its source, or JSON lines.

    What the file said is kept sign by sign; `_line` (of the first file that the row was in),
    `_field`, `_reason` and `_key` are added to each row.
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
    for reject in rejected:
        row = reject.row
        if row.head != head:
            mark = "" if head is None else "\ufeff"
            yield mark + shape.delimiter.join((row.head, *OWN))
            head = row.head
        yield shape.delimiter.join((row.raw, *(_cell(str(part), shape) for part in _own(reject))))


def _own(reject: Reject) -> tuple[object, ...]:
    """The cells under `OWN`."""
    first = reject.row.own.get("_line", "")
    line = int(first) if first.isdecimal() else reject.row.line
    return line, reject.field, reject.reason, reject.key


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
    for reject in rejected:
        cells = [reject.row.cells.get(name, "") for name in table.columns]
        yield shape.delimiter.join(_cell(str(part), shape) for part in (*cells, *_own(reject)))


def _json(table: Table, rejected: Iterable[Reject]) -> Iterable[str]:
    """A line that is no object stands as it came, below what is added to it."""
    for reject in rejected:
        added = dict(zip(OWN, _own(reject), strict=True))
        if not reject.row.cells:
            yield json.dumps(added, ensure_ascii=False)
            yield reject.row.raw
            continue
        raw = re.sub(r"\s*[\r\n]\s*", " ", _OLD.sub("", reject.row.raw))
        yield raw[:-1].rstrip() + ", " + json.dumps(added, ensure_ascii=False)[1:]
