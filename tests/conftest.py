"""Stories: shell sessions on a real desk, replayed with a fixed clock (see stories/README.md)."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("deskcli", derandomize=True, deadline=None)
settings.load_profile("deskcli")

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write what the stories now print")


def pytest_configure() -> None:
    """Whoever started us may ignore signals (`nohup`, a job in the background); our children get
    them as a person's commands do.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is signal.SIG_IGN:
            signal.signal(name, signal.SIG_DFL)


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".story":
        return StoryFile.from_parent(parent, path=file_path)
    return None


class StoryFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        yield Story.from_parent(self, name=self.path.stem)


class Story(pytest.Item):
    """Every command of the file in turn; what it prints must be what the file says."""

    def runtest(self) -> None:
        told = self.path.read_text()
        found = replay(told, self.config.rootpath)
        if self.config.getoption("--rewrite"):
            self.path.write_text(found)
        elif found != told:
            raise StoryError(told, found)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        if not isinstance(excinfo.value, StoryError):
            return str(super().repr_failure(excinfo))
        from difflib import unified_diff

        told, found = (text.splitlines() for text in excinfo.value.args)
        return "\n".join(unified_diff(told, found, "the story", "what happened", lineterm=""))


class StoryError(AssertionError):
    pass


def replay(told: str, root: Path) -> str:
    """The story with what its commands print now."""
    work = Path(os.environ.get("TMPDIR", "/tmp")) / f"story-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    env = {
        **{"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(work), "TERM": "dumb", "LANG": "C.UTF-8"},
        **{"ROOT": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
    }
    try:
        return "".join(_steps(told, work, env))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _steps(told: str, work: Path, env: dict[str, str]) -> Iterator[str]:
    """Commands, comments, `@` clock lines and blank lines stay; output is made anew."""
    lines = iter(told.splitlines())
    for line in lines:
        if line.startswith(("  ", "! ", "[")):
            continue
        yield line + "\n"
        if line.startswith("@ "):
            env["DESKCLI_NOW"] = line[2:].strip()
        elif line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                more = next(lines)
                yield more + "\n"
                command = command[:-1] + more.removeprefix(">")
            yield from _run(command, work, env)


def _run(command: str, work: Path, env: dict[str, str]) -> Iterator[str]:
    """Standard output indented, standard error after `! `, an exit code but 0 in brackets."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=_desk(work),
        env=env,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    for text, mark in ((done.stdout, "  "), (done.stderr, "! ")):
        for line in text.decode().replace(str(work), "~").splitlines():
            shown = re.sub(r"\b01[0-9A-HJKMNP-TV-Z]{24}\b", "<ulid>", line.rstrip())
            yield mark + (shown or ".") + "\n"
    if done.returncode:
        yield f"[{done.returncode}]\n"


def _desk(work: Path) -> Path:
    """Commands run inside the desk as soon as the story has made one."""
    desk = work / "mesa"
    return desk if desk.is_dir() else work
