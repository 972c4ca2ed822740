"""YAML text -> values that know their place (`yamledit` changes them there).

Reading is strict and small: every scalar stays text (only an empty value, `~` and a plain `null`
are None), so that `12:30`, `01310100` and `no` mean what was written. What YAML allows and a desk
never needs (anchors, tags, merges, several documents) is refused with its place. Only the events of
libyaml are used: its composer crashes on deep nesting, and its resolver guesses types.
"""

import codecs
import re
from collections.abc import Callable
from typing import Any

import yaml
from msgspec import Struct

from deskcli.problem import DeskError, Place, Problem, refuse

Key = str | int
Path = tuple[Key, ...]
Value = Any  # str | None | list[Value] | dict[str, Value]

MAX_BYTES = 1 << 20
MAX_DEPTH = 24

# A platform without libyaml reads more slowly, with the same rules.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]"
# What PyYAML's own parser puts into its messages, and libyaml does not.
_FOUND = r"(?:, but (?:found|got)| \(version).*|(?<=character|ag handle) (?:'.*?'|\".*?\")"
_CONFLICTS = ("<<<<<<< ", ">>>>>>> ")


class Span(Struct, frozen=True):
    """Offsets in the text: where the key (or item) begins, and the value from start to end."""

    key: int
    start: int
    end: int
    flow: bool


class Document(Struct):
    """One YAML file: `spans` maps the path of every node to where it stands in `text`."""

    path: str
    text: str
    value: Value = None
    spans: dict[Path, Span] = {}

    def place(self, path: Path = ()) -> Place:
        """Place of the node, or of the nearest node above it that the file has."""
        while path and path not in self.spans:
            path = path[:-1]
        span = self.spans.get(path)
        return self.at(span.key if span else 0)

    def value_place(self, path: Path) -> Place:
        """Place of the node's value; of what is above it when the file has no such node."""
        span = self.spans.get(path)
        return self.at(span.start) if span and span.end > span.start else self.place(path)

    def at(self, offset: int) -> Place:
        line_start = self.text.rfind("\n", 0, offset) + 1
        return Place(self.path, self.text.count("\n", 0, offset) + 1, offset - line_start + 1)


def read(data: bytes, path: str) -> Document:
    """The document in `data`; DeskError (exit 65) with line and column when it cannot be one."""
    doc = Document(path, _decode(data, path))
    try:
        _Builder(doc).build()
    except yaml.MarkedYAMLError as error:
        raise _syntax(doc, error) from None
    return doc


def reread(text: str, path: str) -> Document:
    return read(text.encode(), path)


def _decode(data: bytes, path: str) -> str:
    if len(data) > MAX_BYTES:
        raise refuse("yaml.size", Place(path), size=len(data), limit=MAX_BYTES)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        raise refuse("yaml.encoding", Document(path, before).at(len(before))) from None
    doc = Document(path, text)
    printable = text.replace("\n", "").isprintable()  # by Python's stricter rule
    if not printable and (found := re.search(_CONTROL, text)):
        place = doc.at(found.start())
        raise refuse("yaml.control", place, character=f"U+{ord(found[0]):04X}")
    for mark in _CONFLICTS:
        if mark in text and (found := re.search(f"^{mark}.*", text, re.MULTILINE)):
            raise refuse("yaml.conflict", doc.at(found.start()), line=found[0].strip())
    return text


class _Builder:
    """libyaml's events -> plain values, with the span of every node on the way."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.spans = doc, doc.spans
        self.next: Callable[[], Any] = _LOADER(doc.text).get_event

    def build(self) -> None:
        self.next()  # stream start
        if isinstance(self.next(), yaml.StreamEndEvent):
            return
        event = self.next()
        self.doc.value, _ = self.node(event, (), event.start_mark.index)
        self.next()  # document end
        extra = self.next()
        if not isinstance(extra, yaml.StreamEndEvent):
            raise self.error("yaml.documents", extra)

    def node(self, event: Any, path: Path, key: int) -> tuple[Value, int]:
        """The value at `event` and the offset of its end; `key` is where its entry begins."""
        if event.anchor is not None:  # an alias has one too
            raise self.error("yaml.anchor", event)
        if event.tag is not None:
            raise self.error("yaml.tag", event)
        if len(path) > MAX_DEPTH:
            raise self.error("yaml.depth", event, limit=MAX_DEPTH)
        start, end = event.start_mark.index, event.end_mark.index
        flow = False
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            value = None if not event.style and event.value in _NULLS else event.value
            if event.style in ("|", ">"):
                end = start + len(_block_scalar(self.doc.text[start:end]))
        else:
            flow = bool(event.flow_style)
            fill = self.mapping if isinstance(event, yaml.MappingStartEvent) else self.sequence
            value, last = fill(path)
            end = last
        self.spans[path] = Span(key, start, end, flow)
        return value, end

    def mapping(self, path: Path) -> tuple[dict[str, Value], int]:
        value: dict[str, Value] = {}
        end = 0
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            name = self.key(event, value)
            child = self.next()
            value[name], end = self.node(child, (*path, name), event.start_mark.index)
        return value, self.close(event, end)

    def sequence(self, path: Path) -> tuple[list[Value], int]:
        value: list[Value] = []
        end = 0
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            item, end = self.node(event, (*path, len(value)), event.start_mark.index)
            value.append(item)
        return value, self.close(event, end)

    def close(self, event: Any, last: int) -> int:
        """A flow collection ends at its bracket; a block one ends where its last child does."""
        start, end = event.start_mark.index, event.end_mark.index
        return end if self.doc.text[start:end] in ("}", "]") else last

    def key(self, event: Any, seen: dict[str, Value]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            code = "yaml.anchor" if isinstance(event, yaml.AliasEvent) else "yaml.key"
            raise self.error(code, event)
        if event.anchor is not None or event.tag is not None:
            raise self.error("yaml.anchor" if event.anchor else "yaml.tag", event)
        if not event.style and event.value in ("<<", "", "~"):
            raise self.error("yaml.merge" if event.value == "<<" else "yaml.key", event)
        if event.value in seen:
            raise self.error("yaml.duplicate", event, key=event.value)
        return str(event.value)

    def error(self, code: str, event: Any, **facts: object) -> DeskError:
        return DeskError(Problem(code, facts, self.doc.at(event.start_mark.index)))


def _block_scalar(text: str) -> str:
    """Without the next line's indentation, and without blank lines that are not of its content."""
    lines = text.split("\n")
    if not lines[-1].strip():
        lines.pop()
    while "+" not in lines[0] and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _syntax(doc: Document, error: Any) -> DeskError:
    """What libyaml can not read, at its place."""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(doc.text)) if mark else 0
    tab = doc.text[at : at + 1] == "\t"
    what = {} if tab else {"what": re.sub(_FOUND, "", error.problem or error.context or "")}
    return DeskError(Problem("yaml.tab" if tab else "yaml.syntax", what, doc.at(at)))
