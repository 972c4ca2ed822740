"""Desks to try things on, the program run inside this process or in a fork of it, and what must be
true of a desk whatever happened to it.
"""

import io
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from deskcli.cli import main
from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.index import Index
from deskcli.store import Store
from deskcli.ticket import Ticket, drift

FULL = os.environ.get("DESKCLI_PROOF") == "full"
NOW = "2026-11-23T10:00:00-03:00"  # a Monday, the desk is open
TRACEBACK = "Traceback (most recent call last)"
ASKED = ["-c", "orcamento_vcc", "--name", "Ana Prado", "--email", "ana@example.com"]
# Every name of a ticket's file: nothing else may be below tickets/.
TICKET = "tickets/[0-9][0-9][0-9][0-9]/[0-9][0-9]/[A-Z]*-*.yaml"

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the strictest that others use


class Run(NamedTuple):
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


# -- desks ----------------------------------------------------------------------------------------


def new_desk(root: Path, pack: str = "esplane") -> Path:
    """A desk whose commands run at `NOW`."""
    return make(root, pack)


def attended_desk(root: Path, now: str, *created: str) -> Path:
    """One made at `now`, of whose people we are `atendente-1`, with the ticket `created` so."""
    with environment({"DESKCLI_NOW": now}):
        new_desk(root)
        done(root, "init", "--login", "atendente-1")
        done(root, "create", *created)
    return root


