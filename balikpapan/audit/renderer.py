"""Renders the boxes, labels and lists of choices that a form has by the hundred.

A form with four years of figures holds 120 boxes and 250 options; Django includes two templates
for each, which made up most of the page's time. The markup is that of Django's own templates.
"""

from dataclasses import dataclass
from html import escape

from django.forms.renderers import DjangoTemplates
from django.templatetags.static import static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext


class OfficeRenderer(DjangoTemplates):
    """Django's form renderer; what forms have by the hundred is put together without a template."""

    def render(self, template_name, context, request=None):
        draw = _DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        drawn = draw(context)
        if drawn is None:
            return super().render(template_name, context, request)
        return SafeString(drawn)  # every part is escaped


def _attributes(attrs) -> str:
    parts = []
    for name, value in (attrs or {}).items():
        if value is True:
            parts.append(f" {name}")
        elif value is not False:
            parts.append(f' {name}="{escape(str(value))}"')
    return "".join(parts)


def _input(context) -> str:
    widget = context["widget"]
    value = widget["value"]
    filled = "" if value is None else f' value="{escape(str(value))}"'
    name = escape(str(widget["name"]))
    return f'<input type="{widget["type"]}" name="{name}"{filled}{_attributes(widget["attrs"])}>'


def _day(context) -> str:
    return f'<p class="date">\n  {_input(context)}\n</p>'


def _textarea(context) -> str:
    widget = context["widget"]
    value, name = widget["value"] or "", escape(str(widget["name"]))
    # The line break behind the tag is dropped by browsers, so that one in the text stays.
    return (
        f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{escape(str(value))}</textarea>'
    )


def _select(context) -> str:
    widget = context["widget"]
    lines = [f'<select name="{escape(str(widget["name"]))}"{_attributes(widget["attrs"])}>']
    for group_name, options, _ in widget["optgroups"]:
        if group_name:
            lines.append(f'  <optgroup label="{escape(str(group_name))}">')
        lines += [f"  {_option(option)}" for option in options]
        if group_name:
            lines.append("  </optgroup>")
    return "\n".join([*lines, "</select>"])


def _option(option) -> str:
    value = escape(str(option["value"]))
    return f'<option value="{value}"{_attributes(option["attrs"])}>{escape(str(option["label"]))}</option>'


def _label(context) -> str:
    label = conditional_escape(context["label"])
    if not context["use_tag"]:
        return label
    tag = context["tag"]
    return f"<{tag}{_attributes(context['attrs'])}>{label}</{tag}>"


def _errors(context) -> str | None:
    """Nothing where there is no error; what there is, the template draws."""
    return None if context["errors"] else ""


@dataclass(frozen=True)
class _Link:
    """A link beside a list of choices; ``title`` is an English text that Django translates.

    ``address`` and ``query`` are the keys of the widget's context under which its address stands.
    """

    kind: str
    icon: str
    title: str
    address: str
    query: str = "url_params"
    attribute: str = "data-href-template"
    popup: str = ' data-popup="yes"'


_LINKS = (
    _Link("change", "changelink", "Change selected %(model)s", "change_related_template_url"),
    _Link("add", "addlink", "Add another %(model)s", "add_related_url", attribute="href"),
    _Link("delete", "deletelink", "Delete selected %(model)s", "delete_related_template_url"),
    _Link(
        "view",
        "viewlink",
        "View selected %(model)s",
        "change_related_template_url",
        query="view_related_url_params",
        popup="",
    ),
)


def _related(context) -> str:
    """A list of choices with its links to the record chosen and to a new one."""
    offered = [link for link in _LINKS if context[f"can_{link.kind}_related"]]
    links = "" if context["is_hidden"] else "".join(_link(link, context) for link in offered)
    limited = context["model_has_limit_choices_to"]
    model = "" if limited else f'data-model-ref="{escape(str(context["model_name"]))}"'
    box = conditional_escape(context["rendered_widget"])
    return f'<div class="related-widget-wrapper" {model}>\n{box}\n{links}\n</div>'


def _link(link: _Link, context) -> str:
    name, icon = escape(str(context["name"])), escape(static(f"admin/img/icon-{link.icon}.svg"))
    address = escape(f"{context[link.address]}?{context[link.query]}")
    title = escape(gettext(link.title) % {"model": context["model"]})
    return (
        f'<a class="related-widget-wrapper-link {link.kind}-related" id="{link.kind}_id_{name}" '
        f'{link.attribute}="{address}"{link.popup} title="{title}">'
        f'<img src="{icon}" alt="" width="24" height="24"></a>'
    )


_DRAWN = {
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/checkbox.html": _input,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
    "admin/widgets/date.html": _day,
    "admin/widgets/related_widget_wrapper.html": _related,
}
