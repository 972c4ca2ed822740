"""Edits of a file that people write too: spliced in, and shown as the lines that changed."""

from collections.abc import Sequence
from difflib import unified_diff

from deskcli.cli import session
from deskcli.cli.show import safe, tell, whole
from deskcli.cli.words import _
from deskcli.config import KINDS
from deskcli.problem import DeskError
from deskcli.schema import typed
from deskcli.survey import calendar_faults
from deskcli.yamledit import Edit, edit
from deskcli.yamltext import Document


def splice(kind: str, edits: Sequence[Edit], dry: bool, doc: Document | None = None) -> Document:
    """Edit the one file of a kind, or `doc` of several, in place, under the lock; show the lines
    that changed, and give the file as it is then, or would be.
    """
    here = session.desk()
    before = doc or here.document(kind)
    after = edit(before, edits)
    typed(after, KINDS[kind].type)
    if kind == "calendars" and (faults := list(calendar_faults(after))):
        raise DeskError(*faults)
    if not dry:
        put(after)
    lines = unified_diff(
        before.text.splitlines(), after.text.splitlines(), before.path, after.path, n=0, lineterm=""
    )
    for line in lines:
        whole(safe(line))
    if dry:
        tell(_("Nothing was written (dry run)."))
    else:
        session.know_actor()
    return after


def put(doc: Document) -> None:
    """Write a file that people edit; whoever breaks off is told whether it is there."""
    here = session.desk()

    def written() -> str:
        path = here.root / doc.path
        return doc.path if path.exists() and path.read_bytes() == doc.text.encode() else ""

    session.begun.file = written
    here.store.replace(doc)
