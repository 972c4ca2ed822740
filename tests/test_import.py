"""`import` on a desk: what a file with something wrong in it does to the rest (O2, O3)."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from promises.desks import Run, command, copy_of, environment, forked, new_desk, run, tickets

from deskcli import folders, sources, store
from deskcli.cli import session
from deskcli.problem import refuse
from deskcli.ticket import Change, Ticket

HEAD = "Nome;E-mail;Categoria Assunto;Produto;Mensagem;Outra\n"


def row(n: int, text: str = "oi", other: str = "") -> str:
    return f"Cliente {n};c{n}@example.com;Dúvidas de produtos;Cuba;{text};{other}\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_desk(tmp_path_factory.mktemp("import") / "desk")


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Path]:
    with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
        yield copy_of(base, tmp_path / "desk")


def put(folder: Path, text: str, name: str = "site.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def import_(desk: Path, *files: Path, more: tuple[str, ...] = ()) -> Run:
    return run(desk, "import", *map(str, files), "-m", "generic", *more)


def names(desk: Path) -> list[str]:
    """Whose tickets there are."""
    return sorted(str(t.get("requester.name")) for t in tickets(desk).values())


def rejects(desk: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8-sig") for p in sorted((desk / "rejects").glob("*"))}


# -- rows that are too long -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("long", "field"),
    [
        (row(2, "x" * 1_048_577), "Mensagem"),  # a cell that no reader takes
        (row(2, "x" * 100_001), "description"),  # a value that no ticket takes
        (row(2, other="é" * 600_000), "Outra"),  # a ticket that nobody could read
    ],
    ids=["cell", "value", "ticket"],
)
def test_a_row_that_is_too_long_stays_out_alone(
    long: str, field: str, desk: Path, tmp_path: Path
) -> None:
    found = import_(desk, put(tmp_path, HEAD + row(1) + long + row(3)))
    assert found.code == 8, found.err
    assert names(desk) == ["Cliente 1", "Cliente 3"]
    [text] = rejects(desk).values()
    assert text.split("\n")[1].startswith(long.rstrip("\n") + ";3;" + field + ";")


@pytest.mark.parametrize(
    ("amount", "is_one"),
    [("9" * 5000, False), ("9" * 16, False), ("0" * 5000 + "7,5", True), ("9" * 15, True)],
    ids=["thousands of digits", "one too many", "zeros", "all that there is"],
)
def test_an_amount_that_is_none_keeps_its_own_row_out(
    amount: str, is_one: bool, desk: Path, tmp_path: Path
) -> None:
    form = desk / "workflows/forms/orcamentos-atendimento.yaml"
    asked = "- {id: amount, label: Valor, type: money}\n- {id: brand,"
    form.write_text(form.read_text().replace("- {id: brand,", asked, 1))
    rows = [row(n, other=text) for n, text in ((1, ""), (2, amount), (3, "1.234,5"))]
    found = import_(desk, put(tmp_path, HEAD.replace("Outra", "Valor") + "".join(rows)))
    assert found.code == (0 if is_one else 8), found.err
    assert names(desk) == ["Cliente 1", *(["Cliente 2"] if is_one else []), "Cliente 3"]
    told = [text.split("\n")[1] for text in rejects(desk).values()]
    said = f"{amount};3;amount;Valor: '{amount}' não é válido (um valor em reais, como 1.234,56)."
    assert is_one or (len(told) == 1 and said in told[0]), told


# -- several files --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "word", "code"),
    [
        ("aspas.csv", HEAD + 'Ana;"nunca fecha\n', "aspas.csv:2", 65),
        ("outro.csv", "Coluna;Outra\n1;2\n", "outro.csv", 3),
        ("nada.csv", None, "nada.csv", 5),
        ("quebrado.json", "[{", "quebrado.json:1:3", 65),
        ("planilha.doc", "x", "planilha.doc", 2),
    ],
)
@pytest.mark.parametrize("rest", ["", row(9).replace("c9@example.com", "")], ids=["", "rejected"])
def test_a_file_that_is_no_good_does_not_keep_the_others_out(
    name: str, text: str | None, word: str, code: int, rest: str, desk: Path, tmp_path: Path
) -> None:
    """The exit is the gravest: what can not be read comes before rows that were rejected (8)."""
    one, other = put(tmp_path, HEAD + row(1), "a.csv"), put(tmp_path, HEAD + row(2) + rest, "z.csv")
    bad = tmp_path / name if text is None else put(tmp_path, text, name)
    found = import_(desk, one, bad, other)
    assert (found.code, names(desk)) == (code, ["Cliente 1", "Cliente 2"]), found
    assert word in found.err and bool(rejects(desk)) == bool(rest)


def test_the_bad_ones_are_told_of_before_anything_is_written(desk: Path, tmp_path: Path) -> None:
    wrong, good = put(tmp_path, "x\n1\n"), put(tmp_path, HEAD + row(1), "a.csv")
    found = import_(desk, wrong, good, more=("-n",))
    assert (found.code, names(desk)) == (3, []) and "site.csv" in found.err


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([HEAD + 'Ana;"x\n'], 65),
        (["Coluna;Outra\n1;2\n"], 3),
        ([None], 5),
        ([None, HEAD + 'Ana;"x\n', "Coluna;Outra\n1;2\n"], 65),
        ([HEAD, None], 5),
    ],
)
def test_where_nothing_could_be_taken_the_code_says_why(
    texts: list[str | None], code: int, desk: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{n}.csv" for n in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        if text is not None:
            path.write_text(text)
    assert import_(desk, *paths).code == code


NOTHING = {
    "header.csv": HEAD,
    "other-header.csv": "Form Name,Submission ID\n",
    "empty.csv": "",
    "blank.csv": "\n \n",
    "empty.json": "",
    "blank.json": " \n",
    "list.json": "[]",
    "empty.jsonl": "",
    "empty.xlsx": "",
}


@pytest.mark.parametrize("name", NOTHING)
@pytest.mark.parametrize("watched", [True, False], ids=["terminal", "cron"])
def test_an_empty_export_is_nothing(
    name: str, watched: bool, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "is_watched", lambda: watched)
    found = import_(desk, put(tmp_path, NOTHING[name], name))
    assert (found.code, found.out, name in found.err) == (0, "", watched), found


def test_a_dry_run_says_that_there_is_nothing(desk: Path, tmp_path: Path) -> None:
    found = import_(desk, put(tmp_path, HEAD), more=("-n",))
    assert (found.code, "site.csv" in found.err) == (0, True)


@pytest.mark.parametrize("pattern", ["*.csv", "site-?.csv", "site-[ab].csv", "*"])
@pytest.mark.parametrize("watched", [True, False], ids=["terminal", "cron"])
def test_a_pattern_that_no_file_has(
    pattern: str, watched: bool, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shell leaves it as it is where there is nothing to import."""
    monkeypatch.setattr(session, "is_watched", lambda: watched)
    found = import_(desk, tmp_path / pattern)
    assert (found.code, found.out, bool(found.err)) == (0, "", watched), found


