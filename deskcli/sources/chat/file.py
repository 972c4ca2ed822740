"""A transcript's file -> Export: a text, or the zip that WhatsApp makes with the media beside it.

Nothing is unpacked to the disk: of a zip, the conversation is read, and the media are named.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from deskcli.filetype import file_type
from deskcli.problem import DeskError, Place, Problem, refuse
from deskcli.sources.chat.message import Transcript
from deskcli.sources.chat.parse import parse
from deskcli.sources.table import load, too_big
from deskcli.sources.text import decode

MAX_TEXT = 16 << 20  # 40,000 messages, the most that WhatsApp exports, are some 4 MiB
MAX_FILES = 50_000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's table of contents
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others ask for memory as they like
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,  # encrypted; NotImplementedError is one too
    ValueError,
    LookupError,
    OverflowError,
)
_CHAT = re.compile(
    r"_chat\.txt|(?:Conversa (?:do|no) WhatsApp com|WhatsApp Chat (?:with|-)) ?(.*)\.(?:txt|zip)",
    re.IGNORECASE,
)


class Export(Struct, frozen=True):
    """`chat` is the conversation's name in the zip, '' when the file is no zip; `title` the contact
    or group that the file's name tells; `files` the media beside it, with the sizes the zip tells.
    """

    path: str
    chat: str
    title: str
    transcript: Transcript
    files: dict[str, int]


def read_chat(path: Path, names: Collection[str] = ()) -> Export:
    """`names` as `parse` takes them. Refuses what is too large, or no conversation."""
    return read_chat_bytes(load(path), str(path), names)


def read_chat_bytes(data: bytes, path: str, names: Collection[str] = ()) -> Export:
    chat = ""
    files: dict[str, int] = {}
    text, title = data, _title(PurePosixPath(path.replace("\\", "/")).name)
    if data.startswith(_ZIP):
        with _opened(data, path) as archive:
            chat, files = _contents(archive, path)
            text, title = _read(archive, chat, MAX_TEXT, path), _title(_base(chat)) or title
    elif (kind := file_type(data)) not in ("text", "unknown"):
        raise refuse("transcript.kind", Place(path), kind=kind)
    said, notes = _decoded(text, path)
    found = parse(said, path, (*names, title) if title else names)
    return Export(path, chat, title, replace(found, notes=notes + found.notes), files)


def _decoded(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Text, whatever it takes: a byte that is none costs a character, not the conversation."""
    if len(data) > MAX_TEXT:
        raise too_big("bytes", MAX_TEXT, Place(path))
    try:
        text, _, notes = decode(data, path)
        return text, notes
    except DeskError as error:
        text = data.decode(str(error.problems[0].facts["encoding"]), "replace").replace("\0", "")
        facts = {"count": text.count("\ufffd")}
        return text, [Problem("source.character", facts, error.problems[0].place)]


def _opened(data: bytes, path: str) -> zipfile.ZipFile:
    if data.count(_ENTRY) > MAX_FILES:
        raise too_big("files", MAX_FILES, Place(path))
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise refuse("transcript.zip", Place(path), detail=str(error)) from None


def _contents(archive: zipfile.ZipFile, path: str) -> tuple[str, dict[str, int]]:
    """The conversation's name, and the files in its folder with their sizes."""
    sizes = {info.filename: info.file_size for info in archive.infolist() if _is_plain(info)}
    texts = [name for name in sizes if name.lower().endswith(".txt")]
    chats = [name for name in texts if _CHAT.fullmatch(_base(name))] or texts
    if len(chats) != 1:
        raise refuse("transcript.chat", Place(path), known=chats or [*sizes][:10])
    folder = chats[0].removesuffix(_base(chats[0]))
    beside = {
        name.removeprefix(folder): size
        for name, size in sizes.items()
        if name != chats[0] and name == folder + _base(name)
    }
    return chats[0], beside


def _is_plain(info: zipfile.ZipInfo) -> bool:
    """A file with a name that is only a name, perhaps in one folder (macOS adds its own)."""
    folder, _, name = info.filename.rpartition("/")
    hidden = name.startswith(".") or folder in (".", "..", "__MACOSX")
    fine = "/" not in folder and all(c >= " " and c != "\\" for c in info.filename)
    return bool(name) and fine and not hidden


def _read(archive: zipfile.ZipFile, name: str, limit: int, path: str) -> bytes:
    """The member's bytes; refused when there are more than `limit`, whatever the zip says."""
    try:
        if archive.getinfo(name).compress_type not in _METHODS:
            raise zipfile.BadZipFile("compression method")
        with archive.open(name) as member:
            data = member.read(limit + 1)
    except _BROKEN as error:
        raise refuse("transcript.zip", Place(path), detail=str(error)) from None
    if len(data) > limit:
        raise too_big("bytes", limit, Place(path))
    return data


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _title(name: str) -> str:
    found = _CHAT.fullmatch(name)
    return (found[1] or "").strip() if found else ""
