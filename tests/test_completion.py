"""Completion by the option parser's own protocol: commands, and the desk's names; nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from promises.desks import ASKED, NOW, always, copy_of, done, environment, new_desk

HEAVY = ("jsonschema", "minijinja", "tabulate", "dateutil.parser")


_moment = always(NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = new_desk(tmp_path_factory.mktemp("completion") / "mesa")
    with environment({"DESKCLI_NOW": NOW}):
        for n in range(12):
            done(root, "create", *ASKED, "-m", f"segredo-{n}")
        done(root, "resolve", "2")
    return root


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "mesa")


def asked(desk: Path, line: str, shell: str = "bash", code: str = "") -> str:
    """What the program answers to a shell whose line ends where the person pressed Tab."""
    words = line.split(" ")
    env = {
        **os.environ,
        "DESKCLI_DESK": str(desk),
        "_DESKCLI_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    if shell == "bash":
        del env["_TYPER_COMPLETE_ARGS"]
    run = [sys.executable, "-c", code] if code else [sys.executable, "-m", "deskcli"]
    ended = subprocess.run(run, env=env, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr.partition("MODULES")[0]) == (0, ""), ended
    return ended.stdout + ended.stderr


def completed(desk: Path, line: str) -> list[str]:
    return asked(desk, line).split()


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("deskcli ", {"list", "create", "rota", "import"}),
        ("deskcli re", {"reply", "resolve", "reopen", "report", "reindex"}),
        ("deskcli rota ", {"who", "show", "swap", "absence"}),
        ("deskcli rota absence ", {"add", "end", "list"}),
        ("deskcli list --fo", {"--format"}),
        ("deskcli list --format js", {"json", "jsonl"}),
        ("deskcli --color a", {"auto", "always"}),
        ("deskcli --lang ", {"pt-BR", "en"}),
        ("deskcli show ", {"ESP-1", "ESP-12"}),
        ("deskcli show ESP-1", {"ESP-1", "ESP-10", "ESP-11", "ESP-12"}),
        ("deskcli show esp-1", {"esp-1", "esp-10", "esp-11", "esp-12"}),
        ("deskcli show 1", {"1", "10", "11", "12"}),
        ("deskcli reopen 2", {"2"}),
        ("deskcli resolve 3 1", {"1", "10", "11", "12"}),
        ("deskcli due 3,1", {"3,1", "3,10", "3,11", "3,12"}),
        ("deskcli assign 1 v", {"vendedor-2", "vendedor-3"}),
        ("deskcli assign 1 t", {"team:triagem", "team:rh", "team:mkt", "team:pos_vendas"}),
        ("deskcli assign 1 r", {"rota:orcamentos", "roulette:atendimento"}),
        ("deskcli --as ", {"joao", "nathalya"}),
        ("deskcli people show n", {"nathalya"}),
        ("deskcli rota swap jo", {"joao"}),
        ("deskcli rota swap joao ven", {"vendedor-2", "vendedor-3"}),
        ("deskcli rota absence add nath", {"nathalya"}),
        ("deskcli rota who --rota ", {"orcamentos"}),
        ("deskcli calendar show --calendar ", {"comercial"}),
        ("deskcli visit schedule ", {"ESP-1", "ESP-12"}),
        ("deskcli visit move 1", {"1", "10", "11", "12"}),
        ("deskcli visit confirm esp-1", {"esp-1", "esp-12"}),
        # It is Monday at 10:00, and the desk opens at 8:00.
        ("deskcli visit schedule 1 ", {"2026-11-23T11h", "2026-11-24T08h", "2026-11-27T08h"}),
        ("deskcli visit move 1 2026-11-24T", {"2026-11-24T08h", "2026-11-24T14h"}),
        ("deskcli visit schedule 1 2026-12-09T1", {"2026-12-09T10h", "2026-12-09T17h"}),
        ("deskcli visit schedule 1 2026-11-24T14h --with jo", {"joao"}),
        ("deskcli visit list nath", {"nathalya"}),
        ("deskcli visit export jo", {"joao"}),
        ("deskcli due 1 ", {"hoje", "amanhã", "2026-11-23", "2026-11-24", "2026-11-27"}),
        ("deskcli due 1 2026-11-2", {"2026-11-24"}),
        ("deskcli move 1 resolvido --due 2026", {"2026-11-24"}),
        ("deskcli move 1 ", {"novo", "resolvido", "cancelado"}),
        ("deskcli create -c orc", {"orcamento_esplane", "orcamento_vcc", "orcamento_terceiro"}),
        ("deskcli create --form ", {"pos-vendas", "nao-trabalhamos"}),
        ("deskcli create -a jo", {"joao"}),
        ("deskcli apply 1 ", {"niver", "cadastro"}),
        ("deskcli reply 1 -t n", {"niver", "nao-trabalhamos-com-o-produto"}),
        ("deskcli reply 1 oi --channel ", {"email", "whatsapp"}),
        ("deskcli outbox add 1 --channel w", {"whatsapp"}),
        ("deskcli list --view s", {"sem-responsavel", "sem-motivo", "supervisor"}),
        ("deskcli list --sort ", {"number", "due", "changed"}),
        ("deskcli import x.csv --map g", {"generic", "google-forms", "gravity"}),
        ("deskcli schema r", {"rota", "roulette", "rule"}),
        ("deskcli init x --pack ", {"esplane"}),
    ],
)
def test_what_is_offered(line: str, some: set[str], desk: Path) -> None:
    found = completed(desk, line)
    last = line.rsplit(" ", maxsplit=1)[-1]
    assert some <= set(found) and all(word.startswith(last) for word in found)


@pytest.mark.parametrize(
    "line",
    [
        "deskcli visit schedule 1 2026-11-23T08",  # past
        "deskcli visit schedule 1 2026-11-29T",  # a Sunday
        "deskcli visit schedule 1 2026-11-24T23",
        "deskcli visit schedule 1 2026-13-01T",
        "deskcli visit schedule 1 amanhã",
        "deskcli due 1 2026-11-28",  # a Saturday
    ],
)
def test_no_time_is_offered_at_which_nobody_is_there(line: str, desk: Path) -> None:
    assert completed(desk, line) == []


def test_the_times_that_are_offered_are_understood(desk: Path) -> None:
    times = completed(desk, "deskcli visit schedule 1 2026-12-09")
    days = completed(desk, "deskcli due 1 ")
    assert len(times) == 10 and len(days) == 7
    for when in times:
        told = done(desk, "visit", "schedule", "1", when, "-n").out
        assert f"09/12/2026 {when[-3:-1]}:00" in told
    for when in days:
        done(desk, "due", "1", when, "-n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_the_same_names(shell: str, desk: Path) -> None:
    for line, name in (("deskcli sho", "show"), ("deskcli show ESP-12", "ESP-12")):
        assert name in asked(desk, line, shell)


def test_open_tickets_come_first_and_never_all_of_a_large_desk(desk: Path) -> None:
    from deskcli.desk import Desk

    here = Desk(desk)
    here.index.refresh()
    assert here.index.ids("", limit=11) == [f"ESP-{n}" for n in (12, *range(11, 2, -1), 1)]
    assert here.index.ids("2") == ["ESP-2"]
    assert here.index.ids("%") == here.index.ids("_") == []


def test_no_text_of_a_ticket_is_offered(desk: Path) -> None:
    for line in ("show ", "show ESP", "list ", "search s", "search ", "report --by ", "set 1 "):
        assert "segredo" not in asked(desk, f"deskcli {line}")


HOSTILE = ["\\x1b[31m", "a b", "$(touch-x)", "`x`", "a;b", "a'b", "a\\nb", "\\u202e", "x|y", "-n"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_names_that_a_shell_or_a_terminal_would_act_on_are_left_out(shell: str, desk: Path) -> None:
    people = (desk / "people.yaml").read_text()
    extra = "".join(f'- {{id: "{name}", name: x}}\n' for name in HOSTILE)
    (desk / "people.yaml").write_text(people.replace("people:\n", f"people:\n{extra}", 1))
    found = asked(desk, "deskcli assign 1 ", shell)
    assert "joao" in found
    assert found.replace("\n", "").isprintable()
    for word in ("31m", "a b", "touch", "`", ";", "b'", "x|y", "-n"):
        assert word not in found.replace("roulette:atendimento", "")


@pytest.mark.parametrize("line", ["deskcli show ", "deskcli assign 1 ", "deskcli move 1 "])
def test_without_a_desk_nothing_is_offered_and_nothing_said(line: str, tmp_path: Path) -> None:
    assert asked(tmp_path, line).strip() in ("", "team:", "@me")


def test_a_broken_desk_offers_nothing_of_it(desk: Path) -> None:
    (desk / "people.yaml").write_text("\tpeople")
    assert completed(desk, "deskcli assign 1 ") == []
    assert "list" in completed(desk, "deskcli li")


def test_only_the_command_named_is_imported(desk: Path) -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write('MODULES ' + ' '.join(sys.modules)))\n"
        "from deskcli.cli import main\nmain([])\n"
    )
    loaded = set(asked(desk, "deskcli move 1 ", code=code).partition("MODULES ")[2].split())
    assert "deskcli.cli.move" in loaded
    assert not loaded & {"deskcli.cli.list_", "deskcli.cli.import_", "deskcli.cli.sweep"}
    assert "sqlite3" not in loaded, "statuses need no index"
    assert not [m for m in loaded if m.startswith(HEAVY)]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_shown(shell: str, tmp_path: Path) -> None:
    env = {**os.environ, "_DESKCLI_COMPLETE": f"source_{shell}"}
    run = [sys.executable, "-m", "deskcli"]
    found = subprocess.run(run, env=env, capture_output=True, text=True, cwd=tmp_path)
    assert found.returncode == 0 and "_DESKCLI_COMPLETE=complete_" in found.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_in_a_real_bash(desk: Path) -> None:
    """The script is read, and completes a line as a person would have typed it."""
    script = """
    eval "$(_DESKCLI_COMPLETE=source_bash deskcli)"
    COMP_WORDS=(deskcli assign 1 vend); COMP_CWORD=3
    _deskcli_completion deskcli
    printf '%s\\n' "${COMPREPLY[@]}"
    complete -p deskcli
    """
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {**os.environ, "DESKCLI_DESK": str(desk), "PATH": path}
    found = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True)
    assert found.stdout.splitlines()[:2] == ["vendedor-2", "vendedor-3"], found
    assert "-F _deskcli_completion" in found.stdout


def test_help_tells_of_completion_in_portuguese(desk: Path) -> None:
    told = done(desk, "--lang", "pt-BR", "--help").out
    assert "--install-completion" in told and "Instala" in told and "Install completion" not in told
