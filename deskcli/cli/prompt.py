"""Questions on a terminal for what a refusal says is missing; never from cron or a pipe.

One value at a time, and the command is tried after each, so that a wrong answer is asked again with
the reason. Nothing is written before all is right, and whoever leaves is told the command with what
they had answered.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import typer

from deskcli.cli import session
from deskcli.cli.hints import MISSING, command_line, with_pairs
from deskcli.cli.show import safe, show_problems, tell
from deskcli.cli.words import _, label_of
from deskcli.problem import Problem


@dataclass
class Asking:
    """What was asked so far and what was answered, by the key of the field."""

    questions: dict[str, Problem] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        """What was typed, with the answers in it."""
        return with_pairs(session.argv, [f"{name}={text}" for name, text in self.answers.items()])


def ask(problems: Sequence[Problem], asking: Asking) -> bool:
    """Get one answer more, or a wrong one anew; false when nobody is there, or no answer would
    help.
    """
    if session.options.no_input or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    missing = [p for p in problems if p.code in MISSING]
    wrong = [p for p in problems if p not in missing and p.facts.get("field") in asking.answers]
    if len(wrong) + len(missing) < len(problems):
        return False
    if wrong or not asking.answers:
        show_problems(wrong or problems)
    name = str((wrong or missing)[0].facts["field"])
    question = asking.questions.setdefault(name, (wrong or missing)[0])
    asking.answers.pop(name, None)
    try:
        asking.answers[name] = _answer(question)
    except (EOFError, KeyboardInterrupt):
        _leave(asking)
        raise typer.Abort from None
    return True


def _answer(question: Problem) -> str:
    """One line that is not empty."""
    values = question.facts.get("values") or question.facts.get("known") or ()
    known = f" ({'|'.join(map(str, values))})" if isinstance(values, list) and values else ""
    while True:
        sys.stderr.write(safe(f"{label_of(question)}{known}: "))
        sys.stderr.flush()
        try:
            answer = input().strip()
            answer.encode()
        except UnicodeError:
            show_problems([Problem("text.encoding")])
            continue
        if answer:
            return answer


def _leave(asking: Asking) -> None:
    tell()
    if asking.answers:
        tell(_("Nothing was written. With what you have answered:"))
        tell("  " + safe(command_line(asking.typed)))
