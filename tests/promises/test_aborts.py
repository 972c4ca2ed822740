"""The process dies at every write, rename, link, fsync, mkdir and unlink of a command: each file is
old or new and whole, the same command run again completes it, and nothing is done twice.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import deskcli.store
from deskcli.durable import make_folder
from deskcli.problem import DeskError
from deskcli.store import Store
from deskcli.ticket import Ticket
from promises.desks import (
    ASKED,
    FULL,
    Child,
    command,
    copy_of,
    done,
    figures,
    files,
    forked,
    index_is_true,
    leftovers,
    run,
    tickets,
)
from promises.faults import KILLED, Layer, die

SWAPS = "schedules/swaps.yaml"
ROWS = """Nome;E-mail;Telefone;Marca;Categoria Assunto;Produto;Mensagem
Bia Exemplo;bia@example.com;11 99999-0001;VCC;Dúvidas de produtos;Cuba;Qual a medida?
Caio Exemplo;caio@example.com;11 99999-0002;Esplane;Orçamento Esplane;Cuba;Duas cubas
Sem Motivo;sem@example.com;11 99999-0003;VCC;Assunto que não há;Cuba;Isto não entra
Davi Exemplo;davi@example.com;11 99999-0004;VCC;Dúvidas de produtos;Argamassa;"Rende quanto?
É para 20 m²."
Bia Exemplo;bia@example.com;11 99999-0001;VCC;Dúvidas de produtos;Cuba;Qual a medida?
Eva Exemplo;eva@example.com;11 99999-0005;Esplane;Orçamento Esplane;Pia;Uma pia
"""
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n" * 40


@dataclass(frozen=True)
class Case:
    """A command, on which desk, and at how many points it can at least be killed."""

    name: str
    args: list[str]
    least: int
    again: frozenset[int] = frozenset((0,))  # exit codes of the repetition
    prepared: Callable[[Path], object] = lambda desk: None
    repeats: bool = False  # the repetition does it once more (a second note, a second ticket)
    changes: set[str] = field(default_factory=set)  # files of people that the command may write


def _imported(desk: Path) -> None:
    assert run(desk, "import", str(desk / "rows.csv"), "-m", "generic").code == 8


def _forgotten(desk: Path) -> None:
    shutil.rmtree(desk / ".deskcli")


def _bare(desk: Path) -> None:
    shutil.rmtree(desk / ".deskcli")
    shutil.rmtree(desk / "tickets")


CASES = [
    Case("create", ["create", *ASKED, "-m", "Mais uma\ncuba"], 15, repeats=True),
    Case("first create", ["create", *ASKED, "-m", "A 1ª"], 30, prepared=_bare, repeats=True),
    Case("create, no counter", ["create", *ASKED], 20, prepared=_forgotten, repeats=True),
    Case("annotate", ["annotate", "1", "liguei\nde novo"], 11, repeats=True),
    Case("annotate three", ["annotate", "1,2,3", "os três"], 25, repeats=True),
    Case("attach", ["attach", "2", "DESK/curriculo.pdf"], 22, again=frozenset((0, 3))),
    Case("import", ["import", "DESK/rows.csv", "-m", "generic"], 44, again=frozenset((8,))),
    Case("undo", ["undo", "IMPORTED"], 32, again=frozenset((0, 5)), prepared=_imported),
    Case(
        "rota swap",
        ["rota", "swap", "joao", "vendedor-2", "2026-11-25"],
        8,
        again=frozenset((0, 3)),
        changes={SWAPS},
    ),
]


# -- running --------------------------------------------------------------------------------------


@pytest.fixture
def base(small_desk: Path, tmp_path: Path) -> Path:
    desk = copy_of(small_desk, tmp_path / "base")
    (desk / "rows.csv").write_text(ROWS)
    (desk / "curriculo.pdf").write_bytes(PDF)
    return desk


def prepared(case: Case, base: Path) -> None:
    case.prepared(base)
    (base / "rejects").mkdir(exist_ok=True)
    for path in (base / "rejects").iterdir():
        path.unlink()


def killed(case: Case, desk: Path, at: int, scratch: Path) -> tuple[Child, list[str]]:
    """The command in a process that dies at its `at`-th point (never with 0), and its trace."""
    trace = scratch / "trace"

    def work() -> int:
        deskcli.store.CHUNK = 2  # so that an import has several
        layer = Layer(at, die, desk)
        with layer.installed():
            try:
                command(desk, *spelled(case, desk))()
            finally:
                trace.write_text(json.dumps(layer.trace))
        return 0

    child = forked(work, scratch)
    return child, json.loads(trace.read_text()) if not at else []


def spelled(case: Case, desk: Path) -> list[str]:
    imported = ""
    if "IMPORTED" in case.args:
        opened = [t.history[0] for t in tickets(desk).values() if t.text("source.import")]
        imported = max(event.operation for event in opened)
    return [arg.replace("DESK", str(desk)).replace("IMPORTED", imported) for arg in case.args]


# -- what must be true ----------------------------------------------------------------------------


def shape(ticket: Ticket) -> str:
    """A ticket without its number and its events' ids."""
    header = {k: v for k, v in ticket.header.items() if k != "id"}
    return json.dumps([header, [[e.did, e.text, e.sets, e.rule] for e in ticket.history]])


