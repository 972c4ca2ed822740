"""The words of a filter, with the names that people use for what the desk calls by id.

A field that nothing has, or a value that nobody gave a name to, is refused: an empty list must mean
that there is nothing, never that there was a typo.
"""

from collections.abc import Iterable

from deskcli.category import Option
from deskcli.cli import session, sla_words
from deskcli.condition import ME, All, AnyOf, Condition, Not, Test, from_words
from deskcli.config import find
from deskcli.factnames import DATES, DERIVED, ELSEWHERE, SHORT
from deskcli.fold import fold, nearest
from deskcli.problem import DeskError, refuse
from deskcli.register import Register, paths_of
from deskcli.ticket import field_name

DAYS = frozenset(("arrived", "due", "next_action"))  # have no time
EVERY_TICKET = Register({"path": frozenset()}, {})  # what none has from a form


def filter_of(words: Iterable[str]) -> Condition:
    """What was typed, every name resolved; refuses fields and values that the desk has not."""
    asked = from_words(" ".join(words))
    try:
        return _resolved(asked, EVERY_TICKET)
    except DeskError:  # now the forms are worth reading, be it for what to propose
        return _resolved(asked, paths_of(session.desk().config))


def bound(condition: Condition) -> Condition:
    """For the desk's today, and for whoever asks."""
    return session.desk().scene().bound(condition)


def _resolved(condition: Condition, known: Register) -> Condition:
    match condition:
        case All(parts):
            return All(tuple(_resolved(p, known) for p in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_resolved(p, known) for p in parts))
        case Not(part):
            return Not(_resolved(part, known))
        case Test(path, op, values):
            where = asked_path(path, known)
            if op == "in" and where not in DATES:
                return Test(where, op, tuple(_id(where, v) for v in values))
            _days(values if where in DAYS else ())
            return Test(where, op, values)
    raise AssertionError(condition)


def _days(values: Iterable[str]) -> None:
    """Refuses a time where a day is asked: no ticket would ever be found by it."""
    for text in values:
        from deskcli.cli.days import has_time

        if has_time(text):
            raise refuse("date.unknown", text=text)


def asked_path(path: str, known: Register) -> str:
    """The path, if the desk has it, else it is refused; `phone` is the requester's where no form
    has a field of that name.
    """
    if known.has_path(path):
        return path
    asked = f"requester.{field_name(path)}"
    if known.has_path(asked):
        return asked
    names = [*(field_name(p) for p in known.names["path"]), *(DERIVED - ELSEWHERE), *SHORT]
    name = field_name(path)
    raise refuse("filter.field", field=name, nearest=nearest(name, names))


def _id(path: str, text: str) -> str:
    """The id of what people call by its label."""
    if text in ME:
        return text
    config = session.desk().config
    match path:
        case "status":
            return config.workflow.find(text).id
        case "assignee" | "mentions":
            return config.people.find(text).id
        case "form":
            return find("form", text, config.forms).id
        case "category" | "subcategory":
            return _option(text).id
        case "brand" | "team":
            teams = {name: group.label for name, group in config.people.file.teams.items()}
            return _labelled(path, text, config.settings.brands if path == "brand" else teams)
    if path.startswith("sla."):
        states = {name: sla_words.state(name) for name in sla_words.STATES}
        targets = {target.id: target.label for target in config.targets}
        kind = "sla" if path.endswith(".state") else "target"
        return _labelled(kind, text, states if kind == "sla" else targets)
    if path in DERIVED:
        return text
    for form in config.forms.values():
        asked = form.field(path)
        if asked and asked.choices and (chosen := asked.choice(text)):
            return chosen.id
    return text


def _option(text: str) -> Option:
    categories = session.desk().config.categories
    for option in categories.values():
        if fold(text) in map(fold, (option.id, option.label, *option.aliases)):
            return option
    form = next((f.id for f in session.desk().config.forms.values() if f.categories), "")
    raise refuse("category.unknown", category=text, nearest=nearest(text, categories), form=form)


def _labelled(kind: str, text: str, labels: dict[str, str]) -> str:
    for name, label in labels.items():
        if fold(text) in (fold(name), fold(label)):
            return name
    raise refuse("value.unknown", kind=kind, value=text, known=list(labels))
