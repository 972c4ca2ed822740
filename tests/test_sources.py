"""Readers of import files: the same rows whatever wrote the file, and never a silent shift (O2)."""

import csv
import datetime as dt
import io
import json
import shlex
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deskcli.problem import CODES, DeskError
from deskcli.sources import OWN, READERS, Reject, Row, Table, keys_in, read, rejects
from deskcli.sources import sheet as sheet_module
from deskcli.sources import table as table_module

FIXTURES = Path(__file__).parent / "fixtures/exports"
SAMPLES = Path(__file__).parent.parent / "workflows/esplane/samples"
LAW = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def put(folder: Path, data: bytes | str, suffix: str = ".csv") -> Path:
    path = folder / f"export{suffix}"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def cells(table: Table) -> list[list[str]]:
    return [[row.cells.get(name, "") for name in table.columns] for row in table.rows]


def refused(path: Path) -> tuple[str, int, dict[str, Any]]:
    with pytest.raises(DeskError) as caught:
        read(path)
    problem = caught.value.problems[0]
    assert problem.code in CODES
    return problem.code, problem.place.line if problem.place else 0, dict(problem.facts)


def all_rejected(table: Table, folder: Path, reason: str = "falta o e-mail") -> Path:
    suffix, data = rejects(table, [Reject(row, "requester.email", reason) for row in table.rows])
    return put(folder, data, suffix)


# -- the same export, however it was written ------------------------------------------------------

COLUMNS = ["Nome", "E-mail", "Mensagem"]
ANA = ["Ana Conceição", "ana@example.com", "Preciso de 2 cubas; até R$ 1.850,00"]
JOAO = ["João Exemplo", "joao@example.org", 'Linha um\nlinha "dois" – fim']
WRITTEN = [
    ("utf8-comma.csv", (2, 3)),
    ("utf8-bom-semicolon.csv", (2, 3)),
    ("cp1252-semicolon.csv", (2, 3)),
    ("utf16-tab.txt", (2, 3)),
    ("sep-line.csv", (3, 4)),
    ("cr-only.csv", (2, 3)),
    ("tab.tsv", (2, 3)),
    ("rows.json", (2, 4)),
]


@pytest.mark.parametrize(("name", "lines"), WRITTEN)
def test_encodings_and_delimiters_give_the_same_rows(name: str, lines: tuple[int, int]) -> None:
    table = read(FIXTURES / name)
    assert table.columns == COLUMNS
    assert cells(table) == [ANA, JOAO]
    assert tuple(row.line for row in table.rows) == lines
    assert not table.notes
    assert not any(row.fault for row in table.rows)


def test_commas_in_amounts_do_not_split_a_semicolon_file() -> None:
    table = read(FIXTURES / "amounts.csv")
    assert table.columns == ["Item", "Preço, à vista", "Preço, a prazo"]
    assert cells(table) == [["Cuba", "1,50", "2,50"], ["Pia", "3,50", "4,50"]]


def test_a_single_column_is_not_split_by_the_commas_of_its_text(tmp_path: Path) -> None:
    table = read(put(tmp_path, "Mensagem\nOlá, tudo bem?\nSim; e você?\n"))
    assert cells(table) == [["Olá, tudo bem?"], ["Sim; e você?"]]


# -- what is broken is said, with its line --------------------------------------------------------


def test_an_open_quote_is_refused_at_its_line() -> None:
    assert refused(FIXTURES / "open-quote.csv")[:2] == ("source.quote_open", 3)


def test_two_encodings_in_one_file_are_refused_and_not_guessed() -> None:
    code, line, facts = refused(FIXTURES / "mixed-encoding.csv")
    assert (code, line, facts["byte"]) == ("source.encoding", 3, "0xE3")


def test_a_byte_that_windows_does_not_define_is_refused() -> None:
    code, line, facts = refused(FIXTURES / "undefined-byte.csv")
    assert (code, line, facts["encoding"]) == ("source.encoding", 3, "cp1252")


