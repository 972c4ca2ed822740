"""The index never lies: whatever happened to its file, lists and searches answer as a new one does,
and that one says what the ticket files say.
"""

import os
import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deskcli.desk import Desk
from promises.desks import ASKED, FULL, NOW, TRACEBACK, copy_of, done, run
from promises.proof import Fault, Tell, promise
from promises.scan import agrees

INDEX = ".deskcli/index.sqlite"
MORNING = "-02T10:00-03:00"
QUESTIONS = [
    ["list", "-a", "--json"],
    ["list", "status:novo", "assignee:joao,vendedor-2", "--json"],
    ["search", "cuba", "--json"],
    ["search", "liguei", "--json"],
    ["today", "--all", "--json"],
]


class Damage:
    """One thing done to an index, and no other."""

    def __init__(self, desk: Path, chance: random.Random, older: bytes) -> None:
        self.desk, self.chance, self.older = desk, chance, older
        self.path = desk / INDEX

    def write(self, data: bytes | bytearray) -> None:
        """In place, so that the file stays the same one."""
        with self.path.open("r+b") as file:
            file.truncate(0)
            file.write(data)

    def flip(self) -> None:
        data = bytearray(self.path.read_bytes())
        data[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
        self.write(data)

    def flip_text(self) -> None:
        """A bit of what a row says, where no structure shows it."""
        data = bytearray(self.path.read_bytes())
        found = [m.start() for m in re.finditer(rb"novo|Cuba|joao|ESP-1|liguei|vendedor", data)]
        data[self.chance.choice(found)] ^= 1
        self.write(data)

    def truncate(self) -> None:
        self.write(self.path.read_bytes()[: self.chance.randrange(self.path.stat().st_size)])

    def noise(self) -> None:
        """A page of it."""
        data = bytearray(self.path.read_bytes())
        at = self.chance.randrange(len(data) // 4096) * 4096
        data[at : at + 4096] = self.chance.randbytes(4096)
        self.write(data)

    def delete(self) -> None:
        self.path.unlink()

    def delete_all(self) -> None:
        shutil.rmtree(self.path.parent)

    def replace(self) -> None:
        """By an older one, from a backup."""
        self.path.write_bytes(self.older)

    def put_another(self) -> None:
        """By one that is none."""
        self.path.unlink()
        self.path.write_bytes(self.chance.choice([b"", b"not a database", bytes(8192)]))

    def stale(self) -> None:
        """Nobody told it of what was written."""
        kept = self.path.read_bytes(), self.path.stat()
        done(self.desk, "annotate", "2", "liguei de novo")
        done(self.desk, "resolve", "3", "-m", "cuba entregue")
        self.write(kept[0])
        os.utime(self.path, ns=(kept[1].st_atime_ns, kept[1].st_mtime_ns))

    def stale_by_hand(self) -> None:
        path = next(self.desk.glob("tickets/*/*/ESP-1.yaml"))
        path.write_text(path.read_text().replace("Cuba", "Pia"))

    def stale_closed(self) -> None:
        """A closed ticket of these two months, in place, by who puts the time back."""
        path = next(self.desk.glob("tickets/*/*/ESP-6.yaml"))
        was, text = path.stat(), path.read_text()
        with path.open("r+") as file:
            file.write(text.replace("Cuba", "Pias"))
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

    def removed_by_hand(self) -> None:
        """An old closed one, of which only the folder's time tells."""
        next(self.desk.glob("tickets/*/*/ESP-4.yaml")).unlink()

    def journal(self) -> None:
        """Of another time."""
        (self.path.parent / "index.sqlite-journal").write_bytes(self.chance.randbytes(5000))


KINDS = (
    "flip flip flip flip_text flip_text flip_text truncate noise delete delete_all replace"
    " put_another stale stale_by_hand stale_closed removed_by_hand journal"
).split()


def trusts_its_file(planted: pytest.MonkeyPatch) -> None:
    """An index that finds wrong only what SQLite does."""
    planted.setattr("deskcli.indexfile.IndexFile._is_as_left", lambda self: True)


def trusts_its_rows(planted: pytest.MonkeyPatch) -> None:
    """An index that looks at no file that it knows."""
    planted.setattr("deskcli.indexlook.Look._stale", lambda *args: ())


@promise("the index never lies", trusts_its_file, trusts_its_rows)
def test_the_index_never_lies(
    planted: Fault | None, small_desk: Path, tmp_path: Path, tell: Tell
) -> None:
    chance = random.Random(7)
    older = copy_of(small_desk, tmp_path / "older") / INDEX
    whole = copy_of(small_desk, tmp_path / "whole")
    done(whole, "annotate", "1", "liguei para o cliente outra vez")
    for ticket, at in (("4", f"2026-03{MORNING}"), ("5", f"2026-06{MORNING}"), ("6", NOW)):
        done(whole, "--at", at, "create", *ASKED, "-m", "Cuba dupla")
        done(whole, "--at", at, "resolve", ticket, "-m", "cuba entregue")
    count = 300 if FULL and not planted else 30
    for n in range(count):
        kind = KINDS[n % len(KINDS)]
        desk = settled(copy_of(whole, tmp_path / "desk"))
        damage = Damage(desk, chance, older.read_bytes())
        made: Callable[[], None] = getattr(damage, kind)
        made()
        for args in chance.sample(QUESTIONS, len(QUESTIONS)):
            found = run(desk, *args)
            assert (found.code, TRACEBACK in found.err) == (0, False), (n, kind, args, found)
            assert found.out == anew(desk, args), (n, kind, args)
        agrees(Desk(tmp_path / "anew"))
    tell(corruptions=count, kinds=len(set(KINDS)), answers=count * len(QUESTIONS))


def settled(desk: Path) -> Path:
    """With an index that has no doubt: as one that looks at files of yesterday."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("deskcli.folders.RACY_NS", 0)
        done(desk, "list")
    time.sleep(0.02)  # a tick of the disk's clock
    return desk


def anew(desk: Path, args: list[str]) -> str:
    """What a desk that never had an index answers."""
    beside = copy_of(desk, desk.parent / "anew")
    shutil.rmtree(beside / ".deskcli", ignore_errors=True)
    return done(beside, *args).out.replace(str(beside), str(desk))
