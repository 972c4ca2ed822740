"""A derived SQLite index of the ticket files: refresh, query, search. Deleting it loses nothing.

The files are the truth and every row tells which state of its file it was read from. New, removed
and renamed files show in the folder's own mtime and are always found; files that may still change
(open tickets, the newest two months) are looked at each time a list is made; the rest, closed and
old, edited in place by hand, at most every five minutes and by `check`, `sweep` and `reindex`.
Any doubt (another version, damage, an error of SQLite) rebuilds it.
"""

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from deskcli.condition import Condition
from deskcli.config import Config
from deskcli.facts import Row, facts
from deskcli.fold import fold
from deskcli.problem import DeskError, Place, Problem, refuse
from deskcli.store import Store, flock, is_ticket_name, make_folder
from deskcli.ticket import Event, Ticket, requester_keys
from deskcli.where import sql

VERSION = 2
RECENT_MONTHS = 2
FULL_SECONDS = 300
WAIT_SECONDS = 5.0  # for another's look at the files, before taking one's own in memory
RACY_NS = 2_000_000_000  # a file touched this close to its reading may have changed unseen

_SCHEMA = """
CREATE TABLE file (path TEXT PRIMARY KEY, folder TEXT, state TEXT, racy INTEGER, open INTEGER,
                   broken TEXT);
CREATE TABLE folder (path TEXT PRIMARY KEY, mtime INTEGER);
CREATE TABLE ticket (id TEXT PRIMARY KEY, path TEXT, number INTEGER, header TEXT, state TEXT,
                     open TEXT, status TEXT, assignee TEXT, category TEXT, due TEXT, opened TEXT,
                     changed TEXT, updated TEXT, source TEXT, macros TEXT, text TEXT);
CREATE TABLE requester (key TEXT, ticket TEXT);
CREATE TABLE event (ticket TEXT, clk INTEGER, id TEXT, operation TEXT, at TEXT, by TEXT, did TEXT,
                    turns TEXT, given TEXT, undoes TEXT);
CREATE VIRTUAL TABLE words USING fts5(ticket UNINDEXED, body,
                                      tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE meta (version INTEGER, full_at REAL);
CREATE INDEX ticket_open ON ticket (open, due);
CREATE INDEX ticket_path ON ticket (path);
CREATE INDEX ticket_source ON ticket (source);
CREATE INDEX file_folder ON file (folder);
CREATE INDEX requester_key ON requester (key);
CREATE INDEX requester_ticket ON requester (ticket);
CREATE INDEX event_ticket ON event (ticket);
CREATE INDEX event_operation ON event (operation);
CREATE INDEX event_id ON event (id);
CREATE INDEX event_turns ON event (turns) WHERE turns <> '';
"""

# Of an event: its operation was not undone on its ticket.
_LEFT = """NOT EXISTS (SELECT 1 FROM event AS later
                       WHERE later.ticket = event.ticket AND later.undoes = event.operation)"""

T = TypeVar("T")