def test_a_file_may_be_called_like_a_pattern(desk: Path, tmp_path: Path) -> None:
    assert import_(desk, put(tmp_path, HEAD + row(1), "pedido [1].csv")).code == 0
    assert names(desk) == ["Cliente 1"]


# -- rejects --------------------------------------------------------------------------------------

BAD = "Sem Correio {n};;Dúvidas de produtos;Cuba;oi;\n"
STAMP = "20261123-100000"


def bad(*numbers: int) -> str:
    return "".join(BAD.format(n=n) for n in numbers)


def mend(desk: Path, name: str, *numbers: int) -> Path:
    """What a person does: the e-mail that lacked."""
    path = desk / "rejects" / name
    text = path.read_text()
    for n in numbers:
        text = text.replace(f"Sem Correio {n};;", f"Sem Correio {n};sc{n}@example.com;")
    path.write_text(text)
    return path


def people_in(text: str) -> list[str]:
    return [line.split(";")[0] for line in text.splitlines()[1:]]


def test_mended_rows_leave_the_file_and_the_others_stay(desk: Path, tmp_path: Path) -> None:
    export = put(tmp_path, HEAD + row(1) + bad(2, 3, 4))
    assert import_(desk, export).code == 8
    [name] = rejects(desk)
    assert name == f"site-{STAMP}.csv"
    found = import_(desk, mend(desk, name, 3))
    assert (found.code, names(desk)) == (8, ["Cliente 1", "Sem Correio 3"])
    assert list(rejects(desk)) == [name] and f"rejects/{name}" in found.err
    assert people_in(rejects(desk)[name]) == ["Sem Correio 2", "Sem Correio 4"]
    lines = rejects(desk)[name].splitlines()
    assert lines[1].startswith(bad(2).strip() + ";3;requester.email;"), "line of the export"
    assert lines[2].startswith(bad(4).strip() + ";5;requester.email;")
    found = import_(desk, mend(desk, name, 2, 4))
    assert (found.code, rejects(desk), len(names(desk))) == (0, {}, 4)
    assert name in found.err


