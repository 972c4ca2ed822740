"""What people do to a ticket: each function takes a ticket and gives the change, or refuses."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from deskcli.category import Option
from deskcli.condition import bind, failures, from_yaml, holds
from deskcli.config import find
from deskcli.demand import asked_for, known_path, normal, requirement
from deskcli.facts import facts
from deskcli.form import Form
from deskcli.macro import Macro
from deskcli.problem import DeskError, Problem, refuse
from deskcli.reply import render
from deskcli.route import Decision, by_turn, on_duty
from deskcli.scene import Scene
from deskcli.ticket import (
    Change,
    Event,
    Ticket,
    differences,
    drift,
    field_name,
    header_path,
    replay,
)
from deskcli.workflow import CLOSED, Status
from deskcli.yamltext import Value

Act = dict[str, Any]


def form_of(scene: Scene, ticket: Ticket) -> Form:
    """The ticket's form; an empty one when a person wrote a form that the desk has not."""
    return scene.config.forms.get(ticket.text("form")) or Form(id="", label="")


def option_of(scene: Scene, ticket: Ticket) -> Option | None:
    return scene.config.categories.get(ticket.text("category"))


def may_update(scene: Scene, ticket: Ticket) -> None:
    """Refuses who may not work on tickets of this option (O33.20); notes are always welcome."""
    option = option_of(scene, ticket)
    if option and option.update_roles:
        roles = scene.config.people.roles_of(scene.actor)
        if not roles & frozenset(option.update_roles):
            facts = {"label": option.label, "roles": option.update_roles, "actor": scene.actor}
            raise DeskError(Problem("option.update_roles", {"ticket": ticket.id, **facts}))


# -- notes and replies ----------------------------------------------------------------------------


def annotate(scene: Scene, ticket: Ticket, text: str) -> Change:
    """An internal note; `@name` mentions a person of the desk (O19)."""
    if not text.strip():
        raise refuse("note.empty")
    mentioned = mentions(scene, text)
    adds = {"adds": {"mentions": mentioned}} if mentioned else {}
    return scene.change(ticket, {"did": "noted", "text": text.strip(), **adds})


def mentions(scene: Scene, text: str) -> list[str]:
    """People named with @ in a note; what names nobody is only text."""
    found = []
    for name in re.findall(r"(?<![\w.])@([\w-]+)", text):
        try:
            found.append(scene.config.people.find(name).id)
        except DeskError:
            continue
    return list(dict.fromkeys(found))


def reply(
    scene: Scene, ticket: Ticket, text: str, status: str = "", template: str = "", channel: str = ""
) -> Change:
    """An answer to the requester, marked to be sent; moves the ticket where its option says."""
    may_update(scene, ticket)
    if not text.strip():
        raise refuse("note.empty")
    data = {"to": recipient(ticket, channel), "template": template}
    act: Act = {"did": "replied", "text": text.strip(), "data": _filled(data)}
    after = ticket.header.get("on_reply") or {}
    to = status or str(after.get("status", "") if isinstance(after, Mapping) else "")
    sets: dict[str, Value] = {"on_reply": None} if after else {}
    if to:
        sets["status"] = target(scene, ticket, to).id
    return scene.change(ticket, {**act, "sets": sets})


def recipient(ticket: Ticket, channel: str = "") -> dict[str, str]:
    """Where an answer goes: the channel asked for, else by e-mail, else by WhatsApp."""
    mail, phone = ticket.text("requester.email"), ticket.text("requester.phone")
    via = channel or ("email" if mail else "whatsapp")
    address = mail if via == "email" else phone
    if not address:
        needed = "requester.email" if via == "email" else "requester.phone"
        hint = f"deskcli set {ticket.id} {needed}=…"
        raise refuse("reply.address", hint=hint, ticket=ticket.id, field=needed)
    return {"channel": via, "address": address}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in data.items() if v}


def reply_values(scene: Scene, ticket: Ticket) -> dict[str, Any]:
    """What the placeholders of a canned reply may name; empty values are left out, so refused."""
    person = scene.person
    agent = {"name": person.name, "email": person.email} if person else {"name": scene.actor}
    values = {**ticket.header, "agent": agent, **scene.config.settings.variables}
    values["desk"] = {"name": scene.config.settings.name}
    brand = ticket.text("brand")
    values["brand"] = scene.config.settings.brands.get(brand, brand)
    values["fields"] = ticket.header.get("fields") or {}
    return {k: _filled(v) if isinstance(v, dict) else v for k, v in values.items() if v}


