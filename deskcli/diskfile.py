"""Reading below a desk's folder, so that no link leads out of it and no pipe keeps us waiting."""

import errno
import os
import stat
from pathlib import Path

from deskcli.problem import Place, refuse


def inside(path: Path, root: Path) -> Path:
    """Where `path` really is; refuses (65) a way that leads out of the desk at `root`."""
    real, desk = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if not real.is_relative_to(desk):
        raise refuse("file.outside", Place(str(path.relative_to(root))), target=str(real))
    return real


def content(path: Path, name: str) -> bytes:
    """The file's bytes; a link is not followed, and nobody is waited for at the other end of a
    pipe. `name` is the file as problems call it.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise refuse("file.link", Place(name)) from None
        raise
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise refuse("file.link", Place(name))
    with os.fdopen(fd, "rb") as file:
        return file.read()


def entries(folder: Path, root: Path) -> list[os.DirEntry[str]]:
    """What is in a folder of the desk at `root`; one that is not there has nothing."""
    if folder.is_symlink():
        inside(folder, root)
    try:
        return list(os.scandir(folder))
    except FileNotFoundError:
        return []
