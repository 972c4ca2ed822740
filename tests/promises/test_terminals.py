"""Nothing raw reaches a terminal: what comes from hand edits, options and imports."""

import csv
import io
import os
from pathlib import Path

import pytest

from promises.desks import ASKED, TRACEBACK, copy_of, done, run, tickets
from promises.hostile import ESCAPES, everything_is_safe, is_safe, quoted, raw


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path) -> Path:
    return copy_of(small_desk, tmp_path / "desk")


TOLD = ["show {n}", "history {n}", "why {n}", "list -a", "today --all", "search texto", "check"]
TOLD += [
    "annotate {n} -n ok",
    "resolve {n} -n",
    "set {n} product=y -n",
    "undo -n",
    "sweep -n",
    "report",
    "outbox list --all",
    "outbox export -n --all",
]
TOLD += ["list -a --format plain", "list -a --format table", "list -a --format ids", "people"]
DATA = ["show {n} --json", "history {n} --json", "why {n} --json", "list -a --json"]
DATA += [
    "outbox list --all --json",
    "list -a --format jsonl",
    "today --all --json",
    "search texto --json",
]


def _edited(desk: Path, text: str) -> None:
    """By hand: in every text of the header and of the history, and as keys."""
    q = quoted("texto " + text)
    plain = "title form brand category status team assignee channel origin summary".split()
    lines = ["id: ESP-2", f"{q}: {q}", *(f"{key}: {q}" for key in plain)]
    lines += [f"{key}: [{q}]" for key in ("tags", "flags", "cc", "mentions")]
    lines += [f"requester: {{name: {q}, email: {q}, phone: {q}, {q}: {q}}}"]
    lines += [f"fields: {{product: {q}, {q}: {q}, lista: [{q}]}}"]
    lines += ["attachments:", f"- {{name: {q}, sha256: {'0' * 64}, size: {q}, type: {q}}}"]
    lines += [f"source: {{import: {q}, key: {q}}}", "history:"]
    lines += [f"- id: {q}", "  clk: 1", "  at: '2026-11-23T10:00:00-03:00'"]
    lines += [f"  {key}: {q}" for key in "by did as via rule cause text".split()]
    lines += [f"  sets: {{title: {q}, {q}: {q}}}", f"  adds: {{tags: [{q}]}}"]
    lines += [f"  drops: {{{q}: [{q}]}}", "  data:", f"    contacted: {q}", f"    notify: [{q}]"]
    lines += [f"    to: {{channel: {q}, address: {q}}}", f"    macro: {q}", "  why:"]
    lines += [f"  - {{step: {q}, result: {q}, reason: {q}, ticket: {q}, at: {q}, day: {q},"]
    lines += [f"    period: {q}, unread: {q}, swapped_for: {q}, skipped: {{{q}: {q}}}}}"]
    lines += [f"  - {{step: {quoted('roulette:texto ' + text)}}}"]
    (desk / "tickets/2026/11/ESP-2.yaml").write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("escape", ESCAPES)
def test_escapes_from_hand_edits(escape: str, desk: Path) -> None:
    _edited(desk, ESCAPES[escape])
    everything_is_safe(desk, "2", TOLD)
    assert "texto" in done(desk, "show", "2").out
    assert "ESP-2" in done(desk, "outbox", "list").out, "nothing to send proves nothing"


@pytest.mark.parametrize("escape", ESCAPES)
def test_json_is_safe_too(escape: str, desk: Path) -> None:
    r"""`\u202e` says the same in JSON, and does nothing to the terminal of who runs `--json`."""
    _edited(desk, ESCAPES[escape])
    everything_is_safe(desk, "2", DATA)
    assert "texto" in done(desk, "show", "2", "--json").out


