"""Files and texts made to hurt, through the real command line on a real desk: a message with its
place and no traceback, nothing raw on a terminal, nothing read or written outside the desk.
"""

import csv
import io
import os
import re
import signal
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from promises.desks import ASKED, FULL, TRACEBACK, Run, copy_of, done, files, run, tickets

HEAD = b"id: ESP-2\ntitle: x\n"
TAIL = b"\nhistory:\n- {id: X1, clk: 1, at: '2026-11-23T10:00:00-03:00', by: ana, did: opened}\n"
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


# -- files ----------------------------------------------------------------------------------------


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


# -- shapes: values of another kind than a header has ---------------------------------------------

SHAPES = ["''", "x", "[a, b]", "{a: b}", "[[a], {b: c}]", "{a: [b]}", "~", "[~]", "{a: ~}"]
KEYS = (
    "title form brand category subcategory status priority team assignee requester channel origin"
    " opened_at due next_action on_reply summary flags fields tags cc mentions links attachments"
    " source anything"
).split()
READS = [
    "show 2",
    "history 2",
    "why 2",
    "list -a",
    "list --json",
    "today --all",
    "search cuba",
    "check",
]
READS += [
    "list -a overdue:true",
    "report",
    "annotate 2 nota -n",
    "resolve 2 -n",
    "sweep -n",
    "set 2 product=y -n",
    "outbox list --all --json",
    "outbox export -n --all",
]


def _spoiled(key: str, shape: str) -> bytes:
    return f"id: ESP-2\n{key}: {shape}\n".encode() + TAIL


@pytest.mark.parametrize("shape", SHAPES)
def test_header_values_of_another_shape(shape: str, desk: Path) -> None:
    """A hand edit may put anything anywhere: a problem with its place, or shown as it is."""
    crashes = []
    for k, key in enumerate(KEYS, SHAPES.index(shape)):
        (desk / "tickets/2026/11/ESP-2.yaml").write_bytes(_spoiled(key, shape))
        for args in READS if FULL else READS[k % 2 :: 2]:
            found = run(desk, *args.split())
            if TRACEBACK in found.err or found.code == 1:
                last = [line.strip() for line in found.err.splitlines() if "/deskcli/" in line][-1:]
                crashes.append(f"{key}: {shape} {args}: {found.err.splitlines()[-1]} {last}")
    assert not crashes, "\n".join(crashes)


EVENTS = [
    "[]",
    "x",
    "{a: b}",
    "[x]",
    "[{}]",
    "[[]]",
    "[~]",
    "[{id: A, clk: x, at: y, by: z, did: w}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, text: [a]}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, sets: [a]}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, sets: {a.b.c: {d: [e]}}}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, adds: {tags: x}}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, adds: {title: [x]}}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, data: {undoes: [x]}}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: applied, data: {macro: [x]}}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, why: [x]}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, why: [{step: 'roulette:x', turns: y}]}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: swept, data: {due: [x]}, rule: [y]}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, cause: {x: y}}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, unknown: 1}]",
    "[{id: A, clk: 99999999999999999999999999, at: '2026-11-23', by: z, did: noted}]",
]


EVENTS += [
    "[{id: A, clk: 1, at: nunca, by: z, did: noted}]",
    "[{id: A, clk: 1, at: '', by: z, did: noted}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, data: {to: x}}]",
    "[{id: A, clk: 1, at: '2026-11-23T09:00-03:00', by: z, did: sent, data: {sent: {A: x}}}]",
    "[{id: A, clk: 1, at: '2026-11-23T09:00-03:00', by: z, did: replied, data: {to: {team: [x]}}}]",
    "[{id: A, clk: 1, at: '2026-11-23T09:00-03:00', by: z, did: swept, data: {notify: [[x], {}]}}]",
    "[{id: A, clk: 1, at: '2026-11-23T09:00-03:00', by: z, did: swept, data: {slot: [x]}}]",
    "[{id: A, clk: 1, at: '2026-11-23', by: z, did: noted, why: [{step: [x], skipped: y}]}]",
]


