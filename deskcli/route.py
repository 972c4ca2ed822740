"""The ladder: who gets a ticket, with every step tried and why (DESIGN 5, O-X9, O-X17).

The steps are YAML: those of the option first, then those of the form. The first that names somebody
decides; the rest of the day nobody has to ask why, because each step, each candidate passed over
and the line of the rule go into the ticket's history. When no step names anybody the ticket is
unassigned, and says so.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from deskcli.category import Option
from deskcli.condition import Condition, failures, holds, paths
from deskcli.demand import requirement
from deskcli.form import Form, RouteStep
from deskcli.problem import Problem
from deskcli.roulette import away, eligible, period_key, spin
from deskcli.scene import Scene
from deskcli.ticket import header_path, lookup
from deskcli.yamltext import Value

TARGETS = ("open_ticket_owner", "assign", "role", "rota", "roulette", "team")
Step = dict[str, Any]


class Decision(Struct):
    """Who gets it: `sets` are header values, `steps` the record for `why`, `rule` a file:line.

    `problems` are demands of the step that was reached (O33.10: a telephone); then nothing else of
    the decision counts.
    """

    person: str = ""
    team: str = ""
    sets: dict[str, Value] = {}
    steps: list[Step] = []
    rule: str = ""
    note: str = ""
    mentions: list[str] = []
    form: str = ""
    problems: list[Problem] = []

    @property
    def is_unassigned(self) -> bool:
        return not self.person and not self.team


def route(
    scene: Scene, header: dict[str, Value], form: Form, option: Option | None = None
) -> Decision:
    """The decision for a ticket with this header; an assignee there already stays."""
    if named := header.get("assignee"):
        return Decision(str(named), steps=[{"step": "named", "result": named}], sets=_sets(named))
    decision = Decision()
    for step, place in ladder(scene, form, option):
        if step is None:
            decision.steps.append({"step": "category", "result": "none"})
        elif _try(scene, decision, form, step, place, header):
            return decision
    decision.steps.append({"step": "unassigned", "result": "none"})
    return decision


def undecided(
    scene: Scene, header: Mapping[str, Value], form: Form, option: Option, decision: Decision
) -> Iterator[str]:
    """The form's fields that were empty where a step of the option, tried and passed over, asks for
    them: whoever fills them in may have the ticket go to somebody else.
    """
    steps = zip(option.route, decision.steps, strict=False)
    for step, _record in (s for s in steps if s[1]["result"] == "not_applicable"):
        for path in paths(scene.condition(step.when)):
            if form.field(path) and not lookup(header, path):
                yield path


def ladder(
    scene: Scene, form: Form, option: Option | None
) -> Iterator[tuple[RouteStep | None, str]]:
    """The steps with their places; None marks where the option's own steps are used up (O-X9)."""
    if option and option.route:
        for n, step in enumerate(option.route):
            yield step, scene.config.option_place(option.id, "route", n)
        yield None, ""
    for n, step in enumerate(form.route):
        yield step, scene.config.place("form", form.id, ("route", n))


def _try(
    scene: Scene,
    decision: Decision,
    form: Form,
    step: RouteStep,
    place: str,
    facts: dict[str, Value],
) -> bool:
    """Whether the step decides; either way it is recorded."""
    record: Step = {"step": describe(step), "at": place}
    decision.steps.append(record)
    if not holds(scene.condition(step.when), facts):
        record["result"] = "not_applicable"
        return False
    missing = list(failures(scene.condition(step.requires), facts))
    if missing:
        record["result"] = "refused"
        decision.problems += [_missing(form, failed, place) for failed in missing]
        return True
    person, more = _candidate(scene, step, facts)
    team = step.team if step.team in scene.config.people.file.teams else ""
    record |= more | {"result": person or team or "none"}
    if not person and not team:
        return False
    _decide(decision, step, place, person)
    return True


def _missing(form: Form, failed: Condition, place: str) -> Problem:
    """What the step demands, by the label that the form has for it."""
    facts = requirement(failed, form, "").facts
    return Problem("route.needs", {**facts, "rule": place})


def describe(step: RouteStep) -> str:
    """`rota:orcamentos`, `assign:joao`, `open_ticket_owner`."""
    for name in TARGETS:
        if value := getattr(step, name):
            return name if value in (True, "true") else f"{name}:{value}"
    return "nobody"


def _decide(decision: Decision, step: RouteStep, place: str, person: str) -> None:
    decision.person, decision.team, decision.rule = person, step.team, place
    decision.form, decision.note, decision.mentions = step.form, step.note, list(step.mentions)
    decision.sets |= {**step.sets, **_sets(person, step.team)}
    if step.form:
        decision.sets["form"] = step.form
    if step.on_reply:
        decision.sets["on_reply"] = dict(step.on_reply)


