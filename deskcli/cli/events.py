"""Events in words: what happened, who did it, what it set; and the steps of a decision."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deskcli.cli import session
from deskcli.cli.show import day, flat, moment, out, paint, safe, show_problems, tell
from deskcli.cli.words import N_, _
from deskcli.people import PROGRAM
from deskcli.problem import Problem
from deskcli.rule import slot_of
from deskcli.ticket import Change, Event, field_name

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


def who(event: Event) -> str:
    """`João`; `João (as root)` when the system's user was another; of an edit by hand all that is
    known is whose the file was.
    """
    name = person(event.actor)
    if event.via == "file":
        return _("{person} (the file's owner)").format(person=name)
    return (
        _("{person} (as {login})").format(person=name, login=safe(event.by)) if event.as_ else name
    )


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
    known: Mapping[str, Any] = {
        "status": config.workflow,
        "category": config.categories,
        "subcategory": config.categories,
        "form": config.forms,
    }.get(path, {})
    if text in known:
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


def doing(event: Event) -> str:
    """The verb, with the macro or the rule that it was."""
    config = session.desk().config
    macro, rule = str(event.data.get("macro", "")), str(event.data.get("rule", ""))
    if event.did == "applied" and macro in config.macros:
        return f"{verb(event.did)}: {safe(config.macros[macro].label)}"
    if event.did == "swept":
        labels = {r.id: r.label for r in config.rules}
        again = f" ({slot_of(event) + 1})" if slot_of(event) else ""
        return f"{verb(event.did)}: {safe(labels.get(rule, rule))}{again}"
    return verb(event.did)


def event_lines(event: Event, brief: bool = False) -> Iterator[str]:
    """The event on one line, what it set below, then its text; `brief` leaves out what an opening
    set, where the header stands above.
    """
    title = f"{moment(event.at)}  {doing(event)}  {who(event)}"
    yield paint(title, "bold") + (f"  {paint(safe(event.rule), 'dim')}" if event.rule else "")
    for path, value in () if brief and event.did == "opened" else event.sets.items():
        shown = label(path, value) if value is not None else _("(removed)")
        yield f"    {header_label(path)}: {shown}"
    for sign, lists in (("+", event.adds), ("-", event.drops)):
        for path, members in lists.items():
            yield f"    {header_label(path)} {sign} {safe(', '.join(map(_member, members)))}"
    if contacted := event.data.get("contacted"):
        yield "    " + _("customer told by: {channel}").format(channel=safe(contacted))
    if to := _mapping(event.data.get("to")):
        yield "    " + _("to send: {to}").format(to=safe(" ".join(map(str, to.values()))))
    if isinstance(whom := event.data.get("notify"), list):
        yield "    " + _("to notify: {who}").format(who=", ".join(person(str(w)) for w in whom))
    for line in event.text.split("\n") if event.text else ():
        yield f"    | {safe(line)}"


def _mapping(value: Any) -> Mapping[str, Any]:
    """What a history should have as a mapping, whatever somebody made of it."""
    return value if isinstance(value, Mapping) else {}


def _member(value: Any) -> str:
    return str(value.get("name", value)) if isinstance(value, Mapping) else str(value)


def step_lines(steps: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each step of a decision: what was tried, with what outcome, whom it passed over and why."""
    for step in steps:
        result = str(step.get("result", ""))
        named = person(result) if result in session.desk().config.people else reason(result)
        yield f"  {step_name(str(step.get('step', '')))}: {named}{_detail(step)}"
        for name, why in _mapping(step.get("skipped")).items():
            yield "      " + _("passed over: {person} ({why})").format(
                person=person(str(name)), why=reason(str(why))
            )
        if step.get("warning"):
            yield "      " + _("warning: is away, and the rule names nobody else")


def _detail(step: Mapping[str, Any]) -> str:
    extra = [safe(step[key]) for key in ("ticket", "day", "period") if step.get(key)]
    if step.get("swapped_for"):
        extra.append(_("turn of {person}").format(person=person(str(step["swapped_for"]))))
    if step.get("unread"):
        extra.append(_("files that can not be read: {n}").format(n=safe(step["unread"])))
    if step.get("reason"):
        extra.append(reason(str(step["reason"])))
    if step.get("at"):
        extra.append(safe(step["at"]))
    return f"  ({', '.join(extra)})" if extra else ""


def step_name(step: str) -> str:
    kind, _colon, name = step.partition(":")
    named = {
        "open_ticket_owner": _("owner of the requester's open ticket"),
        "assign": _("named by the rule"),
        "role": _("person of the role"),
        "rota": _("rota"),
        "roulette": _("roulette"),
        "team": _("team"),
        "named": _("named by whoever opened it"),
        "category": _("no rule of the category applied; the form's follow"),
        "unassigned": _("unassigned"),
    }
    words = named.get(kind, safe(kind))
    return f"{words} {safe(name)}" if name else words


def show_changes(changes: Iterable[Change], dry: bool) -> None:
    """What was done, a line a ticket; with `dry`, every event that would be written."""
    warn_of_unread(changes := list(changes))
    for change in changes:
        header = {**change.ticket.header, **({} if not dry else change.after)}
        name = safe(header.get("id") or _("(new)"))
        dids = ", ".join(doing(e) for e in change.events if e.did != "edited" or dry)
        status, holder = label("status", header.get("status")), header.get("assignee")
        owner = person(str(holder)) if holder else team_label(header) or _("unassigned")
        out(f"{name}  {dids}  [{status}]  {owner}  {safe(header.get('title') or '')}")
        if dry:
            for event in change.events:
                for line in event_lines(event):
                    out("  " + line)
    if dry:
        tell(_("Nothing was written (dry run)."))


def warn_of_unread(changes: Iterable[Change]) -> None:
    """Name the files in which a decision could not look for the requester's open ticket."""
    if any("unread" in step for c in changes for e in c.events for step in e.why):
        names = sorted(session.desk().unread)
        files = [*names[:5], "…"] if len(names) > 5 else names
        show_problems([Problem("route.unread", {"files": files}, hint="deskcli check")])


def team_label(header: Mapping[str, Any]) -> str:
    team = str(header.get("team") or "")
    known = session.desk().config.people.file.teams
    return (
        _("team {team}").format(team=safe(known[team].label if team in known else team))
        if team
        else ""
    )
