"""What is wrong in a desk's files together: names that lead nowhere, lists nobody confirmed.

Each finding knows the node it is about, so that `check` can name file, line and column. Single
files were checked as they were read; here one file is held against the others (O-X1, O-X6).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from deskcli import calendarfile, rotacheck
from deskcli.crossref import cross_references
from deskcli.fold import fold, nearest
from deskcli.form import Form
from deskcli.importmap import check as check_map
from deskcli.problem import DeskError, Place, Problem
from deskcli.reply import placeholders
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.ticket import HEADER, header_path
from deskcli.yamltext import Document, Path


def review(scene: Scene) -> Iterator[Problem]:
    """Every problem between the files of a desk; each file by itself must be readable."""
    yield from cross_references(scene.config)
    for part in (_twice, _conflicts, rota_problems, _maps, _replies, _settings):
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
            documents[kind, str((doc.value or {}).get("id") or "")] = doc
    for found in rotacheck.check(agendas, list(config.roulettes.values()), scene.staff):
        where = documents.get((found.file, found.name)) or documents.get((found.file, ""))
        yield Problem(found.code, found.facts, where.place(found.path) if where else None)


def _maps(scene: Scene) -> Iterator[Problem]:
    documents = scene.config.documents("import")
    for doc, known in zip(documents, scene.config.imports.values(), strict=False):
        for path, problem in check_map(known):
            yield Problem(problem.code, problem.facts, doc.place(path))
        yield from _map_fields(doc, scene.config.forms.get(known.form), known.columns)


def _map_fields(doc: Document, form: Form | None, columns: Mapping[str, Any]) -> Iterator[Problem]:
    fields = {f.path for f in form.fields} if form else set()
    for name in columns:
        path = header_path(name)
        if path.startswith("fields.") and path not in fields and name != "description":
            known = [f.removeprefix("fields.") for f in fields]
            facts = {"kind": "field", "name": name, "nearest": nearest(name, known)}
            yield Problem("check.name", facts, doc.place(("columns", name)))


def _replies(scene: Scene) -> Iterator[Problem]:
    """Placeholders that nothing can ever fill."""
    top = {*HEADER, "agent", "desk", "brand", *scene.config.settings.variables}
    for reply in scene.config.replies.values():
        place = Place(reply.path, reply.line)
        try:
            asked = placeholders(reply)
        except DeskError as error:
            yield from error.problems
            continue
        for name in sorted(asked):
            if name.split(".")[0] not in top:
                facts = {"kind": "placeholder", "name": name, "nearest": nearest(name, top)}
                yield Problem("check.name", facts, place)
        if reply.head.provisional:
            yield Problem("check.provisional", {"what": reply.id}, place)


def _settings(scene: Scene) -> Iterator[Problem]:
    for doc in scene.config.documents("desk"):
        calendar = scene.config.settings.calendar
        if calendar not in scene.config.calendars:
            facts = {"kind": "calendar", "name": calendar, "nearest": ""}
            yield Problem("check.name", facts, doc.place(("calendar",)))
        for n, what in enumerate(scene.config.settings.provisional):
            yield Problem("check.provisional", {"what": what}, doc.place(("provisional", n)))
