"""A bound condition as SQL over the index's table `ticket`; it must answer as `condition.holds`.

The table has a column for each name in `COLUMNS`, the header as JSON, the applied macros as a JSON
list, and the functions in `FUNCTIONS`; `sla(moments, fact)` is made for the moment of asking
(`timeline.teller`), `arrived(at)` by the desk's calendar (`facts.arrived`).
"""

from typing import Any

import msgspec

from deskcli.condition import All, AnyOf, Condition, Not, Test, texts
from deskcli.factnames import SLA
from deskcli.fold import fold
from deskcli.sla import UNDONE
from deskcli.ticket import lookup


def held(header: str, path: str) -> str:
    """The texts at a path that no JSON path can say: a person's key with a dot or a quote."""
    return msgspec.json.encode(texts(lookup(msgspec.json.decode(header), path))).decode()


FUNCTIONS = (("fold", 1, fold), ("held", 2, held))
COLUMNS = frozenset(
    ("id", "state", "open", "status", "assignee", "category", "due", "updated", "text")
)

# As `facts.arrival` has it: what is no text, or an empty one, says nothing.
_OPENED_AT = """nullif(iif(json_type(header, '$.opened_at') = 'text',
                       json_extract(header, '$.opened_at'), ''), '')"""
_OPERATORS = {"before": "<", "until": "<=", "on": "=", "from": ">=", "after": ">"}


def sql(condition: Condition) -> tuple[str, list[Any]]:
    """A bound condition as an expression over `ticket`, with its values."""
    match condition:
        case All(parts) | AnyOf(parts):
            made = [sql(p) for p in parts]
            word = " AND " if isinstance(condition, All) else " OR "
            neutral = "1" if isinstance(condition, All) else "0"
            return _joined(made, word, neutral)
        case Not(part):
            text, values = sql(part)
            return f"NOT ({text})", values
        case Test(path, op, wanted):
            return _test(path, op, wanted)
    raise AssertionError(condition)


def _joined(made: list[tuple[str, list[Any]]], word: str, neutral: str) -> tuple[str, list[Any]]:
    values = [v for _, held in made for v in held]
    return (word.join(f"({text})" for text, _ in made) or neutral), values


def _test(path: str, op: str, wanted: tuple[str, ...]) -> tuple[str, list[Any]]:
    """One test: on a column of its own where there is one, else on each member at the JSON path."""
    source, values = _source(path)
    column = _column(path) or "value"
    filled = f"{column} IS NOT NULL AND {column} <> ''"
    if op == "absent":
        return f"NOT ({source}{filled}{')' if source else ''})", values
    compare, more = _compared(column, op, wanted)
    filled = f"open = 'true' AND {filled}" if _of_open(path, op, wanted) else filled
    return f"{source}{filled} AND {compare}{')' if source else ''}", [*values, *more]


def _of_open(path: str, op: str, wanted: tuple[str, ...]) -> bool:
    """What only open tickets can answer, so that the time of the others need not be measured."""
    if _column(path).startswith("sla("):
        return path.endswith(".due") or (op == "in" and UNDONE.issuperset(wanted))
    return False


def _column(path: str) -> str:
    """Where the one text of a path stands, in SQL; '' for a path of the header."""
    if path in SLA:
        return f"sla(moments, '{path.removeprefix('sla.')}')"
    if path == "arrived":
        return f"arrived(coalesce({_OPENED_AT}, opened))"
    return path if path in COLUMNS else ""


def _source(path: str) -> tuple[str, list[Any]]:
    if _column(path):
        return "", []
    if path == "macros":
        return "EXISTS (SELECT 1 FROM json_each(macros) WHERE ", []
    if set(path) & set("\\\"'"):
        return "EXISTS (SELECT 1 FROM json_each(held(header, ?)) WHERE ", [path]
    keys = "".join(f'."{key}"' for key in path.split("."))
    text = "json_type(header, ?) <> 'object' AND type = 'text'"
    return f"EXISTS (SELECT 1 FROM json_each(header, ?) WHERE {text} AND ", ["$" + keys] * 2


def _compared(column: str, op: str, wanted: tuple[str, ...]) -> tuple[str, list[Any]]:
    if op == "in":
        return f"{column} IN ({','.join('?' * len(wanted))})", list(wanted)
    if op == "contains":
        folded = column if column == "text" else f"fold({column})"
        parts = " OR ".join(f"instr({folded}, ?) > 0" for _ in wanted)
        return f"({parts or 0})", [fold(w) for w in wanted]
    sign = _OPERATORS[op]
    parts = " OR ".join(f"substr({column}, 1, ?) {sign} ?" for _ in wanted)
    return f"({parts or 0})", [x for w in wanted for x in (len(w), w)]
