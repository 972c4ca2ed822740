"""A ticket's values in the words that its requester reads: in titles and in replies."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskcli.config import Config
from deskcli.factnames import KINDS_OF
from deskcli.form import Form
from deskcli.reply import Filling, not_empty
from deskcli.values import in_reais

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")


def filling(
    config: Config, form: Form, header: Mapping[str, Any], ours: Mapping[str, Any]
) -> Filling:
    """What a template may name of a ticket, and `ours` beside it; nothing that is empty."""
    stored, words = ({**held, **ours} for held in (header, worded(config, form, header)))
    return Filling(_filled(stored), _filled(words))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return not_empty({k: not_empty(v) if isinstance(v, Mapping) else v for k, v in values.items()})


def worded(config: Config, form: Form, header: Mapping[str, Any]) -> dict[str, Any]:
    """The header with the label of what the desk names (a status by its `client_label`) and of what
    the form lets choose, dates as `24/11/2026`, instants as `24/11/2026 09:12` and money as
    `R$ 1.234,56`. What only says yes or no stays `true` or `false`.
    """
    return {name: _worded(config, form, name, held) for name, held in header.items()}


def _worded(config: Config, form: Form, path: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _worded(config, form, f"{path}.{key}", held) for key, held in value.items()}
    if isinstance(value, list):
        return [_worded(config, form, path, one) for one in value]
    if not isinstance(value, str):
        return value
    asked = form.field(path)
    if asked and (choice := asked.choice(value)):
        return choice.label
    kind = asked.type if asked else ""
    if kind == "money":
        return in_reais(value, config.settings.language) or value
    named = _named(config, KINDS_OF.get(path, kind), value)
    return named or _when(value)


def _named(config: Config, kind: str, name: str) -> str:
    """What the desk calls it, reading only the file that says so; '' where it is no name."""
    match kind:
        case "person":
            return config.people.label(name)
        case "brand":
            return config.settings.brands.get(name, "")
        case "team":
            return _label(config.people.file.teams, name)
        case "category":
            return _label(config.categories, name)
        case "form":
            return _label(config.forms, name)
        case "status" if name in config.workflow:
            return config.workflow[name].client_label or config.workflow[name].label
    return ""


def _label(known: Mapping[str, Any], name: str) -> str:
    return str(known[name].label) if name in known else ""


def _when(value: str) -> str:
    try:
        if _DAY.fullmatch(value):
            return f"{datetime.fromisoformat(value):%d/%m/%Y}"
        if _INSTANT.fullmatch(value):
            return f"{datetime.fromisoformat(value):%d/%m/%Y %H:%M}"
    except ValueError:  # looks like one
        pass
    return value
