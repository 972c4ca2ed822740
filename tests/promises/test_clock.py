"""Clocks that jump, and the two nights of the year that are longer or shorter: what happened keeps
its order, what time fires is fired once, and every moment is the one it was.
"""

import os
import random
import re
import shutil
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import deskcli.desk
import deskcli.ulid
from deskcli.desk import Desk
from deskcli.indexlook import Look
from deskcli.problem import Exit
from promises.desks import ASKED, FULL, copy_of, done, index_is_true, run, tickets
from promises.proof import Fault, Tell, found_as, promise
from promises.writing import ROWS

BEGAN = datetime(2026, 11, 19, 9, tzinfo=ZoneInfo("America/Sao_Paulo"))
JUMPS = [timedelta(**{unit: n}) for unit, n in (("seconds", 1), ("hours", 1), ("days", 1))]
JUMPS += [timedelta(days=400), timedelta(seconds=-1), timedelta(hours=-1), timedelta(days=-1)]
JUMPS += [timedelta(days=-400), timedelta(hours=3), timedelta(0)]


# -- a clock that jumps ---------------------------------------------------------------------------


class Clock:
    """The machine's, as the program sees it; it stands still, but for its jumps."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = BEGAN
        patch.setattr(deskcli.ulid, "_last_id", 0)  # put back afterwards, out of the future
        patch.setattr(time, "time", self.seconds)
        patch.setattr(time, "time_ns", lambda: int(self.seconds() * 1e9))
        self.jump(timedelta(0))

    def seconds(self) -> float:
        return self.now.timestamp()

    def jump(self, by: timedelta) -> None:
        self.now += by
        os.environ["DESKCLI_NOW"] = self.now.isoformat()


def by_the_clock(planted: pytest.MonkeyPatch) -> None:
    """Ids that tell the time of the clock, and not the order of things."""
    planted.setattr(deskcli.desk, "later_than", lambda event: None)
    planted.setattr(deskcli.desk, "fresh_id", lambda: _id_of(time.time_ns() // 1_000_000))


def _id_of(millis: int) -> str:
    number = millis << 80 | int.from_bytes(os.urandom(10), "big")
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(letters[number >> shift & 31] for shift in range(125, -1, -5))


@found_as("not found: Antiga")
def looks_no_more(planted: pytest.MonkeyPatch) -> None:
    """The last look at all files was in what is now the future: no next one until that comes."""
    refresh = Look.refresh

    def late(self: Look, full: bool = False, folders_only: bool = False) -> None:
        [future] = self.db.execute("SELECT full_at FROM meta").fetchone()
        self.db.execute("UPDATE meta SET full_at = min(full_at, ?)", (time.time(),))
        refresh(self, full, folders_only)
        self.db.execute("UPDATE meta SET full_at = max(full_at, ?)", (future,))

    planted.setattr(Look, "refresh", late)


@promise("clocks may jump", by_the_clock, looks_no_more)
def test_a_clock_that_jumps(
    planted: Fault | None,
    small_desk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tell: Tell,
) -> None:
    desk = copy_of(small_desk, tmp_path / "desk")
    (desk / "rows.csv").write_text(ROWS)
    chance, clock = random.Random(3), Clock(monkeypatch)
    assert run(desk, "import", str(desk / "rows.csv"), "-m", "generic").code == 8
    old = closed_long_ago(desk)
    steps = 600 if FULL and not planted else 60
    for n in range(steps):
        clock.jump(chance.choice(JUMPS))
        if clock.now.year not in range(2010, 2060):
            clock.now = BEGAN
        one_step(desk, chance, n)
        if not n % 10:
            found_when_set_back(desk, old, clock, chance, f"Antiga {n}")
        in_order(desk)
    index_is_true(desk)
    fired = Counter(
        (ticket.id, e.rule, str(e.data.get("due")), str(e.data.get("slot", 0)))
        for ticket in tickets(desk).values()
        for e in ticket.history
        if e.did == "swept"
    )
    assert max(fired.values()) == 1, "fired twice"
    tell(commands=2 * steps, jumps=steps, set_back=-(-steps // 10), firings=len(fired))


def test_a_new_index_knows_what_was_last(
    small_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.deskcli` may be deleted, also by somebody whose clock was set back since."""
    desk, clock = copy_of(small_desk, tmp_path / "desk"), Clock(monkeypatch)
    done(desk, "annotate", "1", "de hoje")
    shutil.rmtree(desk / ".deskcli")
    clock.jump(timedelta(days=-1))
    monkeypatch.setattr(deskcli.ulid, "_last_id", 0)  # another process
    done(desk, "annotate", "2", "a última coisa que fiz")
    assert done(desk, "undo").out.startswith("ESP-2 ")


