"""`set form=` and `set category=`: what is filled again, what stays, and what is told of it."""

from pathlib import Path

import pytest
from promises.desks import always, attended_desk, copy_of, done, files, run, tickets

NOW = "2026-11-23T10:00"
ASKED = ("--name", "Ana Prado", "--email", "ana@example.com", "-m", "Cuba")

_moment = always(NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("refill") / "mesa"
    return attended_desk(root, NOW, "-c", "orcamento_vcc", *ASKED)


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "mesa")


@pytest.mark.parametrize(
    ("word", "label"),
    [("form=", "Formulário"), ("form= ", "Formulário"), ("category= ", "Categoria Assunto")],
)
def test_a_form_and_a_category_are_required(word: str, label: str, desk: Path) -> None:
    """An empty one is refused with what is missing, and nothing is filled or decided again."""
    before = files(desk)
    found = run(desk, "set", "1", word)
    assert (found.code, files(desk)) == (3, before), found
    assert f"Falta {label}" in found.err, found
    assert f"set 1 {word.strip()}VALOR" in found.err, found


# -- a closed ticket is only corrected ------------------------------------------------------------

CORRECTED = {
    "another category": ("", "category=nota_fiscal reason=outro"),
    "another form": ("", "form=pos-vendas category=rastreio order_number=7"),
    "a form that answers the customer": (
        "",
        "form=nao-trabalhamos product=Cuba stock_situation=nao_trabalhamos",
    ),
    "an option with an owner of its own": ("", "category=inst_cadastro reason=outro"),
    "an option of which the ladder asks more": (
        "",
        "category=boletos order_channel=site reason=outro",
    ),
    "a form's name that was lost": (
        "form: orcamentos-atendimento",
        "form=orcamentos-atendimento",
    ),
}


@pytest.mark.parametrize(("lost", "words"), CORRECTED.values(), ids=CORRECTED)
def test_a_closed_ticket_stays_closed_and_with_whom_it_was(
    lost: str, words: str, desk: Path
) -> None:
    """Nobody gets it, and nothing goes to the customer, because a word in it was wrong."""
    done(desk, "assign", "1", "nathalya")
    done(desk, "resolve", "1")
    path = desk / "tickets/2026/11/ESP-1.yaml"
    path.write_text(path.read_text().replace(lost, "form: sumido", 1) if lost else path.read_text())
    found = done(desk, "set", "1", *words.split())
    assert "alterado  [Resolvido]  Nathálya" in found.out, found
    header = tickets(desk)["ESP-1"].header
    assert (header["status"], header["assignee"]) == ("resolvido", "nathalya")
    for word in words.split()[:1]:
        name, _equals, value = word.partition("=")
        assert header[name] == value
    assert "ESP-1" not in done(desk, "outbox", "list").out
    assert run(desk, "set", "1", *words.split()).code == 3, "it is so already"
    done(desk, "undo")


def test_reopened_it_is_decided_anew(desk: Path) -> None:
    done(desk, "assign", "1", "nathalya")
    done(desk, "resolve", "1")
    done(desk, "reopen", "1")
    found = done(desk, "set", "1", "category=inst_cadastro", "reason=outro")
    assert "encaminhado  [Novo]  João (estava com Nathálya)" in found.out, found


@pytest.mark.parametrize("word", ["status=novo", "assignee=joao"])
def test_one_that_is_opened_with_it_says_so(word: str, desk: Path) -> None:
    done(desk, "resolve", "1")
    found = done(desk, "set", "1", "category=nota_fiscal", "reason=outro", word)
    assert "alterado, reaberto, encaminhado  [Novo]" in found.out, found
    assert "reaberto" in done(desk, "history", "1").out


def test_a_closed_ticket_promises_nothing(desk: Path) -> None:
    done(desk, "resolve", "1")
    found = run(desk, "set", "1", "category=nota_fiscal", "reason=outro", "due=26/11")
    assert found.code != 0 and "reopen ESP-1" in found.err, found


def test_a_closed_ticket_is_not_corrected_to_what_could_not_be_closed(desk: Path) -> None:
    """O33.16: a birthday without its coupon."""
    done(desk, "resolve", "1")
    before = files(desk)
    found = run(desk, "set", "1", "category=aniversariantes", "reason=outro")
    assert (found.code, files(desk)) == (3, before), found
    assert "niver" in found.err


# -- what a rule of the form chose, and nobody else -----------------------------------------------


def test_a_reason_that_nobody_chose_does_not_stay_with_another_option(desk: Path) -> None:
    """O30: a bill is no pending quote, though the ticket was one."""
    before = files(desk)
    found = run(desk, "set", "1", "category=nota_fiscal")
    assert (found.code, files(desk)) == (3, before) and "Falta Motivo" in found.err, found
    assert "set 1 category=nota_fiscal reason=outro" in found.err, found
    done(desk, "set", "1", "category=nota_fiscal", "reason=outro")
    assert "ESP-1" not in done(desk, "list", "--view", "orcamentos").out
    done(desk, "set", "1", "category=duvida_produto", "product=Cuba")
    assert tickets(desk)["ESP-1"].get("fields.reason") == "outro", "what somebody chose stays"


def test_it_stays_where_the_form_would_choose_it_again(desk: Path) -> None:
    done(desk, "set", "1", "category=orcamento_esplane")
    assert tickets(desk)["ESP-1"].get("fields.reason") == "orcamento_pendente"


def test_what_came_from_outside_loses_it_and_says_so(desk: Path) -> None:
    """Such a ticket may be without a reason, until somebody chooses one."""
    rows = desk / "c.csv"
    rows.write_text("Nome;E-mail;Assunto;Marca;Mensagem\nU;u@example.com;Orçamento VCC;VCC;oi\n")
    run(desk, "import", str(rows), "--map", "generic")
    assert tickets(desk)["ESP-2"].get("fields.reason") == "orcamento_pendente"
    found = done(desk, "set", "2", "category=nota_fiscal")
    assert "Motivo: Orçamento Pendente (removido)" in found.out, found
    assert tickets(desk)["ESP-2"].get("fields.reason") is None
