"""Realistic desks of any size, the same for the same seed.

    python -m bench.generate DIR --tickets 100000 --jobs 2

A desk has 50 people and five years of months; a fifth of its tickets is open, the young ones most
of all; each has 4 to 8 events, 2 to 3 KB, and an answer within the day. All is as of `NOW`, when
some are due that day, some are late, and no rule of the desk has anything left to do. The tickets
are written by the store itself, each made durable: only who decides on them is not the program.
"""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from bench import texts
from deskcli.cli.init import make
from deskcli.desk import Desk
from deskcli.store import Store
from deskcli.ticket import Change, Event, Ticket

ZONE = timezone(timedelta(hours=-3))
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)  # a Monday
FIRST_DAY = datetime(2021, 12, 1, tzinfo=ZONE)
PEOPLE = 50
PACK, PREFIX = "esplane", "ESP"
CATEGORIES = ("orcamento_esplane", "orcamento_vcc", "duvida_produto")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Sort(NamedTuple):
    """What there is of a desk of `total` tickets, by `seed`."""

    total: int
    seed: int
    people: tuple[str, ...]


# -- one ticket -----------------------------------------------------------------------------------


def opened_at(sort: Sort, number: int) -> datetime:
    """They come evenly over the years, in opening hours; the last one came last Friday."""
    chance = Random(f"{sort.seed} opened {number}")
    days = (NOW - FIRST_DAY).days - 3
    day = FIRST_DAY + timedelta(days=days * (number - 1) // sort.total)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return day + timedelta(hours=8, seconds=(number * 7919) % 32_000 + chance.randrange(60))


def is_open(sort: Sort, number: int) -> bool:
    """A fifth of all: nearly every young one, and ever fewer of the old."""
    age = 1 - number / sort.total
    likely = 0.9 if age < 0.12 else 0.2376 * (1 - age)
    return Random(f"{sort.seed} open {number}").random() < likely


def ticket(sort: Sort, number: int) -> Change:
    """The whole life of a ticket so far, as one change."""
    chance = Random(f"{sort.seed} ticket {number}")
    customer = Random(f"{sort.seed} customer {chance.randrange(max(1, sort.total // 3))}")
    name, mail, phone = texts.person(customer)
    teller = texts.Teller(chance, name)
    category, owner = chance.choice(CATEGORIES), chance.choice(sort.people)
    header = {
        "title": f"{teller.known['product']} – {name}",
        "form": "orcamentos-atendimento",
        "category": category,
        "status": "novo",
        "requester": {"name": name, "email": mail, "phone": phone},
        "fields": {"reason": "orcamento_pendente", "product": teller.known["product"]},
        "tags": ["atendimento_inicializado"],
    }
    why = [{"step": "rota:orcamentos", "result": owner}]
    acts: list[dict[str, Any]] = [
        {"did": "opened", "by": owner, "sets": header, "text": teller.wish()},
        {"did": "routed", "by": "deskcli", "sets": {"assignee": owner}, "why": why},
        {"did": "replied", "by": owner, "text": teller.one(texts.ANSWERS), "data": _sent(mail)},
    ]
    for _ in range(chance.randrange(0, 4)):
        acts += [{"did": "noted", "by": owner, "text": teller.some(texts.NOTES, 2)}]
    if is_open(sort, number):
        acts.append(_promise(chance, owner, teller))
    else:
        ending = {"did": "resolved", "by": owner, "sets": {"status": "resolvido"}}
        acts.append({**ending, "text": teller.one(texts.ENDINGS)})
    if chance.random() < 0.5:
        acts.append({"did": "noted", "by": owner, "text": teller.one(texts.NOTES)})
    return Change(Ticket({}), tuple(_events(chance, opened_at(sort, number), acts)))


def _sent(mail: str) -> dict[str, Any]:
    return {"to": {"channel": "email", "address": mail}, "subject": "Seu pedido"}


def _promise(chance: Random, owner: str, teller: texts.Teller) -> dict[str, Any]:
    """Of the open ones 2 in 100 are late, 1 in 200 is due today, the rest some day."""
    lot = chance.random()
    days = -chance.randrange(1, 9) if lot < 0.02 else chance.randrange(1, 60)
    due = NOW.date() + timedelta(days=0 if lot > 0.995 else days)
    said = {"sets": {"due": due.isoformat()}, "text": teller.one(texts.NOTES)}
    return {"did": "promised", "by": owner, **said}


def _events(chance: Random, at: datetime, acts: Sequence[dict[str, Any]]) -> Iterator[Event]:
    """The acts one after another, some hours apart, and none in the future."""
    for clk, act in enumerate(acts, 1):
        yield Event(_ulid(chance, at), clk, at.isoformat(), via="cli", **act)
        at = min(at + timedelta(seconds=chance.randrange(60, 7200)), NOW - timedelta(hours=1))


def _ulid(chance: Random, at: datetime) -> str:
    known = (int(at.timestamp() * 1000) << 80) | chance.getrandbits(80)
    return "".join(_ALPHABET[(known >> shift) & 31] for shift in range(125, -1, -5))


# -- a desk ---------------------------------------------------------------------------------------


def generate(root: Path, total: int, seed: int = 1, jobs: int = 1) -> Path:
    """A new desk at `root`, which must not be there. Each job writes a part of the numbers, in a
    folder of its own with a counter of its own; the parts are then moved together.
    """
    make(root, PACK)
    _hire(root / "people.yaml")
    sort = Sort(total, seed, tuple(Desk(root).config.people))
    months = [[*run] for _, run in groupby(range(1, total + 1), lambda n: _month(sort, n))]
    parts = [months[k::jobs] for k in range(min(jobs, len(months)))]
    # spawned: a fork would have the threads' locks and the signal handlers of whoever calls us
    with ProcessPoolExecutor(jobs, get_context("spawn")) as processes:
        for part in processes.map(partial(_write_part, root, sort), parts):
            for month in sorted(part.glob("tickets/*/*")):
                to = root / month.relative_to(part)
                to.parent.mkdir(parents=True, exist_ok=True)
                month.rename(to)
            shutil.rmtree(part)
    (root / ".deskcli" / f"counter-{PREFIX}").write_text(f"{total}\n")
    return root


def _month(sort: Sort, number: int) -> str:
    return f"{opened_at(sort, number):%Y/%m}"


def _write_part(root: Path, sort: Sort, months: Sequence[Sequence[int]]) -> Path:
    part = root / f".part-{months[0][0]}"
    store = Store(part, PREFIX)
    for numbers in months:
        (part / ".deskcli").mkdir(parents=True, exist_ok=True)
        (part / ".deskcli" / f"counter-{PREFIX}").write_text(f"{numbers[0] - 1}\n")
        with store.lock():
            store.commit([ticket(sort, n) for n in numbers], _month(sort, numbers[0]))
    return part


def _hire(path: Path) -> None:
    """The pack's people, and as many more as make 50."""
    text = path.read_text()
    chance = Random("people")
    new = "".join(
        f"- {{id: pessoa-{n}, name: '{texts.person(chance)[0]} {n}', roles: [vendedor]}}\n"
        for n in range(text.count("\n- id:") + 1, PEOPLE + 1)
    )
    path.write_text(text.replace("\npeople:\n", f"\npeople:\n{new}", 1))


def export(path: Path, rows: int, seed: int = 1) -> Path:
    """A spreadsheet's CSV of that many submissions of this morning, for the map `generic`."""
    head = "Data/hora;Nome;E-mail;Telefone;Marca;Categoria Assunto;Produto;Mensagem"
    lines = [head]
    for row in range(rows):
        chance = Random(f"{seed} row {row}")
        name, mail, phone = texts.person(chance)
        teller = texts.Teller(chance, name)
        at, text = f"23/11/2026 08:{row % 60:02}", teller.wish().replace('"', "")
        asked = ("VCC", "Orçamento VCC", teller.known["product"])
        lines.append(";".join((at, name, mail, phone, *asked, f'"{text}"')))
    path.write_text("\n".join(lines) + "\n")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("desk", type=Path, help="a folder that is not there yet")
    parser.add_argument("--tickets", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes that write at once")
    given = parser.parse_args()
    if given.desk.exists():
        parser.error(f"{given.desk} is there already")
    generate(given.desk, given.tickets, given.seed, given.jobs)


if __name__ == "__main__":
    main()
