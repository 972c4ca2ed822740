"""What a command imports is a promise: start-up must not grow (DESIGN 10), without a stopwatch."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("tabulate", "rich", "jsonschema", "dateutil.parser", "pydantic", "minijinja", "openpyxl")
LIST = "import sys; print(*sorted(sys.modules))"
RUN = """
import sys
from deskcli.cli import main
try:
    main({args!r})
except SystemExit as done:
    code = done.code
sys.stderr.write("MODULES " + " ".join(sys.modules))
sys.exit(code)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("start") / "mesa"
    loaded(["init", str(root), "--pack", "esplane"], root.parent)
    return root


def loaded(args: list[str], desk: Path) -> set[str]:
    """The modules that a command leaves loaded, in a process of its own."""
    env = {**os.environ, "DESKCLI_DESK": str(desk), "DESKCLI_NOW": "2026-11-23T09:00"}
    if args[0] == "init":
        del env["DESKCLI_DESK"]
    run = [sys.executable, "-c", RUN.format(args=args)]
    done = subprocess.run(run, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("MODULES ")[2].split())


CREATE = ["create", "-c", "orcamento_vcc", "--name", "Ana Prado", "--email", "ana@example.com"]


@pytest.mark.parametrize(
    "args",
    [
        ["create", "--help"],
        ["list", "--json"],
        CREATE,
        ["annotate", "1", "ligou"],
        ["show", "1"],
        ["outbox", "list"],
    ],
    ids=lambda args: " ".join(args[:2]),
)
def test_a_command_imports_nothing_heavy(args: list[str], desk: Path) -> None:
    found = {m for m in loaded(args, desk) if m.startswith(HEAVY)}
    assert not found


def test_a_command_imports_only_itself(desk: Path) -> None:
    commands = {m for m in loaded(["annotate", "1", "ligou"], desk) if m.startswith("deskcli.cli.")}
    others = {"list_", "import_", "sweep", "rota", "report", "check", "demo", "today"}
    assert "deskcli.cli.annotate" in commands
    assert not commands & {f"deskcli.cli.{name}" for name in others}


def test_writing_one_ticket_by_its_number_opens_no_index_first(desk: Path) -> None:
    assert "sqlite3" not in loaded(["show", "1", "--json"], desk)


def test_the_guard_would_see_a_heavy_import(desk: Path) -> None:
    """The negative control: a command that draws a template has minijinja loaded."""
    reply = ["--as", "joao", "reply", "1", "-t", "atendimento-esplane", "-n"]
    assert any(m.startswith("minijinja") for m in loaded(reply, desk))