class Index:
    """The index of one desk; `problems` are the files that could not be read at the last look."""

    def __init__(self, store: Store, config: Config) -> None:
        self.store = store
        self.config = config
        self.path = store.root / ".deskcli" / "index.sqlite"
        self.in_memory = False
        self.db = self._open()

    # -- keeping it true --------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        """The index as it is on the disk, or a new one when there is none of this version."""
        try:
            make_folder(self.path.parent, self.store.root, self.store.shared)
            with self._alone():
                return self._there() or self._replaced()
        except (sqlite3.Error, OSError):
            return self._in_memory()

    def _fresh(self) -> sqlite3.Connection:
        """An empty index in place of a doubtful one."""
        try:
            with self._alone():
                return self._replaced()
        except (sqlite3.Error, OSError):
            return self._in_memory()

    def _there(self) -> sqlite3.Connection | None:
        with contextlib.suppress(sqlite3.Error):
            db = _connect(self.path, "rw", self.store.shared)
            if db.execute("SELECT version FROM meta").fetchone() == (VERSION,):
                return db
            db.close()
        return None

    def _replaced(self) -> sqlite3.Connection:
        """Made aside and put in place whole; whoever has the old one open finds out and reopens."""
        made = self.path.with_name("index.new")
        for name in (made, self.path):
            for suffix in ("-journal", "-wal", "-shm") if name == self.path else ("", "-journal"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)
        db = _connect(made, "rwc", self.store.shared)
        _create(db)
        db.close()
        os.replace(made, self.path)
        return _connect(self.path, "rw", self.store.shared)

    def _in_memory(self) -> sqlite3.Connection:
        """Where the disk will not have an index, and where others keep it for too long."""
        self.in_memory = True
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.create_function("fold", 1, fold, deterministic=True)
        _create(db)
        return db

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer of the index at a time, by a lock on its folder. SQLite's own locks do not
        hold across a replaced file: the journal of the old one would be played into the new.
        """
        if self.in_memory:
            yield
            return
        fd = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                flock(fd, WAIT_SECONDS)
            except DeskError:
                raise _Busy from None
            yield
        finally:
            os.close(fd)

    def _surely(self, ask: Callable[[], T]) -> T:
        """The answer. With any doubt: from the index that is on the disk by now, else from a new
        one, else from one in memory, each brought up to the files.
        """
        mends = [self._open, self._fresh, self._in_memory]
        while True:
            try:
                if len(mends) < 3:
                    self._write(lambda: self._refresh(True, False))
                return ask()
            except (sqlite3.Error, ValueError) as error:
                if not mends or _is_question(error):
                    raise
                if isinstance(error, _Busy):
                    del mends[:-1]
                self.db.close()
                self.db = mends.pop(0)()

    def _write(self, work: Callable[[], None]) -> None:
        with self._alone():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                work()
                self.db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.db.execute("ROLLBACK")
                raise

    def refresh(self, full: bool = False, folders_only: bool = False) -> None:
        """Bring the rows up to the files: `full` at all of them, `folders_only` at new ones."""
        self._surely(lambda: self._write(lambda: self._refresh(full, folders_only)))

    def _refresh(self, full: bool, folders_only: bool) -> None:
        [full_at] = self.db.execute("SELECT full_at FROM meta").fetchone()
        full = full or (not folders_only and not 0 <= time.time() - full_at < FULL_SECONDS)
        self._files(self._folders(), full, folders_only)
        if full:
            self.db.execute("UPDATE meta SET full_at = ?", (time.time(),))

    def _folders(self) -> set[str]:
        """Find new, removed and replaced files by the folders whose mtime moved; gives what to read
        (a writer that was killed has replaced a file and not said so).
        """
        known = dict(self.db.execute("SELECT path, mtime FROM folder"))
        now, fresh = time.time_ns(), set()
        there = {str(m): m.stat().st_mtime_ns for m in self.store.months()}
        for gone in known.keys() - there.keys():
            self._forget_folder(gone)
        for folder, mtime in there.items():
            if known.get(folder) == mtime:
                continue
            names = {e.name for e in os.scandir(folder) if is_ticket_name(e.name)}
            rows = self.db.execute("SELECT path, state FROM file WHERE folder = ?", (folder,))
            had = {path.rpartition("/")[2]: state for path, state in rows}
            for name in names:
                path = f"{folder}/{name}"
                if name not in had or had[name] != _file_state(path):
                    fresh.add(path)
            for name in had.keys() - names:
                self._forget(f"{folder}/{name}")
            settled = mtime if now - mtime > RACY_NS else 0
            self.db.execute("REPLACE INTO folder VALUES (?, ?)", (folder, settled))
        return fresh

    def _forget_folder(self, folder: str) -> None:
        gone = self.db.execute("SELECT path FROM file WHERE folder = ?", (folder,)).fetchall()
        for (path,) in gone:
            self._forget(path)
        self.db.execute("DELETE FROM folder WHERE path = ?", (folder,))

    def _files(self, fresh: set[str], full: bool, folders_only: bool) -> None:
        for path in sorted(fresh, reverse=True):
            self._take(path)
        recent = [] if folders_only else [str(m) for m in self.store.months()[:RECENT_MONTHS]]
        marks = ",".join("?" * len(recent))
        where = f"folder IN ({marks}) OR broken <> ''" + ("" if folders_only else " OR open")
        rows = self.db.execute(
            f"SELECT path, state, racy FROM file WHERE ? OR {where} ORDER BY broken <> '', path DESC",
            [full, *recent],
        ).fetchall()
        for path, state, racy in rows:
            if path not in fresh and (racy or _file_state(path) != state):
                self._take(path)

    def _take(self, path: str) -> None:
        """Read one file anew; one that can not be read is kept as a broken row, never skipped."""
        state, at = _file_state(path), time.time_ns()
        self._forget(path)
        if state is None:
            return
        racy = at - int(state.split()[1]) < RACY_NS
        other = ""
        try:
            ticket = self.store.read(Path(path))
            other = self._same_id(ticket, path)
        except FileNotFoundError:
            return
        except (DeskError, OSError) as error:
            problems = error.problems if isinstance(error, DeskError) else [self._os(error, path)]
            broken = "\n".join(_packed(p) for p in problems)
            self._file_row(path, state, True, True, broken)
            return
        self._file_row(path, state, racy, self._ticket_row(ticket, path), "")
        if other:
            self._take(other)

    def _same_id(self, ticket: Ticket, path: str) -> str:
        """Another file of this id that has to give way; refuses when this one has to.

        A copy in another month: the newest counts, as for `Store.find`, and the other is a problem.
        """
        found = self.db.execute("SELECT path FROM ticket WHERE id = ?", (ticket.id,)).fetchone()
        other = str(found[0]) if found else ""
        if other > path:
            name = Path(other).relative_to(self.store.root)
            raise refuse("ticket.name", ticket.doc.place(("id",)), ticket=ticket.id, name=str(name))
        if other:
            self._forget(other)
        return other

    def _os(self, error: OSError, path: str) -> Problem:
        code = "os.permission" if isinstance(error, PermissionError) else "os.error"
        name = str(Path(path).relative_to(self.store.root))
        return Problem(code, {"what": error.strerror or str(error), "file": name}, Place(name))

    def _file_row(self, path: str, state: str, racy: bool, is_open: bool, broken: str) -> None:
        row = (path, str(Path(path).parent), state, racy, is_open, broken)
        self.db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", row)

    def _ticket_row(self, ticket: Ticket, path: str) -> bool:
        known = facts(ticket, self.config)
        history = ticket.history
        row = (
            *(ticket.id, path, int(ticket.id.rpartition("-")[2]), _json(ticket.header)),
            *(known["state"], known["open"], ticket.text("status"), ticket.text("assignee")),
            *(ticket.text("category"), ticket.text("due")),
            *(history[0].at if history else "", history[-1].at if history else ""),
            *(known["updated"], source_key(ticket), _json(known["macros"]), known["text"]),
        )
        marks = ",".join("?" * len(row))
        number = self.db.execute(f"INSERT INTO ticket VALUES ({marks})", row).lastrowid
        keys = [(key, ticket.id) for key in requester_keys(ticket.header)]
        self.db.executemany("INSERT INTO requester VALUES (?, ?)", keys)
        events = [_event_row(ticket.id, event) for event in history]
        self.db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", events)
        body = "\n".join([str(known["text"]), *(e.text for e in history if e.text)])
        words = (number, ticket.id, body)
        self.db.execute("INSERT INTO words (rowid, ticket, body) VALUES (?, ?, ?)", words)
        return str(known["open"]) == "true"

    def _forget(self, path: str) -> None:
        rows = self.db.execute("SELECT rowid, id FROM ticket WHERE path = ?", (path,)).fetchall()
        for number, ticket in rows:
            self.db.execute("DELETE FROM words WHERE rowid = ?", (number,))
            for table in ("requester", "event"):
                self.db.execute(f"DELETE FROM {table} WHERE ticket = ?", (ticket,))
        self.db.execute("DELETE FROM ticket WHERE path = ?", (path,))
        self.db.execute("DELETE FROM file WHERE path = ?", (path,))

    def note(self, paths: Iterable[Path]) -> None:
        """Read these files anew, after they were written; a failure only costs a later look."""

        def work() -> None:
            for path in paths:
                self._take(str(path))

        with contextlib.suppress(sqlite3.Error, OSError):
            self._write(work)

    def rebuild(self) -> int:
        self.db.close()
        self.db = self._fresh()
        self.refresh(full=True)
        [(count,)] = self._ask("SELECT count(*) FROM ticket")
        return int(count)

    # -- asking -----------------------------------------------------------------------------------

    def _ask(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        given = tuple(values)
        return self._surely(lambda: self.db.execute(query, given).fetchall())

    @property
    def problems(self) -> list[Problem]:
        """Of every file that can not be read."""
        query = "SELECT broken FROM file WHERE broken <> '' ORDER BY path"
        return self._surely(
            lambda: [
                _unpacked(line)
                for (broken,) in self.db.execute(query)
                for line in broken.split("\n")
            ]
        )

    def select(self, condition: Condition, order: str = "number") -> list[Row]:
        """The tickets of which a bound condition holds."""
        where, values = sql(condition)
        columns = "id, path, header, state, opened, changed, updated"
        query = f"SELECT {columns} FROM ticket WHERE {where} ORDER BY {order}"
        return self._surely(
            lambda: [
                Row(r[0], r[1], json.loads(r[2]), *r[3:]) for r in self.db.execute(query, values)
            ]
        )

    def search(self, words: str, limit: int = 50) -> list[tuple[str, str]]:
        """Ids of the tickets with all these words anywhere, best first, each with an excerpt."""
        query = " ".join('"' + w.replace('"', '""') + '"*' for w in words.split())
        excerpt = "snippet(words, 1, '[', ']', '…', 12)"
        return self._ask(
            f"SELECT ticket, {excerpt} FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
            (query or '""', limit),
        )

    def of_requester(self, keys: Iterable[str]) -> list[str]:
        """Paths of all tickets that share a requester key."""
        asked = list(keys)
        marks = ",".join("?" * len(asked))
        query = f"""SELECT DISTINCT path FROM ticket JOIN requester ON ticket.id = ticket
                    WHERE key IN ({marks}) ORDER BY changed DESC"""
        return [path for (path,) in self._ask(query, asked)]

    def of_source(self, key: str) -> str:
        """The id of the ticket that a submission made, '' when there is none."""
        found = self._ask("SELECT id FROM ticket WHERE source = ?", (key,))
        return found[0][0] if found else ""

    def last_turns(self, key: str) -> str:
        """Path of the ticket with the latest turn of a roulette in a period, '' for none."""
        query = """SELECT path FROM event JOIN ticket ON ticket.id = event.ticket
                   WHERE turns = ?
                   AND operation NOT IN (SELECT undoes FROM event WHERE undoes <> '')
                   ORDER BY event.id DESC LIMIT 1"""
        found = self._ask(query, (key,))
        return found[0][0] if found else ""

    def spins(self, first: str, last: str) -> Iterator[tuple[str, str]]:
        """(roulette, person) of every turn between two instants that was not undone."""
        query = """SELECT turns, given FROM event WHERE turns <> '' AND given <> ''
                   AND at BETWEEN ? AND ?
                   AND operation NOT IN (SELECT undoes FROM event WHERE undoes <> '')"""
        for turns, given in self._ask(query, (first, last)):
            yield turns.partition(" ")[0], given

    def last_operation(self) -> str:
        """The operation that happened last and was not undone (not wholly: an undo may have been
        killed half-way), '' for none.
        """
        query = f"SELECT operation FROM event WHERE did <> 'undone' AND {_LEFT}"
        found = self._ask(f"{query} ORDER BY id DESC LIMIT 1")
        return found[0][0] if found else ""

    def of_operation(self, operation: str) -> list[str]:
        """Paths of the tickets that it changed, without those where it was undone already."""
        query = f"""SELECT DISTINCT path, number FROM event JOIN ticket ON ticket.id = event.ticket
                    WHERE operation = ? AND {_LEFT} ORDER BY number"""
        return [path for path, _ in self._ask(query, (operation,))]


class _Busy(sqlite3.OperationalError):
    """Others keep the index for too long."""


def _is_question(error: Exception) -> bool:
    """What is wrong with what was asked (too long a filter), and not with the index."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR" and "no such" not in str(error)


