"""Files made to hurt, in every place that a desk reads: a message with its place, no traceback."""

import os
import re
import signal
from pathlib import Path

import pytest

from promises.desks import ASKED, TRACEBACK, Run, copy_of, done, files, run
from promises.hostile import TAIL, is_safe

HEAD = b"id: ESP-2\ntitle: x\n"
BOMB = b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1) if n else b"lol"] * 9))
    for n in range(9)
)


def _nested(depth: int) -> bytes:
    return b"".join(b" " * n + b"k%d:\n" % n for n in range(depth)) + b" " * depth + b"v\n"


HOSTILE: dict[str, bytes] = {
    "bomb": BOMB,
    "brackets": b"x: " + b"[" * 30_000,
    "braces": b"x: " + b"{a: " * 30_000,
    "brackets closed": b"x: " + b"[" * 30_000 + b"]" * 30_000,
    "duplicate key": b"x: 1\ny: 2\nx: 3\n",
    "duplicate key within": b"x:\n  a: 1\n  a: 2\n",
    "tab": b"x:\n\ty: 1\n",
    "conflict": b"<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> branch\n",
    "not utf-8": b"x: caf\xe9\n",
    "overlong utf-8": b"x: \xc0\xaf\n",
    "surrogate": b"x: \xed\xa0\x80\n",
    "utf-16": "x: 1\n".encode("utf-16"),
    "nul": b"x: a\x00b\n",
    "escape": b"x: a\x1b]0;title\x07b\n",
    "c1": "x: a\x9b31mb\n".encode(),
    "bom inside": "x: a\ufeffb\n".encode(),
    "huge scalar": b"x: " + b"a" * (1 << 21) + b"\n",
    "huge key": b"?" + b" " + b"k" * (1 << 21) + b"\n: v\n",
    "deep": _nested(60),
    "deep sequence": b"x:\n" + b"- " * 60 + b"v\n",
    "anchor": b"x: &a 1\n",
    "alias": b"x: *a\n",
    "tag": b"x: !!python/object/apply:os.system ['touch /tmp/hostile']\n",
    "local tag": b"x: !f y\n",
    "merge": b"x:\n  <<: {a: 1}\n",
    "documents": b"x: 1\n---\ny: 2\n",
    "document end": b"x: 1\n...\ny: 2\n",
    "directive": b"%YAML 9.9\n---\nx: 1\n",
    "complex key": b"? [a, b]\n: 1\n",
    "empty key": b"'': 1\n: 2\n",
    "open quote": b"x: 'never closed\n",
    "open flow": b"x: {a: 1\n",
    "bad indentation": b"x: 1\n  y: 2\n",
    "colon": b"x: a: b\n",
    "percent": b"x: %a\n",
    "at sign": b"x: @a\n",
    "bad escape": b'x: "\\ud800"\n',
    "many lines": b"x: [\n" + b"\n" * 5000,
}


def place_of(name: str) -> re.Pattern[str]:
    """`file:line:column: words`; a file that is only too big has no line."""
    return re.compile(rf"^\S*{re.escape(name)}(:\d+:\d+)?: \S", re.MULTILINE)


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path) -> Path:
    return copy_of(small_desk, tmp_path / "desk")


def is_told(found: Run, name: str, code: int) -> None:
    assert TRACEBACK not in found.said, found.err[-1500:]
    assert found.code == code, (found.code, found.err[:500])
    assert place_of(name).search(found.err), found.err[:500]
    assert is_safe(found.err), found.err[:500]
    assert len(found.err) < 5000, "a message, and not the file"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_ticket_file(hostile: str, desk: Path) -> None:
    name = "tickets/2026/11/ESP-2.yaml"
    data = HOSTILE[hostile]
    headed = data.startswith((b"\xff", b"%")) or hostile in ("conflict", "utf-16")
    (desk / name).write_bytes(data if headed else HEAD + data + TAIL)
    was = files(desk)
    for args in (
        ["list"],
        ["search", "cuba"],
        ["today", "--all"],
        ["show", "2"],
        ["history", "2"],
        ["why", "2"],
        ["annotate", "2", "nota"],
        ["set", "2", "product=x"],
        ["reindex"],
        ["sweep", "-n"],
    ):
        found = run(desk, *args)
        assert args[0] == "sweep" or found.code == 65, (args, found)
        is_told(found, name, found.code)
    is_told(run(desk, "check"), name, 3)
    assert files(desk) == was
    done(desk, "annotate", "1", "os outros continuam")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("desk.yaml", ["list"]),
        ("people.yaml", ["annotate", "1", "nota"]),
        ("workflows/forms/orcamentos-atendimento.yaml", ["create", *ASKED]),
        ("schedules/swaps.yaml", ["rota", "swap", "joao", "vendedor-2", "2026-11-25"]),
    ],
)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_file_of_the_desk(hostile: str, name: str, asked: list[str], desk: Path) -> None:
    (desk / name).write_bytes(HOSTILE[hostile])
    was = files(desk)
    is_told(run(desk, *asked), name, 65)
    is_told(run(desk, "check"), name, 3)
    assert files(desk) == was


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "socket"])
@pytest.mark.parametrize("args", ["list", "show 2", "annotate 2 nota", "check"])
def test_what_is_no_file(kind: str, args: str, desk: Path, tmp_path: Path) -> None:
    """A link out of the desk is not followed, and nobody waits at a pipe."""
    path = desk / "tickets/2026/11/ESP-2.yaml"
    outside = tmp_path / "outside.yaml"
    path.rename(outside)
    was = outside.read_bytes()
    if kind == "link":
        path.symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        os.mknod(path, 0o140600)
    else:
        path.mkdir()
    signal.alarm(20)  # ends the run, where a pipe would never
    found = run(desk, *args.split())
    signal.alarm(0)
    is_told(found, "tickets/2026/11/ESP-2.yaml", 3 if args == "check" else 65)
    assert "Boleto" not in found.said
    assert outside.read_bytes() == was
