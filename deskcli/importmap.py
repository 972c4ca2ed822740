"""`workflows/imports/NAME.yaml`: which column of an export feeds which field of a ticket (O2, O3).

binding = bind(map, table.columns, {"número do pedido": "order_number"})
if binding.problems: ...              # a required column is missing, two feed one field
mapped = binding.row(row.cells)       # values by field, extra by header, key of the submission
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from deskcli.fold import fold, nearest, slug
from deskcli.problem import Problem
from deskcli.yamltext import Path


class ImportMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Field keys are dotted paths of the ticket (`requester.email`) or ids of the form's fields.

    Headers and values are compared folded: accents, case and signs do not count.
    """

    id: str
    label: str
    form: str = ""  # form of the tickets, where no column says it
    provisional: bool = False
    source: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()  # names in CLEANERS, in order, for every cell and header
    columns: dict[str, tuple[str, ...]] = {}  # field key: headers; one header may feed two fields
    joins: dict[
        str, tuple[str, ...]
    ] = {}  # field key: headers whose cells make one value, in order
    values: dict[str, dict[str, str]] = {}  # field key: what the cell says: what the field takes
    constants: dict[str, str] = {}  # field key: value where the row brings none
    key: tuple[str, ...] = ()  # field keys or headers that together identify a submission
    labels: bool = False  # a form field's own key or label is a header too
    required: tuple[str, ...] = ()  # field keys that must have a column
    ignore: tuple[str, ...] = ()  # headers known and not wanted
    when: dict[str, Any] = {}  # a condition: rows of which it is not true are left out (O3)


class Mapped(msgspec.Struct, frozen=True):
    """`extra` keeps the cells of headers that no field takes, under their header."""

    values: dict[str, str]
    extra: dict[str, str]
    key: str


