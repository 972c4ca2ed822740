"""What years of tickets cost: who gets a new one asks none of its customer that was closed long ago
(O-X12), and its number asks no month that did not change.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from promises.desks import copy_of, done, environment, new_desk

from deskcli.desk import Desk
from deskcli.folders import highest
from deskcli.store import Store
from deskcli.ticket import Ticket

ANA = ("--name", "Ana Prado", "--email", "ana@example.com")
SEPTEMBER, THREE_DAYS_AGO, TODAY = (
    {"DESKCLI_NOW": f"{day}T09:00-03:00"} for day in ("2026-09-21", "2026-11-20", "2026-11-23")
)
CLOSED, OPEN, RESOLVED = (
    f"tickets/2026/{name}.yaml" for name in ("09/ESP-1", "09/ESP-2", "11/ESP-3")
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three tickets of hers: two of September, one of them still open; one resolved days ago."""
    root = new_desk(tmp_path_factory.mktemp("ana") / "desk")
    create = ("--as", "joao", "create", "-c", "orcamento_vcc", *ANA)
    with environment(SEPTEMBER):
        done(root, *create)
        done(root, *create)
        done(root, "--as", "joao", "resolve", "1")
    with environment(THREE_DAYS_AGO):
        done(root, *create)
        done(root, "--as", "joao", "resolve", "3")
    return root


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    with environment(TODAY):
        yield copy_of(base, tmp_path / "desk")


def asked(desk: Path) -> set[str]:
    """The tickets that are read to decide who gets another one of hers."""
    found: set[str] = set()
    read = Store.read

    def noting(self: Store, path: Path, known: Ticket | None = None) -> Ticket:
        found.add(path.relative_to(desk).as_posix())
        return read(self, path, known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "read", noting)
        done(desk, "create", "-c", "nota_fiscal", "-f", "reason=outro", *ANA, "-n")
    return found


@pytest.fixture
def settled(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With an index that has read the files long after they were written."""
    monkeypatch.setattr("deskcli.folders.RACY_NS", 0)
    done(desk, "reindex")
    return desk


def test_who_gets_a_ticket_asks_none_that_was_closed_long_ago(settled: Path) -> None:
    assert asked(settled) == {OPEN, RESOLVED}


def test_one_that_was_changed_since_is_asked_whatever_the_index_says(settled: Path) -> None:
    path = settled / CLOSED
    path.write_text(re.sub("(?m)^status: .*", "status: aberto", path.read_text()))
    assert asked(settled) == {CLOSED, OPEN, RESOLVED}


def test_one_that_was_read_in_the_moment_of_its_writing_is_asked(desk: Path) -> None:
    """It may have been written again in that moment."""
    done(desk, "reindex")
    assert CLOSED in asked(desk)


def test_what_counts_is_asked_in_every_zone(desk: Path) -> None:
    """Moments are compared as texts, and zones are up to 26 hours apart."""
    scene, since = Desk(desk).scene(), list[str]()
    scene.tickets_of = lambda _keys, _but, then: since.append(then) or ()  # type: ignore[func-returns-value]
    scene.conversations({"requester": {"email": "ana@example.com"}})
    counts = timedelta(days=scene.config.settings.policies.attendance_days, hours=26)
    assert datetime.fromisoformat(since[0]) <= scene.now - counts


def test_a_conversation_may_never_end(settled: Path) -> None:
    """A desk for which the count of days reaches before all time."""
    path = settled / "desk.yaml"
    path.write_text(path.read_text().replace("attendance_days: 7", "attendance_days: 1000000"))
    assert Desk(settled).scene().days_ago(10**12) == datetime.min.replace(tzinfo=UTC)
    assert asked(settled) == {CLOSED, OPEN, RESOLVED}
    assert "ESP-1" in done(settled, "show", "2").out


def test_a_link_is_seen_from_a_closed_ticket_without_a_history(settled: Path) -> None:
    path = settled / CLOSED
    header = path.read_text().partition("history:")[0]
    path.write_text(f"{header}links: [ESP-2]\nhistory: []\n")
    done(settled, "reindex")
    assert re.search("(?m)^ *Vínculos +ESP-1$", done(settled, "show", "2").out)


# -- numbers --------------------------------------------------------------------------------------

Known = dict[Path, tuple[int, int]]


@pytest.fixture
def month(tmp_path: Path) -> Path:
    folder = tmp_path / "tickets/2026/11"
    folder.mkdir(parents=True)
    (folder / "ESP-7.yaml").touch()
    return folder


@pytest.fixture
def known(month: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Known:
    """What a look at the month remembers that is long after its last change."""
    monkeypatch.setattr("deskcli.folders.RACY_NS", 0)
    found: Known = {}
    assert highest(tmp_path, "ESP", found) == 7
    return found


def test_a_month_that_did_not_change_is_not_looked_at_again(
    known: Known, month: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("deskcli.folders.names")
    assert highest(tmp_path, "ESP", known) == 7
    (month / "ESP-8.yaml").touch()
    with pytest.raises(NameError):
        highest(tmp_path, "ESP", known)


def test_a_month_that_changed_a_moment_ago_is_not_remembered(month: Path, tmp_path: Path) -> None:
    """It may change again in that moment."""
    known: Known = {}
    assert highest(tmp_path, "ESP", known) == 7
    assert known == {month: (0, 7)}


def test_a_time_that_was_put_back_hides_no_number(
    known: Known, month: Path, tmp_path: Path
) -> None:
    was = month.stat().st_mtime_ns
    (month / "ESP-8.yaml").touch()
    os.utime(month, ns=(was, was))
    assert highest(tmp_path, "ESP", known) == 8
