"""A text in every place that takes one: in each field of a ticket, by the ticket's own schema, and
in each argument and option of every command, by what the program says of them; new ones too.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

import deskcli
from deskcli.ticketfile import TicketFile
from promises.commands import commands
from promises.hostile import quoted

FORMATS = ("table", "plain", "json", "jsonl", "csv", "ids")
COMMON = "texto"  # a word that is in every text of a ticket that is `filled`
TICKETS = frozenset(("ids", "id_", "first", "ids_"))  # arguments that name tickets


class Call(NamedTuple):
    """A command's name, and the words to call it with."""

    command: str
    args: list[str]


def calls(text: str, file: str, ticket: str = "2") -> Iterator[Call]:
    """`text` in every argument but those that name tickets or files; then in every option too, one
    after the other; then each format of a list.
    """
    for name, command in commands():
        given = [_word(p, text, file, ticket) for p in command.params if _is_argument(p)]
        words = [*name.split(), "--", *given]
        yield Call(name, words)
        for option in (p for p in command.params if not _is_argument(p)):
            if _is_text(option):
                value = _word(option, text, file, ticket)
                yield Call(name, [*name.split(), f"{_long(option)}={value}", "--", *given])
        if any("--format" in p.opts for p in command.params):
            for form in FORMATS:
                asked = [p for p in command.params if _is_argument(p) and p.required]
                shown = [_word(p, COMMON, file, ticket) for p in asked]
                yield Call(name, [*name.split(), "--format", form, "--", *shown])


def _is_argument(param: Any) -> bool:
    return str(param.param_type_name) == "argument"


def _is_text(option: Any) -> bool:
    return not option.is_flag and "--format" not in option.opts


def _long(option: Any) -> str:
    """Its long name: of `-m=x` the value would be `=x`."""
    name = max(option.opts, key=len)
    assert name.startswith("--"), option.opts
    return str(name)


def _word(param: Any, text: str, file: str, ticket: str) -> str:
    if type(param.type).__name__ == "TyperPath" or param.name == "file":
        return file
    return ticket if param.name in TICKETS else text


# -- tickets --------------------------------------------------------------------------------------

SHAPED = {
    "instant": "2026-11-23T10:00:00-03:00",
    "date": "2026-11-24",
    "sha256": "0" * 64,
}
FIXED = {"id": "ESP-2", "history.clk": 1, "history swept.clk": 2, "history swept.did": "swept"}
# Keys that the program knows of mappings whose schema is open, with what it takes for another
# mapping or for a list; of `data` and `why` also those that it reads (`_read`).
KEYS: dict[str, tuple[str, ...]] = {
    "requester": ("name", "email", "phone"),
    "fields": ("product", "reason"),
    "sets": ("title", "status", "assignee", "fields.product"),
    "adds": ("tags",),
    "drops": ("tags",),
    "data": ("due",),
    "to": ("channel", "address"),
    "history swept.data.to": ("team",),
    "skipped": ("joao",),
    "turns": ("joao",),
    "on_reply": ("status",),
    "source": ("import", "key"),
}
LISTS = ("data.notify", "data.sent", "data.attachments")
DEEDS = ("history", "history swept")  # events: any, and one of those that are told otherwise
STEPS = ("roulette:", "role:", "assign:@", "team:")  # of a decision, with a name; and any


@functools.cache
def _read(name: str) -> tuple[str, ...]:
    """The keys of an open mapping that the program reads somewhere, by its source."""
    called = {"data": r"\bdata", "why": r"\b(?:step|spun|why)"}[name]
    asked = re.compile(called + r"(?:\.get\(|\[)\"(\w+)\"")
    texts = (path.read_text() for path in Path(deskcli.__file__).parent.rglob("*.py"))
    return tuple(sorted({key for text in texts for key in asked.findall(text)}))


class Filled(NamedTuple):
    """A ticket's file, and the path of each of its texts: the first has the number 1."""

    text: str
    paths: list[str]


def filled(text: str, first: bool = False) -> Filled:
    """The file of ESP-2, its every text field `texto`, a number, `text` (or that `first`)."""
    paths: list[str] = []

    def fresh(path: str, before: str = "") -> str:
        paths.append(path)
        mark = f"{COMMON} {len(paths)}"
        return quoted(before + (f"{text} {mark}" if first else f"{mark} {text}"))

    def value(kind: Any, path: str) -> str:
        name = path.rpartition(".")[2]
        if isinstance(kind, msgspec.inspect.UnionType):
            return value(next(t for t in kind.types if not _is_none(t)), path)
        if isinstance(kind, msgspec.inspect.Metadata):
            return SHAPED[str((kind.extra_json_schema or {})["title"])]
        if isinstance(kind, msgspec.inspect.StructType):
            known = ((f.encode_name, f.type, f"{path}.{f.encode_name}") for f in kind.fields)
            return _mapping((k, str(FIXED.get(at) or value(t, at))) for k, t, at in known)
        if name == "why":
            steps = (_mapping(iter([("step", fresh(f"{path}.step", s))])) for s in STEPS)
            return _list([mapping(path, open_value), *steps])
        if isinstance(kind, msgspec.inspect.DictType):
            return mapping(path, lambda at: value(kind.value_type, at))
        if isinstance(kind, msgspec.inspect.ListType | msgspec.inspect.VarTupleType):
            return f"[{value(kind.item_type, path)}]"
        return open_value(path)

    def mapping(path: str, made: Callable[[str], str]) -> str:
        pairs = [(quoted(key), made(f"{path}.{key}")) for key in _known(path)]
        return _mapping(iter([*pairs, (fresh(f"{path} (key)"), made(f"{path}.other"))]))

    def open_value(path: str) -> str:
        if _known(path):
            return mapping(path, fresh)
        return f"[{fresh(path)}]" if path.endswith(LISTS) else fresh(path)

    fields = {f.encode_name: f.type for f in _struct(TicketFile).fields}
    events: Any = fields.pop("history")
    lines = [f"{k}: {FIXED.get(k) or value(t, k)}" for k, t in fields.items()]
    lines.append(f"{fresh('(key)')}: {fresh('other')}")
    lines.append(f"history: {_list(value(events.item_type, deed) for deed in DEEDS)}")
    return Filled("\n".join(lines) + "\n", paths)


def _known(path: str) -> tuple[str, ...]:
    """The keys that the program knows of the mapping there."""
    name = path.rpartition(".")[2]
    read = _read(name) if name in ("data", "why") else ()
    return tuple(dict.fromkeys((*(KEYS.get(path) or KEYS.get(name, ())), *read)))


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _struct(kind: type) -> msgspec.inspect.StructType:
    found = msgspec.inspect.type_info(kind)
    assert isinstance(found, msgspec.inspect.StructType)
    return found


def _is_none(kind: Any) -> bool:
    return isinstance(kind, msgspec.inspect.NoneType)


def _mapping(pairs: Iterator[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