def test_the_export_again_after_mending(desk: Path, tmp_path: Path) -> None:
    """Each bad row lies in one file, mended there or not; taken from there it is a repetition."""
    export = put(tmp_path, HEAD + row(1) + bad(2, 3))
    assert import_(desk, export).code == 8
    [name] = rejects(desk)
    mend(desk, name, 2)
    held = rejects(desk)
    assert import_(desk, export).code == 8 and rejects(desk) == held
    assert import_(desk, desk / "rejects" / name).code == 8
    held = rejects(desk)
    again = import_(desk, export, more=("-n",))
    assert rejects(desk) == held and "site.csv:3  repetida: ESP-2" in again.out
    assert import_(desk, export).code == 8 and rejects(desk) == held
    assert names(desk) == ["Cliente 1", "Sem Correio 2"]


@pytest.mark.parametrize("quiet", [(), ("--no-input",)], ids=["pipe", "cron"])
def test_the_export_again_says_which_rows_still_wait(
    quiet: tuple[str, ...], desk: Path, tmp_path: Path
) -> None:
    """It ends with 8, so the log has the reason; also of the file in `rejects/` itself."""
    path = put(tmp_path, HEAD + bad(1) + row(2) + bad(3))
    assert import_(desk, path).code == 8
    [name] = rejects(desk)
    found = run(desk, *quiet, "import", str(path), "-m", "generic")
    assert found.code == 8 and found.out == ""
    told = f"site.csv: as linhas 2, 4 ainda esperam em rejects/{name}"
    assert told in found.err and ("repetida" in found.err) == (not quiet), found
    own = run(desk, *quiet, "import", str(desk / "rejects" / name), "-m", "generic")
    assert own.code == 8 and own.out == ""
    assert f"{name}: as linhas 2, 3 ainda esperam em rejects/{name}" in own.err, own


def test_a_row_of_two_files_of_one_import_is_told_without_a_ticket(
    desk: Path, tmp_path: Path
) -> None:
    path = put(tmp_path, HEAD + row(1))
    found = import_(desk, path, path)
    assert found.code == 0 and "site.csv: 1 linha repetida\n" in found.err, found


def test_the_next_day_brings_only_its_own_bad_rows(desk: Path, tmp_path: Path) -> None:
    """Site plugins export everything anew each day, into a file of another name."""
    assert import_(desk, put(tmp_path, HEAD + bad(1, 2), "dia-19.csv")).code == 8
    assert import_(desk, put(tmp_path, HEAD + bad(1, 2, 3), "dia-20.csv")).code == 8
    assert {n: people_in(t) for n, t in rejects(desk).items()} == {
        f"dia-19-{STAMP}.csv": ["Sem Correio 1", "Sem Correio 2"],
        f"dia-20-{STAMP}.csv": ["Sem Correio 3"],
    }


def test_files_of_one_import_share_their_rejects(desk: Path, tmp_path: Path) -> None:
    one = put(tmp_path, HEAD + bad(1, 1, 2), "a.csv")
    assert import_(desk, one, put(tmp_path, HEAD + bad(2, 1), "b.csv")).code == 8
    assert [people_in(t) for t in rejects(desk).values()] == [["Sem Correio 1", "Sem Correio 2"]]


def test_a_mended_copy_elsewhere(desk: Path, tmp_path: Path) -> None:
    """It is the person's own file: its rows are known, and it is left as it is."""
    assert import_(desk, put(tmp_path, HEAD + bad(1, 2))).code == 8
    [name] = rejects(desk)
    held = rejects(desk)
    copy = put(tmp_path, mend(desk, name, 1).read_text(), f"corrigido-{name}")
    (desk / "rejects" / name).write_text(held[name])
    text = copy.read_text()
    assert import_(desk, copy).code == 8
    assert (names(desk), rejects(desk), copy.read_text()) == (["Sem Correio 1"], held, text)
    assert import_(desk, desk / "rejects" / name).code == 8
    assert [people_in(t) for t in rejects(desk).values()] == [["Sem Correio 2"]]


