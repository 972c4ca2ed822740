"""One desk folder: its configuration, clock, user, tickets and index, each opened when needed."""

import contextlib
import fnmatch
import os
import pwd
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from deskcli.condition import Condition
from deskcli.config import GLOBS, KINDS, Config
from deskcli.durable import inside, read_file
from deskcli.facts import Row, instant
from deskcli.problem import DeskError, refuse
from deskcli.scene import Scene, Turns
from deskcli.store import Store
from deskcli.ticket import Change, Ticket
from deskcli.ulid import fresh_id, later_than
from deskcli.yamltext import Document

MARK = "desk.yaml"
Decide = Callable[[Scene], Sequence[Change]]


class Desk:
    """The desk at `root`; `as_` is whom `--as` names, `at` the instant of `--at`, if any."""

    def __init__(self, root: Path, as_: str = "", at: str = "") -> None:
        self.root = root
        self._as = as_
        self._at = at or os.environ.get("DESKCLI_NOW", "")
        self._looked = False
        self.unread: set[str] = set()  # files that could not be read when a decision asked
        self.config = Config(self._read)

    def names(self, glob: str) -> list[str]:
        """What matches in the one folder that `glob` names; one that is not there has nothing."""
        folder, _, pattern = glob.rpartition("/")
        there = inside(self.root / folder, self.root)
        try:
            if "*" not in pattern:
                (there / pattern).lstat()  # what it is, its reader tells
                return [glob]
            names = sorted(fnmatch.filter((path.name for path in there.iterdir()), pattern))
        except FileNotFoundError:
            return []
        return [f"{folder}/{name}" if folder else name for name in names]

    def content(self, name: str) -> bytes:
        """A file of the desk, by its path as seen from there."""
        return read_file(inside(self.root / name, self.root), name)[0]

    def strays(self) -> list[str]:
        """Files that are where configuration is, and that nothing reads: a name misspelt."""
        tops = {glob.partition("/")[0] for glob in GLOBS.values()}
        below = [path for top in tops for path in (self.root / top).rglob("*")]
        stems = {Path(top).stem for top in tops}
        beside = [path for path in self.root.glob("*.y*ml") if path.stem in stems]
        found = {
            str(path.relative_to(self.root))
            for path in (*below, *beside)
            if path.suffix in (".yaml", ".yml", ".md") and path.stem != "README"
        }
        read = {name for glob in GLOBS.values() for name in self.names(glob)}
        return sorted(name for name in found - read if "/." not in f"/{name}")

    def _read(self, glob: str) -> list[tuple[str, bytes]]:
        return [(name, self.content(name)) for name in self.names(glob)]

    @cached_property
    def store(self) -> Store:
        settings = self.config.settings
        return Store(self.root, settings.prefix, settings.policies.umask == "group")

    @cached_property
    def index(self):  # type: ignore[no-untyped-def]
        from deskcli.index import Index  # sqlite3 is not loaded for what needs no list

        return Index(self.store, self.config, lambda: self.now)

    def close(self) -> None:
        """Let go of the index: what SQLite may call holds the desk, and no collector sees it."""
        if "index" in vars(self):
            self.index.file.db.close()

    # -- time, actor, chance ----------------------------------------------------------------------

    @cached_property
    def now(self) -> datetime:
        """The moment of this command, in the desk's zone, to the second."""
        real = datetime.now(self.config.zone).replace(microsecond=0)
        if not self._at:
            return real
        at: datetime | None = None
        with contextlib.suppress(ValueError):
            at = datetime.fromisoformat(self._at)
        if at is None or not at.tzinfo:
            from deskcli.dates import parse_instant

            calendar = self.config.calendars.get(self.config.settings.calendar)
            at = parse_instant(self._at, real, calendar)
        if found := instant(at.isoformat(), self.config.zone):
            return found.replace(microsecond=0)
        raise refuse("date.unknown", text=self._at, wants="MOMENT")

    @cached_property
    def login(self) -> str:
        """The operating system's user, whatever the environment says."""
        return login_of(os.getuid())

    @cached_property
    def user(self) -> str:
        return self._person(self.login)

    def _person(self, login: str) -> str:
        """The person whose login this is, or the login itself."""
        person = self.config.people.by_login(login)
        return person.id if person else login

    @cached_property
    def as_(self) -> str:
        """The person named by `--as`, recorded beside the user, never instead."""
        person = self.config.people.find(self._as).id if self._as else ""
        return person if person != self.user else ""

    def scene(self, via: str = "cli", operation: str = "") -> Scene:
        return Scene(
            config=self.config,
            now=self.now,
            by=self.user,
            as_=self.as_,
            via=via,
            operation=operation,
            owner=lambda uid: self._person(login_of(uid)),
            fresh_id=fresh_id,
            tickets_of=self._tickets_of,
            rows_where=self._rows_where,
            turns_of=self._turns_of,
            unread=lambda: len(self.unread),
        )

    # -- what decisions ask of the disk -----------------------------------------------------------

    def _look(self) -> None:
        """Once an operation: new files into the index; what it finds is read from the files, but
        for those that it knows to be as they were.
        """
        if not self._looked:
            self.index.refresh(folders_only=True)
            self._looked = True
            self.unread |= {p.place.path for p in self.index.problems if p.place}

    def _readable(self, path: Path) -> Ticket | None:
        """The ticket there; None when it is gone or can not be read, which is remembered."""
        try:
            return self.store.read(path)
        except FileNotFoundError:
            return None
        except (DeskError, OSError):
            self.unread.add(path.relative_to(self.root).as_posix())
            return None

    def _tickets_of(self, keys: frozenset[str], but: str, since: str) -> list[Ticket]:
        """All but the one of that id, and those that were closed and left alone since then."""
        self._look()
        paths = [path for path in map(Path, self.index.marked(keys, since)) if path.stem != but]
        return [ticket for ticket in map(self._readable, paths) if ticket]

    def of_source(self, key: str) -> str:
        """The id of the ticket that a submission made, '' when there is none."""
        self._look()
        return str(self.index.of_source(key))

    def _rows_where(self, condition: Condition) -> list[Row]:
        self._look()
        return list(self.index.select(condition))

    def _turns_of(self, roulette: str, period: str) -> Turns:
        """As the last ticket of the period that can be read has them."""
        from deskcli.indexrow import turns_key

        self._look()
        tried: set[str] = set()
        while (path := self.index.last_turns(turns_key(roulette, period))) not in ("", *tried):
            if ticket := self._readable(Path(path)):
                return turns_in(ticket, roulette, period)
            tried.add(path)
            self.index.reread(Path(path))  # broken: now the one before it is the last
        return {}

    # -- writing ----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """The lock, with the index's look at the folders taken again under it."""
        self.index.surely_there()  # before the lock, which would make their folder
        with self.store.lock():
            self._looked = False
            self.config = Config(self._read)  # as the files are now, and nobody else can change
            if not (last := self.index.last_id()):  # a new index has not looked yet
                self._look()
                last = self.index.last_id()
            later_than(last)
            yield

    def commit(self, changes: Sequence[Change]) -> list[Ticket]:
        """Write the changes (needs `writing`) and let the index know."""
        done = self.store.commit(changes, self.now.strftime("%Y/%m"))
        self.index.note(done)
        return done

    def document(self, kind: str) -> Document:
        """The one file of a kind, for a splice; an empty one when the desk has none yet."""
        found = self.config.documents(kind)
        return found[0] if found else Document(KINDS[kind].glob, "")


def turns_in(ticket: Ticket, roulette: str, period: str) -> Turns:
    """What the last turn of a roulette that stands in a ticket's history says."""
    for event in reversed(ticket.history):
        for step in event.why:
            if step.get("step") == f"roulette:{roulette}" and step.get("period") == period:
                return {person: int(n) for person, n in step["turns"].items()}
    return {}


def login_of(uid: int) -> str:
    """The system's name for a user, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def find_root(start: Path) -> Path:
    """The folder at or above `start` that holds `desk.yaml`."""
    for folder in (start, *start.parents):
        if (folder / MARK).is_file():
            return folder
    raise refuse("desk.none", folder=str(start))


def open_desk(named: str = "", as_: str = "", at: str = "") -> Desk:
    """The desk at `named`, else at `DESKCLI_DESK`, else above the working folder."""
    named = named or os.environ.get("DESKCLI_DESK", "")
    if not named:
        return Desk(find_root(Path.cwd()), as_, at)
    root = Path(named).absolute()
    with contextlib.suppress(RuntimeError):  # the home of nobody is a name like any other
        root = Path(named).expanduser().absolute()
    if not (root / MARK).is_file():
        raise refuse("desk.none", folder=str(root), named=named)
    return Desk(root, as_, at)
