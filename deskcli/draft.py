"""A ticket on its way in: what was given, what option and form add and demand (O15 to O33)."""

from collections.abc import Mapping

from msgspec import Struct, field

from deskcli.act import as_fixed
from deskcli.category import Option
from deskcli.condition import Test
from deskcli.config import find
from deskcli.default import which
from deskcli.demand import asked_for, by_key, known_path, lacks, no_field, normal, unlisted
from deskcli.fold import fold
from deskcli.form import Form
from deskcli.move import entry
from deskcli.org import Org
from deskcli.problem import DeskError, Problem
from deskcli.promise import due_in, past
from deskcli.route import Decision, route
from deskcli.scene import Scene
from deskcli.ticket import Ticket, copy_of, field_name, header_path, lookup, put
from deskcli.yamltext import Value

# What a ticket keeps that `is_closed`: it is corrected, not worked on.
STAYS = frozenset(("status", "assignee", "team", "on_reply"))


class Draft(Struct):
    """A ticket on its way: its header so far, the form and option that rule it, its problems."""

    scene: Scene
    header: dict[str, Value]
    form: Form
    option: Option | None = None
    problems: list[Problem] = []
    decision: Decision = field(default_factory=Decision)
    is_closed: bool = False

    def get(self, path: str) -> Value:
        return lookup(self.header, path)

    def put(self, path: str, value: Value) -> None:
        put(self.header, path, value)

    def wrong(self, code: str, **facts: object) -> None:
        self.problems.append(Problem(code, facts))


# -- what was given -------------------------------------------------------------------------------


def begin(scene: Scene, values: Mapping[str, str], held: dict[str, Value] | None = None) -> Draft:
    """The draft with what was given, each value in its written form, over what a ticket `held`."""
    config = scene.config
    name = values.get("form") or config.settings.policies.default_form
    draft = Draft(scene, held or {}, find("form", name, config.forms))
    values = by_key(draft.form, values)
    take_category(draft, values.get("category", ""))
    given = {header_path(k): v for k, v in by_key(draft.form, values).items() if v.strip()}
    for path, text in given.items():
        if path not in ("form", "category", "description", "fields.description"):
            take(draft, path, text)
    _know(draft)
    return draft


def _know(draft: Draft) -> None:
    """What the desk knows of the organisation: its brand, and the contact: the one named, else who
    spoke for it last, else the only one it has (F9).
    """
    org = draft.scene.org(draft.header)
    if org is None:
        return
    if org.brand and not draft.get("brand"):
        draft.put("brand", org.brand)
    asked: dict[str, str] = draft.get("requester") or {}
    if not any(asked.get(key) for key in ("name", "phone", "email")):
        asked = {**_last_contact(draft.scene, org.id), **asked}
    asked = {**_contact(org, asked), **asked}
    for key, value in asked.items():
        if value:
            draft.put(f"requester.{key}", value)


def _contact(org: Org, asked: Mapping[str, str]) -> dict[str, str]:
    """The contact of that name, telephone or e-mail; of nobody in particular, the only one."""
    known = [{"name": c.name, "phone": c.phone, "email": c.email} for c in org.contacts]
    for key in ("name", "phone", "email"):
        if given := asked.get(key):
            return next((c for c in known if fold(c[key]) == fold(given)), {})
    return known[0] if len(known) == 1 else {}


def _last_contact(scene: Scene, org: str) -> dict[str, str]:
    """Who spoke for the organisation last: in the ticket to which they came last."""
    rows = scene.rows_where(Test("org", "in", (org,)))
    last = max(rows, key=lambda row: row.talked, default=None)
    return dict(last.header.get("requester") or {}) if last else {}


def take_category(draft: Draft, name: str) -> None:
    """The option that was chosen, and its form when it demands another (O33.25, O33.33). Where none
    is called so, what else is wrong is told by the one that is proposed.
    """
    fixed = draft.form.field("category")
    if not name and fixed and isinstance(fixed.fixed, str):
        name = fixed.fixed
    if not name:
        return
    known = draft.scene.config.categories
    try:
        option = known.find(name, draft.form.categories)
    except DeskError:
        problem, draft.form, meant = unlisted(draft.scene, draft.form, name)
        draft.problems.append(problem)
        if meant is None:
            return
        option = meant
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
        draft.problems.append(no_field(draft.form, path))
        return
    value, problem = normal(draft.scene, asked, path, text, draft.header)
    _kept, fixed = as_fixed(draft.form, draft.option, path, text)
    if problem and fixed:
        name, label = str(fixed.facts["field"]), fixed.facts["label"]
        draft.wrong("field.fixed", field=name, label=label, value=text, fixed=fixed.facts["fixed"])
    elif problem:
        draft.problems.append(problem)
    elif path == "due" and draft.scene.via != "import" and (late := past(draft.scene, str(value))):
        facts = {"field": path, "value": text, "label": asked.label if asked else path}
        draft.problems.append(Problem(late.code, {**late.facts, **facts}))
    else:
        draft.put(path, value)


