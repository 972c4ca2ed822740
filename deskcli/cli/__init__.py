"""The command line: finds and imports the command named, and turns problems into exit codes.

Only the module of the command that was called is imported, so that start-up does not grow with the
number of commands. Each command stands in `cli/<name>.py`, as a function or a small Typer of its
own named `command`.
"""

import contextlib
import functools
import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Any, cast

import typer

from deskcli.cli import options, session
from deskcli.cli.commands import COMMANDS
from deskcli.cli.complete import words_so_far
from deskcli.cli.streams import let_go, make_ready
from deskcli.cli.words import _, speak
from deskcli.problem import DeskError, Exit, Problem, exit_of, of_system

# The parser's own class for wrong calls, which typer does not name.
_UsageError = cast(type[Exception], typer.BadParameter.__mro__[1])


def main(argv: list[str] | None = None) -> None:
    """Run one command and exit with its code; the only entry of the program."""
    args = sys.argv[1:] if argv is None else argv
    make_ready()
    try:
        session.begin(args)
        completing = words_so_far()
        name, given = options.split(completing or args)
        _typed(args)
        wrong = options.wrong(given)
        speak("" if wrong else given.get("--lang", ""), given.get("--desk", ""))
        if wrong and not completing:
            sys.exit(_told(wrong))
        session.options = session.Options(given.get("--desk", ""))  # all that completion needs
        sys.exit(_app(name)(args=args, prog_name="deskcli", standalone_mode=False) or 0)
    except _UsageError as error:
        from deskcli.cli.usage import tell_usage

        sys.exit(tell_usage(error))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:
        _quiet_pipe()


def _typed(args: list[str]) -> None:
    """Bytes that are no text can not be stored as text."""
    if not all(arg.isascii() or arg.encode(errors="replace").decode() == arg for arg in args):
        sys.exit(_told((Problem("text.encoding"),)))


def _app(name: str) -> typer.Typer:
    from deskcli.cli.usage import Group

    app = typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_("A helpdesk for people who live in a shell and in text files."),
        epilog=_("deskcli demo shows a whole desk at work; deskcli COMMAND --help, each command."),
    )
    app.callback()(options.declared())
    for known in [name] if name in COMMANDS else COMMANDS:
        _register(app, known, whole=name in COMMANDS)
    return app


def _register(app: typer.Typer, name: str, whole: bool) -> None:
    """The command itself, or for the list of all commands only its line of help."""
    group, line = COMMANDS[name]
    from deskcli.cli.usage import Command, Group, in_words

    if not whole:
        app.command(name, cls=Command, help=_(line), short_help=f"[{_(group)}] {_(line)}")(_nothing)
        return
    module = importlib.import_module(f"deskcli.cli.{_module(name)}")
    found = module.command
    if isinstance(found, typer.Typer):
        _adopt(found)
        app.add_typer(found, cls=Group, name=name, help=_(line), no_args_is_help=True)
    else:
        examples = in_words("\n".join(getattr(module, "EXAMPLES", ())))
        epilog = "\b\n" + examples if examples else None  # \b: the parser keeps the lines
        app.command(name, cls=Command, help=_(line), epilog=epilog)(guarded(found))


def _adopt(app: typer.Typer) -> None:
    """Guard the commands of a command, and of those below it; all with help in our words."""
    from deskcli.cli.usage import Command, Group

    for inner in app.registered_commands:
        if inner.cls is not Command:  # else by a run before, in the same process
            inner.callback = guarded(inner.callback)  # type: ignore[arg-type]
            inner.cls = Command
    for group in app.registered_groups:
        group.cls = Group
        _adopt(group.typer_instance)  # type: ignore[arg-type]


def _module(name: str) -> str:
    """Names that Python or a module of ours has already end in an underscore."""
    return f"{name}_" if name in ("import", "list", "set", "show") else name


def _nothing() -> None: ...


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with every way it can fail turned into words and an exit code."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
            sys.stdout.flush()
        except DeskError as error:
            session.tell_what_stands()
            code = _told(error.problems)
        except KeyboardInterrupt:
            session.tell_what_stands(broken_off=kwargs.get("dry_run") is False)
            code = Exit.INTERRUPTED
        except OSError as error:
            code = _failed(error)
        raise typer.Exit(int(code or 0))

    return run


def _failed(error: OSError) -> int:
    """What was written stands, though it could not be shown: an error would have it done again. Of
    a command in several steps (an import) the rest is still to do.
    """
    let_go()
    done = session.has_written() and not session.begun.more()
    if isinstance(error, BrokenPipeError):  # the reader went away (`| head`): nothing to say
        return session.begun.code if done else 141
    if not done:
        session.tell_what_stands()
        return _told((of_system(error),))
    from deskcli.cli.show import tell

    tell(_("Done, but it could not be shown: {what}.").format(what=error.strerror))
    return session.begun.code


def _told(problems: Sequence[Problem]) -> Exit:
    from deskcli.cli.hints import hinted
    from deskcli.cli.show import show_problems

    told: Sequence[Problem] = problems
    with contextlib.suppress(DeskError, OSError):  # a hint may need files that can not be read
        told = hinted(problems, session.argv)
    show_problems(told)
    return exit_of(problems)


def _quiet_pipe() -> None:
    """The reader of our output went away (`| head`): nothing to say, and nothing to flush."""
    let_go()
    sys.exit(141)
