"""The command that would succeed: what was typed, mended, or another one (see `problem_hints`)."""

import shlex
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from deskcli.cli import session
from deskcli.cli.hint_facts import Facts, before, facts_of, ticket_of
from deskcli.cli.problem_hints import ADDED, ELSE, MISSING, PUT, RETYPED
from deskcli.cli.words import words
from deskcli.problem import Problem


def hinted(problems: Sequence[Problem], argv: Sequence[str]) -> list[Problem]:
    """The problems, each with a command: where all can be mended in what was typed, the last one
    has it whole; else each that has one has its own. A guess may be wrong: where the words do not
    list what there is, the command that does follows on a line of its own.
    """
    faults = [p for p in problems if not p.is_warning]
    if typed := mended(faults, argv):
        lists = [_else(p, argv) for p in faults if "{known}" not in words()[p.code]]
        hint = "\n".join([typed, *filter(None, lists)])
        return [replace(p, hint=hint) if p is faults[-1] else p for p in problems]
    hints = ["" if p.is_warning else own(p.hint, argv) or _else(p, argv) for p in problems]
    once = [hint if hint not in hints[n + 1 :] else "" for n, hint in enumerate(hints)]
    return [replace(p, hint=hint) for p, hint in zip(problems, once, strict=True)]


def of_files(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of what stands in files, where nothing that was typed could be mended: each with a command
    that mends it, where there is one.
    """
    front = before(session.argv)
    for problem in problems:
        hint = "" if problem.is_warning else own(problem.hint, front) or _else(problem, front)
        yield replace(problem, hint=hint)


def own(hint: str, argv: Sequence[str]) -> str:
    """The problem's own hint, of our commands with the global options that were typed."""
    name, _space, rest = hint.partition(" ")
    return f"{command_line(before(argv))} {rest}" if name == "deskcli" and before(argv) else hint


def with_options(*words: str) -> str:
    """Another command, with the global options that were typed."""
    return command_line([*before(session.argv), *words])


def mended(faults: Sequence[Problem], argv: Sequence[str]) -> str:
    """What was typed with everything mended, '' when that is not enough."""
    typed, pairs = list(argv), []
    for fault in faults:
        facts = facts_of(fault, argv)
        if fault.hint:
            return ""
        if fault.code in MISSING:
            pairs += _put(facts.get("field", ""), facts["one"], typed)
        elif fault.code in ADDED:
            _add(typed, *(_filled(part, facts) for part in ADDED[fault.code].split()))
        elif not _retyped(fault, facts, typed):
            if fault.code not in PUT:
                return ""
            field, value = (_filled(part, facts) for part in PUT[fault.code])
            pairs += _put(field, value, typed)
    return command_line(with_pairs(typed, pairs)) if faults else ""


def _put(field: str, value: str, typed: list[str]) -> list[str]:
    """The field gets the value, where it was given another or nothing (`--name ' '`, `product=`, a
    blank argument) in its place; else the pair that is to be added.
    """
    option = "--" + field.rpartition(".")[2]
    for n, word in enumerate(typed):
        if field.isupper() and not word.strip():  # an argument has its name in capitals
            typed[n] = value
            return []
        for given in (f"{field}=", f"{option}="):
            if word.startswith(given):
                typed[n] = given + value
                return []
        if word == option and n + 1 < len(typed):
            typed[n + 1] = value
            return []
    return [f"{field}={value}"]


def _add(typed: list[str], option: str = "", *value: str) -> None:
    """Put an option at the end; or its value where it was given a blank one, short or long."""
    names = {option} | ({"--note", "--summary"} if option == "-m" else set())
    blank = (n for n, word in enumerate(typed[:-1], 1) if word in names and not typed[n].strip())
    if (n := next(blank, 0)) and value:
        typed[n : n + 1] = value
    else:
        typed += [option, *value] if option else []


def _retyped(fault: Problem, facts: Facts, typed: list[str]) -> bool:
    """Put another word in place of the wrong one, where it was typed."""
    wrong, right = (_filled(part, facts) for part in RETYPED.get(fault.code, ("", "")))
    option = "--" + facts.get("field", "").rpartition(".")[2]
    for n, word in enumerate(typed[:-1]):
        if word == option and typed[n + 1] == wrong and right:  # elsewhere it may be right
            typed[n + 1] = right
            return True
    return bool(wrong and right) and put_in_place(typed, wrong, right)


def put_in_place(typed: list[str], wrong: str, right: str) -> bool:
    """Of a word alone, of one before or after `=` or `:`, or of one of several with commas after a
    `:`; whether it was there.
    """
    for n, word in reversed(list(enumerate(typed))):
        if word == wrong:
            typed[n] = right
        elif word.startswith((f"{wrong}=", f"{wrong}:")):
            typed[n] = right + word[len(wrong) :]
        elif word.endswith(tuple(sign + wrong for sign in ("=", ":", ":-", "<", ">"))):
            typed[n] = word[: -len(wrong)] + right
        elif wrong in (several := word.partition(":")[2].split(",")):
            several[several.index(wrong)] = right
            typed[n] = f"{word.partition(':')[0]}:{','.join(several)}"
        else:
            continue
        return True
    return False


def with_pairs(argv: Sequence[str], pairs: Sequence[str]) -> list[str]:
    """`create` takes fields by -f, and its form by name; `apply` and `set` at the end; else `set`
    comes first.
    """
    if not pairs:
        return list(argv)
    if "create" in argv:
        named = (("--form", p[5:]) if p.startswith("form=") else ("-f", p) for p in pairs)
        return [*argv, *(part for words in named for part in words)]
    if "apply" in argv or "set" in argv:
        return [*argv, *pairs]
    ticket = ticket_of(argv)
    return [*before(argv), "set", ticket, *pairs] if ticket else []


def _else(problem: Problem, argv: Sequence[str]) -> str:
    """Another command, by the first template of which all facts are known."""
    facts = facts_of(problem, argv)
    for template in ELSE.get(problem.code, ()):
        parts = [_filled(part, facts) for part in shlex.split(template)]
        if all(parts):
            return command_line([*before(argv), *parts])
    return ""


def command_line(typed: Sequence[str]) -> str:
    """What was typed after `deskcli`, as a shell takes it."""
    return shlex.join(["deskcli", *typed]) if typed else ""


def _filled(template: str, facts: Facts) -> str:
    """The template with its facts; '' when one is not known."""
    try:
        return template.format_map(facts)
    except KeyError:
        return ""
