"""The boxes drawn without a template look as Django's templates draw them."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from balikpapan.audit.renderer import OfficeRenderer

NASTY = "\"><script>alert('1')</script>&amp;"
CHOICES = [
    ("", "---------"),
    ("a", "Usaha & <b>"),
    ('Kelompok "1"', [(1, "satu"), (None, "tidak ada"), (NASTY, NASTY)]),
]


def without_gaps(html):
    """The markup without the blank lines between its elements."""
    return re.sub(r">\s+<", "><", html)


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput({"class": "num", "required": True, "disabled": False}), "1.250,5"),
        (forms.TextInput({"data-read": NASTY}), NASTY),
        (forms.TextInput(), None),
        (forms.TextInput(), ""),
        (forms.TextInput(), 0),
        (forms.HiddenInput(), 2024),
        (forms.Select(choices=CHOICES), "a"),
        (forms.Select({"id": "id_x"}, choices=CHOICES), NASTY),
        (forms.Select(choices=CHOICES), None),
        (forms.Select(choices=[]), 3),
    ],
)
def test_a_box_is_drawn_as_by_its_template(widget, value):
    drawn = widget.render("nama-0", value, {"id": "id_nama"}, OfficeRenderer())

    by_template = widget.render("nama-0", value, {"id": "id_nama"}, DjangoTemplates())
    assert without_gaps(drawn) == without_gaps(by_template)
    assert isinstance(drawn, SafeString)


def test_every_other_widget_keeps_its_template():
    widget = forms.Textarea()

    assert widget.render("x", NASTY, {}, OfficeRenderer()) == widget.render(
        "x", NASTY, {}, DjangoTemplates()
    )
