"""`sweep`: the rules that time fires, once each; silent when there is nothing to do (cron)."""

import shlex
from datetime import UTC
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from msgspec.structs import replace

from deskcli.cli import session
from deskcli.cli.events import show_changes
from deskcli.cli.hints import hinted
from deskcli.cli.rows import Dry
from deskcli.cli.show import safe, show_problems, tell, to_json
from deskcli.cli.words import _, ngettext
from deskcli.crossref import misnamed
from deskcli.durable import free_beside, write_whole
from deskcli.exits import Exit, gravest
from deskcli.facts import Row, instant
from deskcli.planreview import review_plan
from deskcli.problem import DeskError, Place, exit_of, of_system, refuse
from deskcli.rule import Rule
from deskcli.scene import Scene
from deskcli.sources.jsonplace import place_in
from deskcli.sweep import Plan, Planned, carry_out, decide, due_now
from deskcli.ticket import Change, Event, Ticket

SWEPT = frozenset("did by rule sets adds drops text data why".split())


def command(
    plan: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Write what would be done"))
    ] = None,
    apply: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Do exactly that plan"))
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            help=_("Refuse to touch more tickets than this; without it, sweep_limit of desk.yaml")
        ),
    ] = None,
    dry_run: Dry = False,
) -> int:
    here = session.desk()
    most = here.config.settings.policies.sweep_limit if limit is None else limit
    if plan and apply:
        raise refuse("option.both", one="--plan", other="--apply")
    if plan:
        return _plan(plan, most, dry_run)
    codes = [Exit.DONE]

    def work(scene: Scene) -> list[Change]:
        read = _read(apply) if apply else None
        items, code = (read.items, Exit.DONE) if read else _planned(scene)
        _within(most, items, f"--apply {shlex.quote(str(apply))} " if apply else "")
        tickets, unread = _tickets(items)
        codes.extend((code, unread))
        if apply and read:
            _held_to_rules(scene, apply, read, tickets)
        changes = list(carry_out(scene, items, tickets))
        done = {c.ticket.id for c in changes}
        skipped = sorted({i.ticket for i in items} - done)
        if skipped:
            tell(
                _("Changed since the plan, left alone: {ids}").format(ids=safe(", ".join(skipped)))
            )
            codes.append(Exit.CHANGED)
        return changes

    changes = session.write(work, dry_run, "sweep")
    session.begun.code = gravest(codes)
    if changes:
        show_changes(changes, dry_run)
    elif session.is_watched() and session.begun.code is Exit.DONE:
        tell(_("Nothing to do."))
    return session.begun.code


def _plan(path: Path, most: int, dry: bool) -> int:
    """Write what would be done to a new file, never over another; with `dry` only show it."""
    here = session.desk()
    _can_be_new(path)
    scene = here.scene("sweep")
    items, code = _planned(scene)
    _within(most, items, f"--plan {shlex.quote(str(path))} ")
    if dry:
        show_changes(carry_out(scene, items, _tickets(items)[0]), dry)
        told = ngettext("{n} firing for {file}.", "{n} firings for {file}.", len(items))
    else:
        made = msgspec.to_builtins(Plan(here.now, items))
        try:
            write_whole(path, f"{to_json(made)}\n".encode(), here.store.shared)
        except FileExistsError:
            raise refuse("file.there", file=str(path), free=str(free_beside(path))) from None
        except OSError as error:  # which may name the file beside it, that the person knows not of
            raise DeskError(of_system(error, str(path) if error.filename else "")) from None
        told = ngettext(
            "{n} firing planned in {file}.", "{n} firings planned in {file}.", len(items)
        )
    tell(told.format(n=len(items), file=safe(path)))
    return code


def _can_be_new(path: Path) -> None:
    """Refuses what is no name for a file (`-` is none to whoever means a pipe), and one in a folder
    that is not there.
    """
    if path.name in ("", "..", "-"):
        raise refuse("file.name", file=str(path))
    if not path.parent.is_dir():
        free = str(free_beside(Path(path.name)))
        raise refuse("file.no_folder", folder=str(path.parent), file=str(path), free=free)


def _planned(scene: Scene) -> tuple[list[Planned], Exit]:
    """The firings of now; tickets that can not be read and rules that could not do their work are
    told of, and rules that never can refused.
    """
    if problems := list(misnamed(scene.config)):
        raise DeskError(*problems)
    index = session.desk().index
    index.refresh()
    broken = index.problems
    show_problems(broken)
    found = decide(scene, _candidates(scene))
    show_problems(hinted(found.problems, session.argv))
    unable = Exit.REFUSED if found.problems else Exit.DONE
    return found.planned, gravest((unable, exit_of(broken)))


def _within(most: int, items: list[Planned], option: str) -> None:
    """Refuses to touch more tickets than a desk expects."""
    count = len({item.ticket for item in items})
    if count > most:
        hint = f"deskcli sweep {option}--limit {count}"
        raise refuse("sweep.limit", hint=hint, count=count, limit=most)


def _candidates(scene: Scene) -> list[Ticket]:
    """Tickets of which some rule's condition holds and whose time is over, by the index; the rules
    themselves are asked of the files.
    """
    here = session.desk()
    paths: dict[str, None] = {}
    for rule in scene.config.rules:
        condition = scene.condition(rule.when)
        for row in here.index.select(condition):
            if _may_fire(scene, rule, row):
                paths[row.path] = None
    return [here.store.read(Path(path)) for path in paths]


def _may_fire(scene: Scene, rule: Rule, row: Row) -> bool:
    """So may a rule whose time nobody can tell: it is told with the ticket, and stops no other."""
    opened = row.arrival
    try:
        return bool(due_now(scene, rule, opened, str(row.header.get("due") or ""), row.updated))
    except DeskError:
        return True


def _tickets(items: list[Planned]) -> tuple[dict[str, Ticket], Exit]:
    """The tickets of a plan as they are now; one that is gone or unreadable is left out, told of
    and in the exit code.
    """
    found: dict[str, Ticket] = {}
    codes = [Exit.DONE]
    for name in dict.fromkeys(item.ticket for item in items):
        try:
            found[name] = session.desk().store.get(name)
        except DeskError as error:
            show_problems(error.problems)
            codes.append(error.exit)
    return found, gravest(codes)


def _read(path: Path) -> Plan:
    """A plan; refuses a file that is none."""
    try:
        plan = msgspec.json.decode(path.read_bytes(), type=Plan)
        if not instant(plan.at.isoformat(), UTC):
            raise msgspec.ValidationError
        for item in plan.items:
            given = {"id": "x", "clk": 1, "at": "2026-01-01T00:00:00-03:00", "by": "x"}
            msgspec.convert({**item.act, **given}, Event)
            if item.act.keys() - SWEPT:
                raise msgspec.ValidationError
    except FileNotFoundError:
        raise refuse("source.missing", Place(str(path))) from None
    except (OSError, RecursionError, msgspec.MsgspecError):
        raise refuse("sweep.plan", Place(str(path))) from None
    return plan


def _held_to_rules(scene: Scene, path: Path, plan: Plan, tickets: dict[str, Ticket]) -> None:
    """Refuses a plan that does something else than the rules do."""
    if found := list(review_plan(scene, plan, tickets)):
        text = path.read_text()
        raise DeskError(
            *(replace(p, place=Place(str(path), *place_in(text, at))) for at, p in found)
        )
