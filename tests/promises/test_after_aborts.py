"""What remains of killed commands, and that the next one is not led astray by it."""

import os
from pathlib import Path

import pytest

from deskcli.durable import make_folder
from promises.desks import ASKED, copy_of, done, leftovers, run, tickets
from promises.kills import prepared, proof_of, shapes, struck
from promises.writing import CASES, ESPLANE, DeskOf

IMPORT, UNDO = CASES["import"], CASES["undo"]


@pytest.fixture
def base(desk_of: DeskOf) -> Path:
    return desk_of(ESPLANE)


def test_temporary_files_of_the_dead_go_with_the_next_write(base: Path) -> None:
    folder = base / "tickets" / ".tmp"
    for n in range(50):
        (folder / f"99999-{n}").write_bytes(b"id: ESP-1\n")
    assert done(base, "list").code == 0  # reading does not mind, and does not clean
    assert len(leftovers(base)) == 50
    done(base, "annotate", "1", "nota")
    assert not leftovers(base)


@pytest.mark.parametrize("counter", [None, "0", "1", "-7", "x", "", "999", "1_0", "9" * 5000])
def test_counters_recover(base: Path, counter: str | None) -> None:
    """Lost, stale, damaged: the file names know better; one too high only leaves a gap."""
    path = base / ".deskcli" / "counter-ESP"
    path.unlink()
    if counter is not None:
        path.write_text(counter)
    for strange in ("ESP-x", "ESP-4 (cópia)", "ESP-", "OUTRO-77", "esp-9"):
        (base / "tickets/2026/11" / f"{strange}.yaml").write_text("nada: nada\n")
    done(base, "create", *ASKED, "-m", "depois")
    made = {p.stem for p in (base / "tickets/2026/11").glob("ESP-[0-9]*.yaml")} - {"ESP-4 (cópia)"}
    assert made == {"ESP-1", "ESP-2", "ESP-3", "ESP-1000" if counter == "999" else "ESP-4"}


def test_a_dead_link_has_the_number_of_its_name(base: Path) -> None:
    (base / "tickets/2026/11/ESP-4.yaml").symlink_to("/nowhere")
    assert done(base, "create", *ASKED, "-m", "depois").out.startswith("ESP-5 ")


def test_an_undo_that_died_half_way_is_completed_by_another(base: Path, tmp_path: Path) -> None:
    """Of an import of many tickets, some are taken back, some not: `undo` goes on with the rest."""
    prepared(UNDO, base)
    proof, trace = proof_of(UNDO, base, tmp_path)
    renames = [n for n, t in enumerate(trace, 1) if t.startswith("rename tickets")]
    assert len(renames) == 4
    for at in renames[1:]:
        desk = copy_of(base, tmp_path / "desk")
        struck(UNDO, desk, at, tmp_path)
        done(desk, *UNDO.spelled(desk))
        assert shapes(tickets(desk).values()) == shapes(proof.after.values())


def test_an_import_after_an_undo_that_nobody_told_the_index_of(base: Path, tmp_path: Path) -> None:
    """The keys of taken back rows are free again, whatever a stale index says."""
    prepared(UNDO, base)
    _, trace = proof_of(UNDO, base, tmp_path)
    last = max(n for n, t in enumerate(trace, 1) if t.startswith("fsync"))
    desk = copy_of(base, tmp_path / "desk")  # as the proof was, so that its calls are the same
    struck(UNDO, desk, last + 1, tmp_path)
    left = [t.id for t in tickets(desk).values() if t.text("status") == "novo"]
    assert left == ["ESP-1", "ESP-2", "ESP-3"], "all that was imported is taken back"
    assert run(desk, "import", str(desk / "rows.csv"), "-m", "generic").code == 8
    assert sum(t.text("status") == "novo" for t in tickets(desk).values()) == len(left) + 4


def test_a_file_of_rejects_is_whole_or_not_there(base: Path, tmp_path: Path) -> None:
    prepared(IMPORT, base)
    proof, trace = proof_of(IMPORT, base, tmp_path)
    for at in (n for n, t in enumerate(trace, 1) if "rejects/" in t):
        desk = copy_of(base, tmp_path / "desk")
        struck(IMPORT, desk, at, tmp_path)
        for path in (desk / "rejects").iterdir():
            assert path.read_bytes() in proof.rejects, trace[at - 1]


def test_a_folder_made_by_one_who_died_is_open_to_its_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between making it and giving it all its bits."""

    def dies(self: Path, mode: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "chmod", dies)
    before = os.umask(0o077)
    try:
        with pytest.raises(KeyboardInterrupt):
            make_folder(tmp_path / "2026", tmp_path, True)
    finally:
        assert os.umask(before) == 0o077
    assert (tmp_path / "2026").stat().st_mode & 0o777 == 0o775