class Binding(msgspec.Struct, frozen=True):
    """A map applied to the headers of one file."""

    map: ImportMap
    fields: dict[str, tuple[str, ...]]  # field key: the headers that feed it
    unmapped: list[str]
    problems: list[Problem] = []
    identity: tuple[str, ...] = ()  # headers that identify a submission; none: the whole row does
    volatile: frozenset[str] = frozenset()  # ignored headers
    lookup: dict[str, dict[str, str]] = {}  # `values` of the map, folded

    def row(self, cells: Mapping[str, str]) -> Mapped:
        clean = {header: cleaned(self.map, cell) for header, cell in cells.items()}
        values = dict(self._values(clean))
        defaults = {"form": self.map.form, **self.map.constants}
        values |= {key: value for key, value in defaults.items() if value and key not in values}
        extra = {header: clean[header] for header in self.unmapped if clean.get(header, "").strip()}
        return Mapped(values, extra, self._key(clean))

    def _values(self, clean: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for key, headers in self.fields.items():
            cells = (clean.get(header, "").strip() for header in headers)
            if text := " ".join(cell for cell in cells if cell):
                known = self.lookup.get(key)
                yield key, (known.get(fold(text), text) if known else text)

    def _key(self, clean: Mapping[str, str]) -> str:
        """Equal for one submission, wherever its row and columns stand in a later export."""
        parts = [clean.get(header, "").strip() for header in self.identity]
        if parts and all(parts):
            return " ".join(parts)
        from hashlib import sha256  # slow to import, and most maps name what identifies a row

        cells = sorted(
            (header_key(header), fold(cell))
            for header, cell in clean.items()
            if cell.strip() and header not in self.volatile
        )
        return sha256(repr(cells).encode("utf-8", "replace")).hexdigest()[:32]


def cleaned(map: ImportMap, cell: str) -> str:
    for name in map.clean:
        cell = CLEANERS[name](cell)
    return cell


def header_key(header: str) -> str:
    """`E-mail *`, `e_mail` and `E-MAIL:` are one header."""
    return slug(header) or fold(header)


def bind(map: ImportMap, columns: Iterable[str], labels: Mapping[str, str]) -> Binding:
    """The header of every field; `labels` (label or key of a form field: key) fill the gaps."""
    known = {header: header_key(cleaned(map, header)) for header in columns}
    fields = dict(_fields(map, known))
    joined = {key: headers for key, headers in _joined(map, known) if key not in fields}
    problems = [
        Problem("import.two_columns", {"field": key, "headers": list(headers)})
        for key, headers in fields.items()
        if len(headers) > 1
    ]
    fields |= joined
    if map.labels:
        fields |= _labelled(known, fields, labels)
    ignored = frozenset(h for h, name in known.items() if name in set(map_keys(map.ignore)))
    taken = {header for headers in fields.values() for header in headers}
    identity, lost = _identity(map, known, fields)
    unmapped = [header for header in known if header not in {*taken, *ignored, *identity}]
    problems += [*lost, *_missing(map, fields, list(known))]
    lookup = {
        key: {fold(alias): value for alias, value in aliases.items()}
        for key, aliases in map.values.items()
    }
    return Binding(map, fields, unmapped, problems, identity, ignored - taken, lookup)


def check(map: ImportMap) -> Iterator[tuple[Path, Problem]]:
    """What the types can not say, each with its path in the YAML file."""
    for n, name in enumerate(map.clean):
        if name not in CLEANERS:
            facts = {"cleaner": name, "near": nearest(name, CLEANERS), "known": list(CLEANERS)}
            yield ("clean", n), Problem("import.cleaner", facts)
    for n, key in enumerate(map.required):
        if key not in map.columns and key not in map.joins and not map.labels:
            facts = {"field": key, "near": nearest(key, map.columns)}
            yield ("required", n), Problem("import.required_unknown", facts)
    for key in map.values:
        if key not in map.columns and key not in map.joins and not map.labels:
            facts = {"field": key, "near": nearest(key, map.columns)}
            yield ("values", key), Problem("import.values_unknown", facts)


def map_keys(headers: Iterable[str]) -> list[str]:
    return [header_key(header) for header in headers]


def _fields(map: ImportMap, known: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, aliases in map.columns.items():
        wanted = set(map_keys(aliases))
        if found := tuple(header for header, name in known.items() if name in wanted):
            yield key, found


def _joined(map: ImportMap, known: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headers in the order of the map, not of the file."""
    for key, aliases in map.joins.items():
        order = map_keys(aliases)
        found = [header for header, name in known.items() if name in order]
        if found:
            yield key, tuple(sorted(found, key=lambda header: order.index(known[header])))


def _labelled(
    known: Mapping[str, str], fields: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """An alias of the map wins: neither its header nor its field is taken again."""
    taken = {header for headers in fields.values() for header in headers}
    by_key = {header_key(label): key for label, key in labels.items()}
    found: dict[str, tuple[str, ...]] = {}
    for header, name in known.items():
        key = by_key.get(name, "")
        if key and header not in taken and key not in fields and key not in found:
            found[key] = (header,)
    return found


def _identity(
    map: ImportMap, known: Mapping[str, str], fields: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], list[Problem]]:
    """The headers of `key`; without one of them a warning, and the whole row identifies itself."""
    by_name = {name: header for header, name in known.items()}
    found = [
        (key, fields[key][0] if key in fields else by_name.get(header_key(key))) for key in map.key
    ]
    lost = [key for key, header in found if header is None]
    if lost:
        return (), [Problem("import.key_missing", {"columns": lost})]
    return tuple(header for _, header in found if header), []


def _missing(
    map: ImportMap, fields: Mapping[str, tuple[str, ...]], headers: list[str]
) -> Iterator[Problem]:
    for key in map.required:
        if key not in fields:
            aliases = [*map.columns.get(key, ()), *map.joins.get(key, ())]
            facts = {"field": key, "headers": aliases, "found": headers}
            yield Problem("import.column_missing", facts)


def _json_string(cell: str) -> str:
    """Elementor writes cells with json_encode; the reader has taken the quotes off."""
    if cell == "null":
        return ""
    if "\\" not in cell:
        return cell
    try:
        text: str = msgspec.json.decode(f'"{cell}"', type=str)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return cell  # somebody wrote this cell by hand
    return text


# The sentence is translated with the site; the address in it is not.
_ALERT = r"\A'?\([^()]*contactform7\.com/[^()]*\)\s*(?=[=+\-@])"


def _security_alert(cell: str) -> str:
    return re.sub(_ALERT, "", cell) if "contactform7.com/" in cell else cell


def _html_entities(cell: str) -> str:
    from html import unescape  # a table of 2,231 names

    return unescape(cell) if "&" in cell else cell


def _formula_guard(cell: str) -> str:
    """The apostrophe that Gravity Forms and our rejects put before a cell that would run."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


CLEANERS: dict[str, Callable[[str], str]] = {
    "json_string": _json_string,
    "security_alert": _security_alert,
    "html_entities": _html_entities,
    "formula_guard": _formula_guard,
    "trim": str.strip,
}
