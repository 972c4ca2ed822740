"""Questions on a terminal for what a refusal says is missing; never from cron or a pipe."""

import sys
from collections.abc import Sequence

from deskcli.cli import session
from deskcli.cli.hints import MISSING
from deskcli.cli.show import safe, show_problems
from deskcli.problem import Problem


def asked_for(problems: Sequence[Problem]) -> dict[str, str]:
    """The person's answers by field; none when nobody is there, or more than that is wrong."""
    if session.options.no_input or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return {}
    if any(p.code not in MISSING for p in problems):
        return {}
    show_problems(problems)
    answers = {str(p.facts["field"]): _ask(p) for p in problems}
    return {field: answer for field, answer in answers.items() if answer}


def _ask(problem: Problem) -> str:
    """One line; an empty one, or the end of the input, gives up the question."""
    values = problem.facts.get("values") or problem.facts.get("known") or ()
    known = f" ({'|'.join(map(str, values))})" if isinstance(values, list) and values else ""
    sys.stderr.write(safe(f"{problem.facts.get('label')}{known}: "))
    sys.stderr.flush()
    try:
        return input().strip()
    except EOFError:
        return ""
