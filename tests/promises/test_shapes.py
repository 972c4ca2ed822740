"""Values of another kind than a ticket has, from hand edits: a problem with its place, or shown."""

from pathlib import Path

import pytest

from promises.desks import ASKED, FULL, TRACEBACK, copy_of, done, run
from promises.hostile import TAIL


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path) -> Path:
    return copy_of(small_desk, tmp_path / "desk")


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
