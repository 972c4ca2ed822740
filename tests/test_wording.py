"""What a requester reads of a ticket are the desk's own words, not what its files hold."""

from pathlib import Path
from typing import Any

import pytest

from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.wording import worded


@pytest.mark.parametrize(
    ("path", "held", "read"),
    [
        *(("brand", "vcc", "Você Constrói"), ("brand", "gone", "gone")),
        *(("status", "novo", "Novo"), ("status", "gone", "gone")),
        *(("assignee", "atendente-1", "Atendente 1"), ("assignee", "gone", "gone")),
        *(("form", "pos-vendas", "Pós Vendas"), ("category", "orcamento_vcc", "Orçamento VCC")),
        *(("due", "2026-11-24", "24/11/2026"), ("due", "2026-99-99", "2026-99-99")),
        ("opened_at", "2026-11-24T09:30:00-03:00", "24/11/2026 09:30"),
        ("visit.at", "2026-11-24T09:30:00-03:00", "24/11/2026 09:30"),
        ("mentions", ["atendente-1", "gone"], ["Atendente 1", "gone"]),
        *((path, "2026-11-24", "2026-11-24") for path in ("fields.order", "title", "tags")),
        *(("fields.kind", "novo", "novo"), ("requester.name", "atendente-1", "atendente-1")),
    ],
)
def test_a_value_as_its_requester_reads_it(path: str, held: Any, read: Any, tmp_path: Path) -> None:
    desk = Desk(make(tmp_path / "mesa", "esplane"))
    top, _, rest = path.partition(".")
    header = {top: {rest: held} if rest else held}
    assert worded(desk.config, header) == {top: {rest: read} if rest else read}
