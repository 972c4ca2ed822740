"""Links between tickets: one stands on either of the two, and is found from both (F8)."""

from collections.abc import Callable, Mapping, Sequence

from deskcli.ticket import Ticket
from deskcli.yamltext import Value

# By their marks: all but the one of an id, and those closed and left alone since an instant;
# '' leaves out none.
Tickets = Callable[[frozenset[str], str, str], Sequence[Ticket]]


def links_of(header: Mapping[str, Value]) -> list[str]:
    """The tickets that it names; of what somebody made of the list by hand, none."""
    held = header.get("links")
    return [str(other) for other in held] if isinstance(held, list) else []


def link_keys(header: Mapping[str, Value]) -> frozenset[str]:
    """By these a ticket is found from those that it names."""
    return frozenset(map(_key, links_of(header)))


def linked(ticket: Ticket, marked: Tickets) -> list[str]:
    """All that it concerns, those that it names itself first, then those that name it."""
    naming = marked(frozenset((_key(ticket.id),)), ticket.id, "")
    others = sorted((t.id for t in naming), key=_number)
    return list(dict.fromkeys([*links_of(ticket.header), *others]))


def _key(ticket: str) -> str:
    return "link:" + ticket


def _number(ticket: str) -> tuple[int, str]:
    return len(ticket), ticket
