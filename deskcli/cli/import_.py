"""`import`: form exports -> tickets; bad rows to `rejects/`, repeats set aside (O2, O3).

Each file is judged on its own, before anything is written. The rows of those that can be read are
then decided and written in chunks, each under the lock for itself, so that nobody waits for a whole
import; together they are one operation, which `undo` takes back.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from deskcli import sources, store
from deskcli.batch import Batch, take
from deskcli.cli import complete, rejects, session
from deskcli.cli.events import event_lines, warn_of_rules
from deskcli.cli.labels import form_named, person, team_label
from deskcli.cli.progress import progress
from deskcli.cli.reading import Read, fitting, read_all
from deskcli.cli.rows import Dry, Format, Json, no_format, show_named
from deskcli.cli.show import out, safe, show_problems, tell
from deskcli.cli.words import _, ngettext
from deskcli.config import find
from deskcli.exits import gravest
from deskcli.importmap import check as check_map
from deskcli.problem import DeskError, Exit, Problem, exit_of, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket

EXAMPLES = ("deskcli import --maps", "deskcli import FILE --map NAME -n")
TOLD = ("id", "assignee", "team", "title")  # what a line of the report says of a ticket
SOME = 10  # tickets that a line of repeats names, or lines of the export
PAUSE = 0.01  # seconds between two chunks, in which whoever waits for the lock gets it
Rows = list[tuple[Read, sources.Row]]


def command(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help=_("Exports"))
    ] = None,
    map_: Annotated[
        str,
        typer.Option(
            "--map", "-m", metavar="NAME", help=_("How to read them"), autocompletion=complete.maps
        ),
    ] = "",
    maps: Annotated[bool, typer.Option("--maps", help=_("List the maps"))] = False,
    form: Format = "",
    as_json: Json = False,
    dry_run: Dry = False,
) -> int:
    here = session.desk()
    if maps or not files:
        labels = {name: known.label for name, known in here.config.imports.items()}
        show_named("maps", labels, form, as_json)
        return Exit.DONE
    no_format(form, as_json, "import --maps")
    if not map_:
        best = fitting(files[0], here.config.imports)
        names = sorted(here.config.imports, key=lambda name: name != best)
        raise refuse("import.map", hint="" if best else "deskcli import --maps", known=names)
    chosen = find("map", map_, here.config.imports)
    if faults := [p for _path, p in check_map(chosen) if not p.is_warning]:
        raise DeskError(*faults)
    reads, failed = read_all(files, chosen, dry_run)
    session.begun.more = partial(_is_more, reads)
    changes = _write(reads, dry_run)
    if not dry_run and any(map(_has_rest, reads)):
        _keep_the_rest(reads)
    session.begun.more, session.begun.code = bool, _exit(reads, failed)
    warn_of_rules(changes)
    ids = iter(changes)
    for read in reads:
        _report(read, [next(ids) for _ in read.batch.accepted], dry_run)
    return session.begun.code


def _exit(reads: list[Read], failed: list[Problem]) -> Exit:
    partly = Exit.PARTLY if any(read.batch.refused for read in reads) else Exit.DONE
    return gravest((partly, exit_of(failed)))


# -- writing --------------------------------------------------------------------------------------


def _write(reads: list[Read], dry: bool) -> list[Change]:
    """The tickets of all rows, in chunks that are one operation."""
    rows = [(read, row) for read in reads for row in read.table.rows]
    size = len(rows) if dry else store.CHUNK  # a dry run decides on what it has not written
    changes: list[Change] = []
    operation = ""
    seen: set[str] = set()
    with progress(len(rows), "import") as step:
        for start in range(0, len(rows), size or 1):
            if start:
                time.sleep(PAUSE)
            decide = partial(_decide, rows[start : start + size], seen, step)
            done = session.write(decide, dry, "import", operation)
            operation = operation or (done[0].events[0].operation if done else "")
            changes += done if dry else map(_told, done)
    return changes


def _told(change: Change) -> Change:
    """What is told of a ticket at the end; all of ten thousand would fill half a gigabyte."""
    header = {key: change.ticket.header.get(key) for key in TOLD}
    return Change(Ticket(header), tuple(event for event in change.events if event.why))


def _decide(rows: Rows, seen: set[str], step: Callable[[], None], scene: Scene) -> list[Change]:
    """The changes of a chunk; its other rows are set aside in the batches of their files."""
    known = session.desk().of_source
    changes: list[Change] = []
    for read, row in rows:
        change = take(scene, read.binding, row, known, seen, read.batch)
        changes += [change] if change else []
        step()
    return changes


def _has_rest(read: Read) -> bool:
    """Whether there are rows for `rejects/`, or to be taken out of it."""
    return bool(read.batch.refused or read.mark)


def _is_more(reads: list[Read]) -> bool:
    """Whether rows are left undecided, or out of their place in `rejects/`."""
    return any(_has_rest(read) or read.batch.judged < len(read.table.rows) for read in reads)


def _keep_the_rest(reads: list[Read]) -> None:
    """What was not taken goes into `rejects/`, and what was leaves it."""
    with session.desk().store.lock():
        for read in reads:
            if read.mark:
                rejects.renew(read.path, read.table, read.batch, read.mark)
                read.wrote = rejects.mark_of(read.path) != read.mark
        held = rejects.held()
        for read in reads:
            refused = read.batch.refused
            read.wrote |= bool(rejects.keep(read.path, read.table, refused, held))
            for r in sorted(refused, key=lambda r: held[r.key]):
                read.lies.setdefault(held[r.key], []).append(r.row.line)


# -- telling --------------------------------------------------------------------------------------


def _report(read: Read, changes: list[Change], dry: bool) -> None:
    """Each row's outcome, in the order of the file: who got it, or why it was not taken."""
    batch, name = read.batch, safe(read.path.name)
    if not (batch.accepted or read.wrote or dry or session.is_watched()):
        _again(batch, name)
        _waiting(read, name)
        return  # a pipe hears nothing else when nothing happened
    _notes(read, name)
    told: list[tuple[int, list[str]]] = []
    for row, change in zip(batch.accepted, changes, strict=True):
        told.append((row.line, list(_accepted(change, dry))))
    for row, ticket in batch.repeats:
        again = _("repeated: {ticket}").format(ticket=safe(ticket or _("this file")))
        told.append((row.line, [again]))
    told += [(row.line, [rejects.passed()]) for row in batch.passed]
    for refused in batch.refused:
        why = rejects.reason(refused)
        told.append((refused.row.line, [_("rejected: {why}").format(why=why)]))
    for line, words in sorted(told):
        out(f"{name}:{line}  {words[0]}")
        for more in words[1:]:
            out("  " + more)
    if not dry and (rest := _rest(read)):
        tell(rest)
    _total(name, batch, dry)