@pytest.mark.parametrize("escape", ESCAPES)
def test_escapes_from_options(escape: str, desk: Path) -> None:
    text = "texto " + ESCAPES[escape]
    asked = ["-c", "orcamento_vcc", "--name", text, "--email", "ana@example.com", "-m", text, text]
    for dry in (["-n"], []):
        found = run(desk, "create", *asked, "-f", f"product={text}", *dry)
        assert found.code == 0 and is_safe(found.said), (found.code, raw(found.said), found.err)
    for args in (
        ["annotate", "4", text, "-n"],
        ["annotate", "4", text],
        ["set", "4", f"product={text} 2"],
        ["due", "4", "2026-12-01", "-m", text],
        ["reply", "4", text],
        ["resolve", "4", "-m", text],
        ["reopen", "4", "-m", text],
        ["cancel", "4", "-m", text],
        ["create", "-c", text],
        ["create", "--form", text],
        ["set", "4", f"{text}=x"],
        ["assign", "4", text],
        ["move", "4", text],
        ["show", text],
        ["list", f"{text}:x"],
        ["list", text],
        ["list", "--view", text],
        ["search", text],
        ["rota", "who", "--at", text],
        ["apply", text, "4"],
        ["undo", text],
        ["schema", text],
        ["import", text, "-m", "generic"],
        ["import", "x.csv", "-m", text],
        [text],
        ["list", f"--{text}"],
        ["due", "4", text],
        ["--as", text, "annotate", "4", "x"],
        ["--at", text, "list"],
    ):
        found = run(desk, *args)
        assert TRACEBACK not in found.err, (args, found.err[-800:])
        assert is_safe(found.said), (args, raw(found.said))
    everything_is_safe(desk, "4", TOLD)
    tickets(desk)


@pytest.mark.parametrize("escape", ESCAPES)
def test_escapes_from_an_import(escape: str, desk: Path, tmp_path: Path) -> None:
    text = "texto " + ESCAPES[escape]
    name = tmp_path / f"linhas{ESCAPES[escape].replace('/', '')}.csv"
    rows = io.StringIO()
    writer = csv.writer(rows, delimiter=";")
    writer.writerow(
        ["Nome", "E-mail", "Categoria Assunto", "Produto", "Mensagem", text, "Telefone"]
    )
    writer.writerow([text, "a@example.com", "Dúvidas de produtos", text, text, text, ""])
    writer.writerow([text, "b@example.com", text, text, text, text, ""])
    writer.writerow(["Bia", text, "Dúvidas de produtos", "x", "y", "", text])
    name.write_bytes(rows.getvalue().encode())
    for dry in (["-n"], []):
        found = run(desk, "import", str(name), "-m", "generic", *dry)
        assert found.code in (0, 8, 65), found
        assert is_safe(found.said), raw(found.said)
        assert TRACEBACK not in found.err
    everything_is_safe(desk, "4" if found.code in (0, 8) else "1", TOLD)
    tickets(desk)


def test_escapes_in_broken_files_and_their_names(desk: Path) -> None:
    for n, text in enumerate(ESCAPES.values()):
        name = f"ESP-{500 + n}{text.replace('/', '')}.yaml"
        (desk / "tickets/2026/11" / name).write_text("id: [")
        q = quoted(text)
        bad = f"{q}: 1\nid: ESP-{600 + n}\n{q}: 2\n"
        (desk / "tickets/2026/11" / f"ESP-{600 + n}.yaml").write_text(bad)
        (desk / "workflows/forms" / f"x{n}.yaml").write_text(f"id: {q}\n{q}: {q}\n")
    for args in (["list"], ["check"], ["show", "600"], ["reindex"]):
        found = run(desk, *args)
        assert found.code in (3, 65) and TRACEBACK not in found.err
        assert is_safe(found.said), raw(found.said)


def test_an_argument_that_is_not_utf8(desk: Path) -> None:
    """As the shell hands it over, with a lone surrogate."""
    text = os.fsdecode(b"caf\xe9")
    for args in (["annotate", "1", text], ["create", *ASKED, "-m", text], ["list", text]):
        found = run(desk, *args)
        assert TRACEBACK not in found.err and found.code != 1, found.err[-500:]
        assert is_safe(found.said)
    tickets(desk)
