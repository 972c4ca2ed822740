"""The ticket files: find, read, and the one way to write them (DESIGN 7).

A write is a temporary file made durable, then renamed over the old one or linked under a new name
(a link never overwrites), then the folder made durable. Every writer holds the desk's lock, which
is the folder `tickets/` itself: it is always there, nobody deletes it by habit, and a colleague who
may only read the desk can still take it.
"""

import contextlib
import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from deskcli import folders
from deskcli.durable import flock, inside, make_folder, read_file, sync, sync_all, write_new
from deskcli.problem import DeskError, Place, refuse
from deskcli.ticket import Change, Saved, Ticket, differences
from deskcli.ticketfile import changed, from_document, new_text
from deskcli.yamltext import Document, read, reread

LOCK_SECONDS = 10.0
CHUNK = 200  # files of an import that are made durable together
_ID = re.compile(f"[A-Z][A-Z0-9]*-{folders.NUMBER}")
_FEW = 20  # more new numbers than this at once are worth one look at all file names


class Store:
    """The tickets below `root`; `shared` desks let their group write."""

    def __init__(self, root: Path, prefix: str, shared: bool = True) -> None:
        self.root = root
        self.prefix = prefix
        self.shared = shared
        self.folder = root / "tickets"
        self._locked = False
        self._months: dict[Path, tuple[int, int]] = {}  # the highest number of each
        self.wrote = False  # whether all that was to be written is

    # -- finding and reading ----------------------------------------------------------------------

    def id_of(self, name: str) -> str:
        """`1042`, `#1042` or `esp-1042` -> `ESP-1042`; a number alone has the desk's own prefix."""
        word = name.strip().lstrip("#").upper()
        if found := re.fullmatch(f"(?:([A-Z][A-Z0-9]*)-)?0*({folders.NUMBER})", word):
            return f"{found[1] or self.prefix}-{found[2]}"
        raise refuse("ticket.id", name=name, prefix=self.prefix)

    def find(self, ticket_id: str) -> Path:
        for month in self.months():
            path = month / f"{ticket_id}.yaml"
            if path.exists():
                return path
        raise refuse("ticket.unknown", ticket=ticket_id)

    def months(self) -> list[Path]:
        return folders.months(self.root)

    def paths(self) -> Iterator[Path]:
        for month in self.months():
            yield from folders.files(month, self.root)

    def get(self, name: str) -> Ticket:
        return self.read(self.find(self.id_of(name)))

    def read(self, path: Path, known: Ticket | None = None) -> Ticket:
        """The ticket in a file, which is not parsed again where it is still that of a `known` one;
        refuses (65) what is not a ticket, or has another's id.
        """
        name = str(path.relative_to(self.root))
        data, found = read_file(path, name)
        same = known and data == known.doc.text.encode()
        ticket = known if known and same else from_document(read(data, name))
        if ticket.id != path.stem or not _ID.fullmatch(ticket.id):
            place = ticket.doc.place(("id",))
            raise refuse("ticket.name", place, ticket=ticket.id, name=path.name)
        return replace(ticket, saved=Saved(found.st_uid, found.st_mtime))

    # -- the lock ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def lock(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """The desk for this writer alone; refuses (75) when others keep it for too long."""
        if self._locked:
            yield
            return
        self._make(self.folder)
        fd = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            flock(fd, seconds)
            self._locked = True
            self._clean()
            try:
                yield
            finally:
                self._clean()  # what an error or an interruption left between two lines
        finally:
            self._locked = False
            with contextlib.suppress(OSError):  # nothing was written by way of it
                os.close(fd)

    def _clean(self) -> None:
        """Temporary files that a killed writer left; under the lock nobody else's can be there. One
        that can not be taken away is no reason to fail: its name is never used again.
        """
        unfinished = self.folder / ".tmp"
        with contextlib.suppress(OSError):
            for entry in () if unfinished.is_symlink() else os.scandir(unfinished):
                os.unlink(entry.path)

    # -- writing ----------------------------------------------------------------------------------

    def commit(self, changes: Sequence[Change], month: str) -> list[Ticket]:
        """Write the changes and give the tickets as they are now; needs the lock.

        `month` is the folder of new tickets, `2026/11`. Each ticket is whole or untouched at any
        moment. Of a chunk with a file that is not as the decision read it nothing is written (6).
        """
        assert self._locked, "commit needs the lock"
        assert len({c.ticket.id or id(c) for c in changes}) == len(changes), "one ticket twice"
        done: list[Ticket] = []
        wrote, self.wrote = self.wrote, False  # until all of it is
        for start in range(0, len(changes), CHUNK):
            done += self._commit_chunk(changes[start : start + CHUNK], month)
        self.wrote = wrote or bool(done)
        return done

    def _commit_chunk(self, changes: Sequence[Change], month: str) -> list[Ticket]:
        numbers = self._free(sum(c.is_new for c in changes))
        new = iter(numbers)
        planned = [self._planned(change, month, new) for change in changes]
        temps: list[Path] = []
        try:
            for doc, _ in planned:
                temps.append(self._temporary(doc.text.encode()))
            sync_all(temps)
            with self._given(numbers):
                for temp, (doc, is_new) in zip(temps, planned, strict=True):
                    self._place(temp, self.root / doc.path, is_new)
        finally:
            for temp in temps:
                temp.unlink(missing_ok=True)
        for folder in {(self.root / doc.path).parent for doc, _ in planned}:
            sync(folder)
        return [from_document(doc) for doc, _ in planned]

    def _planned(self, change: Change, month: str, new: Iterator[int]) -> tuple[Document, bool]:
        """The file's whole new text, read back; and whether it is a new file."""
        if change.is_new:
            ticket_id = f"{self.prefix}-{next(new)}"
            if not _ID.fullmatch(ticket_id):  # a prefix that no id, and no file's name, may have
                raise refuse("ticket.id", Place("desk.yaml"), name=ticket_id, prefix=self.prefix)
            path = f"tickets/{month}/{ticket_id}.yaml"
            doc = reread(new_text(change, ticket_id), path)
        else:
            held = change.ticket.doc
            data, _ = read_file(self.root / held.path, held.path)
            if data.decode("utf-8-sig", "replace") != held.text:
                raise refuse("ticket.changed", Place(held.path), ticket=change.ticket.id)
            doc = changed(change)
        after = from_document(doc)
        expected = {**change.after, "id": after.id}
        assert not differences(expected, after.header), f"{doc.path} would not read back as decided"
        return doc, change.is_new

    def _place(self, temp: Path, path: Path, is_new: bool) -> None:
        if is_new:
            self._make(path.parent)
            os.link(temp, path, follow_symlinks=False)
        else:
            os.rename(temp, path)

    def _temporary(self, data: bytes) -> Path:
        folder = self.folder / ".tmp"
        self._make(folder)
        temp = folder / f"{os.getpid()}-{time.monotonic_ns()}"
        write_new(temp, data, self.shared)
        return temp

    def _make(self, folder: Path) -> None:
        make_folder(folder, self.root, self.shared)

    # -- numbers ----------------------------------------------------------------------------------

    def _free(self, count: int) -> range:
        """Numbers that no ticket of this prefix has; a lost or stale counter is found by names."""
        if not count:
            return range(0)
        last = self._counted() if count <= _FEW else None
        if last is None or any(self._taken(last + n + 1) for n in range(count)):
            last = self._highest()
        return range(last + 1, last + count + 1)

    @contextlib.contextmanager
    def _given(self, numbers: range) -> Iterator[None]:
        """Counted before any file has its name: none is given twice. Given back where none has."""
        try:
            if numbers:
                self._count(numbers[-1])
            yield
        except BaseException:
            with contextlib.suppress(OSError):
                if numbers:
                    self._count(max(filter(self._taken, numbers), default=numbers.start - 1))
            raise

    def _taken(self, number: int) -> bool:
        return any(os.path.lexists(m / f"{self.prefix}-{number}.yaml") for m in self.months())

    def _highest(self) -> int:
        return max(folders.highest(self.root, self.prefix, self._months), self._counted() or 0)

    def _counted(self) -> int | None:
        name = f".deskcli/counter-{self.prefix}"
        try:
            text = read_file(self.root / name, name)[0].strip()
        except (OSError, DeskError):
            return None
        return int(text) if text.isdigit() and len(text) < 18 else None

    def _count(self, number: int) -> None:
        """Not durable on purpose: the file names know better."""
        cache = self.root / ".deskcli"
        self._make(cache)
        os.rename(self._temporary(f"{number}\n".encode()), cache / f"counter-{self.prefix}")

    # -- other files ----------------------------------------------------------------------------

    def add(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all (an attachment, rejects); needs the lock."""
        assert self._locked, "add needs the lock"
        temp = self._temporary(data)
        if path.exists():
            temp.chmod(path.stat().st_mode & 0o777)
        sync(temp)
        self._make(path.parent)
        os.rename(temp, path)
        sync(path.parent)

    def remove(self, path: Path) -> None:
        """Take a file away (rejects that are all tickets); needs the lock."""
        assert self._locked, "remove needs the lock"
        path.unlink()
        sync(path.parent)

    def replace(self, doc: Document) -> None:
        """Write a file that people edit, after a splice or a new one; needs the lock."""
        self.add(inside(self.root / doc.path, self.root), doc.text.encode())
        self.wrote = True
