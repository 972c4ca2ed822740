"""Visits as an iCalendar file (RFC 5545), so that a person's own calendar shows them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskcli.cli.show import safe
from deskcli.desk import Desk
from deskcli.facts import Row
from deskcli.problem import refuse
from deskcli.ticket import lookup


def calendar_text(rows: Sequence[Row], desk: Desk) -> str:
    """One event a visit; the same visit has the same UID in every export, so that a calendar moves
    it instead of showing it twice. Refuses without the library that writes it.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise refuse("visit.library", hint="pip install icalendar", library="icalendar") from None
    settings = desk.config.settings
    made = Calendar()
    made.add("prodid", "-//deskcli//PT")
    made.add("version", "2.0")
    made.add("x-wr-calname", settings.name)
    for row in rows:
        held = row.header["visit"]
        event = Event()
        event.add("uid", f"{row.id}-visit@{settings.prefix.lower()}.deskcli")
        event.add("dtstamp", desk.now)
        event.add("dtstart", datetime.fromisoformat(held["at"]).astimezone(desk.config.zone))
        event.add("duration", timedelta(minutes=settings.policies.visit_minutes))
        event.add("summary", safe(f"{row.id} {row.header.get('title') or ''}".strip()))
        event.add("description", _description(row))
        agreed = held.get("customer_confirmed") == "true"
        event.add("status", "CONFIRMED" if agreed else "TENTATIVE")
        made.add_component(event)
    made.add_missing_timezones()
    return str(made.to_ical(), "utf-8")


def _description(row: Row) -> str:
    names = ("org", "requester.name", "requester.phone", "summary")
    return "\n".join(safe(v) for name in names if (v := lookup(row.header, name)))
