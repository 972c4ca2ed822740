"""What people type and what forms export. Today is Monday, 23 November 2026, 10:30 in São Paulo."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskcli.calendarfile import CalendarsFile
from deskcli.dates import parse_date, parse_instant, parse_stamp
from deskcli.problem import CODES, DeskError, Exit
from deskcli.schema import typed
from deskcli.worktime import calendars
from deskcli.yamltext import reread

ZONE = ZoneInfo("America/Sao_Paulo")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)
DESK = """
calendars: {comercial: {hours: [{days: {mon-fri: ['08:00-18:00']}}], holidays: [locais]}}
holidays: {locais: {days: [{name: Aniversário, on: '2026-11-25'}]}}
"""
CALENDAR = calendars(typed(reread(DESK, "f"), CalendarsFile), ZONE)["comercial"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # with a year
        ("24/11/2026", "2026-11-24"),
        ("1/2/2027", "2027-02-01"),
        ("03/04/26", "2026-04-03"),
        ("24.11.2026", "2026-11-24"),
        ("24-11-2026", "2026-11-24"),
        ("2026-11-24", "2026-11-24"),
        ("2026/11/24", "2026-11-24"),
        ("25 de dezembro de 2026", "2026-12-25"),
        ("1º de março de 2027", "2027-03-01"),
        ("25 dec 2026", "2026-12-25"),
        ("December 25, 2026", "2026-12-25"),
        ("29/02/2028", "2028-02-29"),
        # without: this year, unless more than 182 days ago
        ("24/11", "2026-11-24"),
        ("23/11", "2026-11-23"),
        ("22/11", "2026-11-22"),
        ("31/12", "2026-12-31"),
        ("25/05", "2026-05-25"),
        ("24/05", "2027-05-24"),
        ("10/01", "2027-01-10"),
        ("25/dez", "2026-12-25"),
        ("1º de maio", "2027-05-01"),
        # words
        ("hoje", "2026-11-23"),
        ("Amanhã", "2026-11-24"),
        ("AMANHA", "2026-11-24"),
        ("depois de amanhã", "2026-11-25"),
        ("ontem", "2026-11-22"),
        ("today", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("yesterday", "2026-11-22"),
        ("fim do mês", "2026-11-30"),
        ("end of month", "2026-11-30"),
        ("próximo dia útil", "2026-11-24"),
        # days of the week: the next one, never today
        ("segunda", "2026-11-30"),
        ("segunda-feira", "2026-11-30"),
        ("terça", "2026-11-24"),
        ("Terça–feira", "2026-11-24"),
        ("sexta", "2026-11-27"),
        ("sex", "2026-11-27"),
        ("sábado", "2026-11-28"),
        ("dom", "2026-11-29"),
        ("monday", "2026-11-30"),
        ("Fri", "2026-11-27"),
        ("sexta feira", "2026-11-27"),
        ("Terça  Feira", "2026-11-24"),
        ("próxima segunda", "2026-11-30"),
        # a day of this month, or of the next
        ("dia 25", "2026-11-25"),
        ("dia 23", "2026-11-23"),
        ("dia 15", "2026-12-15"),
        ("segunda que vem", "2026-11-30"),
        ("next monday", "2026-11-30"),
        # steps
        ("+2d", "2026-11-25"),
        ("-2d", "2026-11-21"),
        ("+0d", "2026-11-23"),
        ("+3w", "2026-12-14"),
        ("+1m", "2026-12-23"),
        ("+ 2 d", "2026-11-25"),
        ("−1d", "2026-11-22"),
        ("+2bd", "2026-11-26"),  # over the holiday of the 25th
        ("+2du", "2026-11-26"),
        ("-1bd", "2026-11-20"),
        ("  amanhã  ", "2026-11-24"),
        ("daqui a 3 dias", "2026-11-26"),
        ("em 2 dias úteis", "2026-11-26"),
        ("daqui a 1 semana", "2026-11-30"),
        ("daqui a 1 mês", "2026-12-23"),
        ("in 2 weeks", "2026-12-07"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert parse_date(text, TODAY, CALENDAR).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "31/02", "31/02/2026", "29/02/2027", "29/02", "11/23", "2026-13-01", "0/1"),
        *("2026-1", "24/11/026", "24/11/0026", "24/11/1899", "24/11/2200", "24-11.2026", "24 11"),
        *("24", "20261124", "2026-W48-1", "2026-328", "24-11", "24.11", "24/11/2026x", "x24/11"),
        *("semana que vem", "mês que vem", "próxima sexta", "sexta que vem", "next friday"),
        *("próxima", "que vem", "próximo dia", "se", "sext", "feira", "sábado-feira", "maio"),
        *("2d", "+d", "+2", "+2x", "+1000d", "+2bds", "++2d", "+2.5d", "+-2d", "+2h", "25 de xyz"),
        *("sexta 14h", "2026-11-24T10:00:00-03:00", "agora", "12 de 2026", "dez 2026", "25 maio"),
        *("dia 31", "dia 0", "dia 32", "dia", "em 3", "daqui a dias", "em 2 anos", "3 dias"),
        *("24/11\x00", "24/11/2026\n25/11/2026", "hoje; rm", "١٢/١١", "1e1/2"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert refusal(lambda: parse_date(text, TODAY, CALENDAR)) == ("date.unknown", text)


def refusal(attempt: Callable[[], object]) -> tuple[str, object]:
    with pytest.raises(DeskError) as refused:
        attempt()
    [problem] = refused.value.problems
    assert CODES[problem.code] is Exit.USAGE
    return problem.code, problem.facts["text"]


def test_a_day_alone_at_the_end_of_the_year() -> None:
    assert parse_date("dia 5", date(2026, 12, 31)) == date(2027, 1, 5)
    assert parse_date("dia 31", date(2026, 12, 31)) == date(2026, 12, 31)


def test_workdays_need_a_calendar() -> None:
    assert refusal(lambda: parse_date("+2bd", TODAY))[0] == "date.no_calendar"
    assert refusal(lambda: parse_instant("+2bd", NOW))[0] == "date.no_calendar"


def test_the_ends_of_months_and_years() -> None:
    assert parse_date("+1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_date("-1m", date(2027, 1, 31)) == date(2026, 12, 31)
    assert parse_date("+13m", date(2027, 1, 31)) == date(2028, 2, 29)
    assert parse_date("fim do mês", date(2028, 2, 29)) == date(2028, 2, 29)
    assert parse_date("20/12", date(2027, 1, 10)) == date(2027, 12, 20)
    assert parse_date("29/02", date(2027, 11, 23)) == date(2028, 2, 29)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1), date(2199, 12, 31))
)
@settings(derandomize=True, deadline=None, database=None)
def test_every_date_reads_back(today: date, day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", day.isoformat(), f"{day:%Y/%m/%d}"):
        assert parse_date(text, today) == day
    if (day.month, day.day) != (2, 29):
        near = parse_date(f"{day:%d/%m}", today)
        assert (near.day, near.month) == (day.day, day.month)
        assert near.year == today.year or today - near.replace(year=today.year) > timedelta(182)
    after = parse_date(("seg", "ter", "qua", "qui", "sex", "sab", "dom")[day.weekday()], today)
    assert after.weekday() == day.weekday()
    assert 1 <= (after - today).days <= 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agora", "2026-11-23T10:30:00-03:00"),
        ("sexta 14h", "2026-11-27T14:00:00-03:00"),
        ("sexta 14h30", "2026-11-27T14:30:00-03:00"),
        ("sexta-feira, às 14:30", "2026-11-27T14:30:00-03:00"),
        ("sat 14h", "2026-11-28T14:00:00-03:00"),
        ("sat 2 pm", "2026-11-28T14:00:00-03:00"),
        ("amanhã 09:00", "2026-11-24T09:00:00-03:00"),
        ("amanhã às 9h", "2026-11-24T09:00:00-03:00"),
        ("tomorrow at 9am", "2026-11-24T09:00:00-03:00"),
        ("às 14h", "2026-11-23T14:00:00-03:00"),
        ("09:15", "2026-11-23T09:15:00-03:00"),
        ("12am", "2026-11-23T00:00:00-03:00"),
        ("12:30 PM", "2026-11-23T12:30:00-03:00"),
        ("24/11 14h", "2026-11-24T14:00:00-03:00"),
        ("24/11/2026 14:00:15", "2026-11-24T14:00:15-03:00"),
        ("2026-11-24 14:00", "2026-11-24T14:00:00-03:00"),
        ("2026-11-24T14:00", "2026-11-24T14:00:00-03:00"),
        ("2026-11-24T14:00:00-03:00", "2026-11-24T14:00:00-03:00"),
        ("2026-11-24T14:00:00+01:00", "2026-11-24T10:00:00-03:00"),
        ("2026-11-24T02:00:00Z", "2026-11-23T23:00:00-03:00"),
        ("+2d", "2026-11-25T10:30:00-03:00"),
        ("+2bd", "2026-11-26T10:30:00-03:00"),
        ("+2d 8h", "2026-11-25T08:00:00-03:00"),
        ("+2h", "2026-11-23T12:30:00-03:00"),
        ("-90min", "2026-11-23T09:00:00-03:00"),
    ],
)
def test_instants(text: str, expected: str) -> None:
    found = parse_instant(text, NOW, CALENDAR)
    assert (found.isoformat(), found.tzinfo) == (expected, ZONE)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "14",
            "sexta 14",
            "sexta 25h",
            "sexta 14h60",
            "sexta 24:00",
            "14:30 pm",
            "0am",
            "13pm",
        ),
        *("amanhã 09:00-12:00", "amanhã 14h -03:00", "14h Z", "31/02 14h", "xyz 14h", "14h sexta"),
        *(
            "2026-11-24T14:00+15:00",
            "2026-11-24T14:00+01:60",
            "2026-11-24T14:00:60",
            "sexta14h",
            "sext14h",
        ),
        *(
            "sexta às",
            "2026-11-24T",
            "2026-11-24TT14:00",
            "sexta 14:3",
            "sexta 114:30",
            "hoje às 9",
        ),
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    assert refusal(lambda: parse_instant(text, NOW, CALENDAR)) == ("date.unknown", text)


@pytest.mark.parametrize("text", ["amanhã", "sexta", "24/11", "2026-11-24", "hoje"])
def test_a_day_is_no_instant(text: str) -> None:
    assert refusal(lambda: parse_instant(text, NOW, CALENDAR))[0] == "date.no_time"


def test_the_zone_of_an_instant() -> None:
    fixed = timezone(timedelta(hours=2))
    now = NOW.astimezone(fixed)
    assert parse_instant("14h", now).isoformat() == "2026-11-23T14:00:00+02:00"
    assert parse_instant("14h", now, CALENDAR).isoformat() == "2026-11-23T14:00:00-03:00"
    past_midnight = datetime(2026, 11, 24, 1, 0, tzinfo=fixed)
    assert parse_instant("hoje 21h", past_midnight, CALENDAR).day == 23
    with pytest.raises(ValueError, match="no zone"):
        parse_instant("14h", NOW.replace(tzinfo=None), CALENDAR)


def test_times_that_daylight_saving_skips_or_repeats() -> None:
    skipped = NOW.replace(year=2018, month=11, day=3)
    assert refusal(lambda: parse_instant("04/11 00:30", skipped))[0] == "date.unknown"
    assert parse_instant("+14h", skipped).isoformat() == "2018-11-04T01:30:00-02:00"
    assert parse_stamp("16/02/2019 23:30", ZONE).isoformat() == "2019-02-16T23:30:00-02:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23/11/2026 09:12", "2026-11-23T09:12:00-03:00"),
        ("23/11/2026 09:12:04", "2026-11-23T09:12:04-03:00"),
        ("23/11/2026, 09:12", "2026-11-23T09:12:00-03:00"),
        ("23/11/2026 às 9h12", "2026-11-23T09:12:00-03:00"),
        ("23/11/26 09:12", "2026-11-23T09:12:00-03:00"),
        ("03/04/2026 09:12", "2026-04-03T09:12:00-03:00"),
        ("2026-11-23 09:12:04", "2026-11-23T09:12:04-03:00"),
        ("2026-11-23T09:12:04-03:00", "2026-11-23T09:12:04-03:00"),
        ("2026-11-23T12:12:04Z", "2026-11-23T09:12:04-03:00"),
        ("2026-11-23T12:12:04.123Z", "2026-11-23T09:12:04.123000-03:00"),
        ("2026-11-23 09:12:04.1234567-0300", "2026-11-23T09:12:04.123456-03:00"),
        ("2026-11-23 12:12:04+00", "2026-11-23T09:12:04-03:00"),
        ("2026-11-23T17:42:04+05:30", "2026-11-23T09:12:04-03:00"),
        ("2026/11/23 9:12:04 AM GMT-3", "2026-11-23T09:12:04-03:00"),
        ("2026/11/23 9:12:04 PM GMT-3", "2026-11-23T21:12:04-03:00"),
        ("2026/11/23 9:12:04\u202fPM GMT+5:30", "2026-11-23T12:42:04-03:00"),
        ("2026/11/23 12:12:04 AM UTC", "2026-11-22T21:12:04-03:00"),
        ("novembro 23, 2026 9:12 am", "2026-11-23T09:12:00-03:00"),
        ("Março 3, 2026 12:12 pm", "2026-03-03T12:12:00-03:00"),
        ("November 23, 2026 at 9:12 pm", "2026-11-23T21:12:00-03:00"),
        ("23 de novembro de 2026 09:12", "2026-11-23T09:12:00-03:00"),
        ("23 de novembro de 2026 às 09:12", "2026-11-23T09:12:00-03:00"),
        ("23 nov 2026 09:12", "2026-11-23T09:12:00-03:00"),
        ("01/12/2018 09:12", "2018-12-01T09:12:00-02:00"),
    ],
)
def test_stamps(text: str, expected: str) -> None:
    found = parse_stamp(text, ZONE)
    assert (found.isoformat(), found.tzinfo) == (expected, ZONE)


@pytest.mark.parametrize(
    "text",
    [
        *("", "11/23/2026 09:12", "2026-23-11 09:12", "31/02/2026 09:12", "23/11/2026", "09:12"),
        *("23/11 09:12", "hoje 09:12", "+2d", "agora", "sexta 14h", "46349.38333", "1795435924"),
        *("23/11/2026 25:12", "23/11/2026 09:12 -03:0", "23/11/2026 9:12 xm", "23/11/2026 0:12 am"),
        *("novembro 31, 2026 9:12 am", "smarch 3, 2026 9:12 am", "04/11/2018 00:30"),
    ],
)
def test_what_is_no_stamp_is_refused(text: str) -> None:
    assert refusal(lambda: parse_stamp(text, ZONE)) == ("date.unknown", text)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
@settings(derandomize=True, deadline=None, database=None)
def test_every_stamp_reads_back(moment: datetime) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(hours=-3)), microsecond=0)
    for text in (
        aware.isoformat(),
        f"{aware:%Y/%m/%d %I:%M:%S %p GMT-3}",
        f"{aware:%d/%m/%Y %T%z}",
    ):
        assert parse_stamp(text, ZONE) == aware


@given(st.text(max_size=30) | st.text("0123456789/-:+ hTZadepm", max_size=20))
@settings(derandomize=True, deadline=None, database=None, max_examples=500)
def test_any_text_is_read_or_refused(text: str) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: parse_date(text, TODAY, CALENDAR),
        lambda: parse_instant(text, NOW, CALENDAR),
        lambda: parse_stamp(text, ZONE),
    ]
    for attempt in attempts:
        try:
            attempt()
        except DeskError as error:
            assert error.exit is Exit.USAGE