# -- who and what ---------------------------------------------------------------------------------


def assign(scene: Scene, ticket: Ticket, to: str, note: str = "") -> Change:
    """To a person, `@me`, `rota:NAME`, `roulette:NAME` or `team:NAME`."""
    decision = chosen(scene, to)
    if decision.is_unassigned:
        raise DeskError(Problem("route.nobody", {"to": to, "why": decision.steps}))
    if decision.person == ticket.text("assignee") and not decision.team:
        raise refuse("assign.same", ticket=ticket.id, person=decision.person)
    act: Act = {"did": "assigned", "sets": decision.sets, "text": note, "why": decision.steps}
    return scene.change(ticket, act)


def chosen(scene: Scene, to: str) -> Decision:
    """The person that `to` means now, with the record of how."""
    kind, colon, name = to.partition(":")
    if kind == "team" and colon:
        if name not in scene.config.people.file.teams:
            raise refuse("team.unknown", team=name, known=list(scene.config.people.file.teams))
        return Decision(team=name, sets={"team": name}, steps=[{"step": to, "result": name}])
    if kind in ("rota", "roulette") and colon:
        person, more = (on_duty if kind == "rota" else by_turn)(scene, name)
    else:
        person, more = _active(scene, to), {}
    sets: dict[str, Value] = {"assignee": person} if person else {}
    return Decision(person, sets=sets, steps=[{"step": to, **more, "result": person or "none"}])


def _active(scene: Scene, to: str) -> str:
    found = scene.config.people.find(scene.actor if to in ("@me", "me") else to)
    if not found.active:
        raise refuse("person.inactive", person=found.id)
    return found.id


def set_values(scene: Scene, ticket: Ticket, values: Mapping[str, str]) -> Change:
    """Change values of the header or the form; an empty text removes an optional one."""
    may_update(scene, ticket)
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    sets: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, text in values.items():
        path = header_path(name)
        value, problem = _set_one(scene, form, option, path, text)
        sets[path] = value
        problems += [problem] if problem else []
    if problems:
        raise DeskError(*problems)
    same = {p: v for p, v in sets.items() if ticket.get(p) == v}
    fresh = {p: v for p, v in sets.items() if p not in same}
    if not fresh:
        raise refuse("set.same", ticket=ticket.id)
    return scene.change(ticket, {"did": "filled", "sets": fresh})


# Values that have a command of their own, where their rules are.
COMMANDS = {"status": "move", "assignee": "assign", "due": "due"}


def _set_one(
    scene: Scene, form: Form, option: Option | None, path: str, text: str
) -> tuple[Value, Problem | None]:
    if path in COMMANDS:
        return None, Problem("set.command", {"field": path, "command": COMMANDS[path]})
    if path == "category":
        return scene.config.categories.find(text, form.categories).id, None
    if not known_path(form, option, path):
        return None, Problem(
            "field.unknown", {"field": field_name(path), "form": form.id, "nearest": ""}
        )
    asked = form.field(path)
    if not text.strip():
        needed = asked is not None and asked.required is True
        lacking = Problem("field.required", asked_for(asked, field_name(path)))
        return None, lacking if needed else None
    return normal(scene, asked, path, text)


# -- the way through the states -------------------------------------------------------------------


def target(scene: Scene, ticket: Ticket, name: str) -> Status:
    """The status of that name, when the ticket may go there; refuses with what is missing."""
    workflow = scene.config.workflow
    status = workflow.find(name)
    held = ticket.text("status")
    if status.id == held:
        raise refuse("status.same", ticket=ticket.id, status=status.label)
    allowed = workflow[held].to if held in workflow else []
    if allowed and status.id not in allowed:
        raise refuse("status.way", ticket=ticket.id, status=status.label, allowed=allowed)
    roles = scene.config.people.roles_of(scene.actor)
    if status.roles and not roles & frozenset(status.roles):
        raise refuse("status.roles", status=status.label, roles=status.roles, actor=scene.actor)
    problems = list(_unmet(scene, ticket, status))
    if problems:
        raise DeskError(*problems)
    return status


