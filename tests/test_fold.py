"""The name that was meant."""

import pytest

from deskcli.fold import nearest

OPTIONS = ("nota_fiscal", "orcamento_vcc", "orcamento_esplane", "declinado_frete")
ORGS = ("academia-corpo-em-movimento", "Academia Corpo em Movimento", "Academia Saúde & Cia")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("nota fisca", OPTIONS, "nota_fiscal"),
        ("nota", OPTIONS, "nota_fiscal"),  # begins one
        ("orc", OPTIONS, ""),  # begins two
        ("frete", OPTIONS, "declinado_frete"),  # is a word of one
        ("corpo", ORGS, "academia-corpo-em-movimento"),  # by id and by name the same one
        ("SAUDE", ORGS, "Academia Saúde & Cia"),
        ("academia", ORGS, ""),
        ("rpo", ORGS, ""),
        ("", ORGS, ""),
        ("!", ORGS, ""),
    ],
)
def test_nearest(word: str, known: tuple[str, ...], meant: str) -> None:
    assert nearest(word, known) == meant
