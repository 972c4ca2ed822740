"""`check`: every problem of every file as `file:line:column: words`; exit 3 when there is any."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from deskcli import folders
from deskcli.cli import session
from deskcli.cli.hints import of_files
from deskcli.cli.rows import Format, Json, show_findings
from deskcli.cli.show import chosen_format, tell
from deskcli.cli.words import _, ngettext
from deskcli.config import GLOBS
from deskcli.desk import Desk
from deskcli.durable import inside
from deskcli.fold import nearest
from deskcli.problem import DeskError, Exit, Place, Problem, told_by
from deskcli.register import register
from deskcli.review import review
from deskcli.survey import survey
from deskcli.ticket import Ticket
from deskcli.ticketreview import review_ticket

WRITTEN = (".deskcli", "attachments", "rejects", "tickets/.tmp")
STRICT = frozenset(("check.provisional", "check.conflict"))


def command(
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Fail on provisional lists and open conflicts too"))
    ] = False,
    form: Format = "",
    as_json: Json = False,
) -> int:
    chosen_format(form, as_json)
    here = session.desk()
    found = find_problems(here)
    failing = STRICT if strict else frozenset()
    marks = [p for p in found if p.code in STRICT - failing]
    problems = [p for p in found if p.code not in STRICT - failing]
    show_findings(problems, form, as_json, failing)
    bad = [p for p in problems if not p.is_warning or p.code in failing]
    _summary(len(bad), len(problems) - len(bad), len(marks), _tried(here, found))
    return Exit.REFUSED if bad else Exit.DONE


def find_problems(here: Desk) -> list[Problem]:
    """All, in the order of the files; of files that can not be read, that, and nothing that only
    follows from it.
    """
    found = survey(here.names, here.content)
    here.config = found.config
    scene, known = here.scene(), register(found.config, found.damaged)
    problems = [*found.problems, *_unread(here), *_led_out(here), *review(scene, known)]
    problems += _tickets(here, lambda ticket: of_files(review_ticket(scene, ticket, known)))
    return sorted(problems, key=lambda p: p.place or Place(""))


def _unread(here: Desk) -> Iterator[Problem]:
    """Files that nobody will ever ask for; without folders that can not be looked into."""
    with contextlib.suppress(DeskError, OSError):
        for name in here.strays():
            yield Problem("check.unread", {"nearest": nearest(name, GLOBS.values())}, Place(name))


def _led_out(here: Desk) -> Iterator[Problem]:
    """Folders for what the program writes beside tickets, where a link leads out of the desk."""
    for name in WRITTEN:
        try:
            inside(here.root / name, here.root)
        except DeskError as error:
            yield from error.problems


def _tickets(here: Desk, of: Callable[[Ticket], Iterable[Problem]]) -> Iterator[Problem]:
    """Of every ticket file, read anew, and of every folder that can not be looked into."""
    there = [here.store.folder]
    for look in (folders.subfolders, folders.subfolders, folders.files):
        found: list[Path] = []
        for folder in there:
            try:
                found += look(folder, here.root)
            except (DeskError, OSError) as error:
                yield from told_by(error, str(folder.relative_to(here.root)))
        there = found
    for path in sorted(there):
        try:
            yield from of(here.store.read(path))
        except (DeskError, OSError) as error:
            yield from told_by(error, str(path.relative_to(here.root)))


def _tried(here: Desk, found: Iterable[Problem]) -> int:
    """How many scenarios; none where a file can not be read, or a name leads nowhere."""
    if any(p.exit is Exit.UNREADABLE or p.code == "check.name" for p in found):
        return 0
    return sum(len(file.scenarios) for _doc, file in here.config.each("scenario"))


def _summary(bad: int, warnings: int, marks: int, tried: int) -> None:
    told = [ngettext("{n} problem", "{n} problems", bad).format(n=bad)]
    told.append(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    if tried:
        told.append(ngettext("{n} scenario tried", "{n} scenarios tried", tried).format(n=tried))
    tell(", ".join(told))
    if marks:
        words = ngettext("{n} mark to confirm", "{n} marks to confirm", marks).format(n=marks)
        tell(words + ": deskcli check --strict")
