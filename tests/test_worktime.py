"""Opening hours: the seeds' examples, the laws, a minute-by-minute brute force, the holidays."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskcli.calendarfile import CalendarsFile, faults
from deskcli.problem import CODES, DeskError, Exit
from deskcli.schema import typed
from deskcli.worktime import Calendar, Span, calendars
from deskcli.yamltext import Document, read, reread

ZONE = ZoneInfo("America/Sao_Paulo")
SHIPPED = Path(__file__).parents[1] / "schedules/esplane/calendars.yaml"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

DESK = """
calendars:
  comercial:
    hours:
    - days: {mon-fri: ['08:00-12:00', '13:00-18:00'], sat: ['08:00-12:00']}
    - from: '2026-12-01'
      until: '2026-12-31'
      days: {mon-sat: ['08:00-20:00']}
    holidays: [nacionais, locais]
  sempre:
    hours:
    - days: {mon-sun: ['00:00-24:00']}
  nunca:
    hours: []
  passado:
    hours:
    - {until: '2020', days: {mon-fri: ['08:00-18:00']}}
holidays:
  nacionais:
    days:
    - {name: Sexta-feira Santa, easter: -2}
    - {name: Consciência Negra, on: '11-20', from: '2024'}
    - {name: Natal, on: '12-25'}
    - {name: Bissexto, on: '02-29'}
  locais:
    days:
    - {name: Véspera, on: '2026-12-24', hours: ['07:00-12:00']}
    - {name: Mudança, on: '2026-03-03'}
    - {name: Reforma, on: '03-03', until: '2026-06-30'}
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def day(text: str) -> date:
    return date.fromisoformat(text)


def file_of(doc: Document) -> CalendarsFile:
    return typed(doc, CalendarsFile)


CALENDARS = calendars(file_of(reread(DESK, "calendars.yaml")), ZONE)
DESK_HOURS = CALENDARS["comercial"]


# What the seeds say


def test_O_X11_an_arrival_outside_hours_counts_from_the_next_opening() -> None:
    opening = DESK_HOURS.next_opening
    assert opening(at("2026-11-23T22:00")) == at("2026-11-24T08:00")
    assert opening(at("2026-11-23T12:30")) == at("2026-11-23T13:00")
    assert opening(at("2026-11-21T12:00")) == at("2026-11-23T08:00")  # Saturday noon
    assert opening(at("2026-11-23T09:30")) == at("2026-11-23T09:30")


def test_O7_the_day_after_is_the_next_workday() -> None:
    assert DESK_HOURS.add_workdays(day("2026-11-20"), 1) == day("2026-11-21")  # Saturday works
    assert DESK_HOURS.add_workdays(day("2026-11-21"), 1) == day("2026-11-23")


def test_F_X4_the_day_after_a_friday_is_monday() -> None:
    [starter] = calendars(file_of(read(SHIPPED.read_bytes(), "")), ZONE).values()
    assert starter.add_workdays(day("2026-11-27"), 1) == day("2026-11-30")
    assert starter.add_workdays(day("2026-11-30"), -1) == day("2026-11-27")


def test_O3_is_the_desk_open() -> None:
    moments = ["08:00", "11:59:59", "12:00", "13:00", "17:59", "18:00", "07:59"]
    states = [DESK_HOURS.is_open(at(f"2026-11-23T{moment}")) for moment in moments]
    assert states == [True, True, False, True, True, False, False]


def test_instants_of_any_zone_come_out_in_the_desks() -> None:
    found = DESK_HOURS.add(datetime(2026, 11, 23, 11, 0, tzinfo=UTC), 2 * HOUR)
    assert (found.isoformat(), found.tzinfo) == ("2026-11-23T10:00:00-03:00", ZONE)


def test_a_deadline_is_the_closing_not_the_opening_after() -> None:
    assert DESK_HOURS.add(at("2026-11-23T08:00"), 9 * HOUR) == at("2026-11-23T18:00")
    assert DESK_HOURS.add(at("2026-11-23T22:00"), 0 * HOUR) == at("2026-11-23T22:00")
    assert DESK_HOURS.add(at("2026-11-23T22:00"), MINUTE) == at("2026-11-24T08:01")
    assert CALENDARS["sempre"].add(at("2026-11-23T08:00"), 999 * DAY) == at("2029-08-18T08:00")