def test_broken_utf8_after_a_mark_and_broken_utf16_are_refused(tmp_path: Path) -> None:
    assert refused(put(tmp_path, b"\xef\xbb\xbfa;b\n1;\xe3\n"))[:2] == ("source.encoding", 2)
    data = "a;b\n1;2\n".encode("utf-16-le") + b"\x00\xd8"
    assert refused(put(tmp_path, b"\xff\xfe" + data))[:2] == ("source.encoding", 3)


def test_ragged_rows_are_filled_or_faulty_and_never_shifted() -> None:
    table = read(FIXTURES / "ragged.csv")
    seen = [(r.line, r.fault.code if r.fault else "", r.cells["Mensagem"]) for r in table.rows]
    assert seen == [
        (3, "", ""),
        (4, "source.ragged", "oi"),
        (5, "", "oi"),
        (6, "source.quote", "oi"),
        (9, "", "oi"),
    ]
    assert table.rows[1].fault
    assert table.rows[1].fault.facts == {"cells": 4, "columns": 3}


def test_a_stray_quote_in_the_header_is_refused(tmp_path: Path) -> None:
    assert refused(put(tmp_path, '"Nome" x;E-mail\na;b\n'))[:2] == ("source.quote", 1)


def test_a_quote_in_the_middle_of_a_cell_is_only_text(tmp_path: Path) -> None:
    table = read(put(tmp_path, 'Item;Quanto\nTubo 1/2";3\nTubo 3/4";"4"\n'))
    assert cells(table) == [['Tubo 1/2"', "3"], ['Tubo 3/4"', "4"]]


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    assert refused(tmp_path / "nada.csv")[0] == "source.missing"
    (tmp_path / "pasta.csv").mkdir()
    assert refused(tmp_path / "pasta.csv")[0] == "source.unreadable"
    assert refused(put(tmp_path, "x", ".docx"))[0] == "source.unknown_format"
    assert refused(put(tmp_path, "\n\r\n  \n"))[0] == "source.empty"


