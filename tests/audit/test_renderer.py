"""The boxes drawn without a template look as Django's templates draw them."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, RelatedFieldWidgetWrapper
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from balikpapan.audit.renderer import OfficeRenderer
from industry.models import BusinessYear

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
        (forms.Textarea(), NASTY),
        (forms.Textarea({"rows": 3}), None),
        (forms.CheckboxInput(), True),
        (forms.CheckboxInput(), False),
        (AdminDateWidget(), "17-08-2024"),
    ],
)
def test_a_box_is_drawn_as_by_its_template(widget, value):
    drawn = widget.render("nama-0", value, {"id": "id_nama"}, OfficeRenderer())

    by_template = widget.render("nama-0", value, {"id": "id_nama"}, DjangoTemplates())
    assert without_gaps(drawn) == without_gaps(by_template)
    assert isinstance(drawn, SafeString)


def test_every_other_widget_keeps_its_template():
    widget = forms.CheckboxSelectMultiple(choices=CHOICES)

    assert widget.render("x", NASTY, {}, OfficeRenderer()) == widget.render(
        "x", NASTY, {}, DjangoTemplates()
    )


@pytest.mark.parametrize(
    "rights",
    [{}, {"can_add_related": False}, {"can_change_related": True, "can_delete_related": True}],
    ids=["add", "nothing", "change and delete"],
)
@pytest.mark.parametrize("box", [forms.Select(choices=CHOICES), forms.HiddenInput()])
def test_the_links_beside_a_list_of_choices_are_those_of_the_template(rights, box):
    relation = BusinessYear._meta.get_field("capacity_unit").remote_field
    viewed = {"can_view_related": True, **rights}
    widget = RelatedFieldWidgetWrapper(box, relation, admin.site, **viewed)

    pages = [
        without_gaps(widget.render("years-0-capacity_unit", "a", {"id": "id_unit"}, renderer()))
        for renderer in (OfficeRenderer, DjangoTemplates)
    ]

    assert attributes_of(pages[0]) == attributes_of(pages[1])


def attributes_of(html):
    """The words of the markup; a tag's attributes may stand in any order."""
    return sorted(re.sub(r">|<", " ", html).split())


class Words(forms.Form):
    """One field of each kind of label and error."""

    nama = forms.CharField(label="Nama <b>usaha</b>")
    rt = forms.CharField(label="RT", required=False)


@pytest.mark.parametrize("renderer", [OfficeRenderer, DjangoTemplates])
@pytest.mark.parametrize(("name", "errors"), [("nama", 1), ("rt", 0)])
def test_labels_and_errors_are_those_of_the_templates(renderer, name, errors):
    bound = Words({}, renderer=renderer())[name]
    by_template = Words({}, renderer=DjangoTemplates())[name]

    assert bound.label_tag(attrs={"class": "required"}) == by_template.label_tag(
        attrs={"class": "required"}
    )
    assert bound.label_tag(NASTY) == by_template.label_tag(NASTY)
    assert (bound.errors.as_ul(), str(bound.errors)) == (
        by_template.errors.as_ul(),
        str(by_template.errors),
    )
    assert len(bound.errors) == errors
