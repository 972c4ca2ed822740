"""`split`: one conversation about several things becomes a ticket for each (F8).

Without a plan it prints one to fill in, with the conversation's lines numbered beside it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from deskcli.cli import chat, session
from deskcli.cli.events import show_changes
from deskcli.cli.files import keep
from deskcli.cli.rows import Dry
from deskcli.cli.show import safe, whole
from deskcli.cli.words import _
from deskcli.merge import Talk, piece
from deskcli.problem import DeskError, Exit, Problem, refuse
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.sources.table import load
from deskcli.ticket import Change
from deskcli.yamltext import Document
from deskcli.yamltext import read as read_yaml


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`tickets`: for each its `lines` (`1-14, 20`) and what `create` asks for; `common` is what
    they share.
    """

    tickets: list[dict[str, str]]
    common: dict[str, str] = {}


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A WhatsApp export, or any text"))],
    plan: Annotated[
        Path | None,
        typer.Argument(metavar="[PLAN]", help=_("Without it, one to fill in is printed")),
    ] = None,
    dry_run: Dry = False,
) -> int:
    """Every ticket quotes its lines and is linked to the first; all are made, or none."""
    talk = chat.read(file)
    if plan is None:
        for line in _to_fill(talk):
            whole(safe(line))
        return Exit.DONE
    doc = read_yaml(load(plan), str(plan))
    known = typed(doc, Plan)
    parts = [_talk(talk, doc, n, part.get("lines", "")) for n, part in enumerate(known.tickets)]
    values = [{**chat.customer(talk), **known.common, **_values(part)} for part in known.tickets]
    here = session.desk()
    if dry_run:
        show_changes(_all(here.scene(), doc, values, parts, []), dry=True)
        return Exit.DONE
    with here.writing():
        show_changes(_written(here.scene(), doc, values, parts, talk), dry=False)
    session.know_actor()
    return Exit.DONE


def _written(
    scene: Scene, doc: Document, values: list[dict[str, str]], parts: list[Talk], talk: chat.Chat
) -> list[Change]:
    """The first ticket, then those that link to it. What a killed run has made stays, and is
    linked to: the same part of a conversation opens one ticket.
    """
    here = session.desk()
    made = {n: found for n, part in enumerate(parts) if (found := chat.opened(part))}
    left = [n for n in range(len(parts)) if n not in made]
    if not left:
        raise refuse("split.done", tickets=list(made.values()))
    _all(here.scene(), doc, values, parts, [])  # every problem of all, before any is written
    keep([talk.file])
    done: list[Change] = []
    for batch in ([left[0]], left[1:]) if not made else (left,):
        links = [made[min(made)]] if made else []
        some = [_one(scene, doc, n, values[n], parts[n], links) for n in batch]
        tickets = here.commit(some)
        made |= {n: ticket.id for n, ticket in zip(batch, tickets, strict=True)}
        done += [Change(t, c.events) for t, c in zip(tickets, some, strict=True)]
    return done


def _all(
    scene: Scene, doc: Document, values: list[dict[str, str]], parts: list[Talk], links: list[str]
) -> list[Change]:
    problems: list[Problem] = []
    changes: list[Change] = []
    for n, (given, talk) in enumerate(zip(values, parts, strict=True)):
        try:
            changes.append(_one(scene, doc, n, given, talk, links))
        except DeskError as error:
            problems += error.problems
    if problems:
        raise DeskError(*problems)
    return changes


def _one(
    scene: Scene, doc: Document, n: int, values: dict[str, str], talk: Talk, links: list[str]
) -> Change:
    """One ticket; its problems stand at its place in the plan."""
    intake = piece(scene, values, talk, links)
    if intake.change is None:
        place = doc.place(("tickets", n))
        raise DeskError(
            *(Problem(p.code, p.facts, p.place or place, p.hint) for p in intake.problems)
        )
    return intake.change


def _talk(talk: chat.Chat, doc: Document, n: int, lines: str) -> Talk:
    return talk.talk(talk.part(lines or "0", doc.place(("tickets", n))))


def _values(part: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in part.items() if key != "lines" and value}


def _to_fill(talk: chat.Chat) -> Iterator[str]:
    """A plan with the fields of the desk's usual form, and the lines as comments."""
    config = session.desk().config
    form = config.forms.get(config.settings.policies.default_form)
    asked = [f for f in form.fields if f.fixed is None and f.required] if form else []
    shared: dict[str, Any] = chat.customer(talk)
    names = [f.id for f in asked if f.id not in shared and f.id not in ("title", "category", "org")]
    yield "common:"
    for name in (["org"] if any(f.id == "org" for f in asked) else []) + names:
        yield f"  {name}: ''"
    for name, value in shared.items():
        yield f"  {name}: '{value}'"
    yield "tickets:"
    for _n in range(2):
        yield "- lines: ''"
        yield "  title: ''"
        yield "  category: ''"
        yield "  summary: ''"
    yield ""
    for message in talk.transcript.messages:
        first, *rest = chat.quoted([message]).split("\n")
        yield f"# {message.line_first:4}  {first}"
        yield from (f"#       {line}" for line in rest)
