"""Readers that go away, full outputs and closed streams: what was done stays done, and is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from promises.desks import copy_of, done, leftovers, tickets


@pytest.fixture
def base(small_desk: Path, tmp_path: Path) -> Path:
    return copy_of(small_desk, tmp_path / "base")


def _program(desk: Path, *args: str) -> list[str]:
    return [sys.executable, "-m", "deskcli", "--desk", str(desk), *args]


def _shell(desk: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which `deskcli` is this program on this desk."""
    program = " ".join(_program(desk))
    script = f'deskcli() {{ {program} "$@"; }}\n{line}'
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True)


@pytest.fixture(scope="module")
def long_desk(small_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whose list is longer than a pipe holds."""
    desk = copy_of(small_desk, tmp_path_factory.mktemp("long") / "desk")
    rows = ["Nome;E-mail;Categoria Assunto;Produto;Mensagem"]
    rows += [f"C {n};c{n}@example.com;Dúvidas de produtos;Cuba;{'x' * 70}" for n in range(700)]
    (desk / "rows.csv").write_text("\n".join(rows) + "\n")
    os.environ["DESKCLI_NOW"] = "2026-11-23T10:00:00-03:00"
    done(desk, "import", str(desk / "rows.csv"), "-m", "generic")
    return desk


@pytest.mark.parametrize(
    "line",
    [
        "deskcli list | head -1",
        "deskcli list --json | head -1",
        "deskcli list --format csv | head -1",
        "deskcli list --format jsonl | true",
        "deskcli show 1 | true",
        "deskcli history 1 | true",
        "deskcli today --all | true",
        "deskcli search x --limit 1000 | head -1",
        "deskcli --help | true",
        "deskcli rota show | true",
        "deskcli import rows.csv -m generic | head -1",
    ],
)
def test_a_reader_that_goes_away(line: str, long_desk: Path) -> None:
    line = line.replace("rows.csv", f"{long_desk}/rows.csv")
    found = _shell(long_desk, line)
    assert found.returncode == 0, found.stderr
    told = found.stderr
    assert "Traceback" not in told and "Broken" not in told and "Exception" not in told, told


@pytest.mark.parametrize(
    "line",
    [
        "deskcli annotate 1 'dita' | true",
        "deskcli annotate 1 'dita' > /dev/full",
        "deskcli annotate 1 'dita' 2> /dev/full",
    ],
)
def test_what_was_done_stays_done_when_nobody_listens(line: str, base: Path) -> None:
    found = _shell(base, line)
    assert "Traceback" not in found.stderr
    assert tickets(base)["ESP-1"].history[-1].text == "dita"
    assert not leftovers(base)


@pytest.mark.parametrize("args", ["list", "show 1", "check", "search cuba", "history 1"])
def test_a_full_disk_behind_stdout_is_told(args: str, long_desk: Path) -> None:
    found = _shell(long_desk, f"deskcli {args} > /dev/full; exit $?")
    assert found.returncode not in (0, 1) or args == "check", found
    assert "Traceback" not in found.stderr and "Exception" not in found.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize("args", ["list", "annotate 1 dita"])
def test_closed_streams(closed: str, args: str, base: Path) -> None:
    """As some cron and some daemons start their children."""
    found = _shell(base, f"deskcli {args} {closed}; exit $?")
    assert "Traceback" not in found.stderr
    assert found.returncode != 1, found
