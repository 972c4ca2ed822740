"""A link within the desk is as good as the file; one that leads out of it is refused, by name."""

import os
from pathlib import Path

import pytest

from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.problem import DeskError

TICKET = "id: ESP-1\ntitle: x\nhistory: []\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return make(tmp_path / "mesa", "esplane")


def _moved(path: Path, to: Path) -> None:
    """`path` as a link to its own content elsewhere."""
    to.parent.mkdir(parents=True, exist_ok=True)
    path.rename(to)
    path.symlink_to(to)


@pytest.mark.parametrize(
    "name", ["people.yaml", "workflows/forms/pos-vendas.yaml", "workflows/forms", "schedules"]
)
def test_configuration_behind_a_link_out_of_the_desk_is_refused(
    name: str, desk: Path, tmp_path: Path
) -> None:
    _moved(desk / name, tmp_path / "outside" / "x.yaml")
    config = Desk(desk).config
    with pytest.raises(DeskError) as refused:
        _ = (config.people, config.forms, config.calendars)
    [problem] = refused.value.problems
    assert (problem.code, str(problem.place)) == ("file.outside", name)


@pytest.mark.parametrize("name", ["people.yaml", "workflows/forms/pos-vendas.yaml", "schedules"])
def test_a_link_within_the_desk_is_followed(name: str, desk: Path) -> None:
    known = Desk(desk).config
    expected = (list(known.people), list(known.forms), list(known.calendars))
    _moved(desk / name, desk / "shared" / "x.yaml")
    config = Desk(desk).config
    assert (list(config.people), list(config.forms), list(config.calendars)) == expected


def test_a_splice_behind_a_link_within_the_desk_changes_the_file_itself(desk: Path) -> None:
    people, target = desk / "people.yaml", desk / "shared" / "people.yaml"
    _moved(people, target)
    here = Desk(desk)
    doc = here.document("people")
    doc.text += "# fim\n"
    with here.writing():
        here.store.replace(doc)
    assert people.is_symlink()
    assert target.read_text().endswith("# fim\n")


@pytest.mark.parametrize("name", ["tickets/2026/11", "tickets/2026", "tickets"])
def test_tickets_behind_a_link_out_of_the_desk_are_refused(
    name: str, desk: Path, tmp_path: Path
) -> None:
    month = desk / "tickets/2026/11"
    month.mkdir(parents=True)
    (month / "ESP-1.yaml").write_text(TICKET)
    _moved(desk / name, tmp_path / "outside")
    with pytest.raises(DeskError) as refused:
        Desk(desk).store.get("1")
    [problem] = refused.value.problems
    assert (problem.code, str(problem.place)) == ("file.outside", name)


def test_a_month_that_is_a_link_within_the_desk_is_followed(desk: Path) -> None:
    month = desk / "tickets/2026/11"
    month.mkdir(parents=True)
    (month / "ESP-1.yaml").write_text(TICKET)
    _moved(month, desk / "archive" / "2026-11")
    assert Desk(desk).store.get("1").text("title") == "x"


def test_a_pipe_in_place_of_a_configuration_file_is_not_waited_for(desk: Path) -> None:

    (desk / "people.yaml").unlink()
    os.mkfifo(desk / "people.yaml")
    with pytest.raises(DeskError) as refused:
        assert Desk(desk).config.people
    assert refused.value.problems[0].code == "file.link"


def test_a_link_to_nothing_is_not_a_desk_without_that_file(desk: Path) -> None:
    """One without absences has nobody away; here nobody knows."""
    (desk / "schedules/absences.yaml").unlink(missing_ok=True)
    assert Desk(desk).config.absences == []
    (desk / "schedules/absences.yaml").symlink_to("ausencias.yaml")
    with pytest.raises(FileNotFoundError):
        assert Desk(desk).config.absences
