"""What a hint may name: the facts of a problem, of what was typed and of the desk, as words."""

import contextlib
import re
from collections.abc import Mapping, Sequence

from deskcli import packs
from deskcli.cli import session
from deskcli.cli.options import split
from deskcli.cli.problem_hints import BLANKS, MISSING
from deskcli.cli.words import _
from deskcli.demand import by_key, known_path
from deskcli.problem import DeskError, Problem
from deskcli.ticket import header_path

# Commands whose first words are ids.
OF_TICKETS = frozenset(
    (
        "show why history assign annotate reply attach set move due resolve reopen cancel apply"
        " outbox"
    ).split()
)
# What one who may not schedule visits has to ask of one who may.
OF_VISITS = frozenset(("due.follows", "visit.none", "visit.wanted", "visit.early"))
ID = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*-)?\d+(?:,\S+)?")
Facts = Mapping[str, str]


def facts_of(problem: Problem, argv: Sequence[str]) -> Facts:
    """The problem's facts as single words, lists by their first; those of the call; the blanks."""
    own = {key: _first(value) for key, value in problem.facts.items()}
    blanks = {name: _(text) for name, text in BLANKS.items()}
    would_do = problem.facts.get("values") or problem.facts.get("known")
    near, pair = own.get("nearest"), own.get("pair", "")
    call = {
        "ticket": ticket_of(argv),
        "command": split(argv)[0],
        "message": "-m" if split(argv)[0] == "outbox" else "",  # where the text is no argument
        "place": problem.place.path if problem.place else "",
        "first": near or _first(would_do),
        "one": _one(problem, would_do)
        or blanks["PERSON" if problem.code == "person.role" else "VALUE"],
        "when": blanks[own.get("wants") or "DATE"],
        "name": pair if _is_field(pair) else blanks["FIELD"],
        "stranger": _stranger(own),
        "asks": _asks(own.get("macros", "")),
        "pack": next(iter(packs.names()), ""),
        "scheduler": _scheduler() if problem.code in OF_VISITS else "",
    }
    return {k: v for k, v in {**blanks, **call, **own}.items() if v}


def _one(problem: Problem, would_do: object) -> str:
    """The value that was meant, or the only one that would do: no arbitrary one of several."""
    facts = problem.facts
    near = "" if problem.code in MISSING else _first(facts.get("nearest"))
    only = isinstance(would_do, list) and len(would_do) == 1
    return near or _first(facts.get("proposed")) or (_first(would_do) if only else "")


def _is_field(name: str) -> bool:
    """Of a form of the desk, or of every ticket."""
    with contextlib.suppress(DeskError, OSError):
        for form in session.desk().config.forms.values() if name else ():
            if any(known_path(form, None, header_path(key)) for key in by_key(form, {name: ""})):
                return True
    return False


def _first(value: object) -> str:
    if isinstance(value, list | tuple | frozenset | dict):
        return _first(next(iter(value), ""))
    return "" if value is None else str(value)


def ticket_of(argv: Sequence[str]) -> str:
    """The ticket that was named, as it was typed, to a command that takes one."""
    name, _given = split(argv)
    if name not in OF_TICKETS:
        return ""
    rest = argv[argv.index(name) + 1 :]
    return next((word for word in rest if ID.fullmatch(word)), "")


def before(argv: Sequence[str]) -> list[str]:
    """The global options that were typed: the next command needs them too."""
    name, _given = split(argv)
    return list(argv[: argv.index(name)]) if name else list(argv)


def _scheduler() -> str:
    """One who schedules visits, when the one who acts does not."""
    scene = session.desk().scene()
    roles = scene.config.settings.policies.visit_roles
    return "" if scene.may(roles) else _first(scene.forbidden("", roles).facts["able"])


def _asks(macro: str) -> str:
    """The first value that a macro asks for."""
    found = session.desk().config.macros.get(macro) if macro else None
    return f"{found.asks[0]}={_(BLANKS['VALUE'])}" if found and found.asks else ""


def _stranger(facts: Facts) -> str:
    """A blank for the person to be, when the desk does not know the one who acts."""
    name = facts.get("actor") or facts.get("person")
    try:
        here = session.desk() if name else None
        unknown = here and name == here.user and name not in here.config.people
    except (DeskError, OSError):
        return ""
    return _(BLANKS["PERSON"]) if unknown else ""
