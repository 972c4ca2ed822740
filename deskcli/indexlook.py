"""How the index is brought up to the ticket files: what to look at, and the rows of one file.

The files are the truth and every row tells which state of its file it was read from. New, removed
and renamed files show in the folder's own time and are always found; files that may still change
(open tickets, the newest two months) are looked at each time a list is made; the rest, closed and
old, edited in place by hand, at most every five minutes and by `reindex`.
"""

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from functools import partial

from deskcli import folders
from deskcli.config import Config
from deskcli.forked import each
from deskcli.indexrow import Rows, packed, ticket_rows
from deskcli.problem import DeskError, Problem, told_by
from deskcli.store import Store
from deskcli.ticket import Ticket

RECENT_MONTHS = 2
FULL_SECONDS = 300
MANY = 400  # to read so many files another process is worth its start
PART = 5_000  # what a process is given of more files to look at
Known = tuple[str, str, bool, bool]  # of a file: path, state, racy, broken


class Look:
    """One look of `db`, inside a write, at the files of a store."""

    def __init__(self, db: sqlite3.Connection, store: Store, config: Config) -> None:
        self.db = db
        self.store = store
        self.root = f"{store.root}/"  # files are named as seen from the desk, which may be moved
        self.config = config

    def refresh(self, full: bool = False, folders_only: bool = False) -> None:
        """Bring the rows up to the files: `full` at all of them, `folders_only` at new ones."""
        [full_at] = self.db.execute("SELECT full_at FROM meta").fetchone()
        full = full or (not folders_only and not 0 <= time.time() - full_at < FULL_SECONDS)
        months = self._months()
        fresh = self._fresh(months)
        self.take(dict.fromkeys(sorted(fresh, reverse=True)))
        stale = self._stale(list(months)[:RECENT_MONTHS], full, folders_only)
        self.take(dict.fromkeys(path for path in stale if path not in fresh))
        if full:
            self.db.execute("UPDATE meta SET full_at = ?", (time.time(),))

    def _months(self) -> dict[str, int]:
        """The folders that hold tickets, the newest first, and when each changed last (its ctime,
        which nobody can put back).
        """
        root = self.store.root
        found = ((month.relative_to(root).as_posix(), month) for month in self.store.months())
        return {name: month.stat().st_ctime_ns for name, month in found}

    def _fresh(self, months: dict[str, int]) -> set[str]:
        """Find new, removed and replaced files by the folders that changed; gives what to read
        (a writer that was killed has replaced a file and not said so).
        """
        known = dict(self.db.execute("SELECT path, changed FROM folder"))
        now, fresh = time.time_ns(), set()
        for gone in known.keys() - months.keys():
            self._forget_folder(gone)
        for folder, changed in months.items():
            if known.get(folder) == changed:
                continue
            had = dict(self.db.execute("SELECT path, state FROM file WHERE folder = ?", (folder,)))
            found = folders.names(self.store.root / folder, self.store.root)
            there = {f"{folder}/{name}" for name in found}
            fresh |= {path for path in there if path not in had or had[path] != self.state(path)}
            for path in had.keys() - there:
                self._forget(path)
            row = (folder, folders.settled(changed, now))
            self.db.execute("REPLACE INTO folder VALUES (?, ?)", row)
        return fresh

    def _forget_folder(self, folder: str) -> None:
        gone = self.db.execute("SELECT path FROM file WHERE folder = ?", (folder,)).fetchall()
        for (path,) in gone:
            self._forget(path)
        self.db.execute("DELETE FROM folder WHERE path = ?", (folder,))

    def _stale(self, recent: Sequence[str], full: bool, folders_only: bool) -> list[str]:
        """Files that are no longer as they were read, the broken ones last. A writer needs only
        these of the files that it knows: what it changes it reads itself.
        """
        query = "SELECT path, state, racy, broken <> '' FROM file WHERE"
        # "+": by the folder, where SQLite would rather walk all closed ones
        young = f"+open = 0 AND folder IN ({','.join('?' * len(recent))})"
        where = "broken <> ''" if folders_only else f"open = 1 UNION ALL {query} {young}"
        asked = f"{query} {'1' if full else where}"
        rows = self.db.execute(asked, [] if full or folders_only else recent).fetchall()
        parts = [rows[at : at + PART] for at in range(0, len(rows), PART)]
        found = sorted(one for part in each(self._changed, parts, many=2) for one in part)
        return [path for _, path in found]

    def _changed(self, rows: Sequence[Known]) -> list[tuple[bool, str]]:
        """Whether it is broken, and the path, of each that is no longer as it was read."""
        return [
            (broken, path)
            for path, state, racy, broken in rows
            if racy or self.state(path) != state
        ]

    def take(self, files: Mapping[str, Ticket | None]) -> None:
        """Read these files anew; what can not be read is kept as a broken row, never skipped. With
        a path stands its ticket where it was just written, which need not be parsed again.
        """
        read = each(partial(self._read, files), [*files], MANY)
        for path, rows in zip(files, read, strict=True):
            self._forget(path)
            if rows:
                self._keep(path, rows)

    def _read(self, known: Mapping[str, Ticket | None], path: str) -> Rows | None:
        """What is to be kept of a file, without asking the index; None for one that is gone."""
        state, at = self.state(path), time.time_ns()
        if state is None:
            return None
        racy = not state or at - int(state.split()[1]) < folders.RACY_NS
        try:
            ticket = self.store.read(self.store.root / path, known.get(path))
            return ticket_rows(ticket, path, self.config, state, racy)
        except FileNotFoundError:
            return None
        except (DeskError, OSError) as error:
            return Rows(state, True, "\n".join(packed(p) for p in told_by(error, path)))

    def _keep(self, path: str, rows: Rows) -> None:
        other = "" if rows.broken else self._same_id(rows.id, path)
        if other > path:
            refused = Problem("ticket.name", {"ticket": rows.id, "name": other}, rows.place)
            rows = Rows(rows.state, True, packed(refused))
        elif other:
            self._forget(other)
        folder = path.rpartition("/")[0]
        file = (path, folder, rows.state, rows.racy, rows.open, rows.broken)
        self.db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", file)
        if not rows.broken:
            self._keep_ticket(rows)
            if other:
                self.take({other: None})

    def _same_id(self, ticket: str, path: str) -> str:
        """Another file of this id, '' for none. Of a copy in another month the newest counts, as
        for `Store.find`, and the other is a problem.
        """
        found = self.db.execute("SELECT path FROM ticket WHERE id = ?", (ticket,)).fetchone()
        return str(found[0]) if found else ""

    def _keep_ticket(self, rows: Rows) -> None:
        marks = ",".join("?" * len(rows.ticket))
        number = self.db.execute(f"INSERT INTO ticket VALUES ({marks})", rows.ticket).lastrowid
        self.db.executemany("INSERT INTO mark VALUES (?, ?)", rows.marks)
        self.db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.events)
        words = (number, rows.id, rows.words)
        self.db.execute("INSERT INTO words (rowid, ticket, body) VALUES (?, ?, ?)", words)

    def _forget(self, path: str) -> None:
        rows = self.db.execute("SELECT rowid, id FROM ticket WHERE path = ?", (path,)).fetchall()
        for number, ticket in rows:
            self.db.execute("DELETE FROM words WHERE rowid = ?", (number,))
            for table in ("mark", "event"):
                self.db.execute(f"DELETE FROM {table} WHERE ticket = ?", (ticket,))
        self.db.execute("DELETE FROM ticket WHERE path = ?", (path,))
        self.db.execute("DELETE FROM file WHERE path = ?", (path,))

    def state(self, name: str) -> str | None:
        """What changes whenever the file does: size, mtime, ctime, inode. None of one that is gone;
        '' of one at which the system lets nobody look, which is read again each time.
        """
        try:
            found = os.lstat(self.root + name)
        except FileNotFoundError:
            return None
        except OSError:
            return ""
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
