"""Questions on a terminal: a wrong answer is asked again, and what was answered is never lost."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from promises.desks import NOW, done, environment, new_desk

CREATE = ["create", "-c", "duvida_produto", "--email", "ana@example.com"]
CTRL_C, CTRL_D = "c", "d"


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with environment({"DESKCLI_NOW": NOW, "LC_ALL": "C.UTF-8", "TERM": "dumb"}):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_desk(tmp_path / "desk")


def asked(desk: Path, *args: str) -> pexpect.spawn:
    """The command on a terminal of its own; by poll, since select knows only 1,024 open files."""
    env = {**os.environ, "DESKCLI_DESK": str(desk), "COLUMNS": "200"}
    command = ["-m", "deskcli", *args]
    how = {"encoding": "utf-8", "codec_errors": "replace", "timeout": 30, "use_poll": True}
    return pexpect.spawn(sys.executable, command, env=env, **how)


def ended(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus if child.exitstatus is not None else -child.signalstatus)


def tickets(desk: Path) -> int:
    return len(list(desk.glob("tickets/*/*/*.yaml")))


def test_every_missing_value_is_asked_for(desk: Path) -> None:
    child = asked(desk, *CREATE)
    child.expect(r"Solicitante \(nome\): ")
    child.sendline("Ana Prado")
    child.expect(r"Motivo \(orcamento_pendente\|.*\): ")
    child.sendline("duvida")
    child.expect("Produto: ")
    child.sendline("Cuba")
    child.expect("ESP-1 ")
    assert ended(child) == 0


def test_a_wrong_answer_is_asked_again_with_the_reason(desk: Path) -> None:
    child = asked(desk, *CREATE)
    child.expect(r"Solicitante \(nome\): ")
    child.sendline("Ana Prado")
    child.expect(r"Motivo \(.*\): ")
    child.sendline("motivo nenhum")
    child.expect("'motivo nenhum' não é um destes")
    child.expect(r"Motivo \(.*\): ")
    child.sendline("")
    child.expect(r"Motivo \(.*\): ")
    child.sendline("Dúvida")
    child.expect("Produto: ")
    child.sendline("Cuba")
    child.expect("ESP-1 ")
    assert ended(child) == 0
    shown = done(desk, "show", "1", "--json").out
    assert all(f'"{text}"' in shown for text in ("Ana Prado", "duvida", "Cuba"))


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_who_leaves_is_told_the_command_with_what_was_answered(key: str, desk: Path) -> None:
    child = asked(desk, *CREATE)
    child.expect(r"Solicitante \(nome\): ")
    child.sendline("Ana d'Ávila")
    child.expect(r"Motivo \(.*\): ")
    child.sendcontrol(key)
    child.expect("Nada foi gravado")
    child.expect(r"deskcli (create .*?)\r?\n")
    typed = shlex.split(child.match[1])
    assert ended(child) == 130
    assert tickets(desk) == 0
    assert "requester.name=Ana d'Ávila" in typed
    rest = ["-f", "reason=duvida", "-f", "product=Cuba"]
    assert "Cuba" not in " ".join(typed) and done(desk, *typed, *rest)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_who_leaves_at_once_is_told_nothing_twice(key: str, desk: Path) -> None:
    child = asked(desk, *CREATE)
    child.expect(r"Solicitante \(nome\): ")
    child.sendcontrol(key)
    assert ended(child) == 130
    assert not re.search("deskcli create", child.before) and tickets(desk) == 0


def test_what_was_typed_wrong_is_refused_and_not_asked_about(desk: Path) -> None:
    child = asked(desk, "create", "-c", "nota_fiscal", "--email", "x")
    child.expect("'x' não é válido")
    assert ended(child) == 3


def test_an_answer_that_who_asks_may_not_give_is_asked_again(desk: Path) -> None:
    """Only sellers may choose it (O-X16)."""
    child = asked(
        desk, "create", "--name", "Ana", "--email", "ana@example.com", "-f", "reason=outro"
    )
    child.expect("Categoria Assunto: ")
    child.sendline("Declinado – Frete caro")
    child.expect("é só para vendedor")
    child.expect("Categoria Assunto: ")
    child.sendline("Orçamento VCC")
    child.expect("ESP-1 ")
    assert ended(child) == 0


def test_bytes_that_are_no_text_are_asked_again(desk: Path) -> None:
    child = asked(desk, *CREATE)
    child.expect(r"Solicitante \(nome\): ")
    os.write(child.child_fd, b"caf\xe9\n")
    child.expect("não é texto UTF-8")
    child.expect(r"Solicitante \(nome\): ")
    child.sendcontrol("c")
    assert ended(child) == 130


@pytest.mark.parametrize("option", ["--no-input"])
def test_nobody_is_asked_who_does_not_want_to(option: str, desk: Path) -> None:
    child = asked(desk, option, *CREATE)
    child.expect("Falta Motivo")
    assert ended(child) == 3


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
@pytest.mark.parametrize("args", ["annotate 1 -", "resolve -"])
def test_standard_input_that_is_no_text_is_refused(args: str, errors: str, desk: Path) -> None:
    done(desk, *"create -c orcamento_vcc --name Ana --email ana@example.com".split())
    env = {**os.environ, "DESKCLI_DESK": str(desk), "PYTHONIOENCODING": f"utf-8:{errors}"}
    command = [sys.executable, "-m", "deskcli", *args.split()]
    found = subprocess.run(command, env=env, input=b"ESP-1 caf\xe9\n", capture_output=True)
    assert found.returncode == 2 and found.stderr.decode().endswith("texto UTF-8.\n")
