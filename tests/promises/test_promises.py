"""docs/promises.md names every promise and its test, and each has a fault that it must find."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "promises.md"
ROW = re.compile(r"^\| (?P<name>[^|]+) \| \[`(?P<test>\w+)`\]\(\.\./(?P<path>[\w/.]+)\) \|")


def proofs() -> Iterator[tuple[str, Path, Any]]:
    for path in sorted(HERE.glob("test_*.py")):
        module = importlib.import_module(f"promises.{path.stem}")
        for test in vars(module).values():
            for mark in getattr(test, "pytestmark", ()):
                if mark.name == "promise":
                    yield mark.args[0], path, test


def test_the_table_has_every_promise() -> None:
    rows = [m.groupdict() for line in TABLE.read_text().splitlines() if (m := ROW.match(line))]
    told = {row["name"].strip(): (row["path"], row["test"]) for row in rows}
    root = TABLE.parents[1]
    held = {n: (str(p.relative_to(root)), test.__name__) for n, p, test in proofs()}
    assert told == held


@pytest.mark.parametrize("proof", list(proofs()), ids=lambda proof: proof[2].__name__)
def test_every_promise_has_a_fault_to_find(proof: tuple[str, Path, Any]) -> None:
    [rows] = [m.args[1] for m in proof[2].pytestmark if m.name == "parametrize"]
    faults = [row[0] if isinstance(row, tuple) else row for row in rows]
    assert None in faults and any(faults)
