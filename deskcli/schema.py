"""Values of a YAML file -> typed structs; when they do not fit, every problem at its place.

msgspec's structs are the one description of every file: they check on the fast path, and the JSON
Schema made from them lists all problems on the slow one and serves editors (`deskcli schema`).
"""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from deskcli.fold import nearest
from deskcli.problem import DeskError, Problem
from deskcli.yamltext import Document, Path, Value

T = TypeVar("T")


def typed(doc: Document, kind: type[T]) -> T:
    """`doc.value` as `kind`; an empty file is an empty mapping. DeskError lists every misfit."""
    value = {} if doc.value is None else doc.value
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        problems = list(misfits(doc, kind)) or [_unlisted(doc, error)]
        raise DeskError(*problems) from None


def _unlisted(doc: Document, error: msgspec.ValidationError) -> Problem:
    """What msgspec refuses and JSON Schema can not express: its own words, at the top."""
    return Problem("schema.type", {"value": "", "expected": str(error)}, doc.place())


def json_schema(kind: type) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(kind),
    }


def misfits(doc: Document, kind: type) -> Iterator[Problem]:
    """Every place where the document does not fit, in the order of the file."""
    import jsonschema  # slow to import, and only wanted when something is wrong

    checker = _text_checker(jsonschema.Draft202012Validator.TYPE_CHECKER)
    extend: Any = jsonschema.validators.extend
    limits = {"minimum": _at_least(jsonschema.ValidationError)}
    validator = extend(jsonschema.Draft202012Validator, limits, type_checker=checker)(
        json_schema(kind), format_checker=jsonschema.FormatChecker(["date"])
    )
    value = {} if doc.value is None else doc.value
    found = [leaf for error in validator.iter_errors(value) for leaf in _leaves(error)]
    problems = [p for error in found for p in _worded(doc, error)]
    yield from sorted(problems, key=lambda p: p.place or doc.place())


def _text_checker(checker: Any) -> Any:
    """Our scalars are text: `"12"` is an integer where the schema wants one."""
    kinds = {"integer": r"[+-]?\d+", "number": r"[+-]?\d+(\.\d+)?", "boolean": "true|false"}
    for name, pattern in kinds.items():
        checker = checker.redefine(
            name, lambda _, v, p=pattern: isinstance(v, str) and re.fullmatch(p, v) is not None
        )
    return checker


def _at_least(problem: Any) -> Any:
    """The check of `minimum`, on texts that are numbers."""

    def check(validator: Any, least: Any, value: Value, _schema: Any) -> Iterator[Any]:
        if validator.is_type(value, "number") and float(value) < least:
            yield problem(f"{value} < {least}")

    return check


def _leaves(error: Any) -> list[Any]:
    """Of `anyOf`, the branch that got furthest: the one the person probably meant."""
    if not error.context:
        return [error]
    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    best = max(branches.values(), key=lambda b: max(len(e.absolute_path) for e in b))
    if max(len(e.path) for e in best) == 0 and best[0].validator == "type":
        return [error]
    return [leaf for inner in best for leaf in _leaves(inner)]


def _worded(doc: Document, error: Any) -> Iterator[Problem]:
    path: Path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", ()))
        for key in error.instance:
            if key not in known:
                facts = {"key": key, "nearest": nearest(key, known)}
                yield Problem("schema.unknown_key", facts, doc.place((*path, key)))
    elif error.validator == "required":
        missing = [k for k in error.validator_value if k not in error.instance]
        for key in missing:
            if error.message.startswith(f"'{key}'"):  # each missing key is an error of its own
                yield Problem("schema.missing_key", {"key": key}, doc.place(path))
    elif error.validator in ("enum", "const"):
        choices = [str(c) for c in error.validator_value]
        facts = {"value": error.instance, "choices": choices}
        yield Problem("schema.choice", facts, doc.value_place(path))
    else:
        facts = {"value": _short(error.instance), "expected": _expected(error)}
        yield Problem("schema.type", facts, doc.value_place(path))


def _expected(error: Any) -> str:
    """The type wanted, as JSON Schema names it: `string`, `array`, `date` ..."""
    wanted = error.validator_value
    if error.validator == "minimum":
        return f"≥ {wanted}"
    if error.validator == "pattern" and "title" in error.schema:
        return str(error.schema["title"])
    if error.validator == "pattern":
        return {"T": "instant", "A": "prefix", "0": "sha256"}.get(_marks(str(wanted)), "date")
    if error.validator == "anyOf":
        kinds = [w.get("type") or ("object" if "$ref" in w else "?") for w in wanted]
        return " | ".join(k for k in kinds if isinstance(k, str) and k != "null")
    return str(wanted)


def _marks(pattern: str) -> str:
    """What tells our few patterns apart."""
    return next((mark for mark in "TA" if mark in pattern), "0" if "f" in pattern else "")


def _short(value: Value) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
