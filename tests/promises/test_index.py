"""The index is derived: whatever was done to the files, or to the index itself, a list through it
is what a scan of the files gives, and it is what a new index would be.
"""

import json
import os
import random
import re
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskcli import act, move
from deskcli.condition import All as Every
from deskcli.condition import AnyOf, Condition, Not, bind, from_words, holds
from deskcli.condition import Test as Asked
from deskcli.desk import Desk
from deskcli.facts import facts
from deskcli.fold import fold
from deskcli.index import Index
from deskcli.indexlook import Look
from deskcli.intake import open_ticket
from deskcli.problem import DeskError
from deskcli.ticket import Event, Ticket
from deskcli.yamltext import Document, Value
from promises.desks import (
    ASKED,
    FULL,
    TRACEBACK,
    copy_of,
    differing,
    done,
    dump,
    run,
)

WORDS = "cuba granito boleto Ação orçamento mármore pia não cliente".split()
MONTHS = ["2026/08", "2026/09", "2026/10", "2026/11"]
FILTERS = [
    "",
    "status:novo",
    "assignee:none",
    "open:true due:<2026-12-10",
    "-status:resolvido product:~cuba",
    "granito",
    "tags:vip",
    "category:orcamento_vcc updated:present",
    "requester.email:c3@example.com",
]


# -- what the index should say, by the files ------------------------------------------------------


def scanned(desk: Desk) -> tuple[dict[str, Ticket], set[str]]:
    """All tickets by id and all files that are none; of two with one id the newest month counts."""
    found: dict[str, Ticket] = {}
    broken: set[str] = set()
    for path in sorted(desk.store.paths(), key=str, reverse=True):
        name = str(path.relative_to(desk.root))
        try:
            ticket = desk.store.read(path)
        except (DeskError, OSError):
            broken.add(name)
            continue
        if ticket.id in found:
            broken.add(name)
        else:
            found[ticket.id] = ticket
    return found, broken


def number(name: str) -> int:
    return int(name.rpartition("-")[2])


def words_of(ticket: Ticket) -> set[str]:
    """What search looks in: the header's texts and the events'."""
    known = [fold(e.text) for e in ticket.history] + [fold(t) for t in texts(ticket.header)]
    return set(re.findall(r"\w+", " ".join(known)))


def texts(value: Value) -> list[str]:
    if isinstance(value, dict):
        skipped = ("source", "attachments", "flags")
        return [t for k, v in value.items() if k not in skipped for t in texts(v)]
    if isinstance(value, list):
        return [t for v in value for t in texts(v)]
    return [str(value)] if value not in (None, "") else []


def agrees(desk: Desk) -> None:
    """Lists, searches and problems through the index, and the index itself, against the files."""
    found, broken = scanned(desk)
    assert {p.place.path for p in desk.index.problems if p.place} == broken
    for text in FILTERS:
        bound = bind(from_words(text), date(2026, 11, 23), "root")
        expected = [t.id for t in found.values() if holds(bound, facts(t, desk.config))]
        listed = [row.id for row in desk.index.select(bound)]
        assert sorted(listed) == sorted(expected), text
        assert listed == sorted(listed, key=number)
    for row in desk.index.select(Every()):
        assert json.dumps(row.header) == json.dumps(found[row.id].header)
        assert row.path == str(desk.root / found[row.id].doc.path)
    for word in (*WORDS, "cu gra", "boleto nada", "nota"):
        parts = fold(word).split()
        expected = [
            t.id
            for t in found.values()
            if all(any(w.startswith(p) for w in words_of(t)) for p in parts)
        ]
        assert sorted(i for i, _ in desk.index.search(word, 10_000)) == sorted(expected), word
    rebuilt(desk)


def rebuilt(desk: Desk) -> None:
    held = dump(desk.index)
    beside = desk.root.parent / "beside"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(desk.root / ".deskcli", beside)
    assert not desk.index.file.in_memory
    desk.index.rebuild()
    fresh = dump(desk.index)
    for table, rows in fresh.items():
        assert held[table] == rows, f"{table}: {differing(held[table], rows)}"
    shutil.rmtree(desk.root / ".deskcli")  # go on with the one that has a past
    shutil.copytree(beside, desk.root / ".deskcli")
    del desk.__dict__["index"]


# -- a random walk --------------------------------------------------------------------------------


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
                self.desk.index.note([self.desk.root / t.doc.path for t in done])
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
                self.desk.index.note([self.desk.root / t.doc.path for t in done])

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


@pytest.mark.parametrize("seed", range(24 if FULL else 6))
def test_after_any_steps(seed: int, empty_desk: Path, tmp_path: Path) -> None:
    walk = Walk(Desk(copy_of(empty_desk, tmp_path / "desk")), seed)
    for _ in range(4):
        walk.create()
    try:
        for _ in range(200 if FULL else 60):
            for _ in range(walk.chance.randrange(1, 4)):
                walk.step()
            walk.desk.index.refresh(full=walk.old_edits)
            walk.old_edits = False
            agrees(walk.desk)
    except Exception as error:
        raise AssertionError(f"seed {seed}, after {' '.join(walk.told)}") from error


