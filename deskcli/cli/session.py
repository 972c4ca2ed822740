"""What one run of the program shares: the global options, the desk, and the way commands write."""

import contextlib
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import typer
from msgspec import Struct
from msgspec.structs import replace

from deskcli.cli.words import _, ngettext, worded
from deskcli.desk import Desk, open_desk
from deskcli.problem import DeskError, Exit, Problem, refuse
from deskcli.scene import Scene
from deskcli.ticket import Change, Ticket


class Options(Struct, frozen=True):
    """The global options, as given before the command."""

    desk: str = ""
    as_: str = ""
    at: str = ""
    no_input: bool = False
    color: str = "auto"


class Begun(Struct):
    """The operation that is being written: how it came, how many tickets it is to change so far,
    and whether there is more to do after those. `file` names the one that people edit and that was
    written, '' where none was. `code` is what a command that has written ends with, also where that
    can not be shown; `made` says that it wrote what is no desk's yet.
    """

    operation: str = ""
    via: str = ""
    tickets: int = 0
    more: Callable[[], bool] = bool  # which says no
    file: Callable[[], str] = str
    code: Exit = Exit.DONE
    made: bool = False


options = Options()
argv: list[str] = []
begun = Begun()


def begin(args: list[str]) -> None:
    """Remember how we were called; TERM and HUP end a command as Ctrl-C does, cleaning up."""
    argv[:] = args
    begun.operation, begun.tickets, begun.more = "", 0, bool
    begun.code, begun.made, begun.file = Exit.DONE, False, str
    if desk.cache_info().currsize:  # of a command before, in the same process
        desk().close()
    desk.cache_clear()
    know_actor.cache_clear()
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is not signal.SIG_IGN:  # `nohup` means it
            signal.signal(name, _interrupt)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@cache
def desk() -> Desk:
    return open_desk(options.desk, options.as_, options.at)


