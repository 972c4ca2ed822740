"""The option parser in the language of the person: its help, and what it says of a wrong call.

The parser asks our catalogue for its headings only; the rest of its English is put into words here.
"""

import re
import sys
from typing import Any

from typer.core import TyperCommand, TyperGroup

from deskcli.cli.words import N_, _

# What the parser says, and our words for it; what it may say besides stays as it is.
_SAID = {
    r"No such option: (?P<option>\S+)(?: .*)?": N_("There is no option {option}."),
    r"Missing (?:argument|option|parameter) '(?P<name>.*?)[.]*'\.": N_("{name} is missing."),
    r"Option '(?P<option>.*)' requires an argument\.": N_("{option} needs a value."),
    r"Option '(?P<option>.*)' does not take a value\.": N_("{option} takes no value."),
    r"Got unexpected extra argument(?:\(s\)|s)? \((?P<extra>.*)\)": N_("Too many words: {extra}"),
    r"Invalid value for '(?P<name>.*)': '?(?P<value>.*?)'? is not a valid int.*": N_(
        "{name} is a number, not '{value}'."
    ),
    r"Invalid value for '(?P<name>.*)': (?P<value>.*) is not in the range (?P<range>.*)\.": N_(
        "{name}: {value} is not within {range}."
    ),
}


# What stands for a value in help and examples; `ID` is said so in both languages.
METAVARS = frozenset(
    (
        *(N_("ADDRESS"), N_("BRAND"), N_("CATEGORY"), N_("CHANNEL"), N_("COLLEAGUE"), N_("DATE")),
        *(N_("DAYS"), N_("DIR"), N_("DOCUMENT"), N_("EMAIL"), N_("FIELD"), N_("FILE")),
        *(N_("FILTER"), N_("FORM"), N_("FROM"), N_("INSTANT"), N_("KIND"), N_("LIMIT")),
        *(N_("MACRO"), N_("MESSAGE"), N_("NAME"), N_("NOTE"), N_("OPERATION"), N_("ORG")),
        *(N_("OTHER"), N_("PACK"), N_("PERSON"), N_("PHONE"), N_("PLAN"), N_("REASON")),
        *(N_("REPLY"), N_("STATUS"), N_("SUMMARY"), N_("TEXT"), N_("TITLE"), N_("UNTIL")),
        *(N_("VALUE"), N_("VIEW"), N_("WHEN"), N_("WHO"), N_("WORD")),
    )
)


_COMPLETION = {
    "install_completion": N_("Install completion of commands and names in this shell"),
    "show_completion": N_("Show the script that completes commands and names in this shell"),
}


def in_words(text: str) -> str:
    """Help or an example with what stands for values in the person's language."""
    return re.sub(r"\b[A-Z]+\b", lambda word: _(word[0]) if word[0] in METAVARS else word[0], text)


class _Ours:
    """The parts of a command's help that the parser has in English."""

    def get_params(self, ctx: Any) -> Any:
        """What is given for each is called as it was declared, else by the option's own name."""
        found: Any = super().get_params(ctx)  # type: ignore[misc]
        for param in found:
            if not getattr(param, "is_flag", False):
                name = max(param.opts, key=len).strip("-_")
                param.metavar = in_words(param.metavar or name.upper())
        return found

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
        pieces = re.sub(r"\{(.*?)\}", r"\1", pieces)  # what must be given is bare
        pieces = pieces.replace("[OPTIONS]", _("[OPTIONS]"))
        pieces = pieces.replace("COMMAND [ARGS]...", _("COMMAND [ARGS]..."))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = _("Show this help")
        return option


class Command(_Ours, TyperCommand): ...


class Group(_Ours, TyperGroup):
    def get_params(self, ctx: Any) -> Any:
        """The parser's own options for completion have their help in English."""
        found: Any = super().get_params(ctx)
        for param in found:
            if param.name in _COMPLETION:
                param.help = _(_COMPLETION[param.name])
        return found


def tell_usage(error: Any) -> int:
    """What is wrong with the call, how it is written, and where to read more."""
    from deskcli.cli.show import paint, safe, tell

    said, _mark, near = error.format_message().partition(" Did you mean ")
    if type(error).__name__ == "NoArgsIsHelpError":
        tell(said)
        return int(error.exit_code)
    if error.ctx:
        tell(error.ctx.get_usage())
    tell(paint(safe(_words(said)), "red", sys.stderr))
    likely = getattr(error, "possibilities", None) or re.findall("'(.*?)'", near)
    if likely:
        tell("  " + _("Did you mean '{nearest}'?").format(nearest=safe(likely[0])))
    if error.ctx:
        tell("  " + _("try: {command}").format(command=f"{error.ctx.command_path} --help"))
    return int(error.exit_code)


def _words(said: str) -> str:
    for pattern, text in _SAID.items():
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return _(text).format(**found.groupdict())
    return said
