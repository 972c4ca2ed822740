"""`append`: a conversation to the ticket that it goes on with; nothing is resolved unasked."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from deskcli.cli import chat, session
from deskcli.cli.events import show_changes
from deskcli.cli.files import keep
from deskcli.cli.filters import bound
from deskcli.cli.labels import header_label, label, org_label
from deskcli.cli.rows import Dry, show_rows
from deskcli.cli.show import tell
from deskcli.cli.words import _
from deskcli.condition import Test
from deskcli.fold import fold
from deskcli.merge import append
from deskcli.problem import Exit, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket, put
from deskcli.whose import Clues, candidates, is_anybodys
from deskcli.workflow import CLOSED
from deskcli.yamltext import Value

EXAMPLES = (
    "deskcli append conversa.txt",
    "deskcli append 1042 conversa.txt -m 'trocou o disjuntor' --resolve",
)


def command(
    first: Annotated[
        str, typer.Argument(metavar="ID|FILE", help=_("Ticket; or the file alone: those it may be"))
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
            raise refuse("append.same", tickets=new.tickets)
        new.show()
        change = append(scene, ticket, talk.talk(new.messages), summary, resolve)
        if not dry_run:
            keep([talk.file])
        return change

    show_changes(session.change_each([first], act, dry_run), dry_run)
    return Exit.DONE


def _candidates(talk: chat.Chat, org: str, file: str) -> int:
    """The tickets that it may go on with, and by what they were found (F6): those it names, the
    open ones, the resolved ones that still count as a conversation; each the latest first. Where no
    more than a name tells whose it is, that is asked, unless a ticket's number stands in it.
    """
    here = session.desk()
    here.index.refresh()
    written = chat.clues_of(talk)
    found = _clues(talk, written, here.config.orgs.find(org).id if org else "")
    since = here.scene().days_ago(here.config.settings.policies.attendance_days)
    named = found.get("id", ())
    rows = here.index.select(bound(candidates(found)), "open DESC, changed DESC, number")
    rows = [r for r in rows if r.id in named or r.state not in CLOSED or _at(r.changed) > since]
    rows.sort(key=lambda row: row.id not in named)
    show_rows(rows, "", False)
    if found:
        tell(_("Looked for: {clues}.").format(clues="; ".join(map(_clue, found.items()))))
    asking = list(dict.fromkeys(str(row.header.get("org") or "") for row in rows))
    orgs = [here.config.orgs[name].name for name in asking if name in here.config.orgs]
    many = len(asking) > 1 or (orgs and is_anybodys(here.config, found))
    if many and not (org or written.get("id")):
        raise refuse("append.whose", orgs=orgs, file=file)
    raise refuse("append.which", known=[row.id for row in rows], file=file)


def _clues(talk: chat.Chat, written: Clues, org: str) -> Clues:
    """What it tells of whose it is: the tickets that have some of it first; names as tickets write
    them.
    """
    here, header = session.desk(), dict[str, Value]()
    for path, value in (chat.customer(talk) | ({"org": org} if org else {})).items():
        put(header, path, value)
    told = chat.news(here.scene(), talk, talk.transcript.messages, Ticket(header)).tickets
    found = written | ({"org": (org,)} if org else {})
    if told:
        found = {"id": tuple(dict.fromkeys((*told, *found.pop("id", ())))), **found}
    if names := found.get("requester.name"):
        rows = here.index.select(Test("requester.name", "contains", names))
        wanted, stored = set(map(fold, names)), (row.header["requester"]["name"] for row in rows)
        spelled = dict.fromkeys(name for name in stored if fold(name) in wanted)
        found["requester.name"] = tuple(spelled) or names
    return found


def _at(changed: str) -> datetime:
    return datetime.fromisoformat(changed)


def _clue(found: tuple[str, tuple[str, ...]]) -> str:
    path, values = found
    name = _("Ticket") if path == "id" else org_label() if path == "org" else header_label(path)
    return f"{name} {', '.join(label(path, value) for value in values)}"
