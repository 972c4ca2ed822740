"""The conditions in a desk's files: each can be read, and asks for what there is to ask."""

from collections.abc import Iterator, Mapping

from deskcli.condition import DATE_TESTS, DERIVED, ELSEWHERE, Test, bind, from_yaml, tests
from deskcli.crossref import CONDITIONS, Node, nodes, path_unknown, values_unknown
from deskcli.problem import DeskError, Problem
from deskcli.register import Register
from deskcli.scene import Scene
from deskcli.ticket import field_name
from deskcli.yamltext import Path


def conditions(scene: Scene, known: Register) -> Iterator[Problem]:
    """Of every condition in every file."""
    for node in nodes(scene.config):
        if (node.room, node.key) in CONDITIONS and isinstance(node.value, Mapping):
            yield from _condition(node, scene, known)


def _condition(node: Node, scene: Scene, known: Register) -> Iterator[Problem]:
    place = node.doc.value_place(node.path)
    try:
        condition = from_yaml(node.value, place)
        bind(condition, scene.today, scene.actor)
    except DeskError as error:
        yield from (Problem(p.code, p.facts, p.place or place) for p in error.problems)
        return
    for test in tests(condition):
        yield from _test(node, test, known)


def _test(node: Node, test: Test, known: Register) -> Iterator[Problem]:
    """Of a field that is, known where it is asked for, with a value that it can have."""
    doc, path, more = node.doc, _where(node, test.path), CONDITIONS[node.room, node.key]
    if test.path in DERIVED - more:
        facts = {"name": test.path, "known": sorted(more)}
        yield Problem("check.here", facts, doc.place(path))
    elif test.path not in ELSEWHERE and not known.has_path(test.path):
        yield path_unknown(doc, path, test.path, known)
    elif test.op in DATE_TESTS and test.path not in known.names["date_path"]:
        facts = {"field": field_name(test.path), "test": test.op}
        yield Problem("check.date", facts, doc.place(path))
    elif test.op == "in":
        yield from values_unknown(doc, path, test.path, list(test.values), known, me=True)


def _where(node: Node, name: str) -> Path:
    """The path of a test within a condition, however deep it stands."""
    size, names = len(node.path), (name, field_name(name))
    inner = (p for p in node.doc.spans if len(p) > size and p[:size] == node.path)
    return next((p for p in inner if p[-1] in names), node.path)
