"""The lines of a form and the cells of its rows, put together without a template.

A form with four years of figures has a hundred boxes; Django's templates ask some twenty questions
about each, which took half of the page's time. The markup is that of Django's own templates.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

#: What Django calls its pictures of yes, no and unknown -> what a person hears of them.
PICTURES = {
    'alt="True"': 'alt="Ya"',
    'alt="False"': 'alt="Tidak"',
    'alt="None"': 'alt="Belum diisi"',
}


def fieldset_lines(fieldset) -> SafeString:
    """The lines of a ``django.contrib.admin.helpers.Fieldset`` as its template draws them."""
    return _joined(part for line in fieldset for part in _line(line))


def row_cells(admin_form) -> SafeString:
    """The cells of one row of a tabular inline: the boxes of an ``InlineAdminForm``."""
    return _joined(
        part
        for fieldset in admin_form
        for line in fieldset
        for field in line
        for part in _cell(field)
    )


def _joined(parts: Iterator[str]) -> SafeString:
    return SafeString("".join(parts))  # every part is escaped


def _line(line) -> Iterator[str]:
    fields, is_single = list(line), len(line.fields) == 1
    errors = line.errors() if is_single else ""
    yield '<div class="form-row'
    yield " errors" if errors else ""
    yield "" if line.has_visible_field else " hidden"
    yield from (_name_class(_part(field, "name")) for field in fields)
    yield '">\n'
    yield errors if is_single else '<div class="flex-container form-multiline">\n'
    for field in fields:
        yield from _box(field, is_single)
    yield "" if is_single else "</div>\n"
    yield "</div>\n"


def _contents(field) -> str:
    """What a field that is only read holds; a picture has an Indonesian name."""
    contents = str(field.contents())
    if contents.startswith("<img"):
        for name, word in PICTURES.items():
            contents = contents.replace(name, word)
    return contents


def _box(field, is_single: bool) -> Iterator[str]:
    """One box of a line: its errors where it shares the line, label, box and help."""
    is_hidden = _part(field, "is_hidden")
    errors = "" if is_single or field.is_readonly else field.errors()
    yield f'<div>\n{errors}<div class="flex-container'
    if not is_single:
        yield f" fieldBox{_name_class(_part(field, 'name'))}"
        yield " errors" if errors else ""
        yield " hidden" if is_hidden else ""
    yield ' checkbox-row">\n' if field.is_checkbox else '">\n'
    if field.is_checkbox:
        yield f"{field.field}{field.label_tag()}"
    elif field.is_readonly:
        yield f'{field.label_tag()}\n<div class="readonly">{_contents(field)}</div>'
    else:
        yield f"{field.label_tag()}\n{field.field}"
    yield "\n</div>\n"
    if help_text := _part(field, "help_text"):
        yield from _help(field, help_text, is_hidden)
    yield "</div>\n"


def _help(field, help_text, is_hidden) -> Iterator[str]:
    box_id = "" if field.is_readonly else field.field.id_for_label
    yield '<div class="help hidden"' if is_hidden else '<div class="help"'
    yield f' id="{conditional_escape(box_id)}_helptext"' if box_id else ""
    # Help is markup of the program's own, as in Django's template.
    yield f">\n<div>{help_text}</div>\n</div>\n"


def _cell(field) -> Iterator[str]:
    name, hidden = _name_class(_part(field, "name")), _part(field, "is_hidden")
    yield f'<td class="{name.strip()}{" hidden" if hidden else ""}">\n'
    if field.is_readonly:
        yield f"<p>{conditional_escape(field.contents())}</p>"
    else:
        yield f"{field.field.errors.as_ul()}\n{field.field}"
    yield "\n</td>\n"


def _part(field, name: str) -> Any:
    """A part of a box; a field that is only read holds its parts in a dictionary."""
    return field.field[name] if field.is_readonly else getattr(field.field, name)


def _name_class(name: str) -> str:
    return f" field-{conditional_escape(name)}" if name else ""
