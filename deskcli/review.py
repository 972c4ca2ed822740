"""What is wrong in a desk's files together: names that lead nowhere, lists nobody confirmed.

Each finding knows the node it is about, so that `check` can name file, line and column. Single
files were checked as they were read; here one file is held against the others (O-X1, O-X6).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from deskcli import calendarfile, rotacheck
from deskcli.crossref import cross_references, value_problems
from deskcli.fold import fold, nearest
from deskcli.importmap import check as check_map
from deskcli.problem import DeskError, Place, Problem
from deskcli.register import register
from deskcli.reply import placeholders
from deskcli.route import TARGETS
from deskcli.rule import ACTIONS
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.ticket import HEADER, header_path
from deskcli.yamltext import Document, Path

LANGUAGES = ("pt-BR", "en")
UPDATES = tuple(
    "replied messaged applied filled moved resolved edited assigned attached noted promised"
    " appended scheduled rescheduled confirmed visited".split()
)
DOCUMENTS = ("pdf", "doc", "docx", "png", "jpg", "gif", "text")


def review(scene: Scene) -> Iterator[Problem]:
    """Every problem between the files of a desk; each file by itself must be readable."""
    names = list(cross_references(scene))
    yield from names
    if any(p.facts.get("kind") == "calendar" for p in names):
        return  # days can not be told without one
    for part in (
        _twice,
        _doubles,
        _conflicts,
        rota_problems,
        _maps,
        _replies,
        _settings,
        _shapes,
        _fixed,
    ):
        yield from part(scene)


# -- what one file by itself does not show --------------------------------------------------------


def _twice(scene: Scene) -> Iterator[Problem]:
    """Two options of a list under one label, whatever its accents (O-X1); two files of one id."""
    for doc in scene.config.documents("category"):
        options = (doc.value or {}).get("options") or []
        yield from _repeated(doc, ("options",), options, "label")
        yield from _repeated(doc, ("options",), options, "guidance", "check.same_guidance")
    for kind in ("form", "category", "macro", "rule", "import", "rota", "roulette"):
        seen: dict[str, str] = {}
        for doc in scene.config.documents(kind):
            name = str((doc.value or {}).get("id", ""))
            if name in seen:
                facts = {"label": name, "first": seen[name]}
                yield Problem("check.twice", facts, doc.place(("id",)))
            seen[name] = doc.path
    yield from _option_ids(scene)


def _repeated(
    doc: Document, path: Path, items: list[Any], key: str, code: str = "check.twice"
) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for n, item in enumerate(items):
        text = str(item.get(key) or "")
        place = doc.place((*path, n, key))
        if text and fold(text) in seen:
            yield Problem(code, {"label": text, "first": str(seen[fold(text)])}, place)
        seen.setdefault(fold(text), place)


def _option_ids(scene: Scene) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for doc in scene.config.documents("category"):
        for n, option in enumerate((doc.value or {}).get("options") or []):
            place, name = doc.place(("options", n, "id")), str(option.get("id"))
            if name in seen:
                yield Problem("check.twice", {"label": name, "first": str(seen[name])}, place)
            seen.setdefault(name, place)


def _conflicts(scene: Scene) -> Iterator[Problem]:
    """Contradictions of the document that nobody confirmed yet (O-X4)."""
    for doc in scene.config.documents("category"):
        for n, conflict in enumerate((doc.value or {}).get("conflicts") or []):
            if conflict.get("confirmed") != "true":
                facts = {"item": conflict.get("item"), "decision": conflict.get("decision")}
                yield Problem("check.conflict", facts, doc.place(("conflicts", n)))


def calendar_faults(doc: Document) -> Iterator[Problem]:
    """What is wrong inside a calendars file; with it no other file can be judged."""
    for path, code, facts in calendarfile.faults(typed(doc, calendarfile.CalendarsFile)):
        at = doc.place if code == "calendar.day" else doc.value_place  # a day is a key
        yield Problem(code, facts, at(path))


def rota_problems(scene: Scene) -> Iterator[Problem]:
    """Gaps, absentees on duty, unknown people, double duty (`rota check`)."""
    config = scene.config
    agendas = [scene.agenda(rota) for rota in config.rotas.values()]
    documents: dict[tuple[str, str], Document] = {}
    for kind in ("rota", "roulette", "absences", "swaps"):
        for doc in config.documents(kind):
            documents[kind, _id(doc)] = doc
    for found in rotacheck.check(agendas, list(config.roulettes.values()), scene.staff):
        where = documents.get((found.file, found.name)) or documents.get((found.file, ""))
        yield Problem(found.code, found.facts, where.place(found.path) if where else None)


def _maps(scene: Scene) -> Iterator[Problem]:
    """Maps that can not be right, and fields and values of theirs that no form has."""
    known = register(scene.config)
    documents = scene.config.documents("import")
    for doc, map_ in zip(documents, scene.config.imports.values(), strict=False):
        for path, problem in check_map(map_):
            yield Problem(problem.code, problem.facts, doc.place(path))
        for section in ("columns", "values"):
            for name, held in ((doc.value or {}).get(section) or {}).items():
                values = list(held.values()) if isinstance(held, dict) else None
                if name != "description":
                    path = (section, name)
                    yield from value_problems(doc, path, header_path(name), values, known)


def _replies(scene: Scene) -> Iterator[Problem]:
    """Placeholders that nothing can ever fill."""
    top = {*HEADER, "agent", "desk", "brand", *scene.config.settings.variables}
    known = register(scene.config).names["path"]
    for reply in scene.config.replies.values():
        place = Place(reply.path, reply.line)
        try:
            asked = placeholders(reply)
        except DeskError as error:
            yield from error.problems
            continue
        for name in sorted(asked):
            top_name, _, rest = name.partition(".")
            wrong = top_name not in top or (top_name == "fields" and rest and name not in known)
            if wrong or (top_name == "agent" and rest not in ("", "name", "email")):
                facts = {"kind": "placeholder", "name": name, "nearest": nearest(name, top)}
                yield Problem("check.name", facts, place)
        if reply.head.provisional:
            yield Problem("check.provisional", {"what": reply.id}, place)


def _settings(scene: Scene) -> Iterator[Problem]:
    """Values of desk.yaml that only some can be."""
    settings = scene.config.settings
    for doc in scene.config.documents("desk"):
        for n, what in enumerate(settings.provisional):
            yield Problem("check.provisional", {"what": what}, doc.place(("provisional", n)))
        if settings.language not in LANGUAGES:
            yield _not_one_of(doc, ("language",), settings.language, LANGUAGES)
        for n, did in enumerate(settings.policies.counts_as_update):
            if did not in UPDATES:
                yield _not_one_of(doc, ("policies", "counts_as_update", n), did, UPDATES)


def _shapes(scene: Scene) -> Iterator[Problem]:
    """Steps and actions that say one thing each; hours, files and orders that there are."""
    config = scene.config
    for doc in (*config.documents("form"), *config.documents("category")):
        for path, step in _mappings(doc, "route"):
            yield from _exactly_one(doc, path, step, TARGETS)
            owner = str(step.get("open_ticket_owner") or "")
            if owner and owner not in ("true", "false", *config.people.file.roles):
                roles = tuple(config.people.file.roles)
                yield _not_one_of(doc, (*path, "open_ticket_owner"), owner, ("true", *roles))
    for doc in config.documents("rule"):
        for path, action in _mappings(doc, "actions"):
            yield from _exactly_one(doc, path, action, ACTIONS)
        hour = str(((doc.value or {}).get("deadline") or {}).get("at") or "close")
        if hour != "close" and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", hour):
            yield _not_one_of(doc, ("deadline", "at"), hour, ("close", "HH:MM"))
    for doc in config.documents("macro"):
        for n, kind in enumerate(((doc.value or {}).get("attachments") or {}).get("types") or []):
            if kind not in DOCUMENTS:
                yield _not_one_of(doc, ("attachments", "types", n), kind, DOCUMENTS)


def _mappings(doc: Document, key: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every entry of every list under `key`, with its path."""
    for path in doc.spans:
        if len(path) > 1 and path[-2] == key and isinstance(path[-1], int):
            value: Any = doc.value
            for part in path:
                value = value[part]
            if isinstance(value, dict):
                yield path, value


