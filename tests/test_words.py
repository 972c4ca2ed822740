"""Every problem has words, in both languages, with the facts that it is given."""

import gettext
import re
from pathlib import Path

import pytest

from deskcli.cli.problem_words import WORDS
from deskcli.cli.words import LOCALE
from deskcli.problem import CODES

FACT = re.compile(r"\{(\w+)\}")


def test_every_code_has_words_and_every_word_a_code() -> None:
    assert set(WORDS) == set(CODES)


def test_every_code_in_the_source_is_registered() -> None:
    used: set[str] = set()
    for path in Path(__file__).parent.parent.joinpath("deskcli").rglob("*.py"):
        text = path.read_text()
        used |= set(re.findall(r"(?:refuse|Problem|wrong)\(\s*\"([a-z_]+\.[a-z_]+)\"", text))
    assert len(used) > 60
    assert used <= set(CODES)


@pytest.fixture(scope="module")
def portuguese() -> gettext.NullTranslations:
    return gettext.translation("deskcli", LOCALE, ["pt_BR"])


@pytest.mark.parametrize("code", sorted(WORDS))
def test_every_problem_is_said_in_portuguese(
    code: str, portuguese: gettext.NullTranslations
) -> None:
    said = portuguese.gettext(WORDS[code])
    assert said != WORDS[code]
    assert set(FACT.findall(said)) == set(FACT.findall(WORDS[code]))
