"""The one condition language: routes, requirements, rules, views, and the words of `list`.

In YAML a mapping (`{status: [novo, aberto], due: {before: today}, requester.phone: absent}`), on
the command line the same as words (`status:novo,aberto due:<today assignee:me cuba dupla`). Both
become one form, tested on a header in memory here and compiled to SQL by the index.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from deskcli.factnames import DATES, PERSONS, path_of
from deskcli.fold import fold
from deskcli.problem import Place, refuse
from deskcli.ticket import field_name, lookup
from deskcli.yamltext import Value


class Test(Struct, frozen=True):
    """`op` is a key of `TESTS`; `values` are texts, of which any one suffices."""

    path: str
    op: str
    values: tuple[str, ...] = ()


class All(Struct, frozen=True):
    parts: tuple["Condition", ...] = ()


class AnyOf(Struct, frozen=True):
    parts: tuple["Condition", ...]


class Not(Struct, frozen=True):
    part: "Condition"


Condition = Test | All | AnyOf | Not
ALWAYS = All()


def _early(value: str, limit: str) -> bool:
    """Dates and instants as text, compared as far as the limit says."""
    return value[: len(limit)] < limit


TESTS: dict[str, Callable[[str, str], bool]] = {
    "in": lambda value, wanted: value == wanted,
    "contains": lambda value, part: fold(part) in fold(value),
    "before": _early,
    "until": lambda value, limit: value[: len(limit)] <= limit,
    "on": lambda value, day: value[: len(day)] == day,
    "from": lambda value, limit: value[: len(limit)] >= limit,
    "after": lambda value, limit: value[: len(limit)] > limit,
}
ME = frozenset(("me", "@me"))  # whoever asks
DATE_TESTS = frozenset(("before", "until", "on", "from", "after"))
_SIGNS = (("<=", "until"), (">=", "from"), ("<", "before"), (">", "after"), ("=", "on"))


# -- reading --------------------------------------------------------------------------------------


def from_yaml(value: Value, place: Place | None = None) -> Condition:
    """A mapping as desks write it; refuses a test it does not know, at `place`."""
    if not value:
        return ALWAYS
    if not isinstance(value, Mapping):
        raise refuse("condition.shape", place, value=str(value))
    return All(tuple(_entry(key, held, place) for key, held in value.items()))


def _entry(key: str, held: Value, place: Place | None) -> Condition:
    if key in ("any", "all"):
        parts = tuple(from_yaml(v, place) for v in held or ())
        return AnyOf(parts) if key == "any" else All(parts)
    if key == "not":
        return Not(from_yaml(held, place))
    return _tests(path_of(key), held, place)


def _tests(path: str, held: Value, place: Place | None) -> Condition:
    if isinstance(held, list):
        return Test(path, "in", tuple(map(str, held)))
    if not isinstance(held, Mapping):
        return _scalar(path, str(held))
    parts: list[Condition] = []
    for op, value in held.items():
        if op == "not":
            parts.append(Not(_tests(path, value, place)))
        elif op in TESTS:
            values = value if isinstance(value, list) else [value]
            parts.append(Test(path, op, tuple(map(str, values))))
        else:
            raise refuse("condition.test", place, test=op, known=sorted([*TESTS, "not"]))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _scalar(path: str, word: str) -> Condition:
    if word in ("absent", "none"):
        return Test(path, "absent")
    if word in ("present", "any"):
        return Not(Test(path, "absent"))
    return Test(path, "in", (word,))


def from_words(words: str) -> Condition:
    """`status:novo due:<today -tags:vip cuba` ; what has no colon is looked for in the text."""
    import shlex  # only for what is typed

    try:
        tokens = shlex.split(words)
    except ValueError:
        raise refuse("condition.words", words=words) from None
    return All(tuple(map(_word, tokens)))


def _word(token: str) -> Condition:
    name, colon, value = token.partition(":")
    if not colon or not name.lstrip("-").replace(".", "").replace("_", "").isalnum():
        return Test("text", "contains", (token,))
    negated = name.startswith("-") or value.startswith("-")
    test = _valued(path_of(name.lstrip("-")), value.removeprefix("-"))
    return Not(test) if negated else test


def _valued(path: str, value: str) -> Condition:
    if value.startswith("~"):
        return Test(path, "contains", (value[1:],))
    for sign, op in _SIGNS:
        if value.startswith(sign):
            return Test(path, op, (value.removeprefix(sign),))
    parts = value.split(",")
    return _scalar(path, value) if len(parts) == 1 else Test(path, "in", tuple(parts))


def words_of(condition: Condition) -> str:
    """The condition as people type it, to be shown; `from_words` has no words for either-or."""
    match condition:
        case All(parts) | AnyOf(parts):
            return (" " if isinstance(condition, All) else " | ").join(map(words_of, parts))
        case Not(Test(path, "absent")):
            return f"{field_name(path)}:any"
        case Not(part):
            return f"-({words_of(part)})"
        case Test(path, "absent"):
            return f"{field_name(path)}:none"
        case Test(path, op, values):
            signs = {known: sign for sign, known in _SIGNS} | {"contains": "~"}
            return f"{field_name(path)}:{signs.get(op, '')}{','.join(values)}"
    raise AssertionError(condition)


# -- meaning --------------------------------------------------------------------------------------


def bind(
    condition: Condition,
    today: date,
    me: str = "",
    day: Callable[[str], date] | None = None,
    is_person: Callable[[str], bool] = PERSONS.__contains__,
) -> Condition:
    """With `today`, `me` and the derived names replaced by what they mean at this moment; `day`
    reads the other dates that people write (`+2bd` needs the desk's calendar), `is_person` tells
    the paths at which `me` means somebody: elsewhere it is a word of the text.
    """

    def bound(value: str, path: str, op: str) -> str:
        if op == "in" and value in ME and is_person(path):
            return me
        return _dated(value, today, day) if op in DATE_TESTS else value

    match condition:
        case All(parts):
            return All(tuple(bind(p, today, me, day, is_person) for p in parts))
        case AnyOf(parts):
            return AnyOf(tuple(bind(p, today, me, day, is_person) for p in parts))
        case Not(part):
            return Not(bind(part, today, me, day, is_person))
        case Test("overdue" | "due_today" as path, "in", values):
            op = "before" if path == "overdue" else "on"
            late = All((Test("open", "in", ("true",)), Test("due", op, (today.isoformat(),))))
            return late if "true" in values else Not(late)
        case Test(path, op, values):
            if op == "in":
                op = "on" if path in DATES else "contains" if path == "text" else op
            return Test(path, op, tuple(bound(v, path, op) for v in values))
    raise AssertionError(condition)


def _dated(value: str, today: date, day: Callable[[str], date] | None) -> str:
    named = {"today": 0, "hoje": 0, "tomorrow": 1, "amanha": 1, "yesterday": -1, "ontem": -1}
    days = named.get(fold(value))
    if days is not None:
        return (today + timedelta(days=days)).isoformat()
    if value[:4].isdigit() and value[4:5] == "-":
        return value
    from deskcli.dates import parse_date

    return (day(value) if day else parse_date(value, today)).isoformat()


def holds(condition: Condition, facts: Mapping[str, Value]) -> bool:
    """Whether a bound condition is true of a header with its derived facts."""
    match condition:
        case All(parts):
            return all(holds(p, facts) for p in parts)
        case AnyOf(parts):
            return any(holds(p, facts) for p in parts)
        case Not(part):
            return not holds(part, facts)
        case Test(path, "absent"):
            return not texts(lookup(facts, path))
        case Test(path, op, values):
            test = TESTS[op]
            return any(test(held, v) for held in texts(lookup(facts, path)) for v in values)
    raise AssertionError(condition)


def failures(condition: Condition, facts: Mapping[str, Value]) -> Iterator[Condition]:
    """The smallest parts of a requirement that do not hold: what the person still has to give."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from failures(part, facts)
    elif not holds(condition, facts):
        yield condition


def paths(condition: Condition) -> Iterator[str]:
    """Every header path that the condition asks about."""
    return (test.path for test in tests(condition))


def tests(condition: Condition) -> Iterator[Test]:
    """Every single test of a condition."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
        case Test():
            yield condition


def texts(value: Value) -> list[str]:
    """The members a test looks at: of a scalar itself, of a list each; a mapping has none."""
    held = value if isinstance(value, list) else [value]
    return [str(v) for v in held if v not in (None, "") and not isinstance(v, Mapping | list)]
