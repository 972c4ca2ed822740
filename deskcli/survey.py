"""Every file of a desk's configuration for itself: what is wrong in each, and the others together.

A command stops at the first file it needs and can not read. `check` goes on with what can be read,
and says nothing that only follows from the rest.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from deskcli import calendarfile, sla
from deskcli.config import GLOBS, KINDS, Config
from deskcli.problem import DeskError, Place, Problem, told_by
from deskcli.reply import parse
from deskcli.schema import typed
from deskcli.yamltext import Document, read

File = tuple[str, bytes]  # its path, as seen from the desk, and its content

# In place of a file that a desk must have and that can not be read.
STAND_INS = {
    "desk": b"{name: x, prefix: X}",
    "statuses": b"{statuses: []}",
    "calendars": b"{calendars: {}}",
}


class Survey(Struct, frozen=True):
    """`config` is of the files that can be read. `damaged` are the kinds (of `GLOBS`)
    of which it has not all: what only they could tell is not known.
    """

    config: Config
    problems: list[Problem]
    damaged: frozenset[str]


def survey(names: Callable[[str], list[str]], content: Callable[[str], bytes]) -> Survey:
    """Of every file there is: `names` gives the paths that match a glob, `content` a path's bytes;
    both may refuse, or raise what the system says.
    """
    sound: dict[str, list[File]] = {}
    problems: list[Problem] = []
    damaged: set[str] = set()
    for kind, glob in GLOBS.items():
        sound[glob], found = _sound(kind, glob, names, content)
        if found:
            problems += found
            damaged.add(kind)
            if kind in STAND_INS:
                sound[glob] = [(glob, STAND_INS[kind])]
    return Survey(Config(lambda glob: sound[glob]), problems, frozenset(damaged))


def _sound(
    kind: str, glob: str, names: Callable[[str], list[str]], content: Callable[[str], bytes]
) -> tuple[list[File], list[Problem]]:
    """The files of a kind that can be read, and what is wrong with the others."""
    files: list[File] = []
    problems: list[Problem] = []
    try:
        paths = names(glob)
    except (DeskError, OSError) as error:
        return [], list(told_by(error, glob.rpartition("/")[0]))
    if not paths and kind in STAND_INS:
        return [], [Problem("file.missing", {}, Place(glob))]
    for path in paths:
        try:
            file = (path, content(path))
            _readable(kind, *file)
            files.append(file)
        except (DeskError, OSError) as error:
            problems += told_by(error, path)
    return files, problems


def _readable(kind: str, path: str, data: bytes) -> None:
    """Refuses, with every problem that the file has by itself."""
    if kind == "reply":
        parse(data, path, path)
        return
    doc = read(data, path)
    typed(doc, KINDS[kind].type)
    if kind in FAULTS and (faults := list(FAULTS[kind](doc))):
        raise DeskError(*faults)
    if kind == "desk":
        _ = Config(lambda _: [(path, data)]).zone


def calendar_faults(doc: Document) -> Iterator[Problem]:
    """What is wrong inside a calendars file; with it no other file can be judged."""
    for path, code, facts in calendarfile.faults(typed(doc, calendarfile.CalendarsFile)):
        at = doc.place if code == "calendar.day" else doc.value_place  # a day is a key
        yield Problem(code, facts, at(path))


# What no type can say of a file.
FAULTS: dict[str, Callable[[Document], Iterator[Problem]]] = {
    "calendars": calendar_faults,
    "sla": sla.faults,
}
