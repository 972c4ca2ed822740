"""How soon the index knows of a change, and that damage, odd words and broken files never show."""

import json
import os
import random
import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from deskcli.condition import All as Every
from deskcli.desk import Desk
from deskcli.indexlook import Look
from deskcli.store import Store
from deskcli.ticket import Change, Ticket
from promises.desks import (
    ASKED,
    TRACEBACK,
    copy_of,
    done,
    run,
)
from promises.walk import MONTHS, Walk


@pytest.fixture
def closed_desk(empty_desk: Path, tmp_path: Path) -> Path:
    """A closed ticket in each of the months."""
    desk = copy_of(empty_desk, tmp_path / "desk")
    for month in MONTHS:
        done(desk, "--at", f"{month.replace('/', '-')}-03T10:00", "create", *ASKED)
    done(desk, "resolve", "1,2,3,4", "-m", "ok")
    return desk


def test_old_and_closed_edited_in_place_is_found_within_five_minutes(
    closed_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = time.time_ns() - 10**10
    for path in [*closed_desk.glob("tickets/*/*"), *closed_desk.glob("tickets/*/*/*.yaml")]:
        os.utime(path, ns=(settle, settle))
    monkeypatch.setattr("deskcli.folders.RACY_NS", 0)
    done(closed_desk, "list", "-a")
    for path in closed_desk.glob("tickets/*/*/*.yaml"):
        path.write_text(re.sub("(?m)^title: .*$", "title: Achada", path.read_text()))
    at_once = done(closed_desk, "list", "-a", "achada", "--format", "ids").out.split()
    assert set(at_once) >= {"ESP-3", "ESP-4"}, "the two newest months are looked at, always"
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert len(done(closed_desk, "list", "-a", "achada", "--format", "ids").out.split()) == 4


def test_what_an_editor_saves_before_the_index_is_told_is_found(
    closed_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a closed ticket too: what a command wrote is not what the file says any more."""
    done(closed_desk, "list", "-a")
    commit = Store.commit

    def saved(self: Store, changes: Sequence[Change], month: str) -> list[Ticket]:
        made = commit(self, changes, month)
        path = closed_desk / made[0].doc.path
        (closed_desk / "saved").write_text(
            path.read_text().replace("id: ESP-1\n", "id: ESP-1\nnova: x\n")
        )
        (closed_desk / "saved").rename(path)
        return made

    monkeypatch.setattr(Store, "commit", saved)
    done(closed_desk, "annotate", "1", "liguei")
    monkeypatch.setattr(Store, "commit", commit)
    here = Desk(closed_desk)
    here.index.refresh(folders_only=True)
    assert '"nova":"x"' in str(here.index.file.db.execute("SELECT header FROM ticket").fetchall())


def test_what_the_index_can_not_work_out_keeps_nobody_from_writing(
    empty_desk: Path, tmp_path: Path
) -> None:
    desk = copy_of(empty_desk, tmp_path / "desk")
    done(desk, "create", *ASKED)
    target = "targets: [{id: um, label: Um, when: {due: '<=+2bd'}, resolution: 4h}]\n"
    (desk / "schedules/sla.yaml").write_text(target)
    done(desk, "annotate", "1", "liguei")
    assert "liguei" in next(desk.glob("tickets/*/*/ESP-1.yaml")).read_text()


def test_a_file_put_in_is_found_though_the_folder_has_its_old_time(
    empty_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskcli.folders.RACY_NS", 0)
    desk = copy_of(empty_desk, tmp_path / "desk")
    done(desk, "create", *ASKED)
    done(desk, "list")
    folder = desk / "tickets/2026/11"
    was = folder.stat().st_mtime_ns
    text = (folder / "ESP-1.yaml").read_text().replace("id: ESP-1", "id: ESP-9", 1)
    (folder / "ESP-9.yaml").write_text(text)
    os.utime(folder, ns=(was, was))
    assert "ESP-9" in done(desk, "list", "--format", "ids").out.split()


def test_an_edit_in_the_same_tick_is_seen(
    empty_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system that knows only seconds, and tells nothing else of a change."""

    def coarse(self: Look, name: str) -> str | None:
        path = self.store.root / name
        if not path.exists():
            return None
        return f"{path.stat().st_size} {path.stat().st_mtime_ns // 10**9 * 10**9} 0 0"

    monkeypatch.setattr(Look, "state", coarse)
    desk = Desk(copy_of(empty_desk, tmp_path / "desk"))
    walk = Walk(desk, 1)
    path = walk.create()
    for word in ("aaaa", "bbbb", "cccc", "dddd"):
        path.write_text(re.sub("(?m)^title: .*$", f"title: {word}", path.read_text()))
        desk.index.refresh()
        assert [row.header["title"] for row in desk.index.select(Every())] == [word]


def test_an_edit_that_hides_is_seen(
    small_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same size and in place, its time put back: only the system's own time of the change
    (ctime) tells of it.
    """
    desk = copy_of(small_desk, tmp_path / "desk")
    monkeypatch.setattr("deskcli.folders.RACY_NS", 0)  # else it is read again for its youth
    path = desk / "tickets/2026/11/ESP-1.yaml"
    done(desk, "reindex")
    was = path.stat()
    path.write_text(re.sub("(?m)^title: ....", "title: Zqzq", path.read_text()))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    now = path.stat()
    assert (now.st_size, now.st_mtime_ns) == (was.st_size, was.st_mtime_ns)
    assert now.st_ino == was.st_ino and now.st_ctime_ns != was.st_ctime_ns
    assert done(desk, "list", "zqzq", "--format", "ids").out == "ESP-1\n"


def test_damage_anywhere_never_shows(small_desk: Path, tmp_path: Path) -> None:
    """Each page in turn replaced by noise: lists and searches answer as before, or the same."""
    desk = copy_of(small_desk, tmp_path / "desk")
    path = desk / ".deskcli/index.sqlite"
    asked = [["list", "-a", "--json"], ["search", "cuba", "--json"], ["today", "--all", "--json"]]
    expected = [done(desk, *args).out for args in asked]
    whole = path.read_bytes()
    chance = random.Random(1)
    for at in range(0, len(whole), 4096):
        for args, out in zip(asked, expected, strict=True):
            path.write_bytes(whole[:at] + chance.randbytes(4096) + whole[at + 4096 :])
            found = run(desk, *args)
            assert (found.code, found.out, found.err.count(TRACEBACK)) == (0, out, 0), (at, args)


@pytest.mark.parametrize(
    "words", ['""', '"', "", "*", "cuba*", "NEAR(", "a OR b", "(", "-", "^", "body:cuba"]
)
def test_search_takes_words_as_they_are(words: str, small_desk: Path) -> None:
    found = run(small_desk, "search", words)
    assert found.code in (0, 5) and TRACEBACK not in found.err, found


def test_a_filter_too_long_for_sqlite(small_desk: Path) -> None:
    for many in (["cuba"] * 3000, [f"id:{','.join(f'ESP-{n}' for n in range(40_000))}"]):
        found = run(small_desk, "list", *many)
        assert TRACEBACK not in found.err, found.err[-300:]


# -- broken files --------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [["list"], ["search", "cuba"], ["today", "--all"], ["reindex"]])
def test_a_broken_file_is_told_of_and_the_others_are_listed(
    args: list[str], small_desk: Path, tmp_path: Path
) -> None:
    desk = copy_of(small_desk, tmp_path / "desk")
    path = desk / "tickets/2026/11/ESP-2.yaml"
    path.write_text(path.read_text().replace("title:", "title: x\ntitle:", 1))
    for _ in range(2):  # the second time from the index
        found = run(desk, *args)
        assert found.code == 65, found
        assert "tickets/2026/11/ESP-2.yaml:3:1: " in found.err
        assert "ESP-1" in found.out or args == ["reindex"]
    done(desk, "annotate", "1", "os outros continuam")
    assert run(desk, "annotate", "2", "este não").code == 65


def test_an_id_twice_is_told_of_and_comes_right(small_desk: Path, tmp_path: Path) -> None:
    """A copy in another month: the newest counts, the other is a problem until one is gone."""
    desk = copy_of(small_desk, tmp_path / "desk")
    copy = desk / "tickets/2026/10/ESP-1.yaml"
    copy.parent.mkdir()
    shutil.copy(desk / "tickets/2026/11/ESP-1.yaml", copy)
    for _ in range(2):
        found = run(desk, "list")
        assert found.code == 65 and "tickets/2026/10/ESP-1.yaml:1:1: " in found.err
        assert found.out.count("ESP-1") == 1
    (desk / "tickets/2026/11/ESP-1.yaml").unlink()
    found = run(desk, "list")
    assert found.code == 0 and found.out.count("ESP-1") == 1
    assert run(desk, "show", "1").code == 0


def test_a_copied_desk_reads_its_own_files(small_desk: Path, tmp_path: Path) -> None:
    """The index comes along with `cp -r`, and names files as seen from the desk."""
    desk = copy_of(small_desk, tmp_path / "elsewhere")
    done(desk, "annotate", "1", "só aqui")
    row = json.loads(done(desk, "list", "--json").out)["tickets"][0]
    assert row["path"] == str(desk / "tickets/2026/11/ESP-1.yaml")
    assert done(desk, "search", "aqui").out and not done(small_desk, "search", "aqui").out