def test_a_row_that_a_person_copied_is_another_one(desk: Path, tmp_path: Path) -> None:
    assert import_(desk, put(tmp_path, HEAD + bad(1))).code == 8
    [name] = rejects(desk)
    path = mend(desk, name, 1)
    line = path.read_text().splitlines()[1]
    seven, eight = line.replace("1;sc1", "7;sc1"), line.replace("1;sc1@example.com", "8;")
    path.write_text(f"{path.read_text()}{seven}\n{eight}\n")
    assert import_(desk, path).code == 8
    assert names(desk) == ["Sem Correio 1", "Sem Correio 7"]
    assert import_(desk, mend(desk, name, 8)).code == 0
    assert names(desk) == ["Sem Correio 1", "Sem Correio 7", "Sem Correio 8"]


def test_a_row_out_of_its_columns(desk: Path, tmp_path: Path) -> None:
    export = put(tmp_path, HEAD + row(1).replace(";oi;", ";oi; tudo bem?;x") + row(2))
    assert import_(desk, export).code == 8
    [name] = rejects(desk)
    path = desk / "rejects" / name
    path.write_text(path.read_text().replace(";oi; tudo bem?;x", ";oi, tudo bem?;x"))
    assert (import_(desk, path).code, rejects(desk)) == (0, {})
    assert (import_(desk, export).code, rejects(desk)) == (0, {})
    assert names(desk) == ["Cliente 1", "Cliente 2"]


def test_json_lines_and_spreadsheets(desk: Path, tmp_path: Path) -> None:
    ana = {"Nome": "Ana", "E-mail": "", "Categoria Assunto": "Dúvidas de produtos", "Produto": 1}
    assert import_(desk, put(tmp_path, json.dumps(ana), "a.jsonl")).code == 8
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Nome", "E-mail", "Telefone", "Categoria Assunto", "Produto"])
    book.active.append(["Bia", "", "+55 11 99999-0000", "Dúvidas de produtos", "Cuba"])
    book.save(tmp_path / "b.xlsx")
    assert import_(desk, tmp_path / "b.xlsx").code == 8
    jsonl, csv = sorted(rejects(desk))
    path = desk / "rejects" / jsonl
    path.write_text(path.read_text().replace('"E-mail": ""', '"E-mail": "ana@example.com"'))
    other = desk / "rejects" / csv
    other.write_text(other.read_text().replace("Bia;;", "Bia;bia@example.com;"))
    found = import_(desk, path, other)
    assert (found.code, rejects(desk)) == (0, {}), found
    assert (import_(desk, tmp_path / "b.xlsx").code, rejects(desk)) == (0, {})
    assert names(desk) == ["Ana", "Bia"]


