"""`org contact`: who speaks for an organisation, spliced into its file (F9)."""

from pathlib import Path

import pytest
from promises.desks import Run
from promises.desks import run as run_on

from deskcli.cli.init import make

ORG = """\
# da lista de 2025
id: academia-1
name: Academia 1  # a do centro
contacts:
- {name: Recepção, phone: '+5511900000000'}  # só à tarde
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = make(tmp_path / "mesa", "academia")
    (root / "organizations").mkdir()
    (root / "organizations/academia-1.yaml").write_text(ORG)
    return root


def contact(desk: Path, *args: str) -> Run:
    return run_on(desk, "org", "contact", "Academia 1", *args)


def held(desk: Path) -> str:
    return (desk / "organizations/academia-1.yaml").read_text()


def test_a_second_contact_is_added_and_nothing_else_changes(desk: Path) -> None:
    made = contact(desk, "Gerência", "--phone", "11 98765-4321", "--email", "G@Example.com")
    assert made.code == 0, made
    line = "- {name: Gerência, phone: '+5511987654321', email: g@example.com}\n"
    assert held(desk) == ORG + line
    assert run_on(desk, "check").code == 0


@pytest.mark.parametrize("args", [(" ",), ("Nova", "--contact", " ")])
def test_nobody_without_a_name(args: tuple[str, ...], desk: Path) -> None:
    made = run_on(desk, "org", "add", *args)
    assert made.code == 3 and "VALOR" in made.err and "NAME=" not in made.err
    assert [path.name for path in (desk / "organizations").iterdir()] == ["academia-1.yaml"]


def test_a_telephone_is_changed_in_its_place(desk: Path) -> None:
    assert contact(desk, "recepcao", "--phone", "(11) 98765-4321", "-n").code == 0
    assert held(desk) == ORG
    assert contact(desk, "recepcao", "--phone", "(11) 98765-4321").code == 0
    assert held(desk) == ORG.replace("+5511900000000", "+5511987654321")
    again = contact(desk, "Recepção", "--phone", "(11) 98765-4321")
    assert again.code == 3 and "org show" in again.err


def test_an_organisation_without_contacts_gets_its_first(desk: Path) -> None:
    (desk / "organizations/academia-1.yaml").write_text("{id: academia-1, name: Academia 1}\n")
    assert contact(desk, "Ana", "--note", "de manhã").code == 0
    assert "contacts: [{name: Ana, note: de manhã}]" in held(desk)


@pytest.mark.parametrize(
    ("args", "code"), [(("Ana", "--phone", "123"), 3), ((" ",), 3), (("Ana", "--email", "ana"), 3)]
)
def test_what_can_not_be_is_refused(args: tuple[str, ...], code: int, desk: Path) -> None:
    assert contact(desk, *args).code == code
    assert held(desk) == ORG


def test_an_organisation_that_is_there_is_told_how_to_get_a_contact(desk: Path) -> None:
    refused = run_on(desk, "org", "add", "Academia 1", "--contact", "Ana")
    assert refused.code == 3 and "org contact 'Academia 1' Ana" in refused.err


def test_an_address_is_written_down_at_first_or_later_and_nothing_else_changes(desk: Path) -> None:
    where = "Rua das Acácias, 12: fundos"
    assert run_on(desk, "org", "address", "academia 1", where, "-n").code == 0
    assert held(desk) == ORG
    assert run_on(desk, "org", "address", "academia 1", where).code == 0
    assert held(desk) == ORG + f"address: '{where}'\n"
    assert run_on(desk, "org", "address", "academia 1", "Rua Nova, 3").code == 0
    assert held(desk) == ORG + "address: 'Rua Nova, 3'\n"
    assert run_on(desk, "org", "address", "academia 1", " ").code == 3
    assert run_on(desk, "org", "add", "Academia 2", "--address", where).code == 0
    assert where in run_on(desk, "org", "show", "Academia 2").out
    assert '"address": "Rua Nova, 3"' in run_on(desk, "org", "list", "--json").out


def test_a_new_organisation_never_takes_the_file_of_another(desk: Path) -> None:
    """Files are named as people like: only what stands in them tells whose they are."""
    held = "id: forte-centro\nname: Forte Centro\n"
    (desk / "organizations/academia-forte.yaml").write_text(held)
    tried = run_on(desk, "org", "add", "Academia Forte", "-n")
    assert tried.code == 0 and "id: academia-forte" in tried.out
    assert len(list((desk / "organizations").iterdir())) == 2
    added = run_on(desk, "org", "add", "Academia Forte", "--contact", "Ana")
    assert added.code == 0 and "id: academia-forte" in added.out, added
    assert (desk / "organizations/academia-forte.yaml").read_text() == held
    assert run_on(desk, "org", "show", "Academia Forte").code == 0
    assert run_on(desk, "check").code == 0


def test_an_organisation_that_is_there_is_told_with_its_own_file(desk: Path) -> None:
    (desk / "organizations/academia-1.yaml").rename(desk / "organizations/centro.yaml")
    for name in ("Academia 1", "academia/1"):  # by its name, and by the id that it would get
        refused = run_on(desk, "org", "add", name)
        assert refused.code == 3 and "'Academia 1', em organizations/centro.yaml" in refused.err
        assert refused.err.endswith("org show 'Academia 1'\n"), refused
    assert [path.name for path in (desk / "organizations").iterdir()] == ["centro.yaml"]


@pytest.mark.parametrize("name", ["!!!", "北京", "-", "", " "])
def test_a_name_that_no_id_can_be_made_of_is_refused(name: str, desk: Path) -> None:
    refused = run_on(desk, "org", "add", "--phone", "11 90000-0000", "--contact", "Ana", name)
    assert refused.code == 3 and "Já existe" not in refused.err
    told = "letra de A a Z" if name.strip() else "Falta Nome"
    assert told in refused.err
    command = "org add --phone '11 90000-0000' --contact Ana VALOR\n"
    assert refused.err.endswith(command), refused
    assert [path.name for path in (desk / "organizations").iterdir()] == ["academia-1.yaml"]


def test_what_is_blank_is_put_where_it_was_typed(desk: Path) -> None:
    for args in (("contact", "Academia 1", " ", "--note", "x"), ("address", "Academia 1", "")):
        refused = run_on(desk, "org", *args)
        assert refused.code == 3 and held(desk) == ORG
        command = refused.err.rpartition(" org ")[2]
        assert command.startswith(f"{args[0]} 'Academia 1' VALOR"), refused
