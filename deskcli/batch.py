"""The rows of an import -> new tickets, repeats set aside, and rejects with field and reason."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from deskcli.condition import holds, paths
from deskcli.importmap import Binding, Mapped
from deskcli.intake import Intake, Origin, open_ticket
from deskcli.problem import DeskError, Problem
from deskcli.scene import Scene
from deskcli.ticket import Change, header_path
from deskcli.yamltext import Value


class Row(Protocol):
    """A row as the readers give it: its line in the file, its cells by header, what is wrong."""

    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> Mapping[str, str]: ...
    @property
    def fault(self) -> Problem | None: ...


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that becomes a ticket."""

    row: Row
    change: Change
    intake: Intake


@dataclass(frozen=True, slots=True)
class Refused:
    """A row with everything that is wrong with it."""

    row: Row
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Batch:
    """What became of the rows: `repeats` are (row, id of the ticket or '' for one of this file),
    `passed` rows that the map's own condition leaves out (O3: a chat within opening hours).
    """

    accepted: list[Accepted] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    repeats: list[tuple[Row, str]] = field(default_factory=list)
    passed: list[Row] = field(default_factory=list)


def read_rows(
    scene: Scene,
    binding: Binding,
    rows: Iterable[Row],
    known: Callable[[str], str],
    seen: set[str],
    step: Callable[[], None] = lambda: None,
) -> Batch:
    """Decide every row; `known` tells the ticket of a source key, `seen` the keys so far."""
    batch = Batch()
    for row in rows:
        _take(scene, binding, row, known, seen, batch)
        step()
    return batch


def _take(
    scene: Scene,
    binding: Binding,
    row: Row,
    known: Callable[[str], str],
    seen: set[str],
    batch: Batch,
) -> None:
    if row.fault:
        batch.refused.append(Refused(row, (row.fault,)))
        return
    mapped = binding.row(row.cells)
    key = f"{binding.map.id}:{mapped.key}"
    if key in seen or known(key):
        batch.repeats.append((row, "" if key in seen else known(key)))
        return
    if not _wanted(scene, binding, mapped):
        batch.passed.append(row)
        return
    source: dict[str, Value] = {"import": binding.map.id, "key": mapped.key}
    intake = open_ticket(scene, mapped.values, Origin(source, mapped.extra))
    if intake.change is None:
        batch.refused.append(Refused(row, intake.problems))
        return
    seen.add(key)
    batch.accepted.append(Accepted(row, intake.change, intake))


def _wanted(scene: Scene, binding: Binding, mapped: Mapped) -> bool:
    """The map's `when`, over the row's values and `after_hours`."""
    condition = scene.condition(binding.map.when)
    facts: dict[str, Value] = {header_path(k): v for k, v in mapped.values.items()}
    if "after_hours" in set(paths(condition)):
        facts["after_hours"] = _after_hours(scene, mapped.values.get("opened_at", ""))
    return holds(condition, facts)


def _after_hours(scene: Scene, stamp: str) -> str:
    """Whether the desk was closed then; without a readable time the row goes on to be checked."""
    from deskcli.dates import parse_stamp

    try:
        at: datetime = parse_stamp(stamp, scene.config.zone)
    except DeskError:
        return "true"
    return "false" if scene.config.calendar.is_open(at) else "true"
