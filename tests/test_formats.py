"""Every reading command gives its answer in every format; JSON's keys are English and stay."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from promises.desks import ASKED, NOW, Run, done, environment, files, new_desk
from promises.desks import run as run_on

from deskcli.cli.show import FORMATS, to_json

# The command, the key of its rows in JSON ('' for one thing, whose keys stand at the top), keys
# that its rows have, and its first name in the format `ids`.
READING: list[tuple[str, str, set[str], str]] = [
    ("list", "tickets", {"id", "title", "status", "assignee", "due", "fields"}, "ESP-1"),
    ("list --views", "views", {"id", "label"}, "abertos"),
    ("today --all", "tickets", {"group", "id", "status"}, "ESP-1"),
    ("search cuba", "tickets", {"id", "excerpt"}, "ESP-1"),
    ("report --by status", "counts", {"status", "tickets"}, "novo"),
    ("report sla", "sla", {"form", "metric", "met", "late", "open"}, "orcamentos-atendimento"),
    ("show 1", "", {"id", "title", "status", "state", "open", "history"}, "ESP-1"),
    ("history 1", "history", {"id", "at", "by", "did"}, r"01[0-9A-Z]{24}"),
    ("why 1", "decisions", {"id", "at", "did", "rule", "why"}, r"01[0-9A-Z]{24}"),
    (
        "check --strict",
        "problems",
        {"place", "file", "line", "column", "code", "severity", "message"},
        r"\S+\.(yaml|md):\d+(:\d+)?",
    ),
    ("rota who", "", {"day", "person", "name", "reason", "skipped"}, "vendedor-2"),
    ("rota show", "days", {"day", "person", "name", "note"}, "2026-11-23"),
    ("rota check", "problems", {"place", "code", "severity", "message"}, r"schedules/\S+"),
    ("rota stats", "counts", {"of", "person", "count"}, "rota:orcamentos"),
    ("rota absence list", "absences", {"person", "from", "until", "reason"}, "joao"),
    ("org list", "orgs", {"id", "name", "brand", "contacts"}, "loja-exemplo"),
    ("org show loja-exemplo", "tickets", {"id", "status"}, "ESP-1"),
    ("visit list", "visits", {"id", "at", "with", "confirmed"}, "ESP-1"),
    ("today --all --gate", "tickets", {"id", "status", "due"}, "ESP-1"),
    ("today --all --handover", "handover", {"id", "assignee", "summary", "last_text"}, "ESP-1"),
    ("outbox list", "outbox", {"id", "kind", "ticket", "address", "state"}, "01[0-9A-Z]{24}"),
    ("people list", "people", {"id", "name", "roles", "teams", "login"}, "joao"),
    ("people show joao", "", {"id", "name", "aliases", "roles", "active"}, "joao"),
    ("calendar show", "days", {"day", "hours", "holiday"}, "2026-11-23"),
    ("calendar open", "", {"calendar", "at", "open", "opens"}, "comercial"),
    ("apply", "macros", {"id", "label"}, "atendimento-esplane"),
    ("apply 1", "macros", {"id", "label", "ticket", "asks", "lacks"}, "atendimento-esplane"),
    ("reply --list", "replies", {"id", "label"}, "atendimento-esplane"),
    ("import --maps", "maps", {"id", "label"}, "cfdb7"),
    ("undo --list", "operations", {"id", "at", "by", "did", "undone"}, "01[0-9A-Z]{24}"),
    ("calendar explain 1", "spans", {"id", "metric", "start", "end", "counted", "reason"}, "ESP-1"),
]
COMMANDS = [row[0] for row in READING]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with environment({"DESKCLI_NOW": "2026-11-23T08:30"}):
        root = new_desk(tmp_path_factory.mktemp("formats") / "mesa")
        (root / "schedules/sla.yaml").write_text("targets: [{id: padrao, resolution: 2bd}]\n")
        done(root, "org", "add", "Loja Exemplo")
        done(root, "create", *ASKED, "-m", "Cuba dupla", "--org", "Loja Exemplo")
        done(root, "visit", "schedule", "1", "28/11 9h")
        done(root, "due", "1", "hoje")
        done(root, "outbox", "add", "1", "-m", "Já vimos")
        done(root, "rota", "absence", "add", "joao", "28/11", "29/11")
    return root


@pytest.fixture
def run(desk: Path) -> Iterator[Callable[..., Run]]:
    with environment({"DESKCLI_NOW": NOW, "LC_ALL": "C.UTF-8"}):
        yield partial(run_on, desk)


@pytest.mark.parametrize(("command", "kind", "keys", "first"), READING, ids=COMMANDS)
def test_json_has_stable_keys(
    command: str, kind: str, keys: set[str], first: str, run: Callable[..., Run]
) -> None:
    _code, out, _err = run(*command.split(), "--json")
    found = json.loads(out)
    assert found["schema_version"] == 1
    rows = found[kind] if kind else [found]
    assert rows and keys <= rows[0].keys()
    assert all(re.fullmatch("[a-z][a-z_]*", key) for row in rows for key in row)
    assert run(*command.split(), "--format", "json")[1] == out


@pytest.mark.parametrize(("command", "kind", "keys", "first"), READING, ids=COMMANDS)
def test_every_other_format(
    command: str, kind: str, keys: set[str], first: str, run: Callable[..., Run]
) -> None:
    said = {form: run(*command.split(), "--format", form) for form in FORMATS}
    assert len({code for code, _out, _err in said.values()}) == 1, "the format changes no exit code"
    rows = [json.loads(line) for line in said["jsonl"][1].splitlines()]
    assert all(row["schema_version"] == 1 and keys <= row.keys() for row in rows)
    header, *cells = csv.reader(io.StringIO(said["csv"][1]))
    assert keys <= set(header) and len(cells) == len(rows) > 0
    names = said["ids"][1].splitlines()
    assert len(names) == len(rows) and re.fullmatch(first, names[0])
    for form in ("table", "plain"):
        assert said[form][1].strip() and "schema_version" not in said[form][1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_format_that_there_is_not(command: str, run: Callable[..., Run]) -> None:
    code, out, err = run(*command.split(), "--format", "xml")
    assert (code, out) == (2, "") and "jsonl" in err


def test_every_reading_command_is_tried_here() -> None:
    """Those that have `--format` are those above: a new one can not be forgotten."""
    import deskcli.cli

    folder = Path(deskcli.cli.__file__).parent
    having = {
        path.stem.rstrip("_") for path in folder.glob("*.py") if "form: Format" in path.read_text()
    }
    assert having == {command.split()[0] for command in COMMANDS} | {"absence"}


def test_a_saturday_is_answered_in_json_with_its_exit_code(run: Callable[..., Run]) -> None:
    """The rota answers for Monday; the shop is closed."""
    code, out, _err = run("rota", "who", "--at", "28/11", "--json")
    found = json.loads(out)
    assert (code, found["day"], found["person"]) == (0, "2026-11-30", "joao")
    code, out, _err = run("calendar", "open", "28/11 9h", "--json")
    found = json.loads(out)
    assert (code, found["open"], found["opens"]) == (7, False, "2026-11-30T08:00:00-03:00")


def test_nothing_found_is_an_empty_answer(run: Callable[..., Run]) -> None:
    assert json.loads(run("list", "status:cancelado", "--json")[1])["tickets"] == []
    for form in ("jsonl", "ids", "plain", "table"):
        assert run("list", "status:cancelado", "--format", form)[1] == ""


@pytest.mark.parametrize(
    ("typed", "listing"),
    [
        ("import {rows} --map generic", "import --maps"),
        ("undo", "undo --list"),
        ("reply 1 oi", "reply --list"),
        ("apply 1 atendimento-esplane", "apply ID"),
    ],
)
@pytest.mark.parametrize("form", ["--json", "--format=csv"])
def test_what_is_done_has_no_format(
    form: str, typed: str, listing: str, desk: Path, run: Callable[..., Run]
) -> None:
    """Refused before anything is done, not taken and forgotten."""
    (desk / "rows.csv").write_text("Nome;E-mail;Assunto\nA;a@example.com;orcamento_vcc\n")
    before = files(desk)
    code, out, err = run(*typed.format(rows=desk / "rows.csv").split(), form)
    assert (code, out) == (2, "") and files(desk) == before
    assert form.partition("=")[0] in err and f"deskcli {listing}" in err, err


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (
            {"nome": "João", "n": [1, None, True], "x": {}},
            '{"nome": "João", "n": [1, null, true], "x": {}}',
        ),
        ({"a": "\u202e\x1b[2J\n"}, '{"a": "\\u202e\\u001b[2J\\n"}'),
        ({"é": "\U000e0001"}, '{"é": "\\udb40\\udc01"}'),
        ({"é": "nome\udcff"}, '{"é": "nome\\udcff"}'),
    ],
    ids=["plain", "what acts on a terminal", "hidden, beyond 16 bits", "half a pair"],
)
def test_json_is_what_it_was_made_of_and_acts_on_no_terminal(value: object, line: str) -> None:
    assert to_json(value, indent=None) == line
    assert json.loads(line) == value
    indented = to_json(value)
    assert json.loads(indented) == value
    assert indented.replace("\n", "").isprintable()
