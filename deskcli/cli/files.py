"""Files that people attach: typed by content (O9), stored by content, named by nobody's path."""

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from deskcli.cli import session
from deskcli.durable import read_file
from deskcli.problem import Place, refuse
from deskcli.yamltext import Value

MAX_BYTES = 50 << 20


class Given(Struct, frozen=True):
    """A file as it was read: `record` is the ticket's `{name, sha256, size, type}`."""

    record: Value
    data: bytes


def given(paths: Iterable[Path]) -> list[Given]:
    """Each file read and typed, and nothing written; refuses what is no file or too large."""
    return [_given(path) for path in paths]


def _given(path: Path) -> Given:
    from hashlib import sha256  # as slow to import as the types of files; most tickets have none

    from deskcli.filetype import file_type

    if not path.is_file():
        raise refuse("file.folder" if path.is_dir() else "source.missing", Place(str(path)))
    if path.stat().st_size > MAX_BYTES:
        raise refuse("attach.size", Place(str(path)), limit=MAX_BYTES)
    data = path.read_bytes()
    record = {"name": path.name, "sha256": sha256(data).hexdigest(), "size": str(len(data))}
    return Given({**record, "type": file_type(data)}, data)


def path_of(record: Value) -> str:
    """Where a file of a ticket lies."""
    name = f"{record['sha256']}{_suffix(record)}"
    return str(session.desk().root / "attachments" / name[:2] / name)


def _suffix(record: Value) -> str:
    kind = str(record.get("type", ""))
    return f".{kind}" if kind.isalnum() else ""


def keep(files: Iterable[Given]) -> None:
    """Store them under the sha256 of their content, each once, when the decision stands and before
    its ticket is written; needs the lock.
    """
    for file in files:
        path = Path(path_of(file.record))
        if not path.exists():
            session.desk().store.add(path, file.data)


def kept(digest: str) -> bytes:
    """The content of an attachment, b"" when the desk has it no more."""
    folder = session.desk().root / "attachments" / digest[:2]
    if re.fullmatch("[0-9a-f]{64}", digest):
        for path in folder.glob(f"{digest}*"):
            return read_file(path, path.name)[0]
    return b""
