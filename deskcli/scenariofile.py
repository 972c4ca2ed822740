"""Scenarios of the desk itself, given, when, then: `workflows/tests/*.yaml`. `check` tries them."""

from msgspec import Struct, field

from deskcli.org import Org
from deskcli.people import Person
from deskcli.rota import Absence, Swap
from deskcli.yamltext import Value


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """What there is; the tickets, absences and swaps of the desk itself are left aside, and `orgs`
    are beside its own. `duty` is the order of a rota, by its id, from the scenario's day on.

    A ticket is written as its header is, and may say `updated`, when it last was, and `macros`
    that were applied to it. The first one is the ticket that the scenario is about.
    """

    tickets: list[dict[str, Value]] = []
    absences: list[Absence] = []
    swaps: list[Swap] = []
    duty: dict[str, list[str]] = {}
    orgs: list[Org] = []


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """What happens, one thing: each is the command of its name, with what it takes.

    `create` and `set` take fields, `assign` a person, `rota:NAME` ..., `move` a status, `apply` a
    macro, `annotate` and `reply` a text, `due` a date; `sweep` looks at the ticket. `message` is
    the text of a first message (`outbox add`); `schedule` and `reschedule` take when a visit is
    (`visit schedule`, `visit move`), with which the customer agrees when `confirmed`. `note` goes
    with what takes one, and `due` with `move`.
    """

    create: dict[str, str | dict[str, str]] | None = None
    set: dict[str, str | dict[str, str]] | None = None
    assign: str = ""
    move: str = ""
    apply: str = ""
    annotate: str = ""
    reply: str = ""
    message: str = ""
    due: str = ""
    schedule: str = ""
    reschedule: str = ""
    confirmed: bool = False
    sweep: bool = False
    note: str = ""


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """`at` is when, a date and a time; `as` who acts, and without it things come from outside, as
    by an import. `then` is a condition on the ticket as it is afterwards, which may also ask for
    `refused` (codes), `missing` (fields that a refusal named), `why` (the step that decided who got
    it), and for what is to be sent: `outbox.channel`, `.address`, `.whom` and `.text`.
    """

    name: str
    at: str
    when: When
    then: dict[str, Value]
    as_: str = field(default="", name="as")
    given: Given = Given()
    source: list[str] = []
    note: str = ""


class ScenariosFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`people` are beside the desk's own: who comes and goes there breaks nothing here."""

    scenarios: list[Scenario]
    people: list[Person] = []
