"""Edits of a file that people write too: spliced in, and shown as the lines that changed."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import unified_diff

from deskcli.cli import session
from deskcli.cli.show import safe, tell, whole
from deskcli.cli.words import _
from deskcli.config import KINDS
from deskcli.dates import parse_date
from deskcli.problem import DeskError
from deskcli.schema import typed
from deskcli.survey import calendar_faults
from deskcli.yamledit import Edit, edit
from deskcli.yamltext import Document


def splice(kind: str, edits: Sequence[Edit], dry: bool, doc: Document | None = None) -> None:
    """Edit the one file of a kind, or `doc` of several, in place, under the lock; show the lines
    that changed.
    """
    here = session.desk()
    before = doc or here.document(kind)
    after = edit(before, edits)
    typed(after, KINDS[kind].type)
    if kind == "calendars" and (faults := list(calendar_faults(after))):
        raise DeskError(*faults)
    lines = unified_diff(
        before.text.splitlines(), after.text.splitlines(), before.path, after.path, n=0, lineterm=""
    )
    for line in lines:
        whole(safe(line))
    if dry:
        tell(_("Nothing was written (dry run)."))
    else:
        here.store.replace(after)
        session.know_actor()


def has_time(text: str) -> bool:
    return bool(re.search(r"\d(:\d|h)", text))


def typed_day(text: str) -> date:
    """A date as people type it, by the desk's clock and calendar."""
    here = session.desk()
    return parse_date(text, here.now.date(), here.config.calendar)
