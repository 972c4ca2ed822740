"""A mended file of `rejects/` is imported and the process dies, wherever: each row is a ticket or
in a rejects file, never lost and never two tickets, and the same command again completes it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from promises.desks import copy_of, index_is_true, leftovers, run, tickets
from promises.faults import KILLED
from promises.kills import struck
from promises.writing import Case

HEAD = "Nome;E-mail;Categoria Assunto;Produto;Mensagem\n"
ROWS = [f"Cliente {n};;Dúvidas de produtos;Cuba;Pergunta {n}" for n in range(1, 6)]
PEOPLE = [f"Cliente {n}" for n in range(1, 6)]
NAME = "rejects/rows-20261123-100000.csv"


@pytest.fixture
def base(small_desk: Path, tmp_path: Path) -> Iterator[Path]:
    """Five rows without e-mail, all rejected."""
    desk = copy_of(small_desk, tmp_path / "base")
    (desk / "rows.csv").write_text(HEAD + "\n".join(ROWS) + "\n")
    shutil.rmtree(desk / "rejects", ignore_errors=True)
    assert run(desk, "import", str(desk / "rows.csv"), "-m", "generic").code == 8
    yield desk


def mend(desk: Path, people: list[str]) -> None:
    path = desk / NAME
    text = path.read_text()
    for name in people:
        text = text.replace(f"{name};;", f"{name};{name[-1]}@example.com;")
    path.write_text(text)


def made(desk: Path) -> list[str]:
    """Whose tickets came of rows; each once."""
    names = [str(t.get("requester.name")) for t in tickets(desk).values()]
    return sorted(n for n in names if n in PEOPLE)


def lying(desk: Path) -> list[str]:
    files = sorted((desk / "rejects").iterdir()) if (desk / "rejects").is_dir() else []
    lines = [line for path in files for line in path.read_text().splitlines()[1:]]
    return [line.split(";")[0] for line in lines]


@pytest.mark.parametrize("people", [PEOPLE[1:4], PEOPLE], ids=["some rows", "all rows"])
def test_a_mended_file_at_every_point(people: list[str], base: Path, tmp_path: Path) -> None:
    mend(base, people)
    before = (base / NAME).read_bytes()
    again = {8} if people != PEOPLE else {0, 5}  # the file is gone when all was done
    case = Case("rejects", ["import", f"DESK/{NAME}", "-m", "generic"], 0, frozenset(again))
    reference = copy_of(base, tmp_path / "reference")
    _, trace = struck(case, reference, 0, tmp_path)
    after = (reference / NAME).read_bytes() if people != PEOPLE else None
    assert (made(reference), lying(reference)) == (people, [p for p in PEOPLE if p not in people])
    kills = 0
    for at, point in enumerate(trace, 1):
        if point.startswith("sqlite"):
            continue
        desk = copy_of(base, tmp_path / "desk")
        child, _ = struck(case, desk, at, tmp_path)
        kills += child.code == KILLED
        held = (desk / NAME).read_bytes() if (desk / NAME).exists() else None
        assert held in (before, after), (at, point)
        assert {*made(desk), *lying(desk)} == set(PEOPLE), (at, point)
        assert len(set(made(desk))) == len(made(desk)), (at, point)
        found = run(desk, "import", str(desk / NAME), "-m", "generic")
        assert found.code in again, (at, point, found)
        assert (made(desk), lying(desk)) == (made(reference), lying(reference)), (at, point)
        assert not leftovers(desk)
        index_is_true(desk)
    assert kills >= 25


def test_the_export_killed_at_every_point_and_again(base: Path, tmp_path: Path) -> None:
    """Its bad rows lie in one file, however often it begins anew."""
    shutil.rmtree(base / "rejects")
    case = Case("export", ["import", "DESK/rows.csv", "-m", "generic"], 0, frozenset((8,)))
    _, trace = struck(case, copy_of(base, tmp_path / "reference"), 0, tmp_path)
    for at, point in enumerate(trace, 1):
        if point.startswith("sqlite"):
            continue
        desk = copy_of(base, tmp_path / "desk")
        struck(case, desk, at, tmp_path)
        assert lying(desk) in ([], PEOPLE), (at, point)
        assert run(desk, "import", str(desk / "rows.csv"), "-m", "generic").code == 8
        assert (made(desk), lying(desk)) == ([], PEOPLE), (at, point)
