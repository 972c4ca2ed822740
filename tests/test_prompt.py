"""Questions on a terminal: a wrong answer is asked again, and what was answered is never lost."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest
from promises.desks import NOW, always, done, new_desk

CREATE = ["create", "-c", "duvida_produto", "--email", "ana@example.com"]
CTRL_C, CTRL_D = "c", "d"
MESSAGE = r"Mensagem \(.*\): "


_moment = always(NOW, TERM="dumb")


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
    child.expect(r"Motivo \(1-5; .*\): ")
    child.sendline("duvida")
    child.expect("Produto: ")
    child.sendline("Cuba")
    child.expect(MESSAGE)
    child.sendline("")
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
    child.expect(MESSAGE)
    child.sendline("")
    child.expect("ESP-1 ")
    assert ended(child) == 0
    shown = done(desk, "show", "1", "--json").out
    assert all(f'"{text}"' in shown for text in ("Ana Prado", "duvida", "Cuba"))


def test_an_option_of_another_form_is_asked_again_of_this_one(desk: Path) -> None:
    child = asked(desk, "create", "--name", "Ana Prado", "--email", "ana@example.com")
    child.expect(r"Categoria Assunto \(.*\): ")
    child.sendline("rastreio")
    child.expect("'Rastreio' é do formulário 'Pós Vendas'")
    child.expect(r"Categoria Assunto \(.*\): ")
    child.sendline("?")
    child.expect("Orçamento VCC")
    child.sendcontrol(CTRL_C)
    assert ended(child) == 130 and tickets(desk) == 0


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
    child.expect(r"Categoria Assunto \(1-19; .*\): ")
    child.sendline("Declinado – Frete caro")
    child.expect("é só para vendedor")
    child.expect(r"Categoria Assunto \(1-19; .*\): ")
    child.sendline("Orçamento VCC")
    child.expect(MESSAGE)
    child.sendline("")
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


# -- choices --------------------------------------------------------------------------------------

ANA = ["--name", "Ana", "--email", "ana@example.com"]


def header(desk: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done(desk, "show", "1", "--json").out)
    return found


@pytest.mark.parametrize(("who", "sees"), [("atendente-1", False), ("joao", True)])
def test_only_what_the_person_may_choose_is_shown_with_its_guidance(
    who: str, sees: bool, desk: Path
) -> None:
    """O-X16: options of sellers are hidden from all others."""
    child = asked(desk, "--as", who, "create", *ANA)
    child.expect(r"Categoria Assunto \(1-(\d+); .*\): ")
    shown, last = child.before, int(child.match[1])
    child.sendcontrol("c")
    assert ended(child) == 130
    assert "Nota Fiscal" in shown and "responda você mesmo" in shown, "the pack's guidance"
    assert ("Declinado" in shown, last) == (sees, 31 if sees else 19)
    assert len(re.findall(r"^ +\d+  \S", shown, re.MULTILINE)) == last


def test_a_choice_is_made_by_its_number_its_key_or_its_label(desk: Path) -> None:
    child = asked(desk, "create", *ANA, "-m", "Segunda via")
    child.expect(r"Categoria Assunto \(.*\): ")
    child.sendline("99")
    child.expect("'99'")
    child.expect(r"Categoria Assunto \(.*\): ")
    child.sendline("7")
    child.expect(r"Motivo \(.*\): ")
    child.sendline("Venda encerrada")
    child.expect(CHANNEL)
    child.sendline("2")
    child.expect("ESP-1 ")
    assert ended(child) == 0
    assert header(desk)["category"] == "nota_fiscal"
    assert header(desk)["fields"]["reason"] == "venda_encerrada"


def test_the_list_is_shown_once_and_again_on_demand(desk: Path) -> None:
    child = asked(
        desk,
        "create",
        "-c",
        "nota_fiscal",
        "-f",
        "order_channel=vendedor",
        *ANA,
        "-m",
        "Segunda via",
    )
    for answer, listed in (("nenhum", 1), ("?", 0), ("2", 1)):
        child.expect(r"Motivo \(1-5; .*\): ")
        assert child.before.count("2  Dúvida") == listed
        child.sendline(answer)
    child.expect("ESP-1 ")
    assert ended(child) == 0
    assert header(desk)["fields"]["reason"] == "duvida"


def test_a_person_is_chosen_of_those_who_have_the_role(desk: Path) -> None:
    sale = ["-c", "pedido_esplane", "-f", "order_number=1", "-m", "Vendido"]
    child = asked(desk, "--as", "joao", "create", "--form", "pedido-finalizado", *ANA, *sale)
    child.expect(r"Vendedor da venda \(1-3; .*\): ")
    assert "Vendedor 2" in child.before and "Nathálya" not in child.before
    child.sendline("2")
    child.expect("ESP-1 ")
    assert ended(child) == 0
    assert header(desk)["fields"]["seller"] == "vendedor-2"


def test_of_a_value_that_an_option_demands_only_those_that_do_are_shown(desk: Path) -> None:
    """O33.2: only WhatsApp, only abandoned carts."""
    child = asked(desk, "create", "-c", "carrinhos_abandonados", *ANA, "-f", "reason=outro")
    child.expect(r"Canal \(1-1; .*\): ")
    assert "WhatsApp" in child.before and "E-mail" not in child.before
    child.sendcontrol("c")
    assert ended(child) == 130


# -- the message ----------------------------------------------------------------------------------

WHOLE = ["create", "-c", "orcamento_vcc", *ANA]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\n", ""),
        ("Cuba dupla\n\n", "Cuba dupla"),
        ("Cuba\ndupla\n\n", "Cuba\ndupla"),
        ("Cuba\n\n\ndupla\n\n", "Cuba\n\n\ndupla"),  # pasted whole
    ],
)
def test_the_message_is_asked_for_and_may_be_none(typed: str, kept: str, desk: Path) -> None:
    child = asked(desk, *WHOLE)
    child.expect(MESSAGE)
    child.send(typed)
    child.expect("ESP-1 ")
    assert ended(child) == 0
    assert header(desk)["history"][0].get("text", "") == kept


def test_the_end_of_input_ends_the_message_or_leaves(desk: Path) -> None:
    for answer, code in (("", 130), ("Cuba\n", 0)):
        child = asked(desk, *WHOLE)
        child.expect(MESSAGE)
        child.send(answer)
        child.expect("Cuba" if answer else "")
        child.sendcontrol(CTRL_D)
        assert ended(child) == code
    assert header(desk)["history"][0]["text"] == "Cuba"


@pytest.mark.parametrize("said", [["-m", "Cuba"], ["Cuba dupla"], ["-n"], ["--no-input"]])
def test_the_message_is_not_asked_for_where_it_is_not_wanted(said: list[str], desk: Path) -> None:
    before = [word for word in said if word == "--no-input"]
    child = asked(desk, *before, *WHOLE, *(word for word in said if word not in before))
    child.expect(pexpect.EOF)
    assert "Mensagem" not in child.before
    child.close()
    assert child.exitstatus == 0


def test_nothing_is_asked_where_no_terminal_is(desk: Path) -> None:
    env = {**os.environ, "DESKCLI_DESK": str(desk)}
    command = [sys.executable, "-m", "deskcli", *WHOLE]
    found = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    assert found.returncode == 0 and b"Mensagem" not in found.stderr


WHO = ["--name", "Ana Prado", "--email", "ana@example.com"]
CHANNEL = r"Canal do pedido \(1-2; .*\): "


def test_what_decides_who_gets_it_is_asked_for(desk: Path) -> None:
    """O33.11: of an order of the site the telephone, and then whose turn it is."""
    child = asked(desk, "create", "-c", "boletos", "-f", "reason=outro", *WHO)
    child.expect("muda quem recebe")
    child.expect(CHANNEL)
    child.sendline("site")
    child.expect(r"Telefone: ")
    child.sendline("11 98888-7777")
    child.expect(MESSAGE)
    child.sendline("")
    child.expect("ESP-1 ")
    assert ended(child) == 0
    assert "roleta" in done(desk, "why", "1").out


def test_no_answer_to_it_is_one_and_where_nothing_hangs_on_it_nobody_asks(desk: Path) -> None:
    child = asked(desk, "create", "-c", "boletos", "-f", "reason=outro", *WHO)
    child.expect(CHANNEL)
    child.sendline("")
    child.expect(MESSAGE)
    child.sendline("")
    child.expect("ESP-1 ")
    assert ended(child) == 0
    child = asked(desk, "create", "-c", "boletos", "-f", "reason=outro", *WHO)
    assert child.expect([MESSAGE, CHANNEL]) == 0, "who has the open ticket gets it anyway"
    child.sendline("")
    child.expect("ESP-2 ")
    assert ended(child) == 0
