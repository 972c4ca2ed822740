"""Values of a form -> a new ticket, or every reason why not (O15 to O33).

One path for all: `create` is an import of one row. What a person gave is put in its written form,
the option and the form add what they fix, everything demanded is checked, and the ladder says who
gets it. Nothing here writes: the outcome is a `Change` and what to tell the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskcli.act import macro_act
from deskcli.category import Option
from deskcli.condition import Condition, bind, from_yaml, holds
from deskcli.config import find
from deskcli.demand import asked_for, known_path, normal, unmet
from deskcli.fold import nearest
from deskcli.form import Default, Field, Form
from deskcli.people import PROGRAM
from deskcli.problem import DeskError, Problem
from deskcli.route import Decision, route
from deskcli.scene import Scene
from deskcli.ticket import (
    HEADER,
    Change,
    Event,
    Ticket,
    field_name,
    header_path,
    lookup,
    replay,
    split_path,
)
from deskcli.values import NORMAL
from deskcli.yamltext import Value


@dataclass(slots=True)
class Draft:
    """A ticket on its way: its header so far, the form and option that rule it, its problems."""

    scene: Scene
    header: dict[str, Value]
    form: Form
    option: Option | None = None
    problems: list[Problem] = field(default_factory=list)
    decision: Decision = field(default_factory=Decision)

    def get(self, path: str) -> Value:
        return lookup(self.header, path)

    def put(self, path: str, value: Value) -> None:
        put(self.header, path, value)

    def wrong(self, code: str, **facts: object) -> None:
        self.problems.append(Problem(code, facts))


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a submission: a change, or the problems that stopped it."""

    draft: Draft | None
    problems: tuple[Problem, ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a submission comes from: `source` tells an import's rows apart, `extra` are cells that
    no field took, `files` are attachments already stored.
    """

    source: dict[str, Value] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    files: list[Value] = field(default_factory=list)


def open_ticket(scene: Scene, values: Mapping[str, str], origin: Origin | None = None) -> Intake:
    """A new ticket of these values, keyed by field names as people type them.

    `description` becomes the opening message.
    """
    draft: Draft | None = None
    try:
        draft = begin(scene, values)
        fill(draft)
        if draft.problems:
            return Intake(draft, tuple(draft.problems))
        change = _opened(draft, values.get("description", ""), origin or Origin())
    except DeskError as error:
        return Intake(draft, error.problems)
    scene.remember(change)
    return Intake(draft, (), change)


# -- what was given -------------------------------------------------------------------------------


def begin(scene: Scene, values: Mapping[str, str]) -> Draft:
    """The draft with what was given, each value in its written form."""
    config = scene.config
    name = values.get("form") or config.settings.policies.default_form
    draft = Draft(scene, {}, find("form", name, config.forms))
    take_category(draft, values.get("category", ""))
    given = {header_path(k): v for k, v in values.items() if v.strip()}
    for path, text in given.items():
        if path not in ("form", "category", "description", "fields.description"):
            take(draft, path, text)
    return draft


def take_category(draft: Draft, name: str) -> None:
    """The option that was chosen, and its form when it demands another (O33.25, O33.33)."""
    fixed = draft.form.field("category")
    if not name and fixed and isinstance(fixed.fixed, str):
        name = fixed.fixed
    if not name:
        return
    try:
        option = draft.scene.config.categories.find(name, draft.form.categories)
    except DeskError as error:
        draft.problems += error.problems
        return
    draft.option = option
    draft.put("category", option.id)
    if option.form:
        use_form(draft, option.form)


def use_form(draft: Draft, name: str) -> None:
    """Go on with another form; one that fixes the category keeps the option as subcategory."""
    draft.form = find("form", name, draft.scene.config.forms)
    fixed = draft.form.field("category")
    if fixed and isinstance(fixed.fixed, str) and draft.option:
        draft.put("subcategory", draft.option.id)
        draft.put("category", fixed.fixed)


def take(draft: Draft, path: str, text: str) -> None:
    """One value into the header, as it is stored; what can not be is a problem."""
    asked = draft.form.field(path)
    if not known_path(draft.form, draft.option, path):
        names = [f.id for f in draft.form.fields]
        name = field_name(path)
        draft.wrong("field.unknown", field=name, form=draft.form.id, nearest=nearest(name, names))
        return
    value, problem = normal(draft.scene, asked, path, text)
    if problem:
        draft.problems.append(problem)
    else:
        draft.put(path, value)


# -- what is fixed, and what is demanded ----------------------------------------------------------


def fill(draft: Draft) -> None:
    """All that the option and the form add, demand and decide."""
    permitted(draft)
    _set_by_option(draft)
    _set_by_form(draft)
    if draft.form.categories and not draft.get("category") and not draft.problems:
        draft.wrong("field.required", **asked_for(draft.form.field("category"), "category"))
    draft.problems += demanded(draft)
    if draft.problems:
        return
    draft.decision = route(draft.scene, draft.header, draft.form, draft.option)
    if draft.decision.form and draft.decision.form != draft.form.id:
        draft.form = find("form", draft.decision.form, draft.scene.config.forms)
        _set_by_form(draft)
        draft.problems += demanded(draft)
    draft.problems += draft.decision.problems


def permitted(draft: Draft) -> None:
    """Who may use the form and the option (O18, O-X16); what comes from outside may use neither."""
    has = draft.scene.person
    roles = frozenset(has.roles) if has and draft.scene.via != "import" else frozenset()
    for kind, item in (("form", draft.form), ("option", draft.option)):
        if item and item.roles and not roles & frozenset(item.roles):
            code = f"{kind}.import" if draft.scene.via == "import" else f"{kind}.roles"
            draft.wrong(code, label=item.label, roles=item.roles, actor=draft.scene.actor)


def _set_by_option(draft: Draft) -> None:
    for name, value in (draft.option.sets if draft.option else {}).items():
        _fix(draft, header_path(name), value, name)


def _set_by_form(draft: Draft) -> None:
    draft.header["form"] = draft.form.id
    for asked in draft.form.fields:
        if asked.fixed is not None and asked.path != "category":
            _fix(draft, asked.path, asked.fixed, asked.label)
        elif not draft.get(asked.path) and (value := _default(draft, asked)):
            draft.put(asked.path, value)
    if not draft.get("status"):
        draft.put("status", draft.scene.config.workflow.first("new", "open").id)


def _fix(draft: Draft, path: str, value: str | list[str], label: str) -> None:
    """A fixed list is added to; a fixed scalar may not have been given otherwise."""
    held = draft.get(path)
    if isinstance(value, list):
        draft.put(path, [*(held or []), *(v for v in value if v not in (held or []))])
    elif held and held != value and path != "status":
        name = field_name(path)
        draft.wrong("field.fixed", field=name, label=label, value=held, fixed=value)
    elif not held and not value.startswith("@"):
        draft.put(path, value)


def _default(draft: Draft, asked: Field) -> str:
    if isinstance(asked.default, str):
        return asked.default
    for option in asked.default:
        if _holds(draft, option):
            return option.value
    return ""


def _holds(draft: Draft, default: Default) -> bool:
    return holds(_bound(draft, from_yaml(default.when)), draft.header)


def _bound(draft: Draft, condition: Condition) -> Condition:
    return bind(condition, draft.scene.today, draft.scene.actor)


def demanded(draft: Draft) -> list[Problem]:
    """Every value that the form or the option demands and the draft does not have."""
    found: dict[str, Problem] = {}
    for asked in draft.form.fields:
        needed = asked.needed
        if needed is None or draft.get(asked.path) or asked.path in ("category", "assignee"):
            continue
        if holds(_bound(draft, needed), draft.header):
            found[asked.path] = Problem("field.required", asked_for(asked, asked.id))
    for problem in unmet(draft.scene, draft.form, draft.option, draft.header):
        found.setdefault(header_path(str(problem.facts["field"])), problem)
    wrong = {header_path(str(p.facts.get("field", ""))) for p in draft.problems}
    return [p for path, p in found.items() if path not in wrong]


# -- the change -----------------------------------------------------------------------------------


def _opened(draft: Draft, description: str, origin: Origin) -> Change:
    """The events of a new ticket: opened with its values, routed with every step tried, and what
    its form's macro does (O14).
    """
    header = draft.header
    text = NORMAL["text"](description) or ""
    header.setdefault("title", title_of(draft, text))
    header |= {"source": origin.source} if origin.source else {}
    header |= {"attachments": origin.files} if origin.files else {}
    order = {key: n for n, key in enumerate(HEADER)}
    sets = dict(sorted(header.items(), key=lambda kv: order.get(kv[0], len(order))))
    sets.pop("assignee", None)
    data = {"extra": origin.extra} if origin.extra else {}
    acts: list[dict[str, Any]] = [{"did": "opened", "sets": sets, "text": text, "data": data}]
    acts += routing_acts(draft.decision)
    if draft.form.on_submit_macro:
        acts.append(_macro(draft, acts))
    return draft.scene.change(Ticket({}), *acts)


def _macro(draft: Draft, acts: list[dict[str, Any]]) -> dict[str, Any]:
    """The form's own macro, applied to the ticket as the acts so far make it."""
    so_far = [Event("", 0, "", "", a["did"], sets=a.get("sets", {})) for a in acts]
    macro = find("macro", draft.form.on_submit_macro, draft.scene.config.macros)
    return macro_act(draft.scene, Ticket(replay(so_far)), macro, {})


def routing_acts(decision: Decision) -> list[dict[str, Any]]:
    """The events that a decision of the ladder makes: routed, and the note it asks for (O19)."""
    routed = {"did": "routed", "by": PROGRAM, "sets": decision.sets, "rule": decision.rule}
    acts: list[dict[str, Any]] = [{**routed, "why": decision.steps}]
    if decision.note:
        adds = {"mentions": decision.mentions} if decision.mentions else {}
        acts.append({"did": "noted", "by": PROGRAM, "text": decision.note, "adds": adds})
    return acts


def title_of(draft: Draft, text: str) -> str:
    """The first line of the message, else the option's label with the requester's name."""
    line = text.split("\n", 1)[0].strip()
    if line:
        return line if len(line) <= 80 else line[:79].rstrip() + "…"
    label = draft.option.label if draft.option else draft.form.label
    name = draft.get("requester.name")
    return f"{label} – {name}" if name else label


def put(header: dict[str, Value], path: str, value: Value) -> None:
    *above, key = split_path(path)
    for name in above:
        header = header.setdefault(name, {})
    header[key] = value
