"""`undo` on a desk: what was taken back counts no more, and nobody takes back what they did not
mean to.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from promises.desks import copy_of, done, environment, new_desk, run, tickets

BIRTHDAY = ["-c", "aniversariantes", "--name", "Ana Prado", "--email", "ana@example.com"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_desk(tmp_path_factory.mktemp("undo") / "desk")


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        yield copy_of(base, tmp_path / "desk")


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
