"""`import`: form exports -> tickets; bad rows to `rejects/`, repeats set aside (O2, O3)."""

import glob
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from deskcli import sources
from deskcli.batch import Batch, Refused, read_rows
from deskcli.cli import session
from deskcli.cli.events import event_lines, person, team_label, warn_of_unread
from deskcli.cli.progress import progress
from deskcli.cli.rows import Dry
from deskcli.cli.show import out, safe, show_problems, tell
from deskcli.cli.words import _, ngettext, worded
from deskcli.config import find
from deskcli.fold import fold
from deskcli.importmap import ImportMap, bind
from deskcli.importmap import check as check_map
from deskcli.problem import DeskError, Exit, Problem
from deskcli.scene import Scene
from deskcli.ticket import Change

EXAMPLES = ("deskcli import --maps", "deskcli import FILE --map NAME -n")


@dataclass(slots=True)
class Read:
    """One file on its way in; `rejects` is where its bad rows went, if not there before."""

    path: Path
    table: sources.Table
    batch: Batch = field(default_factory=Batch)
    notes: list[Problem] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    rejects: str = ""


def command(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help=_("Exports"))
    ] = None,
    map_: Annotated[
        str, typer.Option("--map", "-m", metavar="NAME", help=_("How to read them"))
    ] = "",
    maps: Annotated[bool, typer.Option("--maps", help=_("List the maps"))] = False,
    dry_run: Dry = False,
) -> int:
    here = session.desk()
    if maps or not files:
        for name, known in here.config.imports.items():
            out(f"{safe(name)}  {safe(known.label)}")
        return Exit.DONE
    chosen = find("map", map_, here.config.imports)
    if faults := [p for _path, p in check_map(chosen) if not p.is_warning]:
        raise DeskError(*faults)
    reads = [Read(path, sources.read(path)) for path in files]
    changes = session.write(lambda scene: _decide(scene, chosen, reads, dry_run), dry_run, "import")
    warn_of_unread(changes)
    ids = iter(changes)
    for read in reads:
        _report(read, [next(ids) for _ in read.batch.accepted], dry_run)
    return Exit.PARTLY if any(read.batch.refused for read in reads) else Exit.DONE


def _decide(scene: Scene, chosen: ImportMap, reads: list[Read], dry: bool) -> list[Change]:
    """The changes of all files; what is set aside is shown and kept before any is written."""
    here = session.desk()
    here.index.refresh(folders_only=True)
    seen: set[str] = set()
    labels = _labels(chosen)
    for read in reads:
        binding = bind(chosen, read.table.columns, labels)
        fatal = [p for p in binding.problems if not p.is_warning]
        if fatal:
            raise DeskError(*fatal)
        read.notes, read.unmapped = [*binding.problems, *read.table.notes], binding.unmapped
        with progress(len(read.table.rows), read.path.name) as step:
            known: Callable[[str], str] = here.index.of_source
            read.batch = read_rows(scene, binding, read.table.rows, known, seen, step)
        if read.batch.refused and not dry:
            read.rejects = _reject(read)
    return [a.change for read in reads for a in read.batch.accepted]


def _labels(chosen: ImportMap) -> dict[str, str]:
    """Headers that name a field by its own key or label, for maps that take them."""
    form = session.desk().config.forms.get(chosen.form)
    fields = form.fields if form else []
    return {fold(n): f.id for f in fields for n in (f.label, f.id)}


def _reject(read: Read) -> str:
    """The bad rows as they came, with the reason, in a file that can be mended and imported; gives
    its name, '' when the same rows are there already, from an earlier import of the same file.
    """
    marked = [sources.Reject(r.row, _field(r), _reason(r)) for r in read.batch.refused]  # type: ignore[arg-type]
    suffix, data = sources.rejects(read.table, marked)
    folder = session.desk().root / "rejects"
    if any(p.read_bytes() == data for p in folder.glob(f"{glob.escape(read.path.stem)}-*{suffix}")):
        return ""
    stamp = f"{session.desk().now:%Y%m%d-%H%M%S}"
    name, n = f"{read.path.stem}-{stamp}{suffix}", 1
    while (folder / name).exists():
        name, n = f"{read.path.stem}-{stamp}-{n}{suffix}", n + 1
    session.desk().store.add(folder / name, data)
    return f"rejects/{name}"


def _field(refused: Refused) -> str:
    return ", ".join(str(p.facts["field"]) for p in refused.problems if p.facts.get("field"))


def _reason(refused: Refused) -> str:
    return " ".join(worded(p) for p in refused.problems)


def _report(read: Read, changes: list[Change], dry: bool) -> None:
    """Each row's outcome, in the order of the file: who got it, or why it was not taken."""
    batch, name = read.batch, safe(read.path.name)
    if not (batch.accepted or read.rejects or dry or sys.stdout.isatty()):
        return  # cron hears nothing when nothing happened
    _notes(read, name)
    told: list[tuple[int, list[str]]] = []
    for accepted, change in zip(batch.accepted, changes, strict=True):
        told.append((accepted.row.line, list(_accepted(change, dry))))
    for row, ticket in batch.repeats:
        again = _("repeated: {ticket}").format(ticket=safe(ticket or _("this file")))
        told.append((row.line, [again]))
    told += [(row.line, [_("left out by the map's condition")]) for row in batch.passed]
    for refused in batch.refused:
        told.append((refused.row.line, [_("rejected: {why}").format(why=_reason(refused))]))
    for line, words in sorted(told):
        out(f"{name}:{line}  {words[0]}")
        for more in words[1:]:
            out("  " + more)
    if read.rejects:
        tell(_("Bad rows, to mend and import again: {file}").format(file=safe(read.rejects)))
    _total(name, batch, dry)


def _notes(read: Read, name: str) -> None:
    """What was noticed of the file as a whole."""
    show_problems(read.notes)
    if read.unmapped:
        names = safe(", ".join(read.unmapped))
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
            yield from event_lines(event)


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