@pytest.mark.parametrize("numbers", [(1,), (1, 2)])
def test_a_file_that_was_saved_meanwhile_is_left_alone(
    numbers: tuple[int, ...], desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody typed while we read is not written over; the next import goes on."""
    assert import_(desk, put(tmp_path, HEAD + bad(1, 2))).code == 8
    [name] = rejects(desk)
    path = mend(desk, name, *numbers)
    read = sources.read

    def and_then_saved(file: Path) -> sources.Table:
        table = read(file)
        path.write_text(path.read_text().replace("Sem Correio 2;;", "Sem Correio 2;b@b.br;") + "\n")
        return table

    with monkeypatch.context() as patch:
        patch.setattr(sources, "read", and_then_saved)
        found = import_(desk, path)
    assert found.code == (8 if len(numbers) == 1 else 0) and name in found.err
    assert people_in(rejects(desk)[name])[:2] == ["Sem Correio 1", "Sem Correio 2"]
    assert (import_(desk, path).code, rejects(desk)) == (0, {})
    assert names(desk) == ["Sem Correio 1", "Sem Correio 2"]


def test_what_the_map_leaves_out_stays_where_it_was(desk: Path, tmp_path: Path) -> None:
    """O3: a person put a time into the row at which the desk was open."""
    chat = '{"quando": "ontem", "nome": "Ana", "e-mail": "a@b.br", "mensagem": "oi", "site": "VCC"}'
    args = ("import", "-m", "chat-fora-do-horario")
    assert run(desk, *args, str(put(tmp_path, chat, "chat.jsonl"))).code == 8
    [name] = rejects(desk)
    path = desk / "rejects" / name
    path.write_text(path.read_text().replace('"quando": "ontem"', '"quando": "2026-11-19 10:00"'))
    found = run(desk, *args, str(path))
    assert found.code == 0 and names(desk) == []
    assert '"nome": "Ana"' in rejects(desk)[name] and "requester" not in rejects(desk)[name]


def test_a_chat_whose_time_nobody_can_tell_is_not_after_hours(desk: Path, tmp_path: Path) -> None:
    """O3: neither an empty time, nor none, nor a day alone; each is told of and kept."""
    rows = [
        {"data/hora": "", "nome": "Vazio"},
        {"nome": "Nenhum"},
        {"data/hora": "23/11/2026", "nome": "Dia"},
        {"data/hora": "2026-11-20T21:07:33-03:00", "nome": "Noite"},
    ]
    more = {"e-mail": "a@example.com", "mensagem": "oi", "marca": "VCC"}
    chat = "".join(json.dumps({**row, **more}) + "\n" for row in rows)
    found = run(desk, "import", "-m", "chat-fora-do-horario", str(put(tmp_path, chat, "c.jsonl")))
    assert found.code == 8 and names(desk) == ["Noite"]
    [held] = rejects(desk).values()
    kept = [json.loads(line) for line in held.splitlines()]
    assert [row["nome"] for row in kept] == ["Vazio", "Nenhum", "Dia"]
    assert "23/11/2026" in found.out and held.count('"_field": "opened_at"') == 3


SAMPLES = sorted((Path(__file__).parents[1] / "workflows/esplane/samples").iterdir())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_without_a_map_the_one_whose_columns_fit_is_proposed(desk: Path, sample: Path) -> None:
    found = run(desk, "import", str(sample))
    assert found.code == 2 and f"--map {sample.stem}\n" in found.err, found


def test_without_a_map_that_fits_they_are_listed(desk: Path, tmp_path: Path) -> None:
    plain = put(tmp_path, "Nome,E-mail,Categoria Assunto,Mensagem\nJo,j@example.com,Boleto,oi\n")
    assert "--map generic\n" in run(desk, "import", str(plain)).err
    found = run(desk, "import", str(put(tmp_path, "Coisa;Outra\n1;2\n")))
    assert found.code == 2 and found.err.endswith("import --maps\n"), found


def test_a_dry_run_leaves_the_rejects_alone(desk: Path, tmp_path: Path) -> None:
    assert import_(desk, put(tmp_path, HEAD + bad(1, 2))).code == 8
    [name] = rejects(desk)
    path = mend(desk, name, 1)
    held = rejects(desk)
    assert (import_(desk, path, more=("-n",)).code, rejects(desk)) == (8, held)


def test_rejects_that_nobody_can_read_hold_nothing(desk: Path, tmp_path: Path) -> None:
    """Better twice than lost."""
    export = put(tmp_path, HEAD + bad(1))
    assert import_(desk, export).code == 8
    [name] = rejects(desk)
    (desk / "rejects" / name).write_bytes(b'"')
    assert import_(desk, export).code == 8
    assert list(rejects(desk)) == [f"site-{STAMP}-1.csv", name]


# -- in chunks ------------------------------------------------------------------------------------

SITE = "Nome;E-mail;Telefone;Categoria Assunto;Número do pedido;Canal do pedido;Mensagem\n"


def order(n: int, person: int) -> str:
    """What goes to the roulette, or to whoever has the person's open ticket."""
    return f"P {person};p{person}@example.com;1199999{person:04};Envio de Boletos;{n};site;oi {n}\n"


def test_chunks_decide_what_the_whole_would(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Turns go on, and a row sees the ticket of an earlier one of its requester."""
    export = put(tmp_path, SITE + "".join(order(n, n % 5) for n in range(8)) + order(0, 0))
    found = []
    for chunk in (200, 3, 1):
        monkeypatch.setattr(store, "CHUNK", chunk)
        desk = copy_of(base, tmp_path / "desk")
        with environment({"DESKCLI_NOW": "2026-11-23T10:00:00-03:00"}):
            assert import_(desk, export).code == 0
        made = tickets(desk)
        found.append([(t.id, t.text("title"), t.text("assignee")) for t in made.values()])
        operations = {e.operation for t in made.values() for e in t.history}
        assert len(operations) == 1, "one operation"
    assert found[0] == found[1] == found[2] and len(found[0]) == 8
    assert len({assignee for _, _, assignee in found[0]}) > 1


def test_nobody_waits_for_a_whole_import(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two chunks a colleague writes; the import is undone as one, without that."""
    assert import_(desk, put(tmp_path, HEAD + row(9), "antes.csv")).code == 0
    monkeypatch.setattr(store, "CHUNK", 2)
    codes = []

    def pause(seconds: float) -> None:
        codes.append(forked(command(desk, "annotate", "1", "liguei"), tmp_path).code)

    monkeypatch.setattr("deskcli.cli.import_.time.sleep", pause)
    assert import_(desk, put(tmp_path, HEAD + "".join(map(row, range(5))))).code == 0
    assert codes == [0, 0]
    listed = run(desk, "undo", "--list").out.splitlines()
    [imported] = [line.split()[0] for line in listed if "5 tickets" in line]
    assert len(run(desk, "undo", imported).out.splitlines()) == 5
    after = tickets(desk)
    assert [e.text for e in after["ESP-1"].history if e.did == "noted"] == ["liguei"] * 2
    assert {t.text("status") for t in after.values() if t.id != "ESP-1"} == {"cancelado"}


def test_a_chunk_remembers_the_numbers_of_those_before(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk of years has many names; one that somebody puts there meanwhile is seen."""
    with environment({"DESKCLI_NOW": "2026-09-21T10:00:00-03:00"}):
        assert import_(desk, put(tmp_path, HEAD + row(9), "antes.csv")).code == 0
    old = desk / "tickets/2026/09/ESP-1.yaml"
    known_months: list[int] = []
    highest = folders.highest

    def noting(root: Path, prefix: str, known: dict[Path, tuple[int, int]]) -> int:
        known_months.append(len(known))
        return highest(root, prefix, known)

    def pause(seconds: float) -> None:
        if len(known_months) == 3:  # of four chunks
            old.write_text(re.sub("(?m)^id: .*", "id: ESP-50", old.read_text()))
            old.rename(old.with_name("ESP-50.yaml"))

    for name, value in (("store._FEW", 0), ("store.CHUNK", 1), ("folders.RACY_NS", 0)):
        monkeypatch.setattr(f"deskcli.{name}", value)
    monkeypatch.setattr(folders, "highest", noting)
    monkeypatch.setattr("deskcli.cli.import_.time.sleep", pause)
    assert import_(desk, put(tmp_path, HEAD + "".join(map(row, range(4))))).code == 0
    assert known_months == [0, 1, 2, 2], "that of November is made by the first"
    assert [*tickets(desk)] == [f"ESP-{n}" for n in (50, 2, 3, 4, 51)]


def test_an_import_that_can_not_go_on_says_what_stands(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others kept the lock for too long; run again, it makes the missing ones."""
    export = put(tmp_path, HEAD + "".join(map(row, range(5))))
    write = session.write

    def busy_later(*args: Any) -> list[Change]:
        if tickets(desk):
            raise refuse("desk.busy", seconds=10)
        return write(*args)

    with monkeypatch.context() as patch:
        patch.setattr(store, "CHUNK", 2)
        patch.setattr(session, "write", busy_later)
        found = import_(desk, export)
    assert found.code == 75 and "2 tickets criados" in found.err, found
    assert import_(desk, export).code == 0
    assert names(desk) == [f"Cliente {n}" for n in range(5)]


def test_the_lock_is_held_for_a_chunk(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "CHUNK", 2)
    held: list[int] = []
    lock, commit = store.Store.lock, store.Store.commit

    @contextmanager
    def counting(self: store.Store, *args: float) -> Iterator[None]:
        held.append(0)
        with lock(self, *args):
            yield

    def counted(self: store.Store, changes: Sequence[Change], month: str) -> list[Ticket]:
        held[-1] += len(changes)
        return commit(self, changes, month)

    monkeypatch.setattr(store.Store, "lock", counting)
    monkeypatch.setattr(store.Store, "commit", counted)
    assert import_(desk, put(tmp_path, HEAD + "".join(map(row, range(5))))).code == 0
    assert max(held) == 2 and sum(held) == 5


# -- when it was asked ----------------------------------------------------------------------------

STAMPED = "Nome;E-mail;Categoria Assunto;Produto;Mensagem;Data/hora\n"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18/11/2026", "2026-11-18T00:00:00-03:00"),
        ("2026-11-18", "2026-11-18T00:00:00-03:00"),
        ("04/11/2018", "2018-11-04T01:00:00-02:00"),  # its midnight was skipped
        ("18/11/2026 14:00", "2026-11-18T14:00:00-03:00"),
        ("24/11/2026 09:59", "2026-11-24T09:59:00-03:00"),  # a clock that is wrong
    ],
)
def test_a_day_alone_is_its_beginning(desk: Path, tmp_path: Path, text: str, at: str) -> None:
    assert import_(desk, put(tmp_path, STAMPED + row(1, other=text))).code == 0
    assert tickets(desk)["ESP-1"].text("opened_at") == at
    done = run(desk, "set", "1", "opened_at=01/10/2026")
    assert done.code == 0, done
    assert tickets(desk)["ESP-1"].text("opened_at") == "2026-10-01T00:00:00-03:00"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("18-nov", "tente 24/11/2025 14:00, 24/11/2025 ou 2025-11-24T14:00"),
        ("amanhã", "tente 24/11/2025 14:00, 24/11/2025 ou 2025-11-24T14:00"),
        ("01/01/2099 10:00", "ainda não chegou"),
        ("24/11/2026 10:01", "ainda não chegou"),
    ],
)
def test_what_nobody_can_have_asked_then_stays_out(
    desk: Path, tmp_path: Path, text: str, word: str
) -> None:
    """O7: what comes from the future would be late for nobody."""
    found = import_(desk, put(tmp_path, STAMPED + row(1) + row(2, other=text)))
    assert found.code == 8 and word in found.out, found
    assert names(desk) == ["Cliente 1"]
    [kept] = rejects(desk).values()
    assert kept.split("\n")[1].startswith(row(2, other=text).rstrip("\n") + ";3;opened_at;")
    refused = run(desk, "set", "1", f"opened_at={text}")
    assert refused.code in (2, 3) and word in refused.err, refused


