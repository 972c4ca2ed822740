"""The rows of an import -> new tickets, repeats set aside, and rejects with field and reason."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from msgspec import Struct

from deskcli.condition import Condition, holds, paths
from deskcli.demand import asked_for
from deskcli.importmap import Binding, Mapped
from deskcli.intake import Origin, open_ticket
from deskcli.problem import DeskError, Problem
from deskcli.scene import Scene
from deskcli.ticket import Change, header_path
from deskcli.yamltext import Value


class Row(Protocol):
    """A row as the readers give it: its line in the file, its cells by header, what is wrong, the
    text it was read from, and the key that a rejects file kept for it.
    """

    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> Mapping[str, str]: ...
    @property
    def fault(self) -> Problem | None: ...
    @property
    def raw(self) -> str: ...
    @property
    def key(self) -> str: ...


class Refused(Struct, frozen=True):
    """A row with everything that is wrong with it; `key` is that of its submission."""

    row: Row
    problems: tuple[Problem, ...]
    key: str


class Batch(Struct):
    """What became of the rows: `accepted` become tickets, in this order; `repeats` are (row, id of
    the ticket or '' for one of this file), `passed` rows that the map's own condition leaves out
    (O3: a chat within opening hours).
    """

    accepted: list[Row] = []
    refused: list[Refused] = []
    repeats: list[tuple[Row, str]] = []
    passed: list[Row] = []

    @property
    def judged(self) -> int:
        """Of how many rows it is known what becomes of them."""
        return len(self.accepted) + len(self.refused) + len(self.repeats) + len(self.passed)


def take(
    scene: Scene,
    binding: Binding,
    row: Row,
    known: Callable[[str], str],
    seen: set[str],
    batch: Batch,
) -> Change | None:
    """Decide a row, into `batch`; gives the change, if it makes one. `known` tells the ticket of a
    key, `seen` are the keys so far.
    """
    mapped = binding.row(row.cells)
    key = key_of(binding, row, mapped)
    if key in seen or known(key):
        batch.repeats.append((row, "" if key in seen else known(key)))
        return None
    if row.fault:
        batch.refused.append(Refused(row, (row.fault,), key))
        return None
    condition = scene.condition(binding.map.when)
    if "after_hours" in set(paths(condition)) and (unsure := _untimed(scene, mapped)):
        batch.refused.append(Refused(row, (unsure,), key))
        return None
    if not _wanted(scene, condition, mapped):
        batch.passed.append(row)
        return None
    own = key.removeprefix(f"{binding.map.id}:")
    source: dict[str, Value] = {"import": binding.map.id, "key": own}
    intake = open_ticket(scene, mapped.values, Origin(source, mapped.extra))
    if intake.change is None:
        batch.refused.append(Refused(row, intake.problems, key))
        return None
    seen.add(key)
    batch.accepted.append(row)
    return intake.change


def key_of(binding: Binding, row: Row, mapped: Mapped) -> str:
    """Tells a submission from all others of its map: as a rejects file kept it, so that a row is
    the same when it was mended; else by its cells, or its text where these can not be trusted.
    """
    own = f"{binding.map.id}:"
    if row.key.startswith(own):
        return row.key
    if row.fault:
        text = row.raw or repr(sorted(row.cells.items()))
        return own + sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
    return own + mapped.key


def _wanted(scene: Scene, condition: Condition, mapped: Mapped) -> bool:
    """The map's `when`, over the row's values and `after_hours`."""
    facts: dict[str, Value] = {header_path(k): v for k, v in mapped.values.items()}
    if "after_hours" in set(paths(condition)):
        facts["after_hours"] = _after_hours(scene, mapped.values.get("opened_at", ""))
    return holds(condition, facts)


def _untimed(scene: Scene, mapped: Mapped) -> Problem | None:
    """A row without a time, or with a day alone: nobody can tell whether the desk was open (O3)."""
    from deskcli.dates import parse_arrival, parse_stamp

    stamp = mapped.values.get("opened_at", "").strip()
    if not stamp:
        return Problem("field.required", asked_for(None, "opened_at"))
    try:
        parse_arrival(stamp, scene.config.zone)
    except DeskError:
        return None  # refused with all else that is wrong with the row
    try:
        parse_stamp(stamp, scene.config.zone)
    except DeskError:
        return Problem("date.no_time", {"field": "opened_at", "text": stamp})
    return None


def _after_hours(scene: Scene, stamp: str) -> str:
    """Whether the desk was closed then; without a readable time the row goes on to be refused."""
    from deskcli.dates import parse_stamp

    try:
        at: datetime = parse_stamp(stamp, scene.config.zone)
    except DeskError:
        return "true"
    return "false" if scene.config.calendar.is_open(at) else "true"
