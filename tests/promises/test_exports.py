"""Spreadsheets get no formulas from us: no cell of a CSV, of any list, begins one, whatever sign
the spreadsheet takes for the one between cells (Excel in Portuguese: the semicolon).
"""

import csv
import io
from pathlib import Path

import pytest

from deskcli.cli import show
from promises.asking import COMMON, calls, filled
from promises.desks import TRACEBACK, run
from promises.hostile import FORMULAS
from promises.proof import Fault, Tell, promise_of_each
from promises.writing import ESPLANE, DeskOf

BEGINS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BETWEEN = ",;\t"


def as_it_is(planted: pytest.MonkeyPatch) -> None:
    planted.setattr(show, "inert", str)


@promise_of_each("no cell that is exported is a formula", FORMULAS, {as_it_is: FORMULAS[0]})
def test_every_list_as_csv(
    planted: Fault | None, case: str, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    """Each text field of a ticket begins with the formula, and each list is exported."""
    desk = desk_of(ESPLANE)
    path = next(desk.glob("tickets/*/*/ESP-2.yaml"))
    path.write_text(filled(case, first=True).text)
    cells = 0
    lists = [call.args for call in calls("x", "x") if "csv" in call.args]
    for args in lists:
        found = run(desk, *args)
        assert TRACEBACK not in found.err
        assert COMMON in found.out or args[:2] != ["outbox", "list"], found
        for sign in BETWEEN:
            for row in csv.reader(io.StringIO(found.out), delimiter=sign):
                cells += len(row) * (sign == ",")
                assert not [c for c in row if c[:1] in BEGINS], (args, sign, row)
    tell(formulas=1, lists=len(lists), cells=cells)