def test_a_change_of_hours_leaves_the_months_around_it_alone() -> None:
    assert DESK_HOURS.is_open(at("2026-12-01T19:00"))
    assert DESK_HOURS.is_open(at("2026-12-31T19:00"))
    assert not DESK_HOURS.is_open(at("2026-11-30T19:00"))
    assert not DESK_HOURS.is_open(at("2027-01-04T19:00"))
    last_days = [CALENDARS["passado"].is_workday(day(d)) for d in ("2020-12-31", "2021-01-01")]
    assert last_days == [True, False]


def test_half_days_and_holidays() -> None:
    half = day("2026-12-24")
    assert DESK_HOURS.spans(half) == ((at("2026-12-24T08:00"), at("2026-12-24T12:00")),)
    assert (DESK_HOURS.is_workday(half), DESK_HOURS.holiday(half)) == (True, "Véspera")
    assert not DESK_HOURS.is_workday(day("2026-12-25"))
    assert DESK_HOURS.holiday(day("2026-12-23")) == ""
    assert DESK_HOURS.holiday(day("2026-03-03")) == "Mudança / Reforma"
    assert DESK_HOURS.holiday(day("2027-03-03")) == ""
    assert DESK_HOURS.holiday(day("2025-03-03")) == "Reforma"
    leap = [DESK_HOURS.holiday(day(d)) for d in ("2024-02-29", "2025-02-28", "2025-03-01")]
    assert leap == ["Bissexto", "", ""]


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-22", 0, "2026-11-23"),  # Sunday
        ("2026-11-22", 1, "2026-11-23"),
        ("2026-11-22", -1, "2026-11-21"),
        ("2026-11-19", 1, "2026-11-21"),  # over the holiday of the 20th
        ("2023-11-17", 2, "2023-11-20"),  # which was none yet
        ("2026-12-24", 1, "2026-12-26"),
        ("2026-12-28", -2, "2026-12-24"),
    ],
)
def test_workdays(start: str, n: int, end: str) -> None:
    assert DESK_HOURS.add_workdays(day(start), n) == day(end)


def test_every_hour_is_explained() -> None:
    found = DESK_HOURS.explain(at("2026-12-28T07:00"), at("2026-12-23T19:00"))
    assert [(f"{s.start:%d %H:%M}", f"{s.end:%d %H:%M}", s.counted, s.reason) for s in found] == [
        ("23 19:00", "23 20:00", True, "open"),
        ("23 20:00", "24 00:00", False, "closed"),
        ("24 00:00", "24 08:00", False, "holiday:Véspera"),
        ("24 08:00", "24 12:00", True, "open"),
        ("24 12:00", "25 00:00", False, "holiday:Véspera"),
        ("25 00:00", "26 00:00", False, "holiday:Natal"),
        ("26 00:00", "26 08:00", False, "closed"),
        ("26 08:00", "26 20:00", True, "open"),
        ("26 20:00", "27 00:00", False, "closed"),
        ("27 00:00", "28 00:00", False, "no_hours"),
        ("28 00:00", "28 07:00", False, "closed"),
    ]
    night = DESK_HOURS.explain(at("2026-11-23T18:00"), at("2026-11-24T08:00"))
    assert [(s.start, s.end) for s in night] == [(at("2026-11-23T18:00"), at("2026-11-24T08:00"))]
    assert len(CALENDARS["sempre"].explain(at("2026-11-23T18:00"), at("2026-11-27T08:00"))) == 1


# Daylight saving: in 2018 the clock skipped 00:00-01:00 of 4 November, and in 2019 it went through
# 23:00-24:00 of 16 February twice


def test_a_day_of_23_and_one_of_25_hours() -> None:
    always = CALENDARS["sempre"]
    assert always.between(at("2018-11-04T00:00"), at("2018-11-05T00:00")) == 23 * HOUR
    assert always.between(at("2019-02-16T00:00"), at("2019-02-17T00:00")) == 25 * HOUR
    assert always.add(at("2018-11-03T20:00"), 10 * HOUR) == at("2018-11-04T07:00")


