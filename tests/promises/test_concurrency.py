"""Many writers at once: nothing lost, no number twice, every event once, the index still true."""

import contextlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskcli.act import annotate, due, set_values
from deskcli.desk import Desk
from deskcli.intake import open_ticket
from deskcli.move import reopen, resolve
from deskcli.scene import Scene
from deskcli.store import Store
from deskcli.ticket import Change, Event, Ticket
from deskcli.ticketfile import changed
from deskcli.yamltext import Document
from promises.desks import ASKED, FULL, copy_of, index_is_true, tickets
from promises.proof import Fault, Tell, found_as, promise
from promises.workers import Job, Outcome, Typed, at_once

Act = Callable[[Scene, Ticket], Change]


@pytest.fixture
def desk(small_desk: Path, tmp_path: Path) -> Path:
    return copy_of(small_desk, tmp_path / "desk")


# -- faults ---------------------------------------------------------------------------------------


@found_as("lost or doubled")
def no_lock(planted: pytest.MonkeyPatch) -> None:
    """Everybody writes when they like, in a program that notices nothing of it."""

    @contextlib.contextmanager
    def lock(self: Store, seconds: float = 0) -> Iterator[None]:
        self._locked = True
        yield
        self._locked = False

    planned = Store._planned

    def blind(self: Store, change: Change, month: str, new: Iterator[int]) -> tuple[Document, bool]:
        return planned(self, change, month, new) if change.is_new else (changed(change), False)

    def place(self: Store, temp: Path, path: Path, is_new: bool) -> None:
        self._make(path.parent)
        temp.rename(path)

    for name, faulty in (
        ("lock", lock),
        ("_clean", lambda self: None),
        ("_taken", lambda self, number: False),
        ("_planned", blind),
        ("_place", place),
    ):
        planted.setattr(Store, name, faulty)


def typing(planted: Fault | None, *commands: list[str]) -> Typed:
    """Of the people beside the workers; with a fault there are none, since their program has none:
    what it clears away and finds would make the workers fail.
    """
    return Typed([*commands], people=0 if planted else 4)


# -- creates --------------------------------------------------------------------------------------


def one_create(desk: Desk, token: str) -> None:
    values = {
        "category": "orcamento_vcc",
        "requester.name": f"Cliente {token}",
        "requester.email": f"{token}@example.com",
        "description": f"pedido {token}",
    }
    with desk.writing():
        made = open_ticket(desk.scene(), values)
        assert made.change, made.problems
        desk.commit([made.change])


@promise("no ticket is lost or doubled", no_lock)
def test_no_ticket_is_lost_or_doubled(planted: Fault | None, desk: Path, tell: Tell) -> None:
    workers, times = (16, 625) if FULL and not planted else (8, 25)
    before = tickets(desk)
    asked = [w.replace("ana@", "TOKEN@") for w in ASKED]
    typed = typing(planted, ["create", *asked, "-m", "pedido TOKEN"])
    outcome = at_once(desk, [Job("c", one_create, workers, times)], typed)
    after = tickets(desk)  # which asserts that no number and no event is there twice
    assert len(outcome.tokens) == workers * times + typed.people * typed.times
    fresh = [t for name, t in after.items() if name not in before]
    told = Counter(t.text("title").split()[-1] for t in fresh)
    assert told == Counter(outcome.tokens), "lost or doubled"
    assert {int(name[4:]) for name in after} == set(range(1, len(after) + 1)), "a gap"
    for name, ticket in before.items():
        assert after[name].doc.text == ticket.doc.text
    index_is_true(desk)
    tells(tell, outcome, workers, creates=len(fresh))


# -- updates --------------------------------------------------------------------------------------


def one_update(desk: Desk, token: str) -> None:
    """A note, a value, a date or another status, each with the token in it, on one of three."""
    worker, n = (int(part) for part in token[1:].split("x"))
    day = (date(2027, 1, 1) + timedelta(days=worker * 1000 + n)).isoformat()
    acts: list[Act] = [
        lambda scene, ticket: annotate(scene, ticket, f"nota {token}"),
        lambda scene, ticket: set_values(scene, ticket, {"product": f"produto {token}"}),
        lambda scene, ticket: due(scene, ticket, day, f"prometido {token}"),
        lambda scene, ticket: (resolve if is_open(ticket) else reopen)(
            scene, ticket, f"nota {token}"
        ),
    ]
    with desk.writing():
        ticket = desk.store.get(str(1 + (n + worker) % 3))
        act = acts[n % 4 if is_open(ticket) else 3]
        desk.commit([act(desk.scene(), ticket)])


