"""Values of a YAML file -> typed structs; when they do not fit, every problem at its place.

msgspec's structs are the one description of every file: they check on the fast path, and the JSON
Schema made from them lists all problems on the slow one and serves editors (`deskcli schema`).
"""

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


def misfits(doc: Document, kind: type) -> Iterator[Problem]:
    """Every place where the document does not fit, in the order of the file."""
    import jsonschema  # slow to import, and only wanted when something is wrong

    checker = _text_checker(jsonschema.Draft202012Validator.TYPE_CHECKER)
    extend: Any = jsonschema.validators.extend
    validator = extend(
        jsonschema.Draft202012Validator, {"minimum": _minimum}, type_checker=checker
    )(msgspec.json.schema(kind), format_checker=jsonschema.FormatChecker(["date"]))
    value = {} if doc.value is None else doc.value
    found = [leaf for error in validator.iter_errors(value) for leaf in _leaves(error)]
    problems = [p for error in found for p in _worded(doc, error)]
    yield from sorted(problems, key=lambda p: p.place or doc.place())


def _text_checker(checker: Any) -> Any:
    """Our scalars are text: `"12"` is an integer where the schema wants one."""
    for name, kind in (("integer", int), ("number", float), ("boolean", bool)):
        checker = checker.redefine(name, lambda _, value, kind=kind: _reads_as(value, kind))
    return checker


def _minimum(_: Any, least: int, value: Value, __: Any) -> Iterator[Any]:
    """`-1` is text here, and still too small a number."""
    from jsonschema import ValidationError

    if _reads_as(value, int) and float(value) < least:
        yield ValidationError("too small")


def _reads_as(value: Value, kind: type) -> bool:
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return isinstance(value, str)


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
    elif error.validator == "minimum":
        facts = {"value": error.instance, "least": error.validator_value}
        yield Problem("schema.minimum", facts, doc.value_place(path))
    else:
        facts = {"value": _short(error.instance), "expected": _expected(error)}
        yield Problem("schema.type", facts, doc.value_place(path))


def _expected(error: Any) -> str:
    """The type wanted, as JSON Schema names it: `string`, `array`, `date` ..."""
    wanted = error.validator_value
    if error.validator == "pattern":
        return str(error.schema["title"])
    if error.validator == "anyOf":
        kinds = [w.get("type") or ("object" if "$ref" in w else "?") for w in wanted]
        return " | ".join(k for k in kinds if isinstance(k, str) and k != "null")
    return str(wanted)


def _short(value: Value) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


# -- for editors ----------------------------------------------------------------------------------

# Ours are text until a struct types them; an editor's YAML reader has typed them already.
_TEXT = ["string", "number", "boolean"]
_ALSO: dict[str, list[dict[str, Any]]] = {
    "integer": [{"type": "string", "pattern": r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$"}],
    "boolean": [
        {"enum": [0, 1]},
        {"type": "string", "pattern": "^([01]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"},
    ],
}
_EXACT = frozenset(("pattern", "format"))


def json_schema(kind: type) -> dict[str, Any]:
    """For an editor's YAML language server; it accepts whatever `typed` does: `phone: 11999990000`
    is a number there, and text here.
    """
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, **_loose(msgspec.json.schema(kind))}


def _loose(node: Any) -> Any:
    """A schema, with its scalars as an editor may see them."""
    if not isinstance(node, dict):
        return node  # `additionalProperties: false`
    made = dict(node)
    for key in ("items", "additionalProperties"):
        if key in node:
            made[key] = _loose(node[key])
    for key in ("properties", "$defs"):
        if key in node:
            made[key] = {name: _loose(inner) for name, inner in node[key].items()}
    if "anyOf" in node:
        made["anyOf"] = [_loose(inner) for inner in node["anyOf"]]
    if made.get("type") == "string" and not _EXACT & made.keys():
        made["type"] = _TEXT
    if made.get("type") in ("integer", "boolean"):
        told = {key: made.pop(key) for key in ("default", "description") if key in made}
        return {"anyOf": [made, *_ALSO[made["type"]]], **told}
    return made
