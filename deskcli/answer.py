"""Answers to the requester, by hand or canned: to whom they go, and who signs them."""

from collections.abc import Mapping
from typing import Any

from deskcli.address import recipient
from deskcli.config import find
from deskcli.demand import known_path
from deskcli.fold import fold
from deskcli.move import Act, form_of, may_update, option_of, target
from deskcli.outbox import outgoing
from deskcli.problem import refuse
from deskcli.reply import (
    Message,
    Reply,
    not_empty,
    placeholders,
    refuse_unknown,
    render,
    typed_text,
)
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket
from deskcli.wording import worded
from deskcli.yamltext import Value


def reply(
    scene: Scene, ticket: Ticket, message: Message, status: str = "", channel: str = ""
) -> Change:
    """An answer to the requester, marked to be sent; moves the ticket where its option says, unless
    `status` says otherwise; when that is where it is, a later answer may still move it (O-X15).
    """
    may_update(scene, ticket)
    text = message.text.strip()
    if not text:
        raise refuse("note.empty")
    data = outgoing(message, recipient(scene, ticket, channel))
    act: Act = {"did": "replied", "text": text, "data": data}
    after = ticket.header.get("on_reply") or {}
    if status and scene.config.workflow.find(status).id == ticket.text("status"):
        return scene.change(ticket, act)
    to = status or str(after.get("status", "") if isinstance(after, Mapping) else "")
    sets: dict[str, Value] = {"on_reply": None} if after else {}
    if to:
        sets["status"] = target(scene, ticket, to).id
    return scene.change(ticket, {**act, "sets": sets})


def reply_values(scene: Scene, ticket: Ticket) -> dict[str, Any]:
    """What the placeholders of a canned reply may name, the header `worded`; empty values are left
    out, so refused.
    """
    person, settings = scene.person, scene.config.settings
    agent = {"name": person.name, "email": person.email} if person else {}
    header = worded(scene.config, ticket.header)
    own = {name: text for name, text in settings.variables.items() if name not in header}
    values = {**header, "agent": agent, **own, "desk": {"name": settings.name}}
    if org := scene.org(ticket.header):
        values["org"] = org.named
    return not_empty({k: not_empty(v) if isinstance(v, dict) else v for k, v in values.items()})


def written(scene: Scene, ticket: Ticket, text: str) -> Message:
    """What somebody wrote by hand, its placeholders filled as in a canned reply, whose name alone
    is no answer.
    """
    for name, known in scene.config.replies.items():
        if fold(text.strip()) in map(fold, (name, known.head.label, *known.head.aliases)):
            raise refuse("reply.name", ticket=ticket.id, text=text.strip(), reply=name)
    if "{{" not in text:
        return Message(text)
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    values = reply_values(scene, ticket)
    refuse_unknown(text, values, ticket.id, lambda path: known_path(form, option, path))
    return _signed(scene, ticket, typed_text(text), values)


def canned(scene: Scene, ticket: Ticket, name: str, to: str = "requester") -> Message:
    """A canned reply for this ticket, every placeholder filled; refuses one that is written to
    somebody else.
    """
    found = find("reply", name, scene.config.replies)
    if found.head.to != to:
        macros = [m.id for m in scene.config.macros.values() if m.reply == found.id]
        to, label = found.head.to, found.head.label
        raise refuse("reply.to", reply=label, to=to, ticket=ticket.id, macros=macros)
    return _signed(scene, ticket, found, reply_values(scene, ticket))


def _signed(scene: Scene, ticket: Ticket, reply: Reply, values: Mapping[str, Any]) -> Message:
    """Filled by somebody whom the desk knows, where it names who answers."""
    if scene.person is None and any(name.startswith("agent.") for name in placeholders(reply)):
        raise refuse("reply.stranger", actor=scene.actor)
    return render(reply, values, ticket.id)
