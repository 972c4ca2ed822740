"""What people do to a ticket: each function takes a ticket and gives the change, or refuses."""

from collections.abc import Mapping, Sequence

from deskcli.category import Option
from deskcli.config import find
from deskcli.default import following
from deskcli.demand import (
    asked_for,
    by_key,
    known_path,
    lacks,
    no_field,
    normal,
)
from deskcli.fold import fold, nearest
from deskcli.form import Form
from deskcli.move import Act, form_of, in_place, may_give, may_update, option_of
from deskcli.problem import DeskError, Problem, refuse
from deskcli.promise import followed, follows, past, reasoned, told
from deskcli.route import Decision, by_turn, on_duty
from deskcli.scene import Scene
from deskcli.ticket import (
    Change,
    Event,
    Ticket,
    field_name,
    header_path,
    replay,
)
from deskcli.workflow import CLOSED
from deskcli.yamltext import Value

# -- notes --------------------------------------------------------------------------------------


def annotate(scene: Scene, ticket: Ticket, text: str) -> Change:
    """An internal note."""
    if not text.strip():
        raise refuse("note.empty")
    return scene.change(ticket, {"did": "noted", "text": text.strip()})


# -- who and what ---------------------------------------------------------------------------------


def assign(scene: Scene, ticket: Ticket, to: str, note: str = "") -> Change:
    """To a person, `@me`, `rota:NAME`, `roulette:NAME` or `team:NAME`."""
    turns = dict(scene.turns)
    decision = chosen(scene, to)
    may_give(scene, ticket, decision.person)
    if decision.is_unassigned:
        raise DeskError(Problem("route.nobody", {"to": to, "why": decision.steps}))
    if decision.person == ticket.text("assignee") and not decision.team:
        scene.turns = turns  # who has it already takes no turn
        raise refuse("assign.same", ticket=ticket.id, person=decision.person)
    act: Act = {"did": "assigned", "sets": decision.sets, "text": note, "why": decision.steps}
    return scene.change(ticket, act)


def chosen(scene: Scene, to: str) -> Decision:
    """The person that `to` means now, with the record of how."""
    kind, colon, name = to.partition(":")
    if kind == "team" and colon:
        name = scene.config.people.team(name)
        sets: dict[str, Value] = {"team": name, "assignee": None}  # it is the team's now
        return Decision(team=name, sets=sets, steps=[{"step": to, "result": name}])
    if kind == "rota" and colon:
        person, more = on_duty(scene, find(kind, name, scene.config.rotas).id)
    elif kind == "roulette" and colon:
        person, more = by_turn(scene, find(kind, name, scene.config.roulettes).id)
    else:
        person, more = _active(scene, to), {}
    sets = {"assignee": person} if person else {}
    return Decision(person, sets=sets, steps=[{"step": to, **more, "result": person or "none"}])


def _active(scene: Scene, to: str) -> str:
    found = scene.config.people.find(scene.actor if to in ("@me", "me") else to)
    if not found.active:
        raise refuse("person.inactive", person=found.id)
    return found.id


def set_values(scene: Scene, ticket: Ticket, values: Mapping[str, str]) -> Change:
    """Change values of the header or the form; an empty text removes an optional one.
    A ticket keeps its title, and what its form fixes of a list.
    """
    return scene.change(ticket, {"did": "filled", "sets": fresh_values(scene, ticket, values)})


def fresh_values(scene: Scene, ticket: Ticket, values: Mapping[str, str]) -> dict[str, Value]:
    """What of them the ticket has not, by path and as stored, and what follows from them; refuses
    with all that is wrong.
    """
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    values = by_key(form, values)
    may_update(scene, ticket, "team" if "team" in values else "")
    sets: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, text in values.items():
        path = header_path(name)
        value, problem = _set_one(scene, ticket, path, text)
        sets[path] = value
        problems += [problem] if problem else []
    if problems:
        raise DeskError(*problems)
    same = {p: v for p, v in sets.items() if ticket.get(p) == v}
    fresh = {p: v for p, v in sets.items() if p not in same}
    if not fresh:
        raise refuse("set.same", ticket=ticket.id)
    fresh |= following(scene, form, ticket.header, sets)
    after = replay([Event("", 0, "", "", "filled", sets=fresh)], ticket.header)
    had = lacks(scene, form, option, ticket.header)
    problems += [p for path, p in lacks(scene, form, option, after).items() if path not in had]
    if problems:
        raise DeskError(*problems)
    in_place(scene, ticket, fresh)
    return fresh


# Values that have a command of their own, where their rules are.
COMMANDS = {"status": "move", "assignee": "assign", "due": "due", "form": "set", "category": "set"}


