"""One broken file a problem: its first line says where it goes, and what `check` must say of it."""

from pathlib import Path

import pytest

from deskcli import packs
from deskcli.cli.check import find_problems
from deskcli.desk import Desk

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    for source, target in packs.files("esplane"):
        (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / target).write_bytes(source.read_bytes())
    (tmp_path / "tickets").mkdir()
    return tmp_path


def test_there_are_bad_files() -> None:
    assert len(BAD) > 25


def test_the_pack_itself_has_no_problem(desk: Path) -> None:
    assert [p for p in find_problems(Desk(desk)) if not p.is_warning] == []


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.stem)
def test_check_tells_code_line_and_column(bad: Path, desk: Path) -> None:
    target, place, code = bad.read_text().splitlines()[0].removeprefix("# ").split()
    (desk / target).parent.mkdir(parents=True, exist_ok=True)
    (desk / target).write_bytes(bad.read_bytes())
    found = [(p.code, str(p.place)) for p in find_problems(Desk(desk))]
    assert (code, f"{target}:{place}") in found