def is_open(ticket: Ticket) -> bool:
    return ticket.text("status") != "resolvido"


def one_look(desk: Desk, token: str) -> None:
    """As `list` does: no lock is taken, and nothing is found broken."""
    fresh = Desk(desk.root)
    fresh.index.refresh()
    assert not fresh.index.problems
    fresh.index.file.db.close()


def one_loss(desk: Desk, token: str) -> None:
    """Somebody deletes the index, which everybody may."""
    for path in (desk.root / ".deskcli").glob("index*"):
        path.unlink(missing_ok=True)


TOKEN = re.compile(r"\b[wp]\d+x\d+\b")


def token_of(event: Event) -> str:
    """The token that an event bears, '' for those of the desk we began with."""
    found = TOKEN.search(f"{event.text} {event.sets.get('fields.product', '')}")
    return found[0] if found else ""


@promise("no update is lost", no_lock)
def test_no_update_is_lost(planted: Fault | None, desk: Path, tell: Tell) -> None:
    """Beside them readers, and others who delete the index all the while."""
    workers, times = (16, 200) if FULL and not planted else (8, 15)
    before = tickets(desk)
    notes = ["annotate", "1", "nota TOKEN"], ["annotate", "ESP-2", "outra TOKEN"]
    typed = typing(planted, *notes)
    crew = [Job("w", one_update, workers, times), Job("r", one_look, 2, times)]
    outcome = at_once(desk, [*crew, Job("d", one_loss, 1, times)], typed)
    after = tickets(desk)
    assert after.keys() == before.keys()
    expected = [*outcome.of("w"), *outcome.of("p")]
    assert len(expected) == workers * times + typed.people * typed.times
    told: list[str] = []
    for name, ticket in after.items():
        old = before[name].history
        assert ticket.history[: len(old)] == old, f"{name}: another past"
        told += [token_of(event) for event in ticket.history[len(old) :]]
    assert Counter(told) == Counter(expected), "lost or doubled"
    index_is_true(desk)
    tells(tell, outcome, workers, updates=len(told), looks=2 * times, index_deletions=times)


def tells(tell: Tell, outcome: Outcome, workers: int, **figures: Any) -> None:
    tell(
        processes=workers,
        **figures,
        each_second=round(len(outcome.tokens) / outcome.seconds),
        told_busy=outcome.busy,
        longest_wait_s=outcome.longest,
    )


# -- from cron ------------------------------------------------------------------------------------

HEAD = "Nome;E-mail;Telefone;Marca;Categoria Assunto;Produto;Mensagem"


def test_imports_and_sweeps_may_run_at_once(desk: Path) -> None:
    """A submission makes one ticket, and a rule fires once, however many crons there are."""
    rows = (f"Pessoa {n};p{n}@example.com;;VCC;Orçamento VCC;Cuba;Pedido {n}" for n in range(60))
    (desk / "rows.csv").write_text("\n".join([HEAD, *rows]) + "\n")
    before = tickets(desk)
    together(desk, "--as", "joao", "import", str(desk / "rows.csv"), "--map", "generic")
    after = tickets(desk)
    mails = [t.text("requester.email") for name, t in after.items() if name not in before]
    assert sorted(mails) == sorted(f"p{n}@example.com" for n in range(60))
    evening = "2026-11-23T20:00-03:00"  # the desk has closed, and nobody has answered them
    together(desk, "--at", evening, "--as", "joao", "sweep", "--limit", "999")
    fired = {
        name: Counter(e.data["rule"] for e in ticket.history if e.data.get("rule"))
        for name, ticket in tickets(desk).items()
    }
    assert all(fired[name] for name in after if name not in before), fired
    assert all(count == 1 for rules in fired.values() for count in rules.values()), fired
    index_is_true(desk)


def together(desk: Path, *args: str) -> None:
    """The same command by four processes, each of which has to come to its end."""
    line = [sys.executable, "-m", "deskcli", "--desk", str(desk), "--no-input", *args]
    running = [
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "1234"
    ]
    ends = [(process.communicate(), process.returncode) for process in running]
    assert not [end for end in ends if end[1]], ends
