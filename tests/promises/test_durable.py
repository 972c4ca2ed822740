"""What a kill can not show, and a power cut would: the order of things on the disk."""

import json
import sys
from pathlib import Path

import pytest

import deskcli.store
from deskcli.durable import sync
from promises.desks import command, copy_of, forked
from promises.faults import Layer, die
from promises.kills import prepared, proof_of
from promises.proof import Fault, Tell, promise_of_each
from promises.writing import CASES, Case, DeskOf

DERIVED = frozenset(("schema --write",))  # what it writes can be written again at any time


def unsafe(trace: list[str]) -> list[str]:
    """Breaches of: written, then made durable, then put in place, then the folder made durable;
    and a new folder made durable in the one above.
    """
    steps = [line.split(" ") for line in trace]
    found = []
    for n, (call, *paths) in enumerate(steps):
        before, after = steps[:n], steps[n + 1 :]
        if call == "mkdir" and ["fsync", str(Path(paths[0]).parent)] not in after:
            found.append(f"folder not durable: {paths[0]}")
        if call not in ("rename", "link", "replace") or paths[1].startswith(".deskcli"):
            continue
        source, target = paths
        last_write = max(k for k, step in enumerate(before) if step[-1] == source)
        if before[last_write] != ["fsync", source]:
            found.append(f"content not durable: {target}")
        if ["fsync", str(Path(target).parent)] not in after:
            found.append(f"name not durable: {target}")
    return found


def never_flushes(planted: pytest.MonkeyPatch) -> None:
    planted.setattr(deskcli.store, "sync", lambda path: None)


def only_this_month_flushed(planted: pytest.MonkeyPatch) -> None:
    """Of the folders of what is changed."""
    planted.setattr(deskcli.store, "sync", lambda p: None if p.match("2026/10") else sync(p))


def folders_not_flushed(planted: pytest.MonkeyPatch) -> None:
    def makes(folder: Path, root: Path, shared: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)

    planted.setattr(deskcli.store, "make_folder", makes)


@promise_of_each(
    "what is told as done is durable",
    [case for case in CASES.values() if case.name not in DERIVED],
    {
        never_flushes: CASES["annotate"],
        only_this_month_flushed: CASES["annotate, two months"],
        folders_not_flushed: CASES["create, the first"],
    },
)
def test_durable_in_the_right_order(
    planted: Fault | None, case: Case, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    _, trace = proof_of(case, prepared(case, desk_of(case.on)), tmp_path)
    placed = [t for t in trace if t.startswith(("rename", "link")) and ".deskcli" not in t]
    assert placed, trace
    assert not unsafe(trace), trace
    tell(commands=1, files_put_in_place=len(placed))


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_said_only_when_durable(case: Case, desk_of: DeskOf, tmp_path: Path) -> None:
    """What a command prints as done comes after its last fsync."""
    base = prepared(case, desk_of(case.on))
    words = case.spelled(base)

    def work() -> int:
        layer = Layer(0, die, base)
        with layer.installed():
            write = sys.stdout.write

            def told(text: str) -> int:
                layer.point("said", ".")
                return write(text)

            sys.stdout.write = told  # type: ignore[method-assign]
            try:
                command(base, *words)()
            finally:
                (tmp_path / "trace").write_text(json.dumps(layer.trace))
        return 0

    child = forked(work, tmp_path)
    assert child.code == 0 or child.code in case.again
    trace = json.loads((tmp_path / "trace").read_text())
    if "said ." not in trace:
        return  # it says nothing, or what it says is for the person alone
    before, after = trace[: trace.index("said .")], trace[trace.index("said .") :]
    assert [t for t in before if t.startswith("fsync") and t != "fsync ."] or not after
    assert not [t for t in after if t.startswith(("fsync", "rename", "link", "write"))], after


def test_many_files_are_flushed_together(small_desk: Path, tmp_path: Path) -> None:
    """The rows of an import, by several threads; each before any of them is put in place."""
    base = copy_of(small_desk, tmp_path / "desk")
    rows = (f"Ana;r{n}@example.com;VCC;Orçamento VCC;Cuba {n}" for n in range(40))
    header = "Nome;E-mail;Marca;Assunto;Mensagem"
    (base / "muitos.csv").write_text("\n".join([header, *rows]))

    def work() -> int:
        layer = Layer(0, die, base)
        with layer.installed():
            try:
                command(base, "import", str(base / "muitos.csv"), "--map", "generic")()
            finally:
                (tmp_path / "trace").write_text(json.dumps(layer.trace))
        return 0

    child = forked(work, tmp_path)
    assert child.code == 0, child
    trace = json.loads((tmp_path / "trace").read_text())
    assert not unsafe(trace), trace
    assert len([t for t in trace if t.startswith("link")]) == 40
