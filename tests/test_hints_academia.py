"""The commands told to those who work with conversations and visits succeed (F2, F8, F14)."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import environment
from promises.desks import run as run_on
from test_hints import hint_of

from deskcli.cli.init import make

ASKED = "--org 'academia um' -c totem 'Totem parado hoje' --name Ana"
OPEN = f"create {ASKED} -f resumo=r"
PAUL = "--as paulo visit schedule 1"
VISITED = (f"{PAUL} '23/11 9h30' --confirmed", "move 1 visita_presencial", "visit done 1 -m viu")
PLACED = {"DATA HORA": "26/11 14h", "TEXTO": "avisado", "ARQUIVO": "c.txt"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = make(tmp_path / "mesa", "academia")
    monkeypatch.chdir(tmp_path)
    Path("c.txt").write_text("23/11/2026 08:40 - Ana: oi\n")
    Path("vazia.txt").write_text("\n")
    for name, plan in {
        "sem.yaml": "{title: a}",
        "longe.yaml": "{lines: '9', title: a}",
        "outra.yaml": "{lines: a, title: a}",
    }.items():
        Path(name).write_text(f"tickets:\n- {plan}\n")
    with environment({"DESKCLI_NOW": "2026-11-23T09:00", "LC_ALL": "C.UTF-8"}):
        assert run_on(root, "org", "add", "Academia Um").code == 0
        yield root


def by(desk: Path, typed: str) -> list[str]:
    words = shlex.split(typed)
    return words if words[0] == "--as" else ["--as", "operador-1", *words]


@pytest.mark.parametrize(
    ("before", "typed", "told"),
    [
        ((f"create --chat c.txt {ASKED}",), f"create --chat c.txt {ASKED}", "show ACA-1"),
        ((), f"create --chat vazia.txt {ASKED}", "create --chat ARQUIVO"),
        ((), f"create --chat nada.txt {ASKED}", "create --chat ARQUIVO"),
        ((), "split vazia.txt", "split ARQUIVO"),
        ((), "split c.txt sem.yaml", "split c.txt"),
        ((), "split c.txt longe.yaml", "split c.txt"),
        ((), "split c.txt outra.yaml", "split c.txt"),
        ((OPEN,), f"{PAUL} '20/11 9h'", "visit schedule ACA-1 'DATA HORA'"),
        (
            (OPEN, f"{PAUL} '25/11 9h'"),
            "--as paulo visit move 1 '20/11 9h' -m x",
            "visit move ACA-1 'DATA HORA'",
        ),
        ((OPEN, f"{PAUL} '25/11 9h'"), "visit done 1 -m x", "annotate ACA-1 '@paulo"),
        (
            (OPEN, f"{PAUL} '25/11 9h'"),
            "--as paulo visit done 1 -m x",
            "visit move ACA-1 'DATA HORA'",
        ),
        ((OPEN,), "visit confirm 1", "annotate ACA-1 '@paulo"),
        ((OPEN,), "--as paulo visit confirm 1", "visit schedule ACA-1 'DATA HORA'"),
        ((OPEN,), "move 1 visita_presencial", "annotate 1 '@paulo"),
        ((OPEN,), "--as paulo move 1 visita_presencial", "visit schedule 1 'DATA HORA'"),
        ((OPEN, *VISITED), "due 1 25/11 -m x", "annotate ACA-1 '@paulo"),
        ((OPEN, *VISITED), "--as paulo due 1 25/11 -m x", "visit schedule ACA-1 'DATA HORA'"),
        ((OPEN, *VISITED[:2]), "--as paulo due 1 25/11 -m x", "visit move ACA-1 'DATA HORA'"),
        ((OPEN, "move 1 pendente"), "move 1 pendente --due 24/11", "history ACA-1"),
        ((OPEN, "move 1 pendente"), "move 1 pendente --due 26/11", "due ACA-1 2026-11-26"),
    ],
)
def test_the_command_told_succeeds(
    before: tuple[str, ...], typed: str, told: str, desk: Path
) -> None:
    for command in before:
        at = {"DESKCLI_NOW": "2026-11-23T09:40"} if "done" in command else {}
        with environment(at):
            done = run_on(desk, *by(desk, command))
        assert done.code == 0, (command, done)
    refused = run_on(desk, "--no-input", *by(desk, typed))
    assert refused.code in (3, 5, 65), refused
    words = hint_of(refused)
    assert told in refused.err, refused
    for capitals, text in PLACED.items():
        words = [word.replace(capitals, text) for word in words]
    again = run_on(desk, *words)
    assert again.code == 0, (words, again)


def test_a_plan_without_tickets_says_so(desk: Path) -> None:
    Path("p.yaml").write_text("tickets: []\n")
    refused = run_on(desk, *by(desk, "split c.txt p.yaml"))
    assert refused.code == 3 and "p.yaml:1" in refused.err and "dividida" not in refused.err
    assert hint_of(refused)[-2:] == ["split", "c.txt"]
