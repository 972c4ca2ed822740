"""Honest errors: what the system refuses is told in words with an exit code that is not 0, the
desk is old or new, nothing half done is left, and the same command succeeds when the fault is gone.
"""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from deskcli.problem import DeskError, Exit
from deskcli.store import Store
from deskcli.ticket import Ticket
from promises.desks import (
    ASKED,
    FULL,
    TRACEBACK,
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
from promises.faults import EACH, READS, Layer, Strike, fail, send

ERRORS = [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE]
ANNOTATE = ["annotate", "1", "liguei de novo"]
CREATE = ["create", *ASKED, "-m", "mais uma"]
ROWS = "Nome;E-mail;Categoria Assunto;Produto;Mensagem\n" + "".join(
    f"Cliente {n};c{n}@example.com;Dúvidas de produtos;Cuba;Pergunta {n}\n" for n in range(6)
)


def struck(
    desk: Path, args: list[str], at: int, strike: Strike, scratch: Path, reads: bool = True
) -> tuple[Child, list[str]]:
    """The command in a process of its own with a strike at its `at`-th point, and its trace."""

    def work() -> int:
        layer = Layer(at, strike, desk, reads)
        try:
            with layer.installed():
                command(desk, *args)()
        finally:
            (scratch / "trace").write_text(json.dumps(layer.trace))
        return 0

    (scratch / "trace").unlink(missing_ok=True)
    child = forked(work, scratch)
    return child, json.loads((scratch / "trace").read_text())


@pytest.fixture
def base(small_desk: Path, tmp_path: Path) -> Path:
    desk = copy_of(small_desk, tmp_path / "base")
    (desk / "rows.csv").write_text(ROWS)
    return desk


# -- errors ---------------------------------------------------------------------------------------


class Before(NamedTuple):
    tickets: dict[str, Ticket]
    others: dict[str, bytes]


def before(desk: Path) -> Before:
    return Before(tickets(desk), others(desk))


def others(desk: Path) -> dict[str, bytes]:
    return {n: d for n, d in files(desk).items() if not n.startswith("tickets/")}


def is_old_or_new(desk: Path, was: Before, args: list[str]) -> bool:
    """Whether the change is there, whole; asserts that nothing else is."""
    now = tickets(desk)
    assert others(desk) == was.others
    changed = {n for n, t in now.items() if n not in was.tickets or t.doc != was.tickets[n].doc}
    assert was.tickets.keys() <= now.keys()
    if args is ANNOTATE:
        assert changed <= {"ESP-1"}
        events = now["ESP-1"].history[len(was.tickets["ESP-1"].history) :]
        assert [e.did for e in events] == ["noted"] * len(changed)
    else:
        assert len(changed) <= 1
        assert all(now[name].text("title") == "mais uma" for name in changed)
    return bool(changed)


@pytest.mark.parametrize("args", [ANNOTATE, CREATE], ids=lambda args: args[0])
def test_every_error_at_every_call(args: list[str], base: Path, tmp_path: Path) -> None:
    desk = copy_of(base, tmp_path / "desk")
    child, trace = struck(desk, args, 0, fail(0), tmp_path)
    assert child.code == 0, child
    was, tried, told = before(base), 0, 0
    for at, name in enumerate(trace, 1):
        for kind, number in enumerate(ERRORS):
            reads = name.split()[0] in (*READS, "open", "sqlite", "flock")
            if reads and (at + kind) % len(ERRORS) and not FULL:
                continue  # of reads one error each, in turn
            tried += 1
            desk = copy_of(base, tmp_path / "desk")
            child, _ = struck(desk, args, at, fail(number), tmp_path)
            try:
                told += child.code != 0
                is_honest(desk, was, args, child)
            except (AssertionError, DeskError) as error:
                why = f"{errno.errorcode[number]} at {at}, {name}: {error}\n{child.err}"
                raise AssertionError(why) from error
    figures.append(f"{args[0]}: {tried} errors at {len(trace)} calls, {told} told, the rest healed")
    assert len(trace) >= 30


def is_honest(desk: Path, was: Before, args: list[str], child: Child) -> None:
    assert TRACEBACK not in child.out + child.err
    assert child.code >= 0 and child.code != Exit.BUG, child
    there = is_old_or_new(desk, was, args)
    assert there or child.code != 0, "says done, and it is not"
    assert child.code == 0 or child.err, "fails without a word"
    assert not leftovers(desk), leftovers(desk)
    again = run(desk, *args)
    assert again.code == 0, again
    now = tickets(desk)
    assert len(now) + len(now["ESP-1"].history) == (
        len(was.tickets) + len(was.tickets["ESP-1"].history) + 1 + there
    )
    index_is_true(desk)


@pytest.mark.parametrize("name", ["schedules", "workflows/forms", "people.yaml"])
def test_a_configuration_file_that_can_not_be_looked_for(
    name: str, base: Path, tmp_path: Path
) -> None:
    def strike(point: str) -> None:
        call, path = point.split()[:2]
        if call in (*READS, "open") and path.startswith(name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    was = before(base)
    child, _ = struck(base, CREATE, EACH, strike, tmp_path)
    assert child.code == Exit.NOT_PERMITTED, child
    is_honest(base, was, CREATE, child)


def test_done_although_the_index_fails(base: Path, tmp_path: Path) -> None:
    """The index is derived: when only it can not be written, the change is done and said so."""
    desk = copy_of(base, tmp_path / "desk")
    _, trace = struck(desk, ANNOTATE, 0, fail(0), tmp_path, reads=False)
    for at in (n for n, t in enumerate(trace, 1) if t.startswith("sqlite")):
        desk = copy_of(base, tmp_path / "desk")
        child, _ = struck(desk, ANNOTATE, at, fail(errno.ENOSPC), tmp_path, reads=False)
        assert child.code == 0, (trace[at - 1], child)
        assert len(tickets(desk)["ESP-1"].history) == 4


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.EMFILE, errno.ENFILE])
def test_a_ticket_that_can_not_be_read_is_told_of(base: Path, tmp_path: Path, number: int) -> None:
    """Lists show the others, and the exit code says that one is missing."""
    done(base, "reindex")
    (base / "tickets/2026/11/ESP-2.yaml").touch()

    def strike(point: str) -> None:
        if point == "open tickets/2026/11/ESP-2.yaml":
            raise OSError(number, os.strerror(number))

    desk = copy_of(base, tmp_path / "desk")
    child, _ = struck(desk, ["list"], EACH, strike, tmp_path)
    assert child.code not in (0, 1), child
    assert "ESP-1" in child.out and "ESP-3" in child.out and "ESP-2.yaml" in child.err
    done(desk, "list")


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_desk_without_permission(base: Path) -> None:
    (base / "tickets/2026/11").chmod(0o500)
    try:
        found = run(base, *CREATE)
    finally:
        (base / "tickets/2026/11").chmod(0o2775)
    assert found.code == Exit.NOT_PERMITTED and TRACEBACK not in found.err


