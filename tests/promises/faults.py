"""A layer under the program that strikes at the n-th time it touches the disk.

The calls are those of the modules `os` and `fcntl`, of files opened for writing, and of SQLite.
Every one of them is a point; what happens there is up to the strike: the process dies, the call
fails, a signal arrives.
"""

import builtins
import fcntl
import io
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

# What alters the disk; a file's own writes and SQLite's statements are points too.
CHANGES = ("mkdir", "rename", "replace", "link", "unlink", "rmdir", "fsync", "chmod", "fchmod")
READS = ("scandir", "stat", "lstat", "fstat", "listdir", "close")
KILLED = 137
EACH = -1

Strike = Callable[[str], None]


class Layer:
    """Keeps the points reached in `trace`; at the `at`-th (from 1) it calls `strike` with it, and
    at each of them for `EACH`.
    """

    def __init__(self, at: int, strike: Strike, below: Path, reads: bool = False) -> None:
        self.at = at
        self.strike = strike
        self.below = str(below)
        self.reads = reads
        self.on = False
        self.one = threading.Lock()  # of several threads, one comes by a point
        self.trace: list[str] = []
        self.files: dict[int, str] = {}

    def point(self, name: str, path: object, to: str = "") -> None:
        """A call that is about to be made."""
        if not self.on:
            return
        with self.one:
            self.trace.append(reached := f"{name} {self.named(path)} {to}".rstrip())
            strikes = self.at in (len(self.trace), EACH)
        if strikes:
            self.on = False  # what the strike itself does is no point
            try:
                self.strike(reached)
            finally:
                self.on = True

    def named(self, path: object) -> str:
        text = self.files.get(path, "") if isinstance(path, int) else os.fspath(path)  # type: ignore[call-overload]
        return str(text).removeprefix(self.below).lstrip("/") or "."

    def is_ours(self, path: object) -> bool:
        """Only the desk's own files: Python reads modules, zones and catalogues too."""
        if isinstance(path, int):
            return path in self.files
        return str(path).startswith(self.below)

    # -- the calls --------------------------------------------------------------------------------

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def inner(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
            if self.is_ours(path):
                to = self.named(args[0]) if name in ("rename", "replace", "link") else ""
                self.point(name, path, to)
            if name == "close":
                self.files.pop(path, None)
            return call(path, *args, **kwargs)

        return inner

    def opened(self, call: Callable[..., int]) -> Callable[..., int]:
        def inner(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
            ours = self.is_ours(path)
            if ours and (self.reads or flags & os.O_CREAT):
                self.point("create" if flags & os.O_CREAT else "open", path)
            fd = call(path, flags, *args, **kwargs)
            if ours:
                self.files[fd] = str(path)
            return fd

        return inner

    def handed(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Files made of descriptors: each write in two halves, so that it can end between them."""

        def inner(fd: int, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            file = call(fd, mode, *args, **kwargs)
            return _Written(self, file, fd) if "w" in mode and fd in self.files else file

        return inner

    def io_opened(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """`open` and `Path.open`, of files of the desk."""

        def inner(path: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            ours = not isinstance(path, int) and self.is_ours(path)
            writes = any(c in mode for c in "wxa+")
            if ours and (self.reads or writes):
                self.point("create" if writes else "open", path)
            file = call(path, mode, *args, **kwargs)
            if not (ours and writes):
                return file
            self.files[file.fileno()] = str(path)
            return _Written(self, file, file.fileno())

        return inner

    @contextmanager
    def installed(self) -> Iterator["Layer"]:
        """In place until the end; a fork that dies needs no end."""
        kept: list[tuple[Any, str, Any]] = []

        def put(module: Any, name: str, wrap: Callable[[Any], Any]) -> None:
            kept.append((module, name, getattr(module, name)))
            setattr(module, name, wrap(getattr(module, name)))

        for name in (*CHANGES, *(READS if self.reads else ())):
            put(os, name, partial(self.wrapped, name))
        if not self.reads:
            put(os, "close", self._forgets)
        put(os, "open", self.opened)
        put(os, "fdopen", self.handed)
        put(io, "open", self.io_opened)
        put(builtins, "open", self.io_opened)
        put(fcntl, "flock", partial(self.wrapped, "flock"))
        put(sqlite3, "connect", self._connected)
        self.on = True
        try:
            yield self
        finally:
            self.on = False
            for module, name, call in reversed(kept):
                setattr(module, name, call)

    def _forgets(self, call: Callable[[int], None]) -> Callable[[int], None]:
        def inner(fd: int) -> None:
            self.files.pop(fd, None)
            call(fd)

        return inner

    def _connected(self, call: Callable[..., Any]) -> Callable[..., Any]:
        layer = self

        class Told(sqlite3.Connection):
            def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
                words = sql.split()
                if words[0] in _WRITES:
                    layer.point(f"sqlite {words[0]}", layer.below + "/.deskcli")
                return super().execute(sql, *args)

        return lambda *args, **kwargs: call(*args, factory=Told, **kwargs)


_WRITES = ("BEGIN", "INSERT", "REPLACE", "UPDATE", "DELETE", "COMMIT", "ROLLBACK", "PRAGMA")


class _Written:
    """A file open for writing, whose every write is two: after the first half is a point too."""

    def __init__(self, layer: Layer, file: Any, fd: int) -> None:
        self.layer, self.file, self.fd = layer, file, fd

    def write(self, data: Any) -> int:
        half = len(data) // 2
        self.layer.point("write", self.fd)
        self.file.write(data[:half])
        self.file.flush()
        self.layer.point("write rest", self.fd)
        self.file.write(data[half:])
        return len(data)

    def close(self) -> None:
        self.layer.files.pop(self.fd, None)
        self.file.close()

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


# -- strikes --------------------------------------------------------------------------------------


def die(_: str) -> None:
    """As if the power went: nothing is flushed, closed or cleaned up."""
    os._exit(KILLED)


def fail(number: int) -> Strike:
    """The call fails; SQLite tells its callers in its own way."""

    def strike(name: str) -> None:
        if name.startswith("sqlite"):
            raise sqlite3.OperationalError(os.strerror(number))
        raise OSError(number, os.strerror(number))

    return strike


def send(number: signal.Signals) -> Strike:
    def strike(_: str) -> None:
        os.kill(os.getpid(), number)

    return strike
