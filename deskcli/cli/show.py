"""What commands print: tables, dates, colours, problems; and the one safe text function.

Data goes to standard output, all else to standard error. Ticket text comes from the open web and
never reaches a terminal raw: whatever is not plainly printable is shown escaped.
"""

import contextlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

import msgspec

from deskcli.cli import session, streams, table
from deskcli.cli.words import _, worded
from deskcli.problem import Problem, refuse

FOR_PEOPLE = ("table", "plain")
FORMATS = (*FOR_PEOPLE, "json", "jsonl", "csv", "ids")
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
    if c in "\n\t\r":
        return repr(c)[1:-1]
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


# -- lines ----------------------------------------------------------------------------------------


def out(text: str = "") -> None:
    """Data in words: whole in a pipe, folded between words on a terminal."""
    sys.stdout.write(_folded(text, sys.stdout))


def whole(text: str) -> None:
    """Data that is no prose, which no terminal may fold: JSON, a table, lines of a file."""
    sys.stdout.write(text + "\n")


def raw(text: str) -> None:
    """A file's content on standard output, made of safe text."""
    sys.stdout.write(text)


def tell(text: str = "") -> None:
    """For the person, not for the pipe."""
    streams.complain(_folded(text, sys.stderr))


def _folded(text: str, stream: Any) -> str:
    room = table.room_of(stream)
    return "".join(f"{line}\n" for part in text.split("\n") for line in table.folded(part, room))


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
    """`failing` are codes that are no mere warnings here, because they make the command fail."""
    for problem in problems:
        for line in problem_lines(problem, sys.stderr, failing):
            tell(line)


def problem_lines(
    problem: Problem, stream: Any = None, failing: Set[str] = frozenset()
) -> Iterator[str]:
    """`file:line:column: words`, warnings marked so, the command that would succeed below."""
    place = f"{safe(problem.place)}: " if problem.place else ""
    warns = problem.is_warning and problem.code not in failing
    mark, color = (_("warning: "), "yellow") if warns else ("", "red")
    yield place + paint(mark + worded(problem), color, stream)
    for command in problem.hint.split("\n") if problem.hint else ():
        line = "  " + _("try: {command}").format(command=safe(command))
        yield from as_command(line, stream or sys.stdout)


def as_command(line: str, stream: Any) -> Iterator[str]:
    """A line with a command in it, folded so that a shell takes it as it stands."""
    return table.folded(line, table.room_of(stream), table.SHELL_WORD, " \\")


# -- formats --------------------------------------------------------------------------------------


def chosen_format(asked: str, as_json: bool) -> str:
    """`--json` and `--format`; without either a table on a terminal, plain lines in a pipe."""
    if as_json:
        return "json"
    if asked and asked not in FORMATS:
        raise refuse("format.unknown", format=asked, known=FORMATS)
    return asked or ("table" if sys.stdout.isatty() else "plain")


def listing(
    kind: str,
    rows: Sequence[Row],
    shown: Mapping[str, str] | Iterable[str],
    form: str,
    **about: Any,
) -> None:
    """Rows in the format asked for. `shown` is what a person reads: the keys of a table, with their
    labels, or lines in words of their own.

    JSON, JSONL and CSV have every key of the rows; `kind` names the list in JSON, with `about`
    beside it. A key that begins with `_` is for the eye, in place of the one without: only tables
    have it.
    """
    if form not in FOR_PEOPLE:
        rows = [{k: v for k, v in row.items() if not k.startswith("_")} for row in rows]
    if form == "json":
        whole(to_json({"schema_version": SCHEMA_VERSION, **about, kind: list(rows)}))
    elif form == "jsonl":
        for row in rows:
            whole(to_json({"schema_version": SCHEMA_VERSION, **row}, indent=None))
    elif form == "csv":
        _csv(rows, list(shown) if isinstance(shown, Mapping) else [])
    elif form == "ids":
        for row in rows:
            if name := row.get("id") or next(iter(row.values())):
                out(safe(name))
    elif not isinstance(shown, Mapping):
        for line in shown:
            out(line) if form == "table" else whole(line)
    elif rows:
        _table(rows, shown, form)


def thing(row: Row, lines: Iterable[str], form: str) -> None:
    """One thing, as `listing` shows many; its keys stand at the top of the JSON."""
    if form == "json":
        whole(to_json({"schema_version": SCHEMA_VERSION, **row}))
    else:
        listing("", [row], lines, form)


def to_json(value: object, indent: int | None = 2) -> str:
    """JSON. What could act on a terminal, and half a pair as names of files have it, is escaped."""
    with contextlib.suppress(UnicodeEncodeError):
        if (text := msgspec.json.encode(value).decode()).isprintable():
            return msgspec.json.format(text, indent=indent or 0)
    import json  # what is rare has not to be loaded by all

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "".join(c if _shown(c, lines=True) else json.dumps(c)[1:-1] for c in text)


def _csv(rows: Sequence[Row], columns: list[str]) -> None:
    import csv

    names = list(dict.fromkeys([*columns, *(k for row in rows for k in row)]))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if names:
        writer.writerow([inert(name) for name in names])  # keys that people add are text too
    for row in rows:
        writer.writerow([inert(flat(row.get(name))) for name in names])


def inert(cell: str) -> str:
    """A cell that is no formula, nor behind a `;`, tab or line end, where some programs split."""
    cell = safe(cell.replace("\r\n", "\n").replace("\r", "\n"), lines=True)
    return re.sub(r'(?:^|(?<=[;\t\n]))(?="*[=+\-@\t\r＝＋－＠])', "'", cell)


def flat(value: Any) -> str:
    if isinstance(value, bool):  # as JSON and the desk's files write it
        return str(value).lower()
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(flat, value))
    return to_json(value, indent=None) if isinstance(value, dict) else str(value)


def _cell(row: Row, key: str, form: str) -> str:
    """An ISO day or instant as people write it; pipes sort by it as it is."""
    text = flat(row.get(f"_{key}", row.get(key)))
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(:\d\d)?[+-]\d\d:\d\d)?", text)
    if form != "table" or not iso:
        return text
    return f"{iso[3]}/{iso[2]}/{iso[1]} {iso[4] or ''}".rstrip()


def _table(rows: Sequence[Row], columns: Mapping[str, str], form: str) -> None:
    """Pipes get every cell whole; a terminal what fits, without the columns that are empty."""
    labels = list(columns.values())
    cells = [[safe(_cell(row, key, form)) for key in columns] for row in rows]
    if form == "plain":
        for line in table.aligned([labels, *cells]):
            whole(line)
        return
    import tabulate  # slow to import: only for tables on a terminal

    drawn = table.fitted([labels, *cells], list(columns), table.room_of(sys.stdout))
    for row, cut in zip(rows, drawn[1:], strict=True):
        if color := row.get("_color"):
            cut[:] = [paint(cell, color) for cell in cut]
    tabulate.PRESERVE_WHITESPACE = True
    tabulate.MIN_PADDING = 0
    text = tabulate.tabulate(
        drawn[1:], drawn[0], tablefmt="simple", disable_numparse=True, stralign=None
    )
    whole("\n".join(line.rstrip() for line in text.split("\n")))


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
