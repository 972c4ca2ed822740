"""Values -> YAML text.

What is written reads back as the same text under our strict reader and under any YAML 1.1 or 1.2
reader: whatever could be taken for a number, a date or a truth value elsewhere is quoted
(`12345678E00135` is a CNPJ here and a float there). Emoji and chat text stay readable.
"""

import re
from functools import lru_cache

from deskcli.yamltext import Value

WIDTH = 110

_PLAIN = re.compile(r"[^\W\d][\w ./()@+$%!?;ªº–—'’-]*")
_WORDS_ELSEWHERE = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
_UNPRINTABLE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def block(value: dict[str, Value], indent: int = 0) -> str:
    """A mapping as lines, each ended by a newline; nested values go on one line where they fit."""
    pad = " " * indent
    return "".join(f"{pad}{_key(k)}:{hang(v, indent, len(k))}\n" for k, v in value.items())


def item(value: Value, indent: int = 0) -> str:
    """One entry of a block sequence, `- ` included, ended by a newline."""
    pad = " " * indent
    if not isinstance(value, dict | list):
        return f"{pad}-{hang(value, indent, 0)}\n"
    if one_line := _one_line(value, indent + 2):
        return f"{pad}- {one_line}\n"
    if isinstance(value, dict):
        lines = block(value, indent + 2)
    else:
        lines = "".join(item(v, indent + 2) for v in value)
    return pad + "- " + lines[indent + 2 :]


def flow(value: Value) -> str:
    """The value on one line, as JSON would have it but with plain words left plain."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text[-1] != " " and text.casefold() not in _WORDS_ELSEWHERE:
        return text
    if "\n" not in text and _printable(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + re.sub(r'["\\\n\t\r]|' + _UNPRINTABLE, _escaped, text) + '"'


_key = lru_cache(maxsize=512)(scalar)  # the same ones in every ticket


def _printable(text: str) -> bool:
    """Whether it can stand as it is. Most texts are printable by Python's stricter rule."""
    return text.isprintable() or not re.search(_UNPRINTABLE, text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _ESCAPES.get(found[0]) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")


def hang(value: Value, indent: int, used: int) -> str:
    """What follows `key:` or `-`: the value on the same line, or hanging below it."""
    if isinstance(value, str) and _is_prose(value):
        return _literal(value, indent + 2)
    if one_line := _one_line(value, indent + used + 2):
        return " " + one_line
    if isinstance(value, dict):
        return "\n" + block(value, indent + 2).rstrip("\n")
    return "\n" + "".join(item(v, indent) for v in value).rstrip("\n")


def _one_line(value: Value, used: int) -> str:
    """The value on one line, '' where it does not fit there."""
    if not value or not isinstance(value, dict | list):
        return flow(value)
    if isinstance(value, list) and any(isinstance(v, dict) for v in value):
        return ""  # a list of entries grows line by line, for people and for diffs
    if used + _letters(value) > WIDTH or _has_prose(value):  # cheaper than to write it in vain
        return ""
    return one_line if used + len(one_line := flow(value)) <= WIDTH else ""


def _letters(value: Value) -> int:
    """Of all that is in it: it takes no fewer."""
    if isinstance(value, dict):
        return sum(len(str(k)) + _letters(v) for k, v in value.items())
    return sum(map(_letters, value)) if isinstance(value, list) else len(str(value))


def _has_prose(value: Value) -> bool:
    if isinstance(value, dict | list):
        return any(map(_has_prose, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and _is_prose(value)


def _is_prose(text: str) -> bool:
    """Several lines that a literal block can hold exactly; the rest goes between double quotes."""
    prose = "\n" in text and text.strip() and not text.endswith("\n\n")
    return bool(prose) and _printable(text)


def _literal(text: str, indent: int) -> str:
    body = text.removesuffix("\n")
    step = "2" if body[0] in " \t\n" else ""  # its first line can not tell the indentation
    lines = (" " * indent + line if line else "" for line in body.split("\n"))
    return f" |{step}{'-' if body == text else ''}\n" + "\n".join(lines)
