"""Real files with something changed in them, by the ten thousand: each is read, or refused with its
line and column; none takes more steps or memory than its size allows, or ends the program.
"""

import json
import random
import re
import resource
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from deskcli import yamltext
from deskcli.config import KINDS
from deskcli.problem import DeskError
from deskcli.schema import typed
from deskcli.ticketfile import from_document
from deskcli.yamltext import Document, Value
from promises.desks import FULL, LOADER, forked
from promises.proof import Fault, Tell, promise
from promises.writing import ACADEMIA, ESPLANE

TOTAL = 200_000 if FULL else 6_000
PART = 2_000  # in a process of its own
MEASURED = 25  # one in so many has its steps and memory measured, which takes its time
MEMORY = 512 << 20  # bytes that reading may need at most beyond what the process has
STEPS_A_BYTE, BYTES_A_BYTE = 60, 400  # of a file of some size; and for a small one:
STEPS, BYTES = 60_000, 2 << 20

TOKENS = [
    *b"{ } [ ] , : ? - | > ' & * ! % @ ` # ~ << <<: --- ... &a *a null yes 0x -0 1e999".split(),
    *(b"!!python/object:os.system ", b"!x ", b"\t", b"\r", b"\n", b"\n\n  ", b": ", b"? ", b'"'),
    *(b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1b[2J", b"\xe2\x80\xae"),
    *(b"[" * 3000, b"- " * 80, b"{a: " * 300, b"a" * 70_000, b"9" * 400, b"\xf0\x9f\x91\x8d" * 50),
    *(b"\n<<<<<<< HEAD\n", b"2026-02-30", b"a" * (1 << 20)),
]


# -- mutations ------------------------------------------------------------------------------------


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 2, 8, 40, 200)))
        kind = chance.randrange(8)
        if kind == 0 and at < len(data):
            data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[to:]
        elif kind == 2:
            data = data[:to] + data[at:to] * chance.choice((1, 3, 50)) + data[to:]
        elif kind in (3, 4):
            values = [m.end() for m in re.finditer(b"[:-] ", data)] if kind == 3 else []
            at = chance.choice(values or [at])
            data = data[:at] + chance.choice(TOKENS) + data[at:]
        elif kind == 5:
            lines = data.split(b"\n")
            chance.shuffle(lines)
            data = b"\n".join(lines)
        elif kind == 6:
            lines = data.split(b"\n")
            n = chance.randrange(len(lines))
            lines[n] = chance.choice((b" ", b"    ", b"- ", b"\t")) + lines[n]
            data = b"\n".join(lines)
        else:
            other = chance.choice(others)
            data = data[:at] + other[chance.randrange(len(other)) :][: chance.choice((20, 500))]
    return data


def is_read(name: str, data: bytes, rightly: bool = False) -> str:
    """What becomes of it: read, or refused as YAML, or for what it says."""
    try:
        doc: Document = yamltext.read(data, name)
    except DeskError as error:
        told_where(error, name)
        return "refused as YAML"
    if rightly:
        says_so(doc, data)
    try:
        if name.startswith("tickets/"):
            from_document(doc)
        for kind in KINDS.values():
            if fnmatch(name, kind.glob):
                typed(doc, kind.type)
    except DeskError as error:
        told_where(error, name)
        return "refused for what it says"
    return "read"


def says_so(doc: Document, data: bytes) -> None:
    """What was read is what others read, each scalar as it stands, and nothing that a desk refuses:
    anchors, tags, more documents, a key twice, more than a mebibyte.
    """
    assert len(data) <= 1 << 20
    text = data.decode("utf-8-sig")
    for event in yaml.parse(text, Loader=LOADER):
        assert not getattr(event, "anchor", None) and not getattr(event, "tag", None), event
    node = yaml.compose(text, Loader=LOADER)  # which refuses a second document
    assert doc.value == (plain(node) if node else None)


