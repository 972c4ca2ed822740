"""What commands tell: words that say what is so, and never less than that."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from promises.desks import Run, always, done, environment, new_desk, run

from deskcli.cli import session
from deskcli.index import Index
from deskcli.store import Store

BIN = Path(sys.executable).parent
THURSDAY = "2026-11-19T09:00"
CREATE = ("create", "-c", "orcamento_vcc", "--name", "Ana Prado", "--email", "ana@example.com")


_moment = always(THURSDAY)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = new_desk(tmp_path / "mesa")
    done(root, "init", "--login", "atendente-1")
    return root


# -- lists ----------------------------------------------------------------------------------------


def test_a_search_without_hits_says_so_as_a_list_does(desk: Path) -> None:
    found = run(desk, "search", "prado")
    assert (found.code, found.out, found.err) == (0, "", "0 tickets\n")
    done(desk, *CREATE)
    assert done(desk, "search", "prado").err == "1 ticket\n"


@pytest.mark.parametrize("args", [(), ("sla",)])
def test_a_report_by_a_field_that_there_is_not_is_refused(args: tuple[str], desk: Path) -> None:
    done(desk, *CREATE)
    found = run(desk, "report", *args, "--by", "demand")
    assert found.code == 5 and "demand" in found.err and found.out == "", found
    for name in ("state", "category", "email", "requester.email", "org", "visit.with"):
        assert run(desk, "report", "--by", name).code == 0, name


def test_a_report_counts_business_days_by_the_calendar_of_the_desk(desk: Path) -> None:
    done(desk, *CREATE)
    later = ("--at", "2026-11-26T09:00", "report")  # a week after, with a holiday
    for since, count in (("-4bd", 1), ("-3bd", 0)):
        found = json.loads(done(desk, *later, f"--since={since}", "--json").out)
        assert len(found["counts"]) == count, since


def test_the_others_that_are_open_are_called_so(desk: Path) -> None:
    done(desk, *CREATE)
    assert "Outros abertos: 1" in done(desk, "today", "--all").out


# -- days -----------------------------------------------------------------------------------------


def test_a_promise_is_a_day_and_a_time_with_it_is_told_of(desk: Path) -> None:
    """DESIGN 5 writes `sexta 14h`."""
    done(desk, *CREATE)
    found = done(desk, "due", "1", "sexta 14h")
    assert "sex 20/11/2026" in found.err and "14h" in found.err
    assert json.loads(done(desk, "show", "1", "--json").out)["due"] == "2026-11-20"
    assert run(desk, "due", "1", "sexta 25h").code != 0


def test_the_moments_that_are_proposed_are_taken(desk: Path) -> None:
    """They are past: nobody can have asked in days to come."""
    found = run(desk, *CREATE, "-f", "opened_at=24/11")
    assert found.code == 2, found
    [told] = re.findall(r"tente (.+), (.+) ou ([^ ]+)[.]$", found.err, re.MULTILINE)
    for moment in told:
        done(desk, *CREATE, "-f", f"opened_at={moment}")


def test_a_closed_day_is_told_where_another_answers_for_it(desk: Path) -> None:
    found = done(desk, "rota", "who", "--at", "20/11")
    assert "20/11/2026" in found.out and "Consciência Negra" in found.out
    assert "seg 23/11/2026" in found.out
    assert json.loads(done(desk, "rota", "who", "--at", "20/11", "--json").out)["day"] == (
        "2026-11-23"
    )
    assert len(done(desk, "rota", "who", "--at", "19/11").out.splitlines()) == 1


def test_the_end_of_an_absence_that_has_not_begun_hints_at_its_removal(desk: Path) -> None:
    done(desk, "rota", "absence", "add", "joao", "25/11", "27/11")
    found = run(desk, "--at", THURSDAY, "rota", "absence", "end", "joao")
    assert found.code != 0
    assert f"--at {THURSDAY} rota absence remove joao 2026-11-25" in found.err, found


# -- nothing to do --------------------------------------------------------------------------------


@pytest.mark.parametrize("watched", [True, False])
def test_a_sweep_without_firings_says_so_to_a_person(
    watched: bool, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "is_watched", lambda: watched)
    assert done(desk, "sweep", "-n").err == ("Nada a fazer.\n" if watched else "")


def test_the_help_of_sweep_tells_the_limit_in_force(desk: Path) -> None:
    told = done(desk, "sweep", "--help").out
    assert "padrão: 0" not in told and "sweep_limit" in told


def test_a_new_desk_hints_at_the_guide(tmp_path: Path) -> None:
    with environment({"LC_ALL": "pt_BR.UTF-8"}):
        told = run(tmp_path, "init", str(tmp_path / "m"), "--pack", "esplane").out
    assert "create --guide" in told


# -- what stands, although something went wrong ---------------------------------------------------


def shell(desk: Path, line: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DESKCLI_DESK": str(desk), "PATH": f"{BIN}:/usr/bin:/bin"}
    env.pop("PYTHONUNBUFFERED", None)  # as a person's shell has it
    return subprocess.run(
        ["bash", "-c", line], env=env, capture_output=True, text=True, timeout=60, check=False
    )


def notes(desk: Path) -> int:
    return done(desk, "history", "1").out.count("uma vez")


def test_what_is_done_is_no_error_when_it_can_not_be_shown(desk: Path) -> None:
    """75 would be tried again, and the note be there twice."""
    done(desk, *CREATE)
    found = shell(desk, "deskcli annotate 1 'uma vez' > /dev/full")
    assert (found.returncode, notes(desk)) == (0, 1)
    assert found.stderr.startswith("Feito, mas"), found
    found = shell(desk, "set -o pipefail; deskcli annotate 1 'uma vez' | true")
    assert (found.returncode, found.stderr, notes(desk)) == (0, "", 2)
    found = shell(desk, "deskcli annotate 1 'uma vez' 2> /dev/full > /dev/full")
    assert (found.returncode, notes(desk)) == (0, 3)
    assert shell(desk, "deskcli list > /dev/full").returncode == 75
    assert shell(desk, "deskcli annotate 1 'uma vez' -n > /dev/full").returncode == 75


ROW = "Nome;E-mail;Categoria Assunto;Mensagem\nAna;ana@example.com;{};Oi\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("import bad.csv --map generic", 8),
        ("import rows.csv none.csv --map generic", 5),
        ("outbox sent {letter} 01ARZ3NDEKTSV4RRFFQ69G5FAV", 5),
        ("create -c orcamento_vcc --name Bia --email b@example.com -m Oi", 7),
    ],
)
def test_what_could_not_be_done_is_in_the_code_though_nothing_can_be_shown(
    line: str, code: int, desk: Path
) -> None:
    done(desk, *CREATE)
    done(desk, "--as", "joao", "reply", "1", "A peça chegou.")
    for person in ("joao", "vendedor-2", "vendedor-3"):
        done(desk, "rota", "absence", "add", person, "2026-11-19")
    letter = done(desk, "outbox", "list", "--format", "ids").out.strip()
    (desk / "bad.csv").write_text(ROW.format("Orçamento VCC") + ROW.format("Xyz").split("\n")[1])
    (desk / "rows.csv").write_text(ROW.format("Orçamento VCC"))
    found = shell(desk, f"cd $DESKCLI_DESK; deskcli {line.format(letter=letter)} > /dev/full")
    assert (found.returncode, found.stderr.count("Feito, mas")) == (code, 1), found


@pytest.mark.parametrize("to", ["> /dev/full", "2> /dev/full"])
@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("org add 'Casa Um'", "organizations/casa-um.yaml"),
        ("rota absence add joao 2026-11-20", "schedules/absences.yaml"),
        ("calendar add 2026-12-24 Véspera", "schedules/calendars.yaml"),
        ("init outra --pack academia", "outra/desk.yaml"),
        ("init --login joao", "people.yaml"),
    ],
)
def test_a_file_that_is_written_is_no_error_when_it_can_not_be_shown(
    line: str, made: str, to: str, tmp_path: Path
) -> None:
    desk = new_desk(tmp_path / "mesa")
    was = (desk / made).read_text() if (desk / made).exists() else ""
    told = shell(desk, f"cd $DESKCLI_DESK; PYTHONUNBUFFERED=1 deskcli {line} {to}")
    assert told.returncode == 0 and (desk / made).read_text() != was, told


def test_an_error_that_nobody_can_be_told_of_has_its_code(desk: Path) -> None:
    done(desk, *CREATE)
    for unbuffered in ("", "PYTHONUNBUFFERED=1"):
        assert shell(desk, f"{unbuffered} deskcli show 99 2> /dev/full").returncode == 5
        assert shell(desk, f"{unbuffered} deskcli list > /dev/full 2>&1").returncode == 75


@pytest.mark.parametrize("left", [False, True], ids=["gone", "empty"])
def test_tickets_that_are_gone_are_no_empty_desk(left: bool, desk: Path) -> None:
    """A disk that is not mounted: nothing is listed, and no second desk begun beneath it."""
    assert done(desk, "list").err == "0 tickets\n", "a new desk is empty"
    done(desk, *CREATE)
    (desk / "tickets").rename(desk.parent / "away")
    if left:
        (desk / "tickets").mkdir()
    for args in (("list",), CREATE, ("annotate", "1", "oi"), ("today", "--gate")):
        found = run(desk, *args)
        assert found.code == 65 and "tickets" in found.err, found
    assert not [*desk.glob("tickets/*")] and (desk / "tickets").exists() == left
    (desk / "tickets").mkdir(exist_ok=True)
    done(desk, "reindex")
    assert done(desk, "list").err == "0 tickets\n", "what was meant to go is gone"


def test_an_import_that_is_left_tells_what_was_made(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"Ana {n},a{n}@example.com,orcamento_vcc\n" for n in range(5))
    (tmp_path / "g.csv").write_text("nome,email,assunto\n" + rows)
    monkeypatch.setattr("deskcli.store.CHUNK", 2)
    write, chunks = session.write, [0]

    def left(*args: Any, **options: Any) -> Any:
        chunks[0] += 1
        if chunks[0] == 3:
            raise KeyboardInterrupt
        return write(*args, **options)

    monkeypatch.setattr(session, "write", left)
    found = run(desk, "import", str(tmp_path / "g.csv"), "--map", "generic")
    monkeypatch.setattr(session, "write", write)
    assert found.code == 130
    assert "4 tickets criados" in found.err and "de novo" in found.err, found
    [undo] = re.findall(r"deskcli --desk \S+ (undo \S+)", found.err)
    assert done(desk, "import", str(tmp_path / "g.csv"), "--map", "generic").err.count("1 ticket")
    done(desk, *undo.split())
    assert done(desk, "list").err == "1 ticket\n"


ROWS = "nome,email,assunto\n" + "".join(
    f"Ana {n},a{n}@example.com,orcamento_vcc\n" for n in range(5)
)


def left(*_: Any) -> None:
    raise KeyboardInterrupt


def interrupted(desk: Path, monkeypatch: pytest.MonkeyPatch, after: int, *args: str) -> Run:
    """The command, broken off when so many tickets lie in their place, within the first chunk."""
    place, done_ = Store._place, [0]

    def placed(self: Store, *rest: Any) -> None:
        if done_[0] == after:
            raise KeyboardInterrupt
        place(self, *rest)
        done_[0] += 1

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_place", placed)
        return run(desk, *args)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_whoever_breaks_off_is_told_what_stands(
    after: int, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import in its first rows, then a change of many tickets, then a sweep."""
    (tmp_path / "g.csv").write_text(ROWS)
    importing = ("import", str(tmp_path / "g.csv"), "--map", "generic")
    commands: list[tuple[tuple[str, ...], str, bool]] = [
        (importing, "criado", True),
        (("assign", "-", "nathalya"), "alterado", False),
        (("--at", "2026-11-25T13:00", "sweep"), "alterado", True),
    ]
    for typed, word, again in commands:
        listed = done(desk, "list", "--format", "ids").out
        args = tuple(listed.replace("\n", ",") if part == "-" else part for part in typed)
        found = interrupted(desk, monkeypatch, after, *args)
        assert found.code == 130 and ("Nada foi gravado." in found.err) == (after == 0), found
        if after:
            assert re.search(rf"^{after} tickets? {word}s?[.;]", found.err, re.MULTILINE), found
            assert ("de novo" in found.err) == again, found
            [undo] = re.findall(r"deskcli .*(undo \S+)", found.err)
            assert done(desk, *undo.split()).out.count("ESP-") == after
        done(desk, *args)