def test_times_that_the_clock_skips_or_repeats() -> None:
    night = calendar_of({6: [(15, 45), (51, 120)], 5: [(23 * 60, 23 * 60 + 30)]}, {}, ZONE)
    [(start, end)] = night.spans(day("2018-11-04"))
    assert (start, end) == (at("2018-11-04T01:00"), at("2018-11-04T02:00"))
    [(start, end)] = night.spans(day("2019-02-16"))
    assert (start.fold, end.fold, end - start) == (0, 0, MINUTE * 30)
    assert not night.is_open(at("2019-02-16T23:10").replace(fold=1))


def test_a_day_that_a_zone_skips_has_no_hours() -> None:
    samoa = calendar_of({n: [(0, 1440)] for n in range(7)}, {}, ZoneInfo("Pacific/Apia"))
    assert not samoa.is_workday(day("2011-12-30"))
    assert samoa.add_workdays(day("2011-12-29"), 1) == day("2011-12-31")


def test_an_opening_that_the_clock_skips_makes_no_workday() -> None:
    early = calendar_of({n: [(15, 45)] for n in range(7)}, {}, ZONE)
    assert [early.is_workday(day(f"2018-11-0{n}")) for n in (3, 4, 5)] == [True, False, True]


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Kiritimati", "America/Sao_Paulo"])
@pytest.mark.parametrize("year", [1994, 1995, 2011, 2012, 2018, 2026])
def test_a_workday_is_one_with_an_opening(year: int, zone: str) -> None:
    """The first two left out a day at the end of a year, to be on the other side of the date."""
    early = calendar_of({n: [(0, 30)] for n in range(7)}, {}, ZoneInfo(zone))
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    assert [d for d in days if early.is_workday(d)] == [d for d in days if early.spans(d)]


def test_the_last_day_there_is() -> None:
    assert CALENDARS["sempre"].is_workday(date.max - timedelta(1))


def test_years_of_workdays_need_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rota counts them for each new ticket, from its first day on."""
    asked: list[object] = []
    monkeypatch.setattr("deskcli.worktime.instant", lambda *given: asked.append(given))
    days = (date(2021, 1, 1) + timedelta(n) for n in range(5 * 365))
    assert sum(DESK_HOURS.is_workday(day) for day in days) > 1200 and not asked


# What is refused


@pytest.mark.parametrize("name", ["nunca", "passado"])
def test_what_never_opens(name: str) -> None:
    shut, now = CALENDARS[name], at("2026-11-23T09:00")
    assert shut.between(now, now + 999 * DAY) == timedelta()
    attempts: list[Callable[[], object]] = [
        lambda: shut.next_opening(now),
        lambda: shut.add(now, HOUR),
        lambda: shut.add_workdays(now.date(), 2),
    ]
    for attempt in attempts:
        with pytest.raises(DeskError) as refused:
            attempt()
        [problem] = refused.value.problems
        assert (problem.code, problem.facts) == ("calendar.never_open", {"calendar": name})
        assert refused.value.exit is Exit.REFUSED


def test_naive_instants_and_negative_time_are_bugs() -> None:
    now = at("2026-11-23T09:00")
    naive = now.replace(tzinfo=None)
    attempts: list[Callable[[], object]] = [
        lambda: DESK_HOURS.is_open(naive),
        lambda: DESK_HOURS.next_opening(naive),
        lambda: DESK_HOURS.add(naive, HOUR),
        lambda: DESK_HOURS.between(now, naive),
        lambda: DESK_HOURS.explain(naive, now),
        lambda: DESK_HOURS.add(now, -MINUTE),
    ]
    for attempt in attempts:
        with pytest.raises(ValueError, match=r"no zone|cannot add"):
            attempt()


BAD = """
calendars:
  a:
    hours:
    - days: {}
    - from: '2024-02-30'
      until: amanhã
      days:
        mon-fri: ['08:00-12:00', '8h-12h', '12:00-08:00', '08:00-24:01', '08:00-12:60']
        sab: ['08:00-12:00']
        mon-wed-fri: []
    - from: '2025'
      until: '2024'
      days: {mon-fri: ['08:00-12:00'], 'wed,sat': ['13:00-14:00', '11:59-13:00']}
    holidays: [nacional, nacionais]
