"""A plan of a sweep, which a person may have edited: all that its firings do is what the actions of
a rule could have done, and what it names is there.

Each finding has its path in the plan, so that it can be told with line and column.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from unicodedata import category

from deskcli.demand import MAX_TEXT
from deskcli.fold import nearest
from deskcli.people import PROGRAM
from deskcli.problem import Problem
from deskcli.register import Register, register
from deskcli.scene import Scene
from deskcli.sweep import Planned
from deskcli.yamltext import Path

Found = Iterator[tuple[Path, Problem]]
SETS = ("status", "assignee", "team")  # what actions set


def review_plan(scene: Scene, items: Iterable[Planned]) -> Found:
    known = register(scene.config)
    rules = {rule.id for rule in scene.config.rules}
    for n, item in enumerate(items):
        path: Path = ("items", n)
        yield from _unknown((*path, "rule"), "rule", item.rule, rules)
        path = (*path, "act")
        wanted = {"did": "swept", "by": PROGRAM}
        yield from _written(path, item.act, wanted)
        data = item.act.get("data", {})
        yield from _written((*path, "data"), data, {"rule": item.rule, "due": item.due})
        yield from _sets(scene, known, (*path, "sets"), item.act.get("sets", {}))
        yield from _flags(known, path, item.act)
        yield from _noted((*path, "text"), str(item.act.get("text", "")))
        yield from _notified(known, (*path, "data", "notify"), data.get("notify") or [])


def _written(path: Path, held: Mapping[str, Any], wanted: Mapping[str, str]) -> Found:
    for key, value in wanted.items():
        if held.get(key) != value:
            facts = {"value": str(held.get(key, "")), "wanted": value}
            yield (*path, key), Problem("check.written", facts)


def _sets(scene: Scene, known: Register, path: Path, sets: Mapping[str, Any]) -> Found:
    for name, value in sets.items():
        if name not in SETS:
            yield (*path, name), Problem("check.value", {"value": name, "known": list(SETS)})
            continue
        kind, names = known.wanted(name) or ("", frozenset())
        yield from _unknown((*path, name), kind, str(value or ""), names)
        person = scene.config.people.get(str(value)) if kind == "person" else None
        if person and not person.active:
            yield (*path, name), Problem("person.inactive", {"person": value})


def _flags(known: Register, path: Path, act: Mapping[str, Any]) -> Found:
    """Flags are what actions put on and take off, and those that some rule or macro has."""
    for key in ("adds", "drops"):
        for name, members in act.get(key, {}).items():
            if name != "flags":
                facts = {"value": name, "known": ["flags"]}
                yield (*path, key, name), Problem("check.value", facts)
                continue
            for n, flag in enumerate(members):
                yield from _unknown(
                    (*path, key, name, n), "value", str(flag), known.choices.get("flags", ())
                )


def _noted(path: Path, text: str) -> Found:
    """A note is text that a rule's file could hold."""
    if control := next((c for c in text if category(c) == "Cc" and c not in "\n\t"), ""):
        yield path, Problem("yaml.control", {"character": f"U+{ord(control):04X}"})
    if len(text) > MAX_TEXT:
        yield path, Problem("field.long", {"field": "text", "label": "text", "limit": MAX_TEXT})


def _notified(known: Register, path: Path, names: Iterable[Any]) -> Found:
    for n, name in enumerate(names if isinstance(names, list) else [names]):
        kind, colon, group = str(name).partition(":")
        if colon and kind in ("role", "team") and (kind, group) != ("team", "all"):
            yield from _unknown((*path, n), kind, group, known.names[kind])
        elif not colon:
            yield from _unknown((*path, n), "person", kind, known.names["person"])


def _unknown(path: Path, kind: str, name: str, names: Collection[str]) -> Found:
    if name and name not in names:
        facts = {"kind": kind, "name": name, "nearest": nearest(name, names)}
        yield path, Problem("check.name", facts)
