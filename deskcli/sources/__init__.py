"""Import files -> rows of text that know their line; one reader a format. Floor 3.

table = read("site.csv")                     # DeskError when the file can not be trusted
table.columns, table.rows, table.notes       # Row: line, cells, fault
suffix, data = rejects(table, [Reject(row, "requester.email", "falta o e-mail", "site:8841")])
keys_in("rejects/site.csv")                  # {"site:8841"}: the rows that lie there
"""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from deskcli.problem import DeskError, Place, refuse
from deskcli.sources.csvfile import read_csv
from deskcli.sources.jsonfile import read_json
from deskcli.sources.rejects import Reject, once, rejects
from deskcli.sources.sheet import read_sheet
from deskcli.sources.table import OWN, Row, Shape, Table

READERS: dict[str, Callable[[Path], Table]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".json": read_json,
    ".jsonl": read_json,
    ".ndjson": read_json,
    ".xlsx": read_sheet,
    ".xls": read_sheet,
    ".ods": read_sheet,
}


def read(path: Path | str) -> Table:
    """The rows of an import file; the suffix says which reader."""
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise refuse("source.unknown_format", file=str(path), suffix=path.suffix, known=[*READERS])
    if _is_empty(path):
        raise refuse("source.empty", Place(str(path)))
    table = reader(path)
    return replace(table, rows=once(table.rows))


def _is_empty(path: Path) -> bool:
    try:
        return path.is_file() and not path.stat().st_size
    except OSError:
        return False  # the reader says what is wrong with it


def keys_in(path: Path) -> set[str]:
    """The keys of the rows that lie in a rejects file; none when it can not be read."""
    try:
        return {row.key for row in read(path).rows if row.key}
    except DeskError:
        return set()


__all__ = ["OWN", "READERS", "Reject", "Row", "Shape", "Table", "keys_in", "read", "rejects"]