@pytest.mark.parametrize(("left_at", "given"), [("sync", 0), ("link", 0), ("link", 2)])
def test_whoever_breaks_off_takes_no_numbers(
    left_at: str, given: int, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers are said on the telephone: only a ticket that is there has one (DESIGN 2)."""
    (tmp_path / "g.csv").write_text(ROWS)
    importing = ("import", str(tmp_path / "g.csv"), "--map", "generic")
    if left_at == "sync":
        with monkeypatch.context() as patch:
            patch.setattr("deskcli.store.sync_all", left)
            assert run(desk, *importing).code == 130
    else:
        assert interrupted(desk, monkeypatch, given, *importing).code == 130
    assert f"ESP-{given + 1} " in done(desk, *CREATE).out


@pytest.mark.parametrize("typed", [("import", "g.csv", "--map", "generic"), ("sweep",)])
def test_nothing_is_said_of_a_rest_where_there_is_none(
    typed: tuple[str, ...], desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is written, and the index is not told yet, or the person not."""
    (tmp_path / "g.csv").write_text(ROWS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("deskcli.store.CHUNK", 3)
    if typed[0] == "sweep":
        done(desk, "import", "g.csv", "--map", "generic")
    notes, note = [0], Index.note

    def late(self: Index, paths: Any) -> None:
        notes[0] += 1
        if typed[0] == "sweep" or notes[0] == 2:
            raise KeyboardInterrupt
        note(self, paths)

    monkeypatch.setattr(Index, "note", late)
    found = run(desk, "--at", "2026-11-25T13:00", *typed)
    assert found.code == 130 and re.search("^5 tickets (criados|alterados)[.]$", found.err, re.M)
    assert "de novo" not in found.err and "undo" in found.err, found


@pytest.mark.parametrize("where", ["deskcli.sources.read", "deskcli.cli.import_._keep_the_rest"])
def test_an_import_that_is_left_before_or_after_it_writes(
    where: str, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "g.csv").write_text(ROWS + "Sem Correio,,orcamento_vcc\n")
    monkeypatch.setattr(where, left)
    found = run(desk, "import", str(tmp_path / "g.csv"), "--map", "generic")
    told = "Nada foi gravado." if where.endswith("read") else "5 tickets criados; "
    assert found.code == 130 and told in found.err, found
    monkeypatch.setattr("deskcli.index.Index.refresh", left)
    assert run(desk, "list").err == "", "whoever only reads wrote nothing anyway"


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("rota absence add nathalya 24/11/2026 25/11/2026", "schedules/absences.yaml"),
        ("calendar add 24/12/2026 Véspera", "schedules/calendars.yaml"),
        ("org add Casa", "organizations/casa.yaml"),
    ],
)
def test_whoever_breaks_off_the_writing_of_a_file_is_told_whether_it_is_written(
    typed: str, file: str, at: int, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it has its name, when it has, and when nothing but the telling is left."""
    syncs = [0]
    path = desk / file
    before = path.read_bytes() if path.exists() else b""

    def flushed(path: Path) -> None:
        syncs[0] += 1
        if syncs[0] == at + 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("deskcli.store.sync", flushed)
        patch.setattr("deskcli.cli.show.whole", left)
        patch.setattr("deskcli.cli.splice.whole", left)
        patch.setattr("deskcli.cli.org.whole", left)
        found = run(desk, *typed.split())
    assert found.code == 130
    assert ((path.read_bytes() if path.exists() else b"") != before) == (at > 0)
    assert found.err == (f"{file} foi gravado.\n" if at else "Nada foi gravado.\n"), found


# -- undo -----------------------------------------------------------------------------------------


def test_undo_tells_an_id_that_there_is_not_from_one_within_an_operation(desk: Path) -> None:
    found = run(desk, "undo", "lixo")
    assert found.code == 5 and "lixo" in found.err and "atendente" not in found.err
    done(desk, *CREATE)
    first, second = done(desk, "history", "1", "--format", "ids").out.split()[:2]
    found = run(desk, "undo", second)
    assert found.code == 5 and f"undo {first}" in found.err, found
    done(desk, "undo", first)
    found = run(desk, "undo", first)
    assert found.code == 3 and "já" in found.err, found


def test_undo_does_not_hint_at_the_undoing_of_a_colleague(desk: Path) -> None:
    done(desk, *CREATE)
    first = done(desk, "history", "1", "--format", "ids").out.split()[0]
    done(desk, "--as", "joao", "annotate", "1", "liguei")
    found = run(desk, "undo", first)
    assert found.code == 6 and found.err.rstrip().endswith("history ESP-1"), found


# -- imports --------------------------------------------------------------------------------------


def test_a_missing_column_is_told_with_all_that_there_are(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text('{"nome": "Ana", "assunto": "boletos"}\n')
    found = run(desk, "import", str(tmp_path / "g.jsonl"), "--map", "generic")
    assert found.code != 0 and "nome, assunto" in found.err, found


def test_an_import_without_a_map_tells_which_there_are(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("nome\nAna\n")
    found = run(desk, "import", str(tmp_path / "g.csv"))
    assert found.code == 2 and "''" not in found.err, found
    assert "generic" in found.err and "--map" in found.err, found


@pytest.mark.parametrize("quiet", [(), ("--no-input",)], ids=["pipe", "cron"])
def test_repeated_rows_are_told_in_a_pipe(
    quiet: tuple[str, ...], desk: Path, tmp_path: Path
) -> None:
    (tmp_path / "g.csv").write_text(
        "nome,email,assunto\nAna,a@example.com,orcamento_vcc\nBia,b@example.com,orcamento_vcc\n"
    )
    line = ("import", str(tmp_path / "g.csv"), "--map", "generic")
    done(desk, *line)
    with environment({"DESKCLI_NOW": "2027-02-19T09:00"}):
        found = done(desk, *quiet, *line)
    if quiet:
        assert (found.out, found.err) == ("", "")
    else:
        assert "2 linhas repetidas" in found.err and "ESP-1, ESP-2" in found.err, found


# -- words ----------------------------------------------------------------------------------------


def test_values_are_said_as_the_desk_says_them(desk: Path) -> None:
    done(desk, *CREATE)
    done(desk, "due", "1", "24/11")
    done(desk, "rota", "absence", "add", "joao", "25/11", "27/11")
    assert "24/11/2026" in done(desk, "list", "--format", "table").out
    assert "2026-11-24" in done(desk, "list", "--format", "plain").out
    away = done(desk, "rota", "absence", "list", "--format", "table").out
    assert "25/11/2026" in away and "27/11/2026" in away and "2026" in away
    assert "2026-11-25" in done(desk, "rota", "absence", "list", "--format", "csv").out


def test_english_has_english_examples(desk: Path) -> None:
    found = run(desk, "--lang", "en", "due", "1", "31/02")
    assert "tomorrow" in found.err and "amanhã" not in found.err


def test_what_a_parser_says_is_said_in_the_language_of_the_desk(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text('[{"nome": "Ana" "email": "x"}]')
    found = run(desk, "import", str(tmp_path / "g.json"), "--map", "generic")
    assert "falta uma vírgula" in found.err and "g.json:1:17" in found.err, found
    people = desk / "people.yaml"
    people.write_text(people.read_text() + "\nsolto\n")
    found = run(desk, "list", "assignee:joao")
    assert "falta ':'" in found.err, found
