"""Rows that were not taken: each lies in one file of `rejects/` until it is a ticket.

A row is known by the key of its submission, which its file keeps (`_key`) while a person mends the
rest; so the export it came from, or the next day's with the same rows, writes it no second time.
A file of `rejects/` that is imported itself is written anew with the rows that stay, each with its
reason of now, and goes when all are tickets. Tickets are written first: whatever is interrupted, a
row is in one place at least, and one that is in two leaves with the next import.
"""

import os
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from deskcli import sources
from deskcli.batch import Batch, Refused
from deskcli.cli import session
from deskcli.cli.words import _, worded
from deskcli.durable import free_beside, inside

_STAMP = re.compile(r"-\d{8}-\d{6}(-\d+)?$")


def folder() -> Path:
    """Refuses (65) one that a link leads out of the desk, before any row becomes a ticket."""
    root = session.desk().root
    return inside(root / "rejects", root)


def is_ours(path: Path) -> bool:
    """A file of the folder that we can write anew."""
    above = os.path.realpath(path.parent)
    return path.suffix.lower() in (".csv", ".jsonl") and above == os.path.realpath(folder())


def mark_of(path: Path) -> str:
    """Changes when somebody saves the file; '' for one that is not ours, or not there."""
    try:
        return sha256(path.read_bytes()).hexdigest() if is_ours(path) and path.is_file() else ""
    except FileNotFoundError:
        return ""


def held() -> dict[str, str]:
    """The name of the file in which each rejected row lies, by the row's key."""
    paths = (p for p in sorted(folder().glob("*")) if is_ours(p))
    return {key: path.name for path in paths for key in sources.keys_in(path)}


def keep(path: Path, table: sources.Table, refused: Iterable[Refused], held: dict[str, str]) -> str:
    """Write the rows that lie in no file yet, as they came; gives the new file's name or ''."""
    fresh = {r.key: _marked(r) for r in refused if r.key not in held}
    if not fresh:
        return ""
    suffix, data = sources.rejects(table, fresh.values())
    name = _new_name(path, suffix)
    session.desk().store.add(folder() / name, data)
    held |= dict.fromkeys(fresh, name)
    return name


def renew(path: Path, table: sources.Table, batch: Batch, mark: str) -> None:
    """Leave in a file of ours what is no ticket. One that somebody saved meanwhile stays as they
    have it: the next import finds out which of its rows are tickets.
    """
    if mark_of(path) != mark:
        return
    path = folder() / path.name
    stay = [_marked(r) for r in batch.refused]
    stay += [sources.Reject(row, "", passed(), row.key) for row in batch.passed]  # type: ignore[arg-type]
    if not stay:
        session.desk().store.remove(path)
        return
    _suffix, data = sources.rejects(table, sorted(stay, key=lambda reject: reject.row.line))
    if sha256(data).hexdigest() != mark:
        session.desk().store.add(path, data)


def _marked(refused: Refused) -> sources.Reject:
    fields = [str(p.facts["field"]) for p in refused.problems if p.facts.get("field")]
    return sources.Reject(refused.row, ", ".join(fields), reason(refused), refused.key)  # type: ignore[arg-type]


def reason(refused: Refused) -> str:
    return " ".join(worded(p) for p in refused.problems)


def passed() -> str:
    return _("left out by the map's condition")


def _new_name(path: Path, suffix: str) -> str:
    """The export's name with the moment; of a copy of a rejects file, its export's."""
    stem = f"{_STAMP.sub('', path.stem)}-{session.desk().now:%Y%m%d-%H%M%S}"
    return free_beside(folder() / f"{stem}{suffix}").name