holidays:
  nacionais:
    days:
    - {name: nenhum}
    - {name: ambos, on: '12-25', easter: 2}
    - {name: dia, on: '31/12'}
    - {name: junho, on: '06-31'}
    - {name: longe, easter: 241}
    - {name: desde, on: '12-25', from: ontem}
    - {name: horas, on: '12-25', hours: ['08:00-12:00', '11:00-13:00', 'x']}
    - {name: meio, on: '12-25', hours: ['08:00-12:00', '11:00-13:00']}
"""


def test_every_fault_is_found_once_where_it_is() -> None:
    file = file_of(reread(BAD, "f"))
    hours, off = ("calendars", "a", "hours"), ("holidays", "nacionais", "days")
    known = "mon, tue, wed, thu, fri, sat, sun"
    assert faults(file) == [
        ((*hours, 1, "days", "mon-fri", 1), "calendar.hours", {"value": "8h-12h"}),
        ((*hours, 1, "days", "mon-fri", 2), "calendar.hours", {"value": "12:00-08:00"}),
        ((*hours, 1, "days", "mon-fri", 3), "calendar.hours", {"value": "08:00-24:01"}),
        ((*hours, 1, "days", "mon-fri", 4), "calendar.hours", {"value": "08:00-12:60"}),
        ((*hours, 1, "days", "sab"), "calendar.day", {"value": "sab", "known": known}),
        (
            (*hours, 1, "days", "mon-wed-fri"),
            "calendar.day",
            {"value": "mon-wed-fri", "known": known},
        ),
        ((*hours, 1, "from"), "calendar.date", {"value": "2024-02-30"}),
        ((*hours, 1, "until"), "calendar.date", {"value": "amanhã"}),
        ((*hours, 2, "days"), "calendar.overlap", {"value": "11:59-13:00", "other": "08:00-12:00"}),
        ((*hours, 2), "calendar.period", {"first": "2025", "until": "2024"}),
        (
            ("calendars", "a", "holidays", 0),
            "calendar.holidays",
            {"value": "nacional", "nearest": "nacionais"},
        ),
        ((*off, 0, "on"), "calendar.holiday", {"name": "nenhum"}),
        ((*off, 1, "on"), "calendar.holiday", {"name": "ambos"}),
        ((*off, 2, "on"), "calendar.date", {"value": "31/12"}),
        ((*off, 3, "on"), "calendar.date", {"value": "06-31"}),
        ((*off, 4, "on"), "calendar.easter", {"value": 241}),
        ((*off, 5, "from"), "calendar.date", {"value": "ontem"}),
        ((*off, 6, "hours", 2), "calendar.hours", {"value": "x"}),
        ((*off, 7, "hours"), "calendar.overlap", {"value": "11:00-13:00", "other": "08:00-12:00"}),
    ]
    assert all(CODES[code] is Exit.UNREADABLE for _, code, _ in faults(file))


def test_faults_are_refused_all_at_once() -> None:
    with pytest.raises(DeskError) as refused:
        calendars(file_of(reread(BAD, "f")), ZONE)
    assert len(refused.value.problems) == 19


def test_days_of_the_week_as_ranges_and_lists() -> None:
    text = "calendars: {a: {hours: [{days: {'sat-mon, wed': ['8:00-9:00']}}]}}"
    week = calendars(file_of(reread(text, "f")), ZONE)["a"]
    monday = day("2026-11-23")
    assert [n for n in range(7) if week.is_workday(monday + n * DAY)] == [0, 2, 5, 6]


# Laws, and a brute force that looks at the clock every minute


class Model(NamedTuple):
    """A random calendar, and what it was made from: minutes of the day by weekday and by date."""

    calendar: Calendar
    week: dict[int, list[tuple[int, int]]]
    off: dict[date, list[tuple[int, int]]]

    def is_open(self, minute: datetime) -> bool:
        local = minute.astimezone(ZONE)
        # The second 23:xx of the evening when daylight saving ends lies behind all of the first
        now = 1439 if local.fold else local.hour * 60 + local.minute
        kept = self.off.get(local.date(), [(0, 1440)])
        usual = self.week.get(local.weekday(), [])
        return all(any(start <= now < end for start, end in part) for part in (kept, usual))


def texts(openings: list[tuple[int, int]]) -> list[str]:
    return [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in openings]


def calendar_of(
    week: dict[int, list[tuple[int, int]]], off: dict[date, list[tuple[int, int]]], zone: ZoneInfo
) -> Calendar:
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    hours = [{"days": {names[n]: texts(openings) for n, openings in week.items()}}]
    table = [{"name": "x", "on": str(d), "hours": texts(openings)} for d, openings in off.items()]
    value = {
        "calendars": {"a": {"hours": hours, "holidays": ["t"]}},
        "holidays": {"t": {"days": table}},
    }
    return calendars(typed(Document("", "", value), CalendarsFile), zone)["a"]


# The nights that daylight saving begins and ends, ends of years, and a plain week
ANCHORS = [
    date(2017, 10, 14),
    date(2018, 2, 16),
    date(2018, 11, 2),
    date(2019, 2, 15),
    date(2017, 12, 30),
    date(2018, 12, 30),
    date(2020, 2, 27),
    date(2026, 11, 20),
]
EDGES = st.sampled_from(sorted({0, 30, 60, 23 * 60, 23 * 60 + 30, 24 * 60, *range(0, 1440, 97)}))


@st.composite
def openings(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Up to seven, some of which touch."""
    edges = sorted(draw(st.lists(EDGES, unique=True, max_size=8)))
    return [opening for opening in pairwise(edges) if draw(st.booleans())]


