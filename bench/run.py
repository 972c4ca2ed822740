"""How fast deskcli is, beside its limits and its peers: see README.md.

python -m bench.run --desks DIR --sizes 1000,10000,100000 --json figures.json
"""

import argparse
import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
from multiprocessing import Process
from pathlib import Path

import deskcli
from bench import ours, peers, table
from bench.work import Results, machine, measure

EXPORTS = (ours.CLOSE, 1_000, 10_000)


def environment(desk: Path, home: Path) -> dict[str, str]:
    """What every measured process gets, and nothing of who runs it."""
    now = {"DESKCLI_DESK": str(desk), "DESKCLI_NOW": "2026-11-23T09:00-03:00"}
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **now}


def prepare(desks: Path, total: int) -> Path:
    """The generated desk of that size, and what there is to import; kept for the next time."""
    for rows in EXPORTS:
        _kept("export", desks / f"{rows}.csv", rows)
    return _kept("generate", desks / str(total), total)


def _kept(name: str, path: Path, count: int) -> Path:
    """Made aside, and in its place when it is whole: whoever breaks it off begins anew."""
    if not path.exists():
        made = path.with_name(f"{path.name}.new")
        shutil.rmtree(made, ignore_errors=True)
        _apart(name, made, count)
        made.rename(path)
    return path


def _apart(name: str, path: Path, count: int) -> None:
    """In a process of its own: a child's peak memory begins with that of its parent."""

    def work() -> None:
        from bench import generate

        if name == "generate":
            generate.generate(path, count, jobs=os.cpu_count() or 1)
        else:
            generate.export(path, count)

    child = Process(target=work)
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit(f"could not {name} {path.name}")


def one_size(desks: Path, total: int, given: argparse.Namespace) -> Results:
    """On a copy of the desk, whose files are links: the store never writes into a file."""
    source = prepare(desks, total)
    with tempfile.TemporaryDirectory(dir=desks) as scratch:
        desk, home = Path(scratch) / "desk", Path(scratch) / "home"
        subprocess.run(["cp", "-al", str(source), str(desk)], check=True)
        home.mkdir()
        exports = {rows: desks / f"{rows}.csv" for rows in EXPORTS}
        bench = ours.Bench(desk, total, exports, environment(desk, home), Path(scratch))
        tell(f"{total} tickets: a first look of each program")
        ours.restore(bench)
        works = [*ours.limits(bench, given.quick), *ours.works(bench, given.quick)]
        if not given.no_peers:
            works += peers.works(bench, given.quick, tell)
        return measure(works, given.runs, tell)


def tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=Path, default=Path("build/bench"))
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="without what takes long")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    given.desks.mkdir(parents=True, exist_ok=True)
    compileall.compile_dir(str(Path(deskcli.__file__).parent), quiet=1)  # as an installed one is
    totals = [int(size) for size in given.sizes.split(",")]
    sizes = {total: one_size(given.desks.resolve(), total, given) for total in totals}
    facts = machine(given.desks)
    for line in (" · ".join(map(str, facts.values())), "", *table.lines(sizes)):
        sys.stdout.write(f"{line}\n")
    if given.json:
        given.json.write_text(json.dumps(table.as_json(facts, sizes), indent=1) + "\n")


if __name__ == "__main__":
    main()
