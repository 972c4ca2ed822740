"""Canned replies: Markdown with a head of YAML, and the placeholders in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from deskcli.problem import Place, refuse
from deskcli.schema import typed
from deskcli.yamltext import Document, read, reread

_FENCE = "---\n"


class ReplyHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    subject: str = ""
    aliases: list[str] = []
    provisional: bool = False
    source: list[str] = []
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` is a template; `line` is where it begins in its file."""

    id: str
    head: ReplyHead
    body: str
    path: str
    line: int = 1


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


def render(reply: Reply, values: Mapping[str, Any]) -> str:
    """The body with its placeholders filled; an unknown or empty one is refused, never left out."""
    import minijinja  # slow to import; only replies need it

    env = minijinja.Environment(undefined_behavior="strict", fuel=100_000)
    try:
        return env.render_str(reply.body, **values)
    except minijinja.TemplateError as error:
        line = reply.line + (error.line or 1) - 1
        raise refuse(
            "reply.placeholder", Place(reply.path, line), what=str(error.message)
        ) from None


def placeholders(reply: Reply) -> set[str]:
    """Names the body asks for, so that `check` can tell an unknown one before anybody needs it."""
    import minijinja

    env = minijinja.Environment()
    try:
        return set(env.undeclared_variables_in_str(reply.body, nested=True))
    except minijinja.TemplateError as error:
        line = reply.line + (error.line or 1) - 1
        raise refuse("reply.template", Place(reply.path, line), what=str(error.message)) from None
