"""A ticket's values by the names that the desk has for them, and its header in the words that its
requester reads: in titles and in replies.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskcli.config import Config
from deskcli.factnames import DATES, KINDS_OF

WHEN = DATES | {"visit.at"}


def worded(config: Config, header: Mapping[str, Any]) -> dict[str, Any]:
    """The header with the label of what the desk names (of a status its `client_label`), dates as
    `24/11/2026` and instants as `24/11/2026 09:12`. The values of a form's fields stay as they are
    stored: replies compare them.
    """
    return {path: _worded(config, path, held) for path, held in header.items()}


def _worded(config: Config, path: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _worded(config, f"{path}.{key}", held) for key, held in value.items()}
    if isinstance(value, list):
        return [_worded(config, path, one) for one in value]
    if not isinstance(value, str):
        return value
    if path in WHEN:
        return _when(value) or value
    status = config.workflow.get(value) if path == "status" else None
    return (status.client_label if status else "") or named(config, path, value) or value


def named(config: Config, path: str, name: str) -> str:
    """What the desk calls the value of a header path that names something of it; '' where it is no
    name. Only the file that says so is read.
    """
    match KINDS_OF.get(path):
        case "person":
            return config.people.label(name)
        case "brand":
            return config.settings.brands.get(name, "")
        case "org":
            return config.orgs[name].name if name in config.orgs else ""
        case "team":
            return _label(config.people.file.teams, name)
        case "status":
            return _label(config.workflow, name)
        case "category":
            return _label(config.categories, name)
        case "form":
            return _label(config.forms, name)
    return ""


def _label(known: Mapping[str, Any], name: str) -> str:
    return str(known[name].label) if name in known else ""


def _when(value: str) -> str:
    """'' for what a hand wrote there that is no date."""
    try:
        return f"{datetime.fromisoformat(value):%d/%m/%Y{' %H:%M' if 'T' in value else ''}}"
    except ValueError:
        return ""
