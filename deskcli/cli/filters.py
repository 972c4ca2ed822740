"""The words of a filter, with the names that people use for what the desk calls by id.

A field that nothing has is refused, as is a value of one whose values the desk knows, when it is
none of them and no ticket has it either (from before the desk's files changed): an empty list must
mean that there is nothing, never that there was a typo.
"""

from collections.abc import Callable, Iterable, Mapping, Set

from deskcli.category import Option
from deskcli.cli import session, sla_words
from deskcli.cli.labels import header_label
from deskcli.condition import ME, All, AnyOf, Condition, Not, Test, from_words
from deskcli.config import find
from deskcli.factnames import DATES, DERIVED, ELSEWHERE, SHORT
from deskcli.fold import fold, nearest
from deskcli.org import Org
from deskcli.problem import DeskError, Problem, refuse
from deskcli.register import STATES, TRUTHS, Register, names_of
from deskcli.ticket import field_name
from deskcli.values import NORMAL

DAYS = frozenset(("arrived", "due", "next_action"))  # have no time


def filter_of(words: Iterable[str]) -> Condition:
    """What was typed, every name resolved; refuses fields and values that the desk has not."""
    return _resolved(from_words(" ".join(words)), names_of(session.desk().config))


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
                return Test(where, op, tuple(_id(where, v, known) for v in values))
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


def _id(path: str, text: str, known: Register) -> str:
    """The id of what people call by its label; or what some ticket still has."""
    try:
        kind, ids = known.wanted(path) or ("", None)
    except DeskError:  # of a file that `check` tells of: what it may name is no typing error
        return text
    if kind == "person" and text in ME:
        return text
    try:
        return FOUND[kind](text) if kind in FOUND else _chosen(path, text, ids)
    except DeskError:
        if path in DERIVED - {"macros"} or not _is_held(path, text):
            raise
    return text


def _is_held(path: str, text: str) -> bool:
    """Whether a ticket has it, whatever the desk's files say now."""
    index = session.desk().index
    index.refresh()
    return bool(index.select(Test(path, "in", (text,))))


def _chosen(path: str, text: str, ids: Set[str] | None) -> str:
    """Of a field that has a list of values somewhere; without `ids` it takes any text as well."""
    if ids is not None and text in ids:
        return text
    if ids == TRUTHS and (truth := NORMAL["bool"](text)):
        return str(truth)
    for form in session.desk().config.forms.values() if path not in DERIVED else ():
        asked = form.field(path)
        if asked and asked.choices and (chosen := asked.choice(text)):
            return chosen.id
    if ids is None:
        return text
    return _labelled(header_label(path), text, {name: name for name in sorted(ids)})


def _option(text: str) -> Option:
    categories = session.desk().config.categories
    for option in categories.values():
        if fold(text) in map(fold, (option.id, option.label, *option.aliases)):
            return option
    form = next((f.id for f in session.desk().config.forms.values() if f.categories), "")
    raise refuse("category.unknown", category=text, nearest=nearest(text, categories), form=form)


def _org(text: str) -> Org:
    """One that is not there is none to add, for whoever only looks."""
    try:
        return session.desk().config.orgs.find(text)
    except DeskError as error:
        [found] = error.problems
        hint = "" if found.facts["nearest"] else "deskcli org list"
        raise DeskError(Problem(found.code, found.facts, hint=hint)) from None


def _macro(text: str) -> str:
    macros = session.desk().config.macros
    try:
        return find("macro", text, macros).id
    except DeskError as error:
        if error.problems[0].facts["nearest"]:
            raise
    return _labelled("macro", text, {name: macro.label for name, macro in macros.items()})


def _team(text: str) -> str:
    teams = session.desk().config.people.file.teams
    return _labelled("team", text, {name: group.label for name, group in teams.items()})


def _target(text: str) -> str:
    targets = session.desk().config.targets
    return _labelled("target", text, {target.id: target.label for target in targets})


def _sla(text: str) -> str:
    return _labelled("sla", text, {name: sla_words.state(name) for name in sla_words.STATES})


def _labelled(kind: str, text: str, labels: Mapping[str, str]) -> str:
    for name, label in labels.items():
        if fold(text) and fold(text) in (fold(name), fold(label)):
            return name
    facts = {"kind": kind, "value": text, "known": list(labels)}
    raise DeskError(Problem("value.unknown", facts, hint="" if labels else "deskcli list --json"))


# By the kinds of names that the desk has (`register`), what is called so; `_chosen` finds the rest.
FOUND: Mapping[str, Callable[[str], str]] = {
    "status": lambda text: session.desk().config.workflow.find(text).id,
    "person": lambda text: session.desk().config.people.find(text).id,
    "form": lambda text: find("form", text, session.desk().config.forms).id,
    "category": lambda text: _option(text).id,
    "macro": _macro,
    "org": lambda text: _org(text).id,
    "brand": lambda text: _labelled("brand", text, session.desk().config.settings.brands),
    "team": _team,
    "state": lambda text: _labelled("state", text, dict.fromkeys(sorted(STATES), "")),
    "sla": _sla,
    "target": _target,
}
