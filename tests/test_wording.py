"""What a requester reads of a ticket are the desk's own words, not what its files hold."""

from pathlib import Path
from typing import Any

import pytest

from deskcli import packs
from deskcli.desk import Desk
from deskcli.form import Choice, Field, Form
from deskcli.reply import Filling, render, typed_text
from deskcli.wording import worded

FORM = Form(
    id="f",
    label="F",
    fields=[
        Field(id="value", label="Valor", type="money"),
        Field(id="kind", label="Tipo", choices=[Choice("pj", "Pessoa Jurídica")]),
        Field(id="seller", label="Vendedor", type="person"),
        Field(id="until", label="Até", type="date"),
        Field(id="yes", label="Sim", type="bool"),
    ],
)


@pytest.mark.parametrize(
    ("path", "held", "read"),
    [
        *(("brand", "vcc", "Você Constrói"), ("brand", "gone", "gone")),
        *(("status", "novo", "Novo"), ("status", "gone", "gone")),
        *(("assignee", "atendente-1", "Atendente 1"), ("assignee", "gone", "gone")),
        *(("form", "pos-vendas", "Pós Vendas"), ("category", "orcamento_vcc", "Orçamento VCC")),
        *(("due", "2026-11-24", "24/11/2026"), ("due", "2026-99-99", "2026-99-99")),
        ("opened_at", "2026-11-24T09:30:00-03:00", "24/11/2026 09:30"),
        *(("fields.value", "1234.50", "R$ 1.234,50"), ("fields.value", "caro", "caro")),
        *(("fields.kind", "pj", "Pessoa Jurídica"), ("fields.kind", "x", "x")),
        *(
            ("fields.seller", "atendente-1", "Atendente 1"),
            ("fields.until", "2026-01-02", "02/01/2026"),
        ),
        *(("fields.yes", "true", "true"), ("fields.free", "novo", "novo")),
        *(
            ("tags", ["obra", "vip"], ["obra", "vip"]),
            ("title", "Pedido 2026-11", "Pedido 2026-11"),
        ),
    ],
)
def test_a_value_as_its_requester_reads_it(path: str, held: Any, read: Any, tmp_path: Path) -> None:
    for source, target in packs.files("esplane"):
        (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / target).write_bytes(source.read_bytes())
    top, _, rest = path.partition(".")
    header = {top: {rest: held} if rest else held}
    assert worded(Desk(tmp_path).config, FORM, header) == {top: {rest: read} if rest else read}


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("{{status}} {{- status }}", "RecebidoRecebido"),
        ("{% if status == 'novo' %}{{ status }}{% else %}?{% endif %}", "Recebido"),
        ("{{ status | upper }} {{ 'status' }}", "NOVO status"),
        ("{% for tag in tags %}{{ tag }}.{% endfor %}", "obra.vip."),
    ],
)
def test_a_condition_sees_what_is_stored(template: str, made: str) -> None:
    """A label may change; the id that a condition asks for does not."""
    stored = {"status": "novo", "tags": ["obra", "vip"]}
    values = Filling(stored, {**stored, "status": "Recebido"})
    assert render(typed_text(template), values, "ESP-1").text == made
