"""Whose conversation it is: the tickets that it may go on with, for a person to choose (F6).

Only what is written out counts: an address, a document whose check digits are right, a whole name
of the register, a ticket's number. What is found is listed, never acted on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from deskcli.condition import All, AnyOf, Condition, Not, Test
from deskcli.config import Config
from deskcli.fold import fold
from deskcli.org import Org
from deskcli.values import document, email

Clues = dict[str, tuple[str, ...]]  # the values by which a ticket is known, by header path

_LONGEST = 254  # of an e-mail address
_AROUND = "<>()[]{}.,;:!?*_'\"“”"
# A CPF only with its punctuation: without it, it may as well be a telephone.
_DOCUMENT = re.compile(
    r"(?<!\w)(?:\d{3}\.\d{3}\.\d{3}-\d\d|\w\w\.\w{3}\.\w{3}/\w{4}-\d\d|\d{14})(?!\w)", re.ASCII
)
_NAME = 6  # letters from which a single word is looked for in the midst of others


def clues(
    config: Config,
    who: Sequence[tuple[str, str]],
    titles: Iterable[str],
    said: str,
    answered: str = "",
) -> Clues:
    """`who` is what is known of those who spoke, each by its header path; `titles` are what the
    conversation and its people are called, `said` is the customer's side of it, `answered` the
    desk's, which names tickets only.
    """
    people = config.people
    own = {fold(p.email) for p in people.values()}
    own |= {fold(team.email) for team in people.file.teams.values()}
    mails = [mail for mail in dict.fromkeys(_mails(said)) if mail not in own]
    numbers = [n for n in dict.fromkeys(map(document, _DOCUMENT.findall(said))) if n]
    pattern = rf"(?<!\w){config.settings.prefix}-(\d{{1,17}})(?!\w)"
    tickets = re.findall(pattern, f"{said}\n{answered}", re.IGNORECASE | re.ASCII)
    marks = frozenset((*(value for _path, value in who), *mails, *numbers))
    orgs = [o.id for o in _named(config.orgs.values(), titles, said)]
    orgs += [o.id for o in config.orgs.values() if marks & set(_marks(o))]
    names = [value for path, value in who if path == "requester.name"]
    having = (_having(config.orgs.values(), name) for name in names)
    orgs += [only[0].id for only in having if len(only) == 1]  # a reception they have all
    found = {
        "id": [f"{config.settings.prefix}-{int(number)}" for number in tickets],
        "requester.phone": [value for path, value in who if path == "requester.phone"],
        "requester.name": names,
        "requester.email": mails,
        "requester.document": numbers,
        "org": orgs,
    }
    return {path: tuple(dict.fromkeys(values)) for path, values in found.items() if values}


def candidates(known: Clues) -> Condition:
    """Tickets that any of them leads to, but for cancelled ones (F6: a support given before may
    have been resolved). A name alone is that of many: where the organisation is known, those of
    others are left out.
    """
    tests: dict[str, Condition] = {path: Test(path, "in", known[path]) for path in known}
    if {"requester.name", "org"} <= tests.keys():
        same = AnyOf((tests["org"], Test("org", "absent")))
        tests["requester.name"] = All((tests["requester.name"], same))
    return All((Not(Test("state", "in", ("cancelled",))), AnyOf(tuple(tests.values()))))


def is_anybodys(config: Config, known: Clues) -> bool:
    """Whether only a name tells whose it is, and several organisations have a contact called so."""
    names = known.get("requester.name", ()) if "org" not in known else ()
    return any(len(_having(config.orgs.values(), name)) > 1 for name in names)


def _mails(said: str) -> Iterator[str]:
    for word in said.split():
        if "@" in word and len(word) <= _LONGEST:
            mail = email(word.strip(_AROUND).removeprefix("mailto:"))
            if mail:
                yield mail


def _marks(org: Org) -> Iterator[str]:
    """What only this organisation has."""
    yield re.sub(r"\W", "", org.document).upper()
    for contact in org.contacts:
        yield contact.phone
        yield fold(contact.email)


def _having(orgs: Iterable[Org], contact: str) -> list[Org]:
    """The organisations that have a contact of this name."""
    name = fold(contact)
    return [org for org in orgs if any(fold(c.name) == name for c in org.contacts)]


def _named(orgs: Iterable[Org], titles: Iterable[str], said: str) -> Iterator[Org]:
    """Those whose whole name is a title, or stands in what was said."""
    called, told = set(map(_words, titles)) - {""}, f" {_words(said)} "
    heard = set(told.split())
    for org in orgs:
        for name in map(_words, (org.name, *org.aliases)):
            first, _, more = name.partition(" ")
            sure = more or len(name) >= _NAME
            if name in called or (sure and first in heard and f" {name} " in told):
                yield org


def _words(text: str) -> str:
    """Folded, without punctuation."""
    return " ".join(re.findall(r"\w+", fold(text)))
