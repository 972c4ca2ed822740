"""Rota, swaps, absences and roulette: O4, O5, O28, O33 rows 10-12, O-X17."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from deskcli.calendarfile import CalendarsFile
from deskcli.duty import Agenda, Step, cover, duty_days, swap, unswap
from deskcli.problem import CODES, DeskError, Exit
from deskcli.rota import (
    AbsencesFile,
    Rota,
    Roulette,
    Staff,
    SwapsFile,
    absence_add,
    absence_end,
)
from deskcli.rotacheck import check
from deskcli.roulette import (
    Spin,
    away,
    eligible,
    fairness,
    period_key,
    spin,
    throughout,
)
from deskcli.schema import typed
from deskcli.worktime import calendars
from deskcli.yamledit import Edit, edit
from deskcli.yamltext import Document, read, reread

T = TypeVar("T")
PACK = Path(__file__).parents[1] / "schedules" / "esplane"
ZONE = ZoneInfo("America/Sao_Paulo")
MONDAY = date(2026, 11, 16)  # a week whose Friday is a holiday (Consciência Negra)
TODAY = date(2026, 11, 13)


@dataclass(frozen=True)
class Someone:
    roles: Sequence[str] = ("vendedor",)
    active: bool = True


class Weekdays:
    """A calendar without holidays."""

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5


def shipped(name: str) -> Document:
    return read((PACK / name).read_bytes(), name)


COMERCIAL = calendars(typed(shipped("calendars.yaml"), CalendarsFile), ZONE)["comercial"]
SELLERS = {"joao": Someone(), "vendedor-2": Someone(), "vendedor-3": Someone()}
REGISTER = {"ana": Someone(), "bia": Someone(), "caio": Someone(), "lia": Someone(["supervisor"])}


def staff(absences: str = "", swaps: str = "", **people: Someone) -> Staff:
    """The entries as they stand in the files, without their first line."""
    return Staff(
        {**REGISTER, **people},
        typed(reread(f"absences: [{absences}]", "absences.yaml"), AbsencesFile).absences,
        typed(reread(f"swaps: [{swaps}]", "swaps.yaml"), SwapsFile).swaps,
        TODAY,
    )


def agenda(
    text: str = "periods: [{from: '2026-11-16', order: [ana, bia, caio]}]",
    crew: Staff | None = None,
    name: str = "orcamentos",
) -> Agenda:
    head = f"id: {name}\nlabel: x\ncalendar: comercial\n"
    return Agenda(typed(reread(head + text, "rota.yaml"), Rota), COMERCIAL, crew or staff())


def names(some: Agenda, first: date = MONDAY, days: int = 7) -> list[str]:
    return [some.who(first + timedelta(n)).person for n in range(days)]


def code(call: Callable[..., object], *args: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(DeskError) as caught:
        call(*args)
    assert caught.value.exit is not Exit.DONE
    return caught.value.problems[0].code, dict(caught.value.problems[0].facts)


# -- who is on duty -------------------------------------------------------------------------------


def test_O4_O28_one_seller_a_worked_day_and_holidays_do_not_advance_the_order() -> None:
    assert names(agenda(), days=16) == [
        *("ana", "bia", "caio", "ana", "", "", ""),
        *("bia", "caio", "ana", "bia", "caio", "", ""),
        *("ana", "bia"),
    ]
    assert agenda().who(date(2026, 11, 20)).reason == "closed"
    assert [d.person for d in agenda().week(date(2026, 11, 22))] == names(agenda())
    assert agenda().week(date(2026, 11, 22))[0].day == MONDAY


def test_O5_the_rota_is_a_provisional_file_of_marketing() -> None:
    rota = typed(shipped("rota-orcamentos.yaml"), Rota)
    some = Agenda(rota, COMERCIAL, Staff(SELLERS, [], [], TODAY))
    assert (rota.id, rota.owner, rota.provisional, rota.calendar) == (
        *("orcamentos", "mkt", True),
        COMERCIAL.name,
    )
    assert names(some, date(2026, 1, 5), 4) == ["joao", "vendedor-2", "vendedor-3", "joao"]
    roulette = typed(shipped("roulette-atendimento.yaml"), Roulette)
    assert eligible(roulette, some.staff) == list(SELLERS)
    assert check([some], [roulette], some.staff) == []
    for name, of in (("absences.yaml", AbsencesFile), ("swaps.yaml", SwapsFile)):
        assert typed(shipped(name), of) == msgspec.convert({}, of)


def test_a_new_period_does_not_rewrite_the_past() -> None:
    old = "periods:\n- {from: '2026-11-16', order: [ana, bia, caio]}\n"
    new = agenda(old + "- {from: '2026-11-24', weekdays: {tue: caio, thu: bia}}\n")
    assert names(new, days=8) == names(agenda(old), days=8)
    assert names(new, date(2026, 11, 24), 4) == ["caio", "", "bia", ""]
    assert new.who(date(2026, 11, 25)).reason == "no_entry"
    assert new.who(date(2026, 11, 13)).reason == "no_period"


def test_explicit_dates_win_even_on_a_closed_day() -> None:
    dates = "dates: {'2026-11-16': caio, '2026-11-17': '', '2026-11-20': lia}\n"
    some = agenda(dates + "periods: [{from: '2026-11-16', order: [ana, bia]}]")
    assert names(some) == ["caio", "", "ana", "bia", "lia", "", ""]
    assert some.who(date(2026, 11, 17)).reason == "date"
    crew = staff("{person: lia, from: '2026-11-20'}")
    some = Agenda(some.rota, COMERCIAL, crew)
    duty = some.who(date(2026, 11, 20))
    assert (duty.person, duty.skipped) == ("", {"lia": "absence"})
    assert some.duty_at(duty.day).skipped == {}  # of Monday, when nobody is skipped


@pytest.mark.parametrize("by", ["dates", "swap"])
def test_OX17_whoever_is_named_without_the_role_is_passed_over_and_told_of(by: str) -> None:
    named = f"dates: {{'{MONDAY}': lia}}\n" if by == "dates" else ""
    some = agenda(named + f"role: vendedor\nperiods: [{{from: '{MONDAY}', order: [ana, bia]}}]")
    swaps = f"{{rota: {some.rota.id}, date: '{MONDAY}', from: ana, to: lia}}"
    crew = staff("", swaps) if by == "swap" else staff("")
    some = Agenda(some.rota, COMERCIAL, crew)
    duty = some.who(MONDAY)
    assert duty.person == ("ana" if by == "dates" else "bia") and duty.skipped["lia"] == "role"
    [told] = [f for f in check([some], [], crew) if f.code == "person.role"]
    assert told.facts["person"] == "lia" and told.facts["known"] == ["ana", "bia", "caio"]
    assert told.path[0] == ("dates" if by == "dates" else "swaps")


def test_OX17_nobody_without_the_role_takes_a_day() -> None:
    some = agenda(f"role: vendedor\nperiods: [{{from: '{MONDAY}', order: [ana, bia]}}]")
    for done in (swap, cover):
        found, facts = code(done, some, "ana", "lia", MONDAY)
        assert (found, facts["reason"]) == ("swap.unable", "role")


def test_dates_that_are_not_dates_are_refused() -> None:
    for text in ("dates: {24/12/2026: ana}\nperiods: []", "periods: [{from: 5/1/2026}]"):
        found, facts = code(agenda, text)
        assert (found, facts["expected"]) == ("schema.type", "date")


def test_a_ticket_of_a_closed_day_waits_for_the_next_duty() -> None:
    duty = agenda().duty_at(date(2026, 11, 20))
    assert (duty.day, duty.person) == (date(2026, 11, 23), "bia")
    assert [s.how for s in duty.steps] == ["closed", "closed", "closed", "order"]
    assert agenda().duty_at(MONDAY) == agenda().who(MONDAY)


SWAP = "{{rota: orcamentos, date: '{}', from: {}, to: {}}}"
AWAY = "{person: ana, from: '2026-11-16', until: '2026-11-16'}"


@pytest.mark.parametrize(
    ("rota", "crew", "person", "skipped"),
    [
        ("on_absent: next", staff(AWAY), "bia", {"ana": "absence"}),
        ("on_absent: unassigned", staff(AWAY), "", {"ana": "absence"}),
        ("on_absent: substitute\nsubstitute: lia", staff(AWAY), "lia", {"ana": "absence"}),
        ("on_absent: next", staff(ana=Someone(active=False)), "bia", {"ana": "inactive"}),
        ("role: vendedor", staff(ana=Someone(["rh"])), "bia", {"ana": "role"}),
        ("dates: {'2026-11-16': zeca}", staff(), "ana", {"zeca": "unknown"}),
        (
            "on_absent: next",
            staff(f"{AWAY}, {{person: bia, from: '2026-11-01'}}", caio=Someone(active=False)),
            "",
            {"ana": "absence", "bia": "absence", "caio": "inactive"},
        ),
    ],
)
def test_O_X17_nobody_stands_in_silently(
    rota: str, crew: Staff, person: str, skipped: dict[str, str]
) -> None:
    some = agenda("periods: [{from: '2026-11-16', order: [ana, bia, caio]}]\n" + rota, crew)
    duty = some.who(MONDAY)
    assert (duty.person, duty.skipped) == (person, skipped)
    assert duty.reason == ("" if person else "nobody_able")


def test_O_X17_the_next_one_stands_in_that_day_only() -> None:
    assert names(agenda(crew=staff(AWAY)), days=4) == ["bia", "bia", "caio", "ana"]


def test_that_somebody_left_today_does_not_rewrite_last_month() -> None:
    rota = agenda("periods: [{from: '2026-11-09', order: [ana, bia]}]").rota
    left = Agenda(rota, COMERCIAL, staff(ana=Someone(active=False)))
    assert names(left, date(2026, 11, 9), 4) == ["ana", "bia", "ana", "bia"]
    assert left.who(TODAY).skipped == {"ana": "inactive"}


# -- swaps and absences ---------------------------------------------------------------------------

COMMENTED = """\
# Trocas.
swaps:
# combinada por telefone
- {rota: orcamentos, date: '2026-12-01', from: ana, to: lia} # dentista
"""


def after(text: str, edits: list[Edit], of: type[T]) -> tuple[str, T]:
    doc = edit(reread(text, "f.yaml"), edits)
    return doc.text, typed(doc, of)


def test_a_swap_is_owed_and_unswap_leaves_no_trace() -> None:
    for text in (COMMENTED, shipped("swaps.yaml").text):
        new, file = after(text, swap(agenda(), "ana", "caio", MONDAY), SwapsFile)
        assert new.startswith(text.removesuffix(" []\n"))
        there = "{rota: orcamentos, date: '2026-11-16', from: ana, to: caio, against: '2026-11-18'}"
        back = "{rota: orcamentos, date: '2026-11-18', from: caio, to: ana, against: '2026-11-16'}"
        assert there in new
        assert back in new.partition(there)[2]
        some = Agenda(agenda().rota, COMERCIAL, replace(staff(), swaps=file.swaps))
        assert names(some, days=4) == ["caio", "bia", "ana", "ana"]
        assert some.who(MONDAY).skipped == {"ana": "swapped"}
        for day in (MONDAY, date(2026, 11, 18)):
            assert after(new, unswap(file.swaps, "orcamentos", day), SwapsFile)[0] == text


def test_a_cover_is_one_way_and_a_day_can_be_passed_on() -> None:
    text, file = after(COMMENTED, cover(agenda(), "ana", "bia", MONDAY, "médico"), SwapsFile)
    assert text.endswith("from: ana, to: bia, note: médico}\n")
    some = Agenda(agenda().rota, COMERCIAL, replace(staff(), swaps=file.swaps))
    again, file = after(text, cover(some, "bia", "lia", MONDAY), SwapsFile)
    some = Agenda(some.rota, COMERCIAL, replace(staff(), swaps=file.swaps))
    assert names(some, days=4) == ["lia", "bia", "caio", "ana"]
    assert after(again, unswap(file.swaps, "orcamentos", MONDAY), SwapsFile)[0] == text


def test_the_day_given_back_is_one_that_both_are_there_for() -> None:
    crew = staff("{person: ana, from: '2026-11-17', until: '2026-11-17'}")
    text, _ = after("", swap(agenda(crew=crew), "ana", "bia", MONDAY), SwapsFile)
    assert "date: '2026-11-23', from: bia, to: ana" in text
    crew = staff(AWAY.replace("ana", "bia").replace("-16", "-17"))
    text, _ = after("", swap(agenda(crew=crew), "ana", "bia", MONDAY), SwapsFile)
    assert "date: '2026-11-23', from: bia, to: ana" in text


def test_a_swap_of_a_day_that_its_giver_lacks_changes_nothing() -> None:
    duty = agenda(crew=staff(swaps=SWAP.format("2026-11-16", "bia", "caio"))).who(MONDAY)
    assert (duty.person, duty.skipped) == ("ana", {})
    assert duty.steps[0] == Step(MONDAY, "swap", "bia", "not_on_duty")


def test_O_X17_who_gave_a_day_away_is_not_called_back_for_it() -> None:
    crew = staff(
        "{person: bia, from: '2026-11-16'}",
        "{rota: orcamentos, date: '2026-11-16', from: ana, to: bia}",
    )
    duty = agenda(crew=crew).who(MONDAY)
    assert (duty.person, duty.skipped) == ("caio", {"ana": "swapped", "bia": "absence"})


def test_swaps_that_can_not_be_are_refused() -> None:
    given = {"rota": "orcamentos", "date": "2026-11-16", "from": "bia", "to": "ana"}
    upcoming = ["2026-11-17", "2026-11-23", "2026-11-26"]
    facts = {**given, "holder": "ana", "next": upcoming}
    assert code(swap, agenda(), "bia", "ana", MONDAY) == ("swap.not_on_duty", facts)
    next_days = ["2026-11-23", "2026-11-26", "2026-12-01"]
    closed = {**given, "date": "2026-11-21", "reason": "closed", "next": next_days}
    assert code(swap, agenda(), "bia", "ana", date(2026, 11, 21)) == ("swap.nobody", closed)
    known = {"person": "anna", "nearest": "ana", "known": list(REGISTER)}
    assert code(swap, agenda(), "anna", "bia", MONDAY) == ("person.unknown", known)
    assert code(swap, agenda(), "ana", "anna", MONDAY) == ("person.unknown", known)
    assert code(swap, agenda(), "ana", "ana", MONDAY)[0] == "swap.same_person"
    assert code(swap, agenda(), "ana", "lia", MONDAY)[0] == "swap.no_return"
    taken = staff(swaps="{rota: orcamentos, date: '2026-11-16', from: ana, to: bia}")
    assert code(cover, agenda(crew=taken), "ana", "bia", MONDAY)[0] == "swap.duplicate"
    ill = agenda(crew=staff(AWAY.replace("ana", "bia")))
    assert code(swap, ill, "ana", "bia", MONDAY) == (
        "swap.unable",
        {**given, "from": "ana", "to": "bia", "reason": "absence"},
    )
    none = {"rota": "orcamentos", "date": "2026-11-17", "known": ["2026-11-16"]}
    assert code(unswap, taken.swaps, "orcamentos", date(2026, 11, 17)) == ("swap.none", none)
    assert code(unswap, taken.swaps, "outra", MONDAY)[0] == "swap.none"


def test_absences_are_added_and_ended_in_place() -> None:
    day = date(2026, 11, 23)
    before = shipped("absences.yaml").text
    text, file = after(before, absence_add(staff(), "ana", day, reason="férias"), AbsencesFile)
    assert text.startswith(before.removesuffix(" []\n"))
    assert "{person: ana, from: '2026-11-23', reason: férias}" in text
    crew = replace(staff(), absences=file.absences)
    assert [crew.away("ana", d) for d in (date(2026, 11, 22), day, date(2030, 1, 1))] == [0, 1, 1]
    assert code(absence_add, crew, "ana", day, day)[0] == "absence.overlap"
    text, file = after(text, absence_end(crew, "ana", date(2026, 11, 27)), AbsencesFile)
    assert "reason: férias, until: '2026-11-27'}" in text
    crew = replace(crew, absences=file.absences)
    assert [crew.away("ana", date(2026, 11, d)) for d in (27, 28)] == [True, False]
    assert absence_add(crew, "ana", date(2026, 11, 28))  # no overlap
    assert code(absence_end, crew, "ana", date(2026, 11, 28))[0] == "absence.none"
    reversed_ = {"person": "ana", "from": "2026-11-23", "until": "2026-11-22"}
    assert code(absence_end, crew, "ana", date(2026, 11, 22)) == ("absence.order", reversed_)
    assert code(absence_add, staff(), "ana", day, date(2026, 11, 22)) == (
        "absence.order",
        reversed_,
    )
    assert code(absence_add, crew, "zeca", day)[0] == "person.unknown"


# -- the check ------------------------------------------------------------------------------------

ORDER = "periods: [{from: '2026-11-16', order: [ana, bia]}]\n"
FINDINGS: list[tuple[Any, ...]] = [  # file, rota, absences, swaps -> code, path
    ("rota", "periods: [{from: '2026-11-16'}]", "", "", "rota.period", ("periods", 0)),
    ("rota", ORDER[:-2] + ", {from: '2026-11-16', order: [ana]}]", "", "", "rota.same_from",
     ("periods", 1, "from")),
    ("rota", ORDER + "on_absent: substitute", "", "", "rota.substitute", ("on_absent",)),
    ("rota", ORDER + "substitute: lia", "", "", "rota.substitute", ("substitute",)),
    ("rota", ORDER.replace("bia", "bea"), "", "", "person.unknown", ("periods", 0, "order", 1)),
    ("rota", ORDER.replace("bia", "davi"), "", "", "person.inactive", ("periods", 0, "order", 1)),
    ("rota", "role: vendedor\nperiods: [{from: '2026-11-16', weekdays: {mon: lia}}]", "", "",
     "person.role", ("periods", 0, "weekdays", "mon")),
    ("rota", ORDER + "dates: {'2026-11-16': bia}", "{person: bia, from: '2026-11-16'}", "",
     "rota.absentee", ("dates", "2026-11-16")),
    ("rota", "periods: [{from: '2026-11-17', order: [ana]}]", "", "", "rota.gap", ("periods",)),
    ("swaps", ORDER, "", SWAP.format("2026-11-16", "bia", "ana"), "swap.not_on_duty",
     ("swaps", 0, "from")),
    ("swaps", ORDER, "", SWAP.format("2026-11-21", "ana", "bia"), "swap.closed",
     ("swaps", 0, "date")),
    ("swaps", ORDER, "", SWAP.format("2026-11-12", "ana", "bia"), "swap.past",
     ("swaps", 0, "date")),
    ("swaps", ORDER, "", SWAP.format("2026-11-16", "ana", "zeca"), "person.unknown",
     ("swaps", 0, "to")),
    ("swaps", ORDER, "{person: bia, from: '2026-11-16'}", SWAP.format("2026-11-16", "ana", "bia"),
     "rota.absentee", ("swaps", 0, "to")),
    ("swaps", ORDER, "", SWAP.replace("orcamentos", "orcamento").format("2026-11-16", "ana", "bia"),
     "rota.unknown", ("swaps", 0, "rota")),
    ("absences", ORDER, "{person: zeca, from: '2026-11-16'}", "", "person.unknown",
     ("absences", 0, "person")),
    ("absences", ORDER, "{person: ana, from: '2026-11-17', until: '2026-11-16'}", "",
     "absence.order", ("absences", 0, "until")),
    ("absences", ORDER, f"{AWAY}, {AWAY}", "", "absence.overlap", ("absences", 1)),
    ("absences", ORDER, "{person: ana, from: '2026-11-09', until: '2026-11-12'}", "",
     "absence.past", ("absences", 0)),
    ("absences", ORDER, "{person: ana, from: '2026-11-20', until: '2026-11-22'}", "",
     "absence.closed", ("absences", 0)),
]  # fmt: skip


@pytest.mark.parametrize("case", FINDINGS, ids=lambda case: f"{case[0]}-{case[4]}")
def test_O_X17_the_check_tells_what_and_where(case: tuple[Any, ...]) -> None:
    file, rota, absences, swaps, found, path = case
    crew = staff(absences, swaps, davi=Someone(active=False))
    findings = check([agenda(rota, crew)], [], crew, horizon=10)
    assert (file, found, path) in [(f.file, f.code, f.path) for f in findings]
    if found in ("swap.past", "swap.closed", "absence.past", "absence.closed"):
        assert all(CODES[f.code] is Exit.DONE for f in findings if f.file == file)


def test_the_check_counts_gaps_in_a_row_and_double_duties() -> None:
    crew = staff("{person: ana, from: '2026-11-18', until: '2026-11-23'}")
    alone = agenda("periods: [{from: '2026-11-13', order: [ana]}]", crew)
    [gap] = check([alone], [], crew, horizon=30)
    assert (gap.code, gap.facts["from"], gap.facts["until"], gap.facts["days"]) == (
        *("rota.gap", "2026-11-18", "2026-11-23"),
        3,
    )
    assert (gap.facts["why"], gap.facts["skipped"]) == ("nobody_able", {"ana": "absence"})
    other = agenda("periods: [{from: '2026-11-13', order: [ana, bia]}]", staff(), "plantao")
    alone = agenda("periods: [{from: '2026-11-13', order: [ana]}]")
    [double] = check([alone, other], [], staff(), horizon=10)  # 13, 17 and 19
    assert double.facts == {
        "rota": "plantao", "date": "2026-11-13", "person": "ana", "other": "orcamentos", "days": 3,
    }  # fmt: skip
    assert CODES[double.code] is Exit.DONE


def test_the_check_sees_a_roulette_without_people() -> None:
    roulettes = [
        Roulette(id="a", label="a", people=["ana", "zeca"]),
        Roulette(id="b", label="b", role="ninguem"),
        Roulette(id="c", label="c"),
    ]
    assert [(f.name, f.code, f.path) for f in check([], roulettes, staff())] == [
        ("a", "person.unknown", ("people", 1)),
        ("b", "roulette.empty", ()),
        ("c", "roulette.empty", ()),
    ]


def test_a_sound_desk_has_no_findings() -> None:
    swaps = f"{SWAP.format('2026-11-16', 'ana', 'bia')}, {SWAP.format('2026-11-16', 'bia', 'caio')}"
    crew = staff(
        f"{AWAY}, {{person: ana, from: '2026-11-18', until: '2026-11-20'}}, "
        "{person: lia, from: '2026-11-12', until: '2026-11-13'}, "
        "{person: bia, from: '2026-11-16', until: '2026-11-16'}",
        swaps,
    )
    rota = (
        "dates: {'2026-11-12': lia, '2026-11-11': zeca, '2026-11-16': ana, '2026-11-20': ''}\n"
        "periods: [{from: '2026-01-05', order: [zeca]}, {from: '2026-11-13', order: [caio, bia]}]"
    )
    assert check([agenda(rota, crew)], [ROULETTE], crew) == []


def test_of_a_role_that_somebody_has_not_those_who_have_it_are_named() -> None:
    rota = "role: vendedor\nperiods: [{from: '2026-11-16', order: [ana, lia]}]"
    crew = staff()
    found = [f for f in check([agenda(rota, crew)], [], crew) if f.code == "person.role"]
    facts = {"person": "lia", "role": "vendedor", "known": ["ana", "bia", "caio"]}
    assert [f.facts for f in found] == [facts]


# -- the roulette ---------------------------------------------------------------------------------

ORDERED = ["ana", "bia", "caio", "davi"]
ROULETTE = Roulette(id="atendimento", label="Roleta", role="vendedor")


def turn(
    order: list[str],
    absent: Iterable[str] = (),
    turns: dict[str, int] | None = None,
    crew: Staff | None = None,
) -> Spin:
    away_now = dict.fromkeys(absent, "absence")
    swaps = crew.swaps if crew else []
    return spin(ROULETTE, order, away_now, turns or {}, swaps=swaps, day=MONDAY)


def test_O33_the_turn_is_of_who_has_fewest_and_ties_go_by_the_list() -> None:
    turns: dict[str, int] = {}
    got = []
    for _ in range(5):
        spin = turn(ORDERED[:3], turns=turns)
        turns = spin.turns
        got.append(spin.person)
    assert got == ["ana", "bia", "caio", "ana", "bia"]
    assert turns == {"ana": 2, "bia": 2, "caio": 1}


def test_O33_an_absent_turn_goes_to_the_pool_and_is_not_owed() -> None:
    first = turn(["ana", "bia"], ["ana"])
    assert first == Spin("bia", {"ana": 1, "bia": 1}, {"ana": "absence"})
    assert turn(["ana", "bia"], turns=first.turns).person == "ana"
    second = turn(["ana", "bia"], ["ana"], {"ana": 1, "bia": 2})
    assert second.turns == {"ana": 3, "bia": 3}  # two rounds began without her
    nobody = turn(["ana", "bia"], ["ana", "bia"], {"ana": 1, "bia": 0})
    assert nobody == Spin("", {"ana": 1, "bia": 0}, {"ana": "absence", "bia": "absence"})
    assert turn([]).person == ""


def test_O33_a_swapped_turn_is_owed() -> None:
    crew = staff(swaps="{rota: atendimento, date: '2026-11-16', from: ana, to: caio}")
    three, mark = ORDERED[:3], {"ana>caio 2026-11-16": 1}
    first = turn(three, crew=crew)
    assert first == Spin("caio", {"ana": 0, "bia": 0, "caio": 1} | mark, {}, "ana")
    second = turn(three, turns=first.turns, crew=crew)
    assert second == Spin("ana", {"ana": 1, "bia": 0, "caio": 1} | mark, {})
    tomorrow = date(2026, 11, 17)
    assert spin(ROULETTE, three, {}, {}, swaps=crew.swaps, day=tomorrow).person == "ana"
    third = spin(ROULETTE, three, {}, second.turns, swaps=crew.swaps, day=tomorrow)
    assert third == Spin("bia", {"ana": 1, "bia": 1, "caio": 1}, {})
    assert turn(three, ["ana"], crew=crew) == first  # it was arranged, so it is still owed
    late = turn(three, ["caio"], crew=crew)
    assert late == Spin("ana", {"ana": 1, "bia": 0, "caio": 0}, {"caio": "absence"})
    gone = turn(["ana", "bia"], crew=crew)
    assert (gone.person, gone.skipped) == ("ana", {"caio": "not_eligible"})


def test_a_newcomer_is_not_flooded() -> None:
    turns = {"ana": 7, "bia": 6}
    assert turn(["ana", "bia", "caio"], turns=turns).turns == {"ana": 7, "bia": 7, "caio": 6}
    left = turn(["ana"], turns=turns).turns
    assert turn(["ana", "bia"], turns=left).turns == {"ana": 9, "bia": 8}


DAYS = st.lists(st.tuples(st.sets(st.sampled_from(ORDERED)), st.integers(1, 6)), max_size=12)


@given(DAYS, st.sets(st.sampled_from(ORDERED), min_size=1), st.integers(0, 6))
def test_law_those_always_present_stay_within_one(
    days: list[tuple[set[str], int]], steady: set[str], newcomer: int
) -> None:
    """Under any absences of the others, and one who enters in the middle of the period."""
    turns: dict[str, int] = {}
    counts = dict.fromkeys(ORDERED, 0)
    for n, (absent, tickets) in enumerate(days):
        order = [p for p in ORDERED if p != "bia" or n >= newcomer]
        for _ in range(tickets):
            done = turn(order, absent - steady, turns)
            if done.person:
                counts[done.person] += 1
            assert done.person or not steady.intersection(order)
            assert done.person not in absent - steady
            turns = done.turns
            assert max(turns.values()) - min(turns.values()) <= 1
            assert fairness(counts, steady - {"bia"} if newcomer else steady) <= 1


def test_periods_and_those_who_take_part() -> None:
    day = date(2027, 1, 1)
    keys = [period_key(Roulette("x", "x", period=p), day) for p in ("day", "week", "month")]
    assert keys == ["2027-01-01", "2026-W53", "2027-01"]
    crew = staff(AWAY, davi=Someone(active=False))
    assert eligible(ROULETTE, crew) == ["ana", "bia", "caio"]
    assert eligible(Roulette("x", "x", people=["lia", "davi", "ana"]), crew) == ["lia", "ana"]
    assert away(["ana", "bia"], crew, MONDAY) == {"ana": "absence"}


def test_stats_of_duties_and_fairness() -> None:
    assert duty_days(agenda(), MONDAY, date(2026, 11, 23)) == {"ana": 2, "bia": 2, "caio": 1}
    there = throughout(["ana", "bia", "caio"], staff(AWAY), MONDAY, MONDAY)
    assert there == ["bia", "caio"]
    assert fairness({"ana": 9, "bia": 2}, there) == 2
    assert fairness({}, []) == 0


def test_a_rota_without_a_calendar_goes_by_the_desks_own() -> None:
    """Which need not be the first of the file."""
    from deskcli.config import Config

    files = {
        "desk.yaml": b"name: x\nprefix: X\ncalendar: segundo\n",
        "schedules/calendars.yaml": (
            b"calendars:\n  primeiro: {hours: [{days: {mon: ['08:00-12:00']}}]}\n"
            b"  segundo: {hours: [{days: {tue: ['08:00-12:00']}}]}\n"
        ),
    }
    config = Config(lambda glob: [(glob, files[glob])] if glob in files else [])
    assert config.named_calendar("").name == "segundo"
    assert config.named_calendar("primeiro").name == "primeiro"
