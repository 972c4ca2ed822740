"""The exit codes of every command."""

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command; `DONE` as the exit of a problem means it is only a warning."""

    DONE = 0
    BUG = 1
    USAGE = 2
    REFUSED = 3
    NOT_PERMITTED = 4
    NOT_FOUND = 5
    CHANGED = 6
    GATE = 7
    PARTLY = 8
    UNREADABLE = 65
    BUSY = 75
    INTERRUPTED = 130


# Of several problems, the exit is the first of these that is there: what can not be read or was
# changed comes before all else, and who may not do a thing need not fill it in.
GRAVITY = (
    *(Exit.BUG, Exit.INTERRUPTED, Exit.BUSY, Exit.UNREADABLE, Exit.CHANGED, Exit.NOT_PERMITTED),
    *(Exit.USAGE, Exit.NOT_FOUND, Exit.REFUSED, Exit.GATE, Exit.PARTLY, Exit.DONE),
)


def gravest(codes: Iterable[Exit]) -> Exit:
    """The exit of a command to which all of these happened."""
    return min(codes, key=GRAVITY.index, default=Exit.DONE)
