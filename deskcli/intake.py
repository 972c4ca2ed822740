"""Values of a form -> a new ticket, or every reason why not (O15 to O33).

One path for all: `create` is an import of one row. What a person gave is put in its written form,
the option and the form add what they fix, everything demanded is checked, and the ladder says who
gets it. Nothing here writes: the outcome is a `Change` and what to tell the person.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from deskcli.apply import macro_act
from deskcli.condition import holds
from deskcli.config import find
from deskcli.demand import MAX_TEXT
from deskcli.draft import Draft, begin, fill
from deskcli.fold import fold
from deskcli.people import PROGRAM
from deskcli.problem import DeskError, Problem, refuse
from deskcli.reply import filled
from deskcli.requester import in_order
from deskcli.route import Decision
from deskcli.scene import Scene
from deskcli.ticket import HEADER, Change, Event, Ticket, replay
from deskcli.ticketfile import new_text
from deskcli.values import NORMAL
from deskcli.wording import worded
from deskcli.yamltext import MAX_BYTES, Value


class Intake(Struct, frozen=True):
    """What became of a submission: a change, or the problems that stopped it."""

    draft: Draft | None
    problems: tuple[Problem, ...]
    change: Change | None = None


class Origin(Struct, frozen=True):
    """Where a submission comes from: `source` tells an import's rows apart, `extra` are cells that
    no field took, `files` are attachments already stored, `links` the tickets it belongs to.
    """

    source: dict[str, Value] = {}
    extra: dict[str, str] = {}
    files: list[Value] = []
    links: list[str] = []


def open_ticket(scene: Scene, values: Mapping[str, str], origin: Origin | None = None) -> Intake:
    """A new ticket of these values, keyed by field names as people type them.

    `description` becomes the opening message.
    """
    draft: Draft | None = None
    turns = {key: dict(held) for key, held in scene.turns.items()}
    try:
        draft = begin(scene, values)
        fill(draft)
        if draft.problems:
            raise DeskError(*draft.problems)
        change = _opened(draft, values.get("description", ""), origin or Origin())
        _readable(change, {**values, **(origin.extra if origin else {})})
    except DeskError as error:
        scene.turns = turns  # a refused ticket takes nobody's turn
        return Intake(draft, error.problems)
    scene.remember(change)
    return Intake(draft, (), change)


def _readable(change: Change, given: Mapping[str, str]) -> None:
    """Refuses a ticket that would be too large a file to be read again, with what makes it so."""
    if sum(map(len, given.values())) < MAX_BYTES // 50:  # however it is written, it fits
        return
    size = len(new_text(change, "X-1").encode())
    if size > MAX_BYTES:
        longest = max(given, key=lambda name: len(given[name]))
        raise refuse("ticket.size", field=longest, size=size, limit=MAX_BYTES)


# -- the change -----------------------------------------------------------------------------------


def _opened(draft: Draft, description: str, origin: Origin) -> Change:
    """The events of a new ticket: opened with its values, routed with every step tried, and what
    its form's macro does (O14).
    """
    header = draft.header
    text = NORMAL["text"](description) or ""
    if len(text) > MAX_TEXT:
        facts = {"field": "description", "label": "description", "limit": MAX_TEXT}
        raise DeskError(Problem("field.long", facts))
    header["title"] = titled(draft, str(header.get("title") or title_of(draft, text)))
    header |= {"requester": in_order(header["requester"])} if header.get("requester") else {}
    header |= {"source": origin.source} if origin.source else {}
    header |= {"attachments": origin.files} if origin.files else {}
    header |= {"links": origin.links} if origin.links else {}
    order = {key: n for n, key in enumerate(HEADER)}
    sets = dict(sorted(header.items(), key=lambda kv: order.get(kv[0], len(order))))
    sets.pop("assignee", None)
    data = {"extra": origin.extra} if origin.extra else {}
    acts: list[dict[str, Any]] = [{"did": "opened", "sets": sets, "text": text, "data": data}]
    acts += routing_acts(draft.decision)
    if draft.form.on_submit_macro:
        acts.append(form_macro(draft, Ticket({}), acts))
    return draft.scene.change(Ticket({}), *acts)


def form_macro(draft: Draft, ticket: Ticket, acts: list[dict[str, Any]]) -> dict[str, Any]:
    """The form's own macro, applied to the ticket as the acts so far make it."""
    so_far = [Event("", 0, "", "", a["did"], sets=a.get("sets", {})) for a in acts]
    macro = find("macro", draft.form.on_submit_macro, draft.scene.config.macros)
    return macro_act(draft.scene, Ticket(replay(so_far, ticket.header)), macro, {})


def routing_acts(decision: Decision) -> list[dict[str, Any]]:
    """The events that a decision of the ladder makes: routed, and the note it asks for (O19)."""
    routed = {"did": "routed", "by": PROGRAM, "sets": decision.sets, "rule": decision.rule}
    acts: list[dict[str, Any]] = [{**routed, "why": decision.steps}]
    if decision.note:
        adds = {"mentions": decision.mentions} if decision.mentions else {}
        acts.append({"did": "noted", "by": PROGRAM, "text": decision.note, "adds": adds})
    return acts


def titled(draft: Draft, title: str) -> str:
    """The title as the form wants it (F5); one that somebody wrote so already stays."""
    scene, org = draft.scene, draft.scene.org(draft.header)
    teams = frozenset(scene.person.teams) if scene.person else frozenset()
    for rule in draft.form.titles:
        if rule.teams and not teams & frozenset(rule.teams):
            continue
        if holds(scene.condition(rule.when), draft.header):
            values = {**worded(scene.config, draft.header), **({"org": org.named} if org else {})}
            around = filled(rule.text, {**values, "title": "…"}, "").partition("…")[0]
            if around and fold(title).startswith(fold(around.strip(" -–:"))):
                return title
            return filled(rule.text, {**values, "title": title}, "")
    return title


def title_of(draft: Draft, text: str) -> str:
    """The first line of the message, else the option's label with the requester's name."""
    line = text.split("\n", 1)[0].strip()
    if line:
        return line if len(line) <= 80 else line[:79].rstrip() + "…"
    label = draft.option.label if draft.option else draft.form.label
    name = draft.get("requester.name")
    return f"{label} – {name}" if name else label
