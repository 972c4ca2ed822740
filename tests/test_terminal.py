"""What people read on a terminal: no line broken inside a word; in a pipe every line is whole."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from promises.desks import ASKED, NOW, done, environment, files, new_desk, run

from deskcli.cli.table import SHELL_WORD, cells_wide, folded

LONG = "O cliente pede a cuba dupla de aço escovado, com torneira gourmet, entregue em Recife."
COMMANDS = ["show 1", "why 1", "history 1", "check --strict", "create --guide", "list", "today"]
COMMANDS += ["create --guide --form orcamentos-atendimento", "create -c nota_fiscal"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with environment({"DESKCLI_NOW": NOW, "LC_ALL": "C.UTF-8", "TERM": "dumb"}):
        root = new_desk(tmp_path_factory.mktemp("mesa") / "desk")
        done(root, "create", *ASKED, "-m", LONG + "\n" + LONG)
        done(root, "set", "1", f"product={LONG}")
        yield root


def on_terminal(desk: Path, width: int, *args: str) -> list[str]:
    """The lines that a terminal of this width is sent."""
    env = {k: v for k, v in os.environ.items() if k != "COLUMNS"} | {"DESKCLI_DESK": str(desk)}
    how = {"encoding": "utf-8", "timeout": 30, "use_poll": True, "dimensions": (40, width)}
    child = pexpect.spawn(sys.executable, ["-m", "deskcli", *args], env=env, **how)
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before).replace("\r", "").split("\n")


@pytest.mark.parametrize("width", [80, 60, 40])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_wider_than_the_terminal(command: str, width: int, desk: Path) -> None:
    for line in on_terminal(desk, width, "--no-input", *command.split()):
        one_word = re.fullmatch(r"\s*\S+", line) or re.fullmatch(r"\s*-\S+ \S+( \\)?", line)
        assert (
            cells_wide(line) <= width or one_word or (width < 60 and command in ("list", "today"))
        )


def test_a_terminal_is_told_all_that_a_pipe_is(desk: Path) -> None:
    for command in ("show 1", "why 1", "history 1"):
        folded_lines = on_terminal(desk, 60, *command.split())
        quoted = re.sub(r"\n {4}\| (?!O cliente)", " ", "\n".join(folded_lines))
        piped = run(desk, *command.split()).out
        assert quoted.split() == piped.split()
        assert len(folded_lines) > piped.count("\n") + 1


def test_a_message_goes_on_behind_its_bar_and_a_value_below_itself(desk: Path) -> None:
    lines = on_terminal(desk, 60, "show", "1")
    assert "    | O cliente pede a cuba dupla de aço escovado, com torneira" not in lines
    assert "    | O cliente pede a cuba dupla de aço escovado, com" in lines
    assert "    | torneira gourmet, entregue em Recife." in lines
    [first] = [n for n, line in enumerate(lines) if line.startswith("  Produto ")]
    column = re.match(r"  Produto +", lines[first])
    assert column and re.match(" " * len(column[0]) + r"\S", lines[first + 1])


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "plain"])
def test_what_programs_read_is_never_folded(form: str, desk: Path) -> None:
    told = "\n".join(on_terminal(desk, 40, "history", "1", "--format", form)).rstrip()
    assert told == run(desk, "history", "1", "--format", form).out.rstrip()


def test_a_command_folded_is_the_same_command(desk: Path) -> None:
    """As the shell takes it: with its own mark at the end of the line, and never inside quotes."""
    line = "  tente: " + shlex.join(
        ["deskcli", "create", "--name", "Ana d'Ávila Prado", "-c", "x y"]
    )
    pieces = list(folded(line, 30, SHELL_WORD, " \\"))
    assert len(pieces) > 1 and all(piece.endswith(" \\") for piece in pieces[:-1])
    shell = "\n".join(pieces).partition("tente: ")[2].replace("\\\n", "")
    assert shlex.split(shell) == shlex.split(line)[1:]
    told = on_terminal(desk, 60, "--no-input", "create", "-c", "nota_fiscal")
    assert any(line.endswith(" \\") for line in told)


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]) | st.just(" "))


@given(TEXT, st.integers(1, 100))
def test_nothing_is_lost_in_folding(text: str, room: int) -> None:
    pieces = list(folded(text, room))
    bar = re.match(r"\s*\| ", text)
    rest = [p[len(bar[0]) :] for p in pieces[1:]] if bar else pieces[1:]
    assert " ".join([pieces[0], *rest]).split() == text.split()
    for piece in pieces:
        one = piece[len(bar[0]) :] if bar else piece
        assert cells_wide(piece) <= room or len(one.split()) <= 1 or pieces == [text]


def test_colours_take_no_room() -> None:
    line = "\x1b[1m" + "a " * 20 + "\x1b[0m"
    assert list(folded(line, 42)) == [line]


def test_a_message_that_waits_is_told_with_its_address_and_marked_by_the_end_of_its_id(
    tmp_path: Path,
) -> None:
    """F20: at 80 columns there is room for whom it goes to and how it begins."""
    desk = new_desk(tmp_path / "desk")
    done(desk, "create", *ASKED, "-m", "Cuba")
    done(desk, "outbox", "add", "1", "-m", "Recebemos o pedido", "--email", "ana@example.com")
    shown = on_terminal(desk, 80, "--no-input", "outbox", "list")
    [line] = [line for line in shown if "ESP-1" in line]
    assert "ana@example.com" in line and "Recebemos" in line
    end = line.split()[0]
    [whole] = done(desk, "outbox", "list", "--format", "ids").out.split()
    assert whole.endswith(end) and len(end) < 10
    assert run(desk, "outbox", "sent", end[-3:]).code != 0, "too short to be meant"
    done(desk, "outbox", "sent", end)
    assert not done(desk, "outbox", "list", "--format", "ids").out


@pytest.mark.parametrize("editor", ["vi 'x", "vi \\", " ", "/nenhum/editor"])
@pytest.mark.parametrize("name", ["EDITOR", "VISUAL"])
def test_an_editor_that_can_not_be_run_is_told_of(
    name: str, editor: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv(name, editor)
    before = files(desk)
    told = " ".join(on_terminal(desk, 400, "annotate", "1"))
    assert f"O editor '{editor}' não funcionou: " in told and "Traceback" not in told, told
    assert "aspas" in told or "'x" not in editor, told
    assert "annotate 1 TEXTO" in told and files(desk) == before, told