# -- JSON lines -----------------------------------------------------------------------------------


def asked(n: int) -> str:
    given = {"Nome": f"Cliente {n}", "E-mail": f"c{n}@example.com", "Mensagem": "oi"}
    more = {"Categoria Assunto": "Dúvidas de produtos", "Produto": "Cuba"}
    return json.dumps({**given, **more}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        ('{"Nome": "Cliente 2", "E-mail": }', "JSON"),
        ('{"Nome": "Cliente 2"', "JSON"),
        ('["Cliente 2"]', "objeto"),
        (asked(2) + " " + asked(4), "JSON"),
        ("  {'Nome': 'Cliente 2'}", "JSON"),
    ],
    ids=["no value", "not closed", "a list", "two on a line", "quotes"],
)
def test_a_bad_line_of_json_stays_out_alone(
    desk: Path, tmp_path: Path, bad: str, word: str
) -> None:
    export = put(tmp_path, f"{asked(1)}\n\n{bad}\n{asked(3)}\n", "site.jsonl")
    for repeated in (False, True):
        found = import_(desk, export)
        assert found.code == 8, found
        assert repeated or ("site.jsonl:3  rejeitada" in found.out and word in found.out), found
        assert names(desk) == ["Cliente 1", "Cliente 3"], repeated
        [(name, text)] = rejects(desk).items()
        told, kept = text.splitlines()
        assert kept == bad
        assert json.loads(told)["_line"] == 3 and word in json.loads(told)["_reason"]
    mended = desk / "rejects" / name
    again = import_(desk, mended)
    assert again.code == 8 and mended.read_text() == text, again  # bad as before, and so it stays
    assert again.err.count("\n") == 1 and "a linha 2 ainda espera" in again.err, again
    mended.write_text(f"{told}\n{asked(2)}\n")
    assert import_(desk, mended).code == 0
    assert names(desk) == [f"Cliente {n}" for n in (1, 2, 3)] and not rejects(desk)
    assert import_(desk, export).code == 0 and len(names(desk)) == 3