@pytest.mark.parametrize("history", EVENTS)
def test_histories_of_another_shape(history: str, desk: Path) -> None:
    path = desk / "tickets/2026/11/ESP-2.yaml"
    path.write_text(f"id: ESP-2\ntitle: x\nstatus: novo\nhistory: {history}\n")
    for args in [*READS, "undo A -n", "undo -n"]:
        found = run(desk, *args.split())
        assert TRACEBACK not in found.err and found.code != 1, (args, found.err[-400:])


@pytest.mark.parametrize(
    "id_",
    [
        "x",
        "ESP",
        "ESP-",
        "ESP--1",
        "ESP-01",
        "esp-2",
        "ESP-\u0662",
        "ESP-" + "9" * 30,
        "2",
        "[a]",
        "{}",
    ],
)
def test_ids_of_another_shape(id_: str, desk: Path) -> None:
    path = desk / "tickets/2026/11" / f"{id_}.yaml"
    path.write_text(f"id: {id_}\ntitle: x\n" + TAIL.decode())
    for args in ("list", "check", "search cuba", "reindex", "show 1"):
        found = run(desk, *args.split())
        assert TRACEBACK not in found.err, found.err[-600:]
        assert args == "show 1" or found.code in (3, 65)
    (desk / ".deskcli/counter-ESP").unlink()
    done(desk, "create", *ASKED)
    assert (desk / "tickets/2026/11/ESP-4.yaml").exists()


# -- terminals ------------------------------------------------------------------------------------

