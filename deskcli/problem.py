"""What went wrong, as values: a code, its facts and its place. The words are in `cli`."""

import errno
from collections.abc import Iterable, Mapping

from msgspec import Struct

from deskcli.codes import CODES
from deskcli.exits import Exit, gravest

__all__ = [
    "CODES",
    "DeskError",
    "Exit",
    "Place",
    "Problem",
    "exit_of",
    "lacking",
    "of_system",
    "refuse",
    "told_by",
]

# What may be over when it is tried again.
_BUSY = frozenset(
    getattr(errno, name) for name in "ENOSPC EDQUOT EMFILE ENFILE EAGAIN EIO ENOMEM".split()
)


class Place(Struct, frozen=True, order=True):
    """A spot in a file a person edits; line and column count from 1, 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Problem(Struct, frozen=True):
    """`code` is of `CODES`, `facts` fill its words, `hint` is a command that would succeed, or
    several, a line each.
    """

    code: str
    facts: Mapping[str, object] = {}
    place: Place | None = None
    hint: str = ""

    @property
    def exit(self) -> Exit:
        return CODES[self.code]

    @property
    def is_warning(self) -> bool:
        return self.exit is Exit.DONE


def exit_of(problems: Iterable[Problem]) -> Exit:
    """The exit code of several problems: that of the gravest."""
    return gravest(p.exit for p in problems)


class DeskError(Exception):
    """A refusal with all its problems; the exit code is that of the gravest."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    @property
    def exit(self) -> Exit:
        return exit_of(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{p.place or ''} {p.code} {dict(p.facts)}".strip() for p in self.problems)


def refuse(code: str, place: Place | None = None, hint: str = "", **facts: object) -> DeskError:
    """The common case, one problem: `raise refuse("person.unknown", person="x")`."""
    return DeskError(Problem(code, facts, place, hint))


def lacking(code: str, library: str) -> DeskError:
    """A library that only some work needs is not there. The hint installs it for the Python that
    runs us: another `pip` may come first on the path.
    """
    import shlex
    import sys

    hint = shlex.join([sys.executable, "-m", "pip", "install", library])
    return refuse(code, hint=hint, library=library)


def told_by(error: DeskError | OSError, name: str) -> tuple[Problem, ...]:
    """Why the file `name` of the desk can not be read."""
    return error.problems if isinstance(error, DeskError) else (of_system(error, name),)


def of_system(error: OSError, name: str = "") -> Problem:
    """What the system refused; permission is one thing, a full disk another. `name` is the file of
    the desk that it is about, where one is known.
    """
    code = "os.error" if error.errno in _BUSY else "os.file"
    if isinstance(error, PermissionError):
        code = "os.permission"
    what = error.strerror or str(error)
    if error.filename and not name:
        what += f" ({error.filename})"
    return Problem(code, {"what": what}, Place(name) if name else None)
