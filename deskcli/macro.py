"""Macros, 'Ações Automáticas': several acts under one name: `workflows/macros/*.yaml`."""

from typing import Annotated

import msgspec

from deskcli.yamltext import Value


class Attachments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At least `min` files whose content (not name) is one of `types`: pdf, doc, docx (O9)."""

    types: list[str]
    min: Annotated[int, msgspec.Meta(ge=1)] = 1


class Macro(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`when` is where it may be applied, `requires` what must be there first.

    `reply` is a canned reply sent `to` the requester or to `team:NAME`; `forward_attachments` takes
    the ticket's files along. `asks` are fields that the person gives while applying it.
    """

    id: str
    label: str
    aliases: list[str] = []
    when: dict[str, Value] = {}
    requires: dict[str, Value] = {}
    attachments: Attachments | None = None
    asks: list[str] = []
    roles: list[str] = []
    sets: dict[str, str] = {}
    adds: dict[str, list[str]] = {}
    reply: str = ""
    to: str = "requester"
    forward_attachments: bool = False
    note: str = ""
    guidance: str = ""
    provisional: bool = False
    source: list[str] = []
