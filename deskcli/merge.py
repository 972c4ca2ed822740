"""Tickets that belong together: a conversation appended to its ticket, or split into several, and
links between tickets (F6 to F8, C18).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from deskcli.act import not_held
from deskcli.intake import Intake, Origin, open_ticket
from deskcli.links import links_of
from deskcli.move import form_of, may_update, moving
from deskcli.problem import refuse
from deskcli.promise import told
from deskcli.quoted import CHAT
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket
from deskcli.yamltext import Value


class Talk(Struct, frozen=True):
    """A conversation, or the part of one that concerns a ticket.

    `key` is its fingerprint, `text` what was said, `lines` which ones of the file (`12-40`), and
    `file` the record of the raw file as an attachment.
    """

    key: str
    text: str
    lines: str
    file: dict[str, Value]

    @property
    def origin(self) -> Origin:
        """For a ticket that this conversation opens; the same part opens only one."""
        return Origin({"import": CHAT, "key": f"{self.key} {self.lines}"}, files=[self.file])


def append(scene: Scene, ticket: Ticket, talk: Talk, summary: str, resolve: bool = False) -> Change:
    """The conversation, and its summary as the first one or as an annotation (F7). Only `resolve`
    resolves: more information is not a solution (F-X5).
    """
    may_update(scene, ticket)
    if not summary.strip():
        raise refuse("append.summary", ticket=ticket.id)
    files = not_held(ticket, [talk.file])
    appended: dict[str, Any] = {"did": "appended", "text": talk.text}
    appended["data"] = {"transcript": {"key": talk.key, "lines": talk.lines}}
    appended |= {"adds": {"attachments": files}} if files else {}
    note = {"did": "noted", **told(form_of(scene, ticket), ticket, summary)}
    acts = [appended, note]
    if resolve:
        to = scene.config.workflow.first("resolved", "closed").id
        acts.append(moving(scene, ticket, to, sets=note.get("sets")))
    return scene.change(ticket, *acts)


def piece(scene: Scene, values: Mapping[str, str], talk: Talk, links: Sequence[str] = ()) -> Intake:
    """One ticket of a conversation that is about several things (F8)."""
    origin = talk.origin
    origin.links.extend(links)
    return open_ticket(scene, {**values, "description": talk.text}, origin)


def link(scene: Scene, ticket: Ticket, other: Ticket) -> Change:
    """Two tickets that concern each other; it stands on one of them and is found from both."""
    if ticket.id == other.id:
        raise refuse("link.self", ticket=ticket.id)
    if other.id in links_of(ticket.header) or ticket.id in links_of(other.header):
        raise refuse("link.same", ticket=ticket.id, other=other.id)
    return scene.change(ticket, {"did": "linked", "adds": {"links": [other.id]}})


def unlink(scene: Scene, tickets: Sequence[Ticket], other: Ticket) -> list[Change]:
    """Wherever each of the links stands; a ticket that has several of them changes once."""
    of = {ticket.id: ticket for ticket in (*tickets, other)}
    drops: dict[str, list[str]] = {}
    for ticket in tickets:
        pairs = dict.fromkeys(((ticket.id, other.id), (other.id, ticket.id)))
        held = [(one, to) for one, to in pairs if to in links_of(of[one].header)]
        if not held:
            raise refuse("link.none", ticket=ticket.id, other=other.id)
        for one, to in held:
            drops.setdefault(one, []).append(to)
    return [
        scene.change(of[one], {"did": "unlinked", "drops": {"links": links}})
        for one, links in drops.items()
    ]
