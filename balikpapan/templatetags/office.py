"""What the pages need beyond Django: Indonesian numbers and whether this is a demonstration."""

import json

from django import template
from django.conf import settings

from balikpapan import bundles
from balikpapan.audit import form_layout
from balikpapan.spreadsheets.cells.formatting import format_decimal, format_rupiah, format_whole

register = template.Library()


@register.simple_tag
def is_demo():
    """Whether the pages show the demonstration's invented records."""
    return settings.DEMO


register.simple_tag(bundles.list_media)
register.simple_tag(bundles.form_media)
register.simple_tag(form_layout.fieldset_lines)
register.simple_tag(form_layout.row_cells)


@register.filter
def whole(number):
    """A whole number as the office writes it: 1.029; nothing for nothing."""
    return "" if number in (None, "") else format_whole(int(number))


@register.filter
def decimal(number, places=None):
    """A number with its decimal comma: 25,22; nothing for nothing."""
    return "" if number in (None, "") else format_decimal(number, places)


@register.filter
def rupiah(amount):
    """Money in whole rupiah: Rp1.500.000; nothing for nothing."""
    return "" if amount is None else format_rupiah(int(amount))


@register.filter
def as_percent(fraction):
    """A fraction as a percentage with one decimal: 25,2%; nothing for nothing."""
    return "" if fraction is None else f"{format_decimal(fraction * 100, 1)}%"


@register.filter
def inline_data(rows) -> str:
    """What Django's script needs of the rows within a form, as JSON, named as the menu names them."""
    data = json.loads(rows.inline_formset_data())
    data["options"]["addText"] = f"Tambah {rows.opts.verbose_name} lagi"
    return json.dumps(data)


@register.simple_tag
def active_filters(cl) -> list[dict]:
    """The filters that narrow a list: their title, what was chosen, and the list without them."""
    chips = []
    for spec in cl.filter_specs:
        first, *others = spec.choices(cl) or [{}]
        for choice in others:
            if choice.get("selected"):
                chips.append(
                    {
                        "title": spec.title,
                        "value": choice["display"],
                        "remove": first["query_string"],
                    }
                )
    return chips
