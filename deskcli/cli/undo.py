"""`undo`: one's own last operation, or the one named, by events that put back what it changed.

Without an id it says first what it takes back. The opening of tickets (which are cancelled by it),
and what was done more than 15 minutes ago or may not be the last as a file can not be read, may not
be what is meant, for instance after a command that changed no ticket: these are asked about on a
terminal, and elsewhere want their id.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from deskcli.cli import session, show
from deskcli.cli.events import show_changes
from deskcli.cli.labels import person, verb
from deskcli.cli.rows import Dry, Format, Json, no_format
from deskcli.cli.show import moment, safe, tell
from deskcli.cli.words import _, ngettext
from deskcli.problem import DeskError, Exit, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change
from deskcli.undo import undo


def command(
    operation: Annotated[
        str, typer.Argument(help=_("Id of its first event; your own last one without"))
    ] = "",
    list_: Annotated[bool, typer.Option("--list", help=_("List the last operations"))] = False,
    form: Format = "",
    as_json: Json = False,
    dry_run: Dry = False,
) -> None:
    """All tickets of the operation, or none: each that changed since, or can not be read, is named
    in the refusal.
    """
    if list_:
        _list(show.chosen_format(form, as_json))
        return
    no_format(form, as_json, "undo --list")
    chosen = operation or _last(dry_run)

    def decide(scene: Scene) -> list[Change]:
        here = session.desk()
        here.index.refresh()
        paths = here.index.of_operation(chosen) if chosen else []
        changes: list[Change] = []
        problems = [p for p in here.index.problems if chosen and _may_have(p, chosen)]
        if not paths and not problems:
            raise _unknown(operation, scene)
        for path in paths:
            try:
                changes.append(undo(scene, here.store.read(Path(path)), chosen))
            except DeskError as error:
                problems += error.problems
        if problems:
            raise DeskError(*problems)
        return changes

    show_changes(session.write(decide, dry_run), dry_run)


RECENT = timedelta(minutes=15)


def _may_have(problem: Problem, operation: str) -> bool:
    """Whether a file that can not be read as a ticket may be one of the operation's."""
    assert problem.place
    try:
        return operation.encode() in session.desk().content(problem.place.path)
    except (DeskError, OSError):
        return True


def _last(dry: bool) -> str:
    """One's own last operation, told of; refused where it may not be what is meant."""
    here = session.desk()
    here.index.refresh()
    found = here.index.operation(here.index.last_operation(here.as_ or here.user))
    if found is None:
        return ""
    told = ", ".join((verb(found["did"]), *_told(found)))
    unread = here.index.problems
    show.show_problems(unread)
    recent = here.now - datetime.fromisoformat(found["at"]) <= RECENT and not unread
    if dry or (recent and found["did"] != "opened"):
        tell(_("To undo: {what}").format(what=told))
    elif not on_terminal():
        raise refuse("undo.sure", operation=found["id"], what=told)
    elif not _agreed(told):
        tell(_("Nothing was undone."))
        raise typer.Exit(Exit.REFUSED)
    return str(found["id"])


def on_terminal() -> bool:
    return session.is_watched() and sys.stdin.isatty()


def _agreed(told: str) -> bool:
    sys.stderr.write(_("Undo {what}? [y/N]").format(what=told) + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in (_("y"), _("yes"))


def _told(one: dict[str, Any]) -> tuple[str, str, str]:
    """When, by whom, and on how many tickets."""
    count = ngettext("{n} ticket", "{n} tickets", one["tickets"]).format(n=one["tickets"])
    return moment(one["at"]), person(one["by"]), count


def _unknown(named: str, scene: Scene) -> DeskError:
    """Why there is nothing to undo: no such id, one within an operation, or one undone already."""
    if not named:
        return refuse("undo.nothing", by=scene.actor)
    whole = session.desk().index.operation_of(named)
    if not whole:
        return refuse("undo.none", operation=named)
    return refuse("undo.already" if whole == named else "undo.part", operation=whole, part=named)


def _list(form: str) -> None:
    """What can be undone, the latest first; what was undone is marked."""
    here = session.desk()
    here.index.refresh()
    found = list(here.index.operations())
    keys = ("id", "at", "by", "did", "tickets")
    rows = [{**{key: one[key] for key in keys}, "undone": not one["stands"]} for one in found]
    show.listing("operations", rows, map(_line, found), form)


def _line(one: dict[str, Any]) -> str:
    at, by, count = _told(one)
    line = "  ".join((safe(one["id"]), at, by, verb(one["did"]), count))
    return line if one["stands"] else f"{line}  ({verb('undone')})"
