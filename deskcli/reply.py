"""Canned replies: Markdown with a head of YAML, and the placeholders in them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import msgspec

from deskcli.factnames import MAPPINGS
from deskcli.fold import nearest
from deskcli.problem import DeskError, Place, Problem, refuse
from deskcli.schema import typed
from deskcli.ticket import HEADER, field_name, header_path, lookup
from deskcli.yamltext import Document, read, reread

OURS = frozenset(("agent", "desk", "brand", "org"))  # placeholders that are not the ticket's
WHOLE = MAPPINGS | (OURS - {"brand"})  # of which a message can only name what they hold
_FENCE = "---\n"


class Message(msgspec.Struct, frozen=True):
    """What goes to somebody: its text, and for a canned reply its subject and name."""

    text: str
    subject: str = ""
    template: str = ""


class ReplyHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`to` is whom it is written to: the requester, or `team:NAME`, to whom only a macro sends."""

    label: str
    to: str = "requester"
    subject: str = ""
    aliases: list[str] = []
    provisional: bool = False
    source: list[str] = []
    note: str = ""


class Reply(msgspec.Struct, frozen=True):
    """`body` is a template; `line` is where it begins in its file. What was typed has no `path`."""

    id: str
    head: ReplyHead
    body: str
    path: str
    line: int = 1

    def place(self, below: int = 0) -> Place | None:
        return Place(self.path, self.line + below) if self.path else None


def typed_text(text: str) -> Reply:
    """What stands in no file of replies."""
    return Reply("", ReplyHead(""), text, "")


def not_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty, which no placeholder may name and no history keeps."""
    return {key: value for key, value in values.items() if value}


def parse(data: bytes, path: str, name: str) -> Reply:
    text = data.decode("utf-8-sig", errors="strict") if _is_utf8(data) else ""
    if not text:
        read(data, path)  # refuses what is not UTF-8, with its place
    if not text.startswith(_FENCE) or _FENCE not in text[len(_FENCE) :]:
        raise refuse("reply.head", Place(path, 1))
    head, body = text[len(_FENCE) :].split(_FENCE, 1)
    doc: Document = reread("\n" + head, path)  # the fence's line, so that places are right
    line = head.count("\n") + 3
    return Reply(name, typed(doc, ReplyHead), body.strip("\n"), path, line)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def render(reply: Reply, values: Mapping[str, Any], ticket: str) -> Message:
    """Every placeholder filled; those without a value are refused, never left out, as are those
    whose value is no text: nobody is sent `{'name': 'Ana'}`.
    """
    import minijinja  # slow to import; only replies need it

    asked = sorted(placeholders(reply))
    for name in asked:
        if name in WHOLE or _is_whole(lookup(values, name)):
            raise _unknown(name, values, ticket, reply.place())
    if missing := [name for name in asked if not lookup(values, name)]:
        facts = {"ticket": ticket, "names": missing, "field": field_name(missing[0])}
        raise DeskError(Problem("reply.placeholder", facts, reply.place()))
    env = minijinja.Environment(undefined_behavior="strict", fuel=100_000, finalizer=_said)
    try:
        subject = env.render_str(reply.head.subject, **values)
        return Message(env.render_str(reply.body, **values), subject, reply.id)
    except minijinja.TemplateError as error:
        raise _broken(reply, error) from None


def filled(text: str, values: Mapping[str, Any], ticket: str) -> str:
    """What somebody wrote with placeholders in it, as a canned reply fills them."""
    return render(typed_text(text), values, ticket).text if "{{" in text else text


def refuse_unknown(
    text: str, values: Mapping[str, Any], ticket: str, may_have: Callable[[str], bool]
) -> None:
    """Refuses a placeholder that stands for nothing a ticket of this kind `may_have` (by its path
    in the header) with those that can be filled.
    """
    for name in sorted(placeholders(typed_text(text))):
        top, _, rest = name.partition(".")
        ours = top in OURS or (not rest and top in HEADER)
        if not (ours or lookup(values, name) or may_have(header_path(name))):
            raise _unknown(name, values, ticket)


def _unknown(
    name: str, values: Mapping[str, Any], ticket: str, place: Place | None = None
) -> DeskError:
    known = list(_names(values))
    facts = {"ticket": ticket, "name": name, "nearest": meant(name, known), "known": known}
    return DeskError(Problem("reply.unknown_name", facts, place))


def meant(name: str, known: Collection[str]) -> str:
    """The placeholder most like this one; of what holds several values the name."""
    own = f"{name}.name"
    return own if own in known else nearest(name, known)


def _said(value: Any) -> Any:
    """Several tags, names or links as a sentence has them."""
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _is_whole(value: Any) -> bool:
    """What no message can say: values by name, or a list of such."""
    held = value if isinstance(value, list) else [value]
    return any(isinstance(one, Mapping) for one in held)


def _names(values: Mapping[str, Any]) -> Iterator[str]:
    for name, held in values.items():
        if isinstance(held, Mapping):
            yield from (f"{name}.{key}" for key, one in held.items() if not _is_whole(one))
        elif not _is_whole(held):
            yield name


def _broken(reply: Reply, error: Any) -> DeskError:
    return refuse("reply.template", reply.place((error.line or 1) - 1), what=str(error.message))


def placeholders(reply: Reply) -> set[str]:
    """Dotted names that it asks for: `check` can tell an unknown one before anybody needs it."""
    import minijinja

    env = minijinja.Environment()
    try:
        whole = reply.head.subject + "\n" + reply.body
        return set(env.undeclared_variables_in_str(whole, nested=True))
    except minijinja.TemplateError as error:
        raise _broken(reply, error) from None