@pytest.mark.parametrize(
    ("limit", "text", "what"),
    [
        ("MAX_BYTES", "a;b\n1;2\n", "bytes"),
        ("MAX_ROWS", "a;b\n" + "1;2\n" * 5, "rows"),
        ("MAX_COLUMNS", "a;b;c;d;e;f\n", "columns"),
        ("MAX_CELL", "abcdef;b\n1;2\n", "cell"),
    ],
)
def test_sizes_have_limits(
    limit: str, text: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, text)
    read(path)
    monkeypatch.setattr(table_module, limit, 4)
    code, _, facts = refused(path)
    assert (code, facts["what"], facts["limit"]) == ("source.size", what, 4)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".csv", "a;b\n1;2\n12345;x\n3;4\n"),
        (".jsonl", '{"a":"1","b":"2"}\n{"a":"12345","b":"x"}\n{"a":"3","b":"4"}\n'),
        (".ods", ""),
    ],
)
def test_one_cell_that_is_too_long_is_one_row_that_is_refused(
    suffix: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others come in, and the rejects keep the row as it was."""
    found = [[1, ["a", "b"]], [2, ["1", "2"]], [3, ["12345", "x"]], [4, ["3", "4"]]]
    answer = {"sheet": ["Plan1"], "others": [], "rows": found}
    monkeypatch.setattr(sheet_module, "_ask", lambda path: answer)
    monkeypatch.setattr(table_module, "MAX_CELL", 4)
    table = read(put(tmp_path, text or "x", suffix))
    assert cells(table) == [["1", "2"], ["12345", "x"], ["3", "4"]]
    assert [r.fault.code if r.fault else "" for r in table.rows] == ["", "field.long", ""]
    fault = table.rows[1].fault
    assert fault and (fault.facts["field"], fault.facts["limit"]) == ("a", 4)
    assert fault.place and fault.place.line == table.rows[1].line
    monkeypatch.undo()
    again = read(all_rejected(table, tmp_path))
    assert cells(again) == cells(table)
    assert [r.raw for r in again.rows] == [r.raw for r in table.rows] or suffix != ".csv"


def test_nul_is_taken_out_with_a_note(tmp_path: Path) -> None:
    table = read(put(tmp_path, "Nome;X\nA\0na;1\n"))
    assert cells(table) == [["Ana", "1"]]
    assert [(n.code, n.place.line if n.place else 0) for n in table.notes] == [("source.nul", 2)]


# -- headers --------------------------------------------------------------------------------------


def test_a_header_repeated_on_the_way_is_no_row(tmp_path: Path) -> None:
    table = read(put(tmp_path, "A;B\n1;2\nA;B\n3;4\n"))
    assert cells(table) == [["1", "2"], ["3", "4"]]


def test_cfdb7_starts_a_new_header_after_each_mark(tmp_path: Path) -> None:
    mark = "\ufeff"
    text = f"{mark}Form_id,Name,Email\n9,Ana,ana@x.br\n{mark}Form_id,Email\n1,eva@x.br\n"
    table = read(put(tmp_path, text))
    assert table.columns == ["Form_id", "Name", "Email"]
    assert cells(table) == [["9", "Ana", "ana@x.br"], ["1", "", "eva@x.br"]]


def test_a_question_asked_twice_is_numbered_and_said(tmp_path: Path) -> None:
    table = read(put(tmp_path, "Nome,Nome,Nome (2),,\nA,B,C,,\nD,E,F,g,\n"))
    assert table.columns == ["Nome", "Nome (3)", "Nome (2)", "#4"]
    assert cells(table)[1] == ["D", "E", "F", "g"]
    assert [n.facts["name"] for n in table.notes] == ["Nome (3)"]


def test_elementor_escapes_quotes_as_json_does(tmp_path: Path) -> None:
    text = '"Diga \\"oi\\"","Msg",Submission ID\n"a \\"b\\", c","x\\ny",7\n"","5\\"",null\n'
    table = read(put(tmp_path, text))
    assert table.columns == ['Diga \\"oi\\"', "Msg", "Submission ID"]
    assert cells(table) == [['a \\"b\\", c', "x\\ny", "7"], ["", '5\\"', "null"]]


def test_backslashes_of_a_usual_file_are_text(tmp_path: Path) -> None:
    table = read(put(tmp_path, 'a;b\n5\\";x\n"diz ""oi\\""";"y"\n'))
    assert cells(table) == [['5\\"', "x"], ['diz "oi\\"', "y"]]


def test_a_windows_path_is_not_taken_for_an_escape(tmp_path: Path) -> None:
    table = read(put(tmp_path, '"Pasta","Nome"\n"C:\\dir\\","Ana"\n'))
    assert cells(table) == [["C:\\dir\\", "Ana"]]


# -- JSON -----------------------------------------------------------------------------------------


def test_json_values_become_text(tmp_path: Path) -> None:
    row = (
        '{"tel": 5.511999990000e12, "n": 12.0, "v": 1.50, "ok": true, "no": null, "x": {"a": [1]}}'
    )
    table = read(put(tmp_path, f"[\n{row}]", ".json"))
    wanted = {"tel": "5511999990000", "n": "12", "v": "1.50", "ok": "true", "no": ""}
    assert table.rows[0].cells == {**wanted, "x": '{"a":[1]}'}
    assert table.rows[0].line == 2


def test_half_a_surrogate_and_an_escaped_nul_are_replaced_with_a_note(tmp_path: Path) -> None:
    table = read(put(tmp_path, '[{"a": "x\\ud800y\\u0000"}, {"a": "\\ud83d\\ude00"}]', ".json"))
    assert cells(table) == [["x\ufffdy"], ["😀"]]
    assert [n.facts for n in table.notes] == [{"count": 2}]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('{"a": 1}\n\n{"a": 2}\n', ".jsonl"),
        ('{"a": 1}\r\n{"a": 2}', ".ndjson"),
        ('{"a": 1}\n{"a": 2}\n', ".json"),
        ('{"n": 2, "data": [{"a": 1}, {"a": 2}]}', ".json"),
        ('[{"a": 1}, {"a": 2}, {"a": ""}]', ".json"),
    ],
)
def test_arrays_holders_and_lines(text: str, suffix: str, tmp_path: Path) -> None:
    assert cells(read(put(tmp_path, text, suffix))) == [["1"], ["2"]]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[{"a": 1},\n {"a": }]', "source.json", 2),
        ('{"a": 1}\n{"a": 1', "source.json", 2),
        ('{"a": 1} {"a": 2}', "source.json", 1),
        ("\n[6,\n 7]", "source.json_row", 2),
        ('"x"', "source.json_row", 1),
        ('{"rows": [{"a": 1}], "data": [{"a": 2}]}', "source.json_rows", 0),
        ('{"leads": [{"a": 1}]}', "source.json_rows", 0),
        ("[" * 100_000, "source.json", 0),
        ("", "source.empty", 0),
        (" \n", "source.empty", 0),
    ],
)
def test_json_that_can_not_be_rows(text: str, code: str, line: int, tmp_path: Path) -> None:
    assert refused(put(tmp_path, text, ".json"))[:2] == (code, line)