@st.composite
def models(draw: st.DrawFn) -> tuple[Model, datetime]:
    """With an instant in the days about which something happens."""
    week = draw(st.dictionaries(st.integers(0, 6), openings(), max_size=7))
    anchor = draw(st.sampled_from(ANCHORS))
    days = st.integers(0, 3).map(lambda n: anchor + n * DAY)
    off = draw(st.dictionaries(days, st.just([]) | openings(), max_size=2))
    first = datetime(anchor.year, anchor.month, anchor.day, tzinfo=ZONE).astimezone(UTC)
    moment = first + MINUTE * draw(st.integers(0, 3 * 1440))
    return Model(calendar_of(week, off, ZONE), week, off), moment


def opens(model: Model) -> bool:
    return any(model.week.values())


LAWS = settings(max_examples=300, derandomize=True, deadline=None, database=None)
MINUTES = st.integers(0, 2880).map(lambda n: n * MINUTE)


@given(models(), MINUTES)
@LAWS
def test_equal_to_counting_every_minute(drawn: tuple[Model, datetime], length: timedelta) -> None:
    model, start = drawn
    minutes = [start + n * MINUTE for n in range(length // MINUTE)]
    open_minutes = [minute for minute in minutes if model.is_open(minute)]
    assert model.calendar.between(start, start + length) == MINUTE * len(open_minutes)
    assert model.calendar.between(start + length, start) == -MINUTE * len(open_minutes)
    assert [minute for minute in minutes[::7] if model.calendar.is_open(minute)] == [
        minute for minute in minutes[::7] if model.is_open(minute)
    ]
    if open_minutes:
        assert model.calendar.next_opening(start) == open_minutes[0]
        worked = len(open_minutes) * MINUTE
        assert model.calendar.add(start, worked) == open_minutes[-1] + MINUTE


@given(models().filter(lambda drawn: opens(drawn[0])), MINUTES, MINUTES)
@LAWS
def test_adding(drawn: tuple[Model, datetime], d: timedelta, e: timedelta) -> None:
    calendar, start = drawn[0].calendar, drawn[1]
    d += timedelta(seconds=17)
    end = calendar.add(start, d)
    assert calendar.between(start, end) == d
    assert calendar.between(start, end - timedelta(seconds=1)) < d
    assert calendar.add(end, e) == calendar.add(start, d + e)
    assert end.tzinfo is ZONE


@given(models(), MINUTES, MINUTES)
@LAWS
def test_what_is_explained_has_no_gap_and_adds_up(
    drawn: tuple[Model, datetime], d: timedelta, e: timedelta
) -> None:
    (model, a), calendar = drawn, drawn[0].calendar
    b, c = a + d, a + d + e
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    found = [(s.start.astimezone(UTC), s.end.astimezone(UTC), s) for s in calendar.explain(a, c)]
    edges = [a, *(end for _, end, _ in found)]
    assert edges == [*(start for start, _, _ in found), c] or a == c
    counted = [end - start for start, end, s in found if s.counted]
    assert sum(counted, timedelta()) == calendar.between(a, c)
    assert all(model.is_open(start) == s.counted for start, _, s in found)


@given(models().filter(lambda drawn: opens(drawn[0])), st.integers(-30, 30))
@LAWS
def test_workdays_are_counted(drawn: tuple[Model, datetime], n: int) -> None:
    calendar, start = drawn[0].calendar, drawn[1].astimezone(ZONE).date()
    end = calendar.add_workdays(start, n)
    low, high = min(start, end), max(start, end)
    span = [low + k * DAY for k in range((high - low).days + 1)]
    worked = [d for d in span if calendar.is_workday(d)]
    assert calendar.is_workday(end)
    assert len([d for d in worked if d != start]) == abs(n) or (n == 0 and worked == [end])


def test_each_day_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = calendars(file_of(reread(DESK, "f")), ZONE)["comercial"]
    asked: list[date] = []
    work_out = fresh._work_out

    def counted(d: date) -> Iterator[Span]:
        asked.append(d)
        return work_out(d)

    monkeypatch.setattr(fresh, "_work_out", counted)
    for n in range(1000):
        start = at("2026-11-20T08:00") + n * MINUTE
        fresh.between(start, fresh.add(start, 20 * HOUR))
    assert len(asked) == len(set(asked)) <= 10


def test_what_is_known_is_not_walked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = calendars(file_of(reread(DESK, "f")), ZONE)["comercial"]
    first, last = at("2024-01-01T00:00"), at("2026-12-31T00:00")
    whole = fresh.between(first, last)
    monkeypatch.setattr(fresh, "_open", lambda day: pytest.fail(f"{day} was looked at again"))
    for n in range(0, 1000, 7):
        middle = first + n * DAY + n * MINUTE
        assert fresh.between(first, middle) + fresh.between(middle, last) == whole


INSTANTS = st.integers(0, 900).map(lambda n: at("2025-06-01T00:00") + n * 17 * HOUR)


@given(st.lists(st.tuples(INSTANTS, INSTANTS), max_size=8))
@LAWS
def test_what_was_asked_before_changes_no_answer(asked: list[tuple[datetime, datetime]]) -> None:
    """Sooner or later days, in any order."""
    document = reread(DESK, "f")
    used = calendars(file_of(document), ZONE)["comercial"]
    for a, b in asked:
        fresh = calendars(file_of(document), ZONE)["comercial"]
        assert used.between(a, b) == fresh.between(a, b)
        assert used.next_opening(b) == fresh.next_opening(b)


def test_an_opening_too_far_away_is_refused_whatever_was_asked_before() -> None:
    text = DESK.replace("hours: []", "hours: [{from: '2026-06-01', days: {mon: ['08:00-12:00']}}]")
    shut = calendars(file_of(reread(text, "f")), ZONE)["nunca"]
    for _ in range(2):
        with pytest.raises(DeskError):
            shut.next_opening(at("2025-01-01T00:00"))
        assert shut.next_opening(at("2025-06-01T00:00")) == at("2026-06-01T08:00")
        assert shut.between(at("2025-01-01T00:00"), at("2026-06-01T12:00")) == 4 * HOUR


# The shipped file


def test_the_shipped_calendar_has_no_faults_and_is_marked_a_starter() -> None:
    file = file_of(read(SHIPPED.read_bytes(), ""))
    assert faults(file) == []
    assert file.calendars["comercial"].provisional
    assert SHIPPED.read_text("utf-8").startswith("# yaml-language-server: $schema=")


def test_the_national_holidays_are_those_of_an_oracle() -> None:
    [shipped] = calendars(file_of(read(SHIPPED.read_bytes(), "")), ZONE).values()
    expected = set(oracle.country_holidays("BR", years=range(2015, 2036)))
    every_day = (day("2015-01-01") + n * DAY for n in range(21 * 366))
    found = {d for d in every_day if d.year <= 2035 and shipped.holiday(d)}
    assert len(expected) > 180
    assert found == expected
