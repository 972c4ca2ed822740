"""A progress line on a terminal, for work that lasts longer than a second; nothing elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deskcli.cli.show import safe


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """Call what is given once a step."""
    started, done, shown = time.monotonic(), 0, 0.0

    def step() -> None:
        nonlocal done, shown
        done += 1
        now = time.monotonic()
        if now - started > 1 and now - shown > 0.1:
            shown = now
            sys.stderr.write(f"\r{safe(what)} {done * 100 // max(total, 1):3}% {done}/{total}")
            sys.stderr.flush()

    try:
        yield step if sys.stderr.isatty() else lambda: None
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
