"""The strict reader, the writer, and splices: DESIGN 4."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from deskcli import yamltext
from deskcli.cli.yaml_words import SYNTAX
from deskcli.problem import DeskError, Exit
from deskcli.yamledit import Append, Drop, Edit, Put, edit
from deskcli.yamltext import Value, read, reread
from deskcli.yamlwrite import block

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LINES = st.lists(st.text("ab é:#-'\"\t{}[],|>%@`!&*?😀\u2028\x1b", max_size=8)).map("\n".join)
SCALAR = st.none() | TEXT | LINES
VALUES = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(TEXT, VALUES, min_size=1, max_size=5)


@given(MAPPINGS)
@settings(max_examples=300)
def test_what_is_written_reads_back_the_same(value: dict[str, Value]) -> None:
    text = block(value)
    assert reread(text, "f").value == value


@given(st.binary(max_size=80) | TEXT.map(str.encode) | LINES.map(str.encode))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read(data, "f")
    except DeskError as error:
        assert error.exit is Exit.UNREADABLE


REFUSED = [
    (b"a: &x 1", "yaml.anchor", "f:1:4"),
    (b"a: *x", "yaml.anchor", "f:1:4"),
    (b"*x : 1", "yaml.anchor", "f:1:1"),
    (b"&x a: 1", "yaml.anchor", "f:1:1"),
    (b"a: !!python/object:os.system x", "yaml.tag", "f:1:4"),
    (b"!x a: 1", "yaml.tag", "f:1:1"),
    (b"a: {b: 1}\n<<: 1", "yaml.merge", "f:2:1"),
    (b"a: 1\nb:\n  c: 1\n  c: 2", "yaml.duplicate", "f:4:3"),
    (b"a:\n\tb: 1", "yaml.tab", "f:2:1"),
    (b"[" * 30_000, "yaml.depth", "f:1:26"),
    (b"- " * 30_000, "yaml.depth", "f:1:51"),
    (b"a: 1\n---\nb: 2", "yaml.documents", "f:2:1"),
    ("é: 1\nb: ".encode() + b"\xe9", "yaml.encoding", "f:2:4"),
    (b"a: 1\nb: x\x00", "yaml.control", "f:2:5"),
    (b"a: \x1b[31m", "yaml.control", "f:1:4"),
    (b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x", "yaml.conflict", "f:2:1"),
    (b"? [a]\n: b", "yaml.key", "f:1:3"),
    (b"~: b", "yaml.key", "f:1:1"),
    (b"a: [1, 2", "yaml.syntax", "f:1:9"),
    (b"a: b: c", "yaml.syntax", "f:1:5"),
    (b"a: x" * 400_000, "yaml.size", "f"),
]


@pytest.mark.parametrize(("data", "code", "place"), REFUSED)
def test_what_a_desk_never_needs_is_refused_with_its_place(
    data: bytes, code: str, place: str
) -> None:
    with pytest.raises(DeskError) as caught:
        read(data, "f")
    [problem] = caught.value.problems
    assert (problem.code, str(problem.place)) == (code, place)


def test_scalars_stay_text() -> None:
    doc = reread("t: 12:30\ncep: 01310100\nno: no\nn: ~\ne:\nq: 'null'\nf: 12345678E00135\n", "f")
    assert doc.value == {
        **{"t": "12:30", "cep": "01310100", "no": "no", "n": None, "e": None},
        **{"q": "null", "f": "12345678E00135"},
    }


def test_what_other_readers_take_for_numbers_dates_or_truth_is_quoted() -> None:
    words = ["12345678E00135", "no", "On", "null", "2026-11-23", "12:30", "+5511999990000", "~"]
    for word in words:
        assert block({"k": word}) == f"k: '{word}'\n"
    assert block({"k": "ESP-1042"}) == "k: ESP-1042\n"


def test_chat_text_stays_readable() -> None:
    text = "Olá 😀\nquero 2 m² de piso: o bege\n"
    assert block({"text": text}) == "text: |\n  Olá 😀\n  quero 2 m² de piso: o bege\n"


HAND = """\
# a ficha de Ana
id: ESP-1   # não mudar
title: 'Cuba'
requester: {kind: cliente, name: Ana}  # veio pelo site
fields:
  reason: x   # por quê
  # solto
tags:
- a   # primeiro
- b
meu_campo: guardar

