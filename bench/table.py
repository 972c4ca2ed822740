"""Results as a table with ratios, and the targets with what was reached.

python -m bench.table figures.json    # the medians in short, as README.md has them
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bench.work import Results, Took

BARE = "import typer, yaml"
ONE = ("create one", "annotate one", "resolve one", "show one")
LIMITS = (
    *(BARE, "python -c pass", "one SQLite query", "stat all files", "write durably"),
    "yaml.load all",
)
MEMORY = 100 * 1024  # KiB
Sizes = Mapping[int, Results]


class Target(NamedTuple):
    """What was to be reached: a figure that is not to be above `most`; None where it could not be
    measured (no such peer here, no such size in this run).
    """

    what: str
    figure: float | None
    most: float

    @property
    def verdict(self) -> str:
        if self.figure is None:
            return "not measured"
        return "reached" if self.figure <= self.most else "not reached"


def lines(sizes: Sizes) -> Iterator[str]:
    """A block for each size: what, by whom, the median, its range, memory, and the ratios: to the
    bare imports, and of deskcli to each that does the same.
    """
    head = ("what", "who", "median", "fastest", "slowest", "runs", "MB", "x bare", "deskcli is")
    for total, results in sorted(sizes.items()):
        rows = [head, *_rows(results)]
        widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
        yield f"{total} tickets"
        for row in rows:
            cells = [
                cell.ljust(w) if n < 2 else cell.rjust(w)
                for n, (cell, w) in enumerate(zip(row, widths, strict=True))
            ]
            yield "  " + "  ".join(cells).rstrip()
        yield ""
    for target in targets(sizes):
        figure = "" if target.figure is None else f"{target.figure:.2f} "
        yield f"{target.verdict:>12}  {target.what}: {figure}(at most {target.most:g})"


def _rows(results: Results) -> Iterator[tuple[str, ...]]:
    bare = _median(results, "start-up", BARE)
    for what, by in results.items():
        ours = by.get("deskcli")
        for who in sorted(by, key=lambda name: (name != "deskcli", name not in LIMITS, name)):
            took = by[who]
            times = f"{took.median / bare:.2f}" if bare else ""
            beside = f"{ours.median / took.median:.2f} x" if ours and who != "deskcli" else ""
            spread = (_time(took.median), _time(min(took.seconds)), _time(max(took.seconds)))
            memory = f"{took.peak / 1024:.0f}"
            yield (what, who, *spread, str(len(took.seconds)), memory, times, beside)


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 10 else f"{seconds:.1f} s"


def _median(results: Results, what: str, who: str = "deskcli") -> float | None:
    took = results.get(what, {}).get(who)
    return took.median if took else None


def _ratio(over: float | None, under: float | None) -> float | None:
    return over / under if over is not None and under else None


# -- targets --------------------------------------------------------------------------------------


def targets(sizes: Sizes) -> list[Target]:
    """Those of a desk of the largest size measured, against the smallest."""
    small, large = sizes[min(sizes)], sizes[max(sizes)]
    bare = _median(large, "start-up", BARE)
    grown = small if len(sizes) > 1 else {}
    found = []
    for what in ONE:
        took = _median(large, what)
        found.append(
            Target(f"{what}, x its time on {min(sizes)}", _ratio(took, _median(grown, what)), 1.15)
        )
        found.append(Target(f"{what}, x bare imports", _ratio(took, bare), 1.6))
    due, due_json = "list due or late", "list due or late, JSON"
    found.append(_beside(large, due, "Taskwarrior", 0.1))
    found.append(Target(f"{due_json}, x bare imports", _ratio(_median(large, due_json), bare), 2))
    idle = "sweep, nothing to do"
    found.append(Target(f"{idle}, x bare imports", _ratio(_median(large, idle), bare), 3))
    for what in (name for name in large if name.startswith("import ")):
        found.append(_beside(large, what, "write durably", 2))
        found.append(_beside(large, what, "Taskwarrior", 1))
    found.append(_beside(large, "rebuild the index", "yaml.load all", 0.2))
    return [*found, *_memory(large)]


def _beside(results: Results, what: str, who: str, most: float) -> Target:
    figure = _ratio(_median(results, what), _median(results, what, who))
    return Target(f"{what}, x {who}", figure, most)


def _memory(results: Results) -> Iterator[Target]:
    for what, by in results.items():
        if what.startswith(("list", "sweep", "import")) and "deskcli" in by:
            yield Target(f"{what}, MB", by["deskcli"].peak / 1024, MEMORY / 1024)


def as_json(facts: Mapping[str, Any], sizes: Sizes) -> dict[str, Any]:
    """The same for programs; seconds of every run, so that others can judge the noise."""
    return {
        "machine": dict(facts),
        "sizes": {
            str(total): {what: {who: _packed(t) for who, t in by.items()} for what, by in r.items()}
            for total, r in sizes.items()
        },
        "targets": [{**t._asdict(), "verdict": t.verdict} for t in targets(sizes)],
    }


def _packed(took: Took) -> dict[str, Any]:
    return {"median": took.median, "seconds": took.seconds, "peak_kib": took.peak}


# -- in short -------------------------------------------------------------------------------------


def summary(told: Mapping[str, Any]) -> Iterator[str]:
    """Of what `as_json` tells, as lines of Markdown: the medians of deskcli on each desk, of its
    limit and the others on the largest, and the targets.
    """
    sizes = sorted(told["sizes"].items(), key=lambda size: int(size[0]))
    _, large = sizes[-1]
    others = sorted({who for by in large.values() for who in by} - {"deskcli", *LIMITS})
    desks = [f"{int(total):,}" for total, _ in sizes]
    yield from _line("", *desks, "MB", "x bare", "limit", *others, align=True)
    bare = large["start-up"][BARE]["median"]
    for what, by in large.items():
        if took := by.get("deskcli"):
            ours = [_brief(size.get(what, {}).get("deskcli")) for _, size in sizes]
            limit = next((_brief(by[who]) for who in LIMITS if who in by), "")
            more = (f"{took['peak_kib'] / 1024:.0f}", f"{took['median'] / bare:.2f}", limit)
            yield from _line(what, *ours, *more, *(_brief(by.get(who)) for who in others))
    yield ""
    yield from _line("target", "figure", "at most", "", align=True)
    for target in told["targets"]:
        figure = "" if target["figure"] is None else f"{target['figure']:.2f}"
        yield from _line(target["what"], figure, f"{target['most']:g}", target["verdict"])


def _line(*cells: str, align: bool = False) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"
    if align:
        yield "|---" + "|--:" * (len(cells) - 1) + "|"


def _brief(took: Mapping[str, Any] | None) -> str:
    if not took:
        return ""
    seconds = took["median"]
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


if __name__ == "__main__":
    for line in summary(json.loads(Path(sys.argv[1]).read_text())):
        sys.stdout.write(f"{line}\n")