def test_busy_is_told_and_nothing_is_written(base: Path) -> None:
    held = Store(base, "ESP")
    was = files(base)
    with held.lock(), pytest.raises(DeskError) as told, Store(base, "ESP").lock(0.05):
        pass
    assert told.value.exit is Exit.BUSY
    assert files(base) == was
    done(base, *ANNOTATE)


# -- signals --------------------------------------------------------------------------------------

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


def test_a_signal_at_every_call_of_an_import(base: Path, tmp_path: Path) -> None:
    """Exit 130, no temporary file, every ticket whole; the rerun makes exactly the missing ones."""
    args = ["import", str(tmp_path / "desk" / "rows.csv"), "-m", "generic"]
    desk = copy_of(base, tmp_path / "desk")
    child, trace = struck(desk, args, 0, fail(0), tmp_path, reads=False)
    assert child.code == 0, child
    whole = sorted(t.text("title") for t in tickets(desk).values())
    late = 0
    for at, name in enumerate(trace, 1):
        if name.startswith("sqlite") and at % 4 and not FULL:
            continue
        desk = copy_of(base, tmp_path / "desk")
        number = SIGNALS[at % 3]
        child, _ = struck(desk, args, at, send(number), tmp_path, reads=False)
        why = (at, name, number, child)
        assert child.code == Exit.INTERRUPTED, why
        assert TRACEBACK not in child.err and "Exception" not in child.err, why
        assert not leftovers(desk), (*why, leftovers(desk))
        late += len(tickets(desk)) == len(whole)
        assert run(desk, *args).code == 0, why
        assert sorted(t.text("title") for t in tickets(desk).values()) == whole, why
        index_is_true(desk)
    figures.append(f"import: a signal at {len(trace)} calls, after the last row at {late}")
    assert len(trace) > 40


