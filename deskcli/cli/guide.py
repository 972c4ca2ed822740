"""What there is to fill in: forms, their fields, and the options that the person may choose."""

from collections.abc import Iterator

from deskcli.category import Option
from deskcli.cli import session
from deskcli.cli.show import paint, safe
from deskcli.cli.words import _
from deskcli.form import Field, Form


def guide(name: str = "") -> Iterator[str]:
    """Every form with what it is for, or one form whole; what is for other roles is not shown."""
    config = session.desk().config
    roles = config.people.roles_of(session.desk().scene().actor)
    for form in config.forms.values():
        if form.roles and not roles & frozenset(form.roles):
            continue
        if name and form.id != name:
            continue
        yield paint(safe(f"{form.id}  {form.label}"), "bold")
        if form.use_when:
            yield f"  {safe(form.use_when)}"
        if name:
            yield from _form(form, roles)


def _form(form: Form, roles: frozenset[str]) -> Iterator[str]:
    for asked in form.fields:
        if asked.fixed is None:
            yield _field(asked)
    options = session.desk().config.categories.of(form.categories)
    if options:
        yield ""
        yield paint(safe(form.category_label or _("Category")), "bold")
    for option in options:
        if not option.roles or roles & frozenset(option.roles):
            yield from _option(option)


def _field(asked: Field) -> str:
    """`* order_channel  Canal do pedido: site|vendedor`; the star marks what is demanded."""
    star = "*" if asked.required else " "
    known = ": " + "|".join(c.id for c in asked.choices) if asked.choices else ""
    return safe(f"  {star} {asked.id}  {asked.label}{known}")


def _option(option: Option) -> Iterator[str]:
    yield safe(f"  {option.id}  {option.label}")
    if option.guidance:
        yield safe(f"      {option.guidance}")
