"""The text of a note, a reply or a message: an argument, a pipe, or the person's editor."""

import os
import sys
from pathlib import Path

from deskcli.cli import session
from deskcli.cli.words import _
from deskcli.problem import refuse


def text_given(text: str | None, what: str) -> str:
    """The text of a note or reply: the argument, else standard input, else the person's editor."""
    if text is not None:
        return session.standard_input() if text == "-" else text
    if not sys.stdin.isatty():
        return session.standard_input()
    if session.options.no_input:
        raise refuse("text.none", what=what)
    return _edited()


def given_once(**typed: str | None) -> None:
    """Refuses a text that was typed in more than one way: only one of them would be sent."""
    called = {"text": _("TEXT"), "message": "-m", "template": "-t"}
    given = [called[way] for way, text in typed.items() if text]
    if len(given) > 1:
        raise refuse("option.both", one=given[0], other=given[1])


def _edited() -> str:
    """What the person writes in their editor ($VISUAL, $EDITOR, else vi)."""
    import shlex
    import subprocess
    import tempfile

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.NamedTemporaryFile(suffix=".md") as file:
        try:
            subprocess.run([*shlex.split(editor), file.name], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise refuse("text.editor", editor=editor, what=str(error)) from None
        return Path(file.name).read_text(errors="replace")
