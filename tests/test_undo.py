"""`undo` on a desk: what was taken back counts no more, and nobody takes back what they did not
mean to.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import ASKED, copy_of, done, environment, new_desk, run, tickets

BIRTHDAY = ["-c", "aniversariantes", "--name", "Ana Prado", "--email", "ana@example.com"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_desk(tmp_path_factory.mktemp("undo") / "desk")


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        root = copy_of(base, tmp_path / "desk")
        done(root, "init", "--login", "joao")
        yield root


def last_id(desk: Path) -> str:
    return done(desk, "undo", "--list").out.split()[0]


def status(desk: Path, ticket: str = "ESP-1") -> str:
    return tickets(desk)[ticket].text("status")


# -- what was undone does not count ---------------------------------------------------------------


def test_a_macro_that_was_undone_was_not_applied(desk: Path) -> None:
    """O13: without the coupon and its macro there is nothing to resolve."""
    done(desk, "create", *BIRTHDAY, "-m", "Cupom", "-f", "reason=outro")
    waiting = done(desk, "list", "--view", "aniversariantes").out
    done(desk, "apply", "1", "niver", "coupon_code=ANA10")
    assert done(desk, "list", "--view", "aniversariantes").out != waiting
    done(desk, "undo")
    assert done(desk, "list", "--view", "aniversariantes").out == waiting
    refused = run(desk, "resolve", "1")
    assert refused.code == 3 and "apply 1 niver" in refused.err.replace("ESP-", ""), refused


# -- what a bare `undo` takes back ----------------------------------------------------------------


def test_it_says_what_before_it_does_it(desk: Path) -> None:
    done(desk, "create", *ASKED, "-m", "Cuba")
    done(desk, "set", "1", "product=Pia")
    found = done(desk, "undo")
    assert found.err.startswith("Desfazer: alterado, ") and "1 ticket" in found.err, found
    assert "fields" in tickets(desk)["ESP-1"].header
    assert not tickets(desk)["ESP-1"].text("fields.product")


def test_an_opening_is_undone_by_its_id_alone(desk: Path) -> None:
    """After a command that no `undo` takes back, the one before it is not meant."""
    done(desk, "create", *ASKED, "-m", "Cuba")
    done(desk, "rota", "absence", "add", "vendedor-3", "hoje")
    refused = run(desk, "undo")
    assert refused.code == 3 and status(desk) == "novo", refused
    assert f"undo {last_id(desk)}" in refused.err and "23/11/2026 10:00" in refused.err, refused
    assert done(desk, "undo", "-n").code == 0 and status(desk) == "novo"
    done(desk, "undo", last_id(desk))
    assert status(desk) == "cancelado"


@pytest.mark.parametrize(("at", "code"), [("10:15", 0), ("10:16", 3)])
def test_what_was_done_long_ago_too(desk: Path, at: str, code: int) -> None:
    done(desk, "create", *ASKED, "-m", "Cuba")
    done(desk, "set", "1", "product=Pia")
    with environment({"DESKCLI_NOW": f"2026-11-23T{at}:00-03:00"}):
        found = run(desk, "undo")
    assert found.code == code, found
    assert tickets(desk)["ESP-1"].text("fields.product") == ("" if code == 0 else "Pia")


@pytest.mark.parametrize(("answer", "after"), [("s", "cancelado"), ("", "novo"), ("n", "novo")])
def test_whoever_looks_on_is_asked(
    desk: Path, monkeypatch: pytest.MonkeyPatch, answer: str, after: str
) -> None:
    done(desk, "create", *ASKED, "-m", "Cuba")
    monkeypatch.setattr("deskcli.cli.undo.on_terminal", lambda: True)
    found = run(desk, "undo", stdin=answer + "\n")
    assert "[s/N]" in found.err and status(desk) == after, found
    assert found.code == (0 if answer == "s" else 3)
    assert ("Nada foi desfeito." in found.err) == (answer != "s"), "a no is no question"
    assert "Isto só se desfaz pelo id" not in found.err


def test_what_a_sweep_did_since_is_not_skipped(desk: Path) -> None:
    (desk / "site.csv").write_text(
        "Nome;E-mail;Categoria Assunto;Produto;Mensagem\n"
        "Ana;ana@example.com;Dúvidas de produtos;Cuba;oi\n"
    )
    done(desk, "import", str(desk / "site.csv"), "-m", "generic")
    mine = last_id(desk)
    with environment({"DESKCLI_NOW": "2026-11-24T12:30:00-03:00"}):
        done(desk, "sweep")
        assert tickets(desk)["ESP-1"].history[-1].did == "swept"
        assert run(desk, "undo").code == 3
        assert run(desk, "undo", mine).code == 6
    assert status(desk) == "novo"


def test_a_macro_with_values_is_among_what_can_be_undone(desk: Path) -> None:
    done(desk, "create", *BIRTHDAY, "-m", "Cupom", "-f", "reason=outro")
    done(desk, "apply", "1", "niver", "coupon_code=ANA10")
    assert "ação automática aplicada" in done(desk, "undo", "--list").out.splitlines()[0]
    done(desk, "undo", last_id(desk))


# -- values that stay -----------------------------------------------------------------------------


def test_what_the_form_fixes_stays(desk: Path) -> None:
    """O31: every ticket of the form is told apart by its tag."""
    done(desk, "create", *ASKED, "-m", "Cuba")
    for given, tags in (("x", ["x"]), ("", []), ("y,atendimento_inicializado", ["y"])):
        run(desk, "set", "1", f"tags={given}")
        found = tickets(desk)["ESP-1"].header["tags"]
        assert sorted(found) == sorted([*tags, "atendimento_inicializado"]), given


@pytest.mark.parametrize("value", ["outra", "", "procedente"])
def test_a_value_that_the_form_fixes_stays(value: str, desk: Path) -> None:
    """O21: whoever wants another one takes another form. Nothing else of the command is done."""
    form = desk / "workflows/forms/pos-vendas.yaml"
    label = "label: Não aplica}\n"
    more = f"{label}  - {{id: procedente, label: Procedente}}\n"
    form.write_text(form.read_text().replace(label, more))
    asked = ["--form", "pos-vendas", "-c", "rastreio", "-f", "order_number=7"]
    done(desk, "create", *asked, "--name", "Ana", "--email", "ana@example.com", "-m", "Oi")
    refused = run(desk, "set", "1", f"impropriety={value}", "order_number=8")
    assert refused.code == 3, refused
    fields = tickets(desk)["ESP-1"].header["fields"]
    assert (fields["impropriety"], fields["order_number"]) == ("nao_aplica", "7")
    assert value == "outra" or "set 1 form=VALOR" in refused.err, refused
    done(desk, "set", "1", "impropriety=Não aplica", "order_number=8")


def test_a_value_that_the_option_fixes_stays(desk: Path) -> None:
    """As when the ticket was opened: an order of one brand is none of the other."""
    done(desk, "create", *ASKED, "-m", "Cuba")
    refused = run(desk, "set", "1", "brand=esplane")
    assert refused.code == 3 and "set 1 category=" in refused.err, refused
    assert tickets(desk)["ESP-1"].text("brand") == "vcc"
    done(desk, "set", "1", "category=orcamento_esplane")
    assert tickets(desk)["ESP-1"].text("brand") == "esplane"


def test_a_ticket_keeps_a_title(desk: Path) -> None:
    done(desk, "create", *ASKED, "-m", "Cuba")
    refused = run(desk, "set", "1", "title=")
    assert refused.code == 3 and "Falta Título: informe title=VALOR." in refused.err, refused
    assert tickets(desk)["ESP-1"].text("title") == "Cuba"
    refused = run(desk, "set", "1", "channel=" + "x" * 100_001)  # of no form either
    assert refused.code == 3 and "Canal: " in refused.err, refused


# -- files that can not be read -------------------------------------------------------------------


@pytest.fixture
def two(desk: Path) -> Path:
    """Two tickets, of which both got a note at once, and another one."""
    for text in ("Cuba", "Pia", "Tampo"):
        done(desk, "create", *ASKED, "-m", text)
    done(desk, "annotate", "1,2", "ligou")
    return desk


def broken(desk: Path, ticket: str) -> None:
    path = next(desk.glob(f"tickets/*/*/{ticket}.yaml"))
    path.write_text(path.read_text() + "tags: [\n")


def test_an_operation_is_not_half_undone_because_a_file_can_not_be_read(two: Path) -> None:
    operation = last_id(two)
    broken(two, "ESP-2")
    refused = run(two, "undo", operation)
    assert refused.code == 65 and "ESP-2.yaml:" in refused.err, refused
    path = next(two.glob("tickets/*/*/ESP-1.yaml"))
    assert "did: undone" not in path.read_text()


def test_one_that_is_only_in_such_a_file_is_not_called_unknown(two: Path) -> None:
    done(two, "annotate", "3", "ligou")
    operation = last_id(two)
    broken(two, "ESP-3")
    refused = run(two, "undo", operation)
    assert refused.code == 65 and "ESP-3.yaml:" in refused.err, refused


def test_a_file_that_has_nothing_of_it_is_no_hindrance(two: Path) -> None:
    operation = last_id(two)
    broken(two, "ESP-3")
    assert run(two, "undo", operation).code == 0


def test_a_bare_undo_wants_an_id_where_ones_last_may_be_in_such_a_file(two: Path) -> None:
    done(two, "annotate", "3", "ligou")
    broken(two, "ESP-3")
    refused = run(two, "undo")
    assert refused.code == 3 and "undo 01" in refused.err, refused
    assert "ESP-3.yaml:" in refused.err, "why"
