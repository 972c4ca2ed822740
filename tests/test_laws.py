"""Laws that hold whatever people do: replay, drift, undo, sweep (DESIGN 11)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_pack_esplane import MONDAY
from test_pack_esplane import scene as pack_scene

from deskcli import act, answer, move, outbox, sweep, undo
from deskcli.address import recipient
from deskcli.intake import open_ticket
from deskcli.problem import DeskError, refuse
from deskcli.reply import Message
from deskcli.scene import Scene
from deskcli.ticket import Change, Event, Ticket, differences, drift, replay, split_path
from deskcli.ticketfile import changed, from_document, new_text
from deskcli.yamltext import Value, reread
from deskcli.yamlwrite import block

IDS = count(1)


def scene(actor: str) -> Scene:
    """A scene whose ids are new in the whole test, as those of two commands are."""
    here = pack_scene(actor)
    here.fresh_id = lambda: f"{next(IDS):026}"
    return here


PEOPLE = st.sampled_from(["joao", "vendedor-2", "nathalya"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
Step = Callable[[Scene, Ticket], Change]


def messaged(here: Scene, ticket: Ticket, text: str) -> Change:
    return outbox.first_message(here, ticket, Message(text), recipient(here, ticket))


def marked(here: Scene, ticket: Ticket) -> Change:
    """All that waits, as sent."""
    change, _ = outbox.mark(here, ticket, [e.id for e in outbox.entries(ticket.history)])
    if change is None:
        raise refuse("outbox.unknown", id="")
    return change


STEPS: st.SearchStrategy[Step] = st.one_of(
    TEXT.map(lambda text: lambda s, t: act.annotate(s, t, text)),
    TEXT.map(lambda text: lambda s, t: answer.reply(s, t, Message(text))),
    TEXT.map(lambda text: lambda s, t: messaged(s, t, text)),
    st.just(marked),
    PEOPLE.map(lambda who: lambda s, t: act.assign(s, t, who)),
    TEXT.map(lambda text: lambda s, t: act.set_values(s, t, {"product": text})),
    st.just(lambda s, t: act.set_values(s, t, {"product": ""})),
    st.just(lambda s, t: act.set_values(s, t, {"requester.phone": "11 99999-0000"})),
    st.dates().map(lambda day: lambda s, t: act.due(s, t, day.isoformat(), "combinado")),
    st.just(move.resolve),
    st.just(move.reopen),
    st.just(lambda s, t: move.cancel(s, t, "desistiu")),
)


def opened(here: Scene) -> Ticket:
    values = {"category": "orcamento_vcc", "requester.name": "Ana", "description": "Cuba\ndupla"}
    intake = open_ticket(here, {**values, "requester.email": "ana@example.com"})
    assert intake.change is not None, intake.problems
    return on_file(new_text(intake.change, "ESP-1"))


def on_file(text: str) -> Ticket:
    return from_document(reread(text, "tickets/2026/11/ESP-1.yaml"))


def whole(ticket: Ticket) -> dict[str, Value]:
    return {k: v for k, v in ticket.header.items() if k != "id"}


def done(here: Scene, ticket: Ticket, step: Step) -> Ticket:
    """The ticket after the step, by way of its file; a refusal changes nothing."""
    try:
        return from_document(changed(step(here, ticket)))
    except DeskError:
        return ticket


@given(st.lists(STEPS, max_size=6))
@settings(max_examples=60)
def test_the_header_is_the_replay_of_the_history(steps: list[Step]) -> None:
    here = scene("atendente-1")
    ticket = opened(here)
    for step in steps:
        ticket = done(here, ticket, step)
        assert not differences(replay(ticket.history), whole(ticket))
        assert not drift(ticket)
        assert [e.clk for e in ticket.history] == list(range(1, len(ticket.history) + 1))


@given(st.lists(STEPS, min_size=1, max_size=5))
@settings(max_examples=60)
def test_undo_puts_back_what_the_last_operation_changed(steps: list[Step]) -> None:
    ticket = opened(scene("atendente-1"))
    for step in steps:
        here = scene("atendente-1")  # each operation has its own
        before, ticket = ticket, done(here, ticket, step)
    if ticket.history[-1].id != before.history[-1].id:
        back = from_document(changed(undo.undo(scene("atendente-1"), ticket, here.operation)))
        assert not differences(whole(before), whole(back))
        assert ticket.history == back.history[: len(ticket.history)], "history only grows"


EDITS = st.dictionaries(
    st.sampled_from(["title", "brand", "channel", "summary", "minha_chave", "chave.com.pontos"]),
    TEXT,
    max_size=3,
)


@given(EDITS, TEXT)
@settings(max_examples=60)
def test_what_a_person_edits_is_recorded_as_theirs(edits: dict[str, Any], note: str) -> None:
    here = scene("atendente-1")
    ticket = opened(here)
    history = ticket.doc.text[ticket.doc.text.index("\nhistory:") :]
    edited = on_file(block({**ticket.header, **edits}) + history)
    after = from_document(changed(here.change(edited, {"did": "noted", "text": note})))
    assert not drift(after)
    assert whole(after) == whole(edited)
    assert (after.history[-2].did == "edited") == bool(drift(edited))


KEYS = st.text(alphabet="a.\\", min_size=1, max_size=5)
ODD = st.recursive(TEXT, lambda held: st.dictionaries(KEYS, held, min_size=1, max_size=3))


@given(st.dictionaries(KEYS, ODD, max_size=3), st.dictionaries(KEYS, ODD, max_size=3))
@settings(max_examples=300)
def test_whatever_a_key_is_made_of_its_path_leads_to_it(
    was: dict[str, Any], now: dict[str, Any]
) -> None:
    made = replay([event(differences({}, was))])
    made = replay([event(differences(made, now))], made)
    assert dict(leaves(made)) == dict(leaves(now))
    assert not differences(made, now)


def test_a_backslash_of_an_old_history_stands_for_itself() -> None:
    assert split_path("C:\\obras.a\\.b") == ["C:\\obras", "a.b"]


def event(sets: dict[str, Any]) -> Event:
    return Event("E1", 1, "2026-11-23T10:00:00-03:00", "x", "edited", sets=sets)


def leaves(header: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts of a header that are not empty, each below the keys that lead to it."""
    for key, held in header.items():
        if isinstance(held, dict):
            yield from leaves(held, (*above, key))
        elif held:
            yield (*above, key), held