def shapes(found: Iterable[Ticket]) -> Counter[str]:
    return Counter(map(shape, found))


@dataclass
class Proof:
    """The desk before the command, and after it as it ought to be."""

    case: Case
    before: dict[str, Ticket]
    after: dict[str, Ticket]
    kept: dict[str, bytes]  # all that is no ticket
    made: dict[str, bytes]

    def holds_after_abort(self, desk: Path) -> None:
        """Every file is old or new and whole; nothing is anywhere that belongs nowhere."""
        now = tickets(desk)
        assert self.before.keys() <= now.keys(), "a ticket is gone"
        for name, ticket in self.before.items():
            assert ticket.doc.text == now[name].doc.text or shape(now[name]) == shape(
                self.after[name]
            ), f"{name} is neither old nor new"
        fresh = shapes(t for n, t in now.items() if n not in self.before)
        assert fresh <= self.fresh(self.after), "a new ticket is not as it should be"
        self.others(desk)

    def others(self, desk: Path) -> None:
        now = {n: d for n, d in files(desk).items() if not n.startswith("tickets/")}
        assert self.kept.keys() <= now.keys()
        for name, data in now.items():
            old, new = self.kept.get(name), self.made.get(name)
            if name.startswith("rejects/"):
                assert data in self.rejects(), f"half of {name}"
            elif name in self.case.changes:
                assert data in (old, new), f"{name} is neither old nor new"
            elif name.startswith("attachments/"):
                assert data == PDF, f"half of {name}"
            else:
                assert data == old, f"{name} was written to"

    def rejects(self) -> list[bytes]:
        return [data for name, data in self.made.items() if name.startswith("rejects/")]

    def fresh(self, found: dict[str, Ticket]) -> Counter[str]:
        return shapes(t for n, t in found.items() if n not in self.before)

    def holds_after_repetition(self, desk: Path, halfway: dict[str, Ticket]) -> None:
        """All is done, once; or once more, for a command that can not know that it is repeated."""
        now = tickets(desk)
        self.others(desk)
        assert not leftovers(desk)
        if not self.case.repeats:
            assert self.fresh(now) == self.fresh(self.after), "missing or doubled"
            for name in self.before:
                assert shape(now[name]) == shape(self.after[name]), f"{name} is not completed"
            for name, data in self.made.items():
                if name in self.case.changes:
                    assert (desk / name).read_bytes() == data
            return
        more = len(self.after) - len(self.before)
        assert len(now) == len(halfway) + more
        for name, ticket in halfway.items():
            added = self.after[name].history[len(self.before[name].history) :] if not more else ()
            told = [e.did for e in now[name].history[len(ticket.history) :]]
            assert told == [e.did for e in added]
        index_is_true(desk)


def proof_of(case: Case, base: Path, scratch: Path) -> tuple[Proof, list[str]]:
    desk = copy_of(base, scratch / "reference")
    kept = {n: d for n, d in files(desk).items() if not n.startswith("tickets/")}
    before = tickets(desk)
    child, trace = killed(case, desk, 0, scratch)
    assert child.code in case.again, child
    made = {n: d for n, d in files(desk).items() if not n.startswith("tickets/")}
    return Proof(case, before, tickets(desk), kept, made), trace


