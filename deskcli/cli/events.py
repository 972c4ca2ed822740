"""Events in words: what happened, who did it, what it set; and the steps of a decision."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deskcli.cli import session
from deskcli.cli.echo import echo
from deskcli.cli.labels import (
    apart,
    form_named,
    header_label,
    label,
    person,
    reason,
    team_label,
    verb,
)
from deskcli.cli.show import moment, out, paint, safe, show_problems, tell
from deskcli.cli.words import _
from deskcli.form import Form
from deskcli.problem import Place, Problem
from deskcli.rule import slot_of
from deskcli.ticket import Change, Event, apply, header_path, lookup, replay


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


def event_lines(event: Event, form: Form | None = None, brief: bool = False) -> Iterator[str]:
    """The event on one line, what it set below, in the words of the ticket's form, then its text;
    `brief` leaves out what an opening set, where the header stands above.
    """
    title = f"{moment(event.at)}  {doing(event)}  {who(event)}"
    yield paint(title, "bold") + (f"  {paint(safe(event.rule), 'dim')}" if event.rule else "")
    sets = {} if brief and event.did == "opened" else event.sets
    for path, value in (one for at, held in sets.items() for one in apart(at, held)):
        shown = label(path, value, form) if value is not None else _("(removed)")
        yield f"    {header_label(path, form)}: {shown}"
    for sign, lists in (("+", event.adds), ("-", event.drops)):
        for path, members in lists.items():
            yield f"    {header_label(path, form)} {sign} {label(path, members, form)}"
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
        yield f"  {_step(step)}{_detail(step)}"
        for name, why in _mapping(step.get("skipped")).items():
            yield "      " + _("passed over: {person} ({why})").format(
                person=_whom(str(name)), why=reason(str(why))
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


def _step(step: Mapping[str, Any]) -> str:
    """What was tried, and whom it gave; that nothing did is a sentence of its own."""
    kind, _colon, name = str(step.get("step", "")).partition(":")
    words = {
        "open_ticket_owner": _("owner of the requester's open ticket"),
        "assign": _("named by the rule"),
        "role": _("person of the role"),
        "rota": _("rota"),
        "roulette": _("roulette"),
        "team": _("team"),
        "named": _("named by whoever opened it"),
        "held": _("had it until now"),
        "category": _("no rule of the category applied; the form's follow"),
        "unassigned": _("nobody got it"),
    }.get(kind, _("named by whoever assigned it"))
    if kind in ("category", "unassigned"):
        return words
    return f"{' '.join((words, *_asked(kind, name)))}: {_result(kind, str(step.get('result', '')))}"


def _asked(kind: str, name: str) -> Iterator[str]:
    """Which one of its kind a step asks, where its answer does not say so."""
    roles = session.desk().config.people.file.roles
    if kind == "assign" and name.startswith("@"):
        yield f"({_whom(name) if name == '@me' else header_label(header_path(name[1:]))})"
    elif kind in ("role", "open_ticket_owner") and name:
        yield f"({safe(roles[name].label if name in roles else name)})"
    elif kind in ("rota", "roulette"):
        yield safe(name)


def _result(kind: str, result: str) -> str:
    people = session.desk().config.people
    if kind == "team" and result in people.file.teams:
        return label("team", result)
    return person(result) if result in people else reason(result)


def _whom(name: str) -> str:
    return _("whoever opens it") if name == "@me" else person(name)


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
        for line in _gone(change) if not dry else ():
            out(line)
        for event in change.events if dry else ():
            for line in event_lines(event, form_named(header)):
                out("  " + line)
    echo(changes)
    if dry:
        tell(_("Nothing was written (dry run)."))
    elif any("to" in event.data for change in changes for event in change.events):
        _tell_waiting(changes)


def _tell_waiting(changes: Iterable[Change]) -> None:
    """That the messages wait where nothing is sent, and for whom there is no address."""
    from deskcli.outbox import MESSAGE, entries, letter, unaddressed

    config = session.desk().config
    if not config.settings.live:
        tell(_("Recorded, to be sent: this desk is not live."))
    found = ((c.ticket, entry) for c in changes for entry in entries(c.events))
    letters = [letter(config, t, entry) for t, entry in found if entry.kind == MESSAGE]
    show_problems(unaddressed(letters))


def _gone(change: Change) -> Iterator[str]:
    """What `set` took from the ticket, as it was: another form has not all that the old one had.
    What a form decides anew is told where it stands.
    """
    if all(event.did != "filled" for event in change.events):
        return
    from deskcli.refill import DECIDED

    header = replay(e for e in change.ticket.history if e not in change.events)
    form = form_named(header)
    for event in change.events:
        for path, value in event.sets.items() if event.did == "filled" else ():
            held = lookup(header, path)
            gone = held if value is None else ""
            if isinstance(held, list):
                gone = [one for one in held if one not in (value or ())]
            if gone and path.split(".")[0] not in DECIDED:
                shown = f"    {header_label(path, form)}: {label(path, gone, form)} "
                yield shown + _("(removed)")
        apply(header, event)


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