def one_step(desk: Path, chance: random.Random, n: int) -> None:
    """What the next command does is seen by the one after it, whatever the clock says."""
    name = chance.choice(["1", "2", "3", "4", "5"])
    kind = chance.choice(["note", "undo", "sweep", "edit", "create"])
    if kind == "note":
        done(desk, "annotate", name, f"nota {n}")
        assert f'"ESP-{name}"' in done(desk, "search", f"nota {n}", "--json").out
    elif kind == "undo":  # it takes back the last thing done, and not the latest by the clock
        done(desk, "set", name, f"product=P{n}")
        assert run(desk, "undo").code == 0
        assert f"P{n}" not in str(tickets(desk)[f"ESP-{name}"].header)
    elif kind == "sweep":
        assert run(desk, "sweep").code == 0
        assert run(desk, "sweep", "-n").out == ""
    elif kind == "edit":
        path = next(desk.glob(f"tickets/*/*/ESP-{name}.yaml"))
        path.write_text(re.sub("(?m)^title: .*$", f"title: Cuba {n:04}", path.read_text()))
        assert f"Cuba {n:04}" in done(desk, "list", "-a", "--json").out
        done(desk, "annotate", name, "vi que o título mudou")
    else:
        made = run(desk, "create", *ASKED, "-m", f"pedido {n}")
        assert made.code in (0, Exit.GATE)  # before its rota begins, nobody is on duty
        assert made.out.split()[0] in done(desk, "list", "-a").out


def closed_long_ago(desk: Path) -> Path:
    """A ticket of none of the two newest months, which a list looks at always."""
    for month in ("2025-03", "2026-03"):
        made = run(desk, "--at", f"{month}-03T10:00", "create", *ASKED)
        done(desk, "resolve", made.out.split()[0], "-m", "feito")
    return next(desk.glob("tickets/2025/03/*.yaml"))


def found_when_set_back(
    desk: Path, path: Path, clock: Clock, chance: random.Random, title: str
) -> None:
    """Edited in place, of which no folder tells, and the clock set back behind the last look at all
    files: five minutes later is not when that moment comes again.
    """
    with pytest.MonkeyPatch.context() as settled:
        settled.setattr("deskcli.folders.RACY_NS", -(10**20))  # nobody touched the folder for long
        done(desk, "list", "-a")
    path.write_text(re.sub("(?m)^title: .*$", f"title: {title}", path.read_text()))
    clock.jump(chance.choice([by for by in JUMPS if by <= timedelta(hours=-1)]))
    assert title in done(desk, "list", "-a", "--json").out, f"not found: {title}"
    done(desk, "annotate", path.stem, "vi que o título mudou")


def in_order(desk: Path) -> None:
    for ticket in tickets(desk).values():
        ids = [event.id for event in ticket.history]
        assert ids == sorted(ids), f"{ticket.id}: its events are not in their order"


def test_two_processes_after_a_jump_back_make_different_ids(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both know the same last id, of the clock's future: the first was killed before it could tell
    the index of its own.
    """
    later = _id_of(int((time.time() + 10**8) * 1000))
    made = set()
    for _ in range(20):
        monkeypatch.setattr(deskcli.ulid, "_last_id", 0)
        deskcli.ulid.later_than(later)
        ids = [deskcli.ulid.fresh_id() for _ in range(3)]
        assert ids == sorted(ids) and ids[0] > later
        made |= set(ids)
    assert len(made) == 60


# -- summer time ----------------------------------------------------------------------------------

LISBON, SAO_PAULO = "Europe/Lisbon", "America/Sao_Paulo"  # the second until 2019
NIGHTS = [
    (LISBON, datetime(2026, 3, 28, 23, tzinfo=UTC)),
    (LISBON, datetime(2026, 10, 24, 23, tzinfo=UTC)),
    (SAO_PAULO, datetime(2018, 2, 17, 23, tzinfo=UTC)),
    (SAO_PAULO, datetime(2018, 11, 4, 1, tzinfo=UTC)),
]
STEP = timedelta(minutes=15)


def forgets_the_fold(planted: pytest.MonkeyPatch) -> None:
    """The hour that comes twice is always the first one."""

    def now(self: Desk) -> datetime:
        at = datetime.fromisoformat(self._at).astimezone(self.config.zone)
        return at.replace(tzinfo=None, fold=0).replace(tzinfo=self.config.zone)

    planted.setattr(Desk, "now", property(now))


@promise("the nights of summer time have no holes", forgets_the_fold)
def test_summer_time(planted: Fault | None, small_desk: Path, tmp_path: Path, tell: Tell) -> None:
    for zone, night in NIGHTS:
        desk = copy_of(small_desk, tmp_path / "desk")
        text = (desk / "desk.yaml").read_text()
        (desk / "desk.yaml").write_text(re.sub("(?m)^timezone: .*$", f"timezone: {zone}", text))
        moments = [night + STEP * n for n in range(24)]
        for at in moments:
            done(desk, "--at", at.isoformat(), "annotate", "1", f"às {at:%H:%M}")
        told = [e.at for e in tickets(desk)["ESP-1"].history[-len(moments) :]]
        assert [datetime.fromisoformat(at) for at in told] == moments
        offsets = {at[-6:] for at in told}
        assert len(offsets) == 2, "a night without a change"
        for at in moments[::6]:  # by the clock on the wall: a day is a day, an hour an hour
            made = due_in(desk, at, "+2h")
            assert made == at + timedelta(hours=2), (zone, at, made)
    tell(nights=len(NIGHTS), moments=24 * len(NIGHTS))


def due_in(desk: Path, at: datetime, words: str) -> datetime:
    """The moment that a person means by these words."""
    from deskcli.dates import parse_instant

    here = Desk(desk, at=at.isoformat())
    return parse_instant(words, here.now, here.config.calendar).astimezone(UTC)