def at_every_point(case: Case, base: Path, scratch: Path, backwards: bool = False) -> int:
    """Kill the command at each of its points (of SQLite's statements, which are many and no part of
    the promise, at every fifth); gives how many there were without SQLite's.
    """
    prepared(case, base)
    proof, trace = proof_of(case, base, scratch)
    struck = 0
    for at, name in sorted(enumerate(trace, 1), reverse=backwards):
        if name.startswith("sqlite") and at % 5 and not FULL:
            continue
        desk = copy_of(base, scratch / "desk")
        child, _ = killed(case, desk, at, scratch)
        assert child.code in (KILLED, *case.again), (at, name, child)
        struck += child.code == KILLED and not name.startswith("sqlite")
        try:
            proof.holds_after_abort(desk)
            repeat(case, desk, proof)
        except (AssertionError, DeskError) as error:
            raise AssertionError(f"killed at {at}, before {name}: {error}") from error
    return struck


def repeat(case: Case, desk: Path, proof: Proof) -> None:
    halfway = tickets(desk)
    whole = all(shape(halfway[n]) == shape(t) for n, t in proof.after.items() if n in proof.before)
    if case.name == "undo" and whole:
        return  # all was taken back before it could be said; the next undo is of something else
    again = run(desk, *spelled(case, desk))
    assert again.code in case.again, again
    proof.holds_after_repetition(desk, halfway)


# -- the tests ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_killed_at_every_point(case: Case, base: Path, tmp_path: Path) -> None:
    struck = at_every_point(case, base, tmp_path)
    figures.append(f"{case.name}: killed at {struck} points, SQLite's not counted")
    assert struck >= case.least, "points are missing: does the layer still catch every call?"


# -- does the test see anything? ------------------------------------------------------------------


