"""The values that a desk's files put on tickets: of fields that are, and as fields take them."""

from collections.abc import Iterator

from deskcli.crossref import nodes, value_problems, values_unknown
from deskcli.demand import GIVEN, normal
from deskcli.factnames import KINDS_OF
from deskcli.form import Field, Form
from deskcli.problem import Problem
from deskcli.register import Register
from deskcli.scene import Scene
from deskcli.ticket import HEADER, header_path
from deskcli.yamltext import Document, Path

VALUES = ("sets", "on_reply", "constants", "adds")  # keys that hold them
LISTS = ("tags", "cc", "mentions", "flags")
# Of the header, what a form may ask for.
ASKABLE = GIVEN | {"category", "subcategory", "outcome", "visibility", "mentions"}
# What values are held against.
RESTS_ON = frozenset(("desk", "people", "statuses", "calendars"))


def values(scene: Scene, known: Register) -> Iterator[Problem]:
    """Of options, steps, macros, import maps and forms."""
    yield from _set(scene, known)
    for doc, form in scene.config.each("form"):
        for n, asked in enumerate(form.fields):
            path: Path = ("fields", n)
            yield from _field(doc, path, form, asked)
            yield from _given(scene, known, doc, path, asked)
            yield from _fixed_category(scene, known, doc, path, form, asked)


def _set(scene: Scene, known: Register) -> Iterator[Problem]:
    """`sets` and `on_reply` put values down as they are; `constants` are read as if typed."""
    for node in nodes(scene.config):
        if node.key not in VALUES or not isinstance(node.value, dict):
            continue
        for name, value in node.value.items():
            path, header = (*node.path, name), header_path(name)
            if node.key == "adds" and header not in LISTS:
                facts = {"value": name, "known": list(LISTS)}
                yield Problem("check.value", facts, node.doc.place(path))
            elif node.key == "adds":
                yield from values_unknown(node.doc, path, header, value, known)
            else:
                as_is = node.key != "constants"
                yield from _fits(scene, known, node.doc, path, None, header, value, as_is)


def _fits(
    scene: Scene,
    known: Register,
    doc: Document,
    path: Path,
    asked: Field | None,
    header: str,
    text: str,
    as_is: bool = True,
) -> Iterator[Problem]:
    """A value that its field takes, and where nothing reads it again, in its written form."""
    found = list(value_problems(doc, path, header, text, known))
    yield from found
    if found or known.damaged & RESTS_ON or not isinstance(text, str):
        return
    asked = asked or next(
        filter(None, (f.field(header) for f in scene.config.forms.values())), None
    )
    value, problem = normal(scene, asked, header, text, {})
    if problem:
        yield Problem(problem.code, problem.facts, doc.value_place(path))
    elif as_is and header in LISTS:
        yield Problem("check.list", {"field": header}, doc.place(path))
    elif as_is and value != text:
        yield Problem("check.written", {"value": text, "wanted": value}, doc.value_place(path))


# -- forms ----------------------------------------------------------------------------------------


def _field(doc: Document, path: Path, form: Form, asked: Field) -> Iterator[Problem]:
    """A field stands where a form may put a value, and not inside another one."""
    top, _, rest = asked.path.partition(".")
    if top == "requester":
        wrong = not rest
    else:
        wrong = top in HEADER and top != "fields" and (bool(rest) or top not in ASKABLE)
    if wrong or any(asked.path.startswith(f.path + ".") for f in form.fields):
        yield Problem("check.field", {"name": asked.id}, doc.value_place((*path, "id")))


def _given(
    scene: Scene, known: Register, doc: Document, path: Path, asked: Field
) -> Iterator[Problem]:
    """What the field is fixed to, has by default, proposes, or lets one choose."""
    given: list[tuple[Path, str]] = []
    if isinstance(asked.fixed, list):
        yield from values_unknown(doc, (*path, "fixed"), asked.path, asked.fixed, known)
    elif asked.fixed is not None and (asked.fixed, asked.path) != ("@me", "assignee"):
        given.append(((*path, "fixed"), asked.fixed))
    for key, values in (("default", asked.default), ("proposed", asked.proposed)):
        if isinstance(values, list):
            listed = enumerate(values)
            given += [((*path, key, m, "value"), option.value) for m, option in listed]
        elif values:
            given.append(((*path, key), values))
    for where, text in given:
        yield from _fits(scene, known, doc, where, asked, asked.path, text)
    for m, choice in enumerate(asked.choices if asked.path in KINDS_OF else []):
        where = (*path, "choices", m, "id")
        yield from values_unknown(doc, where, asked.path, choice.id, known)


def _fixed_category(
    scene: Scene, known: Register, doc: Document, path: Path, form: Form, asked: Field
) -> Iterator[Problem]:
    """A form that fixes its category fixes one of its own lists."""
    own = [option.id for option in scene.config.categories.of(form.categories)]
    fixed = asked.path == "category" and isinstance(asked.fixed, str)
    if fixed and "category" not in known.damaged and asked.fixed not in own:
        facts = {"value": asked.fixed, "known": own}
        yield Problem("check.value", facts, doc.value_place((*path, "fixed")))
