"""A ticket that is nearly as large as a file may be: nothing more is said in it, and all that has
to be done to it still can be.
"""

from pathlib import Path

import pytest
from test_pack_academia import by, desk, opened, shown

from deskcli.ticketfile import ROOM
from deskcli.yamltext import MAX_BYTES

__all__ = ["desk"]
CHAT = "".join(f"30/10/2026 14:00 - Recepção: a catraca parou, {n}\n" for n in range(9))


@pytest.fixture
def full(desk: Path) -> Path:
    """ACA-1 has room for some 1,000 bytes more of conversation."""
    asked = ("--name", "Recepção", "--phone", "11 90000-2222")
    opened(desk, "Catraca não destravando", "-f", "summary=Cabo", *asked)
    opened(desk, "Finger apagado", "-f", "summary=Leitor")
    [file] = desk.glob("tickets/*/*/ACA-1.yaml")
    lines = ("á" * 99 + "\n") * 4000
    (desk / "long.txt").write_text(lines)
    assert by(desk, "annotate", "1", lines).code == 0
    left = MAX_BYTES - ROOM - len(file.read_bytes())
    assert by(desk, "annotate", "1", "x" * (left - 1500)).code == 0
    return desk


def test_what_is_said_leaves_room_to_resolve_it(full: Path) -> None:
    [file] = full.glob("tickets/*/*/ACA-1.yaml")
    assert by(full, "annotate", "1", "curto").code == 0, "there is some"
    before = file.read_bytes()
    (full / "more.txt").write_text(CHAT * 30)
    more = "é" * 2000
    for said in (
        ("annotate", "1", more),
        ("annotate", "1", more, "-n"),
        ("append", "1", str(full / "more.txt"), "-m", "x"),
        ("append", "1", str(full / "more.txt"), "-m", "x", "--resolve"),
        ("outbox", "add", "1", "-m", more),
    ):
        refused = by(full, *said)
        assert refused.code == 3 and file.read_bytes() == before, said
        assert "attach" in refused.err and "link" in refused.err, refused
        assert refused.err.rstrip().endswith("resolve ACA-1 -m TEXTO"), refused
    long = by(full, "annotate", "2", "é" * MAX_BYTES)
    assert long.code == 3 and "ACA-2" in long.err


def test_all_that_has_to_be_done_to_a_full_ticket_still_can_be(full: Path) -> None:
    for deed in (
        *(
            ("due", "1", "05/11"),
            ("due", "1", "06/11", "-m", "Cliente pediu", "--contacted", "phone"),
        ),
        *(("move", "1", "pendente", "-m", "x"), ("set", "1", "priority=alta")),
        *(
            ("attach", "1", str(full / "long.txt")),
            ("link", "1", "2"),
            ("assign", "1", "operador-2"),
        ),
        *(("resolve", "1", "-m", "Voltou"), ("reopen", "1"), ("cancel", "1", "-m", "Repetido")),
        ("undo",),
    ):
        assert by(full, *deed).code == 0, deed
    assert shown(full)["status"] == "aberto"
