"""Import maps: which column feeds which field, and what makes a submission the same (O2, O3)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskcli.importmap import CLEANERS, Binding, ImportMap, Mapped, bind, check, cleaned
from deskcli.problem import CODES, DeskError, Exit
from deskcli.schema import typed
from deskcli.sources import Reject, read, rejects
from deskcli.yamltext import read as read_yaml

PACK = Path(__file__).parent.parent / "workflows/esplane"
MAPS = sorted((PACK / "imports").glob("*.yaml"))
SAMPLES = sorted((PACK / "samples").iterdir())

# The 31 options of O33, by id.
O33 = frozenset(
    """msg_acessorios carrinhos_abandonados msg_carrinhos nao_pagos inst_cadastro inst_indicacao
    nota_fiscal inst_saldo_consulta inst_saldo_uso comprovantes boletos chat_sem_retorno_esplane
    chat_sem_retorno_vcc fora_de_atendimento aniversariantes orcamento_esplane orcamento_vcc
    duvida_produto cadastro_esplane declinado_carrinho declinado_loja_fisica declinado_frete
    declinado_estoque declinado_concorrente declinado_regiao migracao_whatsapp liberacao_pj
    orcamento_terceiro pedido_esplane pedido_vcc declinado_nao_trabalhamos""".split()
)


def a_map(**parts: Any) -> ImportMap:
    return msgspec.convert({"id": "m", "label": "M", **parts}, ImportMap, strict=False)


def shipped(name: str) -> ImportMap:
    path = PACK / f"imports/{name}.yaml"
    return typed(read_yaml(path.read_bytes(), str(path)), ImportMap)


def codes(binding: Binding) -> list[str]:
    return [problem.code for problem in binding.problems]


def rows(path: Path) -> list[Mapped]:
    table = read(path)
    binding = bind(shipped(path.stem), table.columns, {})
    return [binding.row(row.cells) for row in table.rows]


# -- the shipped maps -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
def test_shipped_maps_are_sound_and_provisional(path: Path) -> None:
    found = shipped(path.stem)
    assert path.read_text().startswith("# yaml-language-server: $schema=")
    assert (found.id, list(check(found))) == (path.stem, [])
    assert found.provisional
    assert found.form == "orcamentos-atendimento"
    assert set(found.values["category"].values()) <= O33
    assert set(found.values["brand"].values()) == {"esplane", "vcc"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_sample_fits_its_map(path: Path) -> None:
    table = read(path)
    binding = bind(shipped(path.stem), table.columns, {})
    assert (binding.problems, table.notes) == ([], [])
    assert not set(binding.unmapped) - {"pagina"}
    assert not any(row.fault for row in table.rows)


def test_every_map_has_a_sample() -> None:
    assert [p.stem for p in MAPS] == [p.stem for p in SAMPLES]


WANTED: list[tuple[str, int, dict[str, str]]] = [
    ("elementor.csv", 0, {"category": "orcamento_esplane", "requester.name": "Ana Prado"}),
    ("elementor.csv", 1, {"category": "boletos", "order_channel": "site", "brand": "vcc"}),
    ("elementor.csv", 5, {"category": "Patrocínio de evento"}),
    ("elementor.csv", 6, {"category": "Declinado – Frete caro"}),
    ("flamingo.csv", 0, {"requester.phone": "+55 11 99999-0010", "category": "nota_fiscal"}),
    ("flamingo.csv", 3, {"category": "comprovantes", "order_number": "77298"}),
    ("cfdb7.csv", 0, {"requester.name": "Silva & Filhos Exemplo"}),
    ("cfdb7.csv", 3, {"category": "aniversariantes", "description": "Faço aniversário hoje! 🎉"}),
    ("gravity.csv", 0, {"requester.name": "Luís Exemplo", "requester.phone": "=11 99999-0031"}),
    ("google-forms.csv", 0, {"opened_at": "20/11/2026 09:12:04", "brand": "esplane"}),
    ("generic.csv", 1, {"requester.phone": "(011) 99999-0051", "order_channel": "site"}),
]


@pytest.mark.parametrize(("name", "row", "wanted"), WANTED)
def test_what_the_samples_become(name: str, row: int, wanted: dict[str, str]) -> None:
    values = rows(PACK / "samples" / name)[row].values
    assert {key: values.get(key) for key in wanted} == wanted


def test_o2_site_forms_say_where_they_come_from() -> None:
    for name in ("elementor", "flamingo", "cfdb7", "gravity", "google-forms"):
        values = [mapped.values for mapped in rows(PACK / f"samples/{name}.csv")]
        assert {v["origin"] for v in values} == {"site_form"}
        assert {v["form"] for v in values} == {"orcamentos-atendimento"}


def test_o3_chat_after_hours_takes_its_option_from_the_brand() -> None:
    values = [m.values for m in rows(PACK / "samples/chat-fora-do-horario.jsonl")]
    assert {v["origin"] for v in values} == {"chat_after_hours"}
    pairs = [(v["brand"], v["category"]) for v in values]
    assert pairs[:2] == [("esplane", "chat_sem_retorno_esplane"), ("vcc", "chat_sem_retorno_vcc")]
    assert values[1]["requester.phone"] == "11999990061"


def test_the_text_of_an_elementor_cell_is_whole() -> None:
    text = rows(PACK / "samples/elementor.csv")[0].values["description"]
    assert text.startswith(
        'Boa tarde! Preciso de uma cuba dupla "undermount" de 1,20 m.\nVi por R$'
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_sample_holds_one_submission_twice(path: Path) -> None:
    keys = [mapped.key for mapped in rows(path)]
    assert len(set(keys)) == len(keys) - (path.stem not in ("cfdb7", "google-forms"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_rejected_row_keeps_its_key(path: Path, tmp_path: Path) -> None:
    """So that a fixed rejects file makes no second ticket of a row that was imported after all."""
    table = read(path)
    suffix, data = rejects(table, [Reject(row, "f", "-motivo") for row in table.rows])
    again = tmp_path / f"{path.stem}{suffix}"
    again.write_bytes(data)
    assert rows(again) == rows(path)


# -- binding --------------------------------------------------------------------------------------


def test_headers_and_values_are_compared_folded() -> None:
    """Accents, case, dashes and the signs of a required field do not count (O-X13)."""
    found = a_map(
        columns={"requester.email": ["E-mail"], "category": ["Categoria – Assunto"]},
        values={"category": {"Orçamento – VCC": "orcamento_vcc"}},
    )
    binding = bind(found, ["e_mail *", "CATEGORIA-ASSUNTO:"], {})
    mapped = binding.row({"e_mail *": "a@b.c", "CATEGORIA-ASSUNTO:": "ORCAMENTO  -  vcc"})
    assert mapped.values == {"requester.email": "a@b.c", "category": "orcamento_vcc"}


def test_a_required_column_that_is_missing_is_named() -> None:
    found = a_map(columns={"requester.email": ["E-mail"]}, required=["requester.email"])
    binding = bind(found, ["Correio"], {})
    facts = {"field": "requester.email", "headers": ["E-mail"], "found": ["Correio"]}
    assert [(p.code, dict(p.facts)) for p in binding.problems] == [("import.column_missing", facts)]


def test_two_headers_may_not_feed_one_field() -> None:
    found = a_map(columns={"requester.phone": ["Telefone", "Celular"]})
    binding = bind(found, ["Celular", "Telefone"], {})
    assert codes(binding) == ["import.two_columns"]
    assert binding.problems[0].facts["headers"] == ["Celular", "Telefone"]


def test_one_header_may_feed_two_fields() -> None:
    found = a_map(
        columns={"brand": ["Marca"], "category": ["Marca"]},
        values={"category": {"VCC": "chat_sem_retorno_vcc"}},
    )
    values = bind(found, ["Marca"], {}).row({"Marca": "VCC"}).values
    assert values == {"brand": "VCC", "category": "chat_sem_retorno_vcc"}


def test_labels_of_the_form_are_headers_but_an_alias_wins() -> None:
    labels = {"produto": "product", "product": "product", "mensagem": "fields.other"}
    found = a_map(columns={"description": ["Mensagem"]}, labels=True)
    binding = bind(found, ["Produto", "Mensagem", "Outro"], labels)
    assert binding.fields == {"description": ("Mensagem",), "product": ("Produto",)}
    assert binding.unmapped == ["Outro"]
    assert bind(a_map(), ["Produto"], labels).unmapped == ["Produto"]


def test_a_label_does_not_feed_a_field_that_an_alias_feeds() -> None:
    found = a_map(columns={"product": ["Item"]}, labels=True)
    binding = bind(found, ["Produto", "Item"], {"produto": "product"})
    assert (binding.fields, binding.unmapped) == ({"product": ("Item",)}, ["Produto"])
    assert not binding.problems


def test_parts_of_a_name_are_joined_in_the_order_of_the_map() -> None:
    found = a_map(joins={"requester.name": ["Primeiro", "Último"]}, required=["requester.name"])
    binding = bind(found, ["Último", "Primeiro"], {})
    assert not binding.problems
    assert (
        binding.row({"Último": "Prado", "Primeiro": "Ana"}).values["requester.name"] == "Ana Prado"
    )
    assert binding.row({"Último": "", "Primeiro": "Ana"}).values["requester.name"] == "Ana"


def test_a_whole_name_wins_over_its_parts() -> None:
    found = a_map(columns={"n": ["Nome"]}, joins={"n": ["Primeiro"]})
    assert bind(found, ["Primeiro", "Nome"], {}).fields == {"n": ("Nome",)}


def test_constants_fill_what_the_row_leaves_empty() -> None:
    found = a_map(columns={"brand": ["Marca"]}, constants={"brand": "vcc", "origin": "site_form"})
    binding = bind(found, ["Marca"], {})
    assert binding.row({"Marca": " "}).values == {"brand": "vcc", "origin": "site_form"}
    assert binding.row({"Marca": "esplane"}).values["brand"] == "esplane"


def test_extra_keeps_what_no_field_takes() -> None:
    found = a_map(columns={"brand": ["Marca"]}, ignore=["User IP"], clean=["trim"])
    binding = bind(found, ["Marca", "user ip", "Cidade", "UF"], {})
    cells = {"Marca": "VCC", "user ip": "203.0.113.1", "Cidade": " Atibaia ", "UF": " "}
    assert (binding.unmapped, binding.row(cells).extra) == (["Cidade", "UF"], {"Cidade": "Atibaia"})


# -- the key --------------------------------------------------------------------------------------

CELLS = {"Nome": "Ana", "E-mail": "ana@example.com", "Id": "7", "IP": "203.0.113.1"}


def key(found: ImportMap, cells: Mapping[str, str]) -> str:
    return bind(found, list(cells), {}).row(cells).key


def test_the_key_is_of_fields_or_headers() -> None:
    found = a_map(columns={"requester.email": ["E-mail"]}, key=["id", "requester.email"])
    assert key(found, CELLS) == "7 ana@example.com"
    assert key(found, {**CELLS, "Id": "8"}) == "8 ana@example.com"


def test_a_key_column_that_is_missing_is_only_a_warning() -> None:
    binding = bind(a_map(key=["Id"]), ["Nome"], {})
    assert codes(binding) == ["import.key_missing"]
    assert CODES["import.key_missing"] is Exit.DONE
    assert len(binding.row({"Nome": "Ana"}).key) == 32


def test_an_empty_key_cell_falls_back_to_the_row() -> None:
    empty = [{**CELLS, "Id": "", "Nome": name} for name in ("Ana", "Bia")]
    assert len({key(a_map(key=["Id"]), cells) for cells in empty}) == 2


def test_the_key_of_a_row_ignores_order_empty_cells_case_and_ignored_columns() -> None:
    found = a_map(ignore=["IP"])
    moved = {"IP": "198.51.100.4", "Novo": "", **dict(reversed([*CELLS.items()][:3]))}
    assert key(found, moved) == key(found, CELLS)
    assert key(found, {**CELLS, "Nome": "ANA "}) == key(found, CELLS)
    assert key(found, {**CELLS, "Nome": "Eva"}) != key(found, CELLS)
    assert key(a_map(), {**CELLS, "IP": "x"}) != key(a_map(), CELLS)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(st.text("abç ", min_size=1), st.text("aB|\n,'", max_size=4), max_size=4))
def test_cells_can_not_be_moved_between_columns_unnoticed(cells: dict[str, str]) -> None:
    swapped = {**cells, "x": "1", "y": "2"}, {**cells, "x": "2", "y": "1"}
    assert key(a_map(), swapped[0]) != key(a_map(), swapped[1])


# -- cleaners -------------------------------------------------------------------------------------

ALERT = (
    "(Security Alert: Suspicious content is detected. See https://contactform7.com/{} for details.)"
)


@pytest.mark.parametrize(
    ("name", "cell", "wanted"),
    [
        ("json_string", 'a \\"b\\"\\nc\\/d \\u00e7', 'a "b"\nc/d ç'),
        ("json_string", "null", ""),
        ("json_string", "C:\\nova\\xis", "C:\\nova\\xis"),
        ("json_string", 'aspas "retas" e \\n', 'aspas "retas" e \\n'),
        ("security_alert", ALERT.format("heads-up-about-spreadsheets") + " +55 11", "+55 11"),
        ("security_alert", ALERT.format("flamingo-211/") + " -1", "-1"),
        ("security_alert", "(Alerta: veja https://contactform7.com/x para saber.) =1", "=1"),
        (
            "security_alert",
            "(veja https://contactform7.com/x) oi",
            "(veja https://contactform7.com/x) oi",
        ),
        ("security_alert", "(11) 99999-0000", "(11) 99999-0000"),
        ("html_entities", "Silva &amp; Filhos &quot;ME&quot; &#8211;", 'Silva & Filhos "ME" –'),
        ("formula_guard", "'+55 11", "+55 11"),
        ("formula_guard", "'s", "'s"),
        ("trim", " a\n", "a"),
    ],
)
def test_cleaners(name: str, cell: str, wanted: str) -> None:
    assert CLEANERS[name](cell) == wanted


def test_cleaners_run_in_order_on_cells_and_headers() -> None:
    found = a_map(clean=["json_string", "trim"], columns={"a": ['Diga "oi"']})
    assert cleaned(found, " x\\n ") == "x"
    assert bind(found, ['Diga \\"oi\\"'], {}).fields == {"a": ('Diga \\"oi\\"',)}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=20))
def test_cleaners_take_any_text(cell: str) -> None:
    assert all(isinstance(clean(cell), str) for clean in CLEANERS.values())


# -- faults of a map ------------------------------------------------------------------------------


def test_a_map_is_checked_beyond_its_types() -> None:
    found = a_map(clean=["trin"], required=["brand"], values={"categoria": {"a": "b"}})
    seen = [(path, problem.code, problem.facts["near"]) for path, problem in check(found)]
    assert seen == [
        (("clean", 0), "import.cleaner", "trim"),
        (("required", 0), "import.required_unknown", ""),
        (("values", "categoria"), "import.values_unknown", ""),
    ]
    assert all(code in CODES for _, code, _ in seen)


def test_an_unknown_key_of_a_map_is_refused() -> None:
    with pytest.raises(DeskError) as caught:
        typed(read_yaml(b"id: a\nlabel: b\ncolunas: {}\n", "a.yaml"), ImportMap)
    assert [p.code for p in caught.value.problems] == ["schema.unknown_key"]
