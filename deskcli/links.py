"""Links between tickets: one stands on either of the two, and is found from both (F8)."""

from collections.abc import Callable, Iterable, Mapping

from deskcli.ticket import Ticket
from deskcli.yamltext import Value


def links_of(header: Mapping[str, Value]) -> list[str]:
    """The tickets that it names; of what somebody made of the list by hand, none."""
    held = header.get("links")
    return [str(other) for other in held] if isinstance(held, list) else []


def link_keys(header: Mapping[str, Value]) -> frozenset[str]:
    """By these a ticket is found from those that it names."""
    return frozenset(map(_key, links_of(header)))


def linked(ticket: Ticket, marked: Callable[[frozenset[str], str], Iterable[Ticket]]) -> list[str]:
    """All that it concerns, those that it names itself first; `marked` finds tickets by keys, all
    but the one of an id.
    """
    others = sorted((t.id for t in marked(frozenset((_key(ticket.id),)), ticket.id)), key=_number)
    return list(dict.fromkeys([*links_of(ticket.header), *others]))


def _key(ticket: str) -> str:
    return "link:" + ticket


def _number(ticket: str) -> tuple[int, str]:
    return len(ticket), ticket
