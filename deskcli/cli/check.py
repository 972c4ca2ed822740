"""`check`: every problem of every file as `file:line:column: words`; exit 3 when there is any."""

from collections.abc import Iterator
from typing import Annotated

import typer

from deskcli import sla
from deskcli.cli import session
from deskcli.cli.show import show_problems, tell
from deskcli.cli.words import _, ngettext
from deskcli.config import KINDS
from deskcli.crossref import review_ticket
from deskcli.desk import Desk
from deskcli.problem import DeskError, Exit, Place, Problem
from deskcli.register import register
from deskcli.review import calendar_faults, review
from deskcli.schema import typed
from deskcli.yamltext import read

FAULTS = {"calendars": calendar_faults, "sla": sla.faults}
STRICT = frozenset(("check.provisional", "check.conflict"))


def command(
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Fail on provisional lists and open conflicts too"))
    ] = False,
) -> int:
    problems = find_problems(session.desk())
    marks = [p for p in problems if p.code in STRICT and not strict]
    show_problems(p for p in problems if p not in marks)
    bad = [p for p in problems if not p.is_warning or (strict and p.code in STRICT)]
    _summary(len(bad), len(problems) - len(bad) - len(marks), len(marks))
    return Exit.REFUSED if bad else Exit.DONE


def find_problems(here: Desk) -> list[Problem]:
    """All, in the order of the files; what is between files only when each is readable."""
    problems = list(_unreadable(here))
    if not problems:
        try:
            problems += review(here.scene())
            problems += _tickets(here)
        except DeskError as error:
            problems += error.problems
    return sorted(problems, key=lambda p: p.place or Place(""))


def _summary(bad: int, warnings: int, marks: int) -> None:
    tell(
        ngettext("{n} problem", "{n} problems", bad).format(n=bad)
        + ", "
        + ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings)
    )
    if marks:
        told = ngettext("{n} mark to confirm", "{n} marks to confirm", marks).format(n=marks)
        tell(told + ": deskcli check --strict")


def _unreadable(here: Desk) -> Iterator[Problem]:
    """Files that are not what they should be, each with all its problems."""
    for kind, known in KINDS.items():
        for path in sorted(here.root.glob(known.glob)):
            try:
                doc = read(path.read_bytes(), str(path.relative_to(here.root)))
                typed(doc, known.type)
                yield from FAULTS[kind](doc) if kind in FAULTS else ()
            except DeskError as error:
                yield from error.problems
    try:
        assert here.config.replies is not None
    except DeskError as error:
        yield from error.problems


def _tickets(here: Desk) -> Iterator[Problem]:
    """Every ticket file, read anew."""
    scene, known = here.scene(), register(here.config)
    for path in sorted(here.store.paths()):
        try:
            yield from review_ticket(scene, here.store.read(path), known)
        except DeskError as error:
            yield from error.problems
