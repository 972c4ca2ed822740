"""Words of `show`, `today` and `split` that told less, or other, than they knew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import Run, environment
from promises.desks import run as run_on

from deskcli.cli.init import make

PHONE = "+55 11 98765-4321"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    root = make(tmp_path / "mesa", "academia")
    with environment({"DESKCLI_NOW": "2026-11-23T09:00", "LC_ALL": "C.UTF-8"}):
        asked = ("org", "add", "Academia Um", "--contact", "Recepção", "--phone", PHONE)
        assert by(root, *asked).code == 0
        yield root


def by(desk: Path, *args: str) -> Run:
    return run_on(desk, "--as", "operador-1", *args)


def opened(desk: Path, *more: str) -> None:
    made = by(desk, "create", "--org", "academia um", "-c", "totem", "Totem parado", *more)
    assert made.code == 0, made


def test_who_asks_is_told_by_name_first(desk: Path) -> None:
    (desk / "c.txt").write_text(f"23/11/2026 08:40 - {PHONE}: o totem parou\n")
    opened(desk, "--chat", str(desk / "c.txt"))
    assert "Recepção  +5511987654321" in by(desk, "show", "1").out


def test_the_latest_tickets_of_who_asks_come_first_and_how_many_more_there_are(desk: Path) -> None:
    for _n in range(12):
        opened(desk)
    told = [line for line in by(desk, "show", "1").out.split("\n") if "mesmo solicitante" in line]
    assert [line.split()[2] for line in told[:5]] == [f"ACA-{n}" for n in range(12, 7, -1)]
    assert told[5:] == ["  mesmo solicitante: mais 6"]
    few = [line for line in by(desk, "show", "12").out.split("\n") if "mais" in line]
    assert few == ["  mesmo solicitante: mais 6"]


@pytest.mark.parametrize("gate", [(), ("--gate",), ("--handover",)])
def test_a_person_and_everybody_are_not_asked_for_at_once(
    gate: tuple[str, ...], desk: Path
) -> None:
    refused = by(desk, "today", *gate, "operador-2", "--all")
    assert refused.code == 2 and "--all" in refused.err and "operador-2" in refused.err
    assert by(desk, "today", *gate, "operador-2").code == 0


def test_lines_in_no_ticket_are_those_of_this_plan(desk: Path) -> None:
    lines = [f"23/11/2026 08:4{n} - Recepção: texto {n}\n" for n in range(4)]
    (desk / "c.txt").write_text("".join(lines))
    for spans in ("1-2", "3-4"):
        asked = f"lines: '{spans}', org: academia um, category: totem, title: Totem parado"
        (desk / "p.yaml").write_text(f"tickets:\n- {{{asked}}}\n")
        made = by(desk, "split", str(desk / "c.txt"), str(desk / "p.yaml"))
        assert made.code == 0 and "desta divisão" in made.err, made
