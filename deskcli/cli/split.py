"""`split`: one conversation about several things becomes a ticket for each (F8).

Without a plan it prints one to fill in, with the conversation's lines numbered beside it.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from msgspec.structs import replace

from deskcli.cli import chat, session
from deskcli.cli.events import show_changes
from deskcli.cli.files import keep
from deskcli.cli.rows import Dry
from deskcli.cli.show import safe, tell, whole
from deskcli.cli.words import _
from deskcli.draft import begin
from deskcli.merge import Talk, piece
from deskcli.problem import DeskError, Exit, Place, Problem, refuse
from deskcli.scene import Scene
from deskcli.schema import typed
from deskcli.sources.chat import Message
from deskcli.sources.table import load
from deskcli.ticket import Change, Ticket
from deskcli.yamltext import Document
from deskcli.yamltext import read as read_yaml
from deskcli.yamlwrite import block


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`tickets`: for each its `lines` (`1-14, 20`) and what `create` asks for; `common` is what
    they share.
    """

    tickets: list[dict[str, str]]
    common: dict[str, str] = {}


class Part(msgspec.Struct, frozen=True):
    """One ticket of the plan: what `create` asks for, the lines it names, and those it will tell,
    without what other tickets have.
    """

    values: dict[str, str]
    lines: list[Message]
    talk: Talk
    place: Place


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A WhatsApp export, or any text"))],
    plan: Annotated[
        Path | None,
        typer.Argument(metavar="PLAN", help=_("Without it, one to fill in is printed")),
    ] = None,
    dry_run: Dry = False,
) -> int:
    """Every ticket quotes its lines and is linked to the others; all are made, or none."""
    talk = chat.read(file)
    if plan is None:
        for line in _to_fill(talk):
            whole(safe(line))
        return Exit.DONE
    doc = read_yaml(load(plan), str(plan))
    parts = _parts(talk, doc, typed(doc, Plan))
    here = session.desk()
    if dry_run:
        scene = here.scene()
        show_changes(_all(scene, _unknown(scene, talk, parts, {})), dry=True)
    else:
        with here.writing():
            done = _written(here.scene(), parts, talk)
        show_changes(done, dry=False)
        session.know_actor()
    _tell_lines(talk, parts)
    return Exit.DONE


def _parts(talk: chat.Chat, doc: Document, plan: Plan) -> list[Part]:
    """As the plan has them; refuses all wrong lines at once, each at its place."""
    parts: list[Part] = []
    problems: list[Problem] = []
    if not plan.tickets:
        raise refuse("split.none", doc.place(("tickets",)), file=talk.path)
    for n, given in enumerate(plan.tickets):
        told = [*plan.common.items(), *given.items()]
        values = chat.customer(talk) | {k: value for k, value in told if k != "lines" and value}
        place = doc.place(("tickets", n))
        if not given.get("lines"):
            facts = {"known": list(given), "file": talk.path}
            problems.append(Problem("split.lines", facts, place))
            continue
        try:
            lines = talk.part(given["lines"], doc.place(("tickets", n, "lines")))
        except DeskError as error:
            problems += error.problems
            continue
        parts.append(Part(values, lines, talk.talk(lines), place))
    if problems:
        raise DeskError(*problems)
    return parts


def _unknown(
    scene: Scene, talk: chat.Chat, parts: list[Part], made: dict[int, str]
) -> dict[int, Part]:
    """The parts that are to be made, each with what no other ticket tells; what has nothing new is
    a problem.
    """
    left: dict[int, Part] = {}
    problems: list[Problem] = []
    for n, part in enumerate(parts):
        if n in made:
            continue
        asking = Ticket(begin(scene, part.values).header)
        new = chat.news(scene, talk, part.lines, asking, made.values())
        if new.messages:
            new.show()
            said = replace(part.talk, text=chat.quoted(new.messages))
            left[n] = replace(part, talk=said)
        else:
            problems.append(Problem("append.same", {"tickets": new.tickets}, part.place))
    if problems:
        raise DeskError(*problems)
    return left


def _written(scene: Scene, parts: list[Part], talk: chat.Chat) -> list[Change]:
    """One ticket after the other, each linked to those before it. What a killed run has made stays,
    and is linked to: the same part of a conversation opens one ticket.
    """
    here = session.desk()
    made = {n: found for n, part in enumerate(parts) if (found := chat.opened(part.talk))}
    if len(made) == len(parts):
        raise refuse("split.done", tickets=list(made.values()))
    left = _unknown(scene, talk, parts, made)
    _all(here.scene(), left)  # every problem of all, before any is written
    keep([talk.file])
    session.begun.more = lambda: session.begun.tickets < len(left)
    done: list[Change] = []
    for n, part in left.items():
        change = _one(scene, part, list(made.values()))
        session.begun.operation, session.begun.via = scene.operation, "split"
        session.begun.tickets += 1
        [ticket] = here.commit([change])
        made[n] = ticket.id
        done.append(Change(ticket, change.events))
    return done


def _all(scene: Scene, parts: dict[int, Part]) -> list[Change]:
    problems: list[Problem] = []
    changes: list[Change] = []
    for part in parts.values():
        try:
            changes.append(_one(scene, part, []))
        except DeskError as error:
            problems += error.problems
    if problems:
        raise DeskError(*problems)
    return changes


def _one(scene: Scene, part: Part, links: list[str]) -> Change:
    """One ticket; its problems stand at its place in the plan."""
    intake = piece(scene, part.values, part.talk, links)
    if intake.change is None:
        raise DeskError(
            *(Problem(p.code, p.facts, p.place or part.place, p.hint) for p in intake.problems)
        )
    return intake.change


def _tell_lines(talk: chat.Chat, parts: list[Part]) -> None:
    """The lines that no ticket of the plan has, and those that several have (F8)."""
    times = Counter(message.line_first for part in parts for message in part.lines)
    said = [m for m in talk.transcript.messages if chat.quoted([m])]
    if none := [m for m in said if not times[m.line_first]]:
        tell(_("In no ticket of this split: lines {lines}.").format(lines=chat.lines(none)))
    if several := [m for m in said if times[m.line_first] > 1]:
        tell(_("In several tickets: lines {lines}.").format(lines=chat.lines(several)))


def _to_fill(talk: chat.Chat) -> Iterator[str]:
    """A plan with the fields of the desk's usual form, and the lines as comments. What can not be
    shown as it is stays out: the conversation tells it again.
    """
    config = session.desk().config
    form = config.forms.get(config.settings.policies.default_form)
    asked = [f.id for f in form.fields if f.fixed is None and f.required] if form else []
    names = [name for name in asked if name not in ("title", "category", "org")]
    known = {path: text for path, text in chat.customer(talk).items() if safe(text) == text}
    common: dict[str, Any] = dict.fromkeys(["org", *names] if "org" in asked else names, "")
    if common | known:
        yield "common:"
        yield from block(common | known, 2).splitlines()
    part = block(dict.fromkeys(("lines", "title", "category", "summary"), ""), 2)
    yield "tickets:"
    yield from f"- {part[2:]}- {part[2:]}".splitlines()
    yield ""
    for message in filter(lambda m: chat.quoted([m]), talk.transcript.messages):
        first, *rest = chat.quoted([message]).split("\n")
        yield f"# {message.line_first:4}  {first}"
        yield from (f"#       {line}" for line in rest)
