"""A problem in words, and the language it is said in.

English is the source language, in the code; `locale/pt_BR` has the Portuguese. A problem is a code
with facts until it gets here, so tests and programs never depend on words.
"""

import gettext
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from deskcli.people import People
from deskcli.problem import Problem

LOCALE = Path(__file__).parent.parent / "locale"
_state: dict[str, gettext.NullTranslations] = {"now": gettext.NullTranslations()}


def N_(text: str) -> str:
    """Marks a text for translation where it is not yet said."""
    return text


def _(text: str) -> str:
    return _state["now"].gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    return _state["now"].ngettext(one, many, n)


def speak(asked: str, desk: str = "") -> None:
    """Choose the language: `--lang`, the desk's own, the locale's, English."""
    language = asked or _of_desk(desk) or _of_locale()
    wanted = ["pt_BR"] if language.lower().startswith("pt") else []
    _state["now"] = gettext.translation("deskcli", LOCALE, wanted, fallback=True)
    os.environ["LANGUAGE"] = "pt_BR" if wanted else "en"
    gettext.bindtextdomain("deskcli", LOCALE)
    gettext.textdomain("deskcli")  # the words of the option parser come from our catalogue too


def language() -> str:
    return "pt-BR" if os.environ.get("LANGUAGE") == "pt_BR" else "en"


def _of_desk(named: str) -> str:
    """`language:` of desk.yaml, by its lines: a broken file must still be told of."""
    from deskcli.desk import MARK, find_root
    from deskcli.problem import DeskError

    named = named or os.environ.get("DESKCLI_DESK", "")
    try:
        root = Path(named).expanduser() if named else find_root(Path.cwd())
        lines = (root / MARK).read_text(errors="replace").splitlines()
    except (DeskError, OSError, RuntimeError):  # also of the home of nobody
        return ""
    found = [line.partition(":")[2] for line in lines if line.startswith("language:")]
    return found[0].split("#")[0].strip(" '\"") if found else ""


def _of_locale() -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[n] for n in names if os.environ.get(n)), "")


def worded(problem: Problem) -> str:
    """The problem as a sentence; facts that are lists are joined. One that asks for a value names
    the choices there are.
    """
    from deskcli.cli.show import safe

    source = words()[problem.code]
    text = _(source)
    facts = {key: safe(_fact(key, value)) for key, value in problem.facts.items()}
    facts |= _typed(problem) | _counted(problem)
    if "label" in facts:
        facts["label"] = safe(label_of(problem))
    near = facts.get("nearest")
    told = text.format_map(_Facts(facts))
    if "{field}=" in source and "{values}" not in source and problem.facts.get("known"):
        told += " " + _("Choices: {known}.").format(known=facts["known"])
    if problem.code.startswith("swap.") and "next" in facts:
        told += " " + _next_days(problem).format_map(facts)
    if "among" in facts:
        told += " " + _("Did you mean one of: {among}?").format(among=facts["among"])
    return told + (" " + _("Did you mean '{nearest}'?").format(nearest=near) if near else "")


def _typed(problem: Problem) -> dict[str, str]:
    """How the value that was wanted is written."""
    from deskcli.cli.fact_words import TYPES

    kind = problem.facts.get("kind") if problem.code == "field.invalid" else None
    return {"kind": _(TYPES[str(kind)])} if kind in TYPES else {}


def _counted(problem: Problem) -> dict[str, str]:
    """Facts that count something, with the word for it."""
    days, lines = (problem.facts.get(key) for key in ("days", "count"))
    if problem.code == "rota.gap" and isinstance(days, int):
        return {"days": ngettext("{n} business day", "{n} business days", days).format(n=days)}
    if problem.code.startswith("transcript.") and isinstance(lines, int):
        return {"count": ngettext("{n} line", "{n} lines", lines).format(n=lines)}
    return {}


def _next_days(problem: Problem) -> str:
    """Of whoever has not the day that was named: when it is theirs."""
    if problem.facts["next"]:
        return _("The next days of {from}: {next}.")
    return _("{from} has no day within a year.")


def label_of(problem: Problem) -> str:
    """What people call the field that it is about: as its form does, else as every list does."""
    from deskcli.cli.labels import LABELS

    label, name = str(problem.facts.get("label", "")), problem.facts.get("field")
    return _(LABELS[label]) if label == name and label in LABELS else label


SAYS = frozenset(("what", "detail", "kind", "expected", "reason", "why"))
PEOPLE = frozenset(("person", "actor", "holder", "able", "by", "from", "to"))
DATES = frozenset(("date", "due", "from", "until", "next", "against"))


def _fact(key: str, value: object) -> str:
    if key in SAYS and isinstance(value, str):
        return " | ".join(_said(key, word) for word in value.split(" | "))
    if key in PEOPLE and isinstance(value, list | str) and (known := _people()):
        value = list(map(known.label, value)) if isinstance(value, list) else known.label(value)
    if key == "at" and value:
        from deskcli.cli.show import moment

        return moment(str(value))
    if key in DATES:
        return ", ".join(map(_date, value)) if isinstance(value, list) else _date(value)
    return _plain(value)


def _people() -> People | None:
    """Those of the desk, where there is one that can be read: a problem is told without it too."""
    from deskcli.cli import session
    from deskcli.problem import DeskError

    try:
        return session.desk().config.people
    except (DeskError, OSError):
        return None


def _said(key: str, word: str) -> str:
    """What is ours to say, or one of the parsers' messages; else as it is."""
    from deskcli.cli.fact_words import REASONS, SAYABLE
    from deskcli.cli.yaml_words import SYNTAX

    if key in ("reason", "why") and word in REASONS:
        return _(REASONS[word])
    return _(SAYABLE[word]) if word in SAYABLE else _(SYNTAX.get(word, word) or word)


def _date(value: object) -> str:
    """ISO dates of facts as people write them."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(value))
    return f"{found[3]}/{found[2]}/{found[1]}" if found else _plain(value)


class _Facts(dict[str, str]):
    """A fact that the code did not give shows as its name, rather than hiding the problem."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {_plain(v)}" for k, v in value.items())
    if isinstance(value, list) and value and isinstance(value[0], Problem):
        return " ".join(map(worded, value))
    if isinstance(value, list | tuple | frozenset):
        return ", ".join(map(_plain, value)) or _("none")
    return str(value)


@cache
def words() -> Mapping[str, str]:
    from deskcli.cli.problem_words import WORDS

    return WORDS