def _unmet(scene: Scene, ticket: Ticket, status: Status) -> list[Problem]:
    """What the status demands, and for a resolved one the ticket's option (O33.16)."""
    option = option_of(scene, ticket)
    demands = [(status.requires, status.label)]
    if option and status.state in ("resolved", "closed"):
        demands.append((option.resolve_requires, option.label))
    known = facts(ticket, scene.config)
    found = []
    for demand, of in demands:
        condition = bind(from_yaml(demand), scene.today, scene.actor)
        form = form_of(scene, ticket)
        found += [requirement(failed, form, of) for failed in failures(condition, known)]
    return found


def move(scene: Scene, ticket: Ticket, name: str, note: str = "") -> Change:
    may_update(scene, ticket)
    status = target(scene, ticket, name)
    did = {"resolved": "resolved", "closed": "resolved", "cancelled": "cancelled"}.get(status.state)
    return scene.change(
        ticket, {"did": did or "moved", "sets": {"status": status.id}, "text": note}
    )


def resolve(scene: Scene, ticket: Ticket, note: str = "") -> Change:
    return move(scene, ticket, scene.config.workflow.first("resolved", "closed").id, note)


def cancel(scene: Scene, ticket: Ticket, note: str) -> Change:
    """A cancelled ticket says why."""
    if not note.strip():
        raise refuse("cancel.reason", hint=f"deskcli cancel {ticket.id} -m …", ticket=ticket.id)
    return move(scene, ticket, scene.config.workflow.first("cancelled").id, note)


def reopen(scene: Scene, ticket: Ticket, note: str = "") -> Change:
    if scene.config.workflow.state(ticket.text("status")) not in CLOSED:
        raise refuse("reopen.open", ticket=ticket.id, status=ticket.text("status"))
    may_update(scene, ticket)
    status = target(scene, ticket, scene.config.workflow.first("open", "new").id)
    return scene.change(ticket, {"did": "reopened", "sets": {"status": status.id}, "text": note})


def due(scene: Scene, ticket: Ticket, day: str, note: str) -> Change:
    """The date promised to the requester; moving one that stands needs a note (F18)."""
    may_update(scene, ticket)
    held = ticket.text("due")
    if held == day:
        raise refuse("set.same", ticket=ticket.id)
    if held and not note.strip():
        raise refuse("due.note", hint=f"deskcli due {ticket.id} … -m …", ticket=ticket.id, due=held)
    return scene.change(ticket, {"did": "promised", "sets": {"due": day or None}, "text": note})


def attach(
    scene: Scene, ticket: Ticket, files: Sequence[dict[str, Value]], note: str = ""
) -> Change:
    """Files already stored: each `{name, sha256, size, type}`; a known content is not added."""
    held = [a.get("sha256") for a in ticket.header.get("attachments") or [] if isinstance(a, dict)]
    fresh = [f for f in files if f["sha256"] not in held]
    if not fresh:
        raise refuse("attach.same", ticket=ticket.id)
    act: Act = {"did": "attached", "adds": {"attachments": list(fresh)}, "text": note}
    return scene.change(ticket, act)


# -- macros ---------------------------------------------------------------------------------------


def apply_macro(
    scene: Scene, ticket: Ticket, macro: Macro, values: Mapping[str, str], text: str = ""
) -> Change:
    """Apply a macro ('Ação Automática') with the values it asks for; `text` replaces its reply."""
    given = set_values(scene, ticket, values).events[-1].sets if values else {}
    return scene.change(ticket, macro_act(scene, ticket, macro, given, text))


def macro_act(
    scene: Scene, ticket: Ticket, macro: Macro, given: Mapping[str, Value], text: str = ""
) -> Act:
    """What a macro does to a ticket that has these values too; refuses with all that is missing."""
    header = replay([Event("", 0, "", "", "", sets=dict(given))], ticket.header)
    filled = Ticket(header, ticket.history)
    problems = macro_problems(scene, filled, macro)
    if problems:
        raise DeskError(*problems)
    sets: dict[str, Value] = {**given, **macro.sets}
    if macro.sets.get("status", "") not in ("", ticket.text("status")):
        sets["status"] = _macro_status(scene, filled, macro)
    if macro.reply and not text:
        text = canned(scene, filled, macro.reply)
    data = _macro_data(filled, macro)
    return {"did": "applied", "sets": sets, "adds": macro.adds, "text": text, "data": data}