def _exactly_one(
    doc: Document, path: Path, held: dict[str, Any], known: Sequence[str]
) -> Iterator[Problem]:
    found = [key for key in known if held.get(key)]
    if len(found) != 1:
        yield Problem("check.one_of", {"known": list(known), "found": found}, doc.place(path))


def _not_one_of(doc: Document, path: Path, value: str, known: Sequence[str]) -> Problem:
    return Problem("check.value", {"value": value, "known": list(known)}, doc.value_place(path))


def _doubles(scene: Scene) -> Iterator[Problem]:
    """Ids and names that two people, statuses, fields or channels share."""
    keys = {"people": "people", "statuses": "statuses", "form": "fields", "desk": "channels"}
    for kind, key in keys.items():
        for doc in scene.config.documents(kind):
            entries = (doc.value or {}).get(key) or []
            seen: dict[str, Place] = {}
            for n, entry in enumerate(entries):
                own = {fold(str(entry.get("id")))} | _names_of(entry if kind != "form" else {})
                for name in sorted(own):
                    place = doc.place((key, n))
                    if name in seen:
                        facts = {"label": name, "first": str(seen[name])}
                        yield Problem("check.twice", facts, place)
                    seen.setdefault(name, place)


def _names_of(entry: dict[str, Any]) -> set[str]:
    names = [entry.get("name"), entry.get("label"), *(entry.get("aliases") or [])]
    return {fold(str(name)) for name in names if name}


def _fixed(scene: Scene) -> Iterator[Problem]:
    """What a form fixes or sets by default must be a value that the field takes."""
    known = register(scene.config)
    for doc, form in zip(scene.config.documents("form"), scene.config.forms.values(), strict=False):
        for n, asked in enumerate(form.fields):
            given = [("fixed", asked.fixed)]
            if isinstance(asked.default, str):
                given.append(("default", asked.default))
            for key, value in given:
                path = ("fields", n, key)
                yield from value_problems(doc, path, asked.path, value, known)
            for m, default in enumerate(asked.default if isinstance(asked.default, list) else []):
                place = ("fields", n, "default", m, "value")
                yield from value_problems(doc, place, asked.path, default.value, known)


def _id(doc: Document) -> str:
    return str(doc.value.get("id") or "") if isinstance(doc.value, dict) else ""
