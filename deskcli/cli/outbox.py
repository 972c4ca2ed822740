"""`outbox`: what is to leave the desk: list it, add a message, hand it to a sender, mark it sent.

A sender is a program outside, which takes lines of JSON and says what it sent:

    deskcli outbox export | sender | deskcli outbox sent -

`export` writes nothing: what was not marked is handed out again, with the same `id`. So nothing is
lost wherever the line breaks, and a sender that remembers the ids of what it sent doubles nothing;
neither do two of them that share that memory.
"""

import re
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from deskcli import outbox
from deskcli.address import recipient
from deskcli.answer import canned, written
from deskcli.cli import session, show
from deskcli.cli.events import show_changes
from deskcli.cli.files import path_of
from deskcli.cli.hints import hinted
from deskcli.cli.labels import person
from deskcli.cli.rows import Channel, Dry, Format, Json, Several, Template, show_broken
from deskcli.cli.show import moment, out, safe, show_problems, tell, to_json
from deskcli.cli.texts import given_once, text_given
from deskcli.cli.words import N_, _, ngettext
from deskcli.outbox import Entry, first_message, letter, mark
from deskcli.problem import DeskError, Problem, exit_of, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket

command = typer.Typer()
ROUND = N_("deskcli outbox export | PROGRAM | deskcli outbox sent -")
EXPORT = N_("Print what waits, for a program that sends it")


@command.command("list", help=_("What waits to be sent; with --all, what was sent too"))
def list_(
    all_: Annotated[bool, typer.Option("-a", "--all", help=_("Those sent too"))] = False,
    form: Format = "",
    as_json: Json = False,
) -> int:
    columns = {
        "id": _("Id"),
        "kind": _("Kind"),
        **({"state": _("State")} if all_ else {}),
        "ticket": _("Ticket"),
        "channel": _("Channel"),
        "address": _("Address"),
        "created_at": _("Since"),
        "text": _("Text"),
    }
    chosen = show.chosen_format(form, as_json)
    rows = [_row(one, chosen) for one in _found(all_)]
    if chosen == "table":  # where whole ids and hours leave no room for the rest
        ends = outbox.shortened([row["id"] for row in rows])
        rows = [{**r, "id": ends[r["id"]], "created_at": r["created_at"][:10]} for r in rows]
    show.listing("outbox", rows, columns, chosen)
    tell(ngettext("{n} entry", "{n} entries", len(rows)).format(n=len(rows)))
    if rows and not session.desk().config.settings.live:
        tell(_("This desk is not live: nothing leaves it."))
    return show_broken()


@command.command("add", help=_("A first message to the customer of a ticket"))
def add(
    ids: Several,
    text: Annotated[
        str | None, typer.Option("-m", "--message", help=_("The message; - reads it"))
    ] = None,
    channel: Channel = "",
    phone: Annotated[str, typer.Option(help=_("Instead of the requester's telephone"))] = "",
    email: Annotated[str, typer.Option(help=_("Instead of the requester's e-mail"))] = "",
    template: Template = "",
    dry_run: Dry = False,
) -> None:
    given_once(message=text, template=template)
    own = "" if template else text_given(text, "message")

    def act(scene: Scene, ticket: Ticket) -> Change:
        to = recipient(scene, ticket, channel, {"phone": phone, "email": email})
        said = canned(scene, ticket, template) if template else written(scene, ticket, own)
        return first_message(scene, ticket, said, to)

    changes = session.change_each([ids], act, dry_run)
    show_changes(changes, dry_run)
    for change in () if dry_run else changes:
        to = change.events[-1].data["to"]
        tell(_("to send: {to}").format(to=safe(" ".join(to.values()))))


@command.command("export", help=_(EXPORT), epilog=_(ROUND))
def export(
    all_: Annotated[
        bool, typer.Option("-a", "--all", help=_("What has waited for long, too"))
    ] = False,
    dry_run: Dry = False,
) -> int:
    """Only a desk that is `live` hands anything out; `-n` shows it, and not in JSON, so that a
    program at the other end of the pipe has nothing to send.
    """
    here = session.desk()
    if not (here.config.settings.live or dry_run):
        doc = here.config.documents("desk")[0]
        raise refuse("outbox.live", doc.place(("live",)))
    days, old, without = here.config.settings.policies.outbox_days, list[Found](), list[Found]()
    for one in _found():
        if not all_ and here.now - datetime.fromisoformat(one.entry.event.at) > timedelta(days):
            old.append(one)
        elif not one.letter["address"]:
            without.append(one)
        elif dry_run:
            _show(one)
        else:
            show.whole(to_json({"schema_version": show.SCHEMA_VERSION, **one.letter}, indent=None))
    show_problems(_left(old, without, days))
    if dry_run:
        tell(_("Nothing was written (dry run)."))
    return show_broken()