def _again(batch: Batch, name: str) -> None:
    """Rows that made no ticket, since theirs is there: one of them may be meant. Not for cron."""
    if batch.repeats and not session.options.no_input:
        told = ngettext("{n} row repeated", "{n} rows repeated", len(batch.repeats))
        theirs = list(dict.fromkeys(ticket for _row, ticket in batch.repeats if ticket))
        shown = f" ({_some(theirs)})" if theirs else ""
        tell(f"{name}: {told.format(n=len(batch.repeats))}{shown}")


def _waiting(read: Read, name: str) -> None:
    """Rows rejected before that nobody mended yet: why the command fails, also in a log."""
    for file, lines in read.lies.items():
        told = ngettext(
            "{name}: line {lines} still waits in {file}, to mend and import again.",
            "{name}: lines {lines} still wait in {file}, to mend and import again.",
            len(lines),
        )
        tell(told.format(name=name, lines=_some(map(str, lines)), file=safe(f"rejects/{file}")))


def _some(names: Iterable[str]) -> str:
    """The first of them, and whether there are more."""
    all_ = list(names)
    return safe(", ".join([*all_[:SOME], *(["…"] if len(all_) > SOME else [])]))


def _rest(read: Read) -> str:
    """Where the rows are that were not taken, or what became of the file they were in."""
    file = safe(read.path)
    if read.lies:
        lies = safe(", ".join(f"rejects/{name}" for name in read.lies))
        return _("Bad rows, to mend and import again: {file}").format(file=lies)
    if not read.mark or read.batch.passed:
        return ""
    if read.path.exists():
        return _("{file} was saved meanwhile and left so; import it again.").format(file=file)
    return _("All its rows are tickets: {file} is gone.").format(file=file)


def _notes(read: Read, name: str) -> None:
    """What was noticed of the file as a whole."""
    show_problems([*read.binding.problems, *read.table.notes])
    if read.binding.unmapped:
        names = safe(", ".join(read.binding.unmapped))
        tell(_("{file}: columns kept as extra: {names}").format(file=name, names=names))


def _accepted(change: Change, dry: bool) -> Iterator[str]:
    """The new ticket on a line; with `dry` every event of it."""
    header = change.after if dry else change.ticket.header
    owner = str(header.get("assignee") or "")
    to = person(owner) if owner else team_label(header) or _("unassigned")
    ticket = safe(header.get("id") or _("(new)"))
    yield f"{ticket}  {to}  {safe(header.get('title') or '')}"
    if dry:
        for event in change.events:
            yield from event_lines(event, form_named(header))


def _total(name: str, batch: Batch, dry: bool) -> None:
    """What was made, and of the rest only what there was."""
    made, bad, again = len(batch.accepted), len(batch.refused), len(batch.repeats)
    parts = [ngettext("{n} ticket created", "{n} tickets created", made).format(n=made)]
    if bad:
        parts.append(ngettext("{n} row rejected", "{n} rows rejected", bad).format(n=bad))
    if again:
        parts.append(ngettext("{n} row repeated", "{n} rows repeated", again).format(n=again))
    note = " " + _("(dry run: nothing was written)") if dry else ""
    tell(f"{name}: {', '.join(parts)}{note}")
