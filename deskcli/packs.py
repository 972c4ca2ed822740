"""The shipped desks: found beside the package in a checkout, inside it in a wheel."""

from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parent
_AT_ROOT = ("desk.yaml", "people.yaml")
DEMO = "demo.yaml"


def _home() -> Path:
    inside = _PACKAGE / "packs"
    return inside if inside.is_dir() else _PACKAGE.parent


def names() -> list[str]:
    return sorted(p.parent.name for p in (_home() / "workflows").glob("*/desk.yaml"))


def files(pack: str) -> Iterator[tuple[Path, str]]:
    """Each file of a pack with its place in a desk; samples and demo are not part of the desk."""
    workflows, schedules = _home() / "workflows" / pack, _home() / "schedules" / pack
    for path in sorted(p for p in workflows.rglob("*") if p.is_file()):
        name = str(path.relative_to(workflows))
        if name != DEMO and not name.startswith("samples/"):
            yield path, name if name in _AT_ROOT else f"workflows/{name}"
    for path in sorted(p for p in schedules.rglob("*") if p.is_file()):
        yield path, f"schedules/{path.relative_to(schedules)}"


def samples(pack: str) -> list[Path]:
    return sorted((_home() / "workflows" / pack / "samples").glob("*"))


def demo(pack: str) -> Path | None:
    path = _home() / "workflows" / pack / DEMO
    return path if path.is_file() else None
