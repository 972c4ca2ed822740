"""Whether replies and titles ask for what there is, and a reply goes to whom it is written."""

from collections.abc import Collection, Iterator, Set

from msgspec.structs import replace

from deskcli.factnames import DERIVED
from deskcli.problem import DeskError, Place, Problem
from deskcli.register import VISIT, WRITTEN, Register
from deskcli.reply import WHOLE, Reply, meant, placeholders, typed_text
from deskcli.scene import Scene
from deskcli.ticket import HEADER
from deskcli.yamltext import Path

OF_TITLES = ("org.id", "org.name")
OF_REPLIES = ("agent.name", "agent.email", "brand", "desk.name", *OF_TITLES)
LATER = frozenset(("id", *VISIT, *WRITTEN))  # no ticket has these when its title is made


def replies(scene: Scene, known: Register) -> Iterator[Problem]:
    """Placeholders that nothing can ever fill, and to whom a reply may be written."""
    more = (*OF_REPLIES, *scene.config.settings.variables)
    for reply in scene.config.replies.values():
        place = Place(reply.path, reply.line)
        yield from _unfilled(reply, place, more, known)
        kind, _colon, team = reply.head.to.partition(":")
        if reply.head.to != "requester" and (kind != "team" or team not in known.names["team"]):
            known_to = ["requester", *(f"team:{name}" for name in sorted(known.names["team"]))]
            yield Problem("check.value", {"value": reply.head.to, "known": known_to}, place)
        if reply.head.provisional:
            yield Problem("check.provisional", {"what": reply.id}, place)


def titles(scene: Scene, known: Register) -> Iterator[Problem]:
    """The same of titles that a form makes (F5)."""
    for doc, form in scene.config.each("form"):
        for n, title in enumerate(form.titles):
            place = doc.value_place(("titles", n, "text"))
            yield from _unfilled(typed_text(title.text), place, OF_TITLES, known, LATER)


def recipients(scene: Scene, _: Register) -> Iterator[Problem]:
    """A macro sends its reply to whom the reply is written."""
    for doc, macro in scene.config.each("macro"):
        reply = scene.config.replies.get(macro.reply)
        if reply and reply.head.to != macro.to:
            facts = {"value": macro.to, "wanted": reply.head.to}
            at: Path = ("to",) if "to" in doc.value else ("reply",)
            yield Problem("check.written", facts, doc.value_place(at))


def _unfilled(
    reply: Reply,
    place: Place,
    more: Collection[str],
    known: Register,
    never: Set[str] = frozenset(),
) -> Iterator[Problem]:
    """What no ticket has a value for (some `never`), nor the desk (`more`): see
    `answer.reply_values`.
    """
    try:
        asked = placeholders(reply)
    except DeskError as error:
        yield from (replace(problem, place=problem.place or place) for problem in error.problems)
        return
    without = WHOLE | DERIVED | never
    for name in sorted(asked - {*more}):
        if name in without or not known.has_path(name):
            own = {*HEADER, *more, *known.names["path"]} - without
            facts = {"kind": "placeholder", "name": name, "nearest": meant(name, own)}
            yield Problem("check.name", facts, place)
