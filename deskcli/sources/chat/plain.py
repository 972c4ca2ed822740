"""Text that only people wrote: `Nome: texto` lines, or a name and a time on a line of their own.

Neither form can be told from prose by one line, so the file as a whole must speak for it.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from deskcli.fold import fold
from deskcli.sources.chat.author import clean_name
from deskcli.sources.chat.dated import (
    DATE,
    MARKS,
    SP,
    TIME,
    Head,
    Order,
    date_order,
    moment,
    time_of_day,
)

_LABEL = re.compile(rf"{MARKS}{SP}{{0,4}}([^:\r\n]{{1,60}}):(?:{SP}|(?=[\r\n]|\Z))")
_CAPTION = re.compile(
    rf"{MARKS}{SP}{{0,4}}([^:\[\]()\r\n]{{1,60}}?){SP}{{0,2}}[,·•–-]?{SP}{{0,2}}"
    rf"[\[(]?\b(?:{DATE},?{SP}{{1,3}})?{TIME}[\])]?{SP}{{0,4}}[\r\n]*",
    re.ASCII | re.IGNORECASE,
)
_MAX_WORDS = 6
_DATA = re.compile(  # what a customer writes before a colon, and nobody is called
    r"(?:assunto|bairro|celular|cep|cidade|cnpj|cod(?:igo)?|contato|cpf|data|dia|e-?mail|endereco"
    r"|erro|hora|horario|id|item|link|local|login|loja|modelo|motivo|nf|nome|nota|n(?:umer)?o|obs"
    r"|observacao|pedido|pix|problema|produto|protocolo|ps|qtde?|quantidade|rua|senha|setor|site"
    r"|tel|telefone|total|valor)\b(?: (?:d[aeo]|completo|fantasia|fiscal)\b.*|[^ ]*)"
)
ROLES = frozenset(
    "agente atendente bot cliente consultor consultora eu operador operadora suporte usuario"
    " vendedor vendedora visitante voce agent client customer me support user visitor you".split()
)


def spoken(lines: Sequence[str], names: Collection[str]) -> list[Head]:
    """`Cliente: a catraca travou`: a name that comes back, or names known to be people's.

    Other labels once each are a form that somebody filled in, not a conversation.
    """
    labels = {n: name for n, line in enumerate(lines) if (name := _label(line))}
    counts = Counter(fold(name) for name in labels.values())
    known = {fold(name) for name in names}
    sure = len(counts) > 1 and all(c in known or c.split()[0] in ROLES for c in counts)
    if _first(lines) not in labels or not (sure or counts.most_common(1)[0][1] > 1):
        return []
    return [Head(n, None, None, name, _after(lines[n])) for n, name in labels.items()]


def captioned(lines: Sequence[str]) -> list[Head]:
    """`Cliente 14:05` or `Cliente [2:05 PM]` above what was said; a name must come back."""
    found = {n: m for n, line in enumerate(lines) if (m := _CAPTION.fullmatch(line))}
    chosen, _ = date_order([m for m in found.values() if m["a"]])
    heads = [head for n, m in found.items() if (head := _caption(n, m, chosen))]
    counts = Counter(head.author for head in heads)
    if not heads or heads[0].line != _first(lines) or counts.most_common(1)[0][1] < 2:
        return []
    return [head for head in heads if _like(head, heads[0], counts[head.author])]


def _like(head: Head, first: Head, count: int) -> bool:
    """`chego às 14:05` is no caption: a date as the first has, and a name that looks like one."""
    name = (head.author or "")[:1]
    return (head.at is None) == (first.at is None) and (count > 1 or name == name.upper())


def _caption(line: int, found: re.Match[str], order: Order) -> Head | None:
    name, clock = _name(found[1]), time_of_day(found)
    if not name or clock is None:
        return None
    if not found["a"]:
        return Head(line, None, clock, name, "")
    at = moment(found, order)
    return Head(line, at, None, name, "") if at else None


def _label(line: str) -> str:
    found = _LABEL.match(line)
    name = _name(found[1]) if found else ""
    return "" if _DATA.fullmatch(fold(name)) else name


def _after(line: str) -> str:
    return line.partition(":")[2].lstrip(" \u00a0").rstrip("\r\n")


def _name(text: str) -> str:
    """The text where it can be a name: few words, no sentence, no item of a list."""
    name = clean_name(text)
    fine = name[:1].isalnum() or name[:1] in "+~("
    words = fold(name).split()
    return name if fine and 0 < len(words) <= _MAX_WORDS and not set(name) & set('?!;"<>') else ""


def _first(lines: Sequence[str]) -> int:
    """The first line that is not blank."""
    return next((n for n, line in enumerate(lines) if line.strip()), -1)