# -- spreadsheets ---------------------------------------------------------------------------------


def workbook(path: Path, rows: dict[str, list[list[Any]]], hidden: str = "") -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in rows.items():
        page = book.create_sheet(name)
        page.sheet_state = "hidden" if name == hidden else "visible"
        for line in lines:
            page.append(line)
    book.save(path)
    return path


def ods(path: Path, body: str) -> Path:
    """The least that is an OpenDocument spreadsheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{n}="{names}:{n}:1.0"' for n in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{names}:manifest:1.0"><m:file-entry m:full-path="/"'
            f' m:media-type="{kind}"/></m:manifest>',
        )
        file.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="P1">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_cells_of_a_spreadsheet_become_text(tmp_path: Path) -> None:
    when = dt.datetime(2026, 11, 23, 9, 12, 3, 600_000)
    line = [dt.date(2026, 11, 23), when, 5511999990000, 12345678000195.0, 1.5, True, "00123"]
    heads = ["Dia", "Quando", "Telefone", "CNPJ", "Valor", "Sim", "CEP", None]
    pages: dict[str, list[list[Any]]] = {
        "Velha": [["x"]],
        "Vazia": [],
        "Boa": [[], heads, [], line],
        "Outra": [["y"]],
    }
    table = read(workbook(tmp_path / "a.xlsx", pages, hidden="Velha"))
    assert table.columns == heads[:-1]
    wanted = ["2026-11-23", "2026-11-23T09:12:04", "5511999990000", "12345678000195", "1.5"]
    assert cells(table) == [[*wanted, "true", "00123"]]
    assert table.rows[0].line == 4
    assert [n.facts for n in table.notes] == [{"read": "Boa", "others": ["Outra"]}]


def test_an_ods_file_with_a_million_empty_rows(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    many = 'table:number-rows-repeated="1048000"'
    empty = f"<table:table-row {many}><table:table-cell/></table:table-row>"
    body = row.format(cell.format("Nome")) + row.format(cell.format("Ação")) + empty
    assert cells(read(ods(tmp_path / "a.ods", body))) == [["Ação"]]


def test_a_cell_in_the_far_corner_is_refused_and_kills_nobody(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Nome", "x"
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == ("source.sheet", 0, {"detail": "memory"})


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_what_is_no_spreadsheet_is_refused(suffix: str, tmp_path: Path) -> None:
    assert refused(put(tmp_path, b"PK\x03\x04 nome;valor", suffix))[0] == "source.sheet"


def test_a_spreadsheet_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "SECONDS", 0.001)
    code, _, facts = refused(workbook(tmp_path / "a.xlsx", {"P": [["Nome"]]}))
    assert (code, facts["what"]) == ("source.size", "seconds")


def test_without_the_library_the_hint_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_module, "find_spec", lambda name: None)
    with pytest.raises(DeskError) as caught:
        read(put(tmp_path, b"PK", ".xlsx"))
    assert caught.value.problems[0].code == "source.library"
    command = shlex.join([sys.executable, "-m", "pip", "install", "python-calamine"])
    assert caught.value.problems[0].hint == command


# -- rejects --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda p: p.name)
def test_rejects_keep_the_text_and_can_be_read_again(path: Path, tmp_path: Path) -> None:
    """And a second refusal adds nothing to the first."""
    table = read(path)
    first = all_rejected(table, tmp_path)
    text = first.read_bytes().decode("utf-8-sig")
    source = path.read_text(encoding="utf-8-sig")
    for row in table.rows:
        kept = row.raw.rstrip("}")
        assert kept in source.replace("\r\n", "\n") or row.raw in path.read_bytes().decode()
        assert kept in text
    again = read(first)
    assert (again.columns, cells(again)) == (table.columns, cells(table))
    second = all_rejected(again, tmp_path)
    assert cells(read(second)) == cells(table)
    assert second.read_text().count("_reason") == text.count("_reason")


def test_rejects_add_four_cells_in_the_shape_of_the_source(tmp_path: Path) -> None:
    table = read(FIXTURES / "ragged.csv")
    bad = [
        Reject(table.rows[1], "", '=1+1; "a"', "site:8841"),
        Reject(table.rows[0], "E-mail", "inválido", "site:a;b"),
    ]
    assert rejects(table, bad) == (
        ".csv",
        b"Nome;E-mail;Mensagem;_line;_field;_reason;_key\r\n"
        b'Bia;bia@example.com;oi; tudo bem?;4;;"\'=1+1; ""a""";site:8841\r\n'
        + 'Ana;ana@example.com;;3;E-mail;inválido;"site:a;b"\r\n'.encode(),
    )


