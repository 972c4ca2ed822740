"""Who wrote a message: the name before the first colon, mostly; and which names are the desk's."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from deskcli.fold import digits, fold
from deskcli.sources.chat.body import is_placeholder
from deskcli.sources.chat.message import unmarked
from deskcli.values import phone

MAX_NAME = 100
_MAX_COLONS = 3
_CUT = re.compile(r":(?=[ \u00a0\u200e]|\Z)")
_EVENT = re.compile(
    r"criou (?:o|este) grupo|mudou (?:o nome|a descricao|o assunto|a imagem)"
    r"|created group|changed the (?:group|subject)"
)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-"})

Spoken = tuple[str | None, str]  # author and text
Person = tuple[str, str, Sequence[str], Sequence[str]]  # id, name, aliases, telephones


def split_authors(rests: Sequence[str], names: Collection[str] = ()) -> list[Spoken]:
    """Author and text of what follows each header of one file.

    A colon in a name (`Loja: Centro: bom dia`) can not be told from one in a text by one line.
    It belongs to the name when `names`, those known beforehand, has it; or when no message of
    `Loja` in the file goes on otherwise, and the export's own words (for media) follow it once.
    """
    cuts = [_cuts(rest) for rest in rests]
    known = {fold(name) for name in names}
    longer = _longer(rests, cuts)
    return [_split(r, _choose(r, c, known, longer)) for r, c in zip(rests, cuts, strict=True)]


def clean_name(text: str) -> str:
    """`'~\u202fAna '` is `~ Ana`: a name, or the telephone of somebody who is not a contact."""
    return " ".join(unmarked(text).translate(_SPACES).split())


def _cuts(rest: str) -> list[int]:
    """Where an author may end: the first colons, unless what stands before tells of an event."""
    near = rest[: MAX_NAME + 2]
    found = [c.start() for c in _CUT.finditer(near) if c.start() <= MAX_NAME][:_MAX_COLONS]
    before = clean_name(near[: found[0]]) if found else ""
    return found if before and not _is_event(before) else []


def _is_event(text: str) -> bool:
    """`Ana mudou o nome do grupo para "Loja`: the colon stands in a quoted name, or after it."""
    open_quote = text.count('"') % 2 or text.count("“") > text.count("”")
    return bool(open_quote or _EVENT.search(fold(text)))


def _longer(rests: Sequence[str], cuts: Sequence[list[int]]) -> dict[str, str]:
    """Names that always go on to another colon: short name -> long name.

    A signature that a platform puts before each text does so too, but not before media.
    """
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for rest, found in zip(rests, cuts, strict=True):
        for n, cut in enumerate(found):
            end = found[n + 1] if n + 1 < len(found) else cut
            groups[clean_name(rest[:cut])].append((clean_name(rest[:end]), rest[end + 1 :]))
    return {
        short: ways[0][0]
        for short, ways in groups.items()
        if ways[0][0] != short and len(ways) > 1 and len({way for way, _ in ways}) == 1
        if any(is_placeholder(text) for _, text in ways)
    }


def _choose(rest: str, cuts: list[int], known: set[str], longer: dict[str, str]) -> int:
    """The offset of the colon that ends the author, or -1."""
    told = [cut for cut in cuts if fold(clean_name(rest[:cut])) in known]
    if told or not cuts:
        return max(told, default=-1)
    at = 0
    while clean_name(rest[: cuts[at]]) in longer:
        at += 1
    return cuts[at]


def _split(rest: str, cut: int) -> Spoken:
    if cut < 0:
        return None, rest
    return clean_name(rest[:cut]), rest[cut + 1 :].removeprefix(" ")


def match_people(participants: Iterable[str], people: Iterable[Person]) -> dict[str, str]:
    """Participant -> id of the person of the desk it is; who is not in it is the requester's side.

    By name, alias or id (accents and case apart, and the `~` of a name that is not a contact's),
    or by telephone. A name that two people have is nobody's.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for ident, name, aliases, phones in people:
        for key in (*map(fold, (ident, name, *aliases)), *map(_phone_key, phones)):
            owners[key].add(ident)
    owners.pop("", None)
    found = {p: owners.get(_phone_key(p) or fold(p.removeprefix("~"))) for p in participants}
    return {p: next(iter(ids)) for p, ids in found.items() if ids and len(ids) == 1}


def _phone_key(text: str) -> str:
    """Without the ninth digit of Brazilian mobiles, which WhatsApp leaves out of many."""
    found = re.fullmatch(r"(?:55)?(\d\d)9?(\d{8})", digits(text))
    if found:
        return "+55" + found[1] + found[2]
    return (phone(text) if len(digits(text)) > 9 else None) or ""
