"""What a form, an option or a state takes and demands: values as stored, or problems."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from msgspec.structs import replace

from deskcli.category import Option
from deskcli.condition import AnyOf, Condition, Test, failures, holds, paths
from deskcli.default import proposed
from deskcli.fold import fold, nearest, slug
from deskcli.form import Choice, Field, Form
from deskcli.problem import DeskError, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import field_name, header_path, lookup, open_visit
from deskcli.values import NORMAL
from deskcli.yamltext import Value

# Kinds of the header's own values, whatever form asks for them.
KINDS = {"requester.email": "email", "requester.phone": "phone", "requester.document": "document"}
MAX_TEXT = 100_000  # characters of one value: a ticket must stay a file that people can open
# What any ticket may be given, whatever its form asks for.
ASKED = ("kind", "name", "email", "phone", "document")  # of the requester
GIVEN = frozenset(
    "title brand priority team assignee org channel origin opened_at due next_action summary tags"
    " cc status".split()
)


def by_key(form: Form, values: Mapping[str, str]) -> dict[str, str]:
    """Values by the keys of their fields; people may give a field's label for it, and of the
    requester's values the name alone (`phone`). A label of several fields is refused.
    """
    return {_key(form, name): text for name, text in values.items()}


def _key(form: Form, name: str) -> str:
    if form.field(header_path(name)) or name in GIVEN:
        return name
    labelled = [asked.id for asked in form.fields if fold(asked.label) == fold(name)]
    if len(labelled) > 1:
        raise refuse("field.ambiguous", label=name, known=labelled)
    of_requester = name in ASKED or form.field(f"requester.{name}")
    return labelled[0] if labelled else f"requester.{name}" if of_requester else name


def no_field(form: Form, path: str) -> Problem:
    """The form has none there, and which may have been meant, by its key or its label."""
    name = field_name(path)
    close = nearest(name, [text for asked in form.fields for text in (asked.id, asked.label)])
    facts = {"field": name, "form": form.id, "of": form.label, "nearest": close}
    return Problem("field.unknown", facts)


def known_path(form: Form, option: Option | None, path: str) -> bool:
    """Of the form, of the header, or asked for by the option."""
    top, _, rest = path.partition(".")
    if top != "fields" and form.field(path) is None:
        return rest in ASKED if top == "requester" else top in GIVEN and not rest
    asked = {header_path(k) for k in (*option.requires, *option.sets)} if option else set()
    return form.field(path) is not None or path in asked


def choices(scene: Scene, form: Form, name: str) -> list[Choice]:
    """What who acts may choose for a field of the form, with its guidance (O-X16); nothing where
    any text goes.
    """
    config, path = scene.config, header_path(name)
    asked = form.field(path)
    if path == "category":
        options = config.categories.of(form.categories)
        return [Choice(o.id, o.label, o.aliases, o.guidance) for o in options if scene.may(o.roles)]
    if path == "brand":
        return [Choice(brand, label) for brand, label in config.settings.brands.items()]
    if path == "team":
        return [Choice(team, group.label) for team, group in config.people.file.teams.items()]
    if path == "assignee" or (asked and asked.type == "person"):
        role = frozenset([asked.role] if asked and asked.role else ())
        able = [p for p in config.people.values() if p.active and role <= frozenset(p.roles)]
        return [Choice(p.id, p.name, p.aliases) for p in able]
    return asked.choices if asked else []


def unlisted(scene: Scene, form: Form, name: str) -> tuple[Problem, Form, Option | None]:
    """No option of the form is called so: what is proposed, with its form, is one of another form,
    or what is like it; of either only what who acts may choose (O-X16).
    """
    options = scene.config.categories
    facts: dict[str, object] = {"field": "category", "category": name}
    for other in scene.config.forms.values():
        for one in choices(scene, other, "category") if scene.may(other.roles) else ():
            if fold(name) in map(fold, (one.id, one.label, *one.aliases)):
                facts |= {"label": one.label, "form": other.id, "of": other.label}
                facts["asked"] = form.label
                return Problem("category.form", facts), other, options[one.id]
    known = choices(scene, form, "category")
    close = nearest(name, [text for one in known for text in (one.id, one.label)])
    begun = [o.id for o in known if any(slug(n).startswith(slug(name)) for n in (o.id, o.label))]
    if len(begun) > 1:  # to choose one of them is not ours
        close, facts["among"] = "", begun
    facts |= {"form": form.id, "nearest": close, "known": [one.id for one in known]}
    meant = options.find(close, form.categories) if close else None
    return Problem("category.unknown", facts), form, meant


def normal(
    scene: Scene, asked: Field | None, path: str, text: str, header: Mapping[str, Value]
) -> tuple[Value, Problem | None]:
    """The written form of a value for a ticket, or the problem that names what it should be."""
    name = asked.id if asked else field_name(path)
    facts = {"field": name, "label": asked.label if asked else name, "value": text}
    if asked and asked.choices:
        choice = asked.choice(text)
        known = [c.id for c in asked.choices]
        if choice is None:
            facts |= {"proposed": proposed(scene, asked, header)}
            return None, Problem("field.choice", {**facts, "known": known})
        return choice.id, None
    try:
        found = _named(scene, asked, path, text)
    except DeskError as error:
        problem = error.problems[0]
        return None, Problem(problem.code, {**problem.facts, **facts, "value": text})
    if found is not None:
        return found, None
    if len(text) > MAX_TEXT:
        return None, Problem("field.long", {**facts, "value": "", "limit": MAX_TEXT})
    kind = KINDS.get(path) or (asked.type if asked else "text")
    value = NORMAL[kind](text)
    if value is None:
        return None, Problem("field.invalid", {**facts, "kind": kind})
    if asked and asked.vague and _bare(value) in map(_bare, asked.vague):
        return None, Problem("field.vague", facts)
    if asked and len(re.findall(r"\w", value)) < asked.min:
        return None, Problem("field.short", {**facts, "min": asked.min})
    return value, None


def _bare(text: str) -> str:
    """The words alone, each once: `Não, não funciona!!!` says no more than `não funciona`."""
    return " ".join(dict.fromkeys(re.findall(r"\w+", fold(text))))


def _named(scene: Scene, asked: Field | None, path: str, text: str) -> Value:
    """Values that name something of the desk: a person, a status, a brand; None for the rest."""
    config = scene.config
    if path == "assignee" or (asked and asked.type == "person"):
        person = config.people.find(scene.actor if text == "@me" else text)
        if asked and asked.role and asked.role not in person.roles:
            able = config.people.with_role(asked.role)
            raise refuse("person.role", person=person.id, role=asked.role, known=able)
        return person.id
    if path == "status":
        return config.workflow.find(text).id
    if path == "org":
        return config.orgs.find(text).id
    if path == "brand":
        return _brand(config.settings.brands, text)
    if path in ("due", "next_action"):
        return scene.day(text).isoformat()
    if path == "team":
        return config.people.team(text)
    if path == "opened_at":
        return _asked_at(scene, text)
    if path in ("tags", "cc", "mentions"):
        return [t.strip() for t in text.split(",") if t.strip()]
    return None


def _asked_at(scene: Scene, text: str) -> str:
    """A clock may go wrong by a day, or its zone; what is later is no time at which one asked."""
    from deskcli.dates import parse_arrival

    at = parse_arrival(text, scene.config.zone)
    if at > scene.now + timedelta(days=1):
        raise refuse("opened_at.future", at=at.isoformat(timespec="seconds"))
    return at.isoformat(timespec="seconds")


def _brand(brands: Mapping[str, str], text: str) -> str:
    """By id or by name."""
    by_name = {fold(name): brand for brand, label in brands.items() for name in (brand, label)}
    if fold(text) not in by_name:
        raise refuse("brand.unknown", brand=text, nearest=nearest(text, by_name), known=[*brands])
    return by_name[fold(text)]


def lacks(
    scene: Scene, form: Form, option: Option | None, header: dict[str, Value]
) -> dict[str, Problem]:
    """By path, every value that the form or the option demands and the header has not."""
    found: dict[str, Problem] = {}
    for asked in form.fields:
        needed = asked.needed
        if needed is None or lookup(header, asked.path) or asked.path in ("category", "assignee"):
            continue
        if holds(scene.bound(needed), header):
            facts = {**asked_for(asked, asked.id), "proposed": proposed(scene, asked, header)}
            found[asked.path] = Problem("field.required", facts)
    wanted = unmet(scene, form, option.requires, option.label, header) if option else ()
    for problem in wanted:
        found.setdefault(header_path(str(problem.facts.get("field", ""))), problem)
    return found


def unmet(
    scene: Scene, form: Form, demand: Mapping[str, Value], of: str, known: Mapping[str, Value]
) -> Iterator[Problem]:
    """What an option or a status, which is called `of`, demands and the facts do not have."""
    for failed in failures(scene.condition(dict(demand)), known):
        problem = requirement(failed, form, of)
        yield replace(problem, facts=_to_agree(problem, known))


def _to_agree(problem: Problem, known: Mapping[str, Value]) -> Mapping[str, object]:
    """Where a visit is wanted and one is to come, it wants the customer's yes, no other one."""
    wanted = problem.code == "visit.wanted" and open_visit(known)
    return {**problem.facts, "agree": "confirm"} if wanted else problem.facts


def requirement(failed: Condition, form: Form, of: str) -> Problem:
    """The words for one unmet requirement: the field, and the values that would do."""
    names = list(dict.fromkeys(paths(failed)))
    if names[0].startswith("visit."):  # which has commands of its own
        return Problem("visit.wanted", {"of": of})
    facts = {**asked_for(form.field(names[0]), field_name(names[0])), "of": of}
    match failed:
        case Test("macros", "in", values):
            return Problem("option.needs_macro", {"of": of, "macros": list(values)})
        case Test(_, "in", values):
            return Problem("option.needs_value", {**facts, "values": list(values)})
        case AnyOf() if len(names) > 1:
            either = [asked_for(form.field(n), field_name(n))["label"] for n in names]
            return Problem("option.needs_any", {**facts, "labels": either})
    return Problem("option.needs", facts)


def asked_for(asked: Field | None, name: str) -> dict[str, object]:
    known = [c.id for c in asked.choices] if asked else []
    return {"field": name, "label": asked.label if asked else name, "known": known}