def test_bad_lines_alone_are_mended_one_by_one(desk: Path, tmp_path: Path) -> None:
    """A file of rejects has the columns of its rows, which may be none yet: nothing is missing."""
    broken = [asked(n).replace('"E-mail": ', '"E-mail" ') for n in (1, 2)]
    assert import_(desk, put(tmp_path, "\n".join([*broken, asked(3)]), "site.jsonl")).code == 8
    [(name, text)] = rejects(desk).items()
    path = desk / "rejects" / name
    without = asked(1).replace('"E-mail": "c1@example.com", ', "")
    path.write_text(text.replace(broken[0], without))
    found = import_(desk, path)
    assert found.code == 8 and "coluna" not in found.err, found
    assert f"{name}:2  rejeitada: Falta Solicitante" in found.out, found
    assert f"{name}:4  rejeitada: JSON" in found.out, found
    text = rejects(desk)[name]
    text = text.replace(
        '"Nome": "Cliente 1", ', '"Nome": "Cliente 1", "E-mail": "c1@example.com", '
    )
    path.write_text(text)
    assert import_(desk, path).code == 8 and names(desk) == ["Cliente 1", "Cliente 3"]
    path.write_text(rejects(desk)[name].replace(broken[1], asked(2)))
    assert import_(desk, path).code == 0 and not rejects(desk)
    assert names(desk) == ["Cliente 1", "Cliente 2", "Cliente 3"]


