"""Days and times as people type them, by the desk's clock and calendar."""

import re
from datetime import date

from deskcli.cli import session
from deskcli.cli.show import safe, tell
from deskcli.cli.words import _
from deskcli.dates import parse_date, parse_instant
from deskcli.fold import fold

NONE = frozenset(("none", "nenhuma", "-"))  # what people type to promise no day


def has_time(text: str) -> bool:
    return bool(re.search(r"\d(:\d|h)", text))


def typed_day(text: str) -> date:
    """A date as people type it, by the desk's clock and calendar."""
    here = session.desk()
    return parse_date(text, here.now.date(), here.config.calendar)


def promised_day(text: str) -> str:
    """The day to promise as ISO, '' for none. `sexta 14h` is Friday: people type the time as well
    (DESIGN 5), and are told that it is not kept.
    """
    if fold(text) in NONE:
        return ""
    if not has_time(text):
        return typed_day(text).isoformat()
    here = session.desk()
    tell(_("A day is promised, not the time ('{text}').").format(text=safe(text)))
    return parse_instant(text, here.now, here.config.calendar).date().isoformat()
