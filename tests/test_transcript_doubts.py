"""Where one line does not tell: the order of dates, colons in names, words like the export's."""

import datetime as dt

import pytest
from test_transcripts import FOLDER, NEXT, at, attached, left_out, load, said

from deskcli.problem import Place
from deskcli.sources.chat import parse


def test_year_first_is_seen_by_itself() -> None:
    found = parse("2024/03/12, 14:05 - Cliente: oi\n2024-03-12 15:00 - Cliente: colado\n")
    assert found.messages == (
        said((1, 2), at(14, 5), "Cliente", "oi\n2024-03-12 15:00 - Cliente: colado"),
    )
    assert [n.code for n in found.notes] == ["transcript.other_form"]


def test_a_name_with_a_colon_is_known_beforehand_or_by_the_file() -> None:
    line = "12/03/2024 14:05 - Loja: Centro: bom dia\n"
    assert [m.author for m in parse(line).messages] == ["Loja"]
    assert [m.author for m in parse(line, names=["LOJA: CENTRO"]).messages] == ["Loja: Centro"]
    both = parse(line, names=["Loja", "Loja: Centro"])
    assert both.participants == ["Loja: Centro"]
    media = "12/03/2024 14:06 - Loja: Centro: <Mídia oculta>\n"
    assert {m.author for m in parse(line + media).messages} == {"Loja: Centro"}
    other = "12/03/2024 14:07 - Loja: até logo\n"
    assert {m.author for m in parse(line + media + other).messages} == {"Loja"}


def test_a_caption_that_ends_with_a_colon_is_no_part_of_the_name() -> None:
    text = "[12/03/2024, 14:05:33] Cliente: veja: \u200eimagem ocultada"
    wanted = said(1, at(14, 5, 33), "Cliente", "veja:", left_out("image"))
    assert parse(text).messages == (wanted,)


def test_a_signature_that_a_platform_puts_before_each_text_is_no_name() -> None:
    """Media have no signature, so the export's own words never follow it."""
    signed = "12/03/2024 14:05 - Suporte: Atendente 1: bom dia\n" * 3
    assert parse(signed).participants == ["Suporte"]
    assert parse(signed + "12/03/2024 14:06 - Suporte: <Mídia oculta>").participants == ["Suporte"]


def test_dates_that_are_none_are_text_and_said() -> None:
    found = load("datas-impossiveis.txt")
    assert [(m.line_first, m.line_last, m.at, m.author) for m in found.messages] == [
        (1, 5, at(14, 5), "Cliente"),
        (6, 6, at(14, 9, day=NEXT), "Atendente 1"),
        (7, 7, at(8, 0, day=dt.date(2024, 3, 14)), "Cliente"),
    ]
    assert found.messages[0].text.splitlines()[1:] == [
        "31/02/2024 14:06 - Cliente: dia que não existe",
        "03/25/2024 14:07 - Cliente: mês que não existe",
        "12/03/2024 25:00 - Cliente: hora que não existe",
        "[12/03/2024, 14:08:00] Atendente 1: colado de outra conversa",
    ]
    notes = [(n.code, n.facts["count"], n.place) for n in found.notes]
    path = str(FOLDER / "datas-impossiveis.txt")
    assert notes == [
        ("transcript.date", 3, Place(path, 2)),
        ("transcript.other_form", 1, Place(path, 5)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "segue (arquivo anexado)",
        "<Mídia oculta> mesmo?",
        "Mensagem apagada? por quê",
        "o sistema adicionou outro item",
        "As mensagens do painel não chegam",
        "chamada de vídeo, pode ser?",
    ],
)
def test_words_of_people_that_look_like_the_exports_own_are_text(text: str) -> None:
    assert parse(f"12/03/2024 14:05 - Cliente: {text}").messages == (
        said(1, at(14, 5), "Cliente", text),
    )


def test_a_files_name_says_nothing_about_the_group() -> None:
    text = "[12/03/2024, 14:05:33] Cliente: \u200e<anexado: 00000001-padded-changed.pdf>"
    media = attached("document", "00000001-padded-changed.pdf")
    assert parse(text).messages == (said(1, at(14, 5, 33), "Cliente", "", media),)
