"""The import maps of a desk: they feed fields that their form takes, and tell repeats."""

import re
from collections.abc import Iterator, Set

from deskcli.condition import from_yaml, paths
from deskcli.config import Config
from deskcli.crossref import path_unknown, values_unknown
from deskcli.factnames import DERIVED
from deskcli.fold import nearest
from deskcli.importmap import ImportMap, check, header_key, map_keys
from deskcli.problem import DeskError, Problem
from deskcli.register import Register, givable
from deskcli.scene import Scene
from deskcli.ticket import field_name, header_path
from deskcli.yamltext import Document, Path

DESCRIPTION = header_path("description")  # the opening message, which no form asks for


def maps(scene: Scene, known: Register) -> Iterator[Problem]:
    """Maps that can not be right, and fields and values of theirs that no form has."""
    for doc, map_ in scene.config.each("import"):
        for path, problem in check(map_):
            yield Problem(problem.code, problem.facts, doc.place(path))
        form = map_.form or scene.config.settings.policies.default_form
        given = _given(scene.config, known, map_, form)
        for at in _entries(map_):
            yield from _fed(doc, at, form, given, known)
        for name, aliases in map_.values.items():
            held, at = list(aliases.values()), ("values", name)
            yield from values_unknown(doc, at, header_path(name), held, known)
        yield from _key(doc, map_, known)
        yield from _asked(doc, map_)


def _entries(map_: ImportMap) -> Iterator[Path]:
    """Where the map names a field. With `labels` every field of the form is fed; without, those of
    `values` and `required` are of `columns` and `joins`, or `check` tells of them.
    """
    sections = ["columns", "joins", "constants", *(["values"] if map_.labels else [])]
    yield from ((section, name) for section in sections for name in getattr(map_, section))
    yield from (("required", n) for n in range(len(map_.required)) if map_.labels)


def _given(config: Config, known: Register, map_: ImportMap, form: str) -> Set[str]:
    """The header paths that the map may feed; none known where its form is not."""
    if known.damaged & {"desk", "form", "category"} or form not in config.forms:
        return frozenset()
    forms = config.forms if "form" in map_.columns else [form]
    return frozenset(path for name in forms for path in givable(config, name))


def _fed(doc: Document, at: Path, form: str, given: Set[str], known: Register) -> Iterator[Problem]:
    """The field that an entry names: of the desk, and of the map's form."""
    name = _text(doc, at)
    path = header_path(name)
    if path == DESCRIPTION or path in given:
        return
    if not known.has_path(path):
        yield from [path_unknown(doc, at, path, known)] if at[0] != "constants" else []
    elif given:
        facts = {"field": name, "of": form, "nearest": nearest(name, map(field_name, given))}
        yield Problem("field.unknown", facts, doc.place(at))


def _text(doc: Document, at: Path) -> str:
    """A key, or an entry of a list."""
    section, name = at
    return str(doc.value[section][name] if isinstance(name, int) else name)


def _key(doc: Document, map_: ImportMap, known: Register) -> Iterator[Problem]:
    """What identifies a submission is a field that the map feeds, or a header of the export; of
    those it can not know all, so a word that looks like a field must be one.
    """
    fed = {*map_.columns, *map_.joins}
    lists = (*map_.columns.values(), *map_.joins.values(), map_.ignore)
    headers = {name for found in lists for name in map_keys(found)}
    for n, name in enumerate(map_.key):
        if name in fed or map_.labels or header_key(name) in headers:
            continue
        close = nearest(name, fed) if re.fullmatch("[a-z][a-z0-9_.]*", name) else ""
        if close or ("form" not in known.damaged and known.has_path(header_path(name))):
            facts = {"kind": "field", "name": name, "nearest": close}
            yield Problem("check.name", facts, doc.value_place(("key", n)))
        else:
            written = [text for found in lists for text in found]
            about = {"name": name, "known": map_.ignore, "nearest": nearest(name, written)}
            yield Problem("check.header", about, doc.value_place(("key", n)))


def _asked(doc: Document, map_: ImportMap) -> Iterator[Problem]:
    """The map's condition is asked of what its row brings, and of nothing else."""
    fed = {header_path(name) for name in (*map_.columns, *map_.joins, *map_.constants, "form")}
    try:
        asked = list(paths(from_yaml(map_.when)))
    except DeskError:
        return  # told of with all conditions
    for path in asked:
        if path not in fed | DERIVED and not map_.labels:
            facts = {"name": field_name(path), "known": sorted(map(field_name, fed))}
            yield Problem("check.here", facts, doc.place(("when", field_name(path))))
