"""A form on a ticket that exists: 'Atualizar e atribuir Ticket usando formulários' (O15 to O33).

What stands on the ticket counts as given; the form and the option that are named now fix, demand
and decide as for a new ticket, so that a change of subject also changes who has it. A closed ticket
is only corrected: it stays closed and with whom it was, and nobody is told. To have it decided anew
it is reopened first, or given a status or a person with it.
"""

from collections.abc import Mapping, Set
from typing import Any

from msgspec.structs import replace

from deskcli.act import set_values
from deskcli.category import Option
from deskcli.config import find
from deskcli.default import following, implied
from deskcli.demand import asked_for, by_key
from deskcli.draft import STAYS, Draft, begin, fill
from deskcli.form import Form
from deskcli.intake import form_macro, routing_acts
from deskcli.move import demands, form_of, may_update, option_of
from deskcli.problem import DeskError, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, apply, copy_of, differences, header_path
from deskcli.yamltext import Value

# What the form and the option decide anew.
DECIDED = ("assignee", "team", "on_reply", "outcome", "subcategory")


def change_values(scene: Scene, ticket: Ticket, values: Mapping[str, str]) -> Change:
    """`set`: a form or a category decides anew who has the ticket, other values are only set."""
    anew = by_key(form_of(scene, ticket), values).keys() & {"form", "category"}
    return (refill if anew else set_values)(scene, ticket, values)


def refill(scene: Scene, ticket: Ticket, values: Mapping[str, str]) -> Change:
    """Fill another form, or the same with another category; refuses with all that is missing.

    Fields may be named by the labels of the form that is filled.
    """
    named = values.get("form", "").strip()
    may_update(scene, ticket, "form" if named else "category")
    form = find("form", named or ticket.text("form"), scene.config.forms)
    values = by_key(form, values)
    _not_empty(form, values)
    draft = _draft(scene, ticket, values)
    fill(draft)
    if draft.problems:
        raise DeskError(*(_held(ticket, problem) for problem in draft.problems))
    _promise_kept(ticket, draft, values)
    sets = differences(_without(ticket.header), _without(draft.header))
    sets |= following(scene, draft.form, ticket.header, sets)
    if not sets and (draft.is_closed or draft.decision.person == ticket.text("assignee")):
        raise refuse("set.same", ticket=ticket.id)
    if draft.is_closed:
        _stays_closed(scene, ticket, draft)
        return scene.change(ticket, {"did": "filled", "sets": sets})
    return scene.change(ticket, *_acts(ticket, draft, sets))


def _acts(ticket: Ticket, draft: Draft, sets: dict[str, Value]) -> list[dict[str, Any]]:
    """The form filled, who has the ticket now, and the form's own macro."""
    if (had := ticket.text("assignee")) not in ("", draft.decision.person):
        draft.decision.steps.insert(0, {"step": "held", "result": had})
    routed, *notes = routing_acts(draft.decision)
    if had and not draft.decision.person:
        routed["sets"] = {**draft.decision.sets, "assignee": None}
    acts: list[dict[str, Any]] = [{"did": "filled", "sets": sets}]
    if _is_closed(draft.scene, ticket) and draft.scene.config.workflow.is_open(
        str(draft.get("status"))
    ):
        acts.append({"did": "reopened", "sets": {"status": sets.pop("status")}})
    acts += [routed, *notes]
    if draft.form.on_submit_macro:
        acts.append(form_macro(draft, ticket, acts))
    return acts


def _stays_closed(scene: Scene, ticket: Ticket, draft: Draft) -> None:
    """Refuses what would leave a closed ticket without what it needs to be one (O33.16)."""
    status = scene.config.workflow.find(ticket.text("status"))
    now = scene.facts(Ticket(draft.header, ticket.history))
    lacking = list(demands(scene, status, draft.form, draft.option, now))
    if lacking and draft.option != option_of(scene, ticket):
        raise DeskError(*lacking)


def _not_empty(form: Form, values: Mapping[str, str]) -> None:
    """Refuses an empty form or category: a ticket has both."""
    empty = [name for name in ("form", "category") if not values.get(name, "-").strip()]
    if empty:
        missing = (asked_for(form.field(name), name) for name in empty)
        raise DeskError(*(Problem("field.required", facts) for facts in missing))


