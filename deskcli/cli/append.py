"""`append`: a conversation to the ticket that it goes on with; nothing is resolved unasked."""

from pathlib import Path
from typing import Annotated

import typer

from deskcli.cli import chat, session
from deskcli.cli.events import show_changes
from deskcli.cli.files import keep
from deskcli.cli.filters import bound
from deskcli.cli.labels import header_label, label
from deskcli.cli.rows import Dry, show_rows
from deskcli.cli.show import tell
from deskcli.cli.words import _
from deskcli.merge import append
from deskcli.problem import Exit, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket
from deskcli.whose import candidates

EXAMPLES = (
    "deskcli append conversa.txt",
    "deskcli append 1042 conversa.txt -m 'trocou o disjuntor' --resolve",
)


def command(
    first: Annotated[
        str, typer.Argument(metavar="[ID]", help=_("Ticket; without it, those that it may be"))
    ],
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("A WhatsApp export, or any text"))
    ] = "",
    summary: Annotated[str, typer.Option("-m", "--summary", help=_("What happened in it"))] = "",
    resolve: Annotated[bool, typer.Option("--resolve", help=_("It solved the problem"))] = False,
    org: Annotated[str, typer.Option(help=_("The organisation that asks"))] = "",
    dry_run: Dry = False,
) -> int:
    """Appends what is new in it; the raw file is attached, once."""
    talk = chat.read(Path(file or first))
    if not file:
        return _candidates(talk, org, first)

    if not summary.strip():
        raise refuse("append.summary", ticket=first)

    def act(scene: Scene, ticket: Ticket) -> Change:
        new = chat.news(scene, talk, talk.transcript.messages, ticket)
        if not new.messages:
            raise refuse("append.same", tickets=list(new.told))
        new.show()
        change = append(scene, ticket, talk.talk(new.messages), summary, resolve)
        if not dry_run:
            keep([talk.file])
        return change

    show_changes(session.change_each([first], act, dry_run), dry_run)
    return Exit.DONE


def _candidates(talk: chat.Chat, org: str, file: str) -> int:
    """Open tickets of the same organisation or contact, the latest first, and by what they were
    found (F6).
    """
    here = session.desk()
    here.index.refresh()
    found = chat.clues_of(talk)
    if org:
        found["org"] = (here.config.orgs.find(org).id,)
    rows = here.index.select(bound(candidates(found)), "changed DESC")
    show_rows(rows, "", False)
    if found:
        tell(_("Looked for: {clues}.").format(clues="; ".join(map(_clue, found.items()))))
    raise refuse("append.which", known=[row.id for row in rows], file=file)


def _clue(found: tuple[str, tuple[str, ...]]) -> str:
    path, values = found
    name = _("Ticket") if path == "id" else header_label(path)
    return f"{name} {', '.join(label(path, value) for value in values)}"