def copy_of(desk: Path, to: Path) -> Path:
    """A copy to break, in place of the last one; times are kept so that the index is still true."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(desk, to, symlinks=True)
    return to


def run(desk: Path, *args: str, stdin: str = "") -> Run:
    """The command in this process; what escapes `main` shows as a traceback and code 1."""
    out, err = _Stream(), _Stream()
    kept = sys.stdout, sys.stderr, sys.stdin
    handlers = {s: signal.getsignal(s) for s in (signal.SIGTERM, signal.SIGHUP)}
    sys.stdout, sys.stderr, sys.stdin = out, err, io.TextIOWrapper(io.BytesIO(stdin.encode()))
    code = 0
    try:
        main(["--desk", str(desk), *args])
    except SystemExit as end:
        code = int(end.code or 0) if not isinstance(end.code, str) else 1
    except BaseException:
        traceback.print_exc(file=err)
        code = 1
    finally:
        sys.stdout, sys.stderr, sys.stdin = kept
        for name, handler in handlers.items():
            signal.signal(name, handler)
    return Run(code, out.text(), err.text())


class _Stream(io.TextIOWrapper):
    """A pipe's end that remembers, with the encoding and the errors of a real one."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="utf-8", errors="backslashreplace", newline="")

    def text(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode(errors="surrogateescape")


def done(desk: Path, *args: str, stdin: str = "") -> Run:
    """The command, that must succeed."""
    result = run(desk, *args, stdin=stdin)
    assert result.code == 0, result
    return result


class Child(NamedTuple):
    """A command's end in a process of its own; `code` is negative for the signal it died of."""

    code: int
    out: str
    err: str


def forked(work: Callable[[], int], scratch: Path, stdin: str = "") -> Child:
    """`work` in a fork of this process, which ends by `os._exit` and cleans nothing up.

    A fork has all modules loaded, so that a command costs milliseconds; its standard output and
    error are files, as real as those of a shell.
    """
    out, err, given = scratch / "stdout", scratch / "stderr", scratch / "stdin"
    given.write_text(stdin)
    child = os.fork()
    if not child:
        _become(work, out, err, given)
    _, status = os.waitpid(child, 0)
    return Child(os.waitstatus_to_exitcode(status), read(out), read(err))


def _become(work: Callable[[], int], out: Path, err: Path, given: Path) -> None:
    code = 1
    try:
        for number, path, flags in (
            (0, given, os.O_RDONLY),
            (1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            fd = os.open(path, flags, 0o600)
            os.dup2(fd, number)
            os.close(fd)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        code = work()
    except SystemExit as end:
        code = int(end.code or 0) if not isinstance(end.code, str) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                code = code or 1
        os._exit(code)


def command(desk: Path, *args: str) -> Callable[[], int]:
    """The real command, for `forked`."""

    def work() -> int:
        main(["--desk", str(desk), *args])
        return 0

    return work


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    kept = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def always(now: str, **more: str) -> Any:
    """For a module of tests to take as a name of its own: all of them run at this moment, in
    Portuguese as the desk says, whatever the machine has.
    """

    @pytest.fixture(autouse=True)
    def moment() -> Iterator[None]:
        with environment({"DESKCLI_NOW": now, "LC_ALL": "C.UTF-8", **more}):
            yield

    return moment


# -- what is on the disk --------------------------------------------------------------------------


def files(desk: Path, below: str = "") -> dict[str, bytes]:
    """Every file of the desk but those that may be deleted at any time."""
    found = {}
    for path in sorted((desk / below).rglob("*")):
        name = str(path.relative_to(desk))
        derived = name.startswith((".deskcli/", "tickets/.tmp/")) or name.endswith(".tmp")
        if path.is_file() and not derived:
            found[name] = path.read_bytes()
    return found


def leftovers(desk: Path) -> list[str]:
    """Temporary files that nobody took away."""
    names = [p.name for p in (*desk.glob("tickets/.tmp/*"), *desk.glob(".*.tmp"))]
    local = (desk / ".deskcli").glob("*")
    known = ("index.sqlite", "index.sqlite-journal", "index.new", "index.seal", "schemas")
    return names + [p.name for p in local if p.name not in known and p.stem[:8] != "counter-"]


def tickets(desk: Path) -> dict[str, Ticket]:
    """All tickets by id, each checked: a known name, readable by any YAML reader, its header what
    its history makes; nothing else below tickets/.
    """
    store = Store(desk, "ESP")
    expected = set(desk.glob(TICKET))
    there = {p for p in (desk / "tickets").rglob("*") if p.is_file() and p.parent.name != ".tmp"}
    assert there == expected, f"not a ticket: {sorted(map(str, there - expected))}"
    found: dict[str, Ticket] = {}
    for path in sorted(expected):
        ticket = store.read(path)
        whole(ticket)
        assert isinstance(yaml.load(path.read_bytes(), Loader=LOADER), dict)
        assert ticket.id not in found, f"{ticket.id} twice"
        found[ticket.id] = ticket
    ids = [e.id for t in found.values() for e in t.history]
    assert len(ids) == len(set(ids)), "an event twice"
    return found


def whole(ticket: Ticket) -> None:
    """Its header is what its history makes, and its events are counted without a gap."""
    assert not drift(ticket), (ticket.id, drift(ticket))
    assert ticket.history[0].did == "opened", ticket.id
    assert [e.clk for e in ticket.history] == list(range(1, len(ticket.history) + 1)), ticket.id


Dump = dict[str, list[tuple[object, ...]]]
COLUMNS = {
    "file": "path, folder, state, open, broken",
    "ticket": "*",
    "mark": "key, ticket",
    "event": "*",
    "words": "ticket, body",
}


def dump(index: Index) -> Dump:
    """All that the index says, in an order of its own; not how it keeps itself true."""
    return {
        table: sorted(index.file.db.execute(f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in COLUMNS.items()
    }


def index_is_true(desk: Path) -> None:
    """The index, after the look that every list takes, is what a new one would be."""
    kept = Desk(desk)
    kept.index.refresh()
    held = dump(kept.index)
    kept.index.rebuild()
    fresh = dump(kept.index)
    kept.index.file.db.close()
    for table, rows in fresh.items():
        assert held[table] == rows, f"index, {table}: {differing(held[table], rows)}"


def differing(one: list[tuple[object, ...]], other: list[tuple[object, ...]]) -> str:
    extra = [row for row in one if row not in other]
    missing = [row for row in other if row not in one]
    return f"too many {extra[:3]!r}, missing {missing[:3]!r}"
