"""The SLA on a desk: filters over the index, rules, `what-if`, and what `check` finds."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from promises.desks import done, run
from test_timeline import NOTE, REPLY, at, moved, ticket

from deskcli.cli.check import find_problems
from deskcli.condition import All as Every
from deskcli.condition import AnyOf, Condition, Not, holds
from deskcli.condition import Test as Asked
from deskcli.desk import Desk
from deskcli.factnames import SLA
from deskcli.indexrow import ticket_rows
from deskcli.sla import STATES
from deskcli.ticket import Ticket
from deskcli.yamltext import Document

FIXTURE = Path(__file__).parent / "fixtures/prazos"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    return Path(shutil.copytree(FIXTURE, tmp_path / "mesa"))


Later = Callable[[str], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """The clock of the commands that follow."""
    return lambda when: monkeypatch.setenv("DESKCLI_NOW", at(when).isoformat())


def opened(desk: Path, *more: str) -> None:
    done(desk, "--as", "bia", "create", "-c", "duvida", "--name", "Ana", "-m", "Nota", *more)


# -- memory = SQL ---------------------------------------------------------------------------------

ACTS = st.sampled_from(
    [
        NOTE,
        REPLY,
        *map(moved, ["esperando_cliente", "aberto", "resolvido", "cancelado"]),
        {"did": "filled", "sets": {"priority": "urgente"}},
        {"did": "filled", "sets": {"priority": "baixa"}},
    ]
)
WHEN = st.integers(0, 6 * 24 * 4).map(lambda n: at("20 09:00") + n * timedelta(minutes=15))
FACTS = sorted(SLA)


def conditions() -> st.SearchStrategy[Condition]:
    states = st.lists(st.sampled_from([*STATES, "padrao", "urgente", ""]), max_size=3).map(tuple)
    days = st.sampled_from(["2026-11-23", "2026-11-24T12:00", "2026-11-2", ""]).map(lambda d: (d,))
    compared = st.sampled_from(["before", "until", "on", "from", "after", "contains"])
    path = st.sampled_from([*FACTS, "status"])
    test = st.builds(Asked, path, st.just("in"), states) | st.builds(Asked, path, compared, days)
    test |= st.builds(Asked, path, st.just("absent"))
    return st.recursive(
        test,
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(Every, st.lists(inner, max_size=3).map(tuple))
            | st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple))
        ),
        max_leaves=4,
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(st.tuples(WHEN, ACTS), max_size=5),
    by_hand=st.sampled_from(["", "", "resolvido", "esperando_cliente"]),
    now=WHEN,
    asked=st.lists(conditions(), min_size=1, max_size=8),
)
def test_a_filter_answers_alike_in_memory_and_in_sql(
    desk: Path,
    acts: list[tuple[object, dict[str, object]]],
    by_hand: str,
    now: object,
    asked: list[Condition],
) -> None:
    here = Desk(desk, at=str(now))
    made = ticket(*((str(when)[:19], act) for when, act in sorted(acts, key=lambda a: str(a[0]))))
    header = {**made.header, **({"status": by_hand} if by_hand else {})}
    found = Ticket(header, made.history, Document("tickets/x/SUP-1.yaml", ""))
    here.index.file.db.execute("DELETE FROM ticket")
    here.index.file.db.execute("DELETE FROM words")
    here.index.look._keep_ticket(ticket_rows(found, found.doc.path, here.config, "", False))
    known = here.scene().facts(found)
    for condition in asked:
        assert bool(here.index.select(condition)) == holds(condition, known), condition


def test_filters_by_what_people_call_things(desk: Path, later: Later) -> None:
    opened(desk)
    opened(desk, "-f", "priority=urgente")
    later("23 13:30")
    rows = {
        "sla:late": ["SUP-2"],
        "sla:atrasado": ["SUP-2"],
        "sla.first_response:running": ["SUP-1"],
        "sla.resolution.target:Padrão": ["SUP-1"],
        "sla.first_response.due:<today": [],
        "sla.first_response.due:2026-11-23": ["SUP-1", "SUP-2"],
        "sla.update.target:padrao": ["SUP-1", "SUP-2"],  # the first that names the metric
        "sla.update:none": [],
        "sla.due:<2026-11-23T11:00": ["SUP-2"],
    }
    for words, ids in rows.items():
        assert done(desk, "list", words, "--format", "ids").out.split() == ids, words
    assert "'lat'" in run(desk, "list", "sla:lat").err
    refused = run(desk, "list", "sla.resoluton:late")
    assert refused.code == 5 and "'sla.resolution'" in refused.err


def test_the_index_follows_the_targets_and_the_calendars(desk: Path, later: Later) -> None:
    opened(desk)
    os.utime(desk / "tickets/2026/11/SUP-1.yaml", (0, 0))  # settled: not read anew by each look
    later("23 13:30")
    assert done(desk, "list", "sla:late", "--format", "ids").out == ""
    file = desk / "schedules/sla.yaml"
    file.write_text(file.read_text().replace("first_response: 4h", "first_response: 2h"))
    assert done(desk, "list", "sla:late", "--format", "ids").out.split() == ["SUP-1"]
    file.write_text(file.read_text().replace("{priority: urgente}", "{category: duvida}"))
    found = done(desk, "list", "sla.resolution.target:urgente", "--format", "ids")
    assert found.out.split() == ["SUP-1"]
    file.write_text(file.read_text().replace("{category: duvida}", "{priority: urgente}"))
    calendars = desk / "schedules/calendars.yaml"
    calendars.write_text(calendars.read_text().replace("'08:00-12:00', '13", "'11:00-12:00', '13"))
    assert done(desk, "list", "sla:late", "--format", "ids").out == ""
    calendars.write_text("calendars: {comercial: {hours: []}}")
    refused = run(desk, "list", "sla:late")
    assert refused.code == 5 and "plantao" in refused.err


# -- rules ----------------------------------------------------------------------------------------

LATE_UPDATE = """
id: atualizacao-atrasada
label: Atualização atrasada
when: {sla.update: late}
actions: [{note: Passou do prazo de atualização.}]
"""


def test_a_rule_for_late_updates_fires_once_for_each(desk: Path, later: Later) -> None:
    for rule in (desk / "workflows/rules").iterdir():
        rule.unlink()
    (desk / "workflows/rules/x.yaml").write_text(LATE_UPDATE)
    opened(desk)
    fired = []
    for when in (
        "24 17:00",
        "24 18:30",
        "25 09:00",
        "25 09:30",
        "26 18:30",
        "26 19:00",
        "27 09:00",
    ):
        later(when)
        if when == "25 09:30":
            done(desk, "--as", "bia", "set", "1", "title=Nota fiscal")
        fired += [when] if done(desk, "sweep").out else []
    assert fired == ["24 18:30", "26 18:30"]


# -- what-if --------------------------------------------------------------------------------------


def tree(root: Path) -> dict[str, str]:
    files = (p for p in root.rglob("*") if p.is_file() and ".deskcli" not in p.parts)
    return {str(p): sha256(p.read_bytes()).hexdigest() for p in files}


def test_what_if_is_what_would_be_and_writes_nothing(
    desk: Path, later: Later, tmp_path: Path
) -> None:
    opened(desk)
    opened(desk, "-f", "priority=urgente")
    later("23 14:30")
    other = tmp_path / "calendars.yaml"
    text = (desk / "schedules/calendars.yaml").read_text()
    other.write_text(text.replace("'08:00-12:00', '13:00-18:00'", "'10:00-12:00', '13:00-18:00'"))
    before = tree(desk)
    found = done(desk, "calendar", "what-if", str(other), "--format", "csv").out.splitlines()
    assert [line.split(",")[0] for line in found[1:]] == ["SUP-1"]
    assert "first_response" in found[1] and found[1].count("2026-11-23T") == 2
    assert tree(desk) == before
    lines = {}
    for name in ("now", "then"):
        lines[name] = done(desk, "list", "sla.first_response:late", "--format", "ids").out.split()
        shutil.copy(other, desk / "schedules/calendars.yaml")
    assert lines == {"now": ["SUP-1", "SUP-2"], "then": ["SUP-2"]}
    assert done(desk, "calendar", "what-if", str(other), "--format", "ids").out == ""


def test_a_holiday_of_the_past_is_taken_and_what_it_changes_is_told(
    desk: Path, later: Later
) -> None:
    """Answered late on Monday, in time when Monday was a holiday."""
    opened(desk)
    later("23 17:00")
    done(desk, "--as", "bia", "set", "1", "requester.email=ana@example.com")
    done(desk, "--as", "bia", "reply", "1", "Respondido")
    later("24 09:00")
    add = ("calendar", "add", "23/11", "Feriado de ontem")
    for more in (["-n"], []):
        told = done(desk, *add, *more).err
        assert "seg 23/11/2026" in told and "SUP-1" in told, told
    spans = done(desk, "calendar", "explain", "1").out
    assert "Primeira resposta, Padrão: cumprido (" in spans
    assert "SUP" not in done(desk, "calendar", "add", "23/11", "Outra vez").err, "nothing more"
    assert "medido" not in done(desk, "calendar", "add", "25/11", "Amanhã").err


@pytest.mark.parametrize("name", ["", " "])
def test_a_holiday_has_a_name(name: str, desk: Path) -> None:
    before = (desk / "schedules/calendars.yaml").read_bytes()
    refused = run(desk, "calendar", "add", "23/11", name, "-n")
    assert refused.code == 3 and refused.err.startswith("Falta Nome"), refused
    assert refused.err.endswith("calendar add 23/11 VALOR -n\n"), refused
    assert (desk / "schedules/calendars.yaml").read_bytes() == before


def test_what_if_tells_the_deadlines_of_rules_too(desk: Path, later: Later, tmp_path: Path) -> None:
    (desk / "schedules/sla.yaml").unlink()
    (desk / "workflows/rules/resposta-atrasada.yaml").unlink()
    opened(desk)
    later("23 17:00")
    other = tmp_path / "calendars.yaml"
    text = (desk / "schedules/calendars.yaml").read_text()
    other.write_text(text.replace("13:00-18:00", "13:00-16:00"))
    assert "atualizar-no-dia" in done(desk, "calendar", "what-if", str(other), "--json").out


def test_what_if_refuses_a_file_that_can_not_serve(desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "calendars.yaml"
    other.write_text("calendars: {comercial: {hours: [{days: {mon-fri: ['8-18']}}]}}")
    assert run(desk, "calendar", "what-if", str(other)).code == 65
    other.write_text("calendars: {comercial: {hours: [{days: {mon-fri: ['08:00-18:00']}}]}}")
    refused = run(desk, "calendar", "what-if", str(other))
    assert refused.code == 5 and "plantao" in refused.err
    assert run(desk, "calendar", "what-if", str(tmp_path / "none.yaml")).code


# -- check ----------------------------------------------------------------------------------------

SLIPS = [
    ("first_response: 4h", "first_response: 4 horas"),
    ("first_response: 4h", "first_response: 0h"),
    ("first_response: 4h", "first_response: 1bd 24:00"),
    ("first_response: 4h", "first_answer: 4h"),
    ("resolution: 2bd", "resolution: 2d"),
    ("calendar: plantao", "calendar: plantão-noite"),
    ("when: {priority: urgente}", "when: {priority: urgentissimo}"),
    ("when: {priority: urgente}", "when: {prioridade: urgente}"),
    ("when: {priority: urgente}", "when: {sla.update: late}"),
    ("when: {priority: urgente}", "when: {priority: {nott: urgente}}"),
    ("id: padrao", "id: urgente"),
    ("  first_response: 4h\n  update: 1bd\n  resolution: 2bd\n", ""),
    ("id: padrao", "id: padrao\n  from: 01/12/2026"),
    ("id: padrao", "id: padrao\n  from: '2027'\n  until: '2026'"),
]


@pytest.mark.parametrize(("old", "new"), SLIPS)
def test_a_slip_is_found_in_its_file(old: str, new: str, desk: Path) -> None:
    file = desk / "schedules/sla.yaml"
    assert old in file.read_text() and not find_problems(Desk(desk))
    file.write_text(file.read_text().replace(old, new, 1))
    found = find_problems(Desk(desk))
    assert {p.place.path for p in found if p.place} == {"schedules/sla.yaml"}
    assert all(p.place and p.place.line > 17 for p in found)


@pytest.mark.parametrize(
    "when", ["{sla.resolution: lat}", "{sla.update.target: padra}", "{sla.x: late}"]
)
def test_a_slip_in_a_rule_that_asks_for_the_sla(when: str, desk: Path) -> None:
    file = desk / "workflows/rules/resposta-atrasada.yaml"
    file.write_text(file.read_text().replace("{sla.first_response: late}", when))
    assert {p.place.path for p in find_problems(Desk(desk)) if p.place} == {
        "workflows/rules/resposta-atrasada.yaml"
    }