def has_written() -> bool:
    """Whether this command has changed the desk, whatever became of it afterwards."""
    return begun.made or (bool(desk.cache_info().currsize) and desk().store.wrote)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C, TERM or HUP does not keep us from telling what the first one left."""
    stops = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [(number, signal.signal(number, signal.SIG_IGN)) for number in stops]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@_undisturbed()
def tell_what_stands(broken_off: bool = False) -> None:
    """Of a command that came to no end: the tickets that its operation is on, and how it is taken
    back. That there are none is only told to whoever broke off what was to write.
    """
    from deskcli.cli.hints import with_options
    from deskcli.cli.show import safe, tell

    made = None if begun.operation else 0  # not known where the desk can not be read
    with contextlib.suppress(DeskError, OSError):
        if begun.operation:
            desk().index.refresh()
            made = len(desk().index.of_operation(begun.operation))
    if made:
        words = ngettext("{n} ticket changed", "{n} tickets changed", made)
        if begun.via in ("import", "split"):
            words = ngettext("{n} ticket created", "{n} tickets created", made)
        again = begun.via in ("import", "split", "sweep")  # which find out what is done already
        rest = again and (made < begun.tickets or begun.more())
        told = _("{told}; run it again for the rest.") if rest else "{told}."
        tell(told.format(told=words.format(n=made)))
        back = safe(with_options("undo", begun.operation))
        tell("  " + _("to take them back: {command}").format(command=back))
    elif broken_off and (file := begun.file()):
        tell(_("{file} was written.").format(file=safe(file)))
    elif broken_off and made is not None:
        tell(_("Nothing was written."))


def ids(named: Iterable[str]) -> list[str]:
    """Ids as given: several, with commas, or `-` for those on standard input, a line each.

    Where a list found nothing to send us there is nothing to do, and the command ends well.
    """
    from deskcli.cli.show import tell

    named = list(named)
    found: list[str] = []
    for name in named:
        if name == "-":
            found += [line.split()[0] for line in standard_input().splitlines() if line.strip()]
        else:
            found += [part for part in name.split(",") if part.strip()]
    if not found and "-" in named:
        if is_watched():
            tell(_("No ticket was named; nothing was done."))
        raise typer.Exit(Exit.DONE)
    if not found:
        raise refuse("ids.none")
    return list(dict.fromkeys(desk().store.id_of(name) for name in found))


def is_watched() -> bool:
    """Whether a person looks on who would wonder at silence; cron is told nothing of nothing."""
    return sys.stderr.isatty() and not options.no_input


# Refusals of a ticket that already is as it was to be.
ALREADY = frozenset(("assign.same", "set.same", "status.same", "reopen.open", "attach.same"))


def change_each(
    named: Iterable[str], act: Callable[[Scene, Ticket], Change], dry: bool, via: str = "cli"
) -> list[Change]:
    """Decide `act` on each ticket and write all changes as one operation, or none with `dry`.

    Every ticket is read and decided under the lock, so a decision never rests on old content. One
    that is so already is told of, and only refused when all are.
    """
    from deskcli.cli.show import tell

    asked = ids(named)
    here = desk()
    same: list[Problem] = []

    def decide(scene: Scene) -> list[Change]:
        changes = []
        for name in asked:
            try:
                changes.append(act(scene, here.store.get(name)))
            except DeskError as error:
                if any(p.code not in ALREADY for p in error.problems):
                    raise
                same.extend(error.problems)
        if not changes:
            raise DeskError(*same)
        return changes

    changes = write(decide, dry, via)
    for problem in same:
        tell(worded(problem))
    return changes


def write(
    decide: Callable[[Scene], Sequence[Change]], dry: bool, via: str = "cli", operation: str = ""
) -> list[Change]:
    """The changes of `decide`, committed unless `dry`; each with its ticket as it is now. They are
    part of `operation`, or one of their own.
    """
    here = desk()
    if dry:
        scene = here.scene(via, operation)
        changes = list(decide(scene))
        _warn_of_mentions(scene)
        return changes
    with here.writing():
        scene = here.scene(via, operation)
        changes = list(decide(scene))
        begun.operation, begun.via = scene.operation, via
        begun.tickets += len(changes)
        done = here.commit(changes)
    _warn_of_edits(scene, changes)
    _warn_of_mentions(scene)
    if changes and via != "sweep":  # there the program decides, whoever runs it
        know_actor()
    return [Change(ticket, change.events) for ticket, change in zip(done, changes, strict=True)]


def _warn_of_edits(scene: Scene, changes: Iterable[Change]) -> None:
    """What was edited by hand and `check` would refuse: it is kept, and told of with its place."""
    edited = [c.ticket for c in changes if any(e.did == "edited" for e in c.events)]
    if edited:
        from deskcli.cli.hints import of_files
        from deskcli.cli.show import show_problems
        from deskcli.ticketreview import review_edits

        show_problems(of_files(review_edits(scene, edited)))


def _warn_of_mentions(scene: Scene) -> None:
    if scene.lost:
        from deskcli.cli.hints import own
        from deskcli.cli.show import show_problems

        show_problems(replace(p, hint=own(p.hint, argv)) for p in scene.lost.values())


@cache
def know_actor() -> None:
    """Warn, once a command, that the desk does not know who wrote; one of nobody knows nobody."""
    actor, people = desk().scene().actor, desk().config.people
    if people and actor not in people:
        from deskcli.cli.hints import with_options
        from deskcli.cli.problem_hints import BLANKS
        from deskcli.cli.show import show_problems

        hint = with_options("init", "--login", _(BLANKS["PERSON"]))
        show_problems([Problem("person.stranger", {"actor": actor}, hint=hint)])


def standard_input() -> str:
    """Standard input, which may be anything."""
    try:
        text = sys.stdin.read()
        text.encode()
    except UnicodeError:
        raise refuse("text.encoding") from None
    return text
