"""Tickets -> counts: values, not text (O16: which products are asked for; how the SLA was kept)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from deskcli.factnames import CARRIED, METRICS
from deskcli.fold import fold
from deskcli.measure import Cycle
from deskcli.sla import LATE
from deskcli.ticket import header_path, lookup

Spelled = dict[tuple[str, str], Counter[str]]  # by name and folded value, how it is spelled


def group(rows: Iterable[Mapping[str, Any]], by: Sequence[str]) -> list[dict[str, Any]]:
    """How many tickets share each value of the keys `by`, most first; '' counts as a value.

    A list (tags) counts once for each member. Rows are headers with their derived facts. Values
    that fold alike are one (O-X13), in the spelling that most have.
    """
    spelled: Spelled = {}
    counts = Counter(key for row in rows for key in _keys(row, by, spelled))
    ordered = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    return [{**_as_spelled(by, key, spelled), "tickets": n} for key, n in ordered]


def kept(
    rows: Iterable[tuple[Mapping[str, Any], Iterable[Cycle]]], by: Sequence[str]
) -> list[dict[str, Any]]:
    """How the promises of each metric were kept, for tickets that share each value of `by`.

    Each cycle counts by itself, so a ticket has many updates: `late` are those done too late or
    still owed, `open` those whose time is not over. Median and worst are worked minutes of all
    that are no longer open, None where there are none. What was cancelled counts nowhere.
    """
    found: dict[tuple[str, ...], list[tuple[str, timedelta]]] = {}
    spelled: Spelled = {}
    for row, cycles in rows:
        for key in _keys(row, by, spelled):
            for cycle in cycles:
                if cycle.state != "cancelled":
                    found.setdefault((*key, cycle.metric), []).append((cycle.state, cycle.used))
    ordered = sorted(found.items(), key=lambda kv: (kv[0][:-1], METRICS.index(kv[0][-1])))
    return [
        {**_as_spelled(by, key[:-1], spelled), "metric": key[-1], **_kept(cycles)}
        for key, cycles in ordered
    ]


def _kept(cycles: Sequence[tuple[str, timedelta]]) -> dict[str, Any]:
    """Of the state and the used time of each."""
    met = [used for state, used in cycles if state == "met"]
    late = [used for state, used in cycles if state in LATE]
    used = sorted((*met, *late))
    middle = [used[(len(used) - 1) // 2], used[len(used) // 2]] if used else []
    return {
        "met": len(met),
        "late": len(late),
        "open": len(cycles) - len(met) - len(late),
        "median_minutes": _minutes(sum(middle, timedelta()) / 2) if used else None,
        "worst_minutes": _minutes(used[-1]) if used else None,
    }


def _minutes(worked: timedelta) -> int:
    return worked // timedelta(minutes=1)


def _keys(row: Mapping[str, Any], by: Sequence[str], spelled: Spelled) -> list[tuple[str, ...]]:
    """The row's folded values, once for each member of a list; `spelled` learns how they stand."""
    keys: list[tuple[str, ...]] = [()]
    for name in by:
        value = row.get(name) if name in CARRIED else lookup(row, header_path(name))
        members = value if isinstance(value, list) else [value]
        texts = [str(m) for m in members if m not in (None, "")] or [""]
        for text in texts:
            spelled.setdefault((name, fold(text)), Counter())[text] += 1
        keys = [(*key, text) for key in keys for text in dict.fromkeys(map(fold, texts))]
    return keys


def _as_spelled(by: Sequence[str], key: Sequence[str], spelled: Spelled) -> dict[str, str]:
    """Each value as most have it; of two that as many have, as the first had it."""
    named = zip(by, key, strict=True)
    return {name: spelled[name, text].most_common(1)[0][0] for name, text in named}