def test_a_rejected_row_keeps_its_first_line_and_its_key(tmp_path: Path) -> None:
    table = read(FIXTURES / "ragged.csv")
    _, data = rejects(table, [Reject(table.rows[1], "", "r", "site:a;b")])
    again = read(put(tmp_path, data))
    assert [(row.line, row.key) for row in again.rows] == [(2, "site:a;b")]
    assert rejects(again, [Reject(again.rows[0], "", "r", again.rows[0].key)])[1] == data
    assert keys_in(tmp_path / "export.csv") == {"site:a;b"}


def test_a_key_that_stands_twice_is_the_first_rows(tmp_path: Path) -> None:
    """The other is a copy that a person made, of which there is no ticket to come."""
    text = "Nome;_line;_field;_reason;_key\nAna;2;;r;site:1\nBia;2;;r;site:1\nCaio;3;;r;\n"
    assert [row.key for row in read(put(tmp_path, text)).rows] == ["site:1", "", ""]


@pytest.mark.parametrize("own", ["_key", "_key;_line", "_line;_field;_key"])
def test_some_columns_of_these_names_are_somebodys_form(own: str, tmp_path: Path) -> None:
    table = read(put(tmp_path, f"Nome;{own}\nAna" + ";site:1" * len(own.split(";")) + "\n"))
    assert [row.key for row in table.rows] == [""]


def test_a_rejected_row_that_was_fixed_is_whole(tmp_path: Path) -> None:
    path = all_rejected(read(FIXTURES / "ragged.csv"), tmp_path)
    text = path.read_text(encoding="utf-8").replace("oi; tudo", "oi, tudo")
    row = read(put(tmp_path, text)).rows[1]
    assert (row.fault, row.cells["Mensagem"]) == (None, "oi, tudo bem?")
    assert row.raw == "Bia;bia@example.com;oi, tudo bem?"


def test_rejects_keep_the_delimiter_even_where_another_would_fit(tmp_path: Path) -> None:
    table = read(put(tmp_path, "A\tx,B\n1\t2,3\n4,5\n"))
    assert table.columns == ["A\tx", "B"]
    _, data = rejects(table, [Reject(table.rows[0], "f", "r")])
    assert cells(read(put(tmp_path, data))) == [["1\t2", "3"]]


