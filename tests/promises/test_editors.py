"""An editor takes no lock: it may save a ticket's file when a command has decided what to write."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from deskcli.problem import Exit
from deskcli.store import Store
from deskcli.ticket import Change, Ticket
from deskcli.ticketfile import changed
from deskcli.yamltext import Document
from promises.desks import TRACEBACK, copy_of, done, files, index_is_true, leftovers, run, tickets
from promises.proof import Fault, Tell, promise

COMMANDS = (["annotate", "1,2,3", "os três"], ["resolve", "1,2,3", "-m", "feito"])
TICKETS = ("ESP-1", "ESP-2", "ESP-3")

# -- how editors save -----------------------------------------------------------------------------


def in_place(path: Path) -> None:
    path.write_bytes(re.sub(rb"(?m)^title: .*$", b"title: Do editor", path.read_bytes()))


def renamed_over(path: Path) -> None:
    beside = path.with_name(".novo")
    beside.write_bytes(path.read_bytes())
    in_place(beside)
    beside.rename(path)


def of_the_same_size(path: Path) -> None:
    """And at a time that was put back."""
    was = path.stat()
    path.write_bytes(re.sub(rb"(?m)^title: .", b"title: X", path.read_bytes()))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert path.stat().st_size == was.st_size


def a_key_more(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\nhistory:", b"\nvisto: sim\nhistory:"))


def a_comment_at_its_end(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# visto\n")


WAYS: list[Callable[[Path], None]] = [
    in_place,
    renamed_over,
    of_the_same_size,
    a_key_more,
    a_comment_at_its_end,
]

# -- the proof ------------------------------------------------------------------------------------


def no_second_look(planted: pytest.MonkeyPatch) -> None:
    """The file is not compared with the one that the decision was made for."""
    planned = Store._planned

    def blind(self: Store, change: Change, month: str, new: Iterator[int]) -> tuple[Document, bool]:
        return planned(self, change, month, new) if change.is_new else (changed(change), False)

    planted.setattr(Store, "_planned", blind)


def a_short_look(planted: pytest.MonkeyPatch) -> None:
    """Only the file's beginning is compared."""
    planned = Store._planned

    def short(self: Store, change: Change, month: str, new: Iterator[int]) -> tuple[Document, bool]:
        held = change.ticket.doc
        text = (self.root / held.path).read_text() if held.path else ""
        if change.is_new or text[:60] != held.text[:60]:
            return planned(self, change, month, new)
        return changed(change), False

    planted.setattr(Store, "_planned", short)


def one_after_the_other(planted: pytest.MonkeyPatch) -> None:
    """Each is written before the next one is compared."""
    commit = Store._commit_chunk

    def each(self: Store, changes: Sequence[Change], month: str) -> list[Ticket]:
        return [ticket for change in changes for ticket in commit(self, [change], month)]

    planted.setattr(Store, "_commit_chunk", each)


@promise(
    "what an editor saved meanwhile is not overwritten",
    no_second_look,
    a_short_look,
    one_after_the_other,
)
def test_an_editor_saves_meanwhile(
    planted: Fault | None, small_desk: Path, tmp_path: Path, tell: Tell
) -> None:
    """The command refuses (6), nothing of its chunk is written, and again it works on both."""
    for args in COMMANDS:
        for name in TICKETS:
            for save in WAYS:
                desk = copy_of(small_desk, tmp_path / "desk")
                refused(desk, args, name, save)
                tell(commands=1)


def refused(desk: Path, args: list[str], name: str, save: Callable[[Path], None]) -> None:
    path = desk / f"tickets/2026/11/{name}.yaml"
    was, commit = files(desk), Store.commit

    def beside(self: Store, changes: Sequence[Change], month: str) -> list[Ticket]:
        save(path)
        return commit(self, changes, month)

    with pytest.MonkeyPatch.context() as editor:
        editor.setattr(Store, "commit", beside)
        found = run(desk, *args)
    saved = path.read_bytes()
    assert saved != was[f"tickets/2026/11/{name}.yaml"]
    assert found.code == Exit.CHANGED and name in found.err, found
    assert TRACEBACK not in found.err and not found.out
    assert files(desk) == {**was, f"tickets/2026/11/{name}.yaml": saved}
    assert not leftovers(desk)
    done(desk, *args)
    told = {t.id: [event.did for event in t.history] for t in tickets(desk).values()}
    edited = [] if save is a_comment_at_its_end else [name]  # which says nothing of the ticket
    assert [id_ for id_ in TICKETS if "edited" in told[id_]] == edited
    assert (b"# visto" in path.read_bytes()) == (b"# visto" in saved)
    index_is_true(desk)
