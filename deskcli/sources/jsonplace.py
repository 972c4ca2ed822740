"""Where a value of a JSON text stands, for what is wrong with it."""

import json
import re

from deskcli.sources.text import line_at
from deskcli.yamltext import Path

_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s:,]*")


def place_in(text: str, path: Path) -> tuple[int, int]:
    """Line and column of the value at `path`, or of the nearest above it that there is."""
    at = _skip(text, 0)
    for key in path:
        found = _member(text, at, key)
        if found is None:
            break
        at = found
    return line_at(text, at), at - text.rfind("\n", 0, at)


def _member(text: str, start: int, wanted: str | int) -> int | None:
    """Where the member begins, of the object or list at `start`; the text is known to be JSON."""
    if text[start] not in "{[":
        return None
    at, n = _skip(text, start + 1), 0
    while text[at] not in "}]":
        key: object = n
        if text[start] == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = _skip(text, at)
        if key == wanted:
            return at
        at, n = _skip(text, _DECODER.raw_decode(text, at)[1]), n + 1
    return None


def _skip(text: str, at: int) -> int:
    return _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # can match nothing
