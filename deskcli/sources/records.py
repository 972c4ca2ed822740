"""CSV text -> records. Our own, because a wrong guess here shifts columns without a word.

`csv` of the standard library reads on to the end of the file after a lost quote, and does not say
where a record starts or what its text was; both are needed for refusals and rejects.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from deskcli.problem import Place, refuse
from deskcli.sources.table import MAX_ROWS, too_big
from deskcli.sources.text import breaks


class Record(Struct, frozen=True):
    """`starts` are the offsets of its cells in the text; `end` is where its line ending begins."""

    line: int
    starts: list[int]
    end: int
    cells: list[str]
    marked: bool  # a byte-order mark stands before it: CFDB7 writes one before each of its headers
    stray: int  # number of the first cell with text after its closing quote, or 0

    @property
    def start(self) -> int:
        return self.starts[0]

    @property
    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


class Dialect(Struct, frozen=True):
    delimiter: str
    escaped: bool = False  # \" inside quotes, as in JSON; else the quote is doubled


MAX_RECORDS = 10 * MAX_ROWS  # a sheet saved to its last row is mostly `;;;;`

_MARKS = re.compile("\ufeff*+")
_EMPTY_LINES = re.compile(r"[\r\n]*+")
_DOUBLED = r'[^"]*+(?:""[^"]*+)*+'
_ESCAPED = r'(?:[^"\\\r\n]|\\["\\/bfnrtu])*+'
_QUOTED = re.compile(f' *+"{_DOUBLED}"')


def records(
    text: str, dialect: Dialect, path: str, start: int = 0, line: int = 1
) -> Iterator[Record]:
    """Every record from `start` on; DeskError with the line of a quote that is never closed."""
    signs = _signs(dialect)
    for _ in range(MAX_RECORDS):
        first = _EMPTY_LINES.match(text, start).end()  # type: ignore[union-attr]
        line, start = line + breaks(text, start, first), first
        if start >= len(text):
            return
        record = _record(text, start, line, signs, path)
        yield record
        line, start = line + breaks(text, start, record.end), record.end
    raise too_big("rows", MAX_ROWS, Place(path, line))


class _Signs(Struct, frozen=True):
    cell: re.Pattern[str]  # group 1 is the inside of a quoted cell, group 2 a bare one
    rest: re.Pattern[str]  # to the end of a cell, whatever it holds


def _signs(dialect: Dialect) -> _Signs:
    end, inside = re.escape(dialect.delimiter), _ESCAPED if dialect.escaped else _DOUBLED
    quoted = rf' *+"({inside})" *+(?=[{end}\r\n]|\Z)'
    return _Signs(re.compile(rf'{quoted}|((?! *")[^{end}\r\n]*+)'), re.compile(rf"[^{end}\r\n]*+"))


def _record(text: str, start: int, line: int, signs: _Signs, path: str) -> Record:
    at = _MARKS.match(text, start).end()  # type: ignore[union-attr]
    marked = at > start
    starts, cells, stray = [at], [], 0
    while True:
        if found := signs.cell.match(text, at):
            quoted, bare = found.groups()
            value = bare if quoted is None else quoted.replace('""', '"')
            at = found.end()
        else:
            after = _after_stray(text, at, signs.rest, Place(path, line + breaks(text, start, at)))
            value, at, stray = text[at:after], after, stray or len(starts)
        cells.append(value)
        if at >= len(text) or text[at] in "\r\n":
            return Record(line, starts, at, cells, marked, stray)
        at += 1
        starts.append(at)


def _after_stray(text: str, at: int, rest: re.Pattern[str], place: Place) -> int:
    """End of a cell that goes on after its closing quote; refused when nothing closes it."""
    closed = _QUOTED.match(text, at)
    if closed is None:
        raise refuse("source.quote_open", place)
    return rest.match(text, closed.end()).end()  # type: ignore[union-attr]  # can match nothing
