"""Names as the desk says them: of what happened, of values, of people and teams."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from deskcli.cli import session
from deskcli.cli.fact_words import REASONS
from deskcli.cli.show import day, flat, moment, safe
from deskcli.cli.words import N_, _, language
from deskcli.factnames import PERSONS
from deskcli.fold import fold
from deskcli.form import Field, Form
from deskcli.people import PROGRAM
from deskcli.requester import in_order
from deskcli.ticket import field_name
from deskcli.wording import named

VERBS = {
    "opened": N_("opened"),
    "routed": N_("routed"),
    "assigned": N_("assigned"),
    "noted": N_("note"),
    "replied": N_("reply"),
    "messaged": N_("message"),
    "sent": N_("marked as sent"),
    "filled": N_("changed"),
    "edited": N_("edited by hand"),
    "moved": N_("moved"),
    "resolved": N_("resolved"),
    "reopened": N_("reopened"),
    "cancelled": N_("cancelled"),
    "promised": N_("promised date"),
    "attached": N_("files added"),
    "applied": N_("macro applied"),
    "swept": N_("rule fired"),
    "scheduled": N_("visit scheduled"),
    "rescheduled": N_("visit moved"),
    "unscheduled": N_("visit cancelled"),
    "confirmed": N_("visit confirmed"),
    "visited": N_("visit done"),
    "appended": N_("conversation appended"),
    "linked": N_("linked"),
    "unlinked": N_("link removed"),
    "undone": N_("undone"),
}


def verb(did: str) -> str:
    return _(VERBS[did]) if did in VERBS else safe(did)


def reason(code: str) -> str:
    return _(REASONS[code]) if code in REASONS else safe(code)


def person(name: str) -> str:
    """The name that the desk gives to an id."""
    if name == PROGRAM:
        return PROGRAM
    return safe(session.desk().config.people.label(name))


def label(path: str, value: Any, form: Form | None = None) -> str:
    """A value as the desk says it: the label of a status, a category, a person; of a field, as
    `form` has it, else as any does.
    """
    if path == "attachments" and isinstance(value, Mapping):
        return safe(value.get("name", flat(value)))
    if path == "source" and isinstance(value, Mapping):
        return _source(value)
    if path == "requester" and isinstance(value, Mapping):
        asked = in_order(value).items()
        return ", ".join(label(f"{path}.{key}", held, form) for key, held in asked)
    if isinstance(value, Mapping):
        below = ((f"{path}.{key}", held) for key, held in value.items())
        return ", ".join(f"{header_label(name)}: {label(name, held, form)}" for name, held in below)
    if isinstance(value, list):
        return ", ".join(label(path, member, form) for member in value)
    text, path = flat(value), path.removeprefix("on_reply.")
    if known := _read_as(KINDS.get(path, ""), text) or _of_desk(path, text):
        return known
    fields = [asked.field(path) for asked in (form, *session.desk().config.forms.values()) if asked]
    said = next(filter(None, (_said(field, text) for field in fields if field)), "")
    return said or (_(OUTCOMES[text]) if path == "outcome" and text in OUTCOMES else safe(text))


def apart(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Each value of the form, and of a visit, with a label of its own; what else there is whole."""
    if path.partition(".")[0] not in ("fields", "visit") or not isinstance(value, Mapping):
        yield path, value
        return
    for key, held in value.items():
        yield from apart(f"{path}.{key}", held)


def form_named(header: Mapping[str, Any]) -> Form | None:
    """The form whose words a ticket is told in."""
    return session.desk().config.forms.get(str(header.get("form") or ""))


def _source(value: Mapping[str, Any]) -> str:
    """The import and the key of a row; of a fingerprint enough to tell it from another."""
    words = " ".join(flat(held) for held in value.values()).split()
    return safe(" ".join(word if len(word) < FINGERPRINT else word[:8] + "…" for word in words))


def _of_desk(path: str, text: str) -> str:
    """The label of what a file of the desk names; else ''."""
    if path in PERSONS:
        return person(text)
    return safe(named(session.desk().config, path, text))


