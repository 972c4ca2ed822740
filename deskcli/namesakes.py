"""What stands twice in a desk's files: ids, labels and names that lead to two things."""

from collections.abc import Iterable, Iterator
from typing import Any

from deskcli.category import CategoryFile
from deskcli.config import Config
from deskcli.fold import fold
from deskcli.problem import Place, Problem
from deskcli.yamltext import Document, Path

# Things that people call by id, label or alias: of one kind each is called otherwise. What stands
# in one row shares its names.
CALLED = (("form",), ("category",), ("macro",), ("import",), ("rule",), ("rota", "roulette"))
BY_ID = (("category",), ("rule",))  # their labels are only shown
CALLS = ("id", "label", "aliases")
Name = tuple[Place, int, str]  # where a name stands, whose it is, and what it is


def namesakes(config: Config) -> Iterator[Problem]:
    """Every name that two things share, whatever its accents (O-X1)."""
    for kinds in CALLED:
        keys = ("id",) if kinds in BY_ID else CALLS
        docs = enumerate(doc for kind in kinds for doc in config.documents(kind))
        yield from _shared(
            n for owner, doc in docs for n in _names(doc, (), owner, doc.value, keys)
        )
    yield from _replies(config)
    yield from _options(config)
    for doc in config.documents("people"):
        yield from _of_list(doc, ("people",), ("id", "name", "aliases"))
        yield from _of_list(doc, ("people",), ("login",))
    for doc in config.documents("desk"):
        yield from _of_list(doc, ("channels",))
    for doc in config.documents("statuses"):
        yield from _of_list(doc, ("statuses",))
    for doc in config.documents("sla"):
        yield from _of_list(doc, ("targets",), ("id", "label"))
    for doc in config.documents("views"):
        views = enumerate(((doc.value or {}).get("views") or {}).items())
        yield from _shared(
            name for n, (key, view) in views for name in _view(doc, ("views", key), n, view)
        )
    for doc, form in config.each("form"):
        yield from _of_list(doc, ("fields",))
        for n, _ in enumerate(form.fields):
            yield from _of_list(doc, ("fields", n, "choices"))


def _shared(names: Iterable[Name], code: str = "check.twice") -> Iterator[Problem]:
    seen: dict[str, tuple[Place, int]] = {}
    for place, owner, name in names:
        first, other = seen.setdefault(fold(name), (place, owner))
        if other != owner:
            yield Problem(code, {"label": name, "first": str(first)}, place)


def _names(
    doc: Document, path: Path, owner: int, held: Any, keys: Iterable[str] = CALLS
) -> Iterator[Name]:
    """What a thing is called, each name at its place."""
    for key in keys:
        value = held.get(key) or []
        many = isinstance(value, list)
        for n, name in enumerate(value if many else [value]):
            at = (*path, key, n) if many else (*path, key)
            yield doc.place(at), owner, str(name)


def _view(doc: Document, path: Path, owner: int, view: Any) -> Iterator[Name]:
    yield doc.place(path), owner, str(path[-1])
    yield from _names(doc, path, owner, view)


def _of_list(doc: Document, path: Path, keys: Iterable[str] = CALLS) -> Iterator[Problem]:
    """Among the entries of a list."""
    value = doc.value or {}
    for key in path:
        value = value.get(key) or [] if isinstance(key, str) else value[key]
    yield from _shared(
        name for n, item in enumerate(value) for name in _names(doc, (*path, n), n, item, keys)
    )


def _replies(config: Config) -> Iterator[Problem]:
    replies = enumerate(config.replies.values())
    yield from _shared(
        (Place(reply.path, 1), n, name)
        for n, reply in replies
        for name in (reply.id, reply.head.label, *reply.head.aliases)
    )


# -- the options of lists -------------------------------------------------------------------------


def _options(config: Config) -> Iterator[Problem]:
    """Ids over all lists; labels among the options of one list, and of one form."""
    ids: list[Name] = []
    called: dict[str, list[Name]] = {}
    groups = [[o.id for o in config.categories.of(f.categories)] for f in config.forms.values()]
    for doc, list_ in config.each("category"):
        yield from _same_guidance(doc, list_)
        groups.append([option.id for option in list_.options])
        for n, option in enumerate(list_.options):
            at, owner = ("options", n), len(ids)
            ids.append((doc.place((*at, "id")), owner, option.id))
            names = _names(doc, at, owner, doc.value["options"][n], ("label", "aliases"))
            called.setdefault(option.id, list(names))
    yield from _shared(ids)
    found = [p for group in groups for p in _shared(n for o in group for n in called.get(o, ()))]
    yield from {p.place: p for p in found}.values()


def _same_guidance(doc: Document, list_: CategoryFile) -> Iterator[Problem]:
    """Two options of a list with one guidance, unless a conflict of the document is about both."""
    seen: dict[str, tuple[Place, str]] = {}
    told = [frozenset(conflict.options) for conflict in list_.conflicts]
    for n, option in enumerate(list_.options):
        place = doc.place(("options", n, "guidance"))
        first, other = seen.setdefault(fold(option.guidance), (place, option.id))
        known = any({option.id, other} <= both for both in told)
        if option.guidance and first != place and not known:
            facts = {"label": option.guidance, "first": str(first)}
            yield Problem("check.same_guidance", facts, place)
