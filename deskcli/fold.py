"""Names as people type them: accents, case, dashes and spaces do not count (O-X13)."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


@lru_cache(maxsize=1024)  # an import asks for the same labels for every row
def fold(text: str) -> str:
    """`' Nathálya '` and `'NATHALYA'` fold alike; dashes and spaces are made plain."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.translate(_DASHES))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def slug(text: str) -> str:
    """Folded, with every run of other characters as one underscore: a header, a file name."""
    words = "".join(c if c.isalnum() and c.isascii() else " " for c in fold(text)).split()
    return "_".join(words)


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit() and c.isascii())


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name most like `word`, or '' when none is close enough to be what was meant; the
    only one that `word` begins, or the only one that has it among its words (`corpo`).
    """
    from difflib import get_close_matches  # only a refusal pays for it

    known = list(known)
    by_fold = {fold(k): k for k in known}
    found = get_close_matches(fold(word), by_fold, n=1, cutoff=0.6)
    if found:
        return by_fold[found[0]]
    word, slugs = slug(word) or " ", {slug(name): name for name in reversed(known)}
    begun = [name for name in slugs if name.startswith(word)]
    meant = begun or [name for name in slugs if f"_{word}" in name]
    return slugs[meant[0]] if len(meant) == 1 else ""
