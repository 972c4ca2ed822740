"""Taking back: events that undo what an operation did to a ticket."""

from deskcli.outbox import still_here
from deskcli.problem import DeskError, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket, differences, drift, replay, split_path, undone
from deskcli.yamltext import Value


def undo(scene: Scene, ticket: Ticket, operation: str) -> Change:
    """Events that put back what the operation changed here; refuses when more happened since, or
    when it sent a message that has gone out.
    """
    events = enumerate(ticket.history)
    own = [n for n, e in events if e.operation == operation and e.did != "edited"]
    if not own:
        raise refuse("undo.none", operation=operation)
    still_here(ticket, operation)
    taken_back = undone(ticket.history)
    since = (e for e in ticket.history[own[-1] + 1 :] if e.did not in ("undone", "sent"))
    if later := [e for e in since if e.operation not in taken_back]:
        last = later[-1]
        mine = last.actor == scene.actor  # what a colleague did is not to be undone by the way
        facts = {"by": last.actor, "at": last.at, "operation": last.operation if mine else ""}
        raise DeskError(Problem("undo.changed", {"ticket": ticket.id, **facts}))
    if edited := drift(ticket):
        raise refuse("undo.edited", ticket=ticket.id, fields=list(edited))
    sets = _back(replay(ticket.history), replay(ticket.history[: own[0]]))
    if own[0] == 0:  # it opened the ticket: a number once given out is not taken back
        cancelled = scene.config.workflow.first("cancelled").id
        sets = {"status": cancelled, "source.key": None}  # so that its file can be imported again
    return scene.change(ticket, {"did": "undone", "sets": sets, "data": {"undoes": operation}})


def _back(now: dict[str, Value], was: dict[str, Value]) -> dict[str, Value]:
    """The `sets` that make `was` of `now`; of a mapping that was not there nothing is left."""
    made = {key for key, value in now.items() if isinstance(value, dict) and key not in was}
    sets = {p: v for p, v in differences(now, was).items() if split_path(p)[0] not in made}
    return {**sets, **dict.fromkeys(made)}
