"""The exit codes of every command."""

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
