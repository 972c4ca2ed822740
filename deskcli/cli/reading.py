"""Exports on their way in: each is read and judged on its own, before anything is written."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from deskcli import sources
from deskcli.batch import Batch
from deskcli.cli import rejects, session
from deskcli.cli.hints import hinted
from deskcli.cli.labels import header_label
from deskcli.cli.show import show_problems
from deskcli.importmap import Binding, ImportMap, bind, header_key
from deskcli.problem import DeskError, Place, Problem, refuse


class Read(Struct):
    """One file on its way in; `mark` tells whether one of `rejects/` is saved while we are at it.

    What became of its bad rows: `wrote` something new; in the end they lie in the files `lies`,
    which tells their lines here.
    """

    path: Path
    table: sources.Table
    binding: Binding
    mark: str
    batch: Batch = field(default_factory=Batch)
    wrote: bool = False
    lies: dict[str, list[int]] = {}


def read_all(
    files: list[Path], chosen: ImportMap, always: bool
) -> tuple[list[Read], list[Problem]]:
    """The files that have rows; and what is wrong with those that can not be read, once told.

    Of a file with nothing to do a person is told, and with `always` everybody.
    """
    reads: list[Read] = []
    failed: list[Problem] = []
    for path in files:
        try:
            reads.append(_read(path, chosen))
        except DeskError as error:
            placed = [replace(p, place=p.place or Place(str(path))) for p in error.problems]
            wrong = [p for p in placed if not p.is_warning]
            failed += wrong
            if wrong or always or session.is_watched():
                show_problems(hinted(placed, session.argv))
    return reads, failed


def _read(path: Path, chosen: ImportMap) -> Read:
    """One file; refuses with a mere warning where there is nothing to do: no rows, or a pattern
    that the shell left as it was because no file is called so.
    """
    if re.search(r"[*?[]", str(path)) and not os.path.lexists(path):
        raise refuse("source.no_match")
    mark = rejects.mark_of(path)
    table = sources.read(path)
    if not table.rows:
        raise refuse("source.empty")
    binding = bind(chosen, table.columns, _labels(chosen, table.columns))
    if all(row.own for row in table.rows):  # of rejects, whose export had the columns: row by row
        told = [p for p in binding.problems if p.code == "import.two_columns"]
        binding = replace(binding, problems=told)
    if fatal := [p for p in binding.problems if not p.is_warning]:
        raise DeskError(*fatal)
    return Read(path, table, binding, mark)


def fitting(path: Path, maps: Mapping[str, ImportMap]) -> str:
    """The one map that leaves the fewest columns of the file unread, lacks the least and fills the
    most fields; '' where two are as good, none can read it, or the file can not be read.
    """
    try:
        table = sources.read(path)
    except DeskError:
        return ""
    fits: dict[tuple[int, int, int], list[str]] = {}
    for name, chosen in maps.items():
        binding = bind(chosen, table.columns, _labels(chosen, table.columns))
        if all(p.is_warning for p in binding.problems):
            fit = len(binding.unmapped), len(binding.problems), -len(binding.fields)
            fits.setdefault(fit, []).append(name)
    best = fits[min(fits)] if fits else []
    return best[0] if len(best) == 1 else ""


def _labels(chosen: ImportMap, columns: Iterable[str]) -> dict[str, str]:
    """Headers that name a field by its own key or label, for maps that take them; those of every
    form where a column tells each row's, the map's own first.
    """
    names = {header_key(name): "form" for name in ("form", header_label("form"))}
    forms = session.desk().config.forms
    own = [forms[chosen.form]] if chosen.form in forms else []
    several = any(header_key(header) in names for header in columns)
    for form in [*own, *(forms.values() if several else ())]:
        for field_ in form.fields:
            for name in (field_.label, field_.id):
                names.setdefault(header_key(name), field_.id)
    return names
