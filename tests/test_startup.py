"""What a command imports is a promise: start-up must not grow (DESIGN 10), without a stopwatch."""

import gc
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from promises.desks import done, environment

from deskcli.condition import bind, from_words
from deskcli.desk import Desk

HEAVY = (
    *("tabulate", "rich", "jsonschema", "dateutil.parser", "pydantic", "minijinja", "openpyxl"),
    *("hashlib", "json", "csv", "deskcli.dates", "deskcli.filetype"),
)
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


@pytest.fixture(scope="module")
def theirs() -> set[str]:
    """The modules that the libraries load by themselves."""
    bare = [sys.executable, "-c", f"import msgspec, typer, yaml; {LIST}"]
    return set(subprocess.run(bare, capture_output=True, text=True, check=True).stdout.split())


def loaded(args: list[str], desk: Path) -> set[str]:
    """The modules that a command leaves loaded, in a process of its own."""
    env = {**os.environ, "DESKCLI_DESK": str(desk), "DESKCLI_NOW": "2026-11-23T09:00-03:00"}
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
def test_a_command_imports_nothing_heavy(args: list[str], desk: Path, theirs: set[str]) -> None:
    """But what the libraries that it can not do without load themselves, in some version."""
    assert not {m for m in loaded(args, desk) - theirs if m.startswith(HEAVY)}


def test_a_command_imports_only_itself(desk: Path) -> None:
    commands = {m for m in loaded(["annotate", "1", "ligou"], desk) if m.startswith("deskcli.cli.")}
    others = {"list_", "import_", "sweep", "rota", "report", "check", "demo", "today"}
    assert "deskcli.cli.annotate" in commands
    assert not commands & {f"deskcli.cli.{name}" for name in others}


def test_a_list_loads_nothing_that_opens_or_changes_tickets(desk: Path) -> None:
    found = loaded(["list", "--json"], desk)
    assert not found & {f"deskcli.{name}" for name in ("intake", "draft", "apply", "merge", "undo")}


def test_writing_one_ticket_by_its_number_opens_no_index_first(desk: Path) -> None:
    assert "sqlite3" not in loaded(["show", "1", "--json"], desk)


def test_the_guard_would_see_a_heavy_import(desk: Path) -> None:
    """The negative control: a command that draws a template has minijinja loaded."""
    reply = ["--as", "joao", "reply", "1", "-t", "atendimento-esplane", "-n"]
    assert any(m.startswith("minijinja") for m in loaded(reply, desk))


def test_nothing_is_kept_of_the_commands_before(desk: Path) -> None:
    """Of many in one process, as in these tests; SQLite's functions hide the desk from Python."""

    def desks() -> int:
        gc.collect()
        return sum(isinstance(thing, Desk) for thing in gc.get_objects())

    done(desk, "list")
    before = desks()
    for _ in range(3):
        done(desk, "list")
    assert desks() <= before


# -- what is read ---------------------------------------------------------------------------------


def folders_read(desk: Path, monkeypatch: pytest.MonkeyPatch, *args: str) -> set[str]:
    """The places of configuration in which a command looks."""
    asked: set[str] = set()
    names = Desk.names

    def noting(self: Desk, glob: str) -> list[str]:
        asked.add(glob)
        return names(self, glob)

    monkeypatch.setattr(Desk, "names", noting)
    with environment({"DESKCLI_NOW": "2026-11-23T09:00-03:00"}):
        done(desk, *CREATE)
        asked.clear()
        done(desk, *args)
    return asked


def test_a_note_needs_neither_forms_nor_categories(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = folders_read(desk, monkeypatch, "annotate", "1", "ligou outra vez")
    assert read == {"desk.yaml", "people.yaml", "workflows/statuses.yaml", "schedules/sla.yaml"}


def test_a_filter_reads_the_forms_whose_fields_it_may_name(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = folders_read(desk, monkeypatch, "list", "due:<=2026-11-23 open:true", "--json")
    assert "workflows/forms/*.yaml" not in read
    read = folders_read(desk, monkeypatch, "list", "phone:11 open:true", "--json")
    assert "workflows/forms/*.yaml" in read
    assert not read & {"workflows/macros/*.yaml", "workflows/replies/*.md", "workflows/views.yaml"}


def plans(desk: Desk, ask: Callable[[], object]) -> list[str]:
    """How SQLite finds what `ask` asks it for."""
    told: list[str] = []
    desk.index.file.db.set_trace_callback(told.append)
    ask()
    db: sqlite3.Connection = desk.index.file.db
    db.set_trace_callback(None)
    asked = [sql for sql in told if sql.startswith("SELECT")]
    return [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]


def test_nothing_reads_a_whole_table(desk: Path) -> None:
    """Of tickets, files and events; there are few months, and one line about the index itself."""
    with environment({"DESKCLI_NOW": "2026-11-23T09:00-03:00"}):
        done(desk, *CREATE)
    here = Desk(desk)
    here.index.refresh()
    due = bind(from_words("open:true due:<=2026-11-23"), date(2026, 11, 23))
    for ask in (
        here.index.refresh,
        lambda: here.index.refresh(folders_only=True),
        lambda: here.index.select(due),
        lambda: here.index.problems,
        lambda: here.index.marked(["mail:ana@example.com"], "2026-11-16T09:00:00-03:00"),
        here.index.last_id,
    ):
        found = plans(here, ask)
        assert found
        assert not [p for p in found if p.startswith("SCAN") and not p.endswith(FEW)], found
    everything = plans(here, lambda: here.index.select(from_words("cuba")))
    assert "SCAN ticket" in everything, "the negative control: words in texts are looked for in all"


def test_the_look_at_young_closed_files_goes_by_their_folder(desk: Path) -> None:
    """And not over all that were ever closed."""
    here = Desk(desk)
    here.index.refresh()
    looked = [p for p in plans(here, here.index.refresh) if p.startswith("SEARCH file ")]
    assert "SEARCH file USING COVERING INDEX file_look (open=?)" in looked
    assert "SEARCH file USING INDEX file_folder (folder=?)" in looked


FEW = (
    *("folder", "meta", "file USING INDEX file_broken", "CONSTANT ROW"),
    "json_each VIRTUAL TABLE INDEX 1:",  # what was asked for
)
