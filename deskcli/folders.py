"""Where ticket files lie: `tickets/2026/11/ESP-1.yaml`.

The newest year and month come first, and no link leads out of the desk at `root`.
"""

import re
import time
from pathlib import Path

from deskcli.durable import entries, inside

NUMBER = "(?:0|[1-9][0-9]{0,17})"  # of a ticket, that SQLite can hold
RACY_NS = 2_000_000_000  # what was touched this close to its reading may have changed unseen


def months(root: Path) -> list[Path]:
    """The folders that hold tickets."""
    found = [m for year in subfolders(root / "tickets", root) for m in subfolders(year, root)]
    for month in found:
        if month.is_symlink():
            inside(month, root)
    return found


def subfolders(folder: Path, root: Path) -> list[Path]:
    """Of `tickets/` the years, of a year its months."""
    found = entries(folder, root)
    names = [e.name for e in found if e.name[0] != "." and e.is_dir()]
    return [folder / name for name in sorted(names, reverse=True)]


def files(month: Path, root: Path) -> list[Path]:
    """The ticket files of a month, in no order."""
    return [month / name for name in names(month, root)]


def names(month: Path, root: Path) -> list[str]:
    """The same without their folder: a month has thousands, and paths are slow to make."""
    return [e.name for e in entries(month, root) if is_ticket_name(e.name)]


def is_ticket_name(name: str) -> bool:
    return name.endswith(".yaml") and not name.startswith(".")


def settled(changed: int, now: int) -> int:
    """When a folder had changed last (ns), or 0, as no folder has, where that is so near to `now`
    that it may change again unseen.
    """
    return changed if now - changed > RACY_NS else 0


def highest(root: Path, prefix: str, known: dict[Path, tuple[int, int]]) -> int:
    """The highest number of the tickets of a prefix, 0 for none. `known` keeps that of each month
    with when its folder had `settled`: the next chunk of an import looks only at months that
    changed since.
    """
    own, number, now = f"{prefix}-", re.compile(NUMBER), time.time_ns()
    for month in months(root):
        changed = month.stat().st_ctime_ns
        if known.get(month, (0, 0))[0] != changed:
            mine = (n[len(own) : -len(".yaml")] for n in names(month, root) if n.startswith(own))
            last = max((int(n) for n in mine if number.fullmatch(n)), default=0)
            known[month] = (settled(changed, now), last)
    return max((last for _, last in known.values()), default=0)
