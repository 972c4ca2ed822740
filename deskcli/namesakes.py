"""What stands twice in a desk's files: ids, labels and names that lead to two things."""

from collections.abc import Iterator
from typing import Any

from deskcli.config import Config
from deskcli.fold import fold
from deskcli.problem import Place, Problem
from deskcli.yamltext import Document, Path


def namesakes(config: Config) -> Iterator[Problem]:
    """Every name that two things of one kind share, whatever its accents (O-X1)."""
    yield from _twice(config)
    yield from _doubles(config)


def _twice(config: Config) -> Iterator[Problem]:
    """Two options of a list under one label, whatever its accents (O-X1); two files of one id."""
    for doc in config.documents("category"):
        options = (doc.value or {}).get("options") or []
        yield from _repeated(doc, ("options",), options, "label")
        yield from _repeated(doc, ("options",), options, "guidance", "check.same_guidance")
    for kind in ("form", "category", "macro", "rule", "import", "rota", "roulette"):
        seen: dict[str, str] = {}
        for doc in config.documents(kind):
            name = str((doc.value or {}).get("id", ""))
            if name in seen:
                facts = {"label": name, "first": seen[name]}
                yield Problem("check.twice", facts, doc.place(("id",)))
            seen[name] = doc.path
    yield from _option_ids(config)


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


def _option_ids(config: Config) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for doc in config.documents("category"):
        for n, option in enumerate((doc.value or {}).get("options") or []):
            place, name = doc.place(("options", n, "id")), str(option.get("id"))
            if name in seen:
                yield Problem("check.twice", {"label": name, "first": str(seen[name])}, place)
            seen.setdefault(name, place)


def _doubles(config: Config) -> Iterator[Problem]:
    """Ids and names that two people, statuses or fields share."""
    lists = [("people", "people"), ("statuses", "statuses"), ("form", "fields")]
    for kind, key in lists:
        for doc in config.documents(kind):
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
