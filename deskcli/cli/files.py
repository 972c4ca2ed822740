"""Files that people attach: stored by content, typed by content (O9), named by nobody's path."""

from collections.abc import Iterable
from pathlib import Path

from deskcli.cli import session
from deskcli.filetype import file_type
from deskcli.problem import Place, refuse
from deskcli.yamltext import Value

MAX_BYTES = 50 << 20


def stored(paths: Iterable[Path], dry: bool) -> list[Value]:
    """Put each file into the desk's attachments and give its record for the ticket."""
    return [_stored(path, dry) for path in paths]


def _stored(path: Path, dry: bool) -> Value:
    if not path.is_file():
        raise refuse("attach.none", Place(str(path)))
    if path.stat().st_size > MAX_BYTES:
        raise refuse("attach.size", Place(str(path)), limit=MAX_BYTES)
    data = path.read_bytes()
    kind = file_type(data)
    store = session.desk().store
    if dry:
        from hashlib import sha256

        digest = sha256(data).hexdigest()
    else:
        with store.lock():
            digest = store.keep(data, f".{kind}" if kind.isalnum() else "")
    return {"name": path.name, "sha256": digest, "size": str(len(data)), "type": kind}
