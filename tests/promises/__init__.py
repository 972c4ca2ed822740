"""Tests that would catch a breach of what docs/promises.md promises (DESIGN 2, 4, 7, 8, 11).

A promise is a test under `@promise` (proof.py), which also runs with a fault planted that it must
find. What they share: desks (desks.py), a layer under `os` that strikes (faults.py), commands
killed and repeated (kills.py), the commands that write (writing.py) and all there are
(commands.py), texts in every place that takes one (asking.py, hostile.py), many processes
(workers.py), random walks (walk.py).
"""
