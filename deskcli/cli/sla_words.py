"""The SLA in words: metrics, states, allowances, used time, and why time counted or not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from deskcli.allowance import parse
from deskcli.cli import session
from deskcli.cli.show import day, paint, safe
from deskcli.cli.words import N_, _, ngettext
from deskcli.measure import Cycle, measure
from deskcli.ticket import Ticket
from deskcli.timeline import clocks, moments
from deskcli.worktime import Stretch

METRICS = {
    "first_response": N_("First response"),
    "update": N_("Update"),
    "resolution": N_("Resolution"),
}
STATES = {
    "late": N_("late"),
    "running": N_("running"),
    "paused": N_("paused"),
    "missed": N_("missed"),
    "met": N_("met"),
    "cancelled": N_("cancelled"),
}
COLORS = {"late": "red", "missed": "red", "paused": "yellow", "met": "green", "cancelled": "dim"}
REASONS = {
    "open": N_("opening hours"),
    "closed": N_("outside opening hours"),
    "no_hours": N_("no opening that day"),
}


def cycles_of(ticket: Ticket) -> list[Cycle]:
    """Every promise made with the ticket, as it stands now."""
    here = session.desk()
    return measure(moments(ticket, here.config), clocks(here.config, here.now))


def metric(name: str) -> str:
    return _(METRICS[name])


def state(name: str) -> str:
    return _(STATES[name])


def duration(worked: timedelta) -> str:
    """`4h`, `3h20`, `45min`: hours of work, however many days they took; seconds are left out."""
    hours, minutes = divmod(worked // timedelta(minutes=1), 60)
    if not hours:
        return f"{minutes}min"
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"


def allowed(text: str) -> str:
    """`4h`, `2 business days`, `1 business day, until 12:00`."""
    found = parse(text)
    if found.worked:
        return duration(found.worked)
    days = ngettext("{n} business day", "{n} business days", found.days).format(n=found.days)
    if found.days == 0:
        days = _("the same day")
    return (
        days if found.at == "close" else _("{days}, until {hour}").format(days=days, hour=found.at)
    )


def at_clock(when: datetime | None) -> str:
    """`ter 24/11/2026 09:12`, '' for none."""
    return f"{day(when.date())} {when:%H:%M}" if when else ""


def standing(cycle: Cycle) -> str:
    """Where a promise stands, on one line."""
    due, used = at_clock(cycle.due), duration(cycle.used)
    words = {
        "late": _("late since {due}"),
        "running": _("until {due}") if due else _("running"),
        "paused": _("paused"),
        "missed": _("done too late, was due {due}"),
        "met": _("met"),
        "cancelled": _("cancelled"),
    }[cycle.state].format(due=due)
    of = _("target: {allowed}; counted: {used}").format(allowed=allowed(cycle.allowed), used=used)
    color = COLORS.get(cycle.state)
    return f"{paint(words, color) if color else words} ({of})"


def lines(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """For each metric its name and where its latest promise stands; what was cancelled is left."""
    for cycle in {cycle.metric: cycle for cycle in cycles_of(ticket)}.values():
        if cycle.state != "cancelled":
            yield metric(cycle.metric), standing(cycle)


def reason(stretch: Stretch) -> str:
    """Why a stretch of time counted or not."""
    word, _colon, name = stretch.reason.partition(":")
    if word in REASONS:
        return _(REASONS[word])
    if word == "holiday":
        return safe(name)
    config = session.desk().config
    status = safe(config.workflow[name].label if name in config.workflow else name)
    told = _("paused: {status}") if word == "paused" else _("stopped: {status}")
    return told.format(status=status)
