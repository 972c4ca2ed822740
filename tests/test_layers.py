"""The house: a module imports only from lower floors, or from one named before it on its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import deskcli

ROOT = Path(deskcli.__file__).parent
FLOORS: list[list[str]] = [
    ["exits", "codes", "problem", "fold", "yamltext", "yamlwrite", "yamledit", "schema"],
    (
        "requester ticket links ticketfile calendarfile wallclock worktime allowance dates"
        " factnames condition values people org form category workflow macro reply rule sla measure"
        " rota duty roulette rotacheck importmap deskfile scenariofile config facts quoted timeline"
        " wording"
    ).split(),
    (
        "scene default demand promise route move visit address outbox answer act undo apply draft"
        " intake merge whose refill batch register sweep report whatif scenario survey crossref"
        " asking namesakes valuereview mapreview templatereview deskreview scenarioreview review"
        " ticketreview planreview"
    ).split(),
    (
        "durable folders store where forked indexschema indexfile indexrow indexlook index filetype"
        " packs sources ulid desk"
    ).split(),
    ["cli", "__main__"],
]
PURE = {m for floor in FLOORS[:3] for m in floor}
IMPURE = frozenset("os pathlib io sqlite3 subprocess time random typer shutil tempfile".split())
IMPURE_CALLS = frozenset(("open", "print", "now", "today", "utcnow"))


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).with_suffix("").as_posix()
        if name != "__init__" and not name.startswith("packs/"):
            yield name, path


def room(name: str) -> str:
    return name.split("/", maxsplit=1)[0]


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules named by import statements anywhere, `TYPE_CHECKING` and lazy ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "deskcli":
                yield from (f"deskcli.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


MODULES = dict(modules())
TABLES = ("codes", "cli/problem_words")  # a line for each code, looked up, not read through


def test_every_module_has_a_floor_and_stands_on_the_map() -> None:
    placed = {m for floor in FLOORS for m in floor}
    assert {room(name) for name in MODULES} <= placed
    told = re.findall(
        r"[a-z]+", (deskcli.__doc__ or "").partition("0 words")[2].partition("\n\n")[0]
    )
    assert [w for w in told if w in placed] == [m for m in placed_in_order() if m != "__main__"]


def placed_in_order() -> list[str]:
    return [m for floor in FLOORS for m in floor]


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_down(name: str) -> None:
    order = {m: (n, k) for n, floor in enumerate(FLOORS) for k, m in enumerate(floor)}
    own = order[room(name)]
    for module in imported(ast.parse(MODULES[name].read_text())):
        top, _, rest = module.partition(".")
        other = rest.split(".")[0]
        if top == "deskcli" and other and other != room(name) and not other.startswith("__"):
            assert order[other] < own, f"{name} imports {module}, which is not below it"


@pytest.mark.parametrize("name", [m for m in MODULES if room(m) in PURE])
def test_the_lower_floors_are_pure(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text())
    assert not {m.split(".")[0] for m in imported(tree)} & IMPURE
    calls = [n.func for n in ast.walk(tree) if isinstance(n, ast.Call)]
    names = {c.id if isinstance(c, ast.Name) else getattr(c, "attr", "") for c in calls}
    assert not names & IMPURE_CALLS


@pytest.mark.parametrize("name", [m for m in MODULES if m.startswith("cli/")])
def test_commands_never_import_each_other_by_way_of_typer_apps(name: str) -> None:
    """Only the shared rooms of the command line are imported by commands."""
    shared = {"session", "words", "show", "events", "rows", "files", "progress", "problem_words"}
    shared |= {"reading", "rejects", "echo", "days", "shifts"}
    shared |= {"splice", "absence", "hints", "guide", "prompt", "usage", "filters", "commands"}
    shared |= {
        "streams",
        "table",
        "problem_hints",
        "hint_facts",
        "complete",
        "options",
        "handover",
        "ical",
        "chat",
        "labels",
        "fact_words",
        "texts",
        "yaml_words",
        "check_words",
        "sla_words",
    }
    shared |= {"__init__", "demo", "init", "schema"}  # demo makes a desk, init writes its schemas
    used = {
        m.split(".")[2]
        for m in imported(ast.parse(MODULES[name].read_text()))
        if m.startswith("deskcli.cli.")
    }
    assert used <= shared


@pytest.mark.parametrize("name", MODULES)
def test_no_seed_is_named_in_the_engine(name: str) -> None:
    text = MODULES[name].read_text().casefold()
    for seed in ("esplane", "winthor", "imobiliaria", "academia", "financeiro", "octadesk"):
        assert seed not in text, f"{name} names {seed}"


@pytest.mark.parametrize("name", MODULES)
def test_functions_and_files_stay_small(name: str) -> None:
    text = MODULES[name].read_text()
    assert text.count("\n") <= (300 if name in TABLES else 255)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 50, f"{name}.{node.name} has {length} lines"


def test_the_map_of_reviews_is_whole() -> None:
    """Every module that only looks for what is wrong is told of in `review`, and no other."""
    from deskcli import review

    told = re.findall(r"^ {4}([a-z]+) {2,}\S", review.__doc__ or "", re.MULTILINE)
    assert set(told) <= set(MODULES)
    floor = " ".join(FLOORS[2]).partition("survey ")[2].split()
    assert {*floor, "survey", "register", "rotacheck"} == set(told)