ESCAPES = {
    "title": "\x1b]0;tomado\x07",
    "link": "\x1b]8;;http://mal.example\x1b\\clique\x1b]8;;\x1b\\",
    "clear": "\x1b[2J\x1b[H\x1b[31m",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "device": '\x1bP$q"p\x1b\\\x1bc',
    "c1": "\x9b31m\x9dx\x9c\x90\x85",
    "bell": "a\x07b\x08c\x7fd",
    "return": "bom\rmau\x0b\x0c",
    "bidi": "abc\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "lines": "a\u2028b\u2029c\u0085d",
    "tags": "a\U000e0041\U000e0042b",
    "private": "\ue000\U000f0000x",
    "unassigned": "\u0378\U0001fffe",
    "interlinear": "a\ufff9b\ufffac\ufffb",
    "soft hyphen": "a\u00adb",
}
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def is_safe(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or all(
        c == "\n" or unicodedata.category(c) not in HIDDEN for c in text
    )


def raw(text: str) -> list[str]:
    return sorted({f"U+{ord(c):04X}" for c in text if c != "\n" and not is_safe(c)})


TOLD = ["show {n}", "history {n}", "why {n}", "list -a", "today --all", "search texto", "check"]
TOLD += [
    "annotate {n} -n ok",
    "resolve {n} -n",
    "set {n} product=y -n",
    "undo -n",
    "sweep -n",
    "report",
    "outbox list --all",
    "outbox export -n --all",
]
TOLD += ["list -a --format plain", "list -a --format table", "list -a --format ids", "people"]
DATA = ["show {n} --json", "history {n} --json", "why {n} --json", "list -a --json"]
DATA += [
    "outbox list --all --json",
    "list -a --format jsonl",
    "today --all --json",
    "search texto --json",
]


def everything_is_safe(desk: Path, number: str, asked: list[str]) -> None:
    for args in asked:
        found = run(desk, *args.format(n=number).split())
        assert TRACEBACK not in found.err, (args, found.err[-800:])
        assert is_safe(found.out) and is_safe(found.err), (args, raw(found.said))


def quoted(text: str) -> str:
    """As YAML lets a person write it, whatever it is."""
    return '"' + "".join(f"\\U{ord(c):08X}" for c in text) + '"'


def _edited(desk: Path, text: str) -> None:
    """By hand: in every text of the header and of the history, and as keys."""
    q = quoted("texto " + text)
    plain = "title form brand category status team assignee channel origin summary".split()
    lines = ["id: ESP-2", f"{q}: {q}", *(f"{key}: {q}" for key in plain)]
    lines += [f"{key}: [{q}]" for key in ("tags", "flags", "cc", "mentions")]
    lines += [f"requester: {{name: {q}, email: {q}, phone: {q}, {q}: {q}}}"]
    lines += [f"fields: {{product: {q}, {q}: {q}, lista: [{q}]}}"]
    lines += ["attachments:", f"- {{name: {q}, sha256: {q}, size: {q}, type: {q}}}"]
    lines += [f"source: {{import: {q}, key: {q}}}", "history:"]
    lines += [f"- id: {q}", "  clk: 1", "  at: '2026-11-23T10:00:00-03:00'"]
    lines += [f"  {key}: {q}" for key in "by did as via rule cause text".split()]
    lines += [f"  sets: {{title: {q}, {q}: {q}}}", f"  adds: {{tags: [{q}]}}"]
    lines += [f"  drops: {{{q}: [{q}]}}", f"  data: {{to: {{email: {q}}}, macro: {q}}}", "  why:"]
    lines += [f"  - {{step: {q}, result: {q}, reason: {q}, ticket: {q}, at: {q}, day: {q},"]
    lines += [f"    swapped_for: {q}, skipped: {{{q}: {q}}}}}"]
    (desk / "tickets/2026/11/ESP-2.yaml").write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("escape", ESCAPES)
def test_escapes_from_hand_edits(escape: str, desk: Path) -> None:
    _edited(desk, ESCAPES[escape])
    everything_is_safe(desk, "2", TOLD)


@pytest.mark.parametrize("escape", ESCAPES)
def test_json_is_safe_too(escape: str, desk: Path) -> None:
    r"""`\u202e` says the same in JSON, and does nothing to the terminal of who runs `--json`."""
    _edited(desk, ESCAPES[escape])
    everything_is_safe(desk, "2", DATA)


@pytest.mark.parametrize("escape", ESCAPES)
def test_escapes_from_options(escape: str, desk: Path) -> None:
    text = "texto " + ESCAPES[escape]
    asked = ["-c", "orcamento_vcc", "--name", text, "--email", "ana@example.com", "-m", text, text]
    for dry in (["-n"], []):
        found = run(desk, "create", *asked, "-f", f"product={text}", *dry)
        assert found.code == 0 and is_safe(found.said), (found.code, raw(found.said), found.err)
    for args in (
        ["annotate", "4", text, "-n"],
        ["annotate", "4", text],
        ["set", "4", f"product={text} 2"],
        ["due", "4", "2026-12-01", "-m", text],
        ["reply", "4", text],
        ["resolve", "4", "-m", text],
        ["reopen", "4", "-m", text],
        ["cancel", "4", "-m", text],
        ["create", "-c", text],
        ["create", "--form", text],
        ["set", "4", f"{text}=x"],
        ["assign", "4", text],
        ["move", "4", text],
        ["show", text],
        ["list", f"{text}:x"],
        ["list", text],
        ["list", "--view", text],
        ["search", text],
        ["rota", "who", "--at", text],
        ["apply", text, "4"],
        ["undo", text],
        ["schema", text],
        ["import", text, "-m", "generic"],
        ["import", "x.csv", "-m", text],
        [text],
        ["list", f"--{text}"],
        ["due", "4", text],
        ["--as", text, "annotate", "4", "x"],
        ["--at", text, "list"],
    ):
        found = run(desk, *args)
        assert TRACEBACK not in found.err, (args, found.err[-800:])
        assert is_safe(found.said), (args, raw(found.said))
    everything_is_safe(desk, "4", TOLD)
    tickets(desk)


@pytest.mark.parametrize("escape", ESCAPES)
def test_escapes_from_an_import(escape: str, desk: Path, tmp_path: Path) -> None:
    text = "texto " + ESCAPES[escape]
    name = tmp_path / f"linhas{ESCAPES[escape].replace('/', '')}.csv"
    rows = io.StringIO()
    writer = csv.writer(rows, delimiter=";")
    writer.writerow(
        ["Nome", "E-mail", "Categoria Assunto", "Produto", "Mensagem", text, "Telefone"]
    )
    writer.writerow([text, "a@example.com", "Dúvidas de produtos", text, text, text, ""])
    writer.writerow([text, "b@example.com", text, text, text, text, ""])
    writer.writerow(["Bia", text, "Dúvidas de produtos", "x", "y", "", text])
    name.write_bytes(rows.getvalue().encode())
    for dry in (["-n"], []):
        found = run(desk, "import", str(name), "-m", "generic", *dry)
        assert found.code in (0, 8, 65), found
        assert is_safe(found.said), raw(found.said)
        assert TRACEBACK not in found.err
    everything_is_safe(desk, "4" if found.code in (0, 8) else "1", TOLD)
    tickets(desk)


def test_escapes_in_broken_files_and_their_names(desk: Path) -> None:
    for n, text in enumerate(ESCAPES.values()):
        name = f"ESP-{500 + n}{text.replace('/', '')}.yaml"
        (desk / "tickets/2026/11" / name).write_text("id: [")
        q = quoted(text)
        bad = f"{q}: 1\nid: ESP-{600 + n}\n{q}: 2\n"
        (desk / "tickets/2026/11" / f"ESP-{600 + n}.yaml").write_text(bad)
        (desk / "workflows/forms" / f"x{n}.yaml").write_text(f"id: {q}\n{q}: {q}\n")
    for args in (["list"], ["check"], ["show", "600"], ["reindex"]):
        found = run(desk, *args)
        assert found.code in (3, 65) and TRACEBACK not in found.err
        assert is_safe(found.said), raw(found.said)


def test_an_argument_that_is_not_utf8(desk: Path) -> None:
    """As the shell hands it over, with a lone surrogate."""
    text = os.fsdecode(b"caf\xe9")
    for args in (["annotate", "1", text], ["create", *ASKED, "-m", text], ["list", text]):
        found = run(desk, *args)
        assert TRACEBACK not in found.err and found.code != 1, found.err[-500:]
        assert is_safe(found.said)
    tickets(desk)


# -- spreadsheets ---------------------------------------------------------------------------------

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "＝1+1"]
FORMULAS += ["\r=1", "a\r=1+1", "a\r=1,b", "a\n=1+1"]  # a lone CR ends a row too, for a spreadsheet


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_is_inert(formula: str, desk: Path) -> None:
    q = quoted(formula)
    path = desk / "tickets/2026/11/ESP-2.yaml"
    fields = f"fields: {{product: {q}}}\ntags: [{q}]\nassignee: {q}\n"
    path.write_text(f"id: ESP-2\ntitle: {q}\nstatus: novo\n{fields}" + TAIL.decode())
    for args in (["list", "-a"], ["today", "--all"], ["search", "1"]):
        found = run(desk, *args, "--format", "csv")
        assert found.code in (0, 5)
        for row in csv.reader(io.StringIO(found.out)):
            assert not [c for c in row if c[:1] in ("=", "+", "-", "@", "\t", "\r")], row


