"""`create`: one submission, through the same door as an import's rows."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from msgspec.structs import replace
from typer import Argument, Option

from deskcli.cli import complete, session
from deskcli.cli.events import show_changes, step_lines
from deskcli.cli.files import Given, given, keep
from deskcli.cli.prompt import MESSAGE, Asking, ask, is_somebody_there, message_wanted, route_wanted
from deskcli.cli.rows import Dry, pairs
from deskcli.cli.show import out, safe
from deskcli.cli.texts import text_given
from deskcli.cli.words import _
from deskcli.config import find
from deskcli.draft import Draft, begin
from deskcli.intake import Origin, open_ticket
from deskcli.problem import DeskError, Exit, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket

EXAMPLES = (
    "deskcli create --guide",
    "deskcli create -c CATEGORY --name Ana --email ana@example.com -m 'Cuba'",
)
Title = Annotated[str, Argument(help=_("Title; without it, the message's first line"))]
Form = Annotated[
    str, Option(help=_("Form; without it, the desk's usual one"), autocompletion=complete.forms)
]
Category = Annotated[
    str,
    Option(
        "-c", "--category", help=_("Category, by id or label"), autocompletion=complete.categories
    ),
]
Name = Annotated[str, Option(help=_("The requester's name"))]
Email = Annotated[str, Option(help=_("The requester's e-mail"))]
Phone = Annotated[str, Option(help=_("The requester's telephone"))]
Document = Annotated[str, Option(help=_("The requester's CPF or CNPJ"))]
Org = Annotated[str, Option(help=_("The organisation that asks"))]
Assignee = Annotated[
    str,
    Option(
        *("-a", "--assignee"),
        metavar="PERSON",
        help=_("Person; overrides the rules"),
        autocompletion=complete.people,
    ),
]
Message = Annotated[str, Option("-m", "--message", help=_("What was asked; - reads it"))]
Fields = Annotated[
    list[str] | None,
    Option("-f", "--field", metavar="NAME=VALUE", help=_("Any other field, by key or label")),
]
Guide = Annotated[bool, Option("--guide", help=_("Show what there is to fill in, and for what"))]
Chat = Annotated[Path | None, Option(metavar="FILE", help=_("The conversation it comes from"))]
Files = Annotated[list[Path] | None, Option("--attach", metavar="FILE", help=_("A file to attach"))]

# With these a draft is that of what was probably meant.
GUESSED = frozenset(("category.form", "category.unknown"))

# Under the lock: the values with what is told besides, and where that comes from.
Telling = Callable[[Scene, dict[str, str]], tuple[dict[str, str], Origin]]


def command(
    title: Title = "",
    form: Form = "",
    category: Category = "",
    name: Name = "",
    email: Email = "",
    phone: Phone = "",
    document: Document = "",
    org: Org = "",
    assignee: Assignee = "",
    message: Message = "",
    fields: Fields = None,
    chat: Chat = None,
    files: Files = None,
    guide: Guide = False,
    dry_run: Dry = False,
) -> int:
    if guide:
        return _guide(form)
    asked = {"name": name, "email": email, "phone": phone, "document": document}
    typed = {"title": title, "form": form, "category": category, "assignee": assignee}
    typed |= {"org": org}
    typed |= {f"requester.{key}": value for key, value in asked.items()}
    typed["description"] = text_given(message, "message") if message == "-" else message
    values = pairs(fields or []) | {key: value for key, value in typed.items() if value}
    attached = given(files or [])
    if chat is None:
        return _create(values, attached, dry_run)
    return _from_chat(chat, values, attached, dry_run)


def _from_chat(path: Path, values: dict[str, str], files: list[Given], dry: bool) -> int:
    """A new problem told in a conversation (F2): what was said opens the ticket, once."""
    from deskcli.cli import chat

    read = chat.read(path)
    shown: list[chat.News] = []

    def told(scene: Scene, values: dict[str, str]) -> tuple[dict[str, str], Origin]:
        asking = Ticket(begin(scene, values).header)
        new = chat.news(scene, read, read.transcript.messages, asking)
        if not new.messages:
            raise refuse("append.same", tickets=new.tickets)
        if new not in shown:  # answers bring us here again
            new.show()
            shown.append(new)
        talk = read.talk(new.messages)
        said = "\n\n".join(filter(None, (values.get("description"), talk.text)))
        return {**values, "description": said}, Origin(talk.origin.source)

    return _create({**chat.customer(read), **values}, [read.file, *files], dry, told)


def _guide(form: str) -> int:
    from deskcli.cli.guide import guide

    scene = session.desk().scene()
    found = find("form", form, scene.config.forms) if form else None
    if found and not scene.may(found.roles):
        raise DeskError(scene.forbidden("form.roles", found.roles, label=found.label))
    for line in guide(found.id if found else ""):
        out(line)
    return Exit.DONE


def _create(
    values: dict[str, str], files: list[Given], dry: bool, told: Telling | None = None
) -> int:
    """Open the ticket; on a terminal, what is missing is asked for instead of refused."""
    asking = Asking()
    while True:
        try:
            return _open(values, files, dry, asking, told)
        except DeskError as error:
            if not ask(error.problems, asking):
                session.argv[:] = asking.typed  # for the command that is told
                raise


def _open(
    typed: dict[str, str], files: list[Given], dry: bool, asking: Asking, told: Telling | None
) -> int:
    drafts: list[Draft] = []

    def decide(scene: Scene) -> list[Change]:
        values, origin = typed | asking.answers, Origin()
        if told:
            values, origin = told(scene, values)
        origin = replace(origin, files=[file.record for file in files])
        intake = open_ticket(scene, values, origin)
        if intake.draft and not GUESSED & {problem.code for problem in intake.problems}:
            asking.form = intake.draft.form
        if intake.change is None or intake.draft is None:
            raise DeskError(*intake.problems)
        if is_somebody_there() and not dry:
            if wanted := route_wanted(intake.draft, values):
                raise DeskError(*wanted)
            if not {"title", MESSAGE} & set(values):
                raise DeskError(message_wanted())
        drafts.append(intake.draft)
        if not dry:
            keep(files)
        return [intake.change]

    changes = session.write(decide, dry)
    decision, option = drafts[-1].decision, drafts[-1].option
    session.begun.code = Exit.GATE if decision.is_unassigned else Exit.DONE
    show_changes(changes, dry)
    if dry or decision.is_unassigned:
        for line in step_lines(decision.steps):
            out(line)
    if option and option.suggests and not dry:
        macros, ticket = safe(", ".join(option.suggests)), changes[0].ticket.id
        out(_("Next: deskcli apply {ticket} MACRO ({macros})").format(ticket=ticket, macros=macros))
    return session.begun.code