def _said(asked: Field, text: str) -> str:
    """A value as its field has it: the choice's label, or as its kind is read; else ''."""
    chosen = asked.choice(text)
    return safe(chosen.label) if chosen else _read_as(asked.type, text)


def _read_as(kind: str, text: str) -> str:
    """A stored value as people read its kind; '' for what is read as it is, such as what a hand
    wrote that is none of its kind.
    """
    if kind == "person":
        return person(text)
    if kind == "bool" and text in ("true", "false"):
        return _("yes") if text == "true" else _("no")
    if kind == "money" and re.fullmatch(r"\d{1,15}\.\d\d", text):
        return money(text)
    with contextlib.suppress(ValueError):
        if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return day(text)
        if kind == "instant" and text:
            return moment(text)
    return ""


def money(text: str) -> str:
    """`1234.56` as `R$ 1.234,56`; English has the point and the comma the other way round."""
    whole, _point, cents = text.partition(".")
    told = f"R$ {int(whole):,}.{cents}"
    return told.translate(str.maketrans(",.", ".,")) if language() == "pt-BR" else told


# How values of the header are read, whatever form asks for them.
KINDS = {
    "due": "date",
    "next_action": "date",
    "opened_at": "instant",
    "arrived": "date",
    "updated": "instant",
    "visit.at": "instant",
    "visit.cancelled": "instant",
    "visit.customer_confirmed": "bool",
    "visit.done": "bool",
}
OUTCOMES = {"won": N_("won"), "lost": N_("lost")}


LABELS = {
    "title": N_("Title"),
    "status": N_("Status"),
    "assignee": N_("Assignee"),
    "team": N_("Team"),
    "requester": N_("Requester"),
    "form": N_("Form"),
    "category": N_("Category"),
    "subcategory": N_("Subcategory"),
    "brand": N_("Brand"),
    "due": N_("Due"),
    "outcome": N_("Outcome"),
    "on_reply": N_("When answered"),
    "channel": N_("Channel"),
    "origin": N_("Origin"),
    "opened_at": N_("Asked at"),
    "arrived": N_("Arrived"),
    "updated": N_("First update"),
    "open": N_("Still open"),
    "flags": N_("Flags"),
    "summary": N_("Summary"),
    "priority": N_("Priority"),
    "org": N_("Organisation"),
    "next_action": N_("Next action"),
    "visit": N_("Visit"),
    "visit.at": N_("Visit"),
    "visit.with": N_("Who goes"),
    "visit.customer_confirmed": N_("Customer agreed"),
    "visit.cancelled": N_("Visit cancelled"),
    "visit.done": N_("Visit done"),
    "links": N_("Links"),
    "tags": N_("Tags"),
    "mentions": N_("Mentions"),
    "attachments": N_("Files"),
    "fields": N_("Fields"),
    "source": N_("Came by"),
}
FINGERPRINT = 64  # letters of a SHA-256


def header_label(path: str, form: Form | None = None) -> str:
    """What people call a value: as `form` does, or of any ticket, or as some form does."""
    if form and (own := form.field(path)):
        return safe(own.label)
    path = path.removeprefix("on_reply.")
    if path in LABELS:
        return _(LABELS[path])
    for other in session.desk().config.forms.values():
        if asked := other.field(path):
            return safe(asked.label)
    return safe(field_name(path))


def header_key(name: str) -> str:
    """What was named by the label that any ticket has for it; the rest is the forms' to know."""
    key = next((key for key, text in LABELS.items() if fold(_(text)) == fold(name)), "")
    fields = (asked for form in session.desk().config.forms.values() for asked in form.fields)
    return key if key and all(fold(asked.label) != fold(name) for asked in fields) else name


def org_label() -> str:
    """What the desk's usual form calls the organisation that asks."""
    config = session.desk().config
    return header_label("org", config.forms.get(config.settings.policies.default_form))


def team_label(header: Mapping[str, Any]) -> str:
    team = str(header.get("team") or "")
    known = session.desk().config.people.file.teams
    return (
        _("team {team}").format(team=safe(known[team].label if team in known else team))
        if team
        else ""
    )
