"""The echo of the dates that a command sets: how they were understood, and what stood before."""

from collections.abc import Iterator, Sequence
from datetime import date

from deskcli.cli import session
from deskcli.cli.labels import reason
from deskcli.cli.show import day, safe, tell
from deskcli.cli.words import N_, _
from deskcli.facts import instant
from deskcli.ticket import Change

# The words of a date, by what it is of, and on a day on which the desk is closed.
OPEN = {"due": N_("Due on {day}."), "visit.at": N_("Visit on {day} at {hour}.")}
CLOSED = {
    "due": N_("Due on {day}, closed ({why}). The next business day is {next}."),
    "visit.at": N_("Visit on {day} at {hour}, closed ({why}). The next business day is {next}."),
}


def echo(changes: Sequence[Change]) -> None:
    """Every date that the changes set, once, as it was understood; with the tickets where they
    differ. What was edited by hand before them was not typed now.
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


def _values(change: Change, path: str) -> list[str]:
    """What the path was set to, in order, '' for what is no date; the ticket may have the change's
    events or not yet.
    """
    events = {event.id: event for event in (*change.ticket.history, *change.events)}
    held = [str(e.sets[path] or "") for e in events.values() if path in e.sets]
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
