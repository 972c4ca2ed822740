"""What stands for a value in the help of every command: a word in capitals of the language."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from deskcli.cli import _app
from deskcli.cli.commands import COMMANDS
from deskcli.cli.usage import METAVARS
from deskcli.cli.words import _, speak

# Values as they are typed, in either language.
LITERAL = re.compile(r"[a-z]+(\|[a-z]+)+|pt-BR\|en|08:00-12:00")
SAME = {"ID", "STATUS"}


@pytest.fixture(params=["en", "pt-BR"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    speak(request.param)
    yield request.param
    speak("")


def commands() -> Iterator[tuple[str, Any, Any]]:
    """Every command that does something, with its name and its context."""
    for name in COMMANDS:
        group: Any = typer.main.get_command(_app(name))
        top = group.context_class(group, info_name="deskcli")
        yield from below(name, group.commands[name], top)


def below(name: str, command: Any, above: Any) -> Iterator[tuple[str, Any, Any]]:
    here = command.context_class(command, info_name=name.rsplit(maxsplit=1)[-1], parent=above)
    inner = getattr(command, "commands", {})
    if not inner:
        yield name, command, here
    for part, one in inner.items():
        yield from below(f"{name} {part}", one, here)


def blanks(command: Any, here: Any) -> Iterator[str]:
    for param in command.get_params(here):
        if not getattr(param, "is_flag", False):
            yield param.make_metavar(here)


def test_what_stands_for_a_value_is_a_word_of_the_language(lang: str) -> None:
    known = {_(word) for word in METAVARS} | SAME
    count = 0
    for name, command, here in commands():
        for blank in blanks(command, here):
            count += 1
            words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", blank.replace("[sla]", ""))
            assert LITERAL.fullmatch(blank) or (words and set(words) <= known), (name, blank)
    assert count > 150


def test_portuguese_has_words_of_its_own() -> None:
    speak("pt-BR")
    assert {word for word in METAVARS if _(word) == word} <= SAME
    assert len({_(word) for word in METAVARS}) == len(METAVARS), "two things with one name"
    speak("")


def test_a_list_of_commands_says_the_whole_of_each(lang: str) -> None:
    """On a terminal of 80 columns: the parser would cut it short."""
    for _name, command, here in commands():
        among = here.parent.command.commands
        room = 72 - max(map(len, among))
        assert len(_(command.help)) <= room or here.parent.parent is None, command.help


def test_the_help_shows_no_sign_of_the_parser(lang: str) -> None:
    for name, command, here in commands():
        said = command.get_help(here)
        assert not re.search(r"[{}]|<\w+>|<int", said), (name, said)
        assert re.search(r"\[OPTIONS\]" if lang == "en" else r"\[OPÇÕES\]", said), name