def _connect(path: Path, mode: str, shared: bool) -> sqlite3.Connection:
    uri = f"{path.as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, timeout=WAIT_SECONDS, isolation_level=None, uri=True)
    db.execute("PRAGMA synchronous = OFF")  # it is derived: what a crash loses is read again
    db.execute("PRAGMA journal_mode = TRUNCATE")
    db.create_function("fold", 1, fold, deterministic=True)
    if path.stat().st_uid == os.getuid():
        path.chmod(0o664 if shared else 0o600)
    return db


def _create(db: sqlite3.Connection) -> None:
    db.executescript("BEGIN;" + _SCHEMA + f"INSERT INTO meta VALUES ({VERSION}, 0); COMMIT;")


def _file_state(path: str) -> str | None:
    """What changes whenever the file does: size, mtime, ctime, inode."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def source_key(ticket: Ticket) -> str:
    """What makes two imported submissions the same one."""
    key = ticket.text("source.key")
    return f"{ticket.text('source.import')}:{key}" if key else ""


def turns_key(roulette: str, period: str) -> str:
    return f"{roulette} {period}"


def _event_row(ticket: str, event: Event) -> tuple[Any, ...]:
    spun = next((step for step in event.why if "turns" in step), {})
    turns, given = _turns_of(spun) if spun else "", spun.get("result", "")
    undoes = str(event.data.get("undoes", ""))
    who = (event.operation, event.at, event.actor, event.did)
    return (ticket, event.clk, event.id, *who, turns, given, undoes)


def _turns_of(step: dict[str, Any]) -> str:
    return turns_key(str(step["step"]).partition(":")[2], str(step.get("period", "")))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _packed(problem: Problem) -> str:
    place = problem.place
    at = [place.path, place.line, place.column] if place else ["", 0, 0]
    return _json([problem.code, dict(problem.facts), *at])


def _unpacked(line: str) -> Problem:
    from deskcli.problem import Place

    code, known, path, at, column = json.loads(line)
    return Problem(code, known, Place(path, at, column))
