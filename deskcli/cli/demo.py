"""`demo`: a desk in a new folder, with the pack's samples, shown by running real commands on it."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from deskcli import packs
from deskcli.cli import complete, session
from deskcli.cli.init import make, sign_in
from deskcli.cli.show import out, paint, safe
from deskcli.cli.words import _, speak
from deskcli.desk import Desk
from deskcli.problem import refuse
from deskcli.schema import typed
from deskcli.yamltext import read


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command to run in the desk, after a sentence that says what for."""

    run: str
    say: str = ""


class Demo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`demo.yaml` of a pack; `login` is the person that whoever runs it becomes."""

    login: str = ""
    default: bool = False
    steps: list[Step] = []
    next: list[Step] = []


def command(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help=_("A new folder"))] = None,
    pack: Annotated[
        str, typer.Option(help=_("Which pack's demo"), autocompletion=complete.shipped)
    ] = "",
) -> int:
    demos = {name: demo for name in packs.names() if (demo := _demo(name))}
    usual = next((name for name, demo in demos.items() if demo.default), "")
    name = pack or usual
    if name not in demos:
        raise refuse("pack.unknown", pack=name, known=list(demos))
    root = make((folder or _new_folder()).absolute(), name)
    for sample in packs.samples(name):
        (root / "inbox" / sample.name).write_bytes(sample.read_bytes())
    if demos[name].login:
        sign_in(Desk(root), demos[name].login)
    speak("", str(root))
    out(_("A desk in {folder}.").format(folder=safe(root)))
    failed = [step.run for step in demos[name].steps if not _run(root, step)]
    out()
    out(_("Try next, in {folder}:").format(folder=safe(root)))
    for step in demos[name].next:
        out(f"  deskcli {step.run}" + (f"   # {step.say}" if step.say else ""))
    return 1 if failed else 0


def _demo(pack: str) -> Demo | None:
    path = packs.demo(pack)
    return typed(read(path.read_bytes(), str(path)), Demo) if path else None


def _new_folder() -> Path:
    path, n = Path("deskcli-demo"), 2
    while path.exists():
        path, n = Path(f"deskcli-demo-{n}"), n + 1
    return path


def _run(root: Path, step: Step) -> bool:
    """Run a step as the person would; a refusal belongs to the show, a bug of ours does not."""
    out()
    if step.say:
        out(paint(step.say, "bold"))
    out(paint(f"$ deskcli {step.run}", "light blue"))
    sys.stdout.flush()
    choice = session.options
    shared = ["--color", choice.color] if choice.color != "auto" else []
    shared += ["--at", choice.at] if choice.at else []
    command = [sys.executable, "-m", "deskcli", *shared, *shlex.split(step.run)]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "DESKCLI_DESK": str(root)}, check=False
    )
    return done.returncode not in (1, 2)