@given(st.integers(0, 60), st.booleans())
@settings(max_examples=60)
def test_sweep_twice_is_sweep_once(hours: int, answered: bool) -> None:
    """O7, O8: each rule fires once for a ticket and a due value."""
    importing = scene("atendente-1")
    importing.via = "import"
    ticket = opened(importing)
    if answered:
        ticket = done(scene("atendente-1"), ticket, lambda s, t: answer.reply(s, t, Message("ok")))
    here = scene("atendente-1")
    here.now = MONDAY + timedelta(hours=hours)
    first = sweep.decide(here, [ticket])
    assert not answered or not first.planned, "an answered ticket is left alone"
    for change in sweep.carry_out(here, first.planned, {ticket.id: ticket}):
        ticket = from_document(changed(change))
    assert sweep.decide(here, [ticket]).planned == []
    due = [hour for hour in (9, 27) if hours >= hour]  # 18:00 that day, 12:00 the next
    assert answered or len(first.planned) == len(due)


@given(st.permutations(["a", "b"]))
def test_a_plan_does_nothing_to_a_ticket_that_changed(order: list[str]) -> None:
    importing = scene("atendente-1")
    importing.via = "import"
    ticket = opened(importing)
    late = scene("atendente-1")
    late.now = MONDAY + timedelta(hours=12)
    planned = sweep.decide(late, [ticket]).planned
    assert planned
    touched = done(late, ticket, lambda s, t: act.annotate(s, t, order[0]))
    assert list(sweep.carry_out(late, planned, {ticket.id: touched})) == []
