"""Tests that would catch a breach of the storage promises (DESIGN 2, 4, 7, 8, 11).

`pytest tests/promises` runs them at a size for every day, in about a minute; the full size, with
its figures at the end, is one command: `DESKCLI_PROOF=full pytest tests/promises`.
"""
