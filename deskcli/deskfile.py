"""`desk.yaml` and `workflows/views.yaml` as people write them."""

from typing import Annotated, Literal

import msgspec

from deskcli.yamltext import Value


class Policies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Choices of the desk where its instructions leave room.

    `attendance_days`: a resolved ticket still counts as the requester's conversation for so many
    days (O-X12). `counts_as_update`: what an update is (O8). `sweep_limit`: a sweep that would
    touch more tickets stops and asks. `umask`: `group` for a shared desk (0664), `private` (0600).
    `visit_roles` may schedule visits (nobody named: everybody), which last `visit_minutes`. `gate`
    is the view that must be empty when the day ends (F11, F19), `late` the one whose tickets are
    late besides those past their date (O7). What waits in the outbox for more
    than `outbox_days` is not sent unasked: a desk that goes live does not send last month's.
    """

    attendance_days: Annotated[int, msgspec.Meta(ge=0)] = 7
    counts_as_update: tuple[str, ...] = (
        *("replied", "messaged", "applied", "filled", "moved", "resolved"),
        "edited",
    )
    sweep_limit: Annotated[int, msgspec.Meta(ge=1)] = 200
    umask: Literal["group", "private"] = "group"
    default_form: str = ""
    visit_roles: tuple[str, ...] = ()
    visit_minutes: Annotated[int, msgspec.Meta(ge=1)] = 60
    gate: str = ""
    late: str = ""
    outbox_days: Annotated[int, msgspec.Meta(ge=0)] = 7


class Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way out of the desk, which a sender outside serves; `kind` is what it sends to."""

    id: str
    label: str
    kind: Literal["email", "phone"]
    aliases: list[str] = []
    provisional: bool = False
    source: list[str] = []
    note: str = ""


CHANNELS = (Channel("email", "E-mail", "email"), Channel("whatsapp", "WhatsApp", "phone"))


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`desk.yaml`. `prefix` begins every ticket's id; `live` lets messages leave the desk, by the
    first of its `channels` for which there is an address (`CHANNELS` for a desk that names none).
    """

    name: str
    prefix: Annotated[str, msgspec.Meta(pattern="^[A-Z][A-Z0-9]{0,9}$", title="prefix")]
    language: str = "pt-BR"
    timezone: str = "America/Sao_Paulo"
    calendar: str = "comercial"
    live: bool = False
    channels: list[Channel] = []
    brands: dict[str, str] = {}
    variables: dict[str, str] = {}
    policies: Policies = Policies()
    provisional: list[str] = []
    note: str = ""


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named filter for `list`. `columns` are the values that it shows beside the ticket's number,
    by their paths, in place of the usual ones.
    """

    label: str
    when: dict[str, Value] = {}
    sort: Literal["", "number", "due", "changed"] = ""
    columns: list[str] = []
    aliases: list[str] = []
    provisional: bool = False
    note: str = ""


class ViewsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    views: dict[str, View] = {}
