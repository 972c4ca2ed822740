"""Texts and names made to hurt; and when a text is safe on a terminal."""

import unicodedata
from pathlib import Path

from promises.desks import TRACEBACK, run

TAIL = b"\nhistory:\n- {id: X1, clk: 1, at: '2026-11-23T10:00:00-03:00', by: ana, did: opened}\n"

ESCAPES = {
    "title": "\x1b]0;tomado\x07",
    "link": "\x1b]8;;http://mal.example\x1b\\clique\x1b]8;;\x1b\\",
    "clear": "\x1b[2J\x1b[H\x1b[31m",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "device": '\x1bP$q"p\x1b\\\x1bc',
    "c1": "\x9b31m\x9dx\x9c\x90\x85",
    "bell": "a\x07b\x08c\x7fd",
    "return": "bom\rmau\x0b\x0c",
    "bidi": "abc\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "lines": "a\u2028b\u2029c\u0085d",
    "tags": "a\U000e0041\U000e0042b",
    "private": "\ue000\U000f0000x",
    "unassigned": "\u0378\U0001fffe",
    "interlinear": "a\ufff9b\ufffac\ufffb",
    "soft hyphen": "a\u00adb",
}
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def is_safe(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or all(
        c == "\n" or unicodedata.category(c) not in HIDDEN for c in text
    )


def raw(text: str) -> list[str]:
    return sorted({f"U+{ord(c):04X}" for c in text if c != "\n" and not is_safe(c)})


def everything_is_safe(desk: Path, number: str, asked: list[str]) -> None:
    for args in asked:
        found = run(desk, *args.format(n=number).split())
        assert TRACEBACK not in found.err, (args, found.err[-800:])
        assert is_safe(found.out) and is_safe(found.err), (args, raw(found.said))


def quoted(text: str) -> str:
    """As YAML lets a person write it, whatever it is."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(c: str) -> str:
    plain = c.isascii() and c.isprintable() and c not in '"\\'
    return c if plain else f"\\U{ord(c):08X}"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "＝1+1"]
FORMULAS += ["cuba;=1+1;x", 'cuba;"=1+1;x', "cuba\t=1+1"]
FORMULAS += ["\r=1", "a\r=1+1", "a\r=1,b", "a\n=1+1"]  # a lone CR ends a row too, for a spreadsheet

# AROUND is the folder that the desk is in. From `tickets/2026/11` four folders up is out of it.
PATHS = [
    *("../" * up + "outside" for up in range(1, 6)),
    "AROUND/outside",
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    ".",
    "",
    "a/../../b",
    "..\\..\\x",
    "%2e%2e/x",
    "ESP-1/../../x",
    "~root",
    "con",
    "a" * 300,
    "x\n../y",
    "*",
    "[a-z]*",
    "{a,b}",
    "$(id)",
    "-rf",
]
