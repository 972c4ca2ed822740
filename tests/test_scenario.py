"""Scenarios of a desk: given, when, then; `check` tries them and tells of those that fail."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from deskcli import packs
from deskcli.cli.check import find_problems
from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.yamltext import read
from deskcli.yamlwrite import block

NAME = "workflows/tests/x.yaml"
HOLD = read((Path(__file__).parent / "fixtures/scenarios.yaml").read_bytes(), "").value["scenarios"]
NAMES = [scenario["name"] for scenario in HOLD]
CREATE = """\
scenarios:
- name: X
  at: 2026-11-23T09:00
  when: {create: {category: orcamento_vcc, requester: {name: Ana, email: ana@example.com}}}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    root = make(tmp_path / "mesa", "esplane")
    (root / "workflows/tests").mkdir(exist_ok=True)
    return root


def told(desk: Path, text: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Code, line and column, and facts of what is wrong with these scenarios."""
    (desk / NAME).write_text(text)
    found = [p for p in find_problems(Desk(desk)) if not p.is_warning and p.place]
    assert {p.place.path for p in found if p.place} <= {NAME}
    return [(p.code, str(p.place).removeprefix(NAME + ":"), dict(p.facts)) for p in found]


@pytest.mark.parametrize("scenario", HOLD, ids=NAMES)
def test_what_holds_is_not_told_of(scenario: dict[str, Any], desk: Path) -> None:
    assert told(desk, block({"scenarios": [scenario]})) == []


@pytest.mark.parametrize("scenario", HOLD, ids=NAMES)
def test_the_contrary_of_what_holds_is(scenario: dict[str, Any], desk: Path) -> None:
    """So nothing holds of itself."""
    contrary = {**scenario, "then": {"not": scenario["then"]}}
    [(code, _, facts)] = told(desk, block({"scenarios": [contrary]}))
    assert (code, facts["scenario"]) == ("scenario.failed", scenario["name"])


def test_every_act_is_tried() -> None:
    from deskcli.scenario import ACTS

    assert {act for scenario in HOLD for act in scenario["when"]} == {*ACTS, "note"}


# -- what is told ---------------------------------------------------------------------------------


def test_what_was_expected_and_what_came(desk: Path) -> None:
    text = CREATE + "  then:\n    brand: vcc\n    assignee: [joao, letycia]\n"
    facts = {"scenario": "X", "expected": "assignee:joao,letycia", "found": "assignee:vendedor-2"}
    assert told(desk, text) == [("scenario.failed", "7:5", facts)]


def test_a_refusal_that_nobody_expected(desk: Path) -> None:
    """Also where what is asked would hold, because there is no ticket."""
    text = CREATE.replace("orcamento_vcc", "zzz") + "  then: {assignee: absent}\n"
    [(code, place, facts)] = told(desk, text)
    assert (code, place) == ("scenario.refused", "5:9")
    assert facts["refused"] == ["category.unknown", "field.required"]
    assert [p.code for p in facts["problems"]] == facts["refused"]


def test_what_was_meant_is_told(desk: Path) -> None:
    for name, meant in (("mising", "missing"), ("asignee", "assignee"), ("prodct", "product")):
        [(_, _, facts)] = told(desk, CREATE + f"  then: {{{name}: absent}}\n")
        assert facts["nearest"] == meant


def test_a_refusal_that_did_not_come(desk: Path) -> None:
    facts = {"scenario": "X", "expected": "refused:option.roles", "found": "refused:none"}
    text = CREATE + "  then: {refused: option.roles}\n"
    assert told(desk, text) == [("scenario.failed", "5:10", facts)]


WRONG = [
    ("check.name", "5:7", CREATE + "  as: jo\n  then: {brand: vcc}"),
    ("check.name", "5:10", CREATE + "  then: {bran: vcc}"),
    ("check.name", "5:10", CREATE + "  then: {mising: product}"),
    ("check.name", "5:17", CREATE + "  then: {brand: vc}"),
    ("check.name", "5:19", CREATE + "  then: {refused: route.need}"),
    ("check.here", "5:10", CREATE + "  then: {after_hours: true}"),
    ("scenario.empty", "5:3", CREATE + "  then: {}"),
    (
        "check.name",
        "5:31",
        CREATE + "  given: {absences: [{person: jo, from: '2026-11-23'}]}\n  then: {brand: vcc}",
    ),
    ("date.unknown", "2:17", "scenarios:\n- {name: X, at: amanhã, when: {move: x}, then: {x: y}}"),
]
SWEEP = "scenarios:\n- {name: X, at: 23/11/2026 9h, when: {sweep: true}, then: {open: true},\n  "
WRONG += [
    ("check.name", "3:30", SWEEP + "given: {tickets: [{status: nvo}]}}"),
    ("check.name", "3:22", SWEEP + "given: {tickets: [{stats: novo}]}}"),
    ("check.name", "3:34", SWEEP + "given: {tickets: [{requester: {e_mail: a@b.co}}]}}"),
    ("check.name", "3:30", SWEEP + "given: {tickets: [{macros: nivr}]}}"),
    ("date.unknown", "3:31", SWEEP + "given: {tickets: [{updated: ontem}]}}"),
    ("schema.type", "3:28", SWEEP + "given: {tickets: [{tags: chat}]}}"),
    ("schema.type", "3:35", SWEEP + "given: {tickets: [{attachments: cv.pdf}]}}"),
    ("schema.missing_key", "3:36", SWEEP + "given: {tickets: [{attachments: [{type: pdf}]}]}}"),
    ("schema.type", "3:33", SWEEP + "given: {tickets: [{requester: ana@example.com}]}}"),
    ("scenario.ticket", "2:39", SWEEP + "source: []}"),
    ("check.one_of", "2:52", SWEEP.replace("true}", "true, note: x}", 1) + "source: []}"),
    ("check.name", "3:26", SWEEP + "given: {orgs: [{brand: vc, id: x, name: X}]}}"),
    ("check.name", "5:26", CREATE + "  then: {outbox.channel: telex}"),
]


@pytest.mark.parametrize(("code", "place", "text"), WRONG)
def test_a_scenario_that_can_not_be_tried(code: str, place: str, text: str, desk: Path) -> None:
    """It is told of once, and not tried."""
    found = told(desk, text + "\n")
    assert (code, place) in [(code, place) for code, place, _ in found]
    assert not {code for code, *_ in found} & {"scenario.failed", "scenario.refused"}


@pytest.mark.parametrize("when", ["{}", "{sweep: true, move: novo}", "{sweep: true, due: hoje}"])
def test_one_thing_happens(when: str, desk: Path) -> None:
    text = f"scenarios:\n- {{name: X, at: 23/11/2026 9h, when: {when}, then: {{open: true}}}}\n"
    assert [(code, place) for code, place, _ in told(desk, text)] == [("check.one_of", "2:32")]


PEOPLE = "people: [{id: um, name: Um, roles: [vendedor]}, {id: dois, name: Dois}]\n"


def test_people_and_their_order_may_be_its_own(desk: Path) -> None:
    """From its own day on, so that neither the desk's people nor its days are asked."""
    text = PEOPLE.replace("Dois}", "Dois, roles: [vendedor]}") + CREATE
    text += "  given: {duty: {orcamentos: [um, dois]}}\n  then: {assignee: um}\n"
    assert told(desk, text) == []
    assert told(desk, text.replace("3-23T09:00", "3-24T09:00")) == []
    assert told(desk, text.replace("09:00", "20:00").replace(": um}\n", ": dois}\n")) == []
    away = "duty: {orcamentos: [um, dois]}, absences: [{person: um, from: '2026-11-23'}]"
    text = text.replace("duty: {orcamentos: [um, dois]}", away)
    assert told(desk, text.replace(": um}\n", ": dois}\n")) == []


def test_one_of_its_own_people_acts_and_none_has_the_id_of_another(desk: Path) -> None:
    text = CREATE.replace("orcamento_vcc", "declinado_frete, reason: outro")
    text += "  as: dois\n  then: {refused: option.roles}\n"
    assert told(desk, PEOPLE + text) == []
    of_joao = text.replace("dois", "joao")
    assert told(desk, of_joao) != [], "the desk's João may"
    [(code, place, facts)] = told(desk, PEOPLE.replace("dois", "joao") + of_joao)
    assert (code, place, facts["label"]) == ("check.twice", "1:50", "joao")
    assert facts["first"].startswith("people.yaml:")
    [(code, place, facts)] = told(desk, PEOPLE.replace("um", "dois") + text)
    assert (code, place, facts["first"]) == ("check.twice", "1:52", f"{NAME}:1:11")


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (PEOPLE.replace("vendedor", "vendedo"), "1:37"),
        (PEOPLE.replace("roles: [vendedor]", "teams: [vendas]"), "1:37"),
        ("  given: {duty: {orcamento: [joao]}}\n", "5:18"),
        ("  given: {duty: {orcamentos: [jao]}}\n", "5:31"),
    ],
)
def test_what_its_people_and_their_order_name_is_there(wrong: str, place: str, desk: Path) -> None:
    then = "  then: {brand: vcc}\n"
    text = wrong + CREATE + then if wrong[0] == "p" else CREATE + wrong + then
    assert [(code, at) for code, at, _ in told(desk, text)] == [("check.name", place)]


