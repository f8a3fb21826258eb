"""Renders the boxes and lists of choices that a form has by the hundred.

A form with four years of figures holds 120 boxes and 250 options; Django includes two templates
for each, which made up most of the page's time. The markup is that of Django's own templates.
"""

from django.forms.renderers import DjangoTemplates
from django.utils.html import escape
from django.utils.safestring import mark_safe


class OfficeRenderer(DjangoTemplates):
    """Django's form renderer; plain inputs and selects are put together without a template."""

    def render(self, template_name, context, request=None):
        draw = _DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return mark_safe(draw(context["widget"]))  # noqa: S308  every part is escaped


def _attributes(widget) -> str:
    parts = []
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {name}")
        elif value is not False:
            parts.append(f' {name}="{escape(str(value))}"')
    return "".join(parts)


def _input(widget) -> str:
    value = widget["value"]
    filled = "" if value is None else f' value="{escape(str(value))}"'
    name = escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{filled}{_attributes(widget)}>'


def _select(widget) -> str:
    lines = [f'<select name="{escape(widget["name"])}"{_attributes(widget)}>']
    for group_name, options, _ in widget["optgroups"]:
        if group_name:
            lines.append(f'  <optgroup label="{escape(group_name)}">')
        lines += [f"  {_option(option)}" for option in options]
        if group_name:
            lines.append("  </optgroup>")
    return "\n".join([*lines, "</select>"])


def _option(option) -> str:
    value = escape(str(option["value"]))
    return f'<option value="{value}"{_attributes(option)}>{escape(option["label"])}</option>'


_DRAWN = {
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/select.html": _select,
}
