"""Where messages go: the address of a customer, or of the desk's own people, by which channel."""

import re
from collections.abc import Mapping

from deskcli.config import Config, find
from deskcli.problem import DeskError, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import Ticket
from deskcli.values import NORMAL

_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")  # E.164


def recipient(
    scene: Scene, ticket: Ticket, channel: str = "", given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """`{channel, address}` of the customer: the address `given` (by kind: email, phone), else the
    requester's; by the channel asked for, else the desk's first one for which there is an address.
    With none at all it is the first channel's that is missing.
    """
    channels = scene.config.channels
    own = {kind: ticket.text(f"requester.{kind}") for kind in ("email", "phone")}
    given = {kind: text for kind, text in (given or {}).items() if text}
    known = given or {kind: text for kind, text in own.items() if text}
    able = [c for c in channels.values() if c.kind in known] or list(channels.values())
    chosen = find("channel", channel, channels) if channel else able[0]
    field = f"requester.{chosen.kind}"
    if given and chosen.kind not in known:
        raise refuse("channel.kind", channel=chosen.id, option=chosen.kind)
    if chosen.kind not in known:
        raise refuse("reply.address", ticket=ticket.id, field=field)
    text = known[chosen.kind]
    address = written(chosen.kind, (NORMAL[chosen.kind](text) or "") if given else text)
    if not address:
        label = f"--{chosen.kind}" if given else field
        facts = {"field": field, "label": label, "value": text, "kind": chosen.kind}
        raise DeskError(Problem("field.invalid", facts))
    return {"channel": chosen.id, "address": address}


def of_staff(config: Config, whom: str) -> dict[str, str]:
    """`{channel, address}` of a person, `team:NAME` or `role:NAME`, as people.yaml has it now;
    empty for whom it has none.
    """
    kind, _, name = whom.partition(":")
    people = config.people
    groups = {"team": people.file.teams, "role": people.file.roles}.get(kind, {})
    held = {"email": groups[name].email} if name in groups else {}
    if whom in people:
        held = {"email": people[whom].email, "phone": people[whom].phone}
    for channel in config.channels.values():
        if address := written(channel.kind, held.get(channel.kind, "")):
            return {"channel": channel.id, "address": address}
    return {}


def written(kind: str, text: str) -> str:
    """The address in its written form; '' for what is none."""
    if sendable(kind, text):
        return text
    address = NORMAL[kind](text) or "" if text else ""
    return address if sendable(kind, address) else ""


def sendable(kind: str, address: str) -> bool:
    """In its written form, and nothing in it that could begin another line of a header."""
    if kind == "phone":
        return _PHONE.fullmatch(address) is not None
    return address.isprintable() and NORMAL["email"](address) == address
