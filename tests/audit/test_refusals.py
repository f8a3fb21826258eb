"""What each record refuses, field by field on both sides of every limit, and in which words.

The texts stand in ``refusals``; ``--write-snapshots`` writes them anew where a rule was meant to change.
"""

import datetime
import itertools
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from tests.pages import FACTORIES, FORM_MODELS
from tests.snapshot import compare

TEXTS = Path(__file__).with_name("refusals")
TODAY = datetime.date(2025, 6, 30)
NOW = datetime.datetime.combine(TODAY, datetime.time(9), datetime.UTC)
DAY = datetime.timedelta(days=1)
DAYS = (
    datetime.date(1899, 12, 31),
    datetime.date(1900, 1, 1),
    TODAY,
    TODAY + DAY,
    datetime.date(2100, 12, 31),
    datetime.date(2101, 1, 1),
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def samples(field: models.Field):
    """Values of one field on both sides of its limits, with how each is written in the text."""
    if field.null or field.empty_strings_allowed:
        blank = None if field.null else ""
        yield "nothing", blank
    if isinstance(field, models.DateField):
        yield from ((f"{day}", day) for day in DAYS)
    elif isinstance(field, models.IntegerField | models.DecimalField):
        low, high = getattr(field, "low", 0), getattr(field, "high", 12)
        values = [low - 1, low, high, high + 1]
        if "year" in field.name:
            values += [TODAY.year, TODAY.year + 1, TODAY.year + 2]
        yield from ((f"{value}", field.to_python(f"{value}")) for value in values)
    elif field.choices:
        yield from (("entah", "entah"), *((value, value) for value, _ in field.flatchoices))
    elif isinstance(field, models.CharField | models.TextField):
        longest = field.max_length or 0
        yield from ((f"{n} letters", "x" * n) for n in (longest, longest + 1) if n > 1)
        yield from ((f"{n} digits", "1" * n) for n in range(12, 18) if longest < 18)


def is_asked(field: models.Field) -> bool:
    """Whether people fill the field in."""
    return field.editable and not field.primary_key and not field.is_relation


def answer(record, stored: dict, given: dict) -> str:
    """What a record says of some values; all others are as they were stored."""
    for name, value in {**stored, **given}.items():
        setattr(record, name, value)
    try:
        record.full_clean(validate_unique=False)
    except ValidationError as refusal:
        return "; ".join(
            f"{name}: {' '.join(messages)}" for name, messages in refusal.message_dict.items()
        )
    return "accepted"


def lines_of(record, stored):
    """Each field by itself, then each pair of days and of years in either order."""
    fields = [field for field in record._meta.concrete_fields if is_asked(field)]
    for field in fields:
        for words, value in samples(field):
            yield f"{field.name} {words} -> {answer(record, stored, {field.name: value})}"
    day, year = datetime.date(2024, 5, 17), 2020
    for kind, (first, second) in {
        models.DateField: (day, day + DAY),
        models.IntegerField: (year, year + 1),
    }.items():
        alike = [field.name for field in fields if isinstance(field, kind)]
        for one, other in itertools.permutations(alike, 2):
            if "year" in one + other or kind is models.DateField:
                for values in ((first, second), (first, first)):
                    given = dict(zip((one, other), values, strict=True))
                    refusal = answer(record, stored, given)
                    yield f"{one} {values[0]}, {other} {values[1]} -> {refusal}"


@pytest.mark.parametrize("model", FORM_MODELS, ids=lambda model: model._meta.label)
def test_a_record_refuses_what_lies_beyond_its_limits_in_these_words(model, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    record = FACTORIES[model]()
    stored = {
        field.attname: getattr(record, field.attname)
        for field in model._meta.concrete_fields
        if not field.generated
    }
    compare(TEXTS / f"{model._meta.label}.txt", "\n".join(lines_of(record, stored)))
