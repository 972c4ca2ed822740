"""`schema`: JSON Schema of a kind of file, for editors; `--write` puts all into the desk."""

from typing import Annotated

import typer

from deskcli.cli import complete, session
from deskcli.cli.show import out, to_json, whole
from deskcli.cli.words import _
from deskcli.config import KINDS, FileKind, find
from deskcli.durable import inside
from deskcli.schema import json_schema
from deskcli.ticketfile import TicketFile

SCHEMAS = {**KINDS, "ticket": FileKind("tickets/*/*/*.yaml", TicketFile)}


def command(
    kind: Annotated[
        str,
        typer.Argument(
            help=_("Kind of file; none lists them"), autocompletion=complete.one_of(*SCHEMAS)
        ),
    ] = "",
    write: Annotated[
        bool, typer.Option("--write", help=_("Write all into .deskcli/schemas"))
    ] = False,
) -> None:
    if write:
        write_schemas(session.desk().root)
    elif kind:
        whole(to_json(json_schema(find("schema", kind, SCHEMAS).type)))
    else:
        for name, known in SCHEMAS.items():
            out(f"{name:12}{known.glob}")


def write_schemas(root) -> None:  # type: ignore[no-untyped-def]
    """One JSON Schema a kind, where the modelines of the packs look for them."""
    folder = inside(root / ".deskcli" / "schemas", root)
    folder.mkdir(parents=True, exist_ok=True)
    for name, known in SCHEMAS.items():
        (path := folder / f"{name}.json").unlink(missing_ok=True)
        path.write_text(to_json(json_schema(known.type)) + "\n")