@command.command("sent", help=_("Mark entries as sent: ids, or - for the lines of a sender"))
def sent(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help=_("Ids; - reads ids or lines of JSON"))
    ],
    dry_run: Dry = False,
) -> int:
    """What is marked already stays so; what is not known does not keep the others from it."""
    names = _names(ids)
    problems: list[Problem] = []

    def decide(scene: Scene) -> list[Change]:
        changes: list[Change] = []
        for path, own in _by_ticket(names).items():
            try:
                ticket = session.desk().store.read(Path(path)) if path else Ticket({})
                change, told = mark(scene, ticket, own)
            except DeskError as error:
                problems.extend(error.problems)
                continue
            problems.extend(told)
            changes += [change] if change else []
        return changes

    changes = session.write(decide, dry_run)
    session.begun.code = exit_of(problems)
    show_changes(changes, dry_run)
    show_problems(hinted(problems, session.argv))
    return session.begun.code


# -- what there is --------------------------------------------------------------------------------


class Found(msgspec.Struct, frozen=True):
    """An entry of a ticket, with what a sender gets of it."""

    ticket: Ticket
    entry: Entry
    letter: dict[str, Any]


def _found(all_: bool = False) -> Iterator[Found]:
    """The entries that wait, with `all_` those sent too: ticket by ticket, each in its order."""
    here = session.desk()
    here.index.refresh()
    for path in here.index.outbox(*("waiting", "sent") if all_ else ("waiting",)):
        ticket = here.store.read(Path(path))
        for entry in outbox.entries(ticket.history):
            if entry.sent and not all_:
                continue
            made = letter(here.config, ticket, entry)
            files = [{**file, "path": path_of(file)} for file in made["attachments"]]
            yield Found(ticket, entry, {**made, "attachments": files})


def _row(one: Found, form: str) -> dict[str, Any]:
    """Words for people, for tables; keys that stay for programs."""
    row = {**one.letter, "state": "sent" if one.entry.sent else "waiting"}
    row["sent_at"] = one.entry.sent or None
    if form not in show.FOR_PEOPLE:
        return row
    kinds = {outbox.MESSAGE: _("message"), outbox.NOTIFY: _("notice")}
    channels = session.desk().config.channels
    return {
        **row,
        "kind": kinds[one.entry.kind],
        "state": _("sent") if one.entry.sent else _("waiting"),
        "channel": channels[row["channel"]].label if row["channel"] in channels else row["channel"],
        "address": row["address"] or (person(row["whom"]) if row["whom"] else ""),
        "created_at": moment(row["created_at"]),
        "text": row["text"].partition("\n")[0],
    }


def _show(one: Found) -> None:
    """As a person reads it: whom it goes to, and the whole of it."""
    row = _row(one, "table")
    out(f"{safe(one.entry.id)}  {safe(one.ticket.id)}  {safe(row['channel'])} {row['address']}")
    for line in (one.letter["subject"], *one.letter["text"].split("\n")):
        if line:
            out(f"    | {safe(line)}")


def _left(old: list[Found], without: list[Found], days: int) -> Iterator[Problem]:
    """What is not handed out, and why."""
    yield from outbox.unaddressed(one.letter for one in without)
    if old:
        named = dict.fromkeys(one.ticket.id for one in old)
        facts = {"days": days, "known": list(named)}
        yield Problem("outbox.old", facts, hint="deskcli outbox export --all")


# -- what was sent --------------------------------------------------------------------------------


def _names(given: list[str]) -> list[str]:
    """Ids as given or by their ends, and for `-` those of the lines of standard input."""
    names = [n.strip() for name in given for n in ([*_read()] if name == "-" else [name])]
    if any(len(name) < outbox.WHOLE for name in names):
        known = [one.entry.id for one in _found(all_=True)]
        names = [outbox.whole_id(name, known) for name in names]
    return list(dict.fromkeys(names))


def _read() -> Iterator[str]:
    """The `id` of each line that is JSON, the first word of any other."""
    for line in filter(str.strip, sys.stdin):
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, ValueError, RecursionError):
            value = None
        yield str(value["id"]) if isinstance(value, dict) and "id" in value else line.split()[0]


def _by_ticket(names: list[str]) -> dict[str, list[str]]:
    """The ids by the path of their ticket; those of none under ''."""
    here = session.desk()
    here.index.refresh()
    found: dict[str, list[str]] = {}
    for name in names:
        event = re.sub(r"-\d+$", "", name)
        found.setdefault(here.index.of_event(event), []).append(name)
    return found
