"""The organisations that ask: academies, shops, agencies, with their contacts (F9).

One file each, `organizations/*.yaml`, that people edit or `org add` writes.
"""

from collections.abc import Iterable, Mapping

import msgspec

from deskcli.fold import digits, fold, nearest
from deskcli.problem import refuse


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who speaks for the organisation; `phone` in E.164."""

    name: str
    phone: str = ""
    email: str = ""
    note: str = ""


class Org(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`brand` is the one whose customer it is; tickets of the organisation take it. `address` is
    where it is visited.
    """

    id: str
    name: str
    aliases: list[str] = []
    brand: str = ""
    document: str = ""
    address: str = ""
    contacts: list[Contact] = []
    active: bool = True
    source: list[str] = []
    note: str = ""

    @property
    def named(self) -> dict[str, str]:
        """What a template may name of it: `org.id`, `org.name`."""
        return {"id": self.id, "name": self.name}


class Orgs(Mapping[str, Org]):
    """Every organisation by id."""

    def __init__(self, orgs: Iterable[Org]) -> None:
        self._by_id = {org.id: org for org in orgs}
        self._by_name = {
            fold(n): o for o in self._by_id.values() for n in (o.id, o.name, *o.aliases)
        }

    def __getitem__(self, org: str) -> Org:
        return self._by_id[org]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, name: str) -> Org:
        """By id, name, alias or document; refuses with the nearest, and how to add one."""
        found = self._by_name.get(fold(name)) or self._by_document(digits(name))
        if found is None:
            close = nearest(name, self._by_name)
            raise refuse("org.unknown", org=name, nearest=close)
        return found

    def _by_document(self, number: str) -> Org | None:
        same = (o for o in self._by_id.values() if number and digits(o.document) == number)
        return next(same, None)
