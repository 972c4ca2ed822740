"""`report`: how many tickets by one or more of their values, over a period (O16); how the promises
of the SLA were kept.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Annotated, Any

import typer

from deskcli.cli import session, show
from deskcli.cli.days import typed_day
from deskcli.cli.filters import asked_path, bound, filter_of
from deskcli.cli.labels import header_label, label
from deskcli.cli.progress import progress
from deskcli.cli.rows import Format, Json, show_broken
from deskcli.cli.show import tell
from deskcli.cli.sla_words import duration, metric
from deskcli.cli.words import _
from deskcli.factnames import CARRIED, DERIVED, path_of
from deskcli.facts import Row
from deskcli.fold import nearest
from deskcli.measure import Clocks, Cycle, measure
from deskcli.problem import refuse
from deskcli.register import Register, register
from deskcli.report import group, kept
from deskcli.ticket import header_path
from deskcli.timeline import unpacked

EXAMPLES = (
    "deskcli report --by product --since 01/11",
    "deskcli report --by assignee,status",
    "deskcli report sla --by assignee",
)


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[sla] [FILTER...]", help=_("How the SLA was kept; filter")),
    ] = None,
    by: Annotated[str, typer.Option(metavar="FIELD", help=_("Fields, with commas"))] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help=_("Opened on or after"))] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help=_("Opened on or before"))] = "",
    form: Format = "",
    as_json: Json = False,
) -> int:
    session.desk().index.refresh()
    chosen = show.chosen_format(form, as_json)
    if words and words[0] == "sla":
        _sla(_rows(words[1:], since, until), _names(by or "form"), chosen)
    else:
        _counts(_rows(words or [], since, until), _names(by or "status"), chosen)
    return show_broken()


def _rows(words: list[str], since: str, until: str) -> Iterator[Row]:
    """The tickets of a filter that were opened in the period."""
    first, last = (typed_day(text).isoformat() if text else "" for text in (since, until))
    for row in session.desk().index.select(bound(filter_of(words))):
        opened = row.arrival[:10]
        if (not first or opened >= first) and (not last or opened <= last):
            yield row


def _names(by: str) -> list[str]:
    """Refuses what no ticket has, as a filter does, and what follows from a ticket but no row
    carries.
    """
    known = register(session.desk().config)
    return [_name(name.strip(), known) for name in by.split(",") if name.strip()]


def _name(name: str, known: Register) -> str:
    path = asked_path(path_of(name), known)
    if path in DERIVED and path not in CARRIED:
        raise refuse("filter.field", field=name, nearest=nearest(name, CARRIED))
    return name if path in (name, header_path(name)) else path


def _counts(rows: Iterable[Row], names: list[str], form: str) -> None:
    config = session.desk().config
    counts = group((row.facts(config, names) for row in rows), names)
    columns = {**_labels(names), "tickets": _("Tickets")}
    show.listing("counts", _said(counts, names, form), columns, form)


def _sla(rows: Iterable[Row], names: list[str], form: str) -> None:
    if not session.desk().config.targets:
        tell(_("The desk promises nothing yet: schedules/sla.yaml has no targets."))
    clocks, asked = session.desk().index.clocks(), list(rows)
    with progress(len(asked), "report") as step:
        counts = kept(_measured(asked, names, clocks, step), names)
    counts = [{**row, **_hours(row)} for row in counts]
    columns = {
        **_labels(names),
        "metric_label": _("Metric"),
        "met": _("Met"),
        "late": _("Late"),
        "open": _("Open"),
        "median": _("Median"),
        "worst": _("Worst"),
    }
    show.listing("sla", _said(counts, names, form), columns, form)


def _measured(
    rows: Iterable[Row], names: list[str], clocks: Clocks, step: Callable[[], None]
) -> Iterator[tuple[dict[str, Any], list[Cycle]]]:
    config = session.desk().config
    for row in rows:
        yield row.facts(config, names), measure(unpacked(row.moments), clocks)
        step()


def _labels(names: list[str]) -> dict[str, str]:
    return {name: header_label(path_of(name)) for name in names}


def _said(counts: list[dict[str, Any]], names: list[str], form: str) -> list[dict[str, Any]]:
    """For people, values as the desk calls them."""
    if form not in show.FOR_PEOPLE:
        return counts
    return [{**row, **{name: label(name, row[name]) for name in names}} for row in counts]


def _hours(row: dict[str, Any]) -> dict[str, str]:
    """Beside the minutes and the metric's name what people call them."""
    used = {name: row[f"{name}_minutes"] for name in ("median", "worst")}
    told = {n: "" if m is None else duration(timedelta(minutes=m)) for n, m in used.items()}
    return {"metric_label": metric(row["metric"]), **told}
