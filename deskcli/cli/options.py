"""The global options: they stand before the command, and are needed before it is imported."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

import typer

from deskcli import __version__
from deskcli.cli import session
from deskcli.cli.complete import one_of, people
from deskcli.cli.words import _
from deskcli.problem import Problem

TAKES_VALUE = frozenset(("--desk", "--as", "--at", "--lang", "--color"))
CHOICES = {"--lang": ("pt-BR", "en", "pt"), "--color": ("auto", "always", "never")}


def split(args: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The command's name, and the global options that stand before it."""
    given: dict[str, str] = {}
    rest = iter(args)
    for arg in rest:
        option, equals, value = arg.partition("=")
        if option in TAKES_VALUE:
            given[option] = value if equals else next(rest, "")
        elif not arg.startswith("-"):
            return arg, given
    return "", given


def wrong(given: Mapping[str, str]) -> list[Problem]:
    """Values that are none of an option's choices; case, and pt_BR for pt-BR, do not count."""
    found = []
    for option, known in CHOICES.items():
        value = given.get(option, known[0])
        if value.replace("_", "-").lower() not in map(str.lower, known):
            facts = {"option": option, "value": value, "known": list(known)}
            found.append(Problem("option.choice", facts))
    return found


def _version(value: bool) -> None:
    if value:
        print(f"deskcli {__version__}")
        raise typer.Exit


def declared() -> Callable[..., None]:
    """For the option parser; a function, so that the help is worded after the language is known."""
    langs, colors = (one_of(*CHOICES[name]) for name in ("--lang", "--color"))
    actor, words = _("Act as a person"), _("Language of messages")

    def given(
        desk: Annotated[str, typer.Option(metavar="DIR", help=_("The desk's folder"))] = "",
        as_: Annotated[
            str, typer.Option("--as", metavar="PERSON", help=actor, autocompletion=people)
        ] = "",
        at: Annotated[str, typer.Option(metavar="INSTANT", help=_("As if it were then"))] = "",
        lang: Annotated[
            str, typer.Option(metavar="pt-BR|en", help=words, autocompletion=langs)
        ] = "",
        no_input: Annotated[bool, typer.Option("--no-input", help=_("Never ask"))] = False,
        color: Annotated[
            str,
            typer.Option(metavar="auto|always|never", help=_("Colours"), autocompletion=colors),
        ] = "auto",
        version: Annotated[
            bool,
            typer.Option("--version", callback=_version, is_eager=True, help=_("Show version")),
        ] = False,
    ) -> None:
        session.options = session.Options(desk, as_, at, no_input, color.lower())

    return given
