"""Spreadsheets (xlsx, xls, ods) through python-calamine, in a process of its own.

Calamine is quick and right, but a hostile or only odd workbook makes it abort, which would take
deskcli with it. A child process with limited memory and time turns that into a refusal.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from deskcli.problem import Place, Problem, lacking, refuse
from deskcli.sources.table import (
    OWN,
    Row,
    Shape,
    Table,
    check_file,
    check_size,
    distinct,
    long_cell,
    own_of,
    too_big,
    twice,
    used,
)

SECONDS = 120
_CHILD = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from deskcli.sources.sheetchild import main; main(sys.argv[1])"
)


def read_sheet(path: Path) -> Table:
    if find_spec("python_calamine") is None:
        raise lacking("source.library", "python-calamine")
    check_file(path)
    answer = _ask(path)
    place = Place(str(path))
    notes = []
    if answer["others"]:
        facts = {"read": answer["sheet"][0], "others": answer["others"]}
        notes.append(Problem("source.sheets", facts, place))
    if not answer["rows"]:
        raise refuse("source.empty", place)
    return _table(answer["rows"], str(path), notes)


def _ask(path: Path) -> Any:
    import subprocess

    command = [sys.executable, "-c", _CHILD, str(path.absolute()), *sys.path]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise too_big("seconds", SECONDS, Place(str(path))) from None
    if done.returncode == 0:
        return json.loads(done.stdout)
    last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if done.returncode < 0 or last.startswith("MemoryError"):
        raise refuse("source.sheet", Place(str(path)), detail="memory")
    raise refuse("source.sheet", Place(str(path)), detail=last)


def _table(found: list[tuple[int, list[str]]], path: str, notes: list[Problem]) -> Table:
    number, cells = found[0]
    labels = [cell.strip() for cell in cells]
    names = distinct(labels)
    notes += twice(labels, names, Place(path, number))
    rows: list[Row] = []
    for number, cells in found[1:]:
        place = Place(path, number)
        check_size(len(rows) + 1, len(names), place)
        values = dict(zip(names, cells, strict=True))
        kept = {name: cell for name, cell in values.items() if name not in OWN}
        if [cell.strip() for cell in cells] != labels:
            rows.append(Row(number, kept, fault=long_cell(kept, place), own=own_of(values)))
    columns = used((name for name in names if name not in OWN), rows)
    return Table(path, columns, rows, Shape("sheet"), notes)
