"""`people`: who is on the desk."""

from typing import Annotated

import typer

from deskcli.cli import session, show
from deskcli.cli.rows import Format, Json
from deskcli.cli.show import out, safe
from deskcli.cli.words import _

command = typer.Typer()


@command.command("list", help=_("Everybody, with roles and teams"))
def list_(
    all_: Annotated[bool, typer.Option("-a", "--all", help=_("Inactive people too"))] = False,
    form: Format = "",
    as_json: Json = False,
) -> None:
    people = session.desk().config.people.values()
    rows = [
        {
            "id": p.id,
            "name": p.name,
            "roles": p.roles,
            "teams": p.teams,
            "login": p.login,
            "active": p.active,
            "provisional": p.provisional,
        }
        for p in people
        if p.active or all_
    ]
    columns = {"id": _("Id"), "name": _("Name"), "roles": _("Roles"), "teams": _("Teams")}
    show.listing("people", rows, columns, show.chosen_format(form, as_json))


@command.command("show", help=_("One person, by id, name or alias"))
def show_(name: Annotated[str, typer.Argument(help=_("Person"))]) -> None:
    here = session.desk()
    person = here.config.people.find(name)
    out(f"{safe(person.id)}  {safe(person.name)}")
    for title, values in (
        (_("Aliases"), person.aliases),
        (
            _("Roles"),
            [
                here.config.people.file.roles[r].label if r in here.config.people.file.roles else r
                for r in person.roles
            ],
        ),
        (_("Teams"), person.teams),
        (_("Login"), person.login),
        (_("E-mail"), [person.email] if person.email else []),
    ):
        if values:
            out(f"  {title}: {safe(', '.join(values))}")
    if not person.active:
        out("  " + _("inactive"))
