"""`sweep --plan` and `--apply`: a plan is done as it stands, or refused with what it lacks (O7)."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from promises.desks import Run, copy_of, environment, files, new_desk, run

ROWS = "Nome;E-mail;Categoria Assunto;Produto;Mensagem\n" + "".join(
    f"Cliente {n};c{n}@example.com;Dúvidas de produtos;Cuba;Pergunta {n}\n" for n in range(3)
)
LATE = "2026-11-24T13:00:00-03:00"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three tickets from a site."""
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "rows.csv").write_text(ROWS)
    with environment({"DESKCLI_NOW": "2026-11-23T09:00:00-03:00"}):
        root = new_desk(folder / "desk")
        assert run(root, "import", str(folder / "rows.csv"), "-m", "generic").code == 0
    return root


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    """The tickets when nobody updated them in time."""
    with environment({"DESKCLI_NOW": LATE}):
        yield copy_of(base, tmp_path / "desk")


@pytest.fixture
def plan(desk: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    assert run(desk, "sweep", "--plan", str(path)).code == 0
    return path


def apply(desk: Path, plan: Path, *more: str) -> Run:
    return run(desk, "sweep", "--apply", str(plan), *more)


def test_a_plan_is_held_to_the_limit_too(desk: Path, plan: Path) -> None:
    before = files(desk)
    found = apply(desk, plan, "--limit", "2")
    assert found.code == 3 and files(desk) == before
    assert f"deskcli --desk {desk} sweep --apply {plan} --limit 3" in found.err
    assert apply(desk, plan, "--limit", "3").code == 0
    assert files(desk) != before


@pytest.mark.parametrize("how", [(), ("--plan", "novo.json"), ("-n",)])
def test_a_limit_of_none_is_a_limit(
    how: tuple[str, ...], desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = files(desk)
    found = run(desk, "sweep", *how, "--limit", "0")
    assert found.code == 3 and found.out == "", found
    assert "o limite é 0" in found.err and "--limit 3" in found.err, found
    assert files(desk) == before and not (tmp_path / "novo.json").exists()


def changed(plan: Path, act: dict[str, Any], **item: str) -> None:
    """The plan with more in the act of its first firing, as a hand or another time made it."""
    made = json.loads(plan.read_text())
    made["items"][0] |= item
    made["items"][0]["act"] |= act
    plan.write_text(json.dumps(made))


@pytest.mark.parametrize(
    ("act", "named"),
    [
        ({"sets": {"assignee": "ninguem"}}, "ninguem"),
        ({"sets": {"assignee": "joao"}}, "joao"),
        ({"sets": {"team": "nenhuma"}}, "nenhuma"),
        ({"sets": {"status": "arquivado"}}, "arquivado"),
        ({"sets": {"requester.fone": "1"}}, "requester.fone"),
        ({"data": {"notify": ["ninguem"]}}, "ninguem"),
    ],
)
def test_what_a_plan_names_must_be_there_still(
    act: dict[str, Any], named: str, desk: Path, plan: Path
) -> None:
    people = desk / "people.yaml"
    people.write_text(people.read_text().replace("id: joao\n", "id: joao\n  active: false\n"))
    changed(plan, act)
    before = files(desk)
    found = apply(desk, plan)
    assert found.code == 3 and files(desk) == before, found
    assert str(plan) in found.err and named in found.err


@pytest.mark.parametrize(
    ("act", "named", "line"),
    [
        ({"adds": {"flags": ["atrasadissimo"]}}, "atrasadissimo", '"atrasadissimo"'),
        ({"drops": {"flags": ["sumiu"]}}, "sumiu", '"sumiu"'),
        ({"adds": {"tags": ["vip"]}}, "'tags'", "[\n"),
        ({"sets": {"title": "Outro"}}, "'title'", '"Outro"'),
        ({"text": "oi\u0007"}, "'oi\\x07'", '"oi'),
        ({"sets": {"status": "resolvido"}}, "'resolvido'", '"resolvido"'),
        ({"sets": {"assignee": "vendedor-2"}}, "'vendedor-2'", '"vendedor-2"'),
        ({"text": "O cliente desistiu"}, "'O cliente desistiu'", '"O cliente'),
        ({"by": "joao"}, "'joao'", '"joao"'),
        ({"did": "resolved"}, "'resolved'", '"resolved"'),
        ({"data": {"notify": ["team:nenhuma"]}}, "'team:nenhuma'", '"team:nenhuma"'),
    ],
)
def test_a_plan_does_what_a_rule_could_do(
    act: dict[str, Any], named: str, line: str, desk: Path, plan: Path
) -> None:
    """Flags, notes and all else, each with its place in the plan."""
    made = json.loads(plan.read_text())
    made["items"][1]["act"] |= act if "data" not in act else {}
    made["items"][1]["act"]["data"] |= act.get("data", {})
    plan.write_text(json.dumps(made, indent=2, ensure_ascii=False))
    before = files(desk)
    found = apply(desk, plan)
    assert found.code in (3, 65) and files(desk) == before, found
    [told] = [row for row in found.err.splitlines() if named in row]
    number, column = map(int, told.removeprefix(f"{plan}:").split(":")[:2])
    rows = plan.read_text().splitlines(keepends=True)
    assert rows[number - 1][column - 1 :].startswith(line), found


def test_firings_can_be_taken_out_of_a_plan_and_not_put_in(desk: Path, plan: Path) -> None:
    made = json.loads(plan.read_text())
    items = made["items"]
    twice = {**made, "items": [*items, items[0]]}
    early = {**made, "items": [{**items[0], "due": "2026-11-25T12:00:00-03:00"}]}
    before = files(desk)
    for other in (twice, early):
        plan.write_text(json.dumps(other))
        found = apply(desk, plan)
        assert found.code == 3 and "ESP-1" in found.err and files(desk) == before, found
    own = [item for item in items if item["ticket"] == items[-1]["ticket"]][-1]
    plan.write_text(json.dumps({**made, "items": [own]}))
    assert apply(desk, plan).code == 0
    assert "nao_atualizado_no_dia" in run(desk, "show", own["ticket"], "--format", "json").out


def test_a_turn_of_a_plan_is_of_somebody_in_the_roulette(desk: Path, tmp_path: Path) -> None:
    """Taking a ticket out moves the turns of the rest; a person of elsewhere is not given one."""
    (desk / "workflows/rules/b.yaml").write_text(
        RODA.format(key="reassign", name="roulette:atendimento")
    )
    path = tmp_path / "roda.json"
    assert run(desk, "sweep", "--plan", str(path)).code == 0
    made = json.loads(path.read_text())
    made["items"] = [item for item in made["items"] if item["ticket"] != "ESP-1"]
    path.write_text(json.dumps(made))
    [turn, *_] = [item for item in made["items"] if item["rule"] == "b"]
    person = turn["act"]["sets"]["assignee"]
    path.write_text(path.read_text().replace(f'"{person}"', '"joao"'))
    before = files(desk)
    found = apply(desk, path)
    assert found.code == 3 and "'joao'" in found.err and files(desk) == before, found
    path.write_text(json.dumps(made))
    found = apply(desk, path)
    assert found.code == 0, found
    shown = run(desk, "show", turn["ticket"], "--format", "json").out
    assert json.loads(shown)["assignee"] == person


def test_a_rule_that_is_gone_does_nothing(desk: Path, plan: Path) -> None:
    changed(plan, {}, rule="sumiu")
    before = files(desk)
    found = apply(desk, plan)
    assert found.code == 3 and "sumiu" in found.err and files(desk) == before


@pytest.mark.parametrize("name", [".", "", "/", "..", "-", "no/plan.json"])
@pytest.mark.parametrize("more", [(), ("-n",)], ids=["written", "dry"])
def test_what_can_not_be_a_new_file_is_refused_in_words(
    name: str, more: tuple[str, ...], desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    found = run(desk, "sweep", "--plan", name, *more)
    assert found.code == (5 if name.startswith("no/") else 2), found
    assert ".tmp" not in found.err and "system" not in found.err.lower(), found
    [hint] = [x for x in found.err.splitlines() if x.startswith("  tente: ")]
    command = hint.removeprefix("  tente: deskcli ").replace("ARQUIVO", "plano.json")
    assert sorted(tmp_path.iterdir()) == before
    assert run(desk, *shlex.split(command)).code == 0
    made = [path.suffix for path in tmp_path.iterdir() if path not in before]
    assert made == ([] if "-n" in command else [".json"])


def test_a_plan_is_only_shown_in_a_dry_run(desk: Path, tmp_path: Path) -> None:
    before = files(desk)
    found = run(desk, "sweep", "--plan", str(tmp_path / "plan.json"), "-n")
    assert found.code == 0 and "ESP-1" in found.out and "plan.json" in found.err
    assert not (tmp_path / "plan.json").exists() and files(desk) == before


def test_a_plan_is_made_or_done(desk: Path, plan: Path, tmp_path: Path) -> None:
    before = files(desk)
    found = apply(desk, plan, "--plan", str(tmp_path / "other.json"))
    assert found.code == 2 and files(desk) == before
    assert not (tmp_path / "other.json").exists()


def test_a_plan_that_is_not_there_is_said_to_be_missing(desk: Path, tmp_path: Path) -> None:
    found = apply(desk, tmp_path / "none.json")
    assert found.code == 5 and "Esse arquivo não existe." in found.err, found


@pytest.mark.parametrize("text", ["", '{"at": "2026-11-2', "[]", "{}", '{"at": "x", "items": 3}'])
def test_what_is_no_plan_is_told_in_words(text: str, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)
    found = apply(desk, path)
    assert found.code == 65 and "Isto não é um plano de `sweep --plan`" in found.err, found
    assert "Expected" not in found.err and "truncated" not in found.err


def test_half_a_plan_is_not_left(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fchmod", full)
    found = run(desk, "sweep", "--plan", str(tmp_path / "plan.json"))
    assert found.code == 75 and not (tmp_path / "plan.json").exists()
    assert found.err == "O sistema diz: No space left on device.\n", "of no file it knows"


def test_a_plan_takes_the_place_of_nothing(desk: Path, plan: Path) -> None:
    before = plan.read_text()
    for name in ("plan-1.json", "plan-2.json"):
        found = run(desk, "sweep", "--plan", str(plan))
        assert found.code == 3 and plan.read_text() == before
        [hint] = re.findall(rf"tente: deskcli --desk {desk} (sweep --plan .*{name})\n", found.err)
        assert run(desk, *shlex.split(hint)).code == 0


# -- rules that name what is not there ------------------------------------------------------------

FLAGS = "id: a\nlabel: Marca\nwhen: {open: true}\nactions:\n- flag: atrasado\n"
RODA = "id: b\nlabel: Roda\nwhen: {{open: true}}\nactions:\n- flag: roda\n- {key}: {name}\n"


@pytest.mark.parametrize(
    ("key", "name", "there"),
    [
        ("reassign", "roulette:atendimnto", "roulette:atendimento"),
        ("reassign", "rota:orcamento", "rota:orcamentos"),
        ("reassign", "team:triagen", "team:triagem"),
        ("reassign", "joaoo", "joao"),
        ("notify", "role:vendedores", "role:vendedor"),
        ("move", "resolvdo", "resolvido"),
    ],
)
@pytest.mark.parametrize("more", [(), ("-n",), ("--plan", "other.json")], ids=" ".join)
def test_a_rule_that_names_nothing_stops_the_sweep_before_it_writes(
    more: tuple[str, ...], key: str, name: str, there: str, desk: Path
) -> None:
    """Also the rules that could do their work: `check` was not run, and the rest would be half."""
    rules = desk / "workflows/rules"
    (rules / "a.yaml").write_text(FLAGS)
    (rules / "b.yaml").write_text(RODA.format(key=key, name=name))
    before = files(desk)
    more = tuple(word.replace("other", str(desk.parent / "other")) for word in more)
    found = run(desk, "sweep", *more)
    assert found.code == 3 and found.out == "" and files(desk) == before, found
    column = 3 + len(key) + 2
    assert f"workflows/rules/b.yaml:6:{column}: " in found.err, found
    assert f"'{name.partition(':')[2] or name}'" in found.err, found
    assert not (desk.parent / "other.json").exists()
    (rules / "b.yaml").write_text(RODA.format(key=key, name=there))
    assert run(desk, "sweep", "-n").code == 0


def test_a_rule_that_can_not_do_its_work_on_a_ticket_says_why_in_words(desk: Path) -> None:
    """Everybody of the roulette is away: the ticket is told of, the other rules do theirs."""
    (desk / "workflows/rules/b.yaml").write_text(RODA.format(key="reassign", name="roulette:vazia"))
    (desk / "schedules/roulette-vazia.yaml").write_text("id: vazia\nlabel: Vazia\npeople: []\n")
    found = run(desk, "sweep")
    assert found.code == 3 and "ESP-1" in found.out
    told = found.err.splitlines()[0]
    assert told.endswith("ESP-1: Ninguém pode receber por 'roulette:vazia'."), found
    assert "deskcli --desk" in found.err and "show ESP-1" in found.err


def test_a_rule_whose_day_never_comes_does_not_stop_the_others(desk: Path) -> None:
    """The desk closed for good when the tickets came: nothing is early or late by its hours."""
    path = desk / "schedules/calendars.yaml"
    path.write_text(
        path.read_text().replace("    - days:", "    - until: '2026-11-20'\n      days:", 1)
    )
    (desk / "workflows/rules/outra.yaml").write_text(
        "id: outra\nlabel: Outra\nwhen: {open: 'true'}\nactions:\n- note: Ainda aberto.\n"
    )
    found = run(desk, "sweep")
    assert (found.code, found.err.count("comercial")) == (3, 6), "of each rule and ticket"
    assert found.out.count("Outra") == 3


def test_a_plan_says_in_its_code_which_ticket_it_lacks(desk: Path, tmp_path: Path) -> None:
    broken = desk / "tickets/2026/11/ESP-2.yaml"
    broken.write_text("id: [\n")
    found = run(desk, "sweep", "--plan", str(tmp_path / "plan.json"))
    assert found.code == 65 and "ESP-2.yaml" in found.err
    planned = json.loads((tmp_path / "plan.json").read_text())["items"]
    assert {item["ticket"] for item in planned} == {"ESP-1", "ESP-3"}


def test_a_plan_is_not_blamed_for_a_ticket_that_was_broken_at_the_last_look(
    desk: Path, plan: Path
) -> None:
    held, made = desk / "tickets/2026/11/ESP-2.yaml", json.loads(plan.read_text())
    made["items"] = [item for item in made["items"] if item["ticket"] != "ESP-2"]
    plan.write_text(json.dumps(made))
    whole = held.read_text()
    held.write_text("id: [\n")
    assert run(desk, "list").code == 65
    held.write_text(whole)
    found = apply(desk, plan)
    assert (found.code, found.err) == (0, "")


def test_an_unreadable_ticket_of_a_plan_is_in_its_code(desk: Path, plan: Path) -> None:
    (desk / "tickets/2026/11/ESP-2.yaml").write_text("id: [\n")
    found = apply(desk, plan)
    assert found.code == 65 and "ESP-2.yaml" in found.err
    assert "ESP-1" in found.out and "ESP-3" in found.out


DEEP = 100_000
NO_PLANS = {
    "of a moment that no zone has": '{"at": "0001-01-01T00:00:00+00:00", "items": []}',
    "of the last moment": '{"at": "9999-12-31T23:59:59-03:00", "items": []}',
    "nested too deeply": f'{{"at": {"[" * DEEP}{"]" * DEEP}, "items": []}}',
    "nested too deeply beside it": f'{{"x": {"[" * DEEP}{"]" * DEEP}}}',
}


@pytest.mark.parametrize("text", NO_PLANS.values(), ids=NO_PLANS)
def test_what_no_sweep_wrote_is_no_plan(text: str, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)
    before = files(desk)
    found = apply(desk, path)
    assert (found.code, found.out) == (65, "")
    assert f"{path}: Isto não é um plano" in found.err and "sweep --plan" in found.err
    assert files(desk) == before


@pytest.mark.parametrize("depth", [*range(100, 1100, 50), 5000, DEEP])
def test_an_act_may_be_as_deep_as_it_likes(depth: int, desk: Path, plan: Path) -> None:
    changed(plan, {"sets": {"title": "@"}})
    plan.write_text(plan.read_text().replace('"@"', "[" * depth + "]" * depth))
    before = files(desk)
    found = apply(desk, plan)
    assert found.code in (3, 65) and str(plan) in found.err, found
    assert files(desk) == before