# -- the stated bound, and damage of every page ---------------------------------------------------


def test_old_and_closed_edited_in_place_is_found_within_five_minutes(
    empty_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = copy_of(empty_desk, tmp_path / "desk")
    for month in MONTHS:
        done(desk, "--at", f"{month.replace('/', '-')}-03T10:00", "create", *ASKED)
    done(desk, "resolve", "1,2,3,4", "-m", "ok")
    settle = time.time_ns() - 10**10
    for path in [*desk.glob("tickets/*/*"), *desk.glob("tickets/*/*/*.yaml")]:
        os.utime(path, ns=(settle, settle))
    monkeypatch.setattr("deskcli.indexlook.RACY_NS", 0)
    done(desk, "list", "-a")
    for path in desk.glob("tickets/*/*/*.yaml"):
        path.write_text(re.sub("(?m)^title: .*$", "title: Achada", path.read_text()))
    at_once = done(desk, "list", "-a", "achada", "--format", "ids").out.split()
    assert set(at_once) >= {"ESP-3", "ESP-4"}, "the two newest months are looked at, always"
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert len(done(desk, "list", "-a", "achada", "--format", "ids").out.split()) == 4


def test_an_edit_in_the_same_tick_is_seen(
    empty_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system that knows only seconds, and tells nothing else of a change."""

    def coarse(self: Look, name: str) -> str | None:
        path = self.store.root / name
        if not path.exists():
            return None
        return f"{path.stat().st_size} {path.stat().st_mtime_ns // 10**9 * 10**9} 0 0"

    monkeypatch.setattr(Look, "_state", coarse)
    desk = Desk(copy_of(empty_desk, tmp_path / "desk"))
    walk = Walk(desk, 1)
    path = walk.create()
    for word in ("aaaa", "bbbb", "cccc", "dddd"):
        path.write_text(re.sub("(?m)^title: .*$", f"title: {word}", path.read_text()))
        desk.index.refresh()
        assert [row.header["title"] for row in desk.index.select(Every())] == [word]


def test_damage_anywhere_never_shows(small_desk: Path, tmp_path: Path) -> None:
    """Each page in turn replaced by noise: lists and searches answer as before, or the same."""
    desk = copy_of(small_desk, tmp_path / "desk")
    path = desk / ".deskcli/index.sqlite"
    asked = [["list", "-a", "--json"], ["search", "cuba", "--json"], ["today", "--all", "--json"]]
    expected = [done(desk, *args).out for args in asked]
    whole = path.read_bytes()
    chance = random.Random(1)
    for at in range(0, len(whole), 4096):
        for args, out in zip(asked, expected, strict=True):
            path.write_bytes(whole[:at] + chance.randbytes(4096) + whole[at + 4096 :])
            found = run(desk, *args)
            assert (found.code, found.out, found.err.count(TRACEBACK)) == (0, out, 0), (at, args)


@pytest.mark.parametrize(
    "words", ['""', '"', "", "*", "cuba*", "NEAR(", "a OR b", "(", "-", "^", "body:cuba"]
)
def test_search_takes_words_as_they_are(words: str, small_desk: Path) -> None:
    found = run(small_desk, "search", words)
    assert found.code in (0, 5) and TRACEBACK not in found.err, found


def test_a_filter_too_long_for_sqlite(small_desk: Path) -> None:
    for many in (["cuba"] * 3000, [f"id:{','.join(f'ESP-{n}' for n in range(40_000))}"]):
        found = run(small_desk, "list", *many)
        assert TRACEBACK not in found.err, found.err[-300:]


# -- memory = SQL ---------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(
        ["", "novo", "Novo", "resolvido", "2026-11-24", "2026-11-24T10:00", "cuba pia"]
    ),
    st.text(st.sampled_from("aAçÇ 'ñ\"\\%_*ß\n👍é\u0301ŉİ-–:.2026{}[]$"), max_size=8),
)
SCALARS = st.one_of(TEXTS, st.none())
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)
COLUMN = ["status", "assignee", "category", "due"]
FREE = ["tags", "title", "team", "requester", "fields.product", "requester.email", "fields.ção"]
DERIVED = ["id", "state", "open", "updated", "text", "macros"]
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(COLUMN, SCALARS),
        **dict.fromkeys(("tags", "title", "team"), VALUES),
        "requester": st.dictionaries(st.sampled_from(["email", "name"]), VALUES) | VALUES,
        "fields": st.dictionaries(st.sampled_from(["product", "ção", "x"]), VALUES),
    },
)


def conditions() -> st.SearchStrategy[Condition]:
    values = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
    ops = st.sampled_from(["in", "contains", "before", "until", "on", "from", "after"])
    path = st.sampled_from([*COLUMN, *FREE, *DERIVED, "fields.none.deeper", "requester.name"])
    test = st.builds(Asked, path, ops, values) | st.builds(Asked, path, st.just("absent"))
    test |= st.builds(Asked, path, st.just("in"), st.just(()))
    return st.recursive(
        test,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(Every, st.lists(inner, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


def events(macros: list[str]) -> tuple[Event, ...]:
    at = "2026-11-23T10:00:00-03:00"
    opened = Event("E1", 1, at, "ana", "opened")
    applied = [
        Event(f"M{n}", n + 2, at, "ana", "applied", data={"macro": m}) for n, m in enumerate(macros)
    ]
    return (opened, *applied)


@pytest.fixture(scope="module")
def index(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    found: Index = Desk(copy_of(empty_desk, tmp_path_factory.mktemp("law") / "desk")).index
    return found


@settings(
    max_examples=3000 if FULL else 250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    header=HEADERS,
    macros=st.lists(st.sampled_from(["niver", "cadastro", "ação"]), max_size=2),
    asked=st.lists(conditions(), min_size=1, max_size=12),
)
def test_a_filter_answers_alike_in_memory_and_in_sql(
    index: Index, header: dict[str, Value], macros: list[str], asked: list[Condition]
) -> None:
    ticket = Ticket({"id": "ESP-1", **header}, events(macros), Document("tickets/x/ESP-1.yaml", ""))
    index.file.db.execute("DELETE FROM ticket")
    index.file.db.execute("DELETE FROM words")
    index.look._ticket_row(ticket, ticket.doc.path)
    known = facts(ticket, index.config)
    for condition in asked:
        assert bool(index.select(condition)) == holds(condition, known), condition


@pytest.mark.parametrize("key", ["a.b", 'a"b', "a\\b"])
def test_keys_that_people_invent(index: Index, key: str) -> None:
    """From a view or a rule, whose YAML may name any key."""
    ticket = Ticket(
        {"id": "ESP-1", "x": {key: "sim"}}, events([]), Document("tickets/x/ESP-1.yaml", "")
    )
    index.file.db.execute("DELETE FROM ticket")
    index.file.db.execute("DELETE FROM words")
    index.look._ticket_row(ticket, ticket.doc.path)
    condition = Asked("x." + key.replace(".", "\\."), "in", ("sim",))
    assert holds(condition, facts(ticket, index.config))
    assert index.select(condition)


@pytest.mark.parametrize("op", ["contains", "before"])
def test_a_test_of_no_values(index: Index, op: str) -> None:
    """`{title: {contains: []}}` in a view."""
    assert index.select(Asked("title", op, ())) == []


# -- broken files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [["list"], ["search", "cuba"], ["today", "--all"], ["reindex"]])
def test_a_broken_file_is_told_of_and_the_others_are_listed(
    args: list[str], small_desk: Path, tmp_path: Path
) -> None:
    desk = copy_of(small_desk, tmp_path / "desk")
    path = desk / "tickets/2026/11/ESP-2.yaml"
    path.write_text(path.read_text().replace("title:", "title: x\ntitle:", 1))
    for _ in range(2):  # the second time from the index
        found = run(desk, *args)
        assert found.code == 65, found
        assert "tickets/2026/11/ESP-2.yaml:3:1: " in found.err
        assert "ESP-1" in found.out or args == ["reindex"]
    done(desk, "annotate", "1", "os outros continuam")
    assert run(desk, "annotate", "2", "este não").code == 65


def test_an_id_twice_is_told_of_and_comes_right(small_desk: Path, tmp_path: Path) -> None:
    """A copy in another month: the newest counts, the other is a problem until one is gone."""
    desk = copy_of(small_desk, tmp_path / "desk")
    copy = desk / "tickets/2026/10/ESP-1.yaml"
    copy.parent.mkdir()
    shutil.copy(desk / "tickets/2026/11/ESP-1.yaml", copy)
    for _ in range(2):
        found = run(desk, "list")
        assert found.code == 65 and "tickets/2026/10/ESP-1.yaml:1:1: " in found.err
        assert found.out.count("ESP-1") == 1
    (desk / "tickets/2026/11/ESP-1.yaml").unlink()
    found = run(desk, "list")
    assert found.code == 0 and found.out.count("ESP-1") == 1
    assert run(desk, "show", "1").code == 0


def test_a_copied_desk_reads_its_own_files(small_desk: Path, tmp_path: Path) -> None:
    """The index comes along with `cp -r`, and names files as seen from the desk."""
    desk = copy_of(small_desk, tmp_path / "elsewhere")
    done(desk, "annotate", "1", "só aqui")
    row = json.loads(done(desk, "list", "--json").out)["tickets"][0]
    assert row["path"] == str(desk / "tickets/2026/11/ESP-1.yaml")
    assert done(desk, "search", "aqui").out and not done(small_desk, "search", "aqui").out
