"""`init`: a new desk from a pack: its files are copied, to be edited by the desk's people."""

import shlex
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from deskcli import packs
from deskcli.cli import complete, session
from deskcli.cli.hint_facts import before
from deskcli.cli.hints import command_line, put_in_place
from deskcli.cli.problem_hints import BLANKS
from deskcli.cli.schema import write_schemas
from deskcli.cli.show import out, safe
from deskcli.cli.words import _, speak
from deskcli.config import find
from deskcli.desk import MARK, Desk, open_desk
from deskcli.people import People, PeopleFile
from deskcli.problem import DeskError, refuse
from deskcli.schema import typed
from deskcli.yamltext import read

IGNORED = ".deskcli/\ntickets/.tmp\n"


def command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=_("The new desk's folder"))
    ] = Path(),
    pack: Annotated[
        str,
        typer.Option(
            help=_("Pack to begin from; --packs lists them"), autocompletion=complete.shipped
        ),
    ] = "",
    list_packs: Annotated[bool, typer.Option("--packs", help=_("List the packs"))] = False,
    login: Annotated[
        str,
        typer.Option(
            metavar="PERSON", help=_("The person you are in it"), autocompletion=complete.people
        ),
    ] = "",
) -> None:
    known = packs.names()
    if list_packs:
        for name in known:
            out(safe(name))
        return
    if login and not pack and (here := _there(folder)):
        name = sign_in(here, login)
        session.begun.made = True
        out(_("You are {person} in this desk.").format(person=safe(name)))
        return
    if not pack and _is_desk(folder.resolve()):
        raise refuse("init.exists", folder=str(folder.resolve()))
    if not pack:
        raise refuse("init.pack", known=known)
    pack = find("pack", pack, {name: name for name in known})
    if login:
        _known(pack, login)  # before anything is made
    root = make(folder.resolve(), pack)
    if login:
        sign_in(Desk(root), login)
    session.begun.made = True
    speak("", str(root))
    out(_("Desk made in {folder}.").format(folder=safe(root)))
    told = _("Next: cd {folder}; deskcli check; deskcli create --guide")
    out(told.format(folder=safe(shlex.quote(str(_from_here(root))))))


def _there(folder: Path) -> Desk | None:
    """The desk that is there already, to become somebody in it."""
    try:
        return open_desk(str(folder) if folder != Path() else session.options.desk)
    except DeskError:
        return None


def _is_desk(root: Path) -> bool:
    return (root / MARK).exists()


def _people(pack: str) -> People:
    [file] = [source for source, target in packs.files(pack) if target == "people.yaml"]
    return People(typed(read(file.read_bytes(), file.name), PeopleFile))


def _known(pack: str, login: str) -> None:
    """Refuses whom the pack has not; there is no desk yet to ask who there are."""
    try:
        _people(pack).find(login)
    except DeskError as error:
        [problem] = error.problems
        typed = list(session.argv)
        if problem.facts["nearest"] or not put_in_place(typed, login, _(BLANKS["PERSON"])):
            raise
        raise DeskError(replace(problem, hint=command_line(typed[len(before(typed)) :]))) from None


def _from_here(root: Path) -> Path:
    here = Path.cwd()
    return root.relative_to(here) if root.is_relative_to(here) else root


def make(root: Path, pack: str) -> Path:
    """Copy the pack; nothing that is already there is touched. The file that makes a folder a desk
    comes last: who is killed before can begin anew, and what is there already is kept.
    """
    if _is_desk(root):
        raise refuse("init.exists", folder=str(root))
    made = {root / target: source.read_bytes() for source, target in packs.files(pack)}
    for place, data in made.items():
        if place.exists() and place.read_bytes() != data:
            raise refuse("file.there", file=str(place), chosen=pack)
    for name in ("tickets", "inbox"):
        (root / name).mkdir(parents=True, exist_ok=True)
    write_schemas(root)
    if not (root / ".gitignore").exists():
        _whole(root / ".gitignore", IGNORED.encode())
    for place in sorted(made, key=lambda place: place == root / MARK):
        place.parent.mkdir(parents=True, exist_ok=True)
        _whole(place, made[place])
    return root


def _whole(place: Path, data: bytes) -> None:
    """Half a file is never there under its name."""
    temp = place.with_name(f".{place.name}.tmp")
    temp.write_bytes(data)
    temp.rename(place)


def sign_in(desk: Desk, person: str) -> str:
    """Put the system's user down as a person of the desk, by a splice of people.yaml; gives the
    person's name. Who is somebody else already stays that.
    """
    from deskcli.yamledit import Append, edit

    with desk.writing():
        people = desk.config.people
        found, now = people.find(person), people.by_login(desk.login)
        if now and now.id != found.id:
            raise refuse("login.taken", login=desk.login, person=now.id, wanted=found.id)
        n = [p.id for p in people.file.people].index(found.id)
        if not now:
            add = Append(("people", n, "login"), desk.login)
            desk.store.replace(edit(desk.document("people"), [add]))
    return found.name