# Sends itself a signal as a module begins to be imported: at start, before and within a command.
_STARTING = """
import os, sys, threading
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Finder())
sys.argv[1:] = {args!r}
from deskcli.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("module", "number"),
    [
        ("typer", signal.SIGTERM),
        ("typer", signal.SIGHUP),
        ("typer", signal.SIGINT),
        *((module, n) for module in ("deskcli.cli.import_", "deskcli.index") for n in SIGNALS),
    ],
)
def test_a_signal_while_the_program_starts(module: str, number: int, base: Path) -> None:
    args = ["--desk", str(base), "import", str(base / "rows.csv"), "-m", "generic"]
    script = _STARTING.format(module=module, number=int(number), args=args)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ended.returncode in (Exit.INTERRUPTED, -number), ended
    assert TRACEBACK not in ended.stderr, ended.stderr
    assert not leftovers(base)
    assert len(tickets(base)) == 3


# -- pipes ----------------------------------------------------------------------------------------


def _program(desk: Path, *args: str) -> list[str]:
    return [sys.executable, "-m", "deskcli", "--desk", str(desk), *args]


def _shell(desk: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which `deskcli` is this program on this desk."""
    program = " ".join(_program(desk))
    script = f'deskcli() {{ {program} "$@"; }}\n{line}'
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True)


@pytest.fixture(scope="module")
def long_desk(small_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whose list is longer than a pipe holds."""
    desk = copy_of(small_desk, tmp_path_factory.mktemp("long") / "desk")
    rows = ["Nome;E-mail;Categoria Assunto;Produto;Mensagem"]
    rows += [f"C {n};c{n}@example.com;Dúvidas de produtos;Cuba;{'x' * 70}" for n in range(700)]
    (desk / "rows.csv").write_text("\n".join(rows) + "\n")
    os.environ["DESKCLI_NOW"] = "2026-11-23T10:00:00-03:00"
    done(desk, "import", str(desk / "rows.csv"), "-m", "generic")
    return desk


@pytest.mark.parametrize(
    "line",
    [
        "deskcli list | head -1",
        "deskcli list --json | head -1",
        "deskcli list --format csv | head -1",
        "deskcli list --format jsonl | true",
        "deskcli show 1 | true",
        "deskcli history 1 | true",
        "deskcli today --all | true",
        "deskcli search x --limit 1000 | head -1",
        "deskcli --help | true",
        "deskcli rota show | true",
        "deskcli import rows.csv -m generic | head -1",
    ],
)
def test_a_reader_that_goes_away(line: str, long_desk: Path) -> None:
    line = line.replace("rows.csv", f"{long_desk}/rows.csv")
    found = _shell(long_desk, line)
    assert found.returncode == 0, found.stderr
    told = found.stderr
    assert "Traceback" not in told and "Broken" not in told and "Exception" not in told, told


@pytest.mark.parametrize(
    "line",
    [
        "deskcli annotate 1 'dita' | true",
        "deskcli annotate 1 'dita' > /dev/full",
        "deskcli annotate 1 'dita' 2> /dev/full",
    ],
)
def test_what_was_done_stays_done_when_nobody_listens(line: str, base: Path) -> None:
    found = _shell(base, line)
    assert "Traceback" not in found.stderr
    assert tickets(base)["ESP-1"].history[-1].text == "dita"
    assert not leftovers(base)


@pytest.mark.parametrize("args", ["list", "show 1", "check", "search cuba", "history 1"])
def test_a_full_disk_behind_stdout_is_told(args: str, long_desk: Path) -> None:
    found = _shell(long_desk, f"deskcli {args} > /dev/full; exit $?")
    assert found.returncode not in (0, 1) or args == "check", found
    assert "Traceback" not in found.stderr and "Exception" not in found.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize("args", ["list", "annotate 1 dita"])
def test_closed_streams(closed: str, args: str, base: Path) -> None:
    """As some cron and some daemons start their children."""
    found = _shell(base, f"deskcli {args} {closed}; exit $?")
    assert "Traceback" not in found.stderr
    assert found.returncode != 1, found
