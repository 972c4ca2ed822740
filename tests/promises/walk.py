"""A random walk on a desk: what the program, people and mishaps do to its files and its index."""

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deskcli import act, move
from deskcli.desk import Desk
from deskcli.intake import open_ticket
from deskcli.problem import DeskError
from deskcli.ticket import Ticket

WORDS = "cuba granito boleto Ação orçamento mármore pia não cliente".split()
MONTHS = ["2026/08", "2026/09", "2026/10", "2026/11"]


class Walk:
    """One step after another on a desk, from a seed; `told` is what was done, for the failure."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.told: list[str] = []
        self.kept: list[tuple[str, bytes]] = []
        self.old_edits = False  # only a full look finds them at once: that bound is stated

    def step(self) -> None:
        name = self.chance.choice(STEPS)
        self.told.append(name)
        getattr(self, name)()

    def words(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=3))

    def one(self) -> Path:
        paths = sorted(p for p in self.desk.store.paths() if p.is_file())
        return self.chance.choice(paths) if paths else self.create()

    def ticket(self) -> Ticket | None:
        try:
            return self.desk.store.read(self.one())
        except DeskError:
            return None

    # what the program does

    def create(self) -> Path:
        values = {
            "category": "orcamento_vcc",
            "requester.name": self.words(),
            "requester.email": f"c{self.chance.randrange(9)}@example.com",
            "description": self.words(),
        }
        with self.desk.writing():
            made = open_ticket(self.desk.scene(), values)
            assert made.change
            done = self.desk.store.commit([made.change], self.chance.choice(MONTHS))
            if self.chance.random() < 0.7:  # else it was killed before it told the index
                self.desk.index.note(done)
        return self.desk.root / done[0].doc.path

    def change(self) -> None:
        acts: list[Callable[[Any, Ticket], Any]] = [
            lambda scene, t: act.annotate(scene, t, f"nota {self.words()}"),
            move.resolve,
            move.reopen,
            lambda scene, t: act.set_values(scene, t, {"product": self.words()}),
            lambda scene, t: act.due(scene, t, "2026-12-01", "combinado"),
        ]
        with self.desk.writing():
            ticket = self.ticket()
            if (
                ticket is None
                or self.desk.store.find(ticket.id) != self.desk.root / ticket.doc.path
            ):
                return
            try:
                change = self.chance.choice(acts)(self.desk.scene(), ticket)
            except DeskError:
                return
            done = self.desk.store.commit([change], "2026/11")
            if self.chance.random() < 0.7:
                self.desk.index.note(done)

    # what people do

    def edit(self) -> None:
        """In place, of the same length too, and with the times put back."""
        path, found = self.one(), self.ticket()
        was, stat = path.read_bytes(), path.stat()
        word = self.chance.choice([b"pia", b"ana", b"xyz", b"um texto mais longo"])
        path.write_bytes(re.sub(rb"(?m)^title: .*$", b"title: " + word, was))
        if self.chance.random() < 0.3:
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        self.old_edits |= found is not None and path.parent.name in ("08", "09")

    def tag(self) -> None:
        path = self.one()
        path.write_bytes(path.read_bytes().replace(b"[atendimento", b"[vip, atendimento", 1))
        self.old_edits |= path.parent.name in ("08", "09")

    def swap_in(self) -> None:
        """As editors do: a new file renamed over the old one."""
        path = self.one()
        self.old_edits |= path.parent.name in ("08", "09")
        beside = path.with_name(".novo")
        beside.write_bytes(path.read_bytes().replace(b"cuba", b"pia", 1))
        os.rename(beside, path)

    def delete(self) -> None:
        path = self.one()
        self.kept.append((str(path), path.read_bytes()))
        path.unlink()

    def put_back(self) -> None:
        if self.kept:
            path, data = self.kept.pop()
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(data)

    def spoil(self) -> None:
        path = self.one()
        spoiled = self.chance.choice([b"", b"\x00", b"id: [", b"nada: nada\n", b"<<<<<<< HEAD\n"])
        path.write_bytes(spoiled + path.read_bytes()[: self.chance.randrange(80)])
        self.old_edits |= path.parent.name in ("08", "09")

    def copy(self) -> None:
        """Under another name, or under its own in another month: an id twice."""
        path = self.one()
        if self.chance.random() < 0.5:
            to = path.with_name(f"{path.stem} (cópia).yaml")
        else:
            to = self.desk.root / "tickets" / self.chance.choice(MONTHS) / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        if not to.exists():
            shutil.copy(path, to)

    def move(self) -> None:
        path = self.one()
        to = self.desk.root / "tickets" / self.chance.choice(MONTHS) / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        os.rename(path, to)

    def rename(self) -> None:
        """Its number changed by hand in name and text, which is a person's right."""
        path = self.one()
        name = f"ESP-{self.chance.randrange(900, 999)}"
        if path.with_name(f"{name}.yaml").exists():
            return
        path.write_bytes(
            re.sub(rb"(?m)^id: .*$", f"id: {name}".encode(), path.read_bytes(), count=1)
        )
        os.rename(path, path.with_name(f"{name}.yaml"))

    def touch(self) -> None:
        self.one().touch()

    def litter(self) -> None:
        """What else is found in such folders."""
        month = self.one().parent
        (month / ".ESP-1.yaml.swp").write_bytes(b"\x00")
        (month / "notas.txt").write_text("nada")
        (month / "ESP-7000.yaml").mkdir(exist_ok=True)

    def remove_month(self) -> None:
        month = self.one().parent
        for path in month.glob("*.yaml"):
            if path.is_file():
                self.kept.append((str(path), path.read_bytes()))
        shutil.rmtree(month)

    # what becomes of an index

    def look(self) -> None:
        self.desk.index.refresh(folders_only=self.chance.random() < 0.5)

    def reopen(self) -> None:
        self.desk.__dict__.pop("index", None)

    def lose_index(self) -> None:
        shutil.rmtree(self.desk.root / ".deskcli", ignore_errors=True)

    def corrupt_index(self) -> None:
        self.desk.index.file.db.close()
        corrupt(self.desk.index.file.path, self.chance)
        self.reopen()

    def corrupt_open_index(self) -> None:
        corrupt(self.desk.index.file.path, self.chance)


STEPS = (
    "create create create create change change change change change edit edit tag swap_in delete"
    " put_back spoil copy move rename touch litter remove_month look look reopen lose_index"
    " corrupt_index corrupt_open_index"
).split()


def corrupt(path: Path, chance: random.Random) -> None:
    """What SQLite can see: no checksum tells it of a changed letter in the middle of a text."""
    data = bytearray(path.read_bytes() if path.exists() else b"")
    if len(data) <= 4096:
        return
    kind = chance.randrange(5)
    if kind == 0:
        data = data[: chance.randrange(len(data))]
    elif kind == 1:
        data[:100] = chance.randbytes(100)
    elif kind == 2:
        data[:] = chance.randbytes(len(data))
    elif kind == 3:
        data[4096:] = bytes(len(data) - 4096)
    else:
        data = bytearray(b"")
    path.write_bytes(data)
