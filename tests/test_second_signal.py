"""Told to stop, a command says what stands; told again, it says so all the same."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from promises.desks import new_desk, run

from deskcli import store
from deskcli.index import Index

ROWS = "Nome;E-mail;Categoria Assunto;Mensagem\n" + "".join(
    f"Cliente {n};c{n}@example.com;Orçamento VCC;Pedido {n}\n" for n in range(6)
)
STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("second", STOPS, ids=lambda number: number.name)
def test_what_an_import_did_is_told_though_it_is_stopped_twice(
    second: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path / "desk")
    (desk / "rows.csv").write_text(ROWS)
    of_operation = Index.of_operation

    def stopped_again(self: Index, name: str) -> Any:
        os.kill(os.getpid(), second)
        return of_operation(self, name)

    monkeypatch.setattr(store, "CHUNK", 2)
    monkeypatch.setattr(Index, "of_operation", stopped_again)
    monkeypatch.setattr(
        "deskcli.cli.import_.time.sleep", lambda _: os.kill(os.getpid(), signal.SIGTERM)
    )
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        found = run(desk, "import", str(desk / "rows.csv"), "-m", "generic")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert found.code == 130
    assert "2 tickets criados; rode de novo" in found.err and "undo 01" in found.err, found
