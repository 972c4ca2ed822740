"""The index's SQLite file: opened, locked, written, and replaced at any doubt.

Nothing in it is dear: what is damaged, of another version or kept by others for too long is made
anew, beside the old one or in memory, and the answer comes later but comes right.

SQLite does not see a letter changed in the middle of a text. So a seal beside the file tells how
its last writer left it; a file that is not as its seal says was changed by something else.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from deskcli.durable import flock, make_folder, read_file, write_new
from deskcli.indexschema import VERSION, create
from deskcli.problem import DeskError

Function = tuple[str, int, Callable[..., Any]]  # name, number of arguments
WAIT_SECONDS = 5.0  # for another's look at the files, before taking one's own in memory
T = TypeVar("T")


class IndexFile:
    """The database of the desk at `root`; `fill` brings it up to the ticket files, inside a write.

    `version` tells what its rows were made by: with another one they are made anew. `functions` are
    SQL functions for whoever asks, of which a row's text never depends on anything else.
    `db` is the connection; it becomes another one when the file was found wanting.
    """

    def __init__(
        self,
        root: Path,
        shared: bool,
        version: str,
        fill: Callable[[], None],
        functions: Iterable[Function] = (),
    ) -> None:
        self.root = root
        self.functions = functions
        self.version = f"{VERSION} {version}"
        self.path = root / ".deskcli" / "index.sqlite"
        self.shared = shared
        self.fill = fill
        self.in_memory = False
        self.db = self._open()

    # -- asking and writing -----------------------------------------------------------------------

    def ask(
        self, query: str, values: Iterable[Any] = (), made: Callable[[Any], Any] = lambda row: row
    ) -> list[Any]:
        """All rows, each as `made` has it. Text of a shell that is not UTF-8 finds nothing."""
        given = [v.encode(errors="replace").decode() if isinstance(v, str) else v for v in values]
        return self.surely(lambda: [made(row) for row in self.db.execute(query, given)])

    def surely(self, ask: Callable[[], T]) -> T:
        """The answer. With any doubt: from the file that is on the disk by now, else from a new
        one, else from one in memory, each brought up to the tickets first.
        """
        mends = [self._open, self._fresh, self._in_memory]
        while True:
            try:
                if len(mends) < 3:
                    self.write(self.fill)
                return ask()
            except (sqlite3.Error, ValueError) as error:
                if not mends or _is_question(error):
                    raise
                if isinstance(error, _Busy):
                    del mends[:-1]
                self.db.close()
                self.db = mends.pop(0)()

    def write(self, work: Callable[[], None]) -> None:
        """All of `work` or none of it."""
        with self._alone():
            if not self._is_as_left():
                raise sqlite3.DatabaseError("changed by something else")
            self.db.execute("BEGIN IMMEDIATE")
            try:
                work()
                self.db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.db.execute("ROLLBACK")
                raise
            finally:
                self._leave()

    def renew(self) -> None:
        """An empty one in place of what is there."""
        self.db.close()
        self.db = self._fresh()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer of the index at a time, by a lock on its folder. SQLite's own locks do not
        hold across a replaced file: the journal of the old one would be played into the new.
        """
        if self.in_memory:
            yield
            return
        fd = _folder(self.path.parent)
        try:
            try:
                flock(fd, WAIT_SECONDS)
            except DeskError:
                raise _Busy from None
            yield
        finally:
            os.close(fd)

    # -- the file ---------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        """As it is on the disk, or a new one when there is none of this version."""
        try:
            make_folder(self.path.parent, self.root, self.shared)
            with self._alone():
                return self._there() or self._replaced()
        except (sqlite3.Error, OSError):
            return self._in_memory()

    def _fresh(self) -> sqlite3.Connection:
        try:
            with self._alone():
                return self._replaced()
        except (sqlite3.Error, OSError):
            return self._in_memory()

    def _there(self) -> sqlite3.Connection | None:
        with contextlib.suppress(sqlite3.Error):
            if not self._is_as_left():
                return None
            db = self._connect()
            if db.execute("SELECT version FROM meta").fetchone() == (self.version,):
                return db
            db.close()
        return None

    def _replaced(self) -> sqlite3.Connection:
        """Made aside and put in place whole; whoever has the old one open finds out and reopens."""
        made = self.path.with_name("index.new")
        for name in ("index.new", "index.sqlite-journal", "index.seal"):
            (self.path.parent / name).unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(made, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = OFF")
            create(db, self.version)
        made.replace(self.path)
        found = self._connect()
        self._leave()
        return found

    def _in_memory(self) -> sqlite3.Connection:
        """Where the disk will not have an index, and where others keep it for too long."""
        self.in_memory = True
        db = sqlite3.connect(":memory:", isolation_level=None)
        self._teach(db)
        create(db, self.version)
        return db

    def _connect(self) -> sqlite3.Connection:
        """To a file that is there: one that is not is never made in place."""
        uri = f"{self.path.as_uri()}?mode=rw"
        db = sqlite3.connect(uri, timeout=WAIT_SECONDS, isolation_level=None, uri=True)
        db.execute("PRAGMA synchronous = OFF")  # it is derived: what a crash loses is read again
        db.execute("PRAGMA journal_mode = TRUNCATE")
        self._teach(db)
        found, mode = self.path.stat(), 0o664 if self.shared else 0o600
        if found.st_uid == os.getuid() and found.st_mode & 0o777 != mode:
            self.path.chmod(mode)
        return db

    # -- the seal ---------------------------------------------------------------------------------

    @property
    def _seal(self) -> Path:
        return self.path.with_name("index.seal")

    def _state(self) -> bytes:
        """What changes whenever the file does."""
        found = self.path.stat()
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}".encode()

    def _is_as_left(self) -> bool:
        try:
            return self.in_memory or read_file(self._seal, "")[0] == self._state()
        except (OSError, DeskError):
            return False

    def _leave(self) -> None:
        """Seal it; one that can not be sealed is made anew the next time."""
        with contextlib.suppress(OSError):
            if self._is_as_left():
                return
            try:
                fd = os.open(self._seal, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW)
            except FileNotFoundError:
                write_new(self._seal, self._state(), self.shared)
            else:
                with os.fdopen(fd, "wb") as seal:
                    seal.write(self._state())

    def _teach(self, db: sqlite3.Connection) -> None:
        for name, arguments, function in self.functions:
            db.create_function(name, arguments, function, deterministic=True)


class _Busy(sqlite3.OperationalError):
    """Others keep the index for too long."""


def _is_question(error: Exception) -> bool:
    """What is wrong with what was asked (too long a filter), and not with the index."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR" and "no such" not in str(error)


def _folder(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:  # somebody deleted it, which everybody may
        raise sqlite3.OperationalError(str(error)) from error
