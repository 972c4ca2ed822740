"""From a ticket's history to what moved its clocks, and to where they stand: the facts `sla.*`.

The first half rests on the files of the ticket and of the desk and changes only with them, so the
index keeps it. Opening hours and the moment of asking come in with the second.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from deskcli.condition import DATE_TESTS, Condition, bind, from_yaml, holds, tests
from deskcli.config import Config
from deskcli.factnames import DATES, METRICS
from deskcli.facts import answers, arrival, facts, instant, standing, updates
from deskcli.measure import Clocks, Cycle, Moment, measure
from deskcli.sla import OWED, STATES, Target
from deskcli.ticket import Ticket, apply, drift, edited_at, lookup
from deskcli.workflow import CLOSED
from deskcli.yamltext import Value

Offer = tuple[int, Target, Condition]  # a target by its place in the list

# -- what moved the clocks ------------------------------------------------------------------------


def moments(ticket: Ticket, config: Config) -> list[Moment]:
    """The arrival, then every event that changed something for a clock; none without targets.

    Values that a person edited by hand count from the time the file was written, as the next
    command records them; from now on where that can not be told.
    """
    found: list[Moment] = []
    for moment in _all(ticket, config) if config.targets and ticket.history else ():
        did = moment.answered or moment.updated
        if did or not found or _quiet(moment) != _quiet(found[-1]):
            found.append(moment)
    return found


def _quiet(moment: Moment) -> Moment:
    return replace(moment, at="", answered=False, updated=False)


def _all(ticket: Ticket, config: Config) -> Iterator[Moment]:
    history, header = ticket.history, dict[str, Value]()
    answered = {e.id for e in standing(history) if answers(e)}
    counts = config.settings.policies.counts_as_update
    updated = {e.id for e in updates(history, counts)}
    times = [instant(event.at, config.zone) for event in history]
    opened = next(filter(None, times), None)
    if opened is None:
        return
    at = min(opened, instant(arrival(ticket), config.zone) or opened)
    offers = _offers(config, at.date())
    for n, event in enumerate(history, 1):
        apply(header, event)
        so_far = Ticket(header, history[:n])
        if n == 1:
            yield _moment(so_far, config, offers, at)
        at = times[n - 1] or at
        moment = _moment(so_far, config, offers, at)
        yield replace(moment, answered=event.id in answered, updated=event.id in updated)
    if drift(ticket):
        edited = edited_at(ticket)
        moment = _moment(ticket, config, offers, edited.astimezone(config.zone) if edited else at)
        by_hand = replace(moment, updated="edited" in counts)
        yield by_hand if edited else replace(by_hand, at="")


def _offers(config: Config, arrived: date) -> list[Offer]:
    """The targets for what arrived that day."""
    places = [doc.value_place for doc in config.documents("sla")]
    return [
        (n, target, from_yaml(target.when, places[0](("targets", n, "when"))))
        for n, target in enumerate(config.targets)
        if target.in_force(arrived)
    ]


def _moment(ticket: Ticket, config: Config, offers: Sequence[Offer], at: datetime) -> Moment:
    known, status = facts(ticket, config), ticket.text("status")

    def day(text: str) -> date:
        from deskcli.dates import parse_date

        return parse_date(text, at.date(), config.calendar)

    fit = [(n, t) for n, t, asked in offers if holds(bind(asked, at.date(), day=day), known)]
    targets = tuple(next((n for n, t in fit if t.allows(metric)), -1) for metric in METRICS)
    return Moment(at.isoformat(), status, _clock(status, config), False, False, targets)


def _clock(status: str, config: Config) -> str:
    """A status that is closed stops the clock, whatever it says; an unknown one runs."""
    state = config.workflow.state(status)
    if state == "cancelled":
        return "cancel"
    if state in CLOSED:
        return "stop"
    return config.workflow[status].clock if status in config.workflow else "run"


def packed(found: Sequence[Moment]) -> str:
    """As one line of text for the index, '' for none."""
    return msgspec.json.encode(found).decode() if found else ""


def unpacked(text: str) -> list[Moment]:
    return msgspec.json.decode(text, type=list[Moment]) if text else []


def counts_days(config: Config) -> bool:
    """Whether some target is for days that a calendar counts (`+2bd`): moments rest on it then."""
    asked = (test for target in config.targets for test in tests(from_yaml(target.when)))
    return any(test.op in DATE_TESTS or test.path in DATES for test in asked)


# -- where they stand -----------------------------------------------------------------------------


def clocks(config: Config, now: datetime) -> Clocks:
    return Clocks(config.targets, [config.named_calendar(t.calendar) for t in config.targets], now)


def teller(clocks: Callable[[], Clocks]) -> Callable[[str, str], str]:
    """A fact `sla.*` of packed moments, '' for none; as a function of SQL, which asks several of
    one ticket.
    """

    @lru_cache(maxsize=1)
    def known(text: str) -> dict[str, Value]:
        return sla_facts(measure(unpacked(text), clocks()))

    return lambda text, fact: str(lookup(known(text), fact) or "")


def sla_facts(found: Sequence[Cycle]) -> dict[str, Value]:
    """The facts that conditions ask for as `sla.resolution.state`: of each metric its latest cycle,
    and of all together the gravest state and the first due.

    `due` is there while something is owed: not once it is done, not while the clock stands still.
    """
    latest = {cycle.metric: cycle for cycle in found}
    dues = [c.due for c in latest.values() if c.state in OWED and c.due]
    gravest = min((STATES.index(c.state) for c in latest.values()), default=None)
    return {
        "state": "" if gravest is None else STATES[gravest],
        "due": min(dues).isoformat(timespec="seconds") if dues else "",
        **{metric: _standing(cycle) for metric, cycle in latest.items()},
    }


def _standing(cycle: Cycle) -> dict[str, Value]:
    due = cycle.due if cycle.state in OWED else None
    return {
        "state": cycle.state,
        "due": due.isoformat(timespec="seconds") if due else "",
        "target": cycle.target.id,
    }
