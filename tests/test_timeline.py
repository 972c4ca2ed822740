"""From the history of a ticket to its clocks: what starts, stops, pauses and restarts them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskcli.config import Config
from deskcli.indexrow import made_by
from deskcli.measure import Cycle, measure
from deskcli.ticket import Event, Saved, Ticket, replay
from deskcli.timeline import clocks, moments, packed, sla_facts, unpacked

DESK = Path(__file__).parent / "fixtures/prazos"
ZONE = ZoneInfo("America/Sao_Paulo")
CALENDARS, TARGETS = "schedules/calendars.yaml", "schedules/sla.yaml"


def config(**other: str) -> Config:
    """The desk of the fixture, other files in place of some: `calendars`, `targets`, `desk`."""
    names = {"calendars": CALENDARS, "targets": TARGETS, "desk": "desk.yaml"}
    given = {names[k]: text for k, text in other.items()}

    def read(glob: str) -> list[tuple[str, bytes]]:
        if glob in given:
            return [(glob, given[glob].encode())]
        return [(str(p.relative_to(DESK)), p.read_bytes()) for p in sorted(DESK.glob(glob))]

    return Config(read)


def at(text: str) -> datetime:
    """`23 09:12` is in November 2026, which the 23rd, a Monday, is in; or a whole date."""
    whole = text if len(text) > 8 else f"2026-11-{text}"
    return datetime.fromisoformat(whole).replace(tzinfo=ZONE)


HEADER = {"form": "chamado", "category": "duvida", "priority": "media", "status": "aberto"}
REPLY = {"did": "replied", "data": {"to": {"channel": "email", "address": "ana@example.com"}}}
NOTE = {"did": "noted", "text": "liguei"}


def moved(status: str, **more: Any) -> dict[str, Any]:
    did = {"resolvido": "resolved", "cancelado": "cancelled"}.get(status, "moved")
    return {"did": did, "sets": {"status": status, **more}}


def ticket(
    *acts: tuple[str, dict[str, Any]], opened: str = "23 09:00", via: str = "import", **header: str
) -> Ticket:
    """Opened on Monday at 09:00 by an import, unless told otherwise; then the acts."""
    opening = (opened, {"did": "opened", "via": via, "sets": {**HEADER, **header}})
    events = [
        Event(f"E{n}", n, at(when).isoformat(), "bia", **act)
        for n, (when, act) in enumerate((opening, *acts), 1)
    ]
    return Ticket({"id": "SUP-1", **replay(events)}, tuple(events))


def told(found: Ticket, now: str, desk: Config | None = None) -> list[str]:
    """Each cycle on a line: metric, state, due, worked time."""
    return [f"{c.metric} {standing(c)}" for c in cycles(found, now, desk)]


def standing(cycle: Cycle) -> str:
    due = f"{cycle.due:%d %H:%M}" if cycle.due else "-"
    return f"{cycle.state} {due} {cycle.used / timedelta(hours=1):g}h"


def cycles(found: Ticket, now: str, desk: Config | None = None) -> list[Cycle]:
    desk = desk or config()
    return measure(moments(found, desk), clocks(desk, at(now)))


def of(metric: str, found: Ticket, now: str, desk: Config | None = None) -> str:
    [cycle] = [c for c in cycles(found, now, desk) if c.metric == metric]
    return standing(cycle)


# -- what each clock does -------------------------------------------------------------------------


def test_three_clocks_run_from_the_arrival() -> None:
    assert told(ticket(), "23 11:00") == [
        "first_response running 23 14:00 2h",
        "update running 24 18:00 2h",
        "resolution running 25 18:00 2h",
    ]


def test_P19_what_is_not_done_by_its_due_date_is_late() -> None:
    assert of("first_response", ticket(), "23 14:00") == "running 23 14:00 4h"
    assert of("first_response", ticket(), "23 14:01").startswith("late 23 14:00")
    assert of("first_response", ticket(("23 14:01", REPLY)), "30 09:00").startswith("missed 23")


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        ("21 22:15", "23 12:00"),  # Saturday night
        ("19 17:00", "23 11:00"),  # Thursday; Friday is a holiday
        ("23 12:30", "23 17:00"),  # at lunch
        ("23 06:00", "23 12:00"),
    ],
)
def test_OX11_an_arrival_after_hours_counts_from_the_opening(arrived: str, due: str) -> None:
    assert of("first_response", ticket(opened=arrived), "23 12:30").split(" ", 1)[1][:8] == due


def test_a_submission_arrived_when_it_was_sent_not_when_it_was_imported() -> None:
    imported = ticket(opened_at=at("19 17:00").isoformat())
    assert of("first_response", imported, "23 09:00") == "running 23 11:00 2h"
    slip = ticket(opened_at=at("30 09:00").isoformat())  # nobody asks after the ticket is there
    assert of("first_response", slip, "23 10:00") == "running 23 14:00 1h"


def test_the_first_response_is_an_answer_to_the_requester() -> None:
    macro = {"did": "applied", "data": {"macro": "m", "to": {"team": "rh"}}}
    answer = {"did": "applied", "data": {"macro": "m", "to": {"channel": "email"}}}
    for act in (NOTE, macro, {"did": "filled", "sets": {"title": "x"}}):
        assert of("first_response", ticket(("23 10:00", act)), "23 11:00").startswith("running")
    first = {**REPLY, "did": "messaged"}
    for act in (REPLY, first, answer, moved("resolvido")):
        assert of("first_response", ticket(("23 10:00", act)), "23 11:00") == "met 23 14:00 1h"


def test_F17_a_date_told_to_the_customer_is_an_answer_and_a_conversation_attached_is_none() -> None:
    talk = {"did": "appended", "text": "[23/11/2026 09:05] Bia: já vejo"}
    told_by = {"did": "promised", "sets": {"due": "2026-11-25"}, "data": {"contacted": "telefone"}}
    assert of("first_response", ticket(("23 10:00", talk)), "23 11:00") == "running 23 14:00 2h"
    answered = ticket(("23 10:00", talk), ("23 10:30", told_by))
    assert of("first_response", answered, "23 11:00") == "met 23 14:00 1.5h"
    put_off = {**told_by, "data": {}}
    assert of("first_response", ticket(("23 10:30", put_off)), "23 11:00").startswith("running")


def test_O8_each_update_begins_a_new_cycle() -> None:
    found = ticket(
        ("24 10:00", REPLY), ("24 11:00", NOTE), ("25 17:00", moved("aberto", title="x"))
    )
    assert [line for line in told(found, "27 09:00") if line.startswith("update")] == [
        "update met 24 18:00 10h",
        "update met 25 18:00 15h",
        "update late 26 18:00 11h",
    ]


def test_opened_by_hand_is_updated_by_that() -> None:
    """As O8 has it: the person who opened it filled in the form."""
    assert told(ticket(via="cli"), "23 10:00") == told(ticket(), "23 10:00")
    asked = at("19 09:00").isoformat()
    updates = [u for u in told(ticket(via="cli", opened_at=asked), "23 10:00") if "update" in u]
    assert updates == ["update met 23 18:00 9h", "update running 24 18:00 1h"]


def test_waiting_for_the_requester_is_not_counted() -> None:
    waiting = [("23 10:00", moved("esperando_cliente"))]
    found = ticket(*waiting)
    assert told(found, "25 09:00") == [
        "first_response paused - 1h",
        "update met 24 18:00 1h",
        "update paused - 0h",
        "resolution paused - 1h",
    ]
    back = ticket(*waiting, ("25 10:00", moved("aberto")))
    assert of("first_response", back, "25 11:00") == "running 25 14:00 2h"
    # paused over the closings of Monday and Tuesday: Wednesday is the day it arrived
    assert of("resolution", back, "25 11:00") == "running 27 18:00 2h"


def test_what_was_late_before_the_pause_stays_late() -> None:
    found = ticket(("23 15:00", moved("esperando_cliente")))
    assert of("first_response", found, "26 09:00") == "late 23 14:00 5h"


def test_reopened_it_goes_on_from_what_was_used() -> None:
    done = [("23 11:00", moved("resolvido"))]
    again = [*done, ("30 09:00", {"did": "reopened", "sets": {"status": "aberto"}})]
    assert of("resolution", ticket(*done), "27 09:00") == "met 25 18:00 2h"
    assert of("resolution", ticket(*again), "30 10:00") == "running 02 18:00 3h"
    [cycle] = [c for c in cycles(ticket(*again), "30 10:00") if c.metric == "resolution"]
    assert [s.reason for s in cycle.stretches()] == ["open", "stopped:resolvido", "open"]
    finished = ticket(*again, ("2026-12-03T09:00", moved("resolvido")))
    assert of("resolution", finished, "2026-12-04T09:00").startswith("missed 02 18:00")


def test_a_reopening_owes_an_update_again_but_no_first_response() -> None:
    found = ticket(
        ("23 11:00", moved("resolvido")),
        ("24 09:00", {"did": "reopened", "sets": {"status": "aberto"}}),
    )
    lines = told(found, "24 10:00")
    assert lines[:3] == [
        "first_response met 23 14:00 2h",
        "update met 24 18:00 2h",
        "update running 25 18:00 1h",
    ]


def test_a_cancelled_ticket_owes_nothing() -> None:
    found = ticket(("23 10:00", moved("cancelado")))
    assert [line.split()[1] for line in told(found, "30 09:00")] == ["cancelled"] * 3
    assert sla_facts(cycles(found, "30 09:00"))["due"] == ""
    back = ticket(("23 10:00", moved("cancelado")), ("24 10:00", moved("aberto")))
    assert of("first_response", back, "24 11:00") == "running 24 14:00 2h"


def test_a_status_may_end_the_clocks_of_an_open_ticket() -> None:
    """`clock: stop`; a status that is resolved ends them whatever it says."""
    for status in ("entregue", "resolvido"):
        assert (
            of("resolution", ticket(("23 10:00", moved(status))), "27 09:00") == "met 25 18:00 1h"
        )


def test_a_pause_from_the_closing_on_leaves_that_day_used() -> None:
    at_close = ticket(("23 18:00", moved("esperando_cliente")), ("25 08:00", moved("aberto")))
    before = ticket(("23 17:59", moved("esperando_cliente")), ("25 08:00", moved("aberto")))
    assert of("resolution", at_close, "25 08:00") == "running 26 18:00 8h"
    assert of("resolution", before, "25 08:00").startswith("running 27 18:00")


def test_a_status_that_nobody_knows_runs() -> None:
    assert of("resolution", ticket(status="sumido"), "23 10:00").startswith("running")


# -- changes of priority, of targets, of calendars ------------------------------------------------


def test_a_new_priority_has_its_own_allowance_for_all_the_time_so_far() -> None:
    """Urgent is 8 hours of day and night for the resolution, one for the first response."""
    urgent = {"did": "filled", "sets": {"priority": "urgente"}}
    found = ticket(("23 11:00", urgent))
    assert of("resolution", found, "23 11:30") == "running 23 17:00 2.5h"
    assert of("first_response", found, "23 11:30") == "late 23 11:00 2.5h"
    at_night = ticket(("23 17:00", urgent))  # seven hours of work are used
    assert of("resolution", at_night, "23 17:30") == "running 23 18:00 7.5h"


def test_nothing_is_late_by_a_target_before_it_came() -> None:
    """Of three that were raised on Wednesday at 11:00, when one hour of it was used long ago."""
    raised = ("25 11:00", {"did": "filled", "sets": {"priority": "urgente"}})
    waiting = ("23 11:00", moved("esperando_cliente"))
    assert of("first_response", ticket(waiting, raised), "25 12:00") == "late 25 11:00 2h"
    assert of("first_response", ticket(raised), "25 12:00").startswith("late 23 14:00"), "already"
    done_at_once = ticket(waiting, ("25 11:00", {**REPLY, "sets": {"priority": "urgente"}}))
    assert of("first_response", done_at_once, "25 12:00") == "met 25 11:00 2h"


def test_a_lower_priority_gives_time_but_none_back() -> None:
    lower = {"did": "filled", "sets": {"priority": "baixa"}}
    found = ticket(("24 09:00", lower), priority="urgente")  # 24 hours are used, night and all
    assert of("first_response", found, "24 09:30") == "late 23 13:00 24.5h"
    assert of("resolution", found, "24 09:30") == "running 25 18:00 24.5h"


def test_what_was_done_is_judged_by_the_target_of_that_moment() -> None:
    urgent = {"did": "filled", "sets": {"priority": "urgente"}}
    found = ticket(("23 11:00", REPLY), ("23 12:00", urgent))
    assert of("first_response", found, "23 15:00") == "met 23 14:00 2h"


ONLY_URGENT = """
targets:
- {id: urgente, when: {priority: urgente}, resolution: 8h}
- {id: duvida, when: {category: duvida}, first_response: 4h}
"""


def test_time_before_any_target_matched_counts() -> None:
    urgent = {"did": "filled", "sets": {"priority": "urgente"}}
    desk = config(targets=ONLY_URGENT)
    assert told(ticket(), "23 11:00", desk) == ["first_response running 23 14:00 2h"]
    found = ticket(("23 11:00", urgent))
    assert of("resolution", found, "23 11:30", desk) == "running 23 18:00 2.5h"
    back = ticket(("23 11:00", urgent), ("23 12:00", moved("aberto", priority="baixa")))
    assert len(told(back, "23 12:00", desk)) == 1


def test_a_target_may_ask_for_the_day_on_which_something_happens() -> None:
    desk = config(targets="targets: [{id: a, when: {due: {on: today}}, resolution: 1h}]")
    touched = ticket(("24 09:00", NOTE), due="2026-11-24")
    assert told(ticket(due="2026-11-24"), "24 10:00", desk) == []
    assert told(touched, "24 10:00", desk) == ["resolution late 23 10:00 10h"]


def test_no_sla_without_targets() -> None:
    assert moments(ticket(), config(targets="targets: []")) == []
    assert told(ticket(category="parado"), "23 11:00", config(targets=ONLY_URGENT)) == []


NEW_TARGET = """
targets:
- {id: novo, from: '2026-11-24', first_response: 1h}
- {id: antigo, until: '2026-11-23', first_response: 4h}
"""


def test_a_target_from_a_day_on_leaves_what_came_before_as_it_was() -> None:
    desk = config(targets=NEW_TARGET)
    assert of("first_response", ticket(), "24 09:00", desk).startswith("late 23 14:00")
    assert (
        of("first_response", ticket(opened="24 09:00"), "24 09:00", desk) == "running 24 10:00 0h"
    )


def test_holidays_and_hours_from_a_day_on_do_not_rewrite_history() -> None:
    """Added above what ends the tables, in the way the starter file tells people to."""
    text = (DESK / CALENDARS).read_text()

    def added(line: str, above: str) -> list[str]:
        return told(ticket(), "26 18:00", config(calendars=text.replace(above, line + above, 1)))

    holiday, hours = "    - {name: Natal", "    holidays: [feriados]"
    now = told(ticket(), "26 18:00")
    assert added("    - {name: Aniversário, on: '11-24', from: '2027'}\n", holiday) == now
    assert added("    - {name: Aniversário, on: '11-24'}\n", holiday) == [
        "first_response late 23 14:00 26h",
        "update late 25 18:00 26h",
        "resolution running 26 18:00 26h",
    ]
    week = "days: {mon-fri: ['08:00-10:00']}}\n"
    assert added("    - {from: '2026-11-27', " + week, hours) == now
    assert (
        added("    - {from: '2026-11-25', " + week, hours)[0] == "first_response late 23 14:00 21h"
    )


# -- the history as it is -------------------------------------------------------------------------


def test_what_was_undone_did_not_happen() -> None:
    undone = {"did": "undone", "data": {"undoes": "E2"}}
    found = ticket(("23 10:00", REPLY), ("23 10:05", undone))
    assert of("first_response", found, "23 11:00") == "running 23 14:00 2h"
    assert [line for line in told(found, "23 11:00") if line.startswith("update")] == [
        "update running 24 18:00 2h"
    ]


def test_a_value_edited_by_hand_counts_from_now() -> None:
    """The next command records it as of its own moment; until then it is now."""
    found = ticket()
    by_hand = Ticket({**found.header, "status": "resolvido"}, found.history)
    assert of("resolution", by_hand, "23 11:00") == "met 25 18:00 2h"
    assert of("resolution", by_hand, "23 15:00") == "met 25 18:00 5h"
    recorded = ticket(("23 11:00", {"did": "edited", "sets": {"status": "resolvido"}}))
    assert of("resolution", recorded, "23 15:00") == "met 25 18:00 2h"


def test_a_file_edited_by_hand_tells_since_when() -> None:
    """As the next command records it, and as an update where the desk counts one (O8)."""
    settings = (DESK / "desk.yaml").read_text()
    desk = config(desk=settings.replace("counts_as_update: [", "counts_as_update: [edited, "))
    found, edited = ticket(), at("23 11:00")
    header = {**found.header, "priority": "baixa"}
    by_hand = Ticket(header, found.history, saved=Saved(0, edited.timestamp()))
    recorded = ticket(("23 11:00", {"did": "edited", "sets": {"priority": "baixa"}}))
    assert moments(by_hand, desk)[-1].at == edited.isoformat()
    assert told(by_hand, "23 15:00", desk) == told(recorded, "23 15:00", desk)
    assert "update met 24 18:00 2h" in told(by_hand, "23 15:00", desk)
    assert "update running 24 18:00 5h" in told(by_hand, "23 15:00")


def test_a_target_asks_for_days_by_the_calendar_of_the_desk() -> None:
    """`+2bd` from Thursday the 19th: Friday is a holiday here, so that it is Tuesday."""
    desk = config(targets="targets: [{id: a, when: {due: {until: +2bd}}, resolution: 4h}]")
    assert of("resolution", ticket(opened="19 09:00", due="2026-11-24"), "19 10:00", desk)
    assert cycles(ticket(opened="19 09:00", due="2026-11-25"), "19 10:00", desk) == []
    other = (DESK / CALENDARS).read_text().replace("'11-20'", "'11-21'")
    assert made_by(desk) != made_by(config(targets=desk.documents("sla")[0].text, calendars=other))
    assert made_by(config()) == made_by(config(calendars=other)), "hours are no part of the rows"


@pytest.mark.parametrize(
    "odd",
    ["2026-99-99T10:00:00-03:00", "0001-01-01T00:00:00-03:00", "9999-12-31T23:59:00-03:00"],
)
def test_instants_that_no_clock_shows_are_those_of_the_event_before(odd: str) -> None:
    found = ticket(("23 10:00", NOTE), opened_at=odd)
    history = (*found.history, Event("E3", 3, odd, "bia", **moved("esperando_cliente")))
    odd_one = Ticket({**found.header, "status": "esperando_cliente"}, history)
    assert of("resolution", odd_one, "23 11:00") == "paused - 1h"


def test_a_history_begins_with_the_first_instant_that_can_be_read() -> None:
    events = ticket(("23 10:00", NOTE)).history
    odd = Event("E1", 1, "2026-99-99T10:00:00-03:00", "bia", "opened", sets=HEADER)
    header = replay([odd])
    assert of("resolution", Ticket(header, (odd, *events[1:])), "23 11:00").endswith("1h")
    assert moments(Ticket(header, (odd,)), config()) == []


def test_a_clock_that_was_set_back_does_not_run_backwards() -> None:
    found = ticket(("23 12:00", moved("esperando_cliente")), ("23 11:00", moved("aberto")))
    assert of("resolution", found, "23 14:00").endswith("4h")
    assert of("resolution", found, "23 08:00").endswith("3h"), "nor does asking before the last act"


def test_packed_moments_are_the_same_ones() -> None:
    found = moments(ticket(("23 10:00", moved("esperando_cliente")), ("23 11:00", REPLY)), config())
    assert unpacked(packed(found)) == found and unpacked("") == []
    assert len(moments(ticket(("23 10:00", NOTE)), config())) == 2 - 1


# -- the years of daylight saving in São Paulo, and the ends of years -----------------------------

NIGHTS = [
    # a Sunday without 00:00-01:00: 20 hours of the clock are 19
    ("2017-10-14T20:00", "8h", "2017-10-15T05:00"),
    ("2018-11-03T20:00", "8h", "2018-11-04T05:00"),
    # a Saturday with 23:00-24:00 twice
    ("2018-02-17T20:00", "8h", "2018-02-18T03:00"),
    ("2019-02-16T20:00", "8h", "2019-02-17T03:00"),
    ("2017-12-31T20:00", "8h", "2018-01-01T04:00"),
    ("2019-12-31T20:00", "8h", "2020-01-01T04:00"),
]


@pytest.mark.parametrize(("arrived", "allowed", "due"), NIGHTS)
def test_hours_are_those_that_passed(arrived: str, allowed: str, due: str) -> None:
    desk = config(targets=f"targets: [{{id: a, calendar: plantao, resolution: {allowed}}}]")
    [cycle] = cycles(ticket(opened=arrived), due, desk)
    assert (cycle.due, cycle.used) == (at(due), timedelta(hours=8))


@pytest.mark.parametrize(
    ("arrived", "allowed", "due"),
    [
        ("2026-12-23T17:00", "8h", "2026-12-28T11:00"),  # of the 24th only the morning
        ("2026-12-31T16:00", "4h", "2027-01-01T10:00"),  # which this desk works
        ("2026-12-23T17:00", "1bd", "2026-12-24T12:00"),
        ("2026-12-23T17:00", "1bd 15:00", "2026-12-24T15:00"),
        ("2026-12-24T13:00", "0bd", "2026-12-28T18:00"),
    ],
)
def test_half_days_holidays_and_the_end_of_the_year(arrived: str, allowed: str, due: str) -> None:
    desk = config(targets=f"targets: [{{id: a, resolution: {allowed}}}]")
    [cycle] = cycles(ticket(opened=arrived), arrived, desk)
    assert cycle.due == at(due)