def _sets(person: Value = "", team: str = "") -> dict[str, Value]:
    return {k: v for k, v in (("assignee", person), ("team", team)) if v}


# -- the candidates of each kind of step ----------------------------------------------------------


def _candidate(scene: Scene, step: RouteStep, facts: dict[str, Value]) -> tuple[str, Step]:
    """The person a step names, and what to record of those it passed over."""
    if step.open_ticket_owner:
        return _owner(scene, step, facts)
    if step.assign.startswith("@") and step.assign != "@me":
        return _named(scene, str(lookup(facts, header_path(step.assign[1:])) or ""))
    if step.assign:
        return _named(scene, step.assign)
    if step.role:
        return _with_role(scene, step.role)
    if step.rota:
        return on_duty(scene, step.rota)
    if step.roulette:
        return by_turn(scene, step.roulette)
    known = scene.config.people.file.teams
    return "", {} if step.team in known else _unknown(f"team:{step.team}")


def _owner(scene: Scene, step: RouteStep, facts: dict[str, Value]) -> tuple[str, Step]:
    """Who has the requester's open ticket; one who is away can not answer today and is skipped.
    A file that can not be read may be that ticket too, and the record says so.
    """
    role = step.owner_role
    skipped: dict[str, str] = {}
    tickets = scene.conversations(facts)
    unread: Step = {"unread": count} if (count := scene.unread()) else {}
    for ticket in tickets:
        owner = ticket.text("assignee")
        reason = scene.staff.unable(owner, scene.arrival, role) if owner else ""
        if owner and not reason:
            more: Step = {"ticket": ticket.id} if ticket.id else {}
            return owner, more | unread | _skips(skipped)
        if owner:
            skipped[owner] = reason
    return "", unread | _skips(skipped)


def _unknown(name: str) -> Step:
    """A rule that names what the desk has not: it decides nothing, and whoever acts is warned."""
    return {"skipped": {name: "unknown"}}


def _skips(skipped: dict[str, str]) -> Step:
    return {"skipped": skipped} if skipped else {}


def _named(scene: Scene, name: str) -> tuple[str, Step]:
    """The person the rule names, also when away (the work is theirs alone), but then it says so."""
    if not name:
        return "", {}
    if name == "@me" and (scene.person is None or scene.via == "import"):
        reason = "imported" if scene.via == "import" else "nobody_acts"
        return "", {"skipped": {"@me": reason}}
    person = scene.actor if name == "@me" else name
    if reason := scene.staff.misfit(person):
        return "", {"skipped": {person: reason}}
    return person, {"warning": "absence"} if scene.staff.away(person, scene.arrival) else {}


def _with_role(scene: Scene, role: str) -> tuple[str, Step]:
    """The first person of the role who is there; with all of them away the first, as for a name."""
    if role not in scene.config.people.file.roles:
        return "", _unknown(f"role:{role}")
    skipped: dict[str, str] = {}
    for person in scene.config.people.with_role(role):
        reason = scene.staff.unable(person, scene.arrival)
        if not reason:
            return person, _skips(skipped)
        skipped[person] = reason
    away = next((person for person, reason in skipped.items() if reason == "absence"), "")
    return away, {"warning": "absence"} if away else _skips(skipped)


def on_duty(scene: Scene, name: str) -> tuple[str, Step]:
    """Who is on duty when the ticket arrives; on a closed day that is the next one (O-X11)."""
    rota = scene.config.rotas.get(name)
    if rota is None:
        return "", _unknown(f"rota:{name}")
    duty = scene.agenda(rota).duty_at(scene.arrival)
    nobody = {"reason": duty.reason} if duty.reason else {}
    return duty.person, {"day": duty.day.isoformat(), **_skips(duty.skipped), **nobody}


def by_turn(scene: Scene, name: str) -> tuple[str, Step]:
    """Whose turn it is; the turn is taken as soon as this is asked, within the operation."""
    roulette = scene.config.roulettes.get(name)
    if roulette is None:
        return "", _unknown(f"roulette:{name}")
    day = scene.arrival_by(roulette.calendar)
    period = period_key(roulette, day)
    able = eligible(roulette, scene.staff)
    absent = away(able, scene.staff, day)
    turns = scene.turns_so_far(name, period)
    found = spin(roulette, able, absent, turns, swaps=scene.config.swaps, day=day)
    scene.turns[name, period] = found.turns
    swapped = {"swapped_for": found.swapped_for} if found.swapped_for else {}
    more: Step = {"period": period, "turns": found.turns, **_skips(found.skipped), **swapped}
    return found.person, more
