"""The demos of the packs: what they show works, and so does what they say to try next."""

import re
import shlex
from pathlib import Path

import pytest
from promises.desks import environment, run

from deskcli import packs

BUG_OR_USAGE = (1, 2)
DEMOS = [name for name in packs.names() if packs.demo(name)]
NEXT = re.compile(r"^  deskcli (.+?)(?:   # .*)?$", re.MULTILINE)


def test_there_is_one_for_every_pack() -> None:
    assert packs.names() == DEMOS


@pytest.mark.parametrize("moment", ["2026-11-23T09:00", "2026-11-01T22:00"])  # a Sunday night
@pytest.mark.parametrize("pack", DEMOS)
def test_what_a_demo_shows_and_what_it_says_works(
    pack: str, moment: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "mesa"
    with environment({"DESKCLI_NOW": moment, "LC_ALL": "C.UTF-8"}):
        shown = run(tmp_path, "demo", str(root), "--pack", pack)
        assert shown.code == 0, shown
        steps = capfd.readouterr()
        said = NEXT.findall(shown.out)
        assert len(said) >= 5
        assert "--lang" not in steps.err and "--color" not in steps.err, "as a person would type"
        for command in said:
            done = run(root, *shlex.split(command))
            assert done.code not in BUG_OR_USAGE, (command, done)
