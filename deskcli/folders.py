"""Where ticket files lie: `tickets/2026/11/ESP-1.yaml`.

The newest year and month come first, and no link leads out of the desk at `root`.
"""

from pathlib import Path

from deskcli.durable import entries, inside


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
