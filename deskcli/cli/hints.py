"""The command that would succeed: what was typed, with what it lacked."""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deskcli.cli.words import _
from deskcli.problem import Problem

MISSING = frozenset(
    ("field.required", "option.needs", "option.needs_value", "route.needs", "reply.placeholder")
)


def hinted(problems: Sequence[Problem], argv: Sequence[str]) -> list[Problem]:
    """The problems; the last one of a missing value gets the whole command to type, unless more
    than that is wrong: then no command is known that would succeed.
    """
    missing = [p for p in problems if p.code in MISSING and not p.hint]
    macros = [p for p in problems if p.code == "option.needs_macro"]
    if macros:
        names: Any = macros[0].facts["macros"]
        ticket = _ticket(argv)
        hint = f"deskcli apply {ticket} {names[0]}" if ticket else ""
        return [replace(p, hint=hint) if p is macros[0] else p for p in problems]
    if not missing or any(p not in missing and not p.is_warning for p in problems):
        return list(problems)
    hint = _command(list(argv), [_pair(p) for p in missing])
    return [replace(p, hint=hint) if p is missing[-1] and hint else p for p in problems]


def _pair(problem: Problem) -> str:
    """`field=VALUE`, with the first of its choices if it has any; the words name them all."""
    values = problem.facts.get("values") or problem.facts.get("known") or ()
    known = [str(v) for v in values] if isinstance(values, list | tuple) else []
    return f"{problem.facts['field']}=" + (known[0] if known else _("VALUE"))


def _command(argv: list[str], pairs: list[str]) -> str:
    """`create` takes fields by -f, `apply` and `set` at the end; else `set` comes first."""
    if "create" in argv:
        typed = [*argv, *(part for pair in pairs for part in ("-f", pair))]
    elif "apply" in argv or "set" in argv:
        typed = [*argv, *pairs]
    else:
        ticket = _ticket(argv)
        typed = ["set", ticket, *pairs] if ticket else []
    return " ".join(["deskcli", *map(shlex.quote, typed)]) if typed else ""


def _ticket(argv: Sequence[str]) -> str:
    """The ticket that was named, as it was typed."""
    return next((a for a in argv if a.rpartition("-")[2].isdigit()), "")
