"""The echo of what a command sets beside what was typed: the dates, as they were understood, and
what follows from a value that was set; with what stood before.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from deskcli.cli import session
from deskcli.cli.labels import header_label, label, reason
from deskcli.cli.show import day, safe, tell
from deskcli.cli.words import N_, _
from deskcli.default import implied
from deskcli.facts import instant
from deskcli.move import form_of
from deskcli.ticket import Change, Event, Ticket, field_name, lookup, replay

# The words of a date, by what it is of, and on a day on which the desk is closed.
OPEN = {"due": N_("Due on {day}."), "visit.at": N_("Visit on {day} at {hour}.")}
CLOSED = {
    "due": N_("Due on {day}, closed ({why}). The next business day is {next}."),
    "visit.at": N_("Visit on {day} at {hour}, closed ({why}). The next business day is {next}."),
}


def echo(changes: Sequence[Change]) -> None:
    """Every line once, with the tickets where they differ. What was edited by hand before the
    changes was not typed now.
    """
    told: dict[str, list[str]] = {}
    for change in changes:
        for line in _lines(change):
            told.setdefault(line, []).append(str(change.after.get("id") or _("(new)")))
    for line, tickets in told.items():
        is_common = len(tickets) == len(changes)
        tell(line if is_common else f"{safe(', '.join(tickets))}: {line}")


def _lines(change: Change) -> Iterator[str]:
    sets = {path for event in change.events if event.did != "edited" for path in event.sets}
    if "due" in sets:
        *before, now = _values(change, "due")
        held = before[-1] if before else ""
        if now != held:
            yield " ".join(_due(now, held))
    if "visit.at" in sets and (at := _values(change, "visit.at")[-1]):
        yield _understood("visit.at", at)
    if "filled" in {event.did for event in change.events}:
        yield from _followed(change)


def _followed(change: Change) -> Iterator[str]:
    """The values that the form takes from others, where these take them elsewhere now (F10)."""
    made = {event.id for event in change.events if event.did != "edited"}
    before = replay([event for event in _events(change) if event.id not in made])
    scene, after = session.desk().scene(), change.after
    form = form_of(scene, Ticket(after))
    was = implied(scene, form, before)
    for path, value in implied(scene, form, after).items():
        held, had = lookup(after, path), lookup(before, path)
        facts = {"field": header_label(path, form), "by": label(path, value, form)}
        facts["had"] = label(path, had, form) if had else "-"
        if value == was.get(path):
            continue
        if held == value != had:
            yield _("{field}: {by}, by the form. Before: {had}.").format(**facts)
        elif held == had != value:
            told = _("{field} stays {had}; by the form it would be {by}: {command}")
            command = f"deskcli set {safe(after.get('id'))} {field_name(path)}={value}"
            yield told.format(**facts, command=command)


def _events(change: Change) -> list[Event]:
    """In order; the ticket may have the change's events or not yet."""
    return [*{event.id: event for event in (*change.ticket.history, *change.events)}.values()]


def _values(change: Change, path: str) -> list[str]:
    """What the path was set to, in order, '' for what is no date."""
    held = [str(e.sets[path] or "") for e in _events(change) if path in e.sets]
    zone = session.desk().config.zone
    return [text if instant(text, zone) else "" for text in held]


def _due(now: str, held: str) -> Iterator[str]:
    yield _understood("due", now) if now else _("No day is promised.")
    if held:
        yield _("Before: {day}.").format(day=day(held))


def _understood(path: str, at: str) -> str:
    """The day, with its hour where it has one; a closed one may be meant, but not by mistake."""
    calendar, when = session.desk().config.calendar, date.fromisoformat(at[:10])
    facts = {"day": day(when), "hour": at[11:16]}
    if calendar.is_workday(when):
        return _(OPEN[path]).format(**facts)
    why = safe(calendar.holiday(when)) or reason("closed")
    return _(CLOSED[path]).format(**facts, why=why, next=day(calendar.add_workdays(when, 0)))
