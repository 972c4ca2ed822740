"""Edits spliced into a person's YAML file, so that all else in it stays to the letter.

Each edit is also done on plain values, and the spliced text must mean the same: otherwise nothing
is given back, and nothing can reach the disk.
"""

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from deskcli.yamltext import Document, Path, Span, Value, reread
from deskcli.yamlwrite import block, flow, hang, item, scalar


class Put(Struct, frozen=True):
    """Set the value at `path`, making the mappings above it where they are missing."""

    path: Path
    value: Value


class Append(Struct, frozen=True):
    """Add `value` at the end of the list at `path`."""

    path: Path
    value: Value


class Drop(Struct, frozen=True):
    """Remove the entry at `path`: the key with its value, or the list's item."""

    path: Path


Edit = Put | Append | Drop


def edit(doc: Document, edits: Iterable[Edit], last: str = "") -> Document:
    """`doc` after the edits, everything else to the letter; `last` names a key that stays last.

    Each step is read back and compared with the same edit done on plain values: a splice that
    would change anything else raises AssertionError before anything reaches the disk.
    """
    for change in edits:
        expected = _applied(doc.value, change)
        done = reread(_spliced(doc, change, last), doc.path)
        assert done.value == expected, f"splice of {change} in {doc.path}"
        doc = done
    return doc


def _applied(value: Value, change: Edit) -> Value:
    """The edit on plain values; what the spliced text has to mean."""
    head, *rest = change.path
    copy: Value = dict(value or {}) if isinstance(head, str) else list(value)
    if rest:
        inner = replace(change, path=tuple(rest))
        copy[head] = _applied(copy.get(head) if isinstance(head, str) else copy[head], inner)
    elif isinstance(change, Drop):
        del copy[head]
    elif isinstance(change, Append):
        copy[head] = [*(copy.get(head) or []), _as_text(change.value)]
    else:
        copy[head] = _as_text(change.value)
    return copy


def _as_text(value: Value) -> Value:
    """As the reader will see it: every scalar but None is text."""
    if isinstance(value, dict):
        return {k: _as_text(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_text(v) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


def _spliced(doc: Document, change: Edit, last: str) -> str:
    if isinstance(change, Drop):
        return _without(doc, change.path)
    if isinstance(change, Append):
        known = doc.spans.get(change.path)
        if known is not None and known.end > known.start:
            return _appended(doc, change.path, change.value)
        return _spliced(doc, Put(change.path, [change.value]), last)
    if change.path in doc.spans:
        return _replaced(doc, change.path, change.value)
    above, value = change.path[:-1], {change.path[-1]: change.value}
    while above and (above not in doc.spans or not _node(doc, above)):
        above, value = above[:-1], {above[-1]: value}
    [(key, content)] = value.items()
    if change.path[:-1] and (*above, key) in doc.spans:  # an empty mapping: `fields: {}`
        return _replaced(doc, (*above, key), content)
    return _inserted(doc, above, str(key), content, last)


def _node(doc: Document, path: Path) -> Value:
    value = doc.value
    for key in path:
        value = value[key]
    return value


def _replaced(doc: Document, path: Path, value: Value) -> str:
    span, text = doc.spans[path], doc.text
    in_flow = any(doc.spans[path[:n]].flow for n in range(len(path)))
    if in_flow:
        new = flow(value)
        gap = " " if text[span.start - 1 : span.start] == ":" else ""
        return text[: span.start] + gap + new + text[span.end :]
    start = len(text[: span.start].rstrip())  # at the colon, or the dash, or a hanging line's end
    new = hang(value, _column(doc, span.key), 0)
    comment = "" if "\n" not in new else _comment_after(text, span.end)
    return text[:start] + new + text[span.end + len(comment) :]


def _comment_after(text: str, end: int) -> str:
    """A comment on the line of a replaced value can not follow a block: it would become text."""
    found = re.match(r"[ \t]+#[^\n]*", text[end:])
    return found[0] if found else ""


def _column(doc: Document, offset: int) -> int:
    return doc.at(offset).column - 1


def _inserted(doc: Document, above: Path, key: str, value: Value, last: str) -> str:
    """A new entry at the end of the mapping `above` (before `last` in the top mapping)."""
    text = doc.text
    children = [p for p in doc.spans if len(p) == len(above) + 1 and p[:-1] == above]
    before = [p for p in children if above or p[-1] != last]
    span = doc.spans.get(above)
    if span and span.flow:
        return _into_flow(text, span.end - 1, f"{scalar(key)}: {flow(value)}", bool(children))
    indent = _column(doc, doc.spans[children[0]].key) if children else 0
    new = block({key: value}, indent)
    if not before:
        at = doc.spans[children[0]].key if children else len(text)
        return text[:at] + ("\n" if at and text[at - 1] != "\n" else "") + new + text[at:]
    at = _line_end(text, doc.spans[before[-1]].end)
    return text[:at] + ("" if text[at - 1] == "\n" else "\n") + new + text[at:]


def _into_flow(text: str, bracket: int, new: str, more: bool) -> str:
    head = text[:bracket].rstrip()
    comma = ", " if more and not head.endswith(",") else " " if more else ""
    return head + comma + new + text[bracket:]


def _line_end(text: str, offset: int) -> int:
    """Offset after the newline that ends the line at `offset`."""
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def _appended(doc: Document, path: Path, value: Value) -> str:
    span, text = doc.spans[path], doc.text
    items = _node(doc, path)
    if span.flow and items:
        return _into_flow(text, span.end - 1, flow(value), True)
    if not items:
        return _replaced(doc, path, [value])
    first, final = doc.spans[(*path, 0)], doc.spans[(*path, len(items) - 1)]
    dash = text.rindex("-", 0, first.start if first.end == first.start else first.key)
    at = _line_end(text, final.end)
    newline = "" if text[at - 1] == "\n" else "\n"
    return text[:at] + newline + item(value, _column(doc, dash)) + text[at:]


def _without(doc: Document, path: Path) -> str:
    span, text = doc.spans[path], doc.text
    if doc.spans[path[:-1]].flow if path[:-1] in doc.spans else False:
        return _out_of_flow(text, span)
    siblings = _node(doc, path[:-1])
    if len(siblings) == 1 and len(path) > 1:
        return _replaced(doc, path[:-1], [] if isinstance(siblings, list) else {})
    start = text.rfind("\n", 0, span.key) + 1
    return text[:start] + text[_line_end(text, span.end) :]


def _out_of_flow(text: str, span: Span) -> str:
    start, end = span.key, span.end
    if comma := re.match(r"\s*,\s*", text[end:]):
        return text[:start] + text[end + comma.end() :]
    head = text[:start].rstrip()
    return (head[:-1] if head.endswith(",") else head) + text[end:]
