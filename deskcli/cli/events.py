"""Events in words: what happened, who did it, what it set; and the steps of a decision."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deskcli.cli import session
from deskcli.cli.echo import echo
from deskcli.cli.labels import header_label, label, person, reason, team_label, verb
from deskcli.cli.show import moment, out, paint, safe, show_problems, tell
from deskcli.cli.words import _
from deskcli.problem import Place, Problem
from deskcli.rule import slot_of
from deskcli.ticket import Change, Event


def who(event: Event) -> str:
    """`João`; `João (as root)` when the system's user was another; of an edit by hand all that is
    known is whose the file was.
    """
    name = person(event.actor)
    if event.via == "file":
        return _("{person} (the file's owner)").format(person=name)
    return (
        _("{person} (as {login})").format(person=name, login=safe(event.by)) if event.as_ else name
    )


def doing(event: Event) -> str:
    """The verb, with the macro or the rule that it was."""
    config = session.desk().config
    macro, rule = str(event.data.get("macro", "")), str(event.data.get("rule", ""))
    if event.did == "applied" and macro in config.macros:
        return f"{verb(event.did)}: {safe(config.macros[macro].label)}"
    if event.did == "swept":
        labels = {r.id: r.label for r in config.rules}
        again = f" ({slot_of(event) + 1})" if slot_of(event) else ""
        return f"{verb(event.did)}: {safe(labels.get(rule, rule))}{again}"
    return verb(event.did)


def event_lines(event: Event, brief: bool = False) -> Iterator[str]:
    """The event on one line, what it set below, then its text; `brief` leaves out what an opening
    set, where the header stands above.
    """
    title = f"{moment(event.at)}  {doing(event)}  {who(event)}"
    yield paint(title, "bold") + (f"  {paint(safe(event.rule), 'dim')}" if event.rule else "")
    for path, value in () if brief and event.did == "opened" else event.sets.items():
        shown = label(path, value) if value is not None else _("(removed)")
        yield f"    {header_label(path)}: {shown}"
    for sign, lists in (("+", event.adds), ("-", event.drops)):
        for path, members in lists.items():
            yield f"    {header_label(path)} {sign} {label(path, members)}"
    if contacted := event.data.get("contacted"):
        yield "    " + _("customer told by: {channel}").format(channel=safe(contacted))
    if to := _mapping(event.data.get("to")):
        yield "    " + _("to send: {to}").format(to=safe(" ".join(map(str, to.values()))))
    if isinstance(whom := event.data.get("notify"), list):
        yield "    " + _("to notify: {who}").format(who=", ".join(person(str(w)) for w in whom))
    for line in event.text.split("\n") if event.text else ():
        yield f"    | {safe(line)}"


def _mapping(value: Any) -> Mapping[str, Any]:
    """What a history should have as a mapping, whatever somebody made of it."""
    return value if isinstance(value, Mapping) else {}


def step_lines(steps: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each step of a decision: what was tried, with what outcome, whom it passed over and why."""
    for step in steps:
        result = str(step.get("result", ""))
        named = person(result) if result in session.desk().config.people else reason(result)
        yield f"  {step_name(str(step.get('step', '')))}: {named}{_detail(step)}"
        for name, why in _mapping(step.get("skipped")).items():
            yield "      " + _("passed over: {person} ({why})").format(
                person=person(str(name)), why=reason(str(why))
            )
        if step.get("warning"):
            yield "      " + _("warning: is away, and the rule names nobody else")


def _detail(step: Mapping[str, Any]) -> str:
    extra = [safe(step["ticket"])] if step.get("ticket") else []
    if step.get("day"):
        extra.append(label("due", step["day"]))
    if step.get("period"):
        extra.append(safe(step["period"]))
    if step.get("swapped_for"):
        extra.append(_("turn of {person}").format(person=person(str(step["swapped_for"]))))
    if step.get("unread"):
        extra.append(_("files that can not be read: {n}").format(n=safe(step["unread"])))
    if step.get("reason"):
        extra.append(reason(str(step["reason"])))
    if step.get("at"):
        extra.append(safe(step["at"]))
    return f"  ({', '.join(extra)})" if extra else ""


def step_name(step: str) -> str:
    kind, _colon, name = step.partition(":")
    named = {
        "open_ticket_owner": _("owner of the requester's open ticket"),
        "assign": _("named by the rule"),
        "role": _("person of the role"),
        "rota": _("rota"),
        "roulette": _("roulette"),
        "team": _("team"),
        "named": _("named by whoever opened it"),
        "held": _("had it until now"),
        "category": _("no rule of the category applied; the form's follow"),
        "unassigned": _("unassigned"),
    }
    words = named.get(kind, safe(kind))
    return f"{words} {safe(name)}" if name else words


def show_changes(changes: Iterable[Change], dry: bool) -> None:
    """What was done, a line a ticket; with `dry`, every event that would be written."""
    warn_of_rules(changes := list(changes))
    for change in changes:
        header = {**change.ticket.header, **({} if not dry else change.after)}
        name = safe(header.get("id") or _("(new)"))
        dids = ", ".join(doing(e) for e in change.events if e.did != "edited" or dry)
        status, holder = label("status", header.get("status")), header.get("assignee")
        owner = person(str(holder)) if holder else team_label(header) or _("unassigned")
        out(
            f"{name}  {dids}  [{status}]  {owner}{_held(change)}  {safe(header.get('title') or '')}"
        )
        if dry:
            for event in change.events:
                for line in event_lines(event):
                    out("  " + line)
    echo(changes)
    if dry:
        tell(_("Nothing was written (dry run)."))


def _held(change: Change) -> str:
    """From whom the change took the ticket, where nobody named the new one."""
    steps = (step for event in change.events for step in event.why)
    had = [str(step.get("result")) for step in steps if step.get("step") == "held"]
    return " " + _("(was with {person})").format(person=person(had[0])) if had else ""


def warn_of_rules(changes: Iterable[Change]) -> None:
    """Name the rules that name what the desk has not, and the files in which a decision could not
    look for the requester's open ticket.
    """
    steps = [step for c in changes for e in c.events for step in e.why]
    lost = {
        (str(step.get("at", "")), str(name)): None
        for step in steps
        for name, why in _mapping(step.get("skipped")).items()
        if why == "unknown"
    }
    show_problems(
        Problem("route.unknown", {"name": name}, _place(at), "deskcli check") for at, name in lost
    )
    if any("unread" in step for step in steps):
        names = sorted(session.desk().unread)
        files = [*names[:5], "…"] if len(names) > 5 else names
        show_problems([Problem("route.unread", {"files": files}, hint="deskcli check")])


def _place(at: str) -> Place | None:
    """Of a rule, as the history has it: `file:line`."""
    path, _colon, line = at.rpartition(":")
    return Place(path, int(line)) if path and line.isdecimal() else None
