"""The part of reading a spreadsheet that runs in a process of its own; see `sheet.py`.

Prints one JSON object: the sheet read, the others that hold something, and its rows as text.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from deskcli.sources.table import MAX_ROWS, plain

MEMORY = 3 << 30


def main(path: str) -> None:
    _limit_memory()
    from python_calamine import SheetVisibleEnum, load_workbook

    book = load_workbook(path)
    names = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
    sheets = {name: book.get_sheet_by_name(name) for name in names}
    filled = [name for name, sheet in sheets.items() if sheet.height]
    rows = sheets[filled[0]].to_python(skip_empty_area=False) if filled else []
    found = [
        [number, cells]
        for number, row in enumerate(rows, 1)
        if "".join(cells := [text(value) for value in row]).strip()
    ]
    answer = {"sheet": filled[:1], "others": filled[1:], "rows": found[: MAX_ROWS + 2]}
    json.dump(answer, sys.stdout)


def _limit_memory() -> None:
    """A sheet of 2 KB with one cell in the far corner asks for 500 GB (tafia/calamine#693)."""
    try:
        import resource
    except ImportError:  # Windows: only the time is limited
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def text(value: Any) -> str:
    """A cell as text: dates as ISO, numbers as digits, `true` and `false`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return plain(repr(value))
    if isinstance(value, timedelta):
        return _duration(round(value.total_seconds()))
    return _moment(value)


def _moment(value: date | time) -> str:
    """Spreadsheets keep a moment as a fraction of a day, so the microseconds are noise."""
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).isoformat(timespec="seconds")
    return value.isoformat(timespec="seconds") if isinstance(value, time) else value.isoformat()


def _duration(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
