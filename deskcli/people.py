"""People, teams and roles of a desk: `people.yaml`."""

import re
from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from deskcli.fold import fold, nearest
from deskcli.problem import DeskError, Problem, refuse

PROGRAM = "deskcli"  # the actor of decisions that nobody took by hand


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`login` are the operating system's user names that are this person."""

    id: str
    name: str
    aliases: list[str] = []
    login: list[str] = []
    email: str = ""
    phone: str = ""
    roles: list[str] = []
    teams: list[str] = []
    active: bool = True
    provisional: bool = False
    note: str = ""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role or a team: its name as the desk says it."""

    label: str
    email: str = ""
    provisional: bool = False
    note: str = ""


class PeopleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    people: list[Person] = []
    roles: dict[str, Group] = {}
    teams: dict[str, Group] = {}


class People(Mapping[str, Person]):
    """Everybody by id, in the order of the file."""

    def __init__(self, file: PeopleFile) -> None:
        self.file = file
        self._by_id = {p.id: p for p in file.people}
        named = ((fold(n), p) for p in file.people for n in (p.id, p.name, *p.aliases))
        self._by_name = {name: person for name, person in named if name}
        self._by_login = {name: p for p in file.people for name in p.login}

    def __getitem__(self, person: str) -> Person:
        return self._by_id[person]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, name: str) -> Person:
        """By id, name or alias, accents and case apart (O-X13); refuses with the nearest."""
        found = self._by_name.get(fold(name)) or self._first_name(name)
        if found:
            return found
        names = [p.id for p in self._by_id.values()]
        raise refuse("person.unknown", person=name, nearest=nearest(name, names), known=names)

    def mentioned(self, text: str) -> tuple[list[str], dict[str, Problem]]:
        """Who is named with @ in a note (O19), and a warning of each name of nobody."""
        found, lost = dict[str, None](), dict[str, Problem]()
        for name in re.findall(r"(?<![\w.])@([\w-]+)", text):
            try:
                found[self.find(name).id] = None
            except DeskError as error:
                facts = {"person": name, "nearest": error.problems[0].facts["nearest"]}
                hint = "" if facts["nearest"] else "deskcli people list"
                lost[name] = Problem("person.mention", facts, hint=hint)
        return list(found), lost

    def _first_name(self, name: str) -> Person | None:
        """`maria` when only one person's name begins with it; several are nobody."""
        word = fold(name)
        found = [p for p in self._by_id.values() if fold(p.name).split()[:1] == [word]]
        return found[0] if len(found) == 1 else None

    def team(self, name: str) -> str:
        """The id of a team, by id or label; refuses with the nearest."""
        teams = self.file.teams
        by_name = {fold(n): team for team, group in teams.items() for n in (team, group.label)}
        if found := by_name.get(fold(name)):
            return found
        raise refuse("team.unknown", team=name, nearest=nearest(name, teams), known=list(teams))

    def and_more(self, people: Iterable[Person]) -> "People":
        """With these too, in place of those who have the same id."""
        more = {p.id: p for p in people}
        kept = [p for p in self.file.people if p.id not in more]
        return People(replace(self.file, people=[*kept, *more.values()]))

    def by_login(self, login: str) -> Person | None:
        return self._by_login.get(login)

    def with_role(self, role: str) -> list[str]:
        return [p.id for p in self._by_id.values() if role in p.roles]

    def roles_of(self, person: str) -> frozenset[str]:
        return frozenset(self[person].roles) if person in self else frozenset()

    def label(self, person: str) -> str:
        return self[person].name if person in self else person
