"""The only module that prints: tables, dates, colours, problems; and the one safe text function.

Data goes to standard output, all else to standard error. Ticket text comes from the open web and
never reaches a terminal raw: whatever is not plainly printable is shown escaped.
"""

import csv
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

from deskcli.cli import session
from deskcli.cli.words import _, worded
from deskcli.problem import Problem, refuse

FORMATS = ("table", "plain", "json", "jsonl", "csv", "ids")
SCHEMA_VERSION = 1
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_COLORS = {"red": "31", "light blue": "94", "green": "32", "dim": "2", "bold": "1", "yellow": "33"}

Row = dict[str, Any]


def safe(text: object, lines: bool = False) -> str:
    """The text, with what could act on a terminal escaped; `lines` keeps newlines."""
    plain = str(text)
    if plain.isprintable():
        return plain
    return "".join(c if _shown(c, lines) else _escape(c) for c in plain)


def _shown(c: str, lines: bool) -> bool:
    return c.isprintable() or unicodedata.category(c) not in _HIDDEN or (lines and c == "\n")


def _escape(c: str) -> str:
    known = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    if c in known:
        return known[c]
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


# -- lines ----------------------------------------------------------------------------------------


def out(text: str = "") -> None:
    sys.stdout.write(text + "\n")


def tell(text: str = "") -> None:
    """For the person, not for the pipe."""
    sys.stderr.write(text + "\n")


def paint(text: str, color: str, stream: Any = None) -> str:
    """Coloured where colours are wanted; the text must say the same without."""
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if text and _colored(stream) else text


def _colored(stream: Any = None) -> bool:
    choice = session.options.color
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool((stream or sys.stdout).isatty()) and os.environ.get("TERM") != "dumb"


def show_problems(problems: Iterable[Problem], failing: Set[str] = frozenset()) -> None:
    """`file:line:column: words`, warnings marked so, the command that would succeed below.

    `failing` are codes that are no mere warnings here, because they make the command fail.
    """
    for problem in problems:
        place = f"{safe(problem.place)}: " if problem.place else ""
        warns = problem.is_warning and problem.code not in failing
        mark, color = (_("warning: "), "yellow") if warns else ("", "red")
        tell(place + paint(mark + worded(problem), color, sys.stderr))
        if problem.hint:
            tell("  " + _("try: {command}").format(command=safe(problem.hint)))


# -- tables ---------------------------------------------------------------------------------------


def chosen_format(asked: str, as_json: bool) -> str:
    """`--json` and `--format`; without either a table on a terminal, plain lines in a pipe."""
    if as_json:
        return "json"
    if asked and asked not in FORMATS:
        raise refuse("format.unknown", format=asked, known=FORMATS)
    return asked or ("table" if sys.stdout.isatty() else "plain")


def listing(kind: str, rows: Sequence[Row], columns: Mapping[str, str], form: str) -> None:
    """Rows under their labels; `columns` maps the keys to show to their labels.

    JSON, JSONL and CSV have every key of the rows; `kind` names the list in JSON.
    """
    if form == "json":
        out(to_json({"schema_version": SCHEMA_VERSION, kind: list(rows)}))
    elif form == "jsonl":
        for row in rows:
            out(to_json({"schema_version": SCHEMA_VERSION, **row}, indent=None))
    elif form == "csv":
        _csv(rows, list(columns))
    elif form == "ids":
        for row in rows:
            out(safe(row.get("id") or next(iter(row.values()))))
    elif rows:
        _table(rows, columns, form)


def to_json(value: object, indent: int | None = 2) -> str:
    """JSON with letters as they are, and what could act on a terminal as `\\u` escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c if _shown(c, lines=True) else json.dumps(c)[1:-1] for c in text)


def _csv(rows: Sequence[Row], columns: list[str]) -> None:
    names = list(dict.fromkeys([*columns, *(k for row in rows for k in row)]))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([inert(flat(row.get(name))) for name in names])


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; with one kind of line end."""
    cell = safe(cell.replace("\r\n", "\n").replace("\r", "\n"), lines=True)
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(flat, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _table(rows: Sequence[Row], columns: Mapping[str, str], form: str) -> None:
    """Pipes get every column whole; a terminal what fits: columns with nothing in them are left
    out, and the last one gives way.
    """
    cells = [[safe(flat(row.get(key))) for key in columns] for row in rows]
    labels = list(columns.values())
    if form == "plain":
        for line in _aligned([labels, *cells]):
            out(line)
        return
    import tabulate  # slow to import: only for tables on a terminal

    filled = [n for n in range(len(labels)) if any(line[n] for line in cells)]
    labels = [labels[n] for n in filled]
    cells = [[line[n] for n in filled] for line in cells]
    width = _room(cells, labels)
    cells = [[*line[:-1], _cut(line[-1], width)] for line in cells]
    for row, cut in zip(rows, cells, strict=True):
        if color := row.get("_color"):
            cut[:] = [paint(cell, color) for cell in cut]
    tabulate.PRESERVE_WHITESPACE = True
    tabulate.MIN_PADDING = 0
    out(tabulate.tabulate(cells, labels, tablefmt="simple", disable_numparse=True))


def _aligned(lines: list[list[str]]) -> Iterable[str]:
    widths = [max(map(cells_wide, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (c + " " * (w - cells_wide(c)) for c, w in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _room(cells: list[list[str]], labels: list[str]) -> int:
    """What is left of the terminal for the last column."""
    wide = [max(map(cells_wide, column)) for column in zip(labels, *cells, strict=True)]
    return max(16, terminal_width() - sum(wide[:-1]) - 2 * (len(wide) - 1))


def terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def cells_wide(text: str) -> int:
    """Columns a text takes on a terminal: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _cut(text: str, width: int) -> str:
    if cells_wide(text) <= width:
        return text
    while cells_wide(text) >= width:
        text = text[:-1]
    return text + "…"


# -- dates ----------------------------------------------------------------------------------------


def day(value: date | str) -> str:
    """`ter 24/11/2026`, in the language of the messages."""
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    names = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    return f"{names[when.weekday()]} {when:%d/%m/%Y}"


def moment(value: datetime | str) -> str:
    """`24/11/2026 09:12`, as the desk's clock had it."""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{when:%d/%m/%Y %H:%M}"
