"""A derived SQLite index of the ticket files: refresh, query, search. Deleting it loses nothing.

The files are the truth and every row tells which state of its file it was read from. New, removed
and renamed files show in the folder's own mtime and are always found; files that may still change
(open tickets, the newest two months) are looked at each time a list is made; the rest, closed and
old, edited in place by hand, at most every five minutes and by `check`, `sweep` and `reindex`.
Any doubt (another version, damage, an error of SQLite) rebuilds it.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from deskcli.condition import Condition
from deskcli.config import Config
from deskcli.facts import Row, facts
from deskcli.fold import fold
from deskcli.problem import DeskError, Problem
from deskcli.store import Store, is_ticket_name, make_folder
from deskcli.ticket import Event, Ticket, requester_keys
from deskcli.where import sql

VERSION = 1
RECENT_MONTHS = 2
FULL_SECONDS = 300
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


class Index:
    """The index of one desk; `problems` are the files that could not be read at the last look."""

    def __init__(self, store: Store, config: Config) -> None:
        self.store = store
        self.config = config
        self.path = store.root / ".deskcli" / "index.sqlite"
        self.db = self._open()

    # -- keeping it true --------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        try:
            make_folder(self.path.parent, self.store.root, self.store.shared)
            db = _connect(self.path, self.store.shared)
            if db.execute("SELECT version FROM meta").fetchone() == (VERSION,):
                return db
            db.close()
        except (sqlite3.Error, OSError):
            pass
        return self._fresh()

    def _fresh(self) -> sqlite3.Connection:
        """An empty index in place of a doubtful one; in memory where the disk will not have it."""
        try:
            for suffix in ("", "-wal", "-shm", "-journal"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            db = _connect(self.path, self.store.shared)
            _create(db)
        except (sqlite3.Error, OSError):
            db = sqlite3.connect(":memory:", isolation_level=None)
            db.create_function("fold", 1, fold, deterministic=True)
            _create(db)
        return db

    def refresh(self, full: bool = False, folders_only: bool = False) -> None:
        """Bring the rows up to the files: `full` at all of them, `folders_only` at new ones."""
        try:
            self._refresh(full, folders_only)
        except sqlite3.Error:
            self.db.close()
            self.db = self._fresh()
            self._refresh(full=True, folders_only=False)

    def _refresh(self, full: bool, folders_only: bool) -> None:
        [full_at] = self.db.execute("SELECT full_at FROM meta").fetchone()
        full = full or (not folders_only and not 0 <= time.time() - full_at < FULL_SECONDS)
        self.db.execute("BEGIN IMMEDIATE")
        try:
            listed = self._folders()
            self._files(listed, full, folders_only)
            if full:
                self.db.execute("UPDATE meta SET full_at = ?", (time.time(),))
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise

    def _folders(self) -> set[str]:
        """Find new and removed files by the folders whose mtime moved; gives what is new."""
        known = dict(self.db.execute("SELECT path, mtime FROM folder"))
        now, fresh = time.time_ns(), set()
        there = {str(m): m.stat().st_mtime_ns for m in self.store.months()}
        for gone in known.keys() - there.keys():
            self._forget_folder(gone)
        for folder, mtime in there.items():
            if known.get(folder) == mtime:
                continue
            names = {e.name for e in os.scandir(folder) if is_ticket_name(e.name)}
            rows = self.db.execute("SELECT path FROM file WHERE folder = ?", (folder,))
            had = {Path(path).name for (path,) in rows}
            fresh |= {f"{folder}/{name}" for name in names - had}
            for name in had - names:
                self._forget(f"{folder}/{name}")
            settled = mtime if now - mtime > RACY_NS else 0
            self.db.execute("REPLACE INTO folder VALUES (?, ?)", (folder, settled))
        return fresh

    def _forget_folder(self, folder: str) -> None:
        for (path,) in self.db.execute("SELECT path FROM file WHERE folder = ?", (folder,)):
            self._forget(path)
        self.db.execute("DELETE FROM folder WHERE path = ?", (folder,))

    def _files(self, fresh: set[str], full: bool, folders_only: bool) -> None:
        for path in fresh:
            self._take(path)
        if folders_only:
            return
        recent = [str(m) for m in self.store.months()[:RECENT_MONTHS]]
        marks = ",".join("?" * len(recent))
        where = "" if full else f"WHERE open OR broken <> '' OR folder IN ({marks})"
        rows = self.db.execute(
            f"SELECT path, state, racy FROM file {where}", [] if full else recent
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
        try:
            ticket = self.store.read(Path(path))
        except DeskError as error:
            broken = "\n".join(_packed(p) for p in error.problems)
            self._file_row(path, state, racy, True, broken)
            return
        self._file_row(path, state, racy, self._ticket_row(ticket, path), "")

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
        self.db.execute(f"REPLACE INTO ticket VALUES ({marks})", row)
        keys = [(key, ticket.id) for key in requester_keys(ticket.header)]
        self.db.executemany("INSERT INTO requester VALUES (?, ?)", keys)
        events = [_event_row(ticket.id, event) for event in history]
        self.db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", events)
        body = "\n".join([str(known["text"]), *(e.text for e in history if e.text)])
        self.db.execute("INSERT INTO words VALUES (?, ?)", (ticket.id, body))
        return str(known["open"]) == "true"

    def _forget(self, path: str) -> None:
        for (ticket,) in self.db.execute(
            "SELECT id FROM ticket WHERE path = ?", (path,)
        ).fetchall():
            self.db.execute("DELETE FROM words WHERE ticket = ?", (ticket,))
            for table in ("requester", "event"):
                self.db.execute(f"DELETE FROM {table} WHERE ticket = ?", (ticket,))
        self.db.execute("DELETE FROM ticket WHERE path = ?", (path,))
        self.db.execute("DELETE FROM file WHERE path = ?", (path,))

    def note(self, paths: Iterable[Path]) -> None:
        """Read these files anew, after they were written; a failure only costs a later look."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            for path in paths:
                self._take(str(path))
            self.db.execute("COMMIT")
        except sqlite3.Error:
            self.db.close()
            self.db = self._fresh()

    def rebuild(self) -> int:
        self.db.close()
        self.db = self._fresh()
        self.refresh(full=True)
        [(count,)] = self.db.execute("SELECT count(*) FROM ticket")
        return int(count)

    # -- asking -----------------------------------------------------------------------------------

    @property
    def problems(self) -> list[Problem]:
        """Of every file that can not be read."""
        rows = self.db.execute("SELECT broken FROM file WHERE broken <> '' ORDER BY path")
        return [_unpacked(line) for (broken,) in rows for line in broken.split("\n")]

    def select(self, condition: Condition, order: str = "number") -> list[Row]:
        """The tickets of which a bound condition holds."""
        where, values = sql(condition)
        columns = "id, path, header, state, opened, changed, updated"
        query = f"SELECT {columns} FROM ticket WHERE {where} ORDER BY {order}"
        return [Row(r[0], r[1], json.loads(r[2]), *r[3:]) for r in self.db.execute(query, values)]

    def search(self, words: str, limit: int = 50) -> list[tuple[str, str]]:
        """Ids of the tickets with all these words anywhere, best first, each with an excerpt."""
        query = " ".join('"' + w.replace('"', '""') + '"*' for w in words.split())
        excerpt = "snippet(words, 1, '[', ']', '…', 12)"
        return list(
            self.db.execute(
                f"SELECT ticket, {excerpt} FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
                (query, limit),
            )
        )

    def of_requester(self, keys: Iterable[str]) -> list[str]:
        """Paths of all tickets that share a requester key."""
        asked = list(keys)
        marks = ",".join("?" * len(asked))
        query = f"""SELECT DISTINCT path FROM ticket JOIN requester ON ticket.id = ticket
                    WHERE key IN ({marks}) ORDER BY changed DESC"""
        return [path for (path,) in self.db.execute(query, asked)]

    def of_source(self, key: str) -> str:
        """The id of the ticket that a submission made, '' when there is none."""
        found = self.db.execute("SELECT id FROM ticket WHERE source = ?", (key,)).fetchone()
        return found[0] if found else ""

    def last_turns(self, key: str) -> str:
        """Path of the ticket with the latest turn of a roulette in a period, '' for none."""
        query = """SELECT path FROM event JOIN ticket ON ticket.id = event.ticket
                   WHERE turns = ?
                   AND operation NOT IN (SELECT undoes FROM event WHERE undoes <> '')
                   ORDER BY event.id DESC LIMIT 1"""
        found = self.db.execute(query, (key,)).fetchone()
        return found[0] if found else ""

    def spins(self, first: str, last: str) -> Iterator[tuple[str, str]]:
        """(roulette, person) of every turn between two instants that was not undone."""
        query = """SELECT turns, given FROM event WHERE turns <> '' AND given <> ''
                   AND at BETWEEN ? AND ?
                   AND operation NOT IN (SELECT undoes FROM event WHERE undoes <> '')"""
        for turns, given in self.db.execute(query, (first, last)):
            yield turns.partition(" ")[0], given

    def last_operation(self) -> str:
        """The operation that happened last and was not undone, '' for none."""
        query = """SELECT operation FROM event WHERE did <> 'undone'
                   AND operation NOT IN (SELECT undoes FROM event WHERE undoes <> '')
                   ORDER BY id DESC LIMIT 1"""
        found = self.db.execute(query).fetchone()
        return found[0] if found else ""

    def of_operation(self, operation: str) -> list[str]:
        query = """SELECT DISTINCT path, number FROM event JOIN ticket ON ticket.id = event.ticket
                   WHERE operation = ? ORDER BY number"""
        return [path for path, _ in self.db.execute(query, (operation,))]


def _connect(path: Path, shared: bool) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=5, isolation_level=None)
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
