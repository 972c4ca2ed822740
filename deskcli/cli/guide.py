"""What there is to fill in: forms, their fields, and the options that the person may choose, each
with its guidance (F10).
"""

from collections.abc import Iterator

from deskcli.cli import session
from deskcli.cli.hints import with_options
from deskcli.cli.show import paint, safe
from deskcli.cli.words import _
from deskcli.demand import choices
from deskcli.form import Choice, Field, Form
from deskcli.scene import Scene


def guide(name: str = "") -> Iterator[str]:
    """Every form with what it is for, or one form whole: the one named, or the only one there is.
    What is for other roles is not shown.
    """
    scene = session.desk().scene()
    forms = [form for form in scene.config.forms.values() if scene.may(form.roles)]
    shown = [form for form in forms if name in ("", form.id)]
    for form in shown:
        yield paint(safe(f"{form.id}  {form.label}"), "bold")
        if form.use_when:
            yield f"  {safe(form.use_when)}"
        if name or len(forms) == 1:
            yield from _form(scene, form)
    if not name and len(forms) > 1:
        yield ""
        command = with_options("create", "--guide", "--form", forms[0].id)
        yield _("A form whole: {command}").format(command=command)


def _form(scene: Scene, form: Form) -> Iterator[str]:
    for asked in form.fields:
        if asked.fixed is None:
            yield from _field(asked)
    options = choices(scene, form, "category")
    if options:
        yield ""
        yield paint(safe(form.category_label or _("Category")), "bold")
    for option in options:
        yield from _choice(option, "  ")


def _field(asked: Field) -> Iterator[str]:
    """`* order_channel  Canal do pedido: site|vendedor`; the star marks what is demanded. Choices
    that are explained have a line each.
    """
    star = "*" if asked.required else " "
    is_explained = any(choice.guidance for choice in asked.choices)
    known = "" if is_explained else "|".join(c.id for c in asked.choices)
    yield safe(f"  {star} {asked.id}  {asked.label}{known and f': {known}'}")
    if asked.guidance:
        yield paint(safe(f"      {asked.guidance}"), "dim")
    for choice in asked.choices if is_explained else ():
        yield from _choice(choice, "      ")


def _choice(choice: Choice, indent: str) -> Iterator[str]:
    yield safe(f"{indent}{choice.id}  {choice.label}")
    if choice.guidance:
        yield paint(safe(f"{indent}    {choice.guidance}"), "dim")
