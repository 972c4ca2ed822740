"""What people do to a ticket: each function takes a ticket and gives the change, or refuses."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from deskcli.category import Option
from deskcli.config import find
from deskcli.demand import asked_for, by_key, known_path, lacks, nearest_field, normal
from deskcli.form import Form
from deskcli.move import Act, form_of, may_update, option_of, target
from deskcli.problem import DeskError, Problem, refuse
from deskcli.promise import told
from deskcli.reply import Message, filled, known_names, render
from deskcli.route import Decision, by_turn, on_duty
from deskcli.scene import Scene
from deskcli.ticket import (
    Change,
    Ticket,
    field_name,
    header_path,
)
from deskcli.yamltext import Value

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
    scene: Scene, ticket: Ticket, message: Message, status: str = "", channel: str = ""
) -> Change:
    """An answer to the requester, marked to be sent; moves the ticket where its option says."""
    may_update(scene, ticket)
    text = message.text.strip()
    if not text:
        raise refuse("note.empty")
    data = {"to": recipient(ticket, channel), "template": message.template}
    data["subject"] = message.subject
    act: Act = {"did": "replied", "text": text, "data": _filled(data)}
    after = ticket.header.get("on_reply") or {}
    to = status or str(after.get("status", "") if isinstance(after, Mapping) else "")
    sets: dict[str, Value] = {"on_reply": None} if after else {}
    if to:
        sets["status"] = target(scene, ticket, to).id
    return scene.change(ticket, {**act, "sets": sets})


CHANNELS = ("email", "whatsapp")


def recipient(ticket: Ticket, channel: str = "") -> dict[str, str]:
    """Where an answer goes: the channel asked for, else by e-mail, else by WhatsApp; with neither
    it is the e-mail that is missing.
    """
    mail, phone = ticket.text("requester.email"), ticket.text("requester.phone")
    via = channel or ("whatsapp" if phone and not mail else "email")
    if via not in CHANNELS:
        raise refuse("reply.channel", channel=via, known=CHANNELS)
    address = mail if via == "email" else phone
    if not address:
        needed = "requester.email" if via == "email" else "requester.phone"
        raise refuse("reply.address", ticket=ticket.id, field=needed)
    return {"channel": via, "address": address}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in data.items() if v}


def reply_values(scene: Scene, ticket: Ticket) -> dict[str, Any]:
    """What the placeholders of a canned reply may name; empty values are left out, so refused."""
    person = scene.person
    agent = {"name": person.name, "email": person.email} if person else {"name": scene.actor}
    values = {**ticket.header, "agent": agent, **scene.config.settings.variables}
    values["desk"] = {"name": scene.config.settings.name}
    if org := scene.org(ticket.header):
        values["org"] = {"id": org.id, "name": org.name}
    brand = ticket.text("brand")
    values["brand"] = scene.config.settings.brands.get(brand, brand)
    values["fields"] = ticket.header.get("fields") or {}
    return {k: _filled(v) if isinstance(v, dict) else v for k, v in values.items() if v}


def written(scene: Scene, ticket: Ticket, text: str) -> Message:
    """What somebody wrote by hand, its placeholders filled as in a canned reply."""
    values = reply_values(scene, ticket)
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    text = known_names(text, values, ticket.id, lambda path: known_path(form, option, path))
    return Message(filled(text, values, ticket.id))


def canned(scene: Scene, ticket: Ticket, name: str) -> Message:
    """A canned reply for this ticket, every placeholder filled."""
    found = find("reply", name, scene.config.replies)
    return render(found, reply_values(scene, ticket), ticket.id)


# -- who and what ---------------------------------------------------------------------------------


def assign(scene: Scene, ticket: Ticket, to: str, note: str = "") -> Change:
    """To a person, `@me`, `rota:NAME`, `roulette:NAME` or `team:NAME`."""
    turns = dict(scene.turns)
    decision = chosen(scene, to)
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
        if name not in scene.config.people.file.teams:
            raise refuse("team.unknown", team=name, known=list(scene.config.people.file.teams))
        sets: dict[str, Value] = {"team": name, "assignee": None}  # it is the team's now
        return Decision(team=name, sets=sets, steps=[{"step": to, "result": name}])
    if kind in ("rota", "roulette") and colon:
        person, more = (on_duty if kind == "rota" else by_turn)(scene, name)
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
    """Change values of the header or the form; an empty text removes an optional one."""
    may_update(scene, ticket)
    form, option = form_of(scene, ticket), option_of(scene, ticket)
    sets: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, text in by_key(form, values).items():
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
    change = scene.change(ticket, {"did": "filled", "sets": fresh})
    had = lacks(scene, form, option, ticket.header)
    problems += [
        p for path, p in lacks(scene, form, option, change.after).items() if path not in had
    ]
    if problems:
        raise DeskError(*problems)
    return change


# Values that have a command of their own, where their rules are.
COMMANDS = {"status": "move", "assignee": "assign", "due": "due", "form": "set", "category": "set"}


def _set_one(
    scene: Scene, form: Form, option: Option | None, path: str, text: str
) -> tuple[Value, Problem | None]:
    if command := COMMANDS.get(path):
        value = f"{path}={text}" if command == "set" else text
        return None, Problem("set.command", {"field": path, "command": command, "value": value})
    if not known_path(form, option, path):
        close = nearest_field(form, field_name(path))
        unknown = {"field": field_name(path), "form": form.id, "nearest": close}
        return None, Problem("field.unknown", unknown)
    asked = form.field(path)
    if not text.strip():
        needed = asked is not None and asked.required is True
        lacking = Problem("field.required", asked_for(asked, field_name(path)))
        return None, lacking if needed else None
    return normal(scene, asked, path, text)


def due(scene: Scene, ticket: Ticket, day: str, note: str, contacted: str = "") -> Change:
    """The date promised to the requester, from today on; moving one that stands needs a note, which
    may say how the customer was `contacted` (F17, F18).

    `day` is ISO, '' to promise none.
    """
    may_update(scene, ticket)
    status = scene.config.workflow.get(ticket.text("status"))
    if status and status.due.startswith("@") and ticket.get(status.due[1:]):
        facts = {"ticket": ticket.id, "status": status.label, "field": status.due[1:]}
        raise DeskError(Problem("due.follows", facts))
    held = ticket.text("due")
    if held == day:
        raise refuse("set.same", ticket=ticket.id)
    if day and day < scene.today.isoformat():
        next_ = scene.config.calendar.add_workdays(scene.today, 0).isoformat()
        raise refuse("due.past", ticket=ticket.id, due=day, next=next_)
    if held and not note.strip():
        raise refuse("due.note", ticket=ticket.id, due=held)
    act: Act = told(form_of(scene, ticket), ticket, note)
    data = {"contacted": contacted} if contacted else {}
    sets = {**act.get("sets", {}), "due": day or None}
    return scene.change(ticket, {**act, "did": "promised", "sets": sets, "data": data})


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
