"""Macros ('Ações Automáticas') on a ticket: all that they demand first, then all that they do."""

from collections.abc import Mapping
from typing import Any

from deskcli.act import fresh_values
from deskcli.address import recipient
from deskcli.answer import canned
from deskcli.condition import failures, holds
from deskcli.demand import requirement
from deskcli.macro import Macro
from deskcli.move import Act, arrival_in, form_of, may_update, target
from deskcli.problem import DeskError, Problem
from deskcli.reply import Message
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, replay
from deskcli.yamltext import Value


def apply_macro(scene: Scene, ticket: Ticket, macro: Macro, values: Mapping[str, str]) -> Change:
    """Apply a macro ('Ação Automática') with the values it asks for."""
    given = _given(scene, ticket, values) if values else {}
    return scene.change(ticket, macro_act(scene, ticket, macro, given))


def _given(scene: Scene, ticket: Ticket, values: Mapping[str, str]) -> Mapping[str, Value]:
    """What is set first; that a value stands so already, or is absent, does not end the macro."""
    try:
        return fresh_values(scene, ticket, values)
    except DeskError as error:
        if [problem.code for problem in error.problems] != ["set.same"]:
            raise
        return {}


def macro_act(scene: Scene, ticket: Ticket, macro: Macro, given: Mapping[str, Value]) -> Act:
    """What a macro does to a ticket that has these values too; refuses with all that is missing."""
    header = replay([Event("", 0, "", "", "", sets=dict(given))], ticket.header)
    filled = Ticket(header, ticket.history)
    problems = macro_problems(scene, filled, macro)
    if problems:
        raise DeskError(*problems)
    sets: dict[str, Value] = {**given, **macro.sets}
    if macro.sets.get("status", "") not in ("", ticket.text("status")):
        sets |= _macro_status(scene, filled, macro)
    message = canned(scene, filled, macro.reply, macro.to) if macro.reply else Message("")
    data = _macro_data(scene, filled, macro, message)
    return {"did": "applied", "sets": sets, "adds": macro.adds, "text": message.text, "data": data}


def _macro_status(scene: Scene, ticket: Ticket, macro: Macro) -> dict[str, Value]:
    """The macro counts as applied for what its own status demands."""
    done = Event("", 0, "", "", "applied", data={"macro": macro.id})
    done_so = Ticket(ticket.header, (*ticket.history, done))
    status = target(scene, done_so, macro.sets["status"])
    return arrival_in(scene, done_so, status, macro.sets.get("due", ""))


def macro_problems(scene: Scene, ticket: Ticket, macro: Macro) -> list[Problem]:
    """Everything that keeps a macro from being applied; nothing is written while there is any."""
    may_update(scene, ticket)
    if not scene.may(macro.roles):
        return [scene.forbidden("macro.roles", macro.roles, ticket, macro=macro.label)]
    known = scene.facts(ticket)
    if not holds(scene.condition(macro.when), known):
        return [Problem("macro.when", {"macro": macro.label, "ticket": ticket.id})]
    condition = scene.condition(macro.requires)
    form = form_of(scene, ticket)
    return [
        *_files(ticket, macro),
        *(requirement(f, form, macro.label) for f in failures(condition, known)),
    ]


def macro_lacks(scene: Scene, ticket: Ticket, macro: Macro) -> list[Problem]:
    """The same for a list of macros: what it is for is told one by one, and nothing is raised."""
    try:
        problems = macro_problems(scene, ticket, macro)
    except DeskError as error:
        return list(error.problems)
    if [p.code for p in problems] != ["macro.when"]:
        return problems
    unmet = failures(scene.condition(macro.when), scene.facts(ticket))
    return [requirement(part, form_of(scene, ticket), macro.label) for part in unmet]


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
    return [Problem("macro.attachments", {**facts_, "found": found})]


def _macro_data(scene: Scene, ticket: Ticket, macro: Macro, message: Message) -> dict[str, Any]:
    """What the outbox needs: to whom, which template, and the files that go along (O9)."""
    data: dict[str, Any] = {"macro": macro.id}
    if macro.reply:
        data |= {"template": macro.reply, "subject": message.subject}
        team = macro.to.removeprefix("team:")
        data["to"] = recipient(scene, ticket) if macro.to == "requester" else {"team": team}
    if macro.forward_attachments:
        held = ticket.header.get("attachments") or []
        types = macro.attachments.types if macro.attachments else []
        data["attachments"] = [a["sha256"] for a in held if not types or a.get("type") in types]
    return data