def canned(scene: Scene, ticket: Ticket, name: str) -> str:
    """The text of a canned reply for this ticket, every placeholder filled."""
    found = find("reply", name, scene.config.replies)
    return render(found, reply_values(scene, ticket))


def _macro_status(scene: Scene, ticket: Ticket, macro: Macro) -> str:
    """The macro counts as applied for what its own status demands."""
    done = Event("", 0, "", "", "applied", data={"macro": macro.id})
    return target(scene, Ticket(ticket.header, (*ticket.history, done)), macro.sets["status"]).id


def macro_problems(scene: Scene, ticket: Ticket, macro: Macro) -> list[Problem]:
    """Everything that keeps a macro from being applied; nothing is written while there is any."""
    may_update(scene, ticket)
    roles = scene.config.people.roles_of(scene.actor)
    if macro.roles and not roles & frozenset(macro.roles):
        facts_ = {"macro": macro.label, "roles": macro.roles, "actor": scene.actor}
        return [Problem("macro.roles", facts_)]
    known = facts(ticket, scene.config)
    if not holds(bind(from_yaml(macro.when), scene.today, scene.actor), known):
        return [Problem("macro.when", {"macro": macro.label, "ticket": ticket.id})]
    condition = bind(from_yaml(macro.requires), scene.today, scene.actor)
    form = form_of(scene, ticket)
    return [
        *_files(ticket, macro),
        *(requirement(f, form, macro.label) for f in failures(condition, known)),
    ]


def _files(ticket: Ticket, macro: Macro) -> list[Problem]:
    """Attachments whose content is of the demanded kinds (O9: 'Apenas PDF ou Word')."""
    if macro.attachments is None:
        return []
    held = [a for a in ticket.header.get("attachments") or [] if isinstance(a, dict)]
    good = [a for a in held if a.get("type") in macro.attachments.types]
    if len(good) >= macro.attachments.min:
        return []
    facts_ = {"macro": macro.label, "types": macro.attachments.types, "ticket": ticket.id}
    found = [f"{a.get('name')} ({a.get('type')})" for a in held]
    hint = f"deskcli attach {ticket.id} …"
    return [Problem("macro.attachments", {**facts_, "found": found}, hint=hint)]


def _macro_data(ticket: Ticket, macro: Macro) -> dict[str, Any]:
    """What the outbox needs: to whom, which template, and the files that go along (O9)."""
    data: dict[str, Any] = {"macro": macro.id}
    if macro.reply:
        data["template"] = macro.reply
        team = macro.to.removeprefix("team:")
        data["to"] = recipient(ticket) if macro.to == "requester" else {"team": team}
    if macro.forward_attachments:
        held = ticket.header.get("attachments") or []
        types = macro.attachments.types if macro.attachments else []
        data["attachments"] = [a["sha256"] for a in held if not types or a.get("type") in types]
    return data


# -- undo -----------------------------------------------------------------------------------------


def undo(scene: Scene, ticket: Ticket, operation: str) -> Change:
    """Events that put back what the operation changed here; refuses when more happened since."""
    own = [n for n, e in enumerate(ticket.history) if e.operation == operation]
    if not own:
        raise refuse("undo.unknown", operation=operation, ticket=ticket.id)
    later = ticket.history[own[-1] + 1 :]
    if later or drift(ticket):
        by, at = (later[-1].actor, later[-1].at) if later else ("?", "")
        raise refuse("undo.changed", ticket=ticket.id, by=by, at=at)
    sets = differences(replay(ticket.history), replay(ticket.history[: own[0]]))
    if own[0] == 0:  # it opened the ticket: a number once given out is not taken back
        cancelled = scene.config.workflow.first("cancelled").id
        sets = {"status": cancelled, "source.key": None}  # so that its file can be imported again
    return scene.change(ticket, {"did": "undone", "sets": sets, "data": {"undoes": operation}})