def as_people_yaml_says(desk: Path, person: str, gone: bool) -> None:
    """Somebody who holds a place is called otherwise, or leaves and is on duty no more."""
    own, people = f"- id: {person}\n", desk / "people.yaml"
    becomes = f"{own}  active: false\n" if gone else "- id: carla\n"
    people.write_text(people.read_text().replace(own, becomes))
    for path in desk.glob("schedules/*.yaml"):
        text = path.read_text()
        left = text.replace(f", {person}]", "]").replace(f" {person}, ", " ")
        path.write_text(left if gone else text.replace(person, "carla"))


@pytest.mark.parametrize("gone", [False, True], ids=["renamed", "gone"])
@pytest.mark.parametrize("pack", packs.names())
def test_a_packs_scenarios_rest_on_nobody_who_only_holds_a_place(
    pack: str, gone: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKCLI_NOW", "2026-11-23T09:00")
    base = make(tmp_path / "mesa", pack)
    for person in Desk(base).config.people.values():
        if person.provisional:
            root = copytree(base, tmp_path / person.id)
            as_people_yaml_says(root, person.id, gone)
            assert Desk(root).config.people != Desk(base).config.people
            assert [p for p in find_problems(Desk(root)) if not p.is_warning] == []


# -- what it rests on -----------------------------------------------------------------------------


def test_the_desks_own_days_are_left_aside(desk: Path) -> None:
    """A holiday that somebody takes may not break what the rules promise."""
    away = "absences:\n- {person: vendedor-2, from: '2026-11-23', until: '2026-12-31'}\n"
    (desk / "schedules/absences.yaml").write_text(away)
    assert told(desk, CREATE + "  then: {assignee: vendedor-2}\n") == []


def test_where_files_can_not_be_read_no_scenario_is_tried(desk: Path) -> None:
    (desk / NAME).write_text(CREATE + "  then: {assignee: joao}\n")
    (desk / "people.yaml").write_text("people: [\n")
    assert [p.code for p in find_problems(Desk(desk)) if not p.is_warning] == ["yaml.syntax"]


def test_a_rule_that_changes_breaks_the_packs_own_scenarios(desk: Path) -> None:
    path = desk / "workflows/categories/orcamentos.yaml"
    path.write_text(path.read_text().replace("- assign: joao", "- assign: vendedor-2", 1))
    failed = [p for p in find_problems(Desk(desk)) if p.code == "scenario.failed"]
    assert {p.facts["found"] for p in failed} == {"assignee:vendedor-2"}
    assert all(str(p.place).startswith("workflows/tests/") for p in failed)