def in_place(self: Store, temp: Path, path: Path, is_new: bool) -> None:
    """The fault that the protocol is there to prevent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(temp.read_bytes())


@pytest.mark.parametrize("case", [CASES[0], CASES[3], CASES[6]], ids=lambda case: case.name)
def test_a_store_that_writes_in_place_is_found_out(
    case: Case, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "_place", in_place)
    with pytest.raises(AssertionError, match="killed at"):
        at_every_point(case, base, tmp_path, backwards=True)


def test_an_import_that_forgets_its_keys_is_found_out(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskcli.indexrow.source_key", lambda ticket: "")
    with pytest.raises(AssertionError, match="killed at"):
        at_every_point(CASES[6], base, tmp_path, backwards=True)


# -- the order of things: what a kill can not show, a power cut would -----------------------------


def unsafe(trace: list[str]) -> list[str]:
    """Breaches of: written, then made durable, then put in place, then the folder made durable;
    and a new folder made durable in the one above.
    """
    steps = [line.split(" ") for line in trace]
    found = []
    for n, (call, *paths) in enumerate(steps):
        before, after = steps[:n], steps[n + 1 :]
        if paths[0].startswith("rejects"):
            continue  # see below
        if call == "mkdir" and ["fsync", str(Path(paths[0]).parent)] not in after:
            found.append(f"folder not durable: {paths[0]}")
        if call not in ("rename", "link", "replace") or paths[1].startswith(".deskcli"):
            continue
        source, target = paths
        last_write = max(k for k, step in enumerate(before) if step[-1] == source)
        if before[last_write] != ["fsync", source]:
            found.append(f"content not durable: {target}")
        if ["fsync", str(Path(target).parent)] not in after:
            found.append(f"name not durable: {target}")
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_durable_in_the_right_order(case: Case, base: Path, tmp_path: Path) -> None:
    prepared(case, base)
    _, trace = proof_of(case, base, tmp_path)
    placed = [t for t in trace if t.startswith(("rename", "link")) and ".deskcli" not in t]
    assert placed, trace
    assert not unsafe(trace), trace


@pytest.mark.parametrize("planted", ["sync", "make_folder"])
def test_a_store_that_saves_on_fsync_is_found_out(
    planted: str, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def makes(folder: Path, root: Path, shared: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)

    instead = {"sync": lambda path: None, "make_folder": makes}
    monkeypatch.setattr(deskcli.store, planted, instead[planted])
    prepared(CASES[1], base)
    _, trace = proof_of(CASES[1], base, tmp_path)
    assert unsafe(trace)


def test_said_only_when_durable(base: Path, tmp_path: Path) -> None:
    """What a command prints as done comes after its last fsync."""
    trace: list[str] = []

    def work() -> int:
        layer = Layer(0, die, base)
        with layer.installed():
            write = sys.stdout.write

            def told(text: str) -> int:
                layer.point("said", ".")
                return write(text)

            sys.stdout.write = told  # type: ignore[method-assign]
            try:
                command(base, "annotate", "1,2", "nota")()
            finally:
                (tmp_path / "trace").write_text(json.dumps(layer.trace))
        return 0

    assert forked(work, tmp_path).code == 0
    trace = json.loads((tmp_path / "trace").read_text())
    said = trace.index("said .")
    assert [t for t in trace[:said] if t.startswith("fsync tickets/2026/11")]
    assert not [t for t in trace[said:] if t.startswith(("fsync", "rename", "link", "write"))]


# -- what remains of many aborts ------------------------------------------------------------------


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


def test_an_undo_that_died_half_way_is_completed_by_another(base: Path, tmp_path: Path) -> None:
    """Of an import of many tickets, some are taken back, some not: `undo` goes on with the rest."""
    prepared(CASES[7], base)
    proof, trace = proof_of(CASES[7], base, tmp_path)
    renames = [n for n, t in enumerate(trace, 1) if t.startswith("rename tickets")]
    assert len(renames) == 4
    for at in renames[1:]:
        desk = copy_of(base, tmp_path / "desk")
        killed(CASES[7], desk, at, tmp_path)
        done(desk, *spelled(CASES[7], desk))
        assert shapes(tickets(desk).values()) == shapes(proof.after.values())


def test_an_import_after_an_undo_that_nobody_told_the_index_of(base: Path, tmp_path: Path) -> None:
    """The keys of taken back rows are free again, whatever a stale index says."""
    prepared(CASES[7], base)
    _, trace = proof_of(CASES[7], base, tmp_path)
    last = max(n for n, t in enumerate(trace, 1) if t.startswith("fsync"))
    killed(CASES[7], base, last + 1, tmp_path)
    open_before = sum(t.text("status") == "novo" for t in tickets(base).values())
    assert run(base, "import", str(base / "rows.csv"), "-m", "generic").code == 8
    assert sum(t.text("status") == "novo" for t in tickets(base).values()) == open_before + 4


def test_a_file_of_rejects_is_whole_or_not_there(base: Path, tmp_path: Path) -> None:
    case = CASES[6]
    prepared(case, base)
    proof, trace = proof_of(case, base, tmp_path)
    for at in (n for n, t in enumerate(trace, 1) if "rejects/" in t):
        desk = copy_of(base, tmp_path / "desk")
        killed(case, desk, at, tmp_path)
        for path in (desk / "rejects").iterdir():
            assert path.read_bytes() in proof.rejects(), trace[at - 1]


# -- the same, one floor further down -------------------------------------------------------------

# Every call by which a process alters a file system; SQLite's are among them.
CALLS = "fsync rename link unlink mkdir write pwrite64 ftruncate fchmod chmod".split()


def _may_trace() -> bool:
    probe = [*_injecting("fsync", 99), "true"]
    return (
        bool(shutil.which("strace")) and not subprocess.run(probe, capture_output=True).returncode
    )


def _injecting(call: str, at: int) -> list[str]:
    inject = f"inject={call}:signal=SIGKILL:when={at}"
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]


@pytest.mark.skipif(not _may_trace(), reason="no strace that may trace here")
@pytest.mark.parametrize("case", [CASES[3], CASES[1]], ids=lambda case: case.name)
def test_killed_at_system_calls(case: Case, base: Path, tmp_path: Path) -> None:
    """SIGKILL as the n-th call of a kind begins, in the real program."""
    prepared(case, base)
    proof, _ = proof_of(case, base, tmp_path)
    struck = 0
    for call in CALLS if FULL else ["fsync", "rename", "link", "mkdir", "pwrite64"]:
        for at in range(1, 60):
            if not FULL and call == "pwrite64" and at not in (1, 2, 7):
                continue
            desk = copy_of(base, tmp_path / "desk")
            if _under_strace(case, desk, call, at) != -9:
                break
            struck += 1
            proof.holds_after_abort(desk)
            repeat(case, desk, proof)
    figures.append(f"{case.name}: SIGKILL at {struck} system calls")
    assert struck >= (30 if FULL else 6)


def _under_strace(case: Case, desk: Path, call: str, at: int) -> int:
    program = [sys.executable, "-m", "deskcli", "--desk", str(desk), *spelled(case, desk)]
    line = [*_injecting(call, at), *program]
    ended = subprocess.run(line, capture_output=True, stdin=subprocess.DEVNULL)
    assert ended.returncode in (-9, 0), ended
    return ended.returncode


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
