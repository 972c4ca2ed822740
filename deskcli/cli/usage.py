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
}


_COMPLETION = {
    "install_completion": N_("Install completion of commands and names in this shell"),
    "show_completion": N_("Show the script that completes commands and names in this shell"),
}


class _Ours:
    """The parts of a command's help that the parser has in English."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
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
