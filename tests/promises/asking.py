"""A text in every place that takes one: in each field of a ticket, by the ticket's own schema, and
in each argument and option of every command, by what the program says of them; new ones too.
"""

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

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
                yield Call(name, [*name.split(), f"{option.opts[-1]}={value}", "--", *given])
        if any("--format" in p.opts for p in command.params):
            for form in FORMATS:
                asked = [p for p in command.params if _is_argument(p) and p.required]
                shown = [_word(p, COMMON, file, ticket) for p in asked]
                yield Call(name, [*name.split(), "--format", form, "--", *shown])


def _is_argument(param: Any) -> bool:
    return str(param.param_type_name) == "argument"


def _is_text(option: Any) -> bool:
    return not option.is_flag and option.opts[-1] != "--format"


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
FIXED = {"id": "ESP-2", "clk": 1}
# Keys that the program knows of mappings whose schema is open.
KEYS = {
    "requester": ("name", "email", "phone"),
    "fields": ("product", "reason"),
    "sets": ("title", "status", "fields.product"),
    "data": ("macro", "due", "to"),
    "why": ("step", "result", "reason", "ticket", "day", "skipped"),
    "source": ("import", "key"),
}


def filled(text: str, first: bool = False) -> tuple[str, int]:
    """The file of ESP-2, its every text field `texto`, a number, `text` (or that `first`); and how
    many there are.
    """
    numbers = itertools.count(1)

    def fresh() -> str:
        mark = f"{COMMON} {next(numbers)}"
        return quoted(f"{text} {mark}" if first else f"{mark} {text}")

    def value(kind: Any, name: str) -> str:
        if isinstance(kind, msgspec.inspect.UnionType):
            return value(next(t for t in kind.types if not _is_none(t)), name)
        if isinstance(kind, msgspec.inspect.Metadata):
            return SHAPED[str((kind.extra_json_schema or {})["title"])]
        if isinstance(kind, msgspec.inspect.StructType):
            known = [(f.encode_name, f.type) for f in kind.fields]
            return _mapping((k, str(FIXED.get(k) or value(t, k))) for k, t in known)
        if isinstance(kind, msgspec.inspect.DictType):
            keys = [*KEYS.get(name, ()), None]
            return _mapping((k or fresh(), value(kind.value_type, k or "")) for k in keys)
        if isinstance(kind, msgspec.inspect.ListType | msgspec.inspect.VarTupleType):
            return f"[{value(kind.item_type, name)}]"
        return fresh()

    fields = {f.encode_name: f.type for f in _struct(TicketFile).fields}
    history = fields.pop("history")
    lines = [f"{k}: {FIXED.get(k) or value(t, k)}" for k, t in fields.items()]
    lines += [f"{fresh()}: {fresh()}", f"history: {value(history, 'history')}"]
    return "\n".join(lines) + "\n", next(numbers) - 1


def _struct(kind: type) -> msgspec.inspect.StructType:
    found = msgspec.inspect.type_info(kind)
    assert isinstance(found, msgspec.inspect.StructType)
    return found


def _is_none(kind: Any) -> bool:
    return isinstance(kind, msgspec.inspect.NoneType)


def _mapping(pairs: Iterator[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
