"""The JSON Schema that editors check with accepts whatever deskcli reads.

An editor types the scalars of YAML 1.2 before it looks at the schema (`2026` is a number there,
and text here). So each scalar of each kind of file is written in many ways; where deskcli takes the
file the schema must take what the editor sees.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from deskcli.cli.schema import SCHEMAS
from deskcli.problem import DeskError
from deskcli.schema import json_schema, typed
from deskcli.yamltext import Document, read
from deskcli.yamltext import Path as Keys

REPOSITORY = Path(__file__).parents[1]
TICKET = b"""
id: ESP-1
title: Cuba dupla
form: orcamentos-atendimento
status: novo
assignee: joao
requester: {name: Ana Prado, email: ana@example.com, phone: '+5511999990000'}
opened_at: '2026-11-23T09:00:00-03:00'
due: '2026-11-24'
on_reply: {status: resolvido}
fields: {reason: outro}
tags: [a]
attachments: [{name: x, sha256: '%s', size: '12', type: pdf}]
source: {import: site, key: '8841'}
history:
- {id: X, clk: 1, at: '2026-11-23T09:00:00-03:00', by: joao, did: opened, as: ana, via: cli,
   text: x, rule: 'a:1', cause: Y, sets: {a: b}, adds: {tags: [a]}, why: [{step: x}]}
""" % (b"0" * 64)
# What the pack leaves empty, and what it never says.
MORE = {
    "absences": b"absences: [{person: joao, from: '2026-11-23', until: '2026-11-27', reason: x}]",
    "swaps": b"swaps: [{rota: x, date: '2026-11-23', from: a, to: b, against: '2026-11-24'}]",
    "people": b"people: [{id: a, name: A, login: [a], email: a@b.co, phone: '11', active: true}]",
    "org": b"{id: a, name: A, aliases: [b], brand: x, document: '1', contacts: [{name: B}]}",
    "sla": b"""targets: [{id: a, label: A, when: {x: y}, calendar: c, from: '2026', until: '2027',
    first_response: 4h, update: 1bd, resolution: 2bd 12:00, provisional: true, source: [x],
    note: n}]""",
    "ticket": TICKET,
}
WRITTEN = (
    *("2026", "11999990000", "+5511999990000", "1.5", "-3", "0", "1", "007", "0x1F", "1e3"),
    *(
        "true",
        "True",
        "tRUE",
        "'true'",
        "false",
        "no",
        "'2'",
        "'2026-11-23'",
        "2026-11-23",
        "12:30",
        "x",
    ),
)
CORE = (  # the core schema of YAML 1.2
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text, 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (re.compile("true|True|TRUE"), lambda _: True),
    (re.compile("false|False|FALSE"), lambda _: False),
)


def as_editors_see(text: str) -> Any:
    if text.startswith("'"):
        return text.strip("'")
    return next((made(text) for form, made in CORE if form.fullmatch(text)), text)


def documents(kind: str) -> Iterator[Document]:
    if kind in MORE:
        yield read(MORE[kind], kind)
    top, _, rest = SCHEMAS[kind].glob.partition("/")
    home = REPOSITORY / (top if rest else "workflows")
    for path in sorted(home.glob(f"*/{rest or top}")) if kind != "ticket" else []:
        yield read(path.read_bytes(), path.name)


def replaced(value: Any, keys: Keys, new: Any) -> Any:
    if not keys:
        return new
    first, rest = keys[0], keys[1:]
    if isinstance(value, dict):
        return {k: replaced(v, rest, new) if k == first else v for k, v in value.items()}
    return [replaced(v, rest, new) if n == first else v for n, v in enumerate(value)]


def examples(kind: str) -> Iterator[tuple[Document, Keys]]:
    """One scalar for each place of the kind: entries of lists are all one place."""
    seen = set()
    for doc in documents(kind):
        for keys in doc.spans:
            value: Any = doc.value
            for key in keys:
                value = value[key]
            place = tuple("*" if isinstance(k, int) else k for k in keys)
            if not isinstance(value, dict | list) and place not in seen:
                seen.add(place)
                yield doc, keys


def is_read(kind: str, doc: Document, value: Any) -> bool:
    try:
        typed(Document(doc.path, doc.text, value, doc.spans), SCHEMAS[kind].type)
    except DeskError:
        return False
    return True


@pytest.mark.parametrize("kind", SCHEMAS)
def test_what_is_read_is_accepted_by_editors(kind: str) -> None:
    schema = json_schema(SCHEMAS[kind].type)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    tried = 0
    for doc, keys in examples(kind):
        assert is_read(kind, doc, doc.value)
        validator.validate(doc.value)
        for text in WRITTEN:
            if is_read(kind, doc, replaced(doc.value, keys, text.strip("'"))):
                tried += 1
                seen = replaced(doc.value, keys, as_editors_see(text))
                problems = [e.message for e in validator.iter_errors(seen)]
                assert not problems, (doc.path, keys, text, problems)
    assert tried > len(WRITTEN)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_what_no_reader_takes_is_red_in_editors(kind: str) -> None:
    """The negative control: a schema that accepts everything would help nobody."""
    validator = jsonschema.Draft202012Validator(json_schema(SCHEMAS[kind].type))
    assert list(validator.iter_errors({"xyz": 1})) and list(validator.iter_errors("x"))
    for doc, keys in examples(kind):
        held = replaced(doc.value, keys, ["a", {"b": "c"}])
        if not is_read(kind, doc, held):
            assert list(validator.iter_errors(held)), (doc.path, keys)
