"""Rules that repeat: a slot fires once, a missed one is not caught up on, a new due value begins
anew.
"""

from datetime import datetime
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from test_pack_esplane import read_pack

from deskcli import act
from deskcli.calendarfile import CalendarsFile, Schedule
from deskcli.config import Config
from deskcli.problem import DeskError
from deskcli.rule import Deadline, Repeat, Rule, slots
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.sweep import Due, carry_out, decide, due_now
from deskcli.ticket import Ticket
from deskcli.ticketfile import changed, from_document
from deskcli.undo import undo
from deskcli.worktime import calendars
from deskcli.yamltext import read, reread

ZONE = ZoneInfo("America/Sao_Paulo")
IDS = count(1)
# Friday 20/11/2026 is a holiday, so that business days are not days.
TICKET = """\
id: ESP-1
title: Cuba
form: orcamentos-atendimento
category: orcamento_vcc
status: novo
assignee: joao
due: '2026-11-18'

history:
- id: 01
  clk: 1
  at: '2026-11-17T09:00:00-03:00'
  by: joao
  did: opened
  sets:
    title: Cuba
    form: orcamentos-atendimento
    category: orcamento_vcc
    status: novo
    assignee: joao
    due: '2026-11-18'
"""


@cache
def config() -> Config:
    return Config(read_pack)


def rule(every: str = "2bd", times: int = 3, at: str = "09:00") -> Rule:
    repeat = Repeat(every, times)
    deadline = Deadline(since="due", day="next", at=at, repeat=repeat)
    return Rule("lembrar", "Lembrar", {"open": "true"}, deadline, [])


def at(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def scene(now: datetime, own: Rule) -> Scene:
    desk = Config(read_pack)
    desk.__dict__["rules"] = [own]
    return Scene(desk, now, "deskcli", fresh_id=lambda: f"{next(IDS):026}", via="sweep")


def ticket(text: str = TICKET) -> Ticket:
    return from_document(reread(text, "tickets/2026/11/ESP-1.yaml"))


def swept(held: Ticket, now: datetime, own: Rule | None = None) -> tuple[Ticket, list[str]]:
    """The ticket after a sweep, by way of its file, and the slots that fired."""
    here = scene(now, own or rule())
    planned = decide(here, [held]).planned
    fired = [item.act["data"]["slot"] for item in planned]
    for change in carry_out(here, planned, {held.id: held}):
        held = from_document(changed(change))
    return held, fired


def days(own: Rule) -> list[str]:
    assert own.deadline
    moments = slots(own.deadline, at(18, 0), config().calendar)
    return [f"{moment:%d/%m %H:%M}" for moment in moments]


def test_a_slot_comes_every_so_many_business_days_after_the_deadline() -> None:
    assert days(rule("2bd", 3)) == ["19/11 09:00", "24/11 09:00", "26/11 09:00"]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("1d", ["19/11 18:00", "20/11 23:59", "21/11 23:59"]),  # closed days have no closing time
        ("1w", ["19/11 18:00", "26/11 18:00", "03/12 18:00"]),
        ("36h", ["19/11 18:00", "21/11 06:00", "22/11 18:00"]),
        ("1du", ["19/11 18:00", "23/11 18:00", "24/11 18:00"]),
    ],
)
def test_days_weeks_and_hours_count_too(every: str, expected: list[str]) -> None:
    assert days(rule(every, 3, "close")) == expected


@pytest.mark.parametrize(
    ("at", "fires"), [("08:00", "08:00"), ("07:00", "08:00"), ("00:00", "08:00")]
)
def test_a_day_that_opens_at_the_hour_or_later_counts_from_its_opening(at: str, fires: str) -> None:
    assert days(rule("2bd", 3, at)) == [f"{day} {fires}" for day in ("19/11", "24/11", "26/11")]
    own = rule("1d", 3, at)
    assert days(own) == [f"19/11 {fires}", f"20/11 {at}", f"21/11 {at}"], "closed days open never"


def test_a_rule_without_repetition_has_one_slot() -> None:
    deadline = Deadline(since="due", day="next", at="09:00")
    assert len(list(slots(deadline, at(18, 0), config().calendar))) == 1


def test_each_slot_fires_once_and_no_more_than_there_are() -> None:
    held = ticket()
    fired = {}
    for day in range(18, 31):
        for hour in (8, 10, 10, 15):
            held, now = swept(held, at(day, hour))
            if now:
                fired[day, hour] = now
    assert fired == {(19, 10): ["0"], (24, 10): ["1"], (26, 10): ["2"]}


