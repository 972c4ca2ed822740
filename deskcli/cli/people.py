"""`people`: who is on the desk."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from deskcli.cli import complete, session, show
from deskcli.cli.rows import Format, Json
from deskcli.cli.show import safe
from deskcli.cli.words import _
from deskcli.people import Group, Person

command = typer.Typer()


@command.command("list", help=_("Everybody, with roles and teams"))
def list_(
    all_: Annotated[bool, typer.Option("-a", "--all", help=_("Inactive people too"))] = False,
    form: Format = "",
    as_json: Json = False,
) -> None:
    people = session.desk().config.people.values()
    rows = [_values(p) for p in people if p.active or all_]
    columns = {"id": _("Id"), "name": _("Name")}
    columns |= {"role_labels": _("Roles"), "team_labels": _("Teams")}
    show.listing("people", rows, columns, show.chosen_format(form, as_json))


@command.command("show", help=_("One person, by id, name or alias"))
def show_(
    name: Annotated[
        str, typer.Argument(metavar="PERSON", help=_("Person"), autocompletion=complete.people)
    ],
    form: Format = "",
    as_json: Json = False,
) -> None:
    chosen = show.chosen_format(form, as_json)
    person = session.desk().config.people.find(name)
    show.thing(_values(person), _lines(person), chosen)


def _labels(names: list[str], known: Mapping[str, Group]) -> list[str]:
    return [known[name].label if name in known else name for name in names]


def _values(person: Person) -> dict[str, Any]:
    register = session.desk().config.people.file
    return {
        "id": person.id,
        "name": person.name,
        "aliases": person.aliases,
        "roles": person.roles,
        "role_labels": _labels(person.roles, register.roles),
        "teams": person.teams,
        "team_labels": _labels(person.teams, register.teams),
        "login": person.login,
        "email": person.email or None,
        "active": person.active,
        "provisional": person.provisional,
    }


def _lines(person: Person) -> Iterator[str]:
    known = session.desk().config.people.file
    yield f"{safe(person.id)}  {safe(person.name)}"
    for title, values in (
        (_("Aliases"), person.aliases),
        (_("Roles"), _labels(person.roles, known.roles)),
        (_("Teams"), _labels(person.teams, known.teams)),
        (_("Login"), person.login),
        (_("E-mail"), [person.email] if person.email else []),
    ):
        if values:
            yield f"  {title}: {safe(', '.join(values))}"
    if not person.active:
        yield "  " + _("inactive")
