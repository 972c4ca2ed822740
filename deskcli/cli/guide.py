"""What there is to fill in: forms, their fields, and the options that the person may choose."""

from collections.abc import Iterator

from deskcli.cli import session
from deskcli.cli.show import paint, safe
from deskcli.cli.words import _
from deskcli.demand import choices
from deskcli.form import Choice, Field, Form
from deskcli.scene import Scene


def guide(name: str = "") -> Iterator[str]:
    """Every form with what it is for, or one form whole; what is for other roles is not shown."""
    scene = session.desk().scene()
    for form in scene.config.forms.values():
        if not scene.may(form.roles) or (name and form.id != name):
            continue
        yield paint(safe(f"{form.id}  {form.label}"), "bold")
        if form.use_when:
            yield f"  {safe(form.use_when)}"
        if name:
            yield from _form(scene, form)


def _form(scene: Scene, form: Form) -> Iterator[str]:
    for asked in form.fields:
        if asked.fixed is None:
            yield _field(asked)
    options = choices(scene, form, "category")
    if options:
        yield ""
        yield paint(safe(form.category_label or _("Category")), "bold")
    for option in options:
        yield from _option(option)


def _field(asked: Field) -> str:
    """`* order_channel  Canal do pedido: site|vendedor`; the star marks what is demanded."""
    star = "*" if asked.required else " "
    known = ": " + "|".join(c.id for c in asked.choices) if asked.choices else ""
    return safe(f"  {star} {asked.id}  {asked.label}{known}")


def _option(option: Choice) -> Iterator[str]:
    yield safe(f"  {option.id}  {option.label}")
    if option.guidance:
        yield safe(f"      {option.guidance}")
