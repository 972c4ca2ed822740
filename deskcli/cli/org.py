"""`org`: the organisations that ask, their contacts, and what they have open."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
import typer

from deskcli.cli import session, show
from deskcli.cli.filters import bound
from deskcli.cli.rows import Dry, Format, Json, show_broken, show_rows
from deskcli.cli.show import out, safe, tell, whole
from deskcli.cli.splice import put, splice
from deskcli.cli.words import _
from deskcli.condition import All, Test
from deskcli.config import KINDS
from deskcli.durable import free_beside
from deskcli.fold import fold, slug
from deskcli.org import Org
from deskcli.problem import DeskError, Problem, refuse
from deskcli.values import document, email, phone
from deskcli.yamledit import Append, Edit, Put, edit
from deskcli.yamltext import Document

command = typer.Typer()


@command.command("list", help=_("Every organisation"))
def list_(form: Format = "", as_json: Json = False) -> None:
    orgs = session.desk().config.orgs.values()
    rows = [
        {
            "id": org.id,
            "name": org.name,
            "brand": org.brand,
            "document": org.document,
            "address": org.address,
            "contacts": [contact.name for contact in org.contacts],
            "active": org.active,
        }
        for org in orgs
    ]
    columns = {"id": _("Id"), "name": _("Name"), "brand": _("Brand"), "contacts": _("Contacts")}
    show.listing("orgs", rows, columns, show.chosen_format(form, as_json))


@command.command("show", help=_("One organisation, and its open tickets"))
def show_(
    name: Annotated[str, typer.Argument(metavar="ORG", help=_("By id, name or CNPJ"))],
    form: Format = "",
    as_json: Json = False,
) -> int:
    here = session.desk()
    org = here.config.orgs.find(name)
    here.index.refresh()
    parts = (Test("org", "in", (org.id,)), Test("open", "in", ("true",)))
    rows = here.index.select(bound(All(parts)))
    if show.chosen_format(form, as_json) in show.FOR_PEOPLE:
        for line in _lines(org):
            out(line)
        out()
    show_rows(rows, form, as_json)
    return show_broken()


def _lines(org: Org) -> list[str]:
    title = "  ".join(safe(v) for v in (org.id, org.name, org.brand, org.document) if v)
    contacts = [
        "  " + "  ".join(safe(v) for v in (c.name, c.phone, c.email, c.note) if v)
        for c in org.contacts
    ]
    return [title, *([f"  {safe(org.address)}"] if org.address else []), *contacts]


@command.command("add", help=_("Write down a new organisation"))
def add(
    name: Annotated[str, typer.Argument(help=_("Its name"))],
    brand: Annotated[str, typer.Option(help=_("Whose customer it is"))] = "",
    document_: Annotated[str, typer.Option("--document", help=_("CPF or CNPJ"))] = "",
    address: Annotated[str, typer.Option(help=_("Where it is visited"))] = "",
    contact: Annotated[
        str, typer.Option(metavar="NAME", help=_("The name of who speaks for it"))
    ] = "",
    phone_: Annotated[str, typer.Option("--phone", help=_("The contact's telephone"))] = "",
    email_: Annotated[str, typer.Option("--email", help=_("The contact's e-mail"))] = "",
    dry_run: Dry = False,
) -> None:
    here = session.desk()
    known: dict[str, Any] = {"brand": brand, "document": _valid(document, "document", document_)}
    known["address"] = " ".join(address.split())
    person = {"phone": _valid(phone, "phone", phone_), "email": _valid(email, "email", email_)}
    if brand and brand not in here.config.settings.brands:
        raise refuse("brand.unknown", brand=brand, nearest="", known=[*here.config.settings.brands])
    if any(person.values()) and not contact:
        raise refuse("field.required", field="contact", label=_("Contact"))
    name = _not_blank(name, "NAME", _("Name"))
    if contact:
        person = {"name": _not_blank(contact, "contact", _("Contact")), **person}
    with here.writing():
        org_id = slug(name).replace("_", "-")
        if there := here.config.orgs.get(org_id) or _named(name):
            file = _file(there).path
            raise refuse("org.there", org=there.name, contact=contact, file=file)
        if not org_id:
            facts = {"field": "NAME", "label": _("Name"), "value": name, "kind": "slug"}
            raise DeskError(Problem("field.invalid", facts))
        values = {"id": org_id, "name": name, **{k: v for k, v in known.items() if v}}
        if contact:
            values["contacts"] = [{k: v for k, v in person.items() if v}]
        path = free_beside(here.root / KINDS["org"].glob.replace("*", org_id))  # of another id
        doc = Document(str(path.relative_to(here.root)), "")
        made = edit(doc, [Put((key,), value) for key, value in values.items()])
        if not dry_run:
            put(made)
        for line in made.text.splitlines():
            whole(safe(line))
        if dry_run:
            tell(_("Nothing was written (dry run)."))
        else:
            session.know_actor()


@command.command(help=_("Add a contact, or change one; `undo` does not take it back"))
def contact(
    name: Annotated[str, typer.Argument(metavar="ORG", help=_("By id, name or CNPJ"))],
    who: Annotated[str, typer.Argument(metavar="NAME", help=_("The contact's name"))],
    phone_: Annotated[str, typer.Option("--phone", help=_("The contact's telephone"))] = "",
    email_: Annotated[str, typer.Option("--email", help=_("The contact's e-mail"))] = "",
    note: Annotated[str, typer.Option(help=_("What else is to be known of them"))] = "",
    dry_run: Dry = False,
) -> None:
    """Spliced into the organisation's file: its comments and all else stay (F9)."""
    here = session.desk()
    given = {"phone": _valid(phone, "phone", phone_), "email": _valid(email, "email", email_)}
    given = {key: value for key, value in {**given, "note": note.strip()}.items() if value}
    with here.writing():
        org, who = here.config.orgs.find(name), _not_blank(who, "NAME", _("Contact"))
        at = next((n for n, c in enumerate(org.contacts) if fold(c.name) == fold(who)), None)
        held = {"name": who} if at is None else msgspec.to_builtins(org.contacts[at])
        if at is not None and all(held[key] == value for key, value in given.items()):
            raise refuse("org.contact_same", org=org.id, contact=held["name"])
        new: list[Edit] = [Append(("contacts",), {**held, **given})]
        changed: list[Edit] = [
            Put(("contacts", at, key), v) for key, v in given.items() if at is not None
        ]
        splice("org", new if at is None else changed, dry_run, _file(org))


