"""Whose conversation it is (F6): only what is written out in it leads to tickets, and it lists."""

from pathlib import Path

import pytest
from promises.desks import Run, environment
from promises.desks import run as run_on

from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.whose import clues

CNPJ, CPF = "11.222.333/0001-81", "529.982.247-25"
ORG = """\
id: academia-1
name: Academia 1
aliases: [Unidade Centro]
document: '11222333000181'
contacts: [{name: Recepção, phone: '+5511900000000', email: recepcao@example.com}]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = make(tmp_path / "mesa", "academia")
    (root / "organizations").mkdir()
    (root / "organizations/academia-1.yaml").write_text(ORG)
    (root / "organizations/outra.yaml").write_text("{id: outra, name: Gym}\n")
    people = (root / "people.yaml").read_text()
    mail = people.replace("name: Paulo\n", "name: Paulo\n  email: paulo@example.com\n")
    (root / "people.yaml").write_text(mail)
    return root


def found(
    desk: Path, said: str = "", who: tuple[str, str] = ("", ""), title: str = "", answer: str = ""
) -> dict[str, tuple[str, ...]]:
    return clues(Desk(desk).config, [who] if who[0] else [], [title], said, answer)


MAIL, NUMBER = "requester.email", "requester.document"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("nada disso", {}),
        ("meu e-mail: <Gerencia@Example.com>.", {MAIL: ("gerencia@example.com",)}),
        (
            "escreva a recepcao@example.com",
            {MAIL: ("recepcao@example.com",), "org": ("academia-1",)},
        ),
        ("mandei ao paulo@example.com", {}),  # of the desk itself
        (f"o CNPJ é {CNPJ}", {NUMBER: ("11222333000181",), "org": ("academia-1",)}),
        ("CNPJ 11222333000181, ok?", {NUMBER: ("11222333000181",), "org": ("academia-1",)}),
        (f"CPF {CPF}", {NUMBER: ("52998224725",)}),
        ("CNPJ 11.222.333/0001-82", {}),  # its check digits are wrong
        ("meu número é 52998224725", {}),  # which could be a telephone's
        ("aqui é da academia 1, tudo bem?", {"org": ("academia-1",)}),
        ("aqui é da UNIDADE  CENTRO", {"org": ("academia-1",)}),
        ("aqui é da academia 11", {}),
        ("na academia, 1 pessoa passou", {"org": ("academia-1",)}),  # it is only listed
        ("o gym fechou", {}),  # too short a word to be a name
        ("é sobre o aca-12", {"id": ("ACA-12",)}),
        ("é sobre o ACA-012x", {}),
    ],
)
def test_what_was_said(said: str, expected: dict[str, tuple[str, ...]], desk: Path) -> None:
    assert found(desk, said) == expected


def test_who_spoke(desk: Path) -> None:
    phone = ("requester.phone", "+5511900000000")
    assert found(desk, who=phone) == {"requester.phone": phone[1:], "org": ("academia-1",)}
    (desk / "organizations/terceira.yaml").write_text(
        "{id: terceira, name: Terceira, contacts: [{name: Recepção}, {name: Gerência}]}\n"
    )
    assert found(desk, who=("requester.name", "recepcao")) == {"requester.name": ("recepcao",)}
    only = {"requester.name": ("gerencia",), "org": ("terceira",)}
    assert found(desk, who=("requester.name", "gerencia")) == only


def test_the_name_under_which_the_conversation_is_kept(desk: Path) -> None:
    for title in ("Academia 1", "ACADEMIA  1", "Gym"):
        assert "org" in found(desk, title=title)
    assert found(desk, title="Academia 12") == {}


def test_what_the_desk_answered_names_tickets_only(desk: Path) -> None:
    assert found(desk, answer=f"ACA-3: {CNPJ}, Academia 1") == {"id": ("ACA-3",)}


def test_a_text_without_end_takes_no_longer_than_it_is(desk: Path) -> None:
    for long in ("a" * 300_000, "@" * 300_000, "1." * 150_000, "a@" + "a." * 150_000):
        assert found(desk, long) == {}


# -- the command ----------------------------------------------------------------------------------


def by(desk: Path, *args: str) -> Run:
    with environment({"DESKCLI_NOW": "2026-11-23T09:00", "LC_ALL": "C.UTF-8"}):
        return run_on(desk, "--as", "operador-1", *args)


def test_append_lists_every_open_ticket_that_it_may_be(desk: Path) -> None:
    (desk / "organizations/outra.yaml").write_text(
        "{id: outra, name: Gym, contacts: [{name: Recepção, phone: '+5511900000001'}]}\n"
    )
    for org in ("Academia 1", "Gym", "Academia 1"):
        made = by(desk, "create", "--org", org, "-c", "catraca", "Catraca não destravando")
        assert made.code == 0, made
    by(desk, "resolve", "3", "-m", "Cabo solto")
    (desk / "x.txt").write_text("20/11/2026 08:40 - Recepção: é da academia 1, travou de novo\n")
    listed = by(desk, "append", str(desk / "x.txt"))
    assert listed.code == 3 and "ACA-1" in listed.out
    assert "✓" in next(line for line in listed.out.splitlines() if "ACA-3" in line), "resolved"
    assert "ACA-2" not in listed.out, "another academy's reception"
    assert "Academia 1" in listed.err, "it says by what they were found"
    (desk / "x.txt").write_text("20/11/2026 08:40 - Recepção: travou de novo\n")
    listed = by(desk, "append", str(desk / "x.txt"))
    assert "ACA-1" in listed.out and "ACA-2" in listed.out, "nothing tells them apart"


def test_what_has_no_author_may_be_anybodys(desk: Path) -> None:
    assert by(desk, "create", "--org", "Academia 1", "-c", "catraca", "Catraca parada").code == 0
    (desk / "x.txt").write_text("Chegou pelo site\nCNPJ 11.222.333/0001-81\n")
    listed = by(desk, "append", str(desk / "x.txt"))
    assert "ACA-1" in listed.out and "11222333000181" in listed.err


def test_the_organisation_that_is_named_leaves_those_of_others_out(desk: Path) -> None:
    contact = "contacts: [{name: Recepção}]}\n"
    (desk / "organizations/outra.yaml").write_text("{id: outra, name: Gym, " + contact)
    for org in ("Academia 1", "Gym"):
        assert by(desk, "create", "--org", org, "-c", "catraca", "Catraca parada").code == 0
    (desk / "x.txt").write_text(
        "20/11/2026 08:40 - recepcao: travou\n20/11/2026 08:41 - Suporte: vou ver\n"
    )
    both = by(desk, "append", str(desk / "x.txt"))
    assert "ACA-1" in both.out and "ACA-2" in both.out, "accents and our own name are no matter"
    assert "Academia 1" in both.out and "Gym" in both.out, "each with its organisation"
    assert "append ACA" not in both.err, "none of them is proposed"
    assert "--org" in both.err
    one = by(desk, "append", str(desk / "x.txt"), "--org", "Gym")
    assert "ACA-2" in one.out and "ACA-1" not in one.out
    assert "append ACA-2" in one.err


def test_append_lists_what_was_resolved_a_few_days_ago_and_what_has_the_conversation(
    desk: Path,
) -> None:
    said = "20/11/2026 08:40 - Recepção: travou\n20/11/2026 08:41 - Recepção: e agora?\n"
    (desk / "x.txt").write_text(said)
    asked = ("create", "--org", "Academia 1", "-c", "catraca")
    assert by(desk, *asked, "Catraca parada").code == 0
    assert by(desk, *asked, "Catraca livre", "--chat", str(desk / "x.txt")).code == 0
    assert by(desk, *asked, "Aberta por engano").code == 0
    assert by(desk, "resolve", "1,2", "-m", "Cabo solto").code == 0
    assert by(desk, "cancel", "3", "-m", "Engano").code == 0
    listed = by(desk, "append", str(desk / "x.txt"))
    assert "ACA-1" in listed.out and "ACA-3" not in listed.out
    assert "append ACA-2" in listed.err, "it has these messages already"
    with environment({"DESKCLI_NOW": "2026-12-08T09:00", "LC_ALL": "C.UTF-8"}):
        late = run_on(desk, "--as", "operador-1", "append", str(desk / "x.txt"))
    assert "ACA-1" not in late.out, "two weeks ago"
    assert "ACA-2" in late.out


def test_lists_say_who_asks_by_the_name_of_the_organisation(desk: Path) -> None:
    assert by(desk, "create", "--org", "Academia 1", "-c", "catraca", "Catraca parada").code == 0
    assert by(desk, "due", "1", "hoje").code == 0
    for command in ("list", "today", "today --gate", "today --handover --all"):
        assert "Academia 1" in by(desk, *command.split()).out, command
    assert "Academia" in by(desk, "list").out.splitlines()[0].split()
    for path in (desk / "organizations").iterdir():
        path.unlink()
    assert "Academia" not in by(desk, "list").out.splitlines()[0].split()
