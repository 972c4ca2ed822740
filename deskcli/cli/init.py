"""`init`: a new desk from a pack: its files are copied, to be edited by the desk's people."""

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from deskcli import packs
from deskcli.cli.schema import write_schemas
from deskcli.cli.show import out, safe
from deskcli.cli.words import _, speak
from deskcli.config import find
from deskcli.desk import MARK, Desk
from deskcli.problem import refuse

IGNORED = ".deskcli/\n"


def command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=_("The new desk's folder"))
    ] = Path(),
    pack: Annotated[str, typer.Option(help=_("Pack to begin from; --packs lists them"))] = "",
    list_packs: Annotated[bool, typer.Option("--packs", help=_("List the packs"))] = False,
    login: Annotated[str, typer.Option(metavar="PERSON", help=_("The person you are in it"))] = "",
) -> None:
    known = packs.names()
    if list_packs:
        for name in known:
            out(safe(name))
        return
    if not pack:
        raise refuse("init.pack", hint=f"deskcli init {folder} --pack {known[0]}", known=known)
    find("pack", pack, {name: name for name in known})
    root = make(folder.absolute(), pack)
    if login:
        sign_in(Desk(root), login)
    speak("", str(root))
    out(_("Desk made in {folder}.").format(folder=safe(root)))
    out(_("Next: cd {folder}; deskcli check; deskcli create --help").format(folder=safe(folder)))


def make(root: Path, pack: str) -> Path:
    """Copy the pack; nothing that is already there is touched."""
    if (root / MARK).exists():
        raise refuse("init.exists", folder=str(root))
    for source, target in packs.files(pack):
        place = root / target
        if place.exists():
            raise refuse("init.file", file=str(place))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.read_bytes())
    for name in ("tickets", "inbox"):
        (root / name).mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError), (root / ".gitignore").open("x") as file:
        file.write(IGNORED)
    write_schemas(root)
    return root


def sign_in(desk: Desk, person: str) -> None:
    """Put the system's user down as a person of the desk, by a splice of people.yaml."""
    from deskcli.yamledit import Append, edit

    found = desk.config.people.find(person)
    doc = desk.document("people")
    n = [p.id for p in desk.config.people.file.people].index(found.id)
    with desk.writing():
        desk.store.replace(edit(doc, [Append(("people", n, "login"), desk.login)]))
