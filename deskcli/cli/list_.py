"""`list`: tickets by words (`status:novo due:<today assignee:me`) or by a view of the desk."""

from typing import Annotated

import typer

from deskcli.cli import complete, session
from deskcli.cli.filters import bound, filter_of
from deskcli.cli.rows import Format, Json, show_broken, show_named, show_rows
from deskcli.cli.show import show_problems, tell
from deskcli.cli.words import N_, _, ngettext
from deskcli.condition import All, Test, from_yaml
from deskcli.config import find
from deskcli.deskfile import View
from deskcli.register import register

WORDS = N_("status:novo, due:<today; other words are looked for in the text")
EXAMPLES = (
    "deskcli list 'status:novo assignee:none'",
    "deskcli list 'due:<today' --format ids",
)
ORDERS = {
    "number": "number",
    "due": "due = '', due, number",
    "changed": "changed DESC",
}


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILTER...", help=_(WORDS)),
    ] = None,
    view: Annotated[
        str,
        typer.Option("-v", "--view", help=_("A view of the desk"), autocompletion=complete.views),
    ] = "",
    views: Annotated[bool, typer.Option("--views", help=_("List the views"))] = False,
    all_: Annotated[bool, typer.Option("-a", "--all", help=_("Closed ones too"))] = False,
    sort: Annotated[
        str,
        typer.Option(
            metavar="number|due|changed", help=_("Order"), autocompletion=complete.one_of(*ORDERS)
        ),
    ] = "",
    form: Format = "",
    as_json: Json = False,
) -> int:
    here = session.desk()
    if views:
        known = {name: one.label for name, one in here.config.views.items()}
        show_named("views", known, form, as_json)
        return 0
    condition = filter_of(words or [])
    columns: list[str] = []
    if view:
        chosen = find("view", view, here.config.views)
        condition, sort = All((from_yaml(chosen.when), condition)), sort or chosen.sort
        columns = chosen.columns
        _tell_of_columns(chosen)
    elif not all_ and not words:
        condition = Test("open", "in", ("true",))
    here.index.refresh()
    rows = here.index.select(bound(condition), _order(sort))
    show_rows(rows, form, as_json, columns)
    tell(ngettext("{n} ticket", "{n} tickets", len(rows)).format(n=len(rows)))
    return show_broken()


def _tell_of_columns(view: View) -> None:
    """Those that nothing can fill, as `check` does."""
    if not view.columns:
        return
    from deskcli.crossref import columns_unknown

    config = session.desk().config
    [name] = (name for name, one in config.views.items() if one is view)
    for doc in config.documents("views"):
        path = ("views", name, "columns")
        show_problems(columns_unknown(doc, path, view.columns, register(config)))


def _order(sort: str) -> str:
    return find("order", sort or "number", ORDERS)
