"""What `split` prints is a plan that it takes (F8): names and numbers as they were written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from promises.desks import Run, environment
from promises.desks import run as run_on

from deskcli.cli.init import make
from deskcli.yamltext import reread

PHONE = "+55 11 98765-4321"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    root = make(tmp_path / "mesa", "academia")
    with environment({"DESKCLI_NOW": "2026-11-23T09:00", "LC_ALL": "C.UTF-8"}):
        for name in ("Academia Um", "Academia Dois"):
            assert by(root, "org", "add", name, "--contact", "Recepção").code == 0
        yield root


def by(desk: Path, *args: str) -> Run:
    return run_on(desk, "--as", "operador-1", *args)


def printed(desk: Path, author: str) -> str:
    lines = (f"23/11/2026 08:40 - {author}: bom dia", "23/11/2026 08:41 - Operador 1: vou ver")
    (desk / "x.txt").write_text("".join(f"{line}\n" for line in lines))
    found = by(desk, "split", str(desk / "x.txt"))
    assert found.code == 0, found
    return found.out


def filled(desk: Path, plan: str, org: str) -> Run:
    """The first ticket of the plan as a person fills it in; the second is deleted."""
    first = plan.partition("\n- lines: ''")[0] + "\n- lines: '1'"
    first += "\n  title: Catraca não libera\n  category: catraca\n  summary: Cabo solto\n"
    (desk / "p.yaml").write_text(first.replace("  org: ''\n", f"  org: {org}\n"))
    return by(desk, "split", str(desk / "x.txt"), str(desk / "p.yaml"), "-n")


def test_a_registered_telephone_stands_once_with_its_organisation(desk: Path) -> None:
    assert by(desk, "org", "contact", "academia-um", "Gerência", "--phone", PHONE).code == 0
    plan = printed(desk, PHONE)
    common = reread(plan, "").value["common"]
    assert {key: text for key, text in common.items() if text} == {
        "org": "academia-um",
        "requester.phone": "+5511987654321",
    }
    made = filled(desk, plan, "")
    assert made.code == 0, made


@pytest.mark.parametrize("author", ["Joana D'Arc", "Clube d'Água", "null", "# Ana", "- 'a', {b}"])
def test_a_name_stands_as_the_conversation_has_it(author: str, desk: Path) -> None:
    plan = printed(desk, author)
    assert reread(plan, "").value["common"] == {"org": "", "requester.name": author}
    made = filled(desk, plan, "academia-um")
    assert made.code == 0, made


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(NAMES)
def test_whatever_the_name_what_is_printed_is_a_plan(desk: Path, author: str) -> None:
    """What a terminal is not shown as it is is left out; the conversation tells it again."""
    plan = reread(printed(desk, author), "").value
    assert plan["common"]["org"] == "" and len(plan["tickets"]) == 2
    assert all(value == "" for part in plan["tickets"] for value in part.values())
    assert "\\" not in plan["common"].get("requester.name", "") or "\\" in author
