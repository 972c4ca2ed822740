"""Links where the program itself writes, as a desk from a clone or an archive may have."""

import os
import shutil
from pathlib import Path

import pytest

from promises.desks import ASKED, copy_of, files, run


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    desk = copy_of(small_desk, tmp_path / "mesa")
    monkeypatch.chdir(desk)
    return desk


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder beside the desk, where somebody keeps files of their own."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "tese.txt").write_text("900\n")
    return folder


def _linked(path: Path, to: Path) -> None:
    """`path` of the desk as a link, and nothing else."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(to)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("tickets/.tmp", ["annotate", "1", "oi"]),
        ("attachments", ["attach", "1", "laudo.txt"]),
        ("rejects", ["import", "rows.csv", "--map", "generic"]),
        (".deskcli", ["list"]),
        (".deskcli", ["create", *ASKED]),
        (".deskcli", ["schema", "--write"]),
        (".deskcli/schemas", ["schema", "--write"]),
    ],
)
def test_nothing_is_written_or_deleted_behind_a_link_out_of_the_desk(
    name: str, args: list[str], desk: Path, mine: Path
) -> None:
    Path("laudo.txt").write_text("laudo\n")
    Path("rows.csv").write_text("Nome;E-mail;Categoria Assunto\nAna;;Nada\n")
    _linked(desk / name, mine)
    done = run(desk, *args)
    assert files(mine) == {"tese.txt": b"900\n"}
    assert (done.code, f"\n{name}" in f"\n{done.err}") == (65, True), done


@pytest.mark.parametrize("name", ["tickets/.tmp", "attachments", "rejects", ".deskcli"])
def test_check_tells_of_a_link_out_of_the_desk(name: str, desk: Path, mine: Path) -> None:
    _linked(desk / name, mine)
    done = run(desk, "check")
    assert (done.code, f"{name}: " in done.err) == (3, True), done


def test_a_folder_of_unfinished_files_that_is_a_link_is_not_emptied(desk: Path) -> None:
    """Within the desk it may be one; what is there is not ours to take away."""
    (desk / "inbox/site.csv").write_text("Nome\n")
    _linked(desk / "tickets/.tmp", desk / "inbox")
    assert run(desk, "annotate", "1", "oi").code == 0
    assert (desk / "inbox/site.csv").exists()


@pytest.mark.parametrize("name", ["index.seal", "index.sqlite", "index.new", "counter-ESP"])
@pytest.mark.parametrize("args", [["list"], ["create", *ASKED]])
def test_what_is_derived_takes_the_place_of_a_link(
    name: str, args: list[str], desk: Path, mine: Path
) -> None:
    """It is neither written through nor believed."""
    _linked(desk / ".deskcli" / name, mine / "tese.txt")
    done = run(desk, *args)
    assert (done.code, "ESP-901" in done.out) == (0, False), done
    assert files(mine) == {"tese.txt": b"900\n"}


def test_a_pipe_in_place_of_what_is_derived_is_not_waited_for(desk: Path) -> None:
    for name in ("index.seal", "counter-ESP"):
        (desk / ".deskcli" / name).unlink(missing_ok=True)
        os.mkfifo(desk / ".deskcli" / name)
    assert run(desk, "create", *ASKED).code == 0
