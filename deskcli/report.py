"""Tickets -> counts: values, not text (O16: which products are asked for)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deskcli.ticket import header_path, lookup

TOP = ("state", "open")  # derived facts that a row carries beside its header


def group(rows: Iterable[Mapping[str, Any]], by: Sequence[str]) -> list[dict[str, Any]]:
    """How many tickets share each value of the keys `by`, most first; '' counts as a value.

    A list (tags) counts once for each member. Rows are headers with their derived facts.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        for key in _keys(row, list(by)):
            counts[key] += 1
    ordered = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    return [{**dict(zip(by, key, strict=True)), "tickets": n} for key, n in ordered]


def _keys(row: Mapping[str, Any], by: list[str]) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [()]
    for name in by:
        value = row.get(name) if name in TOP else lookup(row, header_path(name))
        members = value if isinstance(value, list) else [value]
        texts = [str(m) for m in members if m not in (None, "")] or [""]
        keys = [(*key, text) for key in keys for text in texts]
    return keys
