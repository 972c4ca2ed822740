"""The words of every problem, and the language they are said in.

English is the source language, in the code; `locale/pt_BR` has the Portuguese. A problem is a code
with facts until it gets here, so tests and programs never depend on words.
"""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

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
    except (DeskError, OSError):
        return ""
    found = [line.partition(":")[2] for line in lines if line.startswith("language:")]
    return found[0].split("#")[0].strip(" '\"") if found else ""


def _of_locale() -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[n] for n in names if os.environ.get(n)), "")


def worded(problem: Problem) -> str:
    """The problem as a sentence; facts that are lists are joined."""
    from deskcli.cli.show import safe

    text = _(words()[problem.code])
    facts = {key: safe(_plain(value)) for key, value in problem.facts.items()}
    near = facts.get("nearest")
    told = text.format_map(_Facts(facts))
    return told + (" " + _("Did you mean '{nearest}'?").format(nearest=near) if near else "")


class _Facts(dict[str, str]):
    """A fact that the code did not give shows as its name, rather than hiding the problem."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {_plain(v)}" for k, v in value.items())
    if isinstance(value, list | tuple | frozenset):
        return ", ".join(map(_plain, value))
    return str(value)


@cache
def words() -> Mapping[str, str]:
    from deskcli.cli.problem_words import WORDS

    return WORDS