def _promise_kept(ticket: Ticket, draft: Draft, values: Mapping[str, str]) -> None:
    """Refuses another day than the one that stands without a word on why (F18): that is `due`."""
    held, day = ticket.text("due"), draft.get("due")
    if draft.is_closed and day not in (None, held):
        status = draft.scene.config.workflow.find(ticket.text("status"))
        raise refuse("due.closed", ticket=ticket.id, status=status.label)
    if "due" in values and held and day != held:
        raise refuse(
            "set.command", ticket=ticket.id, field="due", command="due", day=day, value=day
        )


def _held(ticket: Ticket, problem: Problem) -> Problem:
    """Who may do what is refused, where that is who has the ticket: to be asked, not assigned."""
    holder = ticket.text("assignee")
    able = problem.facts.get("able")
    if not isinstance(able, list) or holder not in able:
        return problem
    return replace(problem, facts={**problem.facts, "ticket": ticket.id, "holder": holder})


def _draft(scene: Scene, ticket: Ticket, values: Mapping[str, str]) -> Draft:
    """What the ticket has, without what its old form fixed and what is decided anew."""
    is_closed = _is_closed(scene, ticket) and not values.keys() & STAYS
    anew = frozenset(DECIDED) - (STAYS if is_closed else frozenset())
    held = copy_of({k: v for k, v in ticket.header.items() if k not in anew})
    form = find("form", values.get("form") or ticket.text("form"), scene.config.forms).id
    _leave(held, form_of(scene, ticket), scene.config.forms[form])
    category = values.get("category") or _kept(scene, ticket, form)
    held.pop("category", None)
    draft = begin(scene, {**values, "form": form, "category": category}, held)
    given = {header_path(name) for name in values}
    _yield(draft, option_of(scene, ticket), given)
    _go_on(draft, ticket, given)
    fixed = draft.form.field("status")
    if fixed and fixed.fixed and not values.get("status") and not is_closed:
        held.pop("status", None)
    draft.is_closed = is_closed
    return draft


def _is_closed(scene: Scene, ticket: Ticket) -> bool:
    return not scene.config.workflow.is_open(ticket.text("status"))


def _yield(draft: Draft, old: Option | None, given: Set[str]) -> None:
    """What the old option fixed gives way to what the new one fixes, unless it was `given` now."""
    fixed = {header_path(name): value for name, value in old.sets.items()} if old else {}
    anew = {header_path(name) for name in draft.option.sets} if draft.option else set()
    for path in (fixed.keys() & anew) - given:
        if draft.get(path) == fixed[path]:
            apply(draft.header, Event("", 0, "", "", "", sets={path: None}))


def _go_on(draft: Draft, ticket: Ticket, given: Set[str]) -> None:
    """What a rule of the old form chose, and the new one would not, gives way (O30, F10): it takes
    what the new form has for it, or is asked for.
    """
    now = implied(draft.scene, draft.form, draft.header)
    for path, value in implied(draft.scene, form_of(draft.scene, ticket), ticket.header).items():
        if ticket.get(path) == value != now.get(path) and path not in given:
            apply(draft.header, Event("", 0, "", "", "", sets={path: None}))


def _without(header: dict[str, Value]) -> dict[str, Value]:
    return {k: v for k, v in header.items() if k not in ("id", "assignee")}


def _leave(held: dict[str, Value], old: Form, new: Form) -> None:
    """Take out what the old form fixed, and its fields that the new one has not."""
    for asked in old.fields:
        gone = asked.fixed is not None or new.field(asked.path) is None
        if gone and asked.path.startswith("fields."):
            (held.get("fields") or {}).pop(asked.id, None)
        elif isinstance(asked.fixed, list):
            held[asked.path] = [m for m in held.get(asked.path) or [] if m not in asked.fixed]


def _kept(scene: Scene, ticket: Ticket, form: str) -> str:
    """The ticket's own category where the form takes it; else the form asks for one."""
    options = scene.config.categories.of(scene.config.forms[form].categories)
    held = ticket.text("category")
    return held if any(o.id == held for o in options) else ""
