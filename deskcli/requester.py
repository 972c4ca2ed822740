"""Who asks: what is known of them, in one order, and what tells that it is the same person."""

from collections.abc import Mapping

from deskcli.fold import digits, fold
from deskcli.yamltext import Value

# As people read it, whatever column came first; what else there is follows as it stands.
ORDER = ("name", "email", "phone", "document")


def in_order(asked: Mapping[str, Value]) -> dict[str, Value]:
    return {key: asked[key] for key in dict.fromkeys((*ORDER, *asked)) if key in asked}


def requester_keys(header: Mapping[str, Value]) -> frozenset[str]:
    """What tells that two tickets are of one requester (O-X12): e-mail, telephone, CPF or CNPJ."""
    asked = header.get("requester")
    if not isinstance(asked, Mapping):
        return frozenset()
    mail, phone = fold(str(asked.get("email") or "")), digits(str(asked.get("phone") or ""))
    keys = {"mail:" + mail: mail, "phone:" + _national(phone): phone}
    for name in ("document", "cpf", "cnpj"):
        document = "".join(c for c in fold(str(asked.get(name) or "")) if c.isalnum())
        keys["doc:" + document] = document
    return frozenset(key for key, value in keys.items() if value)


def _national(phone: str) -> str:
    """Without the country code, so that old numbers without one still match."""
    return phone[2:] if len(phone) >= 12 and phone.startswith("55") else phone
