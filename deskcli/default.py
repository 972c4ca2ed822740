"""What a form gives of itself: where nothing was typed, where other values decide it, and where a
refusal has to propose something.
"""

from collections.abc import Mapping

from deskcli.condition import holds
from deskcli.form import Default, Field, Form
from deskcli.scene import Scene
from deskcli.ticket import Event, lookup, replay
from deskcli.yamltext import Value


def which(scene: Scene, values: str | list[Default], header: Mapping[str, Value]) -> str:
    """The value, or the first of them that is for such a ticket; '' where none is."""
    if isinstance(values, str):
        return values
    held = (one.value for one in values if holds(scene.condition(one.when), header))
    return next(held, "")


def implied(scene: Scene, form: Form, header: Mapping[str, Value]) -> dict[str, str]:
    """What follows from other values of a ticket, by path: the priority from the impact (F10)."""
    ruled = (asked for asked in form.fields if isinstance(asked.default, list) and asked.default)
    return {a.path: value for a in ruled if (value := which(scene, a.default, header))}


def following(
    scene: Scene, form: Form, held: dict[str, Value], sets: Mapping[str, Value]
) -> dict[str, Value]:
    """What a ticket held as the form takes it from other values, and by those set now is to be
    otherwise; what a person chose instead stays (F10).
    """
    after = replay([Event("", 0, "", "", "", sets=dict(sets))], held)
    was, now = implied(scene, form, held), implied(scene, form, after)
    fresh = {path: v for path, v in now.items() if path not in sets and v != was.get(path)}
    return {path: v for path, v in fresh.items() if lookup(held, path) == was.get(path)}


def proposed(scene: Scene, asked: Field, header: Mapping[str, Value]) -> str:
    """What a refusal proposes: what the form does, else the only choice that it does not keep for
    other tickets (O30); never what the ticket has, or what is no choice.
    """
    rules = (asked.default, asked.proposed)
    kept = [one.value for rule in rules if isinstance(rule, list) for one in rule]
    free = [choice.id for choice in asked.choices if choice.id not in kept]
    meant = [*(which(scene, rule, header) for rule in rules), *(free if len(free) == 1 else ())]
    wrong = {"", lookup(header, asked.path)}
    known = [choice.id for choice in asked.choices] or meant
    return next((value for value in meant if value in known and value not in wrong), "")