@command.command(help=_("Write down where it is visited; `undo` does not take it back"))
def address(
    name: Annotated[str, typer.Argument(metavar="ORG", help=_("By id, name or CNPJ"))],
    where: Annotated[str, typer.Argument(metavar="ADDRESS", help=_("Where it is visited"))],
    dry_run: Dry = False,
) -> None:
    """The calendar of its visits has it too (F14)."""
    here, said = session.desk(), _not_blank(" ".join(where.split()), "ADDRESS", _("Address"))
    with here.writing():
        org = here.config.orgs.find(name)
        splice("org", [Put(("address",), said)], dry_run, _file(org))


def _not_blank(given: str, field: str, label: str) -> str:
    if not given.strip():
        raise refuse("argument.blank", field=field, label=label)
    return given.strip()


def _file(org: Org) -> Document:
    docs = session.desk().config.documents("org")
    return next(doc for doc in docs if doc.value["id"] == org.id)


def _valid(normal: Callable[[str], str | None], name: str, text: str) -> str:
    """The written form of a value; refuses what is not of its kind."""
    if not text:
        return ""
    if (value := normal(text)) is None:
        facts = {"field": name, "label": f"--{name}", "value": text, "kind": name}
        raise DeskError(Problem("field.invalid", facts))
    return value


def _named(name: str) -> Org | None:
    try:
        return session.desk().config.orgs.find(name)
    except DeskError:
        return None
