"""Every item of the requirements that has been built is named by at least one test."""

import re
from pathlib import Path

HERE = Path(__file__).parent
BUILT = [f"O{n}" for n in range(1, 34)] + [f"O-X{n}" for n in range(1, 18)]
BUILT += [f"O33.{n}" for n in range(1, 34)]
BUILT += [f"F{n}" for n in range(1, 21)] + [f"F-X{n}" for n in range(1, 9)]
ROW = re.compile(r"\bRow\(\s*(\d+),")


def named() -> set[str]:
    """Items in tests and stories, written `O19`, `O_X9`, `OX9`, `O33.5`, `O33_5` or as a `Row`."""
    found: set[str] = set()
    for path in [*HERE.rglob("test_*.py"), *HERE.rglob("*.story")]:
        text = path.read_text()
        if path.name == Path(__file__).name:
            continue
        for seed in "OF":
            found |= {f"{seed}{n}" for n in re.findall(rf"\b{seed}(\d+)(?!\d)", text)}
            found |= {f"{seed}{n}" for n in re.findall(rf"_{seed}(\d+)(?!\d)", text)}
            found |= {f"{seed}-X{n}" for n in re.findall(rf"{seed}[-_]?X(\d+)", text)}
        found |= {f"O33.{n}" for n in re.findall(r"O33[._](\d+)", text)}
        found |= {f"O33.{n}" for n in ROW.findall(text)}
        found |= {
            f"O{n}"
            for a, b in re.findall(r"O(\d+) a O?(\d+)", text)
            for n in range(int(a), int(b) + 1)
        }
    return found


def test_every_built_item_is_named_by_a_test() -> None:
    assert [item for item in BUILT if item not in named()] == []
