"""Questions on a terminal for what a refusal says is missing; never from cron or a pipe.

One value at a time, and the command is tried after each, so that a wrong answer is asked again with
the reason. Nothing is written before all is right, and whoever leaves is told the command with what
they had answered. Of a choice only those are shown that the person may make (O-X16).
"""

import select
import sys
from collections.abc import Container, Sequence

import typer
from msgspec import Struct

from deskcli.cli import session
from deskcli.cli.problem_hints import MISSING
from deskcli.cli.show import as_command, paint, safe, show_problems, tell
from deskcli.cli.words import _, label_of
from deskcli.demand import asked_for, choices
from deskcli.draft import Draft
from deskcli.fold import fold
from deskcli.form import Choice, Form
from deskcli.problem import Problem
from deskcli.route import undecided
from deskcli.ticket import header_path

MESSAGE = "description"
SHOW = "?"  # the answer that shows the options again


class Asking(Struct):
    """What was asked so far and what was answered, by the key of the field; `form` is the one that
    asks, once it is known.
    """

    form: Form | None = None
    questions: dict[str, Problem] = {}
    answers: dict[str, str] = {}

    @property
    def typed(self) -> list[str]:
        """What was typed, with the answers in it."""
        from deskcli.cli.hints import with_pairs  # most who come here were not asked

        given = [f"{name}={text}" for name, text in self.answers.items() if text]
        return with_pairs(session.argv, given)


def is_somebody_there() -> bool:
    return not session.options.no_input and sys.stdin.isatty() and sys.stderr.isatty()


def message_wanted() -> Problem:
    """What asks for the text of a ticket; nothing is an answer too."""
    facts = {"field": MESSAGE, "label": _("Message, ended by an empty line"), "optional": True}
    return Problem("field.required", facts)


def route_wanted(draft: Draft, given: Container[str]) -> list[Problem]:
    """What asks for the fields by which the option decides who gets the ticket, where nothing was
    `given` for them; nothing is an answer too.
    """
    if draft.option is None:
        return []
    found = undecided(draft.scene, draft.header, draft.form, draft.option, draft.decision)
    fields = filter(None, (draft.form.field(path) for path in dict.fromkeys(found)))
    return [
        Problem("field.required", {**asked_for(asked, asked.id), "optional": True})
        for asked in fields
        if asked.id not in given
    ]


def ask(problems: Sequence[Problem], asking: Asking) -> bool:
    """Get one answer more, or a wrong one anew; false when nobody is there, or no answer would
    help.
    """
    if not is_somebody_there():
        return False
    missing = [p for p in problems if p.code in MISSING]
    wrong = [p for p in problems if p not in missing and p.facts.get("field") in asking.answers]
    if len(wrong) + len(missing) < len(problems):
        return False
    show_problems(wrong)
    first = (wrong or missing)[0]
    name = str(first.facts["field"])
    if not asking.questions and not first.facts.get("optional"):
        labels = safe(", ".join(str(p.facts.get("label")) for p in missing))
        tell(_("Missing: {labels}. Ctrl-C leaves and writes nothing.").format(labels=labels))
    is_new = name not in asking.questions
    question = asking.questions.setdefault(name, first)
    asking.answers.pop(name, None)
    try:
        asking.answers[name] = _answer(question, asking.form, is_new)
    except (EOFError, KeyboardInterrupt):
        _leave(asking)
        raise typer.Abort from None
    return True


def _answer(question: Problem, form: Form | None, is_new: bool) -> str:
    """An answer that is not empty, unless none is needed; of options their key."""
    name, options = str(question.facts["field"]), _options(question, form)
    asked = form.field(header_path(name)) if form else None
    if is_new and options:
        tell(paint(safe(label_of(question)), "bold", sys.stderr))
    if is_new and asked and asked.guidance:
        tell(paint(safe(asked.guidance), "dim", sys.stderr))
    if is_new:
        _show(options)
    prompt = label_of(question)
    if options:
        prompt += " " + _("(1-{n}; {key} lists them)").format(n=len(options), key=SHOW)
    while True:
        sys.stderr.write(safe(prompt) + ": ")
        sys.stderr.flush()
        try:
            answer = _message() if name == MESSAGE else _line()
        except UnicodeError:
            show_problems([Problem("text.encoding")])
            continue
        if options and answer == SHOW:
            _show(options)
        elif answer or question.facts.get("optional"):
            return _chosen(answer, options)


# -- options --------------------------------------------------------------------------------------


def _options(question: Problem, form: Form | None) -> list[Choice]:
    """What may be chosen: of the values that would do, where the refusal names them."""
    facts = question.facts
    known = choices(session.desk().scene(), form, str(facts["field"])) if form else []
    named = facts.get("values") or (() if known else facts.get("known")) or ()
    ids = [str(one) for one in named] if isinstance(named, list | tuple) else []
    labelled = {one.id: one for one in known}
    return [labelled.get(one, Choice(one, one)) for one in ids] if ids else known


def _show(options: Sequence[Choice]) -> None:
    width = len(str(len(options)))
    for n, one in enumerate(options, 1):
        tell(f"  {n:{width}}  {safe(one.label)}")
        if one.guidance:
            tell(paint(f"  {'':{width}}  {safe(one.guidance)}", "dim", sys.stderr))


def _chosen(answer: str, options: Sequence[Choice]) -> str:
    """The key of the option that was named by its number; else what was typed, to be judged."""
    names = {fold(name) for one in options for name in (one.id, one.label, *one.aliases)}
    is_number = answer.isdecimal() and 0 < int(answer) <= len(options) and fold(answer) not in names
    return options[int(answer) - 1].id if is_number else answer


# -- what is typed --------------------------------------------------------------------------------


def _line() -> str:
    answer = input().strip()
    answer.encode()
    return answer


def _message() -> str:
    """Lines until an empty one; what is pasted may have such lines within, and comes at once."""
    lines: list[str] = []
    try:
        while (line := input()) or select.select([sys.stdin], [], [], 0.1)[0]:
            lines.append(line)
    except EOFError:
        if not lines:
            raise
    text = "\n".join(lines).strip()
    text.encode()
    return text


def _leave(asking: Asking) -> None:
    tell()
    if asking.answers:
        from deskcli.cli.hints import command_line

        tell(_("Nothing was written. With what you have answered:"))
        for line in as_command("  " + safe(command_line(asking.typed)), sys.stderr):
            tell(line)
