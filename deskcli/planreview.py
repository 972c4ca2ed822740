"""A plan of a sweep, which a person may have edited: whole firings may be taken out; what is left
is what the desk's rules make of those tickets, at the plan's moment, word for word (O7).

Only the person that a roulette gives may be another: tickets that were taken out, or opened since,
move the turns. Each finding has its path in the plan, so that it can be told with line and column.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from deskcli.fold import nearest
from deskcli.problem import Problem
from deskcli.roulette import eligible
from deskcli.scene import Scene
from deskcli.sweep import Plan, Planned, decide, digest
from deskcli.ticket import Ticket
from deskcli.yamltext import Path

Found = Iterator[tuple[Path, Problem]]
Act = dict[str, Any]
Firing = tuple[str, str, str, int]


def review_plan(scene: Scene, plan: Plan, tickets: Mapping[str, Ticket]) -> Found:
    """Nothing is said of tickets that changed since, as they are left alone."""
    now = min(plan.at.astimezone(scene.config.zone), scene.now)
    then = replace(scene, now=now, turns={}, opened={})
    left = {_firing(item): item for item in decide(then, tickets.values()).planned}
    rules = [rule.id for rule in scene.config.rules]
    for n, item in enumerate(plan.items):
        path: Path = ("items", n)
        if item.rule not in rules:
            facts = {"kind": "rule", "name": item.rule, "nearest": nearest(item.rule, rules)}
            yield (*path, "rule"), Problem("check.name", facts)
            continue
        ticket = tickets.get(item.ticket)
        if ticket is None or digest(ticket) != item.digest:
            continue
        made = left.pop(_firing(item), None)
        if made is None:
            yield (*path, "rule"), Problem("sweep.idle", {"rule": item.rule, "ticket": item.ticket})
            continue
        held, wanted = _whole(item.act), _whole(to_builtins(made.act))
        if _is_turn(scene, held, wanted):
            wanted["sets"]["assignee"], wanted["why"] = held["sets"]["assignee"], held["why"]
        for at, facts in _differs((*path, "act"), held, wanted):
            yield at, Problem("sweep.act", {**facts, "rule": item.rule})


def _firing(item: Planned) -> Firing:
    return item.ticket, item.rule, item.due, item.slot


def _whole(act: Mapping[str, Any]) -> Act:
    """With the parts that an act may leave out."""
    flags = {key: {"flags": [], **act.get(key, {})} for key in ("adds", "drops")}
    empty = {"sets": {}, "text": "", "why": []}
    return {**empty, **act, **flags, "data": {"notify": [], **act.get("data", {})}}


def _is_turn(scene: Scene, held: Act, wanted: Act) -> bool:
    """Whether both are turns of one roulette, each of somebody who is in it and there today."""
    steps = [[step.get("step") for step in act["why"]] for act in (held, wanted)]
    kind, _, name = str(steps[0][0] if steps[0] else "").partition(":")
    if steps[0] != steps[1] or kind != "roulette" or held["why"][0].get("result") in ("", None):
        return False
    person, roulette = held["sets"].get("assignee"), scene.config.roulettes[name]
    return (
        held["why"][0]["result"] == person
        and person in eligible(roulette, scene.staff)
        and not scene.staff.away(person, scene.arrival_by(roulette.calendar))
    )


def _differs(path: Path, held: Any, wanted: Any) -> Iterator[tuple[Path, dict[str, str]]]:
    """The innermost values that are not the same, what is missing being ''."""
    if isinstance(held, dict) and isinstance(wanted, dict):
        for key in dict.fromkeys([*held, *wanted]):
            yield from _differs((*path, key), held.get(key, ""), wanted.get(key, ""))
    elif isinstance(held, list) and isinstance(wanted, list):
        for n in range(max(len(held), len(wanted))):
            pair = ((*members, "")[n] if n <= len(members) else "" for members in (held, wanted))
            yield from _differs((*path, n), *pair)
    elif held != wanted:
        name = next(key for key in reversed(path) if isinstance(key, str))
        yield path, {"name": name, "value": _told(held), "wanted": _told(wanted)}


def _told(value: Any) -> str:
    if isinstance(value, list | dict):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
