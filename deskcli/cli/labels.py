"""Names as the desk says them: of what happened, of values, of people and teams."""

import re
from collections.abc import Mapping
from typing import Any

from deskcli.cli import session
from deskcli.cli.show import day, flat, moment, safe
from deskcli.cli.words import N_, _
from deskcli.people import PROGRAM
from deskcli.ticket import field_name

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
    "confirmed": N_("visit confirmed"),
    "visited": N_("visit done"),
    "appended": N_("conversation appended"),
    "linked": N_("linked"),
    "unlinked": N_("link removed"),
    "undone": N_("undone"),
}
# Paths whose values are names of the desk's configuration, which is read only for them.
NAMED = {
    "status": "workflow",
    "category": "categories",
    "subcategory": "categories",
    "form": "forms",
}
REASONS = {
    "absence": N_("away"),
    "inactive": N_("inactive"),
    "unknown": N_("unknown"),
    "role": N_("has not the role"),
    "swapped": N_("swapped"),
    "nobody_acts": N_("nobody is acting"),
    "not_applicable": N_("does not apply"),
    "refused": N_("refused"),
    "none": N_("nobody"),
    "nobody_able": N_("nobody is able"),
    "no_period": N_("no period in force"),
    "no_entry": N_("nobody is named"),
    "closed": N_("closed day"),
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


def label(path: str, value: Any) -> str:
    """A value as the desk says it: the label of a status, a category, a form, a person."""
    config = session.desk().config
    if isinstance(value, Mapping):
        below = ((f"{path}.{key}", held) for key, held in value.items())
        return ", ".join(f"{header_label(name)}: {label(name, held)}" for name, held in below)
    text = flat(value)
    if path in ("due", "next_action") and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day(text)
    if path == "visit.at":
        return moment(text)
    if path in ("visit.customer_confirmed", "visit.done"):
        return _("yes") if text == "true" else _("no")
    if path in NAMED and text in (known := getattr(config, NAMED[path])):
        return safe(known[text].label)
    if path in ("assignee", "visit.with"):
        return person(text)
    if path == "org" and text in config.orgs:
        return safe(config.orgs[text].name)
    if path == "brand":
        return safe(config.settings.brands.get(text, text))
    for form in config.forms.values():
        asked = form.field(path)
        if asked and (chosen := asked.choice(text)):
            return safe(chosen.label)
    return safe(text)


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
    "channel": N_("Channel"),
    "origin": N_("Origin"),
    "opened_at": N_("Asked at"),
    "flags": N_("Flags"),
    "summary": N_("Summary"),
    "priority": N_("Priority"),
    "org": N_("Organisation"),
    "next_action": N_("Next action"),
    "visit": N_("Visit"),
    "visit.at": N_("Visit"),
    "visit.with": N_("Who goes"),
    "visit.customer_confirmed": N_("Customer agreed"),
    "visit.done": N_("Visit done"),
    "links": N_("Links"),
    "tags": N_("Tags"),
    "mentions": N_("Mentions"),
    "attachments": N_("Files"),
    "fields": N_("Fields"),
}


def header_label(path: str) -> str:
    """What people call a value: of the header, or the label that some form has for it."""
    if path in LABELS:
        return _(LABELS[path])
    for form in session.desk().config.forms.values():
        if asked := form.field(path):
            return safe(asked.label)
    return safe(field_name(path))


def team_label(header: Mapping[str, Any]) -> str:
    team = str(header.get("team") or "")
    known = session.desk().config.people.file.teams
    return (
        _("team {team}").format(team=safe(known[team].label if team in known else team))
        if team
        else ""
    )
