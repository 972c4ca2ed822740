"""A terminal gets nothing raw: each text field of a ticket, and each argument and option, shown by
every command on a real (pseudo-)terminal, colours and all.
"""

import contextlib
import os
import pty
import re
import select
import signal
import sys
import termios
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from deskcli.cli import events, history, main, show, show_
from deskcli.ticket import Event
from promises.asking import COMMON, calls, filled
from promises.desks import FULL, TRACEBACK, copy_of
from promises.hostile import ESCAPES, is_safe, raw
from promises.proof import Fault, Tell, found_as, promise_of_each
from promises.writing import ESPLANE, WRITING, DeskOf

SECONDS = 60  # after which a command that waits for somebody is ended
ALL_OF_IT = [[*words.split(), "--", "2"] for words in ("show", "history", "why")]
# What only programs are given (JSON, CSV): whatever else a ticket has is told to people too.
NOT_TOLD = {
    "attachments.size",
    *(f"history.{key}" for key in ("via", "cause", "data (key)", "data.to (key)", "why (key)")),
    *(f"history.data.{key}" for key in "attachments due macro sent slot subject".split()),
    *(f"history.data.{key}" for key in "template transcript undoes other".split()),
    *(f"history.why.{key}" for key in "open_ticket_owner warning other".split()),
    *(f"source.{key}" for key in ("import", "key", "other")),
    *(f"history.why.turns{key}" for key in (" (key)", ".joao", ".other")),
}
SHORTENED = {"history.id"}  # in tables its end, where no other has the same
# What the program itself writes: its colours, and its line of progress.
OURS = re.compile(r"\x1b\[(?:0|1|2|31|32|33|94)m|\r(?:[^\r\n]*% \d+/\d+|\x1b\[K)")
ALL = " ".join(ESCAPES.values()).replace("/", "")  # no folder of `init` is meant


def on_terminal(desk: Path, args: list[str], folder: Path) -> tuple[int, str]:
    """The command's code, and all that its terminal got."""
    pid, terminal = pty.fork()
    if not pid:
        code = 1
        try:
            os.chdir(folder)
            os.environ |= {"TERM": "xterm-256color", "EDITOR": "true", "COLUMNS": "400"}
            os.environ.pop("NO_COLOR", None)
            quiet = termios.tcgetattr(0)
            quiet[3] &= ~termios.ECHO
            termios.tcsetattr(0, termios.TCSANOW, quiet)
            signal.alarm(SECONDS)
            _streams()
            main(["--desk", str(desk), *args])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            traceback.print_exc()
        finally:
            _flush()
            os._exit(code)
    said = b""
    with contextlib.suppress(OSError):  # until its other end is closed
        while True:
            if select.select([terminal], [], [], 0.2)[0]:
                said += os.read(terminal, 65_536)
            else:
                os.write(terminal, b"\x04")  # whoever asks gets no answer
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, said.decode(errors="surrogateescape").replace("\r\n", "\n")


def _streams() -> None:
    """Those of the terminal, in place of what pytest put there."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()


def shows_all(planted: pytest.MonkeyPatch) -> None:
    """As if every character could be shown."""
    planted.setattr(show, "_shown", lambda c, lines: True)


@found_as(r"'(why|assign|history|show)'.*U\+001B")
def one_forgotten(planted: pytest.MonkeyPatch) -> None:
    """One value of one step of a decision, told as it stands in the file."""
    detail = events._detail

    def told(step: Mapping[str, Any]) -> str:
        return detail({**step, "period": ""}) + str(step.get("period", ""))

    planted.setattr(events, "_detail", told)


@found_as(r"'(history|show)'.*U\+001B")
def address_forgotten(planted: pytest.MonkeyPatch) -> None:
    """Whom a message goes to, told as it stands in the file."""
    lines = events.event_lines

    def told(event: Event, *more: Any, **named: Any) -> Iterator[str]:
        yield from lines(event, *more, **named)
        yield " ".join(map(str, event.data.get("to", {}).values()))

    for module in (events, history, show_):
        planted.setattr(module, "event_lines", told)


@promise_of_each(
    "nothing raw reaches a terminal",
    [*ESCAPES, "all"] if FULL else ["all"],
    {shows_all: "all", one_forgotten: "all", address_forgotten: "all"},
)
def test_every_field_and_every_command(
    planted: Fault | None, case: str, desk_of: DeskOf, tmp_path: Path, tell: Tell
) -> None:
    text = ALL if case == "all" else ESCAPES[case].replace("/", "")
    base = desk_of(ESPLANE)
    path = next(base.glob("tickets/*/*/ESP-2.yaml"))
    ticket, fields = filled(text)
    path.write_text(ticket)
    (base / "file.txt").write_text(f"{text}\n{text};{text}\n")
    lines = [call.args for call in calls(text, str(base / "file.txt")) if call.command != "demo"]
    lines += [case.args for case in WRITING if case.on == ESPLANE]
    shown: dict[bool, set[str]] = {True: set(), False: set()}  # for people, for programs
    for args in lines:
        desk = copy_of(base, tmp_path / "desk")
        words = [w.replace("DESK", str(desk)).replace("IMPORT-OPERATION", "-n") for w in args]
        code, said = on_terminal(desk, words, tmp_path)
        told = OURS.sub("", said)
        assert is_safe(told), (args, raw(told))
        assert code >= 0 and TRACEBACK not in said, (args, code, said[-1500:])
        assert code == 0 or args not in ALL_OF_IT, (args, code, said)
        numbers = map(int, re.findall(rf"{COMMON}\s+(\d+)", told))
        paths = {fields[n - 1].replace("history swept", "history") for n in numbers}
        shown["--format" not in args or "table" in args] |= paths
    every = {path.replace("history swept", "history") for path in fields}
    assert every == shown[True] | shown[False], "fields that no command shows prove nothing"
    assert every - shown[True] - SHORTENED == NOT_TOLD
    tell(texts=1, fields=len(fields), calls=len(lines))
