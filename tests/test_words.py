"""Every problem has words, and every text is said in Portuguese, with the facts it is given."""

import gettext
import re
from pathlib import Path
from typing import get_args

import pytest
import typer.core
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from deskcli.cli.fact_words import SAYABLE, TYPES
from deskcli.cli.labels import VERBS
from deskcli.cli.problem_words import WORDS
from deskcli.cli.words import LOCALE, _, speak, worded
from deskcli.crossref import NAMES
from deskcli.exits import GRAVITY
from deskcli.form import Kind
from deskcli.problem import CODES, Exit, Problem
from deskcli.ticket import DEEDS
from deskcli.values import NORMAL

PACKAGE = Path(__file__).parent.parent / "deskcli"
FOLDER = LOCALE / "pt_BR" / "LC_MESSAGES"
FACT = re.compile(r"\{(\w+)(?:![rs])?\}")
CHANGED = "a text changed: run the commands at the top of deskcli.po, then translate what is empty"


def test_every_code_has_words_and_every_word_a_code() -> None:
    assert set(WORDS) == set(CODES)


def test_every_deed_has_words_and_every_exit_its_gravity() -> None:
    assert set(VERBS) == DEEDS
    assert sorted(GRAVITY) == sorted(Exit)


def test_every_code_in_the_source_is_registered() -> None:
    used: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text()
        used |= set(re.findall(r"(?:refuse|Problem|wrong)\(\s*\"([a-z_]+\.[a-z_]+)\"", text))
    assert len(used) > 60
    assert used <= set(CODES)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with (FOLDER / "deskcli.po").open("rb") as file:
        return read_po(file)


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def texts(found: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """A message's text, or its singular and plural."""
    return (found,) if isinstance(found, str) else tuple(found or ())


def test_the_catalogue_has_the_texts_of_the_source_and_of_the_option_parser(
    catalog: Catalog,
) -> None:
    ours = {texts(found) for _file, _line, found, _notes, _context in extract_from_dir(PACKAGE)}
    parser = extract_from_file("python", typer.core.__file__, DEFAULT_KEYWORDS)
    wanted = ours | {texts(found) for _line, found, _notes, _context in parser}
    assert len(ours) > 300
    assert {texts(m.id) for m in messages(catalog)} == wanted, CHANGED


def test_every_text_is_said_in_portuguese_with_its_facts(catalog: Catalog) -> None:
    assert catalog.num_plurals == 2 and not catalog.obsolete
    for message in messages(catalog):
        assert not message.fuzzy, message.id
        said = texts(message.string)
        assert len(said) == len(texts(message.id)), message.id
        for english, portuguese in zip(texts(message.id), said, strict=True):
            assert portuguese.strip(), message.id
            assert sorted(FACT.findall(portuguese)) == sorted(FACT.findall(english)), message.id


def test_every_text_ends_as_the_english_one_does(catalog: Catalog) -> None:
    for message in messages(catalog):
        for english, portuguese in zip(texts(message.id), texts(message.string), strict=True):
            ends = [re.findall(r"[.:?!…]?\s*$", text)[0] for text in (english, portuguese)]
            assert ends[0] == ends[1], message.id


def test_the_compiled_catalogue_is_the_written_one(catalog: Catalog) -> None:
    with (FOLDER / "deskcli.mo").open("rb") as file:
        compiled = read_mo(file)
    assert {texts(m.id): texts(m.string) for m in messages(compiled)} == {
        texts(m.id): texts(m.string) for m in messages(catalog)
    }, CHANGED


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


def test_what_a_field_takes_is_said_in_words(portuguese: gettext.NullTranslations) -> None:
    """Every type of field, and every kind of name that a file of the desk can have wrong."""
    types = set(get_args(Kind)) | set(NORMAL)
    assert types == set(TYPES)
    assert not [kind for kind in types if portuguese.gettext(TYPES[kind]) == kind]
    assert set(NAMES.values()) - {"path"} <= set(SAYABLE)


def test_a_wrong_value_of_each_type_tells_how_to_write_it() -> None:
    speak("pt-BR")
    try:
        for kind, said in TYPES.items():
            facts = {"label": "Valor", "value": "abc", "kind": kind}
            assert f"({_(said)})" in worded(Problem("field.invalid", facts)), kind
    finally:
        speak("")