def test_the_mark_is_kept_and_given_to_files_of_excel(tmp_path: Path) -> None:
    for name in ("utf8-bom-semicolon.csv", "cp1252-semicolon.csv", "utf16-tab.txt"):
        assert all_rejected(read(FIXTURES / name), tmp_path).read_bytes()[:3] == b"\xef\xbb\xbf"
    assert all_rejected(read(FIXTURES / "utf8-comma.csv"), tmp_path).read_bytes()[:4] == b"Nome"


def test_rejects_of_a_spreadsheet_are_csv_that_runs_nothing(tmp_path: Path) -> None:
    """Text that is harmless in a workbook would run in a CSV; `formula_guard` takes it off."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Nome", "Telefone"])
    book.active.append(["Ana", "+55 11 99999-0000"])
    book.save(tmp_path / "a.xlsx")
    suffix, data = rejects(read(tmp_path / "a.xlsx"), [Reject(Row(2, {"Nome": "Ana"}), "f", "r")])
    assert (suffix, data.decode("utf-8-sig")[:34]) == (".csv", "Nome;Telefone;_line;_field;_reason")
    path = all_rejected(read(tmp_path / "a.xlsx"), tmp_path)
    assert cells(read(path)) == [["Ana", "'+55 11 99999-0000"]]


def test_rejects_of_json_are_lines_with_four_keys(tmp_path: Path) -> None:
    table = read(FIXTURES / "rows.json")
    suffix, data = rejects(table, [Reject(table.rows[0], "f", "=r", "site:1")])
    added = {"_line": 2, "_field": "f", "_reason": "=r", "_key": "site:1"}
    assert (suffix, json.loads(data)) == (".jsonl", dict(zip(COLUMNS, ANA, strict=True)) | added)
    again = read(put(tmp_path, data, suffix))
    assert [(row.cells, row.key) for row in again.rows] == [(table.rows[0].cells, "site:1")]


# -- laws -----------------------------------------------------------------------------------------

SIGNS = st.text("aé ,;|\t\"'\\\r\n=#", max_size=6)


@LAW
@given(
    data=st.binary(max_size=120), suffix=st.sampled_from([s for s in READERS if s[1] not in "xo"])
)
def test_any_bytes_are_rows_or_a_refusal(data: bytes, suffix: str, tmp_path: Path) -> None:
    for content in (data, b"a;b\n" + data, b'[{"a":' + data + b"}]"):
        try:
            table = read(put(tmp_path, content, suffix))
        except DeskError as error:
            assert all(p.code in CODES for p in error.problems)
        else:
            rejects(table, [Reject(row, "f", "r") for row in table.rows])


@LAW
@example(header=[";", ";"], rows=[["\\", ",;", "", ""]], delimiter=",")
@given(
    header=st.lists(st.text("abc,; |\té", min_size=1).filter(str.strip), min_size=2, max_size=4),
    rows=st.lists(st.lists(SIGNS, min_size=4, max_size=4), max_size=4),
    delimiter=st.sampled_from(";,\t|"),
)
def test_what_csv_writes_is_what_we_read(
    header: list[str], rows: list[list[str]], delimiter: str, tmp_path: Path
) -> None:
    rows = [row[: len(header)] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    table = read(put(tmp_path, out.getvalue()))
    labels = [cell.strip() for cell in header]
    kept = [r for r in rows if "".join(r).strip() and [c.strip() for c in r] != labels]
    assert [list(row.cells.values()) for row in table.rows] == kept


@LAW
@given(text=st.lists(SIGNS, max_size=12).map("".join), reason=SIGNS)
def test_rejects_of_anything_read_back_the_same(text: str, reason: str, tmp_path: Path) -> None:
    try:
        table = read(put(tmp_path, "Nome;E-mail\n" + text))
    except DeskError:
        return
    again = read(all_rejected(table, tmp_path, reason)) if table.rows else table
    assert [row.cells for row in again.rows] == [row.cells for row in table.rows]
    assert [bool(r.fault) for r in again.rows] == [bool(r.fault) for r in table.rows]
    assert [r.raw for r in again.rows] == [r.raw for r in table.rows]
    assert not set(OWN) & set(again.columns)
