"""Forms: which values a kind of ticket has, demands and fixes: `workflows/forms/*.yaml`."""

from functools import cached_property
from typing import Annotated, Literal

import msgspec

from deskcli.condition import ALWAYS, Condition, from_yaml
from deskcli.fold import fold
from deskcli.ticket import header_path
from deskcli.yamltext import Value

Kind = Literal[
    "text", "email", "phone", "document", "cnpj", "cpf", "date", "number", "money", "bool", "person"
]


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    label: str
    aliases: list[str] = []
    guidance: str = ""
    provisional: bool = False


class Default(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: str
    when: dict[str, Value] = {}


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value the form asks for; `id` is a header path or a name of the form's own.

    `required` is true, false, or a condition under which it is. `fixed` is what the form sets and
    nobody chooses (a list is added to); `default` what it sets when nothing was given; `proposed`
    what a refusal proposes, of choices otherwise the only one. `role` is asked of the person that a
    field of type `person` names. `min` is the least number of letters and digits; `vague` are
    values that say nothing, whatever stands between their words and however often they are said
    (F3). The choices of `priority` stand in order, the most urgent last.
    """

    id: str
    label: str
    type: Kind = "text"
    required: bool | dict[str, Value] = False
    fixed: str | list[str] | None = None
    default: str | list[Default] = ""
    proposed: str | list[Default] = ""
    choices: list[Choice] = []
    min: Annotated[int, msgspec.Meta(ge=0)] = 0
    vague: list[str] = []
    role: str = ""
    provisional: bool = False
    source: list[str] = []
    guidance: str = ""

    @property
    def path(self) -> str:
        return header_path(self.id)

    @property
    def needed(self) -> Condition | None:
        """When it is required: always, under a condition, or None for never."""
        if isinstance(self.required, bool):
            return ALWAYS if self.required else None
        return from_yaml(self.required)

    def choice(self, text: str) -> Choice | None:
        word = fold(text)
        names = ((fold(n), c) for c in self.choices for n in (c.id, c.label, *c.aliases))
        return dict(names).get(word)


OnReply = Annotated[
    dict[Literal["status"], str],
    msgspec.Meta(extra_json_schema={"propertyNames": {"enum": ["status"]}}),
]


class RouteStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the ladder that decides who gets a ticket; see `route.py`.

    Exactly one of `open_ticket_owner`, `assign`, `role`, `rota`, `roulette`, `team` says who;
    `assign` is a person, `@me` for who acts, or `@FIELD` for the person that a field names. The
    rest is what goes with that decision: `requires` must hold for it, `form` is the form to use
    instead, `sets` header values, `note` an internal note, `on_reply` what the first reply sets.
    """

    when: dict[str, Value] = {}
    requires: dict[str, Value] = {}
    open_ticket_owner: bool | str = False  # true, or the role that the owner must have
    assign: str = ""
    role: str = ""
    rota: str = ""
    roulette: str = ""
    team: str = ""
    form: str = ""
    sets: dict[str, str] = {}
    on_reply: OnReply = {}
    note: str = ""
    mentions: list[str] = []
    source: list[str] = []

    @property
    def owner_role(self) -> str:
        """'' for any owner; the reader gives `true` as text, like all else."""
        return "" if self.open_ticket_owner in (True, "true") else str(self.open_ticket_owner)


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a title is made: `text` names values of the ticket in double braces, when the one who
    opens it is of one of `teams` (empty: anybody) and `when` holds (F5).
    """

    text: str
    teams: list[str] = []
    when: dict[str, Value] = {}
    source: list[str] = []


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """`use_when` tells people which form to take; `categories` are the lists its category is of."""

    id: str
    label: str
    use_when: str = ""
    aliases: list[str] = []
    roles: list[str] = []
    categories: list[str] = []
    category_label: str = ""
    titles: list[Title] = []
    fields: list[Field] = []
    route: list[RouteStep] = []
    on_submit_macro: str = ""
    provisional: bool = False
    source: list[str] = []
    note: str = ""

    def field(self, path: str) -> Field | None:
        return self._by_path.get(path)

    @cached_property
    def _by_path(self) -> dict[str, Field]:
        """Of two with one path the first."""
        return {asked.path: asked for asked in reversed(self.fields)}
