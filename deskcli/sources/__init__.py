"""Import files -> rows of text that know their line; one reader a format. Floor 3.

table = read("site.csv")                     # DeskError when the file can not be trusted
table.columns, table.rows, table.notes       # Row: line, cells, fault
suffix, data = rejects(table, [Reject(row, "requester.email", "falta o e-mail")])
"""

from collections.abc import Callable
from pathlib import Path

from deskcli.problem import refuse
from deskcli.sources.csvfile import read_csv
from deskcli.sources.jsonfile import read_json
from deskcli.sources.rejects import Reject, rejects
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
    return reader(path)


__all__ = ["OWN", "READERS", "Reject", "Row", "Shape", "Table", "read", "rejects"]
