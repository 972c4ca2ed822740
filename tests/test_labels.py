"""Fields by the label that people see, wherever a field can be named."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from promises.desks import ASKED, done, new_desk, run

FORM = "workflows/forms/orcamentos-atendimento.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = new_desk(tmp_path / "desk")
    done(root, "create", *ASKED, "-m", "Cuba")
    return root


def header(desk: Path, ticket: str = "1") -> dict[str, object]:
    [path] = desk.glob(f"tickets/*/*/ESP-{ticket}.yaml")
    found: dict[str, object] = yaml.safe_load(path.read_text())
    return found


@pytest.mark.parametrize("name", ["Produto", "produto", "PRODUTO", " Produto ", "product"])
def test_a_value_is_set_by_key_or_label(name: str, desk: Path) -> None:
    done(desk, "set", "1", f"{name}=Cuba de apoio")
    fields = header(desk)["fields"]
    assert isinstance(fields, dict) and fields["product"] == "Cuba de apoio"
    assert set(fields) == {"reason", "product"}, "and nowhere else"


@pytest.mark.parametrize("name", ["Telefone", "requester.phone", "phone"])
def test_the_requester_s_values_too(name: str, desk: Path) -> None:
    """By `phone` alone too, as the help of `set` and the filters have it."""
    done(desk, "set", "1", f"{name}=11 99999-0000")
    assert header(desk)["requester"]["phone"] == "+5511999990000"  # type: ignore[index]


def test_create_and_apply_take_labels(desk: Path) -> None:
    asked = ["-f", "Categoria Assunto=Aniversariantes", "-f", "Motivo=Outro"]
    done(desk, "create", *asked, "--name", "Rui", "--email", "rui@example.com")
    assert header(desk, "2")["category"] == "aniversariantes"
    done(desk, "--as", "joao", "apply", "2", "niver", "Cupom de desconto=NIVER10")
    assert header(desk, "2")["fields"]["coupon_code"] == "NIVER10"  # type: ignore[index]


def test_a_category_by_its_label_still_decides_anew(desk: Path) -> None:
    """As `category=` does: the form and the option are filled, not only the word changed."""
    found = done(desk, "set", "1", "Categoria Assunto=Aniversariantes", "Motivo=Outro")
    assert "encaminhado" in found.out
    assert header(desk)["category"] == "aniversariantes"


def test_a_macro_does_not_change_what_decides_anew(desk: Path) -> None:
    for word in ("category=boletos", "form=pos-vendas", "Categoria Assunto=Boleto"):
        found = run(desk, "apply", "1", "referencia-comercial", word)
        assert found.code == 2
        assert re.search(r"set 1 (category|form)=", found.err)
    assert header(desk)["category"] == "orcamento_vcc"


def test_a_label_of_two_fields_is_refused_with_their_keys(desk: Path) -> None:
    path = desk / FORM
    text = path.read_text()
    text = text.replace("label: CPF ou CNPJ", "label: Produto", 1)
    path.write_text(text)
    found = run(desk, "set", "1", "Produto=Cuba")
    assert found.code == 5
    assert "requester.document" in found.err and "product" in found.err
    assert "set 1 requester.document=Cuba" in found.err, "one that works when pasted"
    done(desk, "set", "1", "product=Cuba")


def test_what_no_field_is_called_is_refused_with_the_nearest_label(desk: Path) -> None:
    found = run(desk, "set", "1", "Prodto=Cuba")
    assert found.code == 3 and "set 1 Produto=Cuba" in found.err


# -- values, as `show` and `history` say them ---------------------------------------------------

SALE = [
    *("--as", "joao", "create", "--form", "pedido-finalizado", "-c", "pedido_esplane"),
    *("--name", "Ana", "--email", "ana@example.com", "-f", "order_number=12"),
    *("-f", "amount=1234567,5", "-f", "seller=@me", "-f", "order_channel=site"),
]


@pytest.mark.parametrize("command", ["show", "history"])
def test_values_are_said_as_their_fields_are_read(command: str, desk: Path) -> None:
    done(desk, *SALE)
    told = done(desk, command, "2").out
    for text in ("R$ 1.234.567,50", "João", "Site", "ganho"):
        assert re.search(rf"[ :]{re.escape(text)}(,|$)", told, re.MULTILINE), text
    assert not re.search("1234567|joao|won", told)
    assert "R$ 1,234,567.50" in done(desk, "--lang", "en", command, "2").out


def test_json_keeps_values_as_they_are_stored(desk: Path) -> None:
    done(desk, *SALE)
    found = json.loads(done(desk, "show", "2", "--json").out)
    assert found["outcome"] == "won"
    assert found["fields"]["amount"] == "1234567.50" and found["fields"]["seller"] == "joao"


@pytest.mark.parametrize("amount", ["9" * 5000 + ".00", "9" * 16 + ".00"])
def test_an_amount_that_no_command_takes_is_said_as_it_stands(amount: str, desk: Path) -> None:
    done(desk, *SALE)
    path = next(desk.glob("tickets/*/*/ESP-2.yaml"))
    path.write_text(path.read_text().replace("amount: '1234567.50'", f"amount: '{amount}'", 1))
    assert f"  {amount}\n" in done(desk, "show", "2").out
    assert f"'{amount}' não é válido (um valor em reais" in run(desk, "check").err
    done(desk, "--as", "joao", "annotate", "2", "conferir")
    assert f"Valor: {amount}\n" in done(desk, "history", "2").out
    for wrong in (f"amount={amount}", f"amount={amount[:-3]}"):
        found = run(desk, "--as", "joao", "set", "2", wrong)
        assert (found.code, "não é válido (um valor em reais" in found.err) == (3, True), found


def test_a_value_of_another_form_is_said_as_that_form_does(desk: Path) -> None:
    """A ticket that changed its form keeps what the first one asked."""
    done(desk, "set", "1", "reason=duvida")
    path = next(desk.glob("tickets/*/*/ESP-1.yaml"))
    text = path.read_text().replace("form: orcamentos-atendimento", "form: pos-vendas", 1)
    path.write_text(text.replace("orcamento_vcc", "trocas", 1))
    assert re.search(r"^  Motivo +Dúvida$", done(desk, "show", "1").out, re.MULTILINE)


def test_kinds_that_packs_seldom_use_are_said_too(desk: Path) -> None:
    path = desk / FORM
    asked = (
        "- {id: paid, label: Pago, type: bool}\n- {id: bought, label: Comprado em, type: date}\n"
    )
    path.write_text(path.read_text().replace("- {id: brand,", f"{asked}- {{id: brand,", 1))
    done(desk, "set", "1", "paid=sim", "bought=20/11/2026", "requester.type=pj", "team=rh")
    told = done(desk, "show", "1").out
    for line in (r"Pago +sim", r"Comprado em +sex 20/11/2026", r"Solicitante .*Pessoa Jurídica"):
        assert re.search(rf"^  {line}$", told, re.MULTILINE)
    assert "Equipe: RH" in done(desk, "history", "1").out


@pytest.mark.parametrize("no_day", ["2026-11-31", "2026-13-01", "0000-01-01", "logo"])
def test_a_field_that_a_hand_put_on_no_day_is_said_as_it_stands(no_day: str, desk: Path) -> None:
    """In the ticket, and in its history for good."""
    path = desk / FORM
    asked = "- {id: bought, label: Comprado em, type: date}\n- {id: brand,"
    path.write_text(path.read_text().replace("- {id: brand,", asked, 1))
    done(desk, "set", "1", "bought=20/11/2026")
    file = next(desk.glob("tickets/*/*/ESP-1.yaml"))
    header, history = file.read_text().split("history:")
    file.write_text(f"{header.replace('2026-11-20', no_day)}history:{history}")
    assert re.search(f"^  Comprado em +{no_day}$", done(desk, "show", "1").out, re.MULTILINE)
    found = run(desk, "check")
    assert found.code == 3 and f"Comprado em: '{no_day}' não é válido" in found.err, found
    done(desk, "annotate", "1", "conferir")
    assert f"Comprado em: {no_day}\n" in done(desk, "history", "1").out
    done(desk, "set", "1", "bought=21/11/2026")
    told = done(desk, "history", "1").out
    assert f"Comprado em: {no_day}\n" in told and "Comprado em: sáb 21/11/2026\n" in told
    assert done(desk, "undo", "-n").code == 0


def test_O33_15_what_a_team_has_says_so_in_lists(desk: Path) -> None:
    """Nobody has it yet, and yet it is not unassigned."""
    asked = ("-f", "reason=outro", "--name", "Ana Prado", "--email", "ana@example.com")
    made = done(desk, "create", "-c", "fora_de_atendimento", *asked, "-m", "Currículo").out.split()
    for command in ("list", "today --all"):
        assert "equipe Triagem" in done(desk, *command.split()).out, command
        row = _row(desk, made[0], command)
        held = [row[key] for key in ("assignee", "assignee_name", "team", "team_name")]
        assert held == ["", "", "triagem", "Triagem"], "for programs a team is no person"
        assert not [key for key in row if key.startswith("_")]
    done(desk, "assign", made[0], "joao")
    row = _row(desk, made[0], "list")
    assert (row["assignee_name"], row["team_name"]) == ("João", "Triagem")
    assert "equipe Triagem" not in done(desk, "list").out


def _row(desk: Path, ticket: str, command: str) -> dict[str, Any]:
    rows = json.loads(done(desk, *command.split(), "--json").out)["tickets"]
    return next(row for row in rows if row["id"] == ticket)


def test_what_every_ticket_has_goes_by_its_label_too(desk: Path) -> None:
    done(desk, "set", "1", "Formulário=Pós Vendas", "category=rastreio", "order_number=7")
    assert header(desk)["form"] == "pos-vendas"
    done(desk, "set", "1", "titulo=Cuba dupla")
    assert header(desk)["title"] == "Cuba dupla"


def test_the_form_that_has_no_such_field_is_told_by_its_label(desk: Path) -> None:
    assert "O formulário 'Orçamentos e Atendimento' não tem" in run(desk, "set", "1", "xyz=1").err