def plain(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), keys
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    is_null = not node.style and node.value in ("", "~", "null", "Null", "NULL")
    return None if is_null else node.value


def told_where(error: DeskError, name: str) -> None:
    for problem in error.problems:
        assert problem.place and problem.place.path == name, problem
        assert problem.code == "yaml.size" or problem.place.line >= 1, problem


# -- the bound ------------------------------------------------------------------------------------


def steps_of(work: Callable[[], object]) -> int:
    """Lines that are run, and calls, C's too: the same on any machine, however busy."""
    count = 0

    def counts(*_: object) -> Any:
        nonlocal count
        count += 1
        return counts

    kept = sys.gettrace()
    sys.setprofile(counts)
    sys.settrace(counts)
    try:
        work()
    finally:
        sys.settrace(kept)
        sys.setprofile(None)
    return count


def bytes_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def measured(name: str, data: bytes) -> dict[str, float]:
    steps = steps_of(lambda: is_read(name, data))
    peak = bytes_of(lambda: is_read(name, data))
    assert steps <= STEPS + STEPS_A_BYTE * len(data), f"{steps} steps for {len(data)} bytes"
    assert peak <= BYTES + BYTES_A_BYTE * len(data), f"{peak} bytes for {len(data)} bytes"
    return {"worst_steps": float(steps), "worst_KiB": peak / 1024}


# -- the proof ------------------------------------------------------------------------------------


def believes_bytes(planted: pytest.MonkeyPatch) -> None:
    """A reader that takes every file for text."""
    planted.setattr(yamltext, "_decode", lambda data, path: data.decode())


def believes_names(planted: pytest.MonkeyPatch) -> None:
    """A reader that takes the last of two values of a key."""
    planted.setattr(yamltext._Builder, "key", lambda self, event, seen: str(event.value))


def believes_depth(planted: pytest.MonkeyPatch) -> None:
    """A reader that follows any nesting."""
    planted.setattr(yamltext, "MAX_DEPTH", 10**9)


@promise(
    "no file can crash, stall or bloat the reader", believes_bytes, believes_names, believes_depth
)
def test_mutations(
    planted: Fault | None, desks: dict[str, Path], tmp_path: Path, tell: Tell
) -> None:
    real = {
        str(path.relative_to(desks[pack])): path.read_bytes()
        for pack in (ESPLANE, ACADEMIA)
        for path in sorted(desks[pack].rglob("*.yaml"))
    }
    total = 2 * PART if planted else TOTAL
    for seed in range(total // PART):
        (tmp_path / "found").write_text("{}")
        child = forked(lambda seed=seed: part(real, seed, tmp_path / "found"), tmp_path)  # type: ignore[misc]
        assert child.code == 0, f"seed {seed}: {child.code} {child.err[-1500:]}"
        tell(**json.loads((tmp_path / "found").read_text()))
    tell(files=len(real))


def part(real: dict[str, bytes], seed: int, told: Path) -> int:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY + (1 << 30), resource.RLIM_INFINITY))
    chance, names, others = random.Random(seed), sorted(real), list(real.values())
    ends: Counter[str] = Counter()
    worst: dict[str, float] = {"worst_ms": 0.0}
    for n in range(PART):
        name = chance.choice(names)
        data = mutated(real[name], others, chance)
        began = time.perf_counter()
        try:
            ends[is_read(name, data, rightly=True)] += 1
            if n % MEASURED == 0:
                worst |= {k: max(v, worst.get(k, 0.0)) for k, v in measured(name, data).items()}
        except BaseException:
            (told.parent / "culprit").write_bytes(data)
            print(f"{name}, mutation {n} of seed {seed}", file=sys.stderr)
            raise
        if n % MEASURED:
            worst["worst_ms"] = max(worst["worst_ms"], (time.perf_counter() - began) * 1000)
    told.write_text(json.dumps({"mutations": PART, **ends, **worst}))
    return 0
