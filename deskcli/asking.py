"""The conditions in a desk's files: each can be read, and asks for what there is to ask."""

from collections.abc import Iterator, Mapping, Set

from deskcli.condition import DATE_TESTS, Test, from_yaml, tests
from deskcli.crossref import CONDITIONS, nodes, path_unknown, values_unknown
from deskcli.factnames import DERIVED, ELSEWHERE
from deskcli.problem import DeskError, Problem
from deskcli.register import Register
from deskcli.scene import Scene
from deskcli.ticket import field_name
from deskcli.yamltext import Document, Path, Value


def conditions(scene: Scene, known: Register) -> Iterator[Problem]:
    """Of every condition in every file."""
    for node in nodes(scene.config):
        more = CONDITIONS.get((node.room, node.key))
        if more is not None and isinstance(node.value, Mapping):
            yield from condition_problems(scene, known, node.doc, node.path, node.value, more)


def condition_problems(
    scene: Scene, known: Register, doc: Document, path: Path, value: Value, more: Set[str]
) -> Iterator[Problem]:
    """Of the condition at `path`; `more` are the names that it may ask besides fields."""
    place = doc.value_place(path)
    try:
        condition = from_yaml(value, place)
        scene.bound(condition)
    except DeskError as error:
        yield from (Problem(p.code, p.facts, p.place or place) for p in error.problems)
        return
    for test in tests(condition):
        yield from _test(known, doc, _where(doc, path, test.path), test, more)


def _test(
    known: Register, doc: Document, path: Path, test: Test, more: Set[str]
) -> Iterator[Problem]:
    """Of a field that is, known where it is asked for, with a value that it can have."""
    if test.path in DERIVED - more:
        facts = {"name": test.path, "known": sorted(more)}
        yield Problem("check.here", facts, doc.place(path))
    elif test.path not in ELSEWHERE and not known.has_path(test.path):
        yield path_unknown(doc, path, test.path, known, more)
    elif test.op in DATE_TESTS and test.path not in known.names["date_path"]:
        facts = {"field": field_name(test.path), "test": test.op}
        yield Problem("check.date", facts, doc.place(path))
    elif test.op == "in":
        yield from values_unknown(doc, path, test.path, list(test.values), known, me=True)


def _where(doc: Document, above: Path, name: str) -> Path:
    """The path of a test within the condition at `above`, however deep it stands."""
    size, names = len(above), (name, field_name(name))
    inner = (p for p in doc.spans if len(p) > size and p[:size] == above)
    return next((p for p in inner if p[-1] in names), above)
