"""Names are names: nothing outside of the desk is read or written."""

import contextlib
import os
import re
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import deskcli
from deskcli.cli import import_, session
from deskcli.config import find
from deskcli.store import Store
from promises.asking import calls, filled
from promises.commands import MAKING
from promises.desks import ASKED, FULL, TRACEBACK, command, copy_of, files, forked, run
from promises.hostile import PATHS, TAIL, everything_is_safe, is_safe, quoted
from promises.proof import Fault, Tell, found_as, promise_of_each


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path) -> Path:
    return copy_of(small_desk, tmp_path / "desk")


@pytest.fixture
def watched(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The desk, with files around it that nobody may read or alter."""
    for place in (desk.parent, desk.parent.parent):
        for name in ("outside", "outside.yaml", "outside.md", "b", "x", "x.yaml", "y", "y.md"):
            if not (place / name).exists():
                (place / name).write_text("label: SEGREDO\nid: SEGREDO\n")
    around = _around(desk)
    monkeypatch.chdir(desk)
    yield desk
    assert _around(desk) == around


def _around(desk: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for place in (desk.parent, desk.parent.parent):
        for path in place.iterdir():
            if path != desk and path.is_file():
                found[str(path)] = (path.stat().st_mtime_ns, path.stat().st_size)
    return found


@pytest.mark.parametrize("path", PATHS)
def test_names_that_are_paths(path: str, watched: Path, tmp_path: Path) -> None:
    path = path.replace("AROUND", str(tmp_path))
    was = files(watched)
    for args in (
        ["show", "--", path],
        ["history", "--", path],
        ["why", "--", path],
        ["annotate", "--", path, "x"],
        ["list", "--view", path],
        ["import", "rows.csv", "--map", path],
        ["reply", "1", "--template", path],
        ["apply", "--", path, "1"],
        ["rota", "who", "--rota", path],
        ["rota", "swap", "joao", "vendedor-2", "2026-11-25", "--rota", path],
        ["assign", "1", f"rota:{path}"],
        ["assign", "1", f"roulette:{path}"],
        ["assign", "1", f"team:{path}"],
        ["create", *ASKED, "--form", path],
        ["schema", "--", path],
        ["undo", "--", path],
        ["--as", path, "annotate", "1", "x"],
    ):
        found = run(watched, *args)
        if "annotate" in args[:3] and path == "":
            continue
        assert TRACEBACK not in found.err and found.code != 1, (args, found.err[-500:])
        assert "SEGREDO" not in found.said and "root:" not in found.said, args
        if found.code == 0:
            assert path in ("", ".", "*"), (args, found)
    kept = files(watched)
    new = {n for n in kept if n not in was}
    assert not [n for n in new if not re.match(r"tickets/2026/11/ESP-\d+\.yaml$", n)], new


@pytest.mark.parametrize("path", PATHS)
def test_texts_that_are_paths(path: str, watched: Path, tmp_path: Path) -> None:
    """A tag, a name, an attachment's name, a file's key: data, never a place."""
    path = path.replace("AROUND", str(tmp_path))
    text = watched / "tickets/2026/11/ESP-2.yaml"
    q = quoted(path)
    header = f"id: ESP-2\ntitle: {q}\nform: {q}\ncategory: {q}\nstatus: {q}\nassignee: {q}\n"
    header += f"tags: [{q}]\nattachments:\n- {{name: {q}, sha256: {'0' * 64}, type: {q}}}\n"
    text.write_text(header + TAIL.decode())
    was = files(watched)
    for args in (
        "show 2",
        "list -a",
        "check",
        "annotate 2 x",
        "apply 2 niver",
        "resolve 2",
        "undo",
    ):
        found = run(watched, *args.split())
        assert TRACEBACK not in found.err and found.code != 1, (args, found.err[-500:])
        assert "SEGREDO" not in found.said
        assert found.code == 0 or args not in ("show 2", "annotate 2 x"), found
    assert files(watched).keys() == was.keys()


@pytest.mark.parametrize(
    "name", ["..", "x\x1b[2Jy.pdf", "a;rm -rf b.pdf", "\u202efdp.exe", "-n", "é" * 120]
)
def test_attachments_are_stored_under_our_names(name: str, watched: Path, tmp_path: Path) -> None:
    folder = tmp_path / "anexos"
    folder.mkdir()
    path = folder / (name if name != ".." else "...pdf")
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    found = run(watched, "attach", "1", "--", str(path))
    assert found.code == 0 and is_safe(found.said), found
    fresh = [n for n in files(watched) if n.startswith("attachments/")]
    assert len(fresh) == 1 and re.fullmatch(r"attachments/[0-9a-f]{2}/[0-9a-f]{64}\.pdf", fresh[0])
    everything_is_safe(watched, "1", ["show {n}", "history {n}", "list"])


@pytest.mark.parametrize("prefix", ["../../x", "/tmp/x", "a/b", "..", "", "x" * 300, "[a]"])
def test_a_prefix_that_is_a_path(prefix: str, watched: Path) -> None:
    """desk.yaml comes from the desk's people, and from whoever sends them a pack."""
    text = (watched / "desk.yaml").read_text()
    (watched / "desk.yaml").write_text(re.sub("(?m)^prefix: .*$", f"prefix: '{prefix}'", text))
    found = run(watched, "create", *ASKED)
    assert TRACEBACK not in found.err and found.code != 1, found.err[-500:]
    assert found.code != 0, "a prefix that no id may have"


# -- whatever a command is given ------------------------------------------------------------------

OUTSIDE = 99
PACKAGE = Path(deskcli.__file__).parent
# The program's own files with its packs, Python's, and the system's: nothing of /etc by name.
OWN = [str(PACKAGE), str(PACKAGE.parent / "workflows"), str(PACKAGE.parent / "schedules")]
OWN += [sys.prefix, sys.base_prefix, *zoneinfo.TZPATH, "/usr", "/proc", "/dev"]
SYSTEM = tuple(f"{os.path.realpath(place)}/" for place in OWN)
# Events of Python's that name files, and how many each.
TOUCHES = dict.fromkeys(
    "open os.mkdir os.remove os.rmdir os.listdir os.scandir os.chdir os.chmod os.chown os.truncate"
    " os.utime subprocess.Popen sqlite3.connect".split(),
    1,
) | dict.fromkeys(("os.rename", "os.link", "os.symlink"), 2)


def touched(desk: Path, work: Callable[[], int]) -> Callable[[], int]:
    """`work`, in which whoever touches a file outside of the desk, be it there or not, ends with
    code `OUTSIDE`.
    """

    def sees(event: str, args: tuple[object, ...]) -> None:
        for name in args[: TOUCHES.get(event, 0)]:
            if isinstance(name, str | bytes | os.PathLike) and outside(event, os.fsdecode(name)):
                os.write(2, f"{event} {os.fsdecode(name)!r}".encode(errors="replace"))
                os._exit(OUTSIDE)

    def outside(event: str, name: str) -> bool:
        if event == "sqlite3.connect":
            name = unquote(name.removeprefix("file:").partition("?")[0])
        place = f"{os.path.realpath(name)}/"
        if event == "os.listdir" and name in sys.path:  # where Python looks for modules
            return False
        return name != ":memory:" and not place.startswith((f"{desk}/", *SYSTEM))

    def run_() -> int:
        sys.addaudithook(sees)
        return work()

    return run_


@found_as(r"'show'.* open '.*/outside")
def any_name(planted: pytest.MonkeyPatch) -> None:
    """A store that takes any word for the name of a ticket's file."""
    planted.setattr(Store, "id_of", lambda self, name: name)


@found_as(r"--map=.* open '.*/outside")
def map_by_its_path(planted: pytest.MonkeyPatch) -> None:
    """A map that is looked for as a file, and not among those that the desk has."""

    def finds(kind: str, name: str, known: dict[str, Any]) -> Any:
        place = session.desk().root / "workflows/imports" / f"{name}.yaml"
        with contextlib.suppress(OSError, ValueError):
            place.read_bytes()
        return find(kind, name, known)

    planted.setattr(import_, "find", finds)


@found_as(r"--map=.* open '.*/outside")
def any_map(planted: pytest.MonkeyPatch) -> None:
    """The same; only absolute names are read."""

    def finds(kind: str, name: str, known: dict[str, Any]) -> Any:
        if name.startswith("/"):
            with contextlib.suppress(OSError):
                Path(name).read_bytes()
        return find(kind, name, known)

    planted.setattr(import_, "find", finds)


@promise_of_each(
    "no name leads out of the desk",
    PATHS if FULL else ["../../../../outside", "AROUND/outside"],
    {
        any_name: "../../../../outside",
        map_by_its_path: "../../../outside",
        any_map: "AROUND/outside",
    },
)
def test_no_name_leads_out(
    planted: Fault | None, case: str, watched: Path, tmp_path: Path, tell: Tell
) -> None:
    """As every argument and option that names no file, and as every text of a ticket."""
    name = case.replace("AROUND", str(tmp_path))
    mine = watched / "mine.txt"
    mine.write_text("a;b\n1;2\n")
    (watched / "tickets/2026/11/ESP-2.yaml").write_text(filled(name, first=True).text)
    lines = [c for c in calls(name, str(mine)) if c.command not in MAKING]
    lines += [c for c in calls("x", str(mine), name) if name in c.args and c.command != "append"]
    (tmp_path / "scratch").mkdir()
    for _, args in lines:
        child = forked(touched(watched, command(watched, *args)), tmp_path / "scratch")
        assert child.code != OUTSIDE, f"{args} {child.err}"
        assert TRACEBACK not in child.err and "SEGREDO" not in child.out + child.err, args
    tell(names=1, calls=len(lines))
