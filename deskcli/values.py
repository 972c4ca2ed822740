"""One written form for each kind of value that people type in many ways.

Each normaliser takes text and gives the text that is stored, or None when it is not of its kind.
"""

import re
from collections.abc import Callable
from datetime import date

from deskcli.fold import digits, fold

BRAZIL = 55


def email(text: str) -> str | None:
    """Lower case; only what surely can not be an address is refused."""
    word = text.strip().strip("<>").casefold()
    return word if re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+", word) else None


def phone(text: str) -> str | None:
    """E.164; a number without country code is Brazilian, needs its area code, and of a mobile all
    nine digits. Of other countries only what begins with `+` is taken on trust.
    """
    import phonenumbers  # slow to import, and most commands see no new number

    foreign = text.strip().startswith("+")
    try:
        number = phonenumbers.parse(re.sub(r"^\s*00(?=[\s1-9])\s*", "+", text), "BR")
    except phonenumbers.NumberParseException:
        return None
    trusted = foreign and number.country_code != BRAZIL and phonenumbers.is_possible_number(number)
    if not (trusted or phonenumbers.is_valid_number(number)) or len(digits(text)) < 10:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def whatsapp(text: str) -> str | None:
    """A telephone as WhatsApp has it: of many Brazilian mobiles without the ninth digit."""
    old = re.fullmatch(r"(?:55)?(\d\d)([6-9]\d{7})", digits(text))
    return phone(text) or (phone(f"+{BRAZIL}{old[1]}9{old[2]}") if old else None)


def cnpj(text: str) -> str | None:
    """14 characters without punctuation; letters are valid in a CNPJ since July 2026."""
    from validate_docbr import CNPJ

    bare = _bare(text)
    return bare if len(bare) == 14 and CNPJ().validate(bare) else None


def cpf(text: str) -> str | None:
    from validate_docbr import CPF

    bare = _bare(text)
    return bare if len(bare) == 11 and bare.isdigit() and CPF().validate(bare) else None


def document(text: str) -> str | None:
    """A CPF or a CNPJ, told apart by length."""
    return cpf(text) if len(_bare(text)) == 11 else cnpj(text)


def _bare(text: str) -> str:
    return re.sub(r"[\s./-]", "", text).upper()


def number(text: str) -> str | None:
    word = text.strip()
    return word.lstrip("0") or "0" if word.isdigit() and word.isascii() else None


def money(text: str) -> str | None:
    """`R$ 1.234,56`, `1234.56` or `1.234` (a thousand) -> `1234.56`, in reais. More than 15
    digits are no amount of money.
    """
    word = re.sub(r"\s", "", text.upper().replace("R$", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?|\d+,\d{1,2}", word):
        word = word.replace(".", "").replace(",", ".")
    found = re.fullmatch(r"0*(\d{1,15})(?:\.(\d{1,2}))?", word)
    return f"{int(found[1])}.{found[2] or '':0<2}" if found else None


def iso_date(text: str) -> str | None:
    """dd/mm/yyyy or ISO; a date without year is not stored from a form."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None


def boolean(text: str) -> str | None:
    known = {"sim": "true", "s": "true", "yes": "true", "true": "true", "1": "true"}
    known |= {"nao": "false", "n": "false", "no": "false", "false": "false", "0": "false"}
    return known.get(fold(text))


def plain(text: str) -> str | None:
    """Text as it came, without white space around it and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip() or None


NORMAL: dict[str, Callable[[str], str | None]] = {
    "text": plain,
    "person": plain,
    "email": email,
    "phone": phone,
    "document": document,
    "cnpj": cnpj,
    "cpf": cpf,
    "date": iso_date,
    "number": number,
    "money": money,
    "bool": boolean,
}
