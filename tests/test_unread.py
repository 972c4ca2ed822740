"""A ticket that can not be read may be the requester's open one: nobody is stopped, and the
decision says what it could not see (O-X12).
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import Run, copy_of, environment, new_desk, run, tickets

from deskcli.ticket import Ticket

ANA = ("--name", "Ana Prado", "--email", "ana@example.com", "-f", "reason=duvida")
SITE = ("-f", "order_number=88123", "-f", "order_channel=site", "-f", "requester.phone=11999990000")
BROKEN = b"id: ESP-1\n\ttitle: x\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana's open ticket is João's, and Bia's was given by turns; all an hour ago, for the index."""
    with environment({"DESKCLI_NOW": "2026-11-23T09:00:00-03:00"}):
        root = new_desk(tmp_path_factory.mktemp("unread") / "desk")
        bia = ("--name", "Bia", "--email", "bia@example.com", "-f", "reason=duvida")
        assert run(root, "create", "-c", "duvida_produto", *ANA, "-f", "product=Cuba").code == 0
        assert run(root, "assign", "1", "joao").code == 0
        assert run(root, "create", "-c", "boletos", *bia, *SITE).code == 0
        hour_ago = time.time() - 3600
        os.utime(root / "tickets/2026/11", (hour_ago, hour_ago))
        assert run(root, "list").code == 0
    return root


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        yield copy_of(base, tmp_path / "desk")


def break_(desk: Path, name: str, anew: bool) -> None:
    """In place, which no folder tells, or as a new file of that name."""
    path = desk / "tickets/2026/11" / f"{name}.yaml"
    if anew:
        path.unlink()
    path.write_bytes(BROKEN)


def made(desk: Path, name: str, broken: str) -> Ticket:
    (desk / "tickets/2026/11" / f"{broken}.yaml").unlink()
    return tickets(desk)[name]


def step_of(ticket: Ticket, name: str) -> dict[str, str]:
    return next(s for e in ticket.history for s in e.why if s["step"].startswith(name))


@pytest.mark.parametrize("anew", [False, True], ids=["in place", "anew"])
def test_the_owner_of_a_ticket_that_nobody_can_read(anew: bool, desk: Path) -> None:
    break_(desk, "ESP-1", anew)
    found = run(desk, "create", "-c", "nota_fiscal", *ANA, "-m", "Segunda via")
    assert found.code == 0 and "tickets/2026/11/ESP-1.yaml" in found.err, found
    told = run(desk, "why", "3").out
    assert step_of(made(desk, "ESP-3", "ESP-1"), "open_ticket_owner")["unread"] == "1"
    assert "ilegíveis: 1" in told


def test_an_import_says_it_once(desk: Path, tmp_path: Path) -> None:
    break_(desk, "ESP-1", anew=False)
    rows = "Nome;E-mail;Categoria Assunto;Mensagem\n" + "Ana;ana@example.com;Nota Fiscal;{}\n" * 3
    (tmp_path / "rows.csv").write_text(rows.format("a", "b", "c"))
    found = run(desk, "import", str(tmp_path / "rows.csv"), "-m", "generic")
    assert found.code == 0 and found.err.count("ESP-1.yaml") == 1, found


def test_who_is_named_needs_no_other_ticket(desk: Path) -> None:
    """No warning where the open tickets were not asked for."""
    break_(desk, "ESP-1", anew=True)
    found = run(desk, "create", "-c", "nota_fiscal", *ANA, "-a", "letycia", "-m", "Segunda via")
    assert found.code == 0 and "ESP-1" not in found.err, found


def test_a_desk_that_can_be_read_warns_of_nothing(desk: Path) -> None:
    found = run(desk, "--as", "joao", "create", "-c", "nota_fiscal", *ANA, "-m", "Segunda via")
    ticket = tickets(desk)["ESP-3"]
    assert (found.err, ticket.text("assignee")) == ("", "joao")
    assert "unread" not in step_of(ticket, "open_ticket_owner")


@pytest.mark.parametrize("anew", [False, True], ids=["in place", "anew"])
def test_turns_go_on_without_the_last_one(anew: bool, desk: Path) -> None:
    """Whose turn it is stands in the ticket of the last turn; the one before it will do."""
    break_(desk, "ESP-2", anew)
    cora = ("--name", "Cora", "--email", "cora@example.com", "-f", "reason=duvida")
    found: Run = run(desk, "create", "-c", "boletos", *cora, *SITE)
    assert found.code == 0, found
    assert made(desk, "ESP-3", "ESP-2").text("assignee")
