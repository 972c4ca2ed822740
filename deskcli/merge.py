"""Tickets that belong together: a conversation appended to its ticket, or split into several, and
links between tickets (F6 to F8, C18).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskcli.act import not_held
from deskcli.intake import Intake, Origin, open_ticket
from deskcli.move import form_of, may_update, moving
from deskcli.problem import refuse
from deskcli.promise import told
from deskcli.quoted import CHAT
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket
from deskcli.yamltext import Value


@dataclass(frozen=True, slots=True)
class Talk:
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
    if _linked(ticket, other):
        raise refuse("link.same", ticket=ticket.id, other=other.id)
    return scene.change(ticket, {"did": "linked", "adds": {"links": [other.id]}})


def unlink(scene: Scene, ticket: Ticket, other: Ticket) -> Change:
    """From whichever of the two it stands on."""
    for one, to in ((ticket, other), (other, ticket)):
        if to.id in (one.header.get("links") or []):
            return scene.change(one, {"did": "unlinked", "drops": {"links": [to.id]}})
    raise refuse("link.none", ticket=ticket.id, other=other.id)


def link_key(ticket: str) -> str:
    """By this every ticket that is linked to another is found from that other one."""
    return "link:" + ticket


def link_keys(header: Mapping[str, Value]) -> frozenset[str]:
    links = header.get("links")
    return frozenset(link_key(str(other)) for other in (links if isinstance(links, list) else []))


def linked(ticket: Ticket, marked: Callable[[frozenset[str]], Iterable[Ticket]]) -> list[str]:
    """The tickets it concerns, on whichever of the two the link stands; `marked` finds by keys."""
    held = ticket.header.get("links")
    own = [str(other) for other in held] if isinstance(held, list) else []
    others = sorted((t.id for t in marked(frozenset((link_key(ticket.id),)))), key=_number)
    return list(dict.fromkeys([*own, *others]))


def _number(ticket: str) -> tuple[int, str]:
    return len(ticket), ticket


def _linked(one: Ticket, other: Ticket) -> bool:
    links = ((one.header.get("links") or []), (other.header.get("links") or []))
    return other.id in links[0] or one.id in links[1]
