"""What stands before a command, and `init`: a wrong word is refused before anything is made."""

import re
import shlex
from pathlib import Path

import pytest
from promises.desks import ASKED, done, environment, files, new_desk, run

from deskcli.cli import main


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_desk(tmp_path / "desk")


@pytest.mark.parametrize(
    ("option", "wrong", "known"),
    [("--lang", "xx", ["pt-BR", "en"]), ("--color", "foo", ["auto", "always", "never"])],
)
@pytest.mark.parametrize("joined", [True, False], ids=["=", "space"])
def test_a_choice_that_there_is_not(
    option: str, wrong: str, known: list[str], joined: bool, desk: Path
) -> None:
    typed = [f"{option}={wrong}"] if joined else [option, wrong]
    found = run(desk, *typed, "list")
    assert (found.code, found.out) == (2, "")
    assert wrong in found.err and all(word in found.err for word in known)
    told = shlex.split(found.err.splitlines()[-1].partition("deskcli ")[2])
    assert run(desk, *told).code == 0, "the command told succeeds"


@pytest.mark.parametrize("lang", ["pt-BR", "pt", "PT_br", "en", "EN"])
def test_languages_as_people_write_them(lang: str, desk: Path) -> None:
    refused = run(desk, "--lang", lang, "show", "9")
    assert refused.err.startswith("There is" if lang.lower() == "en" else "Não existe")


def test_init_makes_nothing_for_a_login_that_the_pack_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = run(tmp_path, "init", "mesa", "--pack", "esplane", "--login", "joaoo")
    assert found.code == 5 and "'joao'" in found.err
    assert list(tmp_path.iterdir()) == []
    done(tmp_path, "init", "mesa", "--pack", "esplane", "--login", "joao")


def test_init_tells_a_way_into_the_desk_that_a_shell_understands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = done(tmp_path, "init", "c/../d e", "--pack", "esplane").out
    assert "cd 'd e';" in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d e"]
    away = tmp_path / "outra mesa"
    (tmp_path / "d e" / "x").mkdir()
    monkeypatch.chdir(tmp_path / "d e" / "x")
    assert f"cd '{away}';" in done(tmp_path, "init", str(away), "--pack", "esplane").out


@pytest.mark.parametrize("name", ["1" * 5000, "#" + "9" * 19, "ESP-" + "1" * 5000])
def test_a_number_that_no_ticket_can_have(name: str, desk: Path) -> None:
    found = run(desk, "show", name)
    assert (found.code, found.out) == (2, "")
    assert f"'{name}' não é número de ticket; tente 1042 ou ESP-1042.\n" in found.err
    assert "deskcli --desk" in found.err and " list --all\n" in found.err


@pytest.mark.parametrize(
    ("name", "ticket"),
    [("00", "ESP-0"), ("#007", "ESP-7"), (f"aca-0{'9' * 18}", f"ACA-{'9' * 18}")],
)
def test_a_number_is_read_with_zeros_before_it(name: str, ticket: str, desk: Path) -> None:
    found = run(desk, "show", name)
    assert (found.code, found.err.splitlines()[0]) == (5, f"Não existe o ticket {ticket}.")


def test_the_home_of_nobody_is_a_folder_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = run(Path("~nosuchuser"), "--lang", "pt-BR", "list")
    assert (found.code, found.out) == (5, "")
    assert f"Não há mesa em {tmp_path}/~nosuchuser" in found.err
    assert " init '~nosuchuser' --pack" in found.err
    with environment({"DESKCLI_DESK": "~nosuchuser"}), pytest.raises(SystemExit) as end:
        main(["list"])
    assert end.value.code == 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "at",
    [
        *("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-03:00", "0001-01-02T00:00:00+00:00"),
        *("01/01/0001 10h", "31/12/9999 23:59", "1899-12-31T10:00:00-03:00"),
    ],
)
def test_a_moment_that_no_clock_shows(at: str, desk: Path) -> None:
    before = files(desk)
    for command in (["list"], ["create", *ASKED, "-m", "Cuba"]):
        with environment({"DESKCLI_NOW": at}):
            by_environment = run(desk, *command)
        found = run(desk, "--at", at, *command)
        for one in (found, by_environment):
            assert (one.code, one.out) == (2, ""), one
            assert f"'{at}' não é uma data" in one.err, one
        assert re.search(r"--at '?\S+", found.err), found
    assert files(desk) == before
