"""What no program of this kind can beat: the bare work, each as a process with nothing else in it.

python bench/limits.py write FOLDER COUNT BYTES  write as many files, each made durable
python bench/limits.py stat DESK                 look at every ticket file
python bench/limits.py query DESK                ask SQLite one thing
python bench/limits.py load DESK COUNT           yaml.load so many files with the C loader
"""

import os
import sys
from collections.abc import Iterator

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
QUERY = "SELECT id FROM ticket WHERE open = 'true' AND due <> '' AND due <= '2026-11-23'"


def paths(desk: str) -> Iterator[str]:
    """The ticket files, the youngest month first."""
    top = f"{desk}/tickets"
    for year in sorted(filter(str.isdigit, os.listdir(top)), reverse=True):  # noqa: PTH208
        for month in sorted(os.listdir(f"{top}/{year}"), reverse=True):  # noqa: PTH208
            with os.scandir(f"{top}/{year}/{month}") as found:
                yield from (entry.path for entry in found)


def write(folder: str, count: str, size: str) -> None:
    data = b"x" * int(size)
    for n in range(int(count)):
        fd = os.open(f"{folder}/new", NEW, 0o664)
        os.write(fd, data)
        os.fsync(fd)
        os.close(fd)
        os.rename(f"{folder}/new", f"{folder}/{n}.yaml")
    fd = os.open(folder, os.O_RDONLY)
    os.fsync(fd)


def stat(desk: str) -> None:
    for path in paths(desk):
        os.lstat(path)


def query(desk: str) -> None:
    import sqlite3

    sqlite3.connect(f"{desk}/.deskcli/index.sqlite").execute(QUERY).fetchall()


def load(desk: str, count: str) -> None:
    import yaml

    for _, path in zip(range(int(count)), paths(desk), strict=False):
        with open(path, "rb") as file:  # noqa: PTH123
            yaml.load(file, Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