def _set_one(scene: Scene, ticket: Ticket, path: str, text: str) -> tuple[Value, Problem | None]:
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    if command := COMMANDS.get(path):
        value = f"{path}={text}" if command == "set" else text
        facts = {"field": path, "command": command, "value": value}
        if path == "due":
            facts["day"] = _possible(scene, text)
        return None, Problem("set.command", facts)
    if not known_path(form, option, path):
        return None, no_field(form, path)
    asked = form.field(path)
    if not text.strip():
        if path == "title" or (asked is not None and asked.required is True):
            return None, Problem("field.required", asked_for(asked, field_name(path)))
        return as_fixed(form, option, path, None)
    value, problem = normal(scene, asked, path, text, ticket.header)
    kept, fixed = as_fixed(form, option, path, text if problem else value)
    return (None, fixed or problem) if problem else (kept, fixed)


def _possible(scene: Scene, text: str) -> str:
    """The text where it is a day that can be promised; else the next business day, as ISO."""
    try:
        wrong = past(scene, scene.day(text).isoformat())
    except DeskError:
        wrong = past(scene, "0001-01-01")
    return str(wrong.facts["next"]) if wrong else text


def as_fixed(
    form: Form, option: Option | None, path: str, value: Value
) -> tuple[Value, Problem | None]:
    """What the form fixes of a list is added to, never dropped (O31); a single value that the form
    or the option fixes is theirs (O21).
    """
    asked = form.field(path)
    fixed = asked.fixed if asked else None
    if isinstance(fixed, list):
        given = value if isinstance(value, list) else []
        return [*given, *(v for v in fixed if v not in given)] or None, None
    by, of = "form", form.label
    if fixed is None and option:
        fixed = {header_path(name): held for name, held in option.sets.items()}.get(path)
        by, of = "category", option.label
    if fixed in (None, value):
        return value, None
    facts = {**asked_for(asked, field_name(path)), "fixed": fixed, "by": by, "of": of}
    return None, Problem("set.fixed", facts)


def due(scene: Scene, ticket: Ticket, day: str, note: str, contacted: str = "") -> Change:
    """The date promised to the requester, from today on; moving one that stands needs a note, which
    may say how the customer was `contacted` (F17, F18). Who was, and the date stays, is a note too.

    `day` is ISO, '' to promise none.
    """
    may_update(scene, ticket)
    status = scene.config.workflow.get(ticket.text("status"))
    if status and status.state in CLOSED:
        raise refuse("due.closed", ticket=ticket.id, status=status.label)
    if status and (path := followed(status)) and ticket.get(path):
        raise DeskError(follows(status, ticket.header))
    form = form_of(scene, ticket)
    data: dict[str, Value] = {"contacted": channel(scene, form, contacted)} if contacted else {}
    act: Act = told(form, ticket, note)
    if ticket.text("due") == day:
        if not contacted:
            raise refuse("set.same", ticket=ticket.id)
        return scene.change(ticket, {**act, "did": "noted", "data": data})
    if problem := past(scene, day, ticket=ticket.id):
        raise DeskError(problem)
    in_place(scene, ticket, {"due": day or None})
    reasoned(ticket, day, note)
    sets = {**act.get("sets", {}), "due": day or None}
    return scene.change(ticket, {**act, "did": "promised", "sets": sets, "data": data})


def channel(scene: Scene, form: Form, name: str) -> str:
    """A way to speak to customers that the desk or the form has, by id, label or alias; any name
    where neither has one.
    """
    asked = form.field("channel")
    known = [*scene.config.settings.channels, *(asked.choices if asked else ())]
    for one in known:
        if fold(name) in map(fold, (one.id, one.label, *one.aliases)):
            return str(one.id)
    if not known:
        return name
    names = list(dict.fromkeys(one.id for one in known))
    raise refuse("channel.unknown", channel=name, nearest=nearest(name, names), known=names)


def attach(
    scene: Scene, ticket: Ticket, files: Sequence[dict[str, Value]], note: str = ""
) -> Change:
    """Files already stored: each `{name, sha256, size, type}`; a known content is not added."""
    fresh = not_held(ticket, files)
    if not fresh:
        raise refuse("attach.same", ticket=ticket.id)
    act: Act = {"did": "attached", "adds": {"attachments": fresh}, "text": note}
    return scene.change(ticket, act)


def not_held(ticket: Ticket, files: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """Those whose content the ticket has not."""
    held = [a.get("sha256") for a in ticket.header.get("attachments") or [] if isinstance(a, dict)]
    return [file for file in files if file["sha256"] not in held]
