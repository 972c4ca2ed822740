"""A derived SQLite index of the ticket files: what it can be asked. Deleting it loses nothing.

It is brought up to the files before it answers (`indexlook`); any doubt (another version, damage,
an error of SQLite) rebuilds it (`indexfile`).
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import msgspec

from deskcli.condition import Condition
from deskcli.config import Config
from deskcli.facts import Row, arrived
from deskcli.indexfile import IndexFile
from deskcli.indexlook import Look
from deskcli.indexrow import as_json, made_by, unpacked
from deskcli.problem import Place, Problem, refuse
from deskcli.store import Store
from deskcli.ticket import Ticket
from deskcli.timeline import clocks, teller
from deskcli.where import FUNCTIONS, sql

# Of an event: its operation was not undone on its ticket.
_LEFT = """NOT EXISTS (SELECT 1 FROM event AS later
                       WHERE later.ticket = event.ticket AND later.undoes = event.operation)"""

_OPERATION = ("id", "at", "by", "did", "tickets", "stands")


class Index:
    """The index of one desk; `problems` are the files that could not be read at the last look."""

    def __init__(self, store: Store, config: Config, now: Callable[[], datetime]) -> None:
        self.store = store
        self.config = config
        self.clocks = cache(lambda: clocks(config, now()))
        day = lru_cache(maxsize=1)(partial(arrived, config=config))  # asked thrice of one ticket
        functions = (*FUNCTIONS, ("sla", 2, teller(self.clocks)), ("arrived", 1, day))
        self.file = IndexFile(
            store.root, store.shared, made_by(config), lambda: self.look.refresh(True), functions
        )

    @property
    def look(self) -> Look:
        return Look(self.file.db, self.store, self.config)

    # -- keeping it true --------------------------------------------------------------------------

    def refresh(self, full: bool = False, folders_only: bool = False) -> None:
        """Bring the rows up to the files: `full` at all of them, `folders_only` at new ones."""
        file = self.file
        self.surely_there()
        file.surely(lambda: file.write(lambda: self.look.refresh(full, folders_only)))

    def surely_there(self) -> None:
        """Refuses a desk whose tickets are all gone: their disk is not mounted, or worse. A new
        index knows of none, so `reindex` says that they were meant to go.
        """
        if not self.store.months() and self.file.ask("SELECT 1 FROM ticket LIMIT 1"):
            raise refuse("desk.tickets", Place("tickets"))

    def note(self, tickets: Iterable[Ticket]) -> None:
        """Take in what was written just now; a failure only costs a later look."""
        self._take({ticket.doc.path: ticket for ticket in tickets})

    def reread(self, path: Path) -> None:
        """Look at a file again; so with a failure."""
        self._take({path.relative_to(self.store.root).as_posix(): None})

    def _take(self, files: Mapping[str, Ticket | None]) -> None:
        with contextlib.suppress(sqlite3.Error, OSError):
            self.file.write(lambda: self.look.take(files))

    def rebuild(self) -> int:
        self.file.renew()
        self.refresh(full=True)
        [(count,)] = self.file.ask("SELECT count(*) FROM ticket")
        return int(count)

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
        if "arrived(" in where:
            _ = self.config.calendar
        columns = "id, path, header, state, opened, changed, updated, moments, talked"
        query = f"SELECT {columns} FROM ticket WHERE {where} ORDER BY {order}"
        try:
            return self.file.ask(query, values, self._row)
        except sqlite3.Error as error:
            raise refuse("condition.long", what=str(error)) from None

    def _row(self, r: Sequence[Any]) -> Row:
        return Row(r[0], self._path(r[1]), msgspec.json.decode(r[2]), *r[3:])

    def _path(self, name: str) -> str:
        return f"{self.store.root}/{name}"

    def search(self, words: str, limit: int = 50) -> list[tuple[str, str]]:
        """Ids of the tickets with all these words anywhere, each with an excerpt: the best first,
        of equals the newest.
        """
        query = " ".join('"' + w.replace('"', '""') + '"*' for w in words.split())
        excerpt = "snippet(words, 1, '[', ']', '…', 12)"
        best = """SELECT words.rowid FROM words JOIN ticket ON ticket.rowid = words.rowid
                  WHERE words MATCH ?1 ORDER BY rank, number DESC LIMIT ?2"""
        first = [row for (row,) in self.file.ask(best, (query or '""', limit))]
        found = self.file.ask(  # "+": one look for the words, not one for each row
            f"""SELECT rowid, ticket, {excerpt} FROM words
                WHERE words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))""",
            (query or '""', as_json(first)),
        )
        known = {row: (ticket, text) for row, ticket, text in found}
        return [known[row] for row in first if row in known]

    def ids(self, begin: str, limit: int = 100) -> list[str]:
        """Ids, or ids whose number, begins so; open tickets first, the latest first."""
        query = """SELECT id FROM ticket
                   WHERE substr(lower(id), 1, ?1) = lower(?2) OR substr(number, 1, ?1) = ?2
                   ORDER BY open DESC, number DESC LIMIT ?3"""
        return [name for (name,) in self.file.ask(query, (len(begin), begin, limit))]

    def marked(self, keys: Iterable[str], since: str = "") -> list[str]:
        """Paths of all tickets that have one of these marks (`indexrow.mark_rows`), without those
        that are closed and to which nothing happened from the instant `since` on, if any is given.
        """
        query = """SELECT path, file.state, ?1 = '' OR file.open OR racy OR EXISTS
                       (SELECT 1 FROM event WHERE event.ticket = ticket.id AND at >= ?1)
                   FROM ticket JOIN file USING (path) WHERE ticket.id IN
                   (SELECT ticket FROM mark WHERE key IN (SELECT value FROM json_each(?2)))
                   ORDER BY changed DESC"""
        found = self.file.ask(query, (since, as_json(list(keys))))
        state = self.look.state  # of a file that was changed meanwhile the rows say nothing
        return [self._path(name) for name, was, counts in found if counts or state(name) != was]

    def of_source(self, key: str) -> str:
        """The id of the ticket that a submission made, '' when there is none."""
        found = self.file.ask("SELECT id FROM ticket WHERE source = ?", (key,))
        return found[0][0] if found else ""

    def outbox(self, *states: str) -> list[str]:
        """Paths of the tickets with something to send, or sent (`outbox.state`), by number."""
        marks = ",".join("?" * len(states))
        query = f"""SELECT path FROM ticket WHERE outbox <> '' AND outbox IN ({marks})
                    ORDER BY number"""
        return [self._path(name) for (name,) in self.file.ask(query, states)]

    def of_event(self, event: str) -> str:
        """Path of the ticket that it happened to, '' for none."""
        query = "SELECT path FROM event JOIN ticket ON ticket.id = event.ticket WHERE event.id = ?"
        found = self.file.ask(query, (event,))
        return self._path(found[0][0]) if found else ""

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

    def last_operation(self, by: str) -> str:
        """What `by` did last and was not wholly undone (an undo may be killed half-way), or ''.
        To take back that something was sent sends it again: that is asked for by its id.
        """
        query = f"""SELECT operation FROM event
                    WHERE did NOT IN ('undone', 'edited', 'sent') AND by = ?
                    AND {_LEFT} ORDER BY id DESC LIMIT 1"""
        found = self.file.ask(query, (by,))
        return found[0][0] if found else ""

    def operations(self, limit: int = 15) -> list[dict[str, Any]]:
        """The last ones, the latest first: id, when, by whom, what, and on how many tickets."""
        query = f"""SELECT first.id, first.at, first.by, first.did,
                           count(DISTINCT event.ticket), max({_LEFT})
                    FROM event JOIN event AS first ON first.id = event.operation
                    WHERE event.did <> 'edited' GROUP BY first.id ORDER BY first.id DESC LIMIT ?"""
        return [dict(zip(_OPERATION, row, strict=True)) for row in self.file.ask(query, (limit,))]

    def operation(self, operation: str) -> dict[str, Any] | None:
        """One of them, with the tickets on which it stands."""
        query = f"""SELECT operation, at, by, did, count(DISTINCT ticket), 1, min(id) FROM event
                    WHERE operation = ? AND did <> 'edited' AND {_LEFT} GROUP BY operation"""
        found = self.file.ask(query, (operation,))
        return dict(zip(_OPERATION, found[0], strict=False)) if found else None

    def operation_of(self, event: str) -> str:
        """The operation that an event is part of, '' for no such event."""
        found = self.file.ask("SELECT operation FROM event WHERE id = ?", (event,))
        return found[0][0] if found else ""

    def of_operation(self, operation: str) -> list[str]:
        """Paths of the tickets that it changed, without those where it was undone already."""
        query = f"""SELECT DISTINCT path, number FROM event JOIN ticket ON ticket.id = event.ticket
                    WHERE operation = ? AND {_LEFT} ORDER BY number"""
        return [self._path(name) for name, _ in self.file.ask(query, (operation,))]
