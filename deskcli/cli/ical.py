"""Visits as an iCalendar file (RFC 5545), so that a person's own calendar shows them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskcli.cli.labels import label
from deskcli.cli.show import safe
from deskcli.desk import Desk
from deskcli.problem import lacking
from deskcli.ticket import Ticket
from deskcli.visit import Appointment, appointments

if TYPE_CHECKING:
    from icalendar import Event


def calendar_text(tickets: Sequence[Ticket], who: str, desk: Desk) -> str:
    """The visits to come of a person, or of all for ''; with those that a calendar must take out:
    cancelled, or given to somebody else. Refuses without the library that writes it.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise lacking("visit.library", "icalendar") from None
    made = Calendar()
    made.add("prodid", "-//deskcli//PT")
    made.add("version", "2.0")
    made.add("x-wr-calname", desk.config.settings.name)
    for ticket in tickets:
        for visit, status in _shown(ticket, who, desk):
            made.add_component(_event(ticket, visit, status, desk))
    made.add_missing_timezones()
    return str(made.to_ical(), "utf-8")


def _shown(ticket: Ticket, who: str, desk: Desk) -> Iterator[tuple[Appointment, str]]:
    """The visits of a ticket that calendars have to know, each with its STATUS."""
    for visit in appointments(ticket, desk.config.workflow):
        if visit.state == "done" or (who and who not in visit.with_):
            continue
        dropped = visit.state == "cancelled" or not desk.config.workflow.is_open(
            ticket.text("status")
        )
        if dropped or (who and who != visit.with_[-1]):
            if _local(visit, desk).date() >= desk.now.date():
                yield visit, "CANCELLED"
        else:
            yield visit, "CONFIRMED" if visit.agreed else "TENTATIVE"


def _event(ticket: Ticket, visit: Appointment, status: str, desk: Desk) -> "Event":
    """The same visit has the same UID in every export and a higher SEQUENCE after a change, so that
    a calendar moves it instead of showing it twice.
    """
    from icalendar import Event

    settings, made = desk.config.settings, Event()
    made.add("uid", f"{ticket.id}-{visit.id or 'visit'}@{settings.prefix.lower()}.deskcli")
    made.add("sequence", visit.changes)
    made.add("dtstamp", desk.now)
    made.add("dtstart", _local(visit, desk))
    made.add("duration", timedelta(minutes=settings.policies.visit_minutes))
    made.add("summary", safe(f"{ticket.id} {ticket.text('title')}".strip()))
    made.add("description", _description(ticket))
    made.add("status", status)
    org = desk.config.orgs.get(ticket.text("org"))
    if org and org.address:
        made.add("location", safe(org.address))
    return made


def _local(visit: Appointment, desk: Desk) -> datetime:
    return datetime.fromisoformat(visit.at).astimezone(desk.config.zone)


def _description(ticket: Ticket) -> str:
    told = (label("org", ticket.text("org")), safe(ticket.text("requester.name")))
    more = (safe(ticket.text(path), lines=True) for path in ("requester.phone", "summary"))
    return "\n".join(filter(None, (*told, *more)))