history:
- {id: '1'}
"""

SPLICES: list[tuple[Edit, str, str]] = [
    (Put(("title",), "Pia: nova"), "title: 'Cuba'", "title: 'Pia: nova'"),
    (Put(("id",), "ESP-2"), "id: ESP-1   #", "id: ESP-2   #"),
    (Put(("requester", "name"), "Bia"), "name: Ana}", "name: Bia}"),
    (Put(("requester", "phone"), "+55"), "name: Ana}", "name: Ana, phone: '+55'}"),
    (Put(("fields", "reason"), "z"), "reason: x   #", "reason: z   #"),
    (
        Put(("fields", "product"), "Cuba"),
        "reason: x   # por quê\n",
        "reason: x   # por quê\n  product: Cuba\n",
    ),
    (Put(("due",), "2026-11-24"), "guardar\n", "guardar\ndue: '2026-11-24'\n"),
    (
        Put(("source", "key"), "7"),
        "meu_campo: guardar\n",
        "meu_campo: guardar\nsource: {key: '7'}\n",
    ),
    (Append(("tags",), "c"), "- b\n", "- b\n- c\n"),
    (Append(("cc",), "c"), "guardar\n", "guardar\ncc: [c]\n"),
    (Drop(("tags", 0)), "- a   # primeiro\n", ""),
    (Drop(("tags", 1)), "- b\n", ""),
    (Drop(("meu_campo",)), "meu_campo: guardar\n", ""),
    (Drop(("requester", "kind")), "kind: cliente, ", ""),
    (Drop(("requester", "name")), ", name: Ana", ""),
    (
        Append(("history",), {"id": "2", "clk": 1}),
        "- {id: '1'}\n",
        "- {id: '1'}\n- {id: '2', clk: 1}\n",
    ),
    (Put(("title",), "um\ndois"), "title: 'Cuba'\n", "title: |-\n  um\n  dois\n"),
]


@pytest.mark.parametrize(("change", "old", "new"), SPLICES)
def test_a_splice_changes_only_its_lines(change: Edit, old: str, new: str) -> None:
    assert HAND.count(old) == 1
    done = edit(reread(HAND, "f"), [change], last="history")
    assert done.text == HAND.replace(old, new)


KEYS = st.sampled_from(["a", "b", "c"])


@st.composite
def edits(draw: st.DrawFn) -> tuple[dict[str, Value], list[Edit]]:
    leaf = st.text("xyz é:#\n'", min_size=0, max_size=6)
    inner = st.dictionaries(KEYS, leaf, max_size=3)
    value = draw(st.dictionaries(KEYS, leaf | inner | st.lists(leaf, max_size=3), min_size=1))
    change: list[Edit] = []
    for key, held in value.items():
        if isinstance(held, dict):
            change.append(Put((key, draw(KEYS)), draw(leaf)))
        elif isinstance(held, list):
            change.append(Append((key,), draw(leaf)))
        else:
            change.append(Put((key,), draw(leaf | inner)))
    return value, [*change, *draw(st.lists(st.builds(Put, KEYS.map(lambda k: (k,)), leaf)))]


@given(edits(), st.booleans())
@settings(max_examples=300)
def test_edits_mean_the_same_on_text_and_on_values(
    case: tuple[dict[str, Value], list[Edit]], comments: bool
) -> None:
    value, changes = case
    text = block(value)
    edit(reread("# head\n" + text + "# tail\n" if comments else text, "f"), changes)  # asserts


# -- what the parsers say -------------------------------------------------------------------------

BROKEN = {
    "':' is missing": ["a: 1\nb\nc: 2", "a: 'x'\nb", "- a\nb"],
    "a ':' too many; quote the text, or look at the indentation": ["a: b: c", "a: 1\n  b: 2"],
    "a '?' can not stand here; quote the text": ["a: ? b"],
    "a key should stand here; look at the indentation": ["a: 'x' y", "a: 1\n- b"],
    "a '-' should stand here; look at the indentation": ["- a: b\nc: d"],
    "no list can begin here": ["a: - b"],
    "a value is missing": ["a: [,]", "a: ]", "a: }"],
    "',' or ']' is missing": ["a: [b", "a: [b c: d}", "a: ['b' 'c']"],
    "',' or '}' is missing": ["a: {b: 1", "a: {b: 1]", "a: {'b' 'c'}"],
    "something follows the end": ["'a' b", "[a] b", "{a: b} c"],
    "no text begins so; quote it": ["a: @me", "a: `x`", "@a: b"],
    "a quote is not closed": ["a: 'b", 'a: "b', "a: 'b\n---\n"],
    "in double quotes a '\\' begins an escape; use single quotes, or write it twice": [
        *(r'a: "C:\pasta"', r'a: "\xzz"', r'a: "\u12"', r'a: "\U0000"'),
    ],
    "after '|' or '>' the text begins on the next line; else quote it": [
        *("a: | b", "a: > 5 anos", "a: |0\n b", "a: |2x\n b"),
    ],
    "no text begins with '&' or '*'; quote it": ["a: & b", "a: * b", "a: **x**", "* a"],
    "no text begins with '!'; quote it": ["a: !<x", "a: !a!b c", "a: !%zz b", "!! a: !x!"],
    "no line begins with '%'; quote it": [
        *("%", "% a", "%YAML x", "%YAML 2.0\n---\na: 1", "%YAML 1.1\n%YAML 1.1\n---\na"),
    ],
}
PIECES = [*"ab1é:#-'\"\t{}[],|>%@`!&*?\\ \n", "\n  ", "\n- ", ": ", "---", "%YAML 1", "&a ", "|2"]


@pytest.fixture(params=["libyaml", "PyYAML"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    loader = yaml.BaseLoader if request.param == "PyYAML" else yamltext._LOADER
    monkeypatch.setattr(yamltext, "_LOADER", loader)
    return str(request.param)


def said(text: str) -> str:
    with pytest.raises(DeskError) as caught:
        reread(text, "f")
    [problem] = caught.value.problems
    return str(problem.facts.get("what", problem.code))


@pytest.mark.parametrize("words", BROKEN)
def test_what_the_parsers_say_is_said_in_our_words(words: str, parser: str) -> None:
    """Both in ours; they need not agree on what is wrong."""
    for text in BROKEN[words]:
        assert SYNTAX[said(text)] == words or (parser == "PyYAML" and said(text) in SYNTAX), text


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=1000)
def test_nothing_that_the_parser_says_is_left_in_its_words(text: str) -> None:
    try:
        reread(text, "f")
    except DeskError as error:
        [problem] = error.problems
        assert problem.code != "yaml.syntax" or problem.facts["what"] in SYNTAX
