"""Bytes of an import file -> text. Brazilian exports are UTF-8, UTF-16 (Excel) or Windows-1252."""

import re
from pathlib import Path

from deskcli.problem import DeskError, Place, Problem, refuse
from deskcli.sources.table import load

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")


def read_text(path: Path) -> tuple[str, bool, list[Problem]]:
    """The text without its byte-order mark; whether a rejects file needs one; notes."""
    return decode(load(path), str(path))


def decode(data: bytes, path: str) -> tuple[str, bool, list[Problem]]:
    """What `read_text` gives, of bytes; refuses those that are no text with `source.encoding`."""
    text, bom = _decode(data, path)
    if "\0" not in text:
        return text, bom, []
    note = {"count": text.count("\0")}
    place = Place(path, line_at(text, text.index("\0")))
    return text.replace("\0", ""), bom, [Problem("source.nul", note, place)]


def line_at(text: str, offset: int) -> int:
    return breaks(text, 0, offset) + 1


def breaks(text: str, start: int, end: int) -> int:
    """How many lines end between the offsets, whatever ends them."""
    feeds, returns = text.count("\n", start, end), text.count("\r", start, end)
    return feeds + returns - text.count("\r\n", start, end)


def _decode(data: bytes, path: str) -> tuple[str, bool]:
    if data.startswith(_UTF16):
        return _strict(data, "utf-16", path), True
    if data.startswith(_UTF8_BOM):
        return _strict(data[3:], "utf-8", path), True
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise _encoding(error, "utf-8", path) from None
    return _strict(data, "cp1252", path), True  # its owner uses Excel, which needs the mark


def _mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a few bytes broken: as Windows-1252 every accent of it would become two signs."""
    letters = _UTF8_LETTER.findall(data)
    return len(letters) > 0 and len(letters) >= len(_HIGH.findall(data)) - sum(map(len, letters))


def _strict(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _encoding(error, encoding, path) from None


def _encoding(error: UnicodeDecodeError, encoding: str, path: str) -> DeskError:
    before = error.object[: error.start].decode(encoding, "replace")
    byte = f"0x{error.object[error.start]:02X}"
    place = Place(path, line_at(before, len(before)))
    return refuse("source.encoding", place, byte=byte, encoding=encoding)
