"""Standard output and standard error as they may be: absent, full, closed, of another encoding."""

import contextlib
import os
import sys
from typing import TextIO


def make_ready() -> None:
    """Some daemons start their children without output; and a byte that the terminal's encoding
    has not is shown escaped.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: PTH123, SIM115
        getattr(sys, name).reconfigure(errors="backslashreplace")


def complain(text: str) -> None:
    """To standard error. Where nobody can be told, the exit code still says it."""
    try:
        sys.stderr.write(text)
    except OSError:
        _let_go(sys.stderr)


def let_go() -> None:
    """What is still to be written to an output that takes nothing is given up, not tried again."""
    _let_go(sys.stdout)
    _let_go(sys.stderr)


def _let_go(stream: TextIO) -> None:
    try:
        stream.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