# -- what is fixed, and what is demanded ----------------------------------------------------------


def fill(draft: Draft) -> None:
    """All that the option and the form add, demand and decide."""
    permitted(draft)
    if any(problem.code in ("form.roles", "option.roles") for problem in draft.problems):
        return  # what else is missing helps nobody who may not
    _set_by_option(draft)
    given = copy_of(draft.header)
    _set_by_form(draft)
    if draft.form.categories and not draft.get("category") and not draft.problems:
        draft.wrong("field.required", **asked_for(draft.form.field("category"), "category"))
    if not draft.problems and not draft.is_closed:
        _decide(draft, given)
    draft.problems += demanded(draft)
    if not draft.problems and not draft.is_closed:
        _come(draft)


def _decide(draft: Draft, given: dict[str, Value]) -> None:
    """Who gets it; a step may send it to another form (O33.8), which then rules instead."""
    draft.decision = route(draft.scene, draft.header, draft.form, draft.option)
    draft.problems += draft.decision.problems
    if draft.decision.form and draft.decision.form != draft.form.id:
        draft.form = find("form", draft.decision.form, draft.scene.config.forms)
        draft.header = given
        _set_by_form(draft)


def _come(draft: Draft) -> None:
    """Into its status, by the same gate as a ticket that is moved there (F12 to F14)."""
    scene, status = draft.scene, draft.scene.config.workflow.find(str(draft.get("status")))
    found = entry(scene, Ticket(draft.header), status, draft.form, draft.option, {})
    first = {"status": status.id, "instead": scene.config.workflow.first("new", "open").id}
    draft.problems += [
        Problem(p.code, {**p.facts, **first}) if p.code == "visit.wanted" else p for p in found
    ]
    try:
        due = due_in(scene, status, draft.header, str(draft.get("due") or ""))
    except DeskError as error:
        label = asked_for(draft.form.field("due"), "due")
        draft.problems += [Problem(p.code, {**p.facts, **label}) for p in error.problems]
        return
    if due:
        draft.put("due", due)


def permitted(draft: Draft) -> None:
    """Who may use the form and the option (O18, O-X16); what comes from outside may use neither."""
    scene, outside = draft.scene, draft.scene.via == "import"
    for kind, asked, item in (("form", "form", draft.form), ("option", "category", draft.option)):
        if item and item.roles and (outside or not scene.may(item.roles)):
            code = f"{kind}.import" if outside else f"{kind}.roles"
            facts = {"field": asked, "label": item.label}
            if scene.may(draft.form.roles):
                facts["form"] = draft.form.id  # whose guide shows what else there is
            draft.problems.append(scene.forbidden(code, item.roles, None, **facts))


def _set_by_option(draft: Draft) -> None:
    for name, value in (draft.option.sets if draft.option else {}).items():
        path = header_path(name)
        _fix(draft, path, value, str(asked_for(draft.form.field(path), name)["label"]))


def _set_by_form(draft: Draft) -> None:
    scene, header = draft.scene, draft.header
    header["form"] = draft.form.id
    for asked in draft.form.fields:
        if asked.fixed is not None and asked.path != "category":
            _fix(draft, asked.path, asked.fixed, asked.label)
        elif not draft.get(asked.path) and (value := which(scene, asked.default, header)):
            draft.put(asked.path, value)
    if not draft.get("status"):
        draft.put("status", scene.config.workflow.first("new", "open").id)


def _fix(draft: Draft, path: str, value: str | list[str], label: str) -> None:
    """A fixed list is added to; a fixed scalar may not have been given otherwise."""
    held = draft.get(path)
    if draft.is_closed and path in STAYS:
        return
    value = draft.scene.actor if value == "@me" and held else value
    if isinstance(value, list):
        draft.put(path, [*(held or []), *(v for v in value if v not in (held or []))])
    elif held and held != value:
        name = field_name(path)
        draft.wrong("field.fixed", field=name, label=label, value=held, fixed=value)
    elif not held and not value.startswith("@"):
        draft.put(path, value)


def demanded(draft: Draft) -> list[Problem]:
    """What the draft lacks, without what was given and is wrong."""
    lacking = lacks(draft.scene, draft.form, draft.option, draft.header)
    wrong = {header_path(str(p.facts.get("field", ""))) for p in draft.problems}
    return [p for path, p in lacking.items() if path not in wrong]