# -- paths ----------------------------------------------------------------------------------------

PATHS = [
    "../../etc/passwd",
    "../outside",
    "/etc/passwd",
    "..",
    ".",
    "",
    "a/../../b",
    "..\\..\\x",
    "%2e%2e/x",
    "ESP-1/../../x",
    "~root",
    "con",
    "a" * 300,
    "x\n../y",
    "*",
    "[a-z]*",
    "{a,b}",
    "$(id)",
    "-rf",
]


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
def test_names_that_are_paths(path: str, watched: Path) -> None:
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
def test_texts_that_are_paths(path: str, watched: Path) -> None:
    """A tag, a name, an attachment's name, a file's key: data, never a place."""
    text = watched / "tickets/2026/11/ESP-2.yaml"
    q = quoted(path)
    header = f"id: ESP-2\ntitle: {q}\nform: {q}\ncategory: {q}\nstatus: {q}\nassignee: {q}\n"
    header += f"tags: [{q}]\nattachments:\n- {{name: {q}, sha256: {q}}}\n"
    text.write_text(header + TAIL.decode())
    was = files(watched)
    for args in (
        "show 2",
        "list -a",
        "check",
        "annotate 2 x",
        "apply niver 2",
        "resolve 2",
        "undo",
    ):
        found = run(watched, *args.split())
        assert TRACEBACK not in found.err and found.code != 1, (args, found.err[-500:])
        assert "SEGREDO" not in found.said
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
