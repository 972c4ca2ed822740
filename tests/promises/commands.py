"""Every command that the program has, and which of them only read."""

from collections.abc import Iterator
from typing import Any

import typer

from deskcli.cli import _app
from deskcli.cli.commands import COMMANDS

# `check` and the lists may bring the index up to date, which is derived.
READING = frozenset(
    "check,reindex,list,show,today,search,why,history,visit list,visit export,outbox list,"
    "outbox export,rota who,rota show,rota check,rota stats,rota absence list,calendar show,"
    "calendar open,calendar explain,calendar what-if,org list,org show,people list,people show,"
    "report".split(",")
)
MAKING = frozenset(("init", "demo"))  # a desk where there is none


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its words, `rota absence add`, as the program itself declares them."""
    for name in COMMANDS:
        group = typer.main.get_command(_app(name))
        yield from _below(name, group.commands[name])  # type: ignore[attr-defined]


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield name, command
    for word, inner in (below or {}).items():
        yield from _below(f"{name} {word}", inner)
