"""The same work on many things, by as many processes as there are cores to do it."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import BinaryIO, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def each(work: Callable[[T], R], things: Sequence[T], many: int) -> Iterator[R]:
    """`work` of each, in their order; by this process alone where there are fewer than `many`. What
    it gives must be able to be pickled, and what it does to this process' memory is lost. What a
    process does not give (it could not begin, was killed or met an error in `work`) is done by this
    one.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    count = min(cores, len(things))
    if count < 2 or len(things) < many:
        yield from map(work, things)
        return
    import pickle

    with ExitStack() as ended:
        pipes: list[BinaryIO] = []
        with suppress(OSError):  # no more processes here
            pipes.extend(_begun(work, things[k::count], ended) for k in range(count))
        for n, thing in enumerate(things):
            try:
                made: R = pickle.load(pipes[n % count])
            except (EOFError, pickle.UnpicklingError, IndexError):
                made = work(thing)
            yield made


def _begun(work: Callable[[T], R], things: Sequence[T], ended: ExitStack) -> BinaryIO:
    """Where the results of a new process are read from. When the pipe is closed, by us or by our
    death, its next result ends it: nobody is left behind with our locks.
    """
    import pickle

    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        raise
    if not child:
        try:
            os.close(reader)
            with os.fdopen(writer, "wb") as results:
                for thing in things:
                    pickle.dump(work(thing), results)
        finally:
            os._exit(0)  # without what our exit would do: it is the parent's to do
    os.close(writer)
    ended.callback(os.waitpid, child, 0)
    return ended.enter_context(os.fdopen(reader, "rb"))
