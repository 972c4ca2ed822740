"""What a shell may complete: ids of tickets and names of the desk; never a text that came from
outside.

A shell puts what is offered into the line as it is. So only plain words are: no name can bring in
a command, a quote or a control character.
"""

import os
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from deskcli import packs
from deskcli.cli import session
from deskcli.cli.words import _
from deskcli.desk import Desk
from deskcli.problem import DeskError

DAYS = 5  # that are offered
PLAIN = re.compile(r"[\w@][\w@:.,+-]*")
Complete = Callable[[str], list[str]]


def words_so_far() -> list[str]:
    """The line that a shell wants completed, without the program's name, as the option parser's
    protocol has it in the environment; [] when no shell asks.
    """
    if "_DESKCLI_COMPLETE" not in os.environ:
        return []
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS", "")
    try:
        import shlex

        return shlex.split(line)[1:]
    except ValueError:  # a quote that is still open
        return line.split()[1:]


def _plain(words: Iterable[str], begin: str) -> list[str]:
    return [word for word in words if word.startswith(begin) and PLAIN.fullmatch(word)]


def shipped(incomplete: str) -> list[str]:
    """Packs."""
    return _plain(packs.names(), incomplete)


def one_of(*words: str) -> Complete:
    return lambda incomplete: _plain(words, incomplete)


def _named(names: Callable[[Desk], Iterable[str]]) -> Complete:
    """Names that the desk has; none when there is no desk, or it can not be read."""

    def complete(incomplete: str) -> list[str]:
        try:
            return _plain(names(session.desk()), incomplete)
        except (DeskError, OSError):
            return []

    return complete


people = _named(lambda desk: (p.id for p in desk.config.people.values() if p.active))
statuses = _named(lambda desk: desk.config.workflow)
forms = _named(lambda desk: desk.config.forms)
categories = _named(lambda desk: desk.config.categories)
macros = _named(lambda desk: desk.config.macros)
replies = _named(lambda desk: desk.config.replies)
views = _named(lambda desk: desk.config.views)
maps = _named(lambda desk: desk.config.imports)
channels = _named(lambda desk: desk.config.channels)
rotas = _named(lambda desk: desk.config.rotas)
calendars = _named(lambda desk: desk.config.calendars)


def _to_come(desk: Desk) -> list[date]:
    """The next days on which the desk opens, from today on."""
    return [desk.config.calendar.add_workdays(desk.now.date(), n) for n in range(DAYS)]


def _days(desk: Desk) -> Iterable[str]:
    """What may be promised; in words as well, for the days that are said so."""
    yield from (_("today"), _("tomorrow"))
    yield from (day.isoformat() for day in _to_come(desk))


days = _named(_days)


def moments(incomplete: str) -> list[str]:
    """Whole hours at which the desk is open: of a day that was typed, else the first of each."""
    try:
        day = date.fromisoformat(incomplete.partition("T")[0])
        return _named(lambda desk: _hours(desk, day))(incomplete)
    except ValueError:
        return _named(lambda desk: (at for day in _to_come(desk) for at in _hours(desk, day)[:1]))(
            incomplete
        )


def _hours(desk: Desk, day: date) -> list[str]:
    """`2026-11-24T14h`, which needs no quotes; none that is past."""
    found = []
    for start, end in desk.config.calendar.spans(day):
        at = start.replace(minute=0) + timedelta(hours=start.minute > 0)
        while at < end:
            found += [f"{at:%Y-%m-%dT%Hh}"] if at > desk.now else []
            at += timedelta(hours=1)
    return found


def _owners(desk: Desk) -> Iterable[str]:
    """Whom `assign` takes."""
    config = desk.config
    yield from ("@me", *(p.id for p in config.people.values() if p.active))
    yield from (f"rota:{name}" for name in config.rotas)
    yield from (f"roulette:{name}" for name in config.roulettes)
    yield from (f"team:{name}" for name in config.people.file.teams)


owners = _named(_owners)


def tickets(incomplete: str) -> list[str]:
    """As it was begun: `ESP-1`, `esp-1` or only the number, and after a comma the next one."""
    before, comma, begin = incomplete.rpartition(",")
    try:
        here = session.desk()
        here.index.refresh()
        found = here.index.ids(begin)
    except (DeskError, OSError):
        return []
    if begin.isdigit():
        found = [name.rpartition("-")[2] for name in found]
    typed = (before + comma + begin + name[len(begin) :] for name in found)
    return _plain(typed, incomplete)
