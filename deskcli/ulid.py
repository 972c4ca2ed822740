"""Ids of events: ULIDs, which sort by the time they were made, also where a clock was set back."""

import os
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_last_id = 0


def later_than(event: str) -> None:
    """Ids to come sort after this one, also when the clock was set back."""
    global _last_id  # noqa: PLW0603
    if len(event) == 26 and set(event) <= set(_ALPHABET):
        known = 0
        for letter in event:
            known = known * 32 + _ALPHABET.index(letter)
        _last_id = max(_last_id, known)


def fresh_id() -> str:
    """A ULID of the real clock (never `--at`), later than all before it in this process; where the
    clock is behind those, by a step of chance, as somebody else may go on from the same one.
    """
    global _last_id  # noqa: PLW0603  the order of ids is the process's own
    millis, chance = time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10), "big")
    _last_id = max(_last_id + 1 + (chance >> 20), (millis << 80) | chance)
    return "".join(_ALPHABET[(_last_id >> shift) & 31] for shift in range(125, -1, -5))
