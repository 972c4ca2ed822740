"""`reply`: an answer to the requester, marked to be sent; nothing is sent yet."""

from typing import Annotated

import typer

from deskcli.answer import canned, reply, written
from deskcli.cli import complete, session
from deskcli.cli.events import show_changes
from deskcli.cli.rows import Channel, Dry, Format, Json, Several, Template, no_format, show_named
from deskcli.cli.texts import given_once, text_given
from deskcli.cli.words import _
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket


def command(
    ids: Several = "",
    text: Annotated[str | None, typer.Argument(help=_("The answer; - reads it"))] = None,
    message: Annotated[
        str | None, typer.Option("-m", "--message", help=_("The same as the text"))
    ] = None,
    template: Template = "",
    status: Annotated[
        str, typer.Option(help=_("Move the ticket with it"), autocompletion=complete.statuses)
    ] = "",
    channel: Channel = "",
    list_: Annotated[bool, typer.Option("--list", help=_("List the canned replies"))] = False,
    form: Format = "",
    as_json: Json = False,
    dry_run: Dry = False,
) -> None:
    if list_ or not ids:
        replies = session.desk().config.replies
        labels = {name: known.head.label for name, known in replies.items()}
        show_named("replies", labels, form, as_json)
        return
    no_format(form, as_json, "reply --list")
    given_once(text=text, message=message, template=template)
    own = "" if template else text_given(message if text is None else text, "reply")

    def act(scene: Scene, ticket: Ticket) -> Change:
        answer = canned(scene, ticket, template) if template else written(scene, ticket, own)
        return reply(scene, ticket, answer, status, channel)

    changes = session.change_each([ids], act, dry_run)
    show_changes(changes, dry_run)