def test_a_rule_whose_day_never_comes_does_not_stop_the_others() -> None:
    """Of a calendar that opens no more: told with the rule and the ticket."""
    here = scene(at(25), rule())
    shut = calendars(CalendarsFile({"comercial": Schedule([])}), ZONE)
    here.config.__dict__["calendars"] = shut
    here.config.__dict__["rules"] = [rule(), Rule("outra", "Outra", {"open": "true"})]
    found = decide(here, [ticket()])
    assert [item.rule for item in found.planned] == ["outra"]
    [problem] = found.problems
    assert (problem.code, problem.facts["rule"]) == ("sweep.rule", "lembrar")
    whys: Any = problem.facts["why"]
    assert [why.code for why in whys] == ["calendar.never_open"]


def test_after_a_missed_cron_only_the_latest_slot_fires() -> None:
    held, fired = swept(ticket(), at(25))
    assert fired == ["1"], "slot 0 is not caught up on"
    held, fired = swept(held, at(25, 11))
    assert fired == []
    held, fired = swept(held, at(30))
    assert fired == ["2"]
    assert swept(held, at(10, month=12))[1] == []


def test_a_longer_period_does_not_repeat_what_was_reminded() -> None:
    """Slot 2 of every day has come; with two days between them it is only slot 1 that has."""
    held, fired = swept(ticket(), at(24), rule("1bd"))
    assert fired == ["2"]
    assert swept(held, at(24, 12), rule("2bd"))[1] == []


def test_two_crons_fire_a_slot_once() -> None:
    """Both decide on the same file; the later one finds it changed."""
    held, here = ticket(), scene(at(19), rule())
    one, two = decide(here, [held]).planned, decide(here, [held]).planned
    assert len(one) == len(two) == 1 and one[0].slot == 0
    [change] = carry_out(here, one, {held.id: held})
    held = from_document(changed(change))
    assert list(carry_out(here, two, {held.id: held})) == []
    assert decide(here, [held]).planned == []


def test_the_history_says_which_slot_of_which_due_value() -> None:
    held, _ = swept(ticket(), at(24))
    event = held.history[-1]
    assert event.data == {"rule": "lembrar", "due": "2026-11-19T09:00:00-03:00", "slot": "1"}


def test_a_moved_due_value_counts_anew() -> None:
    held, fired = swept(ticket(), at(27))
    assert fired == ["2"]
    moved = act.due(scene(at(27), rule()), held, "2026-12-01", "combinado")
    held = from_document(changed(moved))
    assert swept(held, at(1, month=12))[1] == []
    held, fired = swept(held, at(2, month=12))
    assert fired == ["0"]


def test_a_firing_that_was_undone_may_fire_again() -> None:
    held, fired = swept(ticket(), at(24))
    taken = undo(scene(at(24), rule()), held, held.history[-1].operation)
    held, fired = swept(from_document(changed(taken)), at(24, 12))
    assert fired == ["1"]


def test_a_sweep_is_an_operation_named_by_its_first_event() -> None:
    """So that it can be listed, and taken back as a whole."""
    held, here = ticket(), scene(at(19), rule())
    [change] = carry_out(here, decide(here, [held]).planned, {held.id: held})
    assert change.events[0].operation == change.events[0].id


def test_a_rule_that_begins_to_repeat_goes_on_from_what_it_did() -> None:
    own = rule()
    assert own.deadline
    once = msgspec.structs.replace(own, deadline=msgspec.structs.replace(own.deadline, repeat=None))
    here, held = scene(at(19), once), ticket()
    [change] = carry_out(here, decide(here, [held]).planned, {held.id: held})
    held = from_document(changed(change))
    assert "slot" not in held.history[-1].data
    assert swept(held, at(19, 12))[1] == []
    assert swept(held, at(24))[1] == ["1"]


def test_a_history_that_somebody_wrote_in_does_not_stop_the_sweep() -> None:
    held, _ = swept(ticket(), at(19))
    held = ticket(held.doc.text.replace("slot: '0'", "slot: [two]"))
    assert swept(held, at(24))[1] == ["1"]


def test_the_moment_is_past_only_after_it() -> None:
    here = scene(at(19, 9), rule())
    assert due_now(here, rule(), "", "2026-11-18", "") is None
    here = scene(at(19), rule())
    assert due_now(here, rule(), "", "2026-11-18", "") == Due("2026-11-19T09:00:00-03:00", 0)


@pytest.mark.parametrize(
    ("repeat", "line"),
    [("{every: 2x, times: 3}", 5), ("{every: 2bd, times: 0}", 5), ("{times: 3}", 5)],
)
def test_a_repetition_that_can_not_be_is_refused_at_its_place(repeat: str, line: int) -> None:
    text = f"id: x\nlabel: X\ndeadline:\n  since: due\n  repeat: {repeat}\n"
    with pytest.raises(DeskError) as refused:
        typed(read(text.encode(), "r.yaml"), Rule)
    [problem] = refused.value.problems
    assert problem.place and problem.place.line == line and problem.code.startswith("schema.")
