"""Figures and answers of lists as people write them, each under its own label."""

from decimal import Decimal

import pytest
from django.contrib.admin.utils import label_for_field
from django.db.models import BooleanField

from balikpapan.audit.history import display_value
from balikpapan.audit.shown_values import FIGURES, grouped_numbers, with_yes_or_no
from tests.pages import FORM_MODELS, label


@pytest.mark.parametrize("model", FORM_MODELS, ids=label)
def test_every_figure_and_every_yes_or_no_of_a_list_is_written_out_under_its_label(model):
    answers = [(field, True, "Ya") for field in fields_of(model, BooleanField)]
    answers += [(field, False, "Tidak") for field in fields_of(model, BooleanField)]
    answers += [
        (field, value, text)
        for field in fields_of(model, FIGURES)
        for value, text in ((1_234_567, "1.234.567"), (Decimal("1250.50"), "1.250,5"), (0, "0"))
    ]
    for field, value, text in answers:
        [column] = with_yes_or_no(model, grouped_numbers(model, [field.name]))

        assert label_for_field(column, model) == field.verbose_name
        assert column(model(**{field.name: value})) == text
        assert column(model(**{field.name: None})) is None
        if isinstance(field, BooleanField):
            assert display_value(field, value) == text


def fields_of(model, kinds):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and field.name not in model.personal_fields
    ]
