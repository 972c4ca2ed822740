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
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from deskcli.condition import Condition
from deskcli.config import Config
from deskcli.facts import Row
from deskcli.indexfile import IndexFile
from deskcli.indexrow import event_row, made_by, os_problem, packed, ticket_row, unpacked
from deskcli.problem import DeskError, Problem, refuse
from deskcli.store import Store, is_ticket_name
from deskcli.ticket import Ticket, requester_keys
from deskcli.timeline import clocks, teller
from deskcli.where import FUNCTIONS, sql

RECENT_MONTHS = 2
FULL_SECONDS = 300
RACY_NS = 2_000_000_000  # a file touched this close to its reading may have changed unseen

# Of an event: its operation was not undone on its ticket.
_LEFT = """NOT EXISTS (SELECT 1 FROM event AS later
                       WHERE later.ticket = event.ticket AND later.undoes = event.operation)"""


class Index:
    """The index of one desk; `problems` are the files that could not be read at the last look."""

    def __init__(self, store: Store, config: Config, now: Callable[[], datetime]) -> None:
        self.store = store
        self.config = config
        self.clocks = cache(lambda: clocks(config, now()))
        functions = (*FUNCTIONS, ("sla", 2, teller(self.clocks)))
        self.file = IndexFile(
            store.root, store.shared, made_by(config), lambda: self._refresh(True, False), functions
        )

    @property
    def db(self) -> sqlite3.Connection:
        return self.file.db

    # -- keeping it true --------------------------------------------------------------------------

    def refresh(self, full: bool = False, folders_only: bool = False) -> None:
        """Bring the rows up to the files: `full` at all of them, `folders_only` at new ones."""
        look = self._refresh
        self.file.surely(lambda: self.file.write(lambda: look(full, folders_only)))

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
        there = {self._name(m): m.stat().st_mtime_ns for m in self.store.months()}
        for gone in known.keys() - there.keys():
            self._forget_folder(gone)
        for folder, mtime in there.items():
            if known.get(folder) == mtime:
                continue
            found = os.scandir(self.store.root / folder)
            names = {e.name for e in found if is_ticket_name(e.name)}
            rows = self.db.execute("SELECT path, state FROM file WHERE folder = ?", (folder,))
            had = {path.rpartition("/")[2]: state for path, state in rows}
            for name in names:
                path = f"{folder}/{name}"
                if name not in had or had[name] != self._state(path):
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
        months = [] if folders_only else self.store.months()[:RECENT_MONTHS]
        recent = [self._name(month) for month in months]
        marks = ",".join("?" * len(recent))
        where = f"folder IN ({marks}) OR broken <> ''" + ("" if folders_only else " OR open")
        query = f"SELECT path, state, racy FROM file WHERE ? OR {where} ORDER BY broken <> ''"
        rows = self.db.execute(query, [full, *recent]).fetchall()
        for path, state, racy in rows:
            if path not in fresh and (racy or self._state(path) != state):
                self._take(path)

    def _take(self, path: str) -> None:
        """Read one file anew; one that can not be read is kept as a broken row, never skipped."""
        state, at = self._state(path), time.time_ns()
        self._forget(path)
        if state is None:
            return
        racy = at - int(state.split()[1]) < RACY_NS
        other = ""
        try:
            ticket = self.store.read(self.store.root / path)
            other = self._same_id(ticket, path)
        except FileNotFoundError:
            return
        except (DeskError, OSError) as error:
            problems = error.problems if isinstance(error, DeskError) else [os_problem(error, path)]
            broken = "\n".join(packed(p) for p in problems)
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
            raise refuse("ticket.name", ticket.doc.place(("id",)), ticket=ticket.id, name=other)
        if other:
            self._forget(other)
        return other

    def _file_row(self, path: str, state: str, racy: bool, is_open: bool, broken: str) -> None:
        row = (path, path.rpartition("/")[0], state, racy, is_open, broken)
        self.db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", row)

    def _ticket_row(self, ticket: Ticket, path: str) -> bool:
        row = ticket_row(ticket, path, self.config)
        marks = ",".join("?" * len(row))
        number = self.db.execute(f"INSERT INTO ticket VALUES ({marks})", row).lastrowid
        keys = [(key, ticket.id) for key in requester_keys(ticket.header)]
        self.db.executemany("INSERT INTO requester VALUES (?, ?)", keys)
        events = [event_row(ticket.id, event) for event in ticket.history]
        self.db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", events)
        body = "\n".join([str(row[-1]), *(e.text for e in ticket.history if e.text)])
        words = (number, ticket.id, body)
        self.db.execute("INSERT INTO words (rowid, ticket, body) VALUES (?, ?, ?)", words)
        return bool(row[5] == "true")

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
                self._take(self._name(path))

        with contextlib.suppress(sqlite3.Error, OSError):
            self.file.write(work)

    def rebuild(self) -> int:
        self.file.renew()
        self.refresh(full=True)
        [(count,)] = self.file.ask("SELECT count(*) FROM ticket")
        return int(count)

    # -- names ------------------------------------------------------------------------------------
    # The rows name files as seen from the desk, which may be copied, moved, or mounted twice.

    def _name(self, path: Path) -> str:
        return path.relative_to(self.store.root).as_posix()

    def _path(self, name: str) -> str:
        return str(self.store.root / name)

    def _state(self, name: str) -> str | None:
        """What changes whenever the file does: size, mtime, ctime, inode."""
        try:
            found = os.lstat(f"{self.store.root}/{name}")
        except OSError:
            return None
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"

    # -- asking -----------------------------------------------------------------------------------

    @property
    def problems(self) -> list[Problem]:
        """Of every file that can not be read."""
        query = "SELECT broken FROM file WHERE broken <> '' ORDER BY path"
        found = self.file.ask(query, (), lambda row: [unpacked(x) for x in row[0].split("\n")])
        return [problem for problems in found for problem in problems]

    def select(self, condition: Condition, order: str = "number") -> list[Row]:
        """The tickets of which a bound condition holds."""
        where, values = sql(condition)
        if "sla(" in where:
            self.clocks()  # what a desk's calendars refuse is told, which SQLite would not do
        columns = "id, path, header, state, opened, changed, updated, moments"
        query = f"SELECT {columns} FROM ticket WHERE {where} ORDER BY {order}"
        path = self._path
        try:
            return self.file.ask(
                query, values, lambda r: Row(r[0], path(r[1]), json.loads(r[2]), *r[3:])
            )
        except sqlite3.Error as error:
            raise refuse("condition.long", what=str(error)) from None

    def search(self, words: str, limit: int = 50) -> list[tuple[str, str]]:
        """Ids of the tickets with all these words anywhere, best first, each with an excerpt."""
        query = " ".join('"' + w.replace('"', '""') + '"*' for w in words.split())
        excerpt = "snippet(words, 1, '[', ']', '…', 12)"
        return self.file.ask(
            f"SELECT ticket, {excerpt} FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
            (query or '""', limit),
        )

    def of_requester(self, keys: Iterable[str]) -> list[str]:
        """Paths of all tickets that share a requester key."""
        asked = list(keys)
        marks = ",".join("?" * len(asked))
        query = f"""SELECT DISTINCT path FROM ticket JOIN requester ON ticket.id = ticket
                    WHERE key IN ({marks}) ORDER BY changed DESC"""
        return [self._path(name) for (name,) in self.file.ask(query, asked)]

    def of_source(self, key: str) -> str:
        """The id of the ticket that a submission made, '' when there is none."""
        found = self.file.ask("SELECT id FROM ticket WHERE source = ?", (key,))
        return found[0][0] if found else ""

    def last_turns(self, key: str) -> str:
        """Path of the ticket with the latest turn of a roulette in a period, '' for none."""
        query = """SELECT path FROM event JOIN ticket ON ticket.id = event.ticket
                   WHERE turns = ?
                   AND operation NOT IN (SELECT undoes FROM event WHERE undoes <> '')
                   ORDER BY event.id DESC LIMIT 1"""
        found = self.file.ask(query, (key,))
        return self._path(found[0][0]) if found else ""

    def spins(self, first: str, last: str) -> Iterator[tuple[str, str]]:
        """(roulette, person) of every turn between two instants that was not undone."""
        query = """SELECT turns, given FROM event WHERE turns <> '' AND given <> ''
                   AND at BETWEEN ? AND ?
                   AND operation NOT IN (SELECT undoes FROM event WHERE undoes <> '')"""
        for turns, given in self.file.ask(query, (first, last)):
            yield turns.partition(" ")[0], given

    def last_id(self) -> str:
        """The latest event's id, '' for none."""
        [(found,)] = self.file.ask("SELECT max(id) FROM event")
        return found or ""

    def last_operation(self) -> str:
        """The operation that happened last and was not undone (not wholly: an undo may have been
        killed half-way), '' for none.
        """
        query = f"SELECT operation FROM event WHERE did <> 'undone' AND {_LEFT}"
        found = self.file.ask(f"{query} ORDER BY id DESC LIMIT 1")
        return found[0][0] if found else ""

    def operations(self, limit: int = 15) -> list[dict[str, Any]]:
        """The last ones, the latest first: id, when, by whom, what, and on how many tickets."""
        query = f"""SELECT first.id, first.at, first.by, first.did,
                           count(DISTINCT event.ticket), max({_LEFT})
                    FROM event JOIN event AS first ON first.id = event.operation
                    GROUP BY first.id ORDER BY first.id DESC LIMIT ?"""
        names = ("id", "at", "by", "did", "tickets", "stands")
        return [dict(zip(names, row, strict=True)) for row in self.file.ask(query, (limit,))]

    def of_operation(self, operation: str) -> list[str]:
        """Paths of the tickets that it changed, without those where it was undone already."""
        query = f"""SELECT DISTINCT path, number FROM event JOIN ticket ON ticket.id = event.ticket
                    WHERE operation = ? AND {_LEFT} ORDER BY number"""
        return [self._path(name) for name, _ in self.file.ask(query, (operation,))]