def test_a_file_without_one_good_line_is_no_json(desk: Path, tmp_path: Path) -> None:
    found = import_(desk, put(tmp_path, "{\n'a': 1,\n}\n", "site.jsonl"))
    assert found.code == 65 and not rejects(desk), found


def test_an_element_of_an_array_that_is_no_row_stays_out_alone(desk: Path, tmp_path: Path) -> None:
    text = f'[{asked(1)},\n3,\n["a",\n"b"], null,\n{asked(3)}]'
    found = import_(desk, put(tmp_path, text, "site.json"))
    assert found.code == 8 and len(tickets(desk)) == 2, found
    for line in (2, 3, 4):
        assert f"site.json:{line}  rejeitada" in found.out
    [name] = rejects(desk)
    lines = (desk / "rejects" / name).read_text().splitlines()
    assert lines[1::2] == ["3", '["a","b"]', "null"]
    again = import_(desk, desk / "rejects" / name)
    assert len(tickets(desk)) == 2 and again.code, again
    none = import_(desk, put(tmp_path, "[1, 2]", "none.json"))
    assert none.code == 65 and "none.json:1" in none.err, none


def test_the_name_stands_first_whatever_the_map(desk: Path) -> None:
    """Maps that join a name from its parts bring it after the columns."""
    site = put(
        desk,
        '"E-mail","Telefone","Nome (Último)","Nome (Primeiro)","Assunto","Mensagem","Entry Id"\n'
        '"luis@example.org","11 99999-0031","Exemplo","Luís","Orçamento VCC","Oi","1"\n',
    )
    assert run(desk, "import", str(site), "--map", "gravity").code == 0
    [ticket] = tickets(desk).values()
    assert list(ticket.get("requester")) == ["name", "email", "phone"]
    assert "Luís Exemplo  luis@example.org  +5511999990031" in run(desk, "show", "1").out
    for change in ("requester.document=529.982.247-25", "requester.phone="):
        assert run(desk, "set", "1", change).code == 0
    assert run(desk, "set", "1", "requester.phone=11 99999-0031").code == 0
    said = run(desk, "show", "1").out
    assert re.search(r"Luís Exemplo  luis@example.org  \+5511999990031  \S*529", said), said


def test_a_dry_run_has_the_words_of_the_tickets_form(desk: Path) -> None:
    """Another form calls the same field something else."""
    said = import_(desk, put(desk, HEAD + row(1)), more=("-n",)).out
    assert "      Produto: Cuba\n" in said and "Categoria Assunto: " in said, said


@pytest.mark.parametrize("head", ["Formulário", "form"])
@pytest.mark.parametrize("form", ["Pós Vendas", "pos-vendas"])
def test_a_row_says_its_form_by_key_or_label(
    head: str, form: str, desk: Path, tmp_path: Path
) -> None:
    """The fields of that form are its headers too; a row that says none is of the map's form."""
    path = put(
        tmp_path,
        f"Nome;E-mail;Categoria Assunto;Mensagem;{head};Pedido;Impropriedade\n"
        f"J;j@example.com;Rastreio;oi;{form};8;Não aplica\n"
        "K;k@example.com;Orçamento VCC;oi;;;\n",
    )
    found = import_(desk, path)
    assert found.code == 0, found
    one, other = (tickets(desk)[f"ESP-{n}"] for n in (1, 2))
    assert (one.get("form"), one.get("category")) == ("pos-vendas", "rastreio")
    assert other.get("form") == "orcamentos-atendimento"
    assert "Impropriedade" not in found.err and "extras" not in found.err, found


def test_a_row_of_a_form_that_there_is_not_stays_out(desk: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "Nome;E-mail;Formulário\nJ;j@example.com;Pos Venda Velho\n")
    found = import_(desk, path)
    assert found.code == 8 and "'Pos Venda Velho'" in found.out, found
