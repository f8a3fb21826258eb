"""The order of what people see: columns, filters, fields, choices, as ``arrangements.csv`` beside this module has it.

Two elements that change places, or one that falls out of a list, fail here, and the failure prints
the line that the table needs if the change was meant.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models

from balikpapan.intake.resources import REGISTERS
from balikpapan.navigation.menu import MENU

TABLE = Path(__file__).with_name("arrangements.csv")
OWN = ("balikpapan.", "industry.", "facilities.")
#: Of a page of the admin, what is a list whose order shows.
LISTS = (
    "list_display",
    "more_columns",
    "list_filter",
    "search_fields",
    "readonly_fields",
    "ordering",
    "actions",
)


def name_of(element) -> str:
    """How an element of a list is written in the table."""
    if isinstance(element, str):
        return element
    if isinstance(element, list | tuple):
        return name_of(element[0])
    return getattr(element, "__name__", None) or str(element)


def words(elements: Iterable | None) -> str:
    """A list as one cell; those that share a row of a form are joined by a plus."""
    cells = (
        "+".join(map(name_of, each)) if isinstance(each, tuple) and part_of_a_form(each) else None
        for each in elements or ()
    )
    return " ".join(cell or name_of(each) for cell, each in zip(cells, elements or (), strict=True))


def part_of_a_form(element: tuple) -> bool:
    """Whether a tuple holds fields that stand in one row, not a field and its filter."""
    return all(isinstance(name, str) for name in element)


def page_arrangements(page) -> Iterator[tuple[str, str]]:
    """The lists of one page of the admin or of one inline."""
    for part in LISTS:
        yield part, words(getattr(page, part, None))
    yield "fields", words(getattr(page, "fields", None))
    yield "inlines", words(getattr(page, "inlines", None))
    for heading, options in getattr(page, "fieldsets", None) or ():
        yield f"fieldset {heading or '-'}", words(options["fields"])
    yield "fieldsets", ", ".join(str(each[0] or "-") for each in page.fieldsets or ())


def subclasses_of(base: type) -> list[type]:
    """The product's own classes below one of Django's."""
    children = {child for each in base.__subclasses__() for child in (each, *subclasses_of(each))}
    own = [child for child in children if child.__module__.startswith(OWN)]
    return sorted(own, key=lambda child: (child.__module__, child.__qualname__))


def admin_arrangements() -> Iterator[tuple[str, str, str]]:
    """The pages of the admin and their inlines."""
    for model, page in admin.site._registry.items():
        if not type(page).__module__.startswith(OWN):
            continue
        for part, elements in page_arrangements(page):
            yield f"admin {model._meta.label}", part, elements
        for inline in page.inlines:
            for part, elements in page_arrangements(inline):
                yield f"inline {model._meta.label} {inline.__name__}", part, elements


def model_arrangements() -> Iterator[tuple[str, str, str]]:
    """The order of records nobody sorted, and of the choices of a field."""
    for model in apps.get_models():
        if model.__module__.startswith(OWN):
            yield f"model {model._meta.label}", "ordering", words(model._meta.ordering)
    for choices in subclasses_of(models.Choices):
        name = f"{choices.__module__.split('.')[0]}.{choices.__qualname__}"
        yield f"choices {name}", "values", " ".join(map(str, choices.values))


def other_arrangements() -> Iterator[tuple[str, str, str]]:
    """The forms outside the admin, the columns of the sheets and the menu."""
    for form in subclasses_of(forms.BaseForm):
        yield f"form {form.__module__}.{form.__qualname__}", "fields", words(form.base_fields)
    for register, resource in REGISTERS.items():
        headings = (column.column_name for column in resource.columns().values())
        yield f"sheet {register}", "columns", ", ".join(headings)
    yield "menu", "sections", " ".join(section.key for section in MENU)
    for section in MENU:
        yield f"menu {section.key}", "pages", words(section.pages)


def every_arrangement() -> Iterator[tuple[str, str, str]]:
    """All that the table holds, as (thing, part, elements in their order)."""
    yield from admin_arrangements()
    yield from model_arrangements()
    yield from other_arrangements()


def stored() -> dict[tuple[str, str], str]:
    """What the table says, by thing and part."""
    with open(TABLE, encoding="utf-8", newline="") as file:
        return {(row["thing"], row["part"]): row["order"] for row in csv.DictReader(file)}


def line(key: tuple[str, str], order: str) -> str:
    """The line of the table, ready to be pasted."""
    cells = [f'"{cell}"' if "," in cell else cell for cell in (*key, order)]
    return ",".join(cells)


STORED = stored()
PRESENT = {(thing, part): order for thing, part, order in every_arrangement() if order}
THINGS = sorted({thing for thing, _ in {**STORED, **PRESENT}})


@pytest.mark.parametrize("thing", THINGS)
def test_what_people_see_stands_in_the_order_of_the_table(thing):
    wanted = {line(key, order) for key, order in STORED.items() if key[0] == thing}
    lines = {line(key, order) for key, order in PRESENT.items() if key[0] == thing}

    assert lines == wanted, "\n".join(
        [f"{TABLE.name} lacks", *sorted(lines - wanted), "and should lose", *sorted(wanted - lines)]
    )


def test_the_table_is_sorted_by_thing():
    assert list(STORED) == sorted(STORED)
