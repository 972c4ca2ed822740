"""What is measured of deskcli on a generated desk, and the limits beside it."""

import shutil
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.table import BARE
from bench.work import Work, once, output

DUE = "open:true due:<=2026-11-23"
EVENING = "2026-11-23T20:00-03:00"  # when the desk has closed, and what came today is unanswered
TEXT = "Márcia Leitão"
WORDS = "desnível Márcia Leitão"
WRITER = "joao"  # somebody of the pack
CLOSE = 500  # changes of the busy sweep
UNSURE = """import sys; from pathlib import Path; from deskcli.desk import Desk
file = Desk(Path(sys.argv[1])).index.file
file.write(lambda: file.db.execute("UPDATE meta SET full_at = 0"))"""
IMPORTED = 2_000  # bytes of a ticket that an import makes
SAMPLE = 10_000  # files that yaml.load is measured on, of a larger desk


class Bench(NamedTuple):
    """A desk to work on: how many tickets it was made with, what there is to import (by number of
    rows), and where scratch files may be.
    """

    desk: Path
    total: int
    exports: Mapping[int, Path]
    env: Mapping[str, str]
    scratch: Path

    def argv(self, *args: str) -> list[str]:
        program = Path(sys.executable).with_name("deskcli")
        return [str(program), "--no-input", "--as", WRITER, *args]

    def work(self, what: str, *args: str, who: str = "deskcli") -> Work:
        return Work(what, who, lambda _: self.argv(*args), self.env)

    def number(self, run: int) -> str:
        """Another ticket for each run, among the young ones."""
        return str(self.total - self.total // 100 - run)


def works(bench: Bench, quick: bool) -> list[Work]:
    """Everything, in an order that leaves the desk as the next one needs it. What most is compared
    with is run beside it, where the machine is as busy.
    """
    names = output(bench.argv("list", "--format", "ids"), bench.env).split()
    beside = _imports(bench)
    short = [beside, *_reads(bench), beside, *_writes(bench, names), beside]
    return [*short, *([] if quick else _long(bench))]


def _reads(bench: Bench) -> list[Work]:
    show = bench.number(0)
    return [
        bench.work("start-up", "--version"),
        bench.work("show one", "show", show),
        bench.work("list due or late", "list", DUE),
        bench.work("list due or late, JSON", "list", DUE, "--json"),
        bench.work("filter by text", "list", TEXT, "--json"),
        bench.work("full-text search", "search", WORDS, "--json"),
        bench.work("sweep, nothing to do", "sweep"),
        bench.work("list, all files looked at", "list", DUE)._replace(
            before=partial(_unsure, bench)
        ),
    ]


def _unsure(bench: Bench) -> None:
    """Five minutes are over: the next look is at every file (`indexlook`)."""
    once([sys.executable, "-c", UNSURE, str(bench.desk)], bench.env)


def _writes(bench: Bench, names: list[str]) -> list[Work]:
    """`names` are the open tickets, of which each run resolves another."""
    asked = ("-c", "orcamento_vcc", "--name", "Ana Prado", "--email", "ana@example.com")
    note = "Liguei e deixei recado; volto a ligar à tarde."
    make = bench.argv("create", *asked, "-m", "Preciso de uma cuba dupla para a cozinha.")
    return [
        Work("create one", "deskcli", lambda _: make, bench.env),
        Work("annotate one", "deskcli", lambda n: _on(bench, "annotate", n, note), bench.env),
        Work("resolve one", "deskcli", lambda n: bench.argv("resolve", names[-1 - n]), bench.env),
    ]


def _on(bench: Bench, command: str, run: int, *args: str) -> list[str]:
    return bench.argv(command, bench.number(run), *args)


def _long(bench: Bench) -> list[Work]:
    """What takes longer, and is taken back afterwards."""
    back, busy = partial(restore, bench), bench.argv("--at", EVENING, "sweep", "--limit", "9999")
    made = [
        Work(
            f"sweep, {CLOSE} changes",
            *("deskcli", lambda _: busy, bench.env),
            *(lambda: _run(bench, *_import(bench, CLOSE)), back),
        )
    ]
    for rows in (n for n in bench.exports if n != CLOSE):
        argv = bench.argv(*_import(bench, rows))
        made.append(_work_back(f"import {rows} rows", argv, bench, back))
    return [*made, bench.work("rebuild the index", "reindex")]


def _work_back(what: str, argv: list[str], bench: Bench, back: Callable[[], None]) -> Work:
    return Work(what, "deskcli", lambda _: argv, bench.env, after=back)


def _import(bench: Bench, rows: int) -> tuple[str, ...]:
    return ("import", str(bench.exports[rows]), "--map", "generic")


def _run(bench: Bench, *args: str) -> None:
    once(bench.argv(*args), bench.env)


def restore(bench: Bench) -> None:
    """Without the tickets that were added, and with an index that knows it."""
    for path in bench.desk.glob("tickets/2026/11/*.yaml"):
        if int(path.stem.rpartition("-")[2]) > bench.total:
            path.unlink()
    (bench.desk / ".deskcli" / "counter-ESP").write_text(f"{bench.total}\n")
    _run(bench, "list", "--format", "ids")


# -- limits ---------------------------------------------------------------------------------------


def limits(bench: Bench, quick: bool) -> list[Work]:
    """The bare interpreter, bare imports, and the bare work of lists, imports and rebuilds."""
    desk, count = str(bench.desk), min(bench.total, SAMPLE)
    folder = bench.scratch / "written"
    bare = [
        _python(bench, "start-up", "python -c pass", "-c", "pass"),
        _imports(bench),
        _bare(bench, "list due or late, JSON", "one SQLite query", "query", desk),
        _bare(bench, "list, all files looked at", "stat all files", "stat", desk),
    ]
    if quick:
        return bare
    for rows in (n for n in bench.exports if n != CLOSE):
        work = _bare(bench, f"import {rows} rows", "write durably", "write", folder, rows, IMPORTED)
        bare.append(work._replace(before=partial(_emptied, folder)))
    load = _bare(bench, "rebuild the index", "yaml.load all", "load", desk, count)
    return [*bare, load._replace(times=bench.total / count)]


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _imports(bench: Bench) -> Work:
    return _python(bench, "start-up", BARE, "-c", BARE)


def _bare(bench: Bench, what: str, who: str, *args: object) -> Work:
    return _python(bench, what, who, str(Path(__file__).with_name("limits.py")), *map(str, args))


def _python(bench: Bench, what: str, who: str, *args: str) -> Work:
    return Work(what, who, lambda _: [sys.executable, *args], bench.env)
