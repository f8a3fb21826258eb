"""Periods of one subject share no day: what overlaps, and where it is refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.audit.models import Change
from balikpapan.audit.periods import overlaps
from balikpapan.audit.store import archive, restore, store
from facilities.models import Tariff
from tests.factories import TariffFactory

RULE = Tariff.no_overlap
DAY = datetime.date(2024, 7, 1)


def days(number):
    return None if number is None else DAY + datetime.timedelta(number)


PERIODS = st.tuples(
    st.sampled_from("ab"), st.integers(0, 20), st.one_of(st.none(), st.integers(0, 9))
)


@given(st.lists(PERIODS, max_size=8))
def test_what_shares_a_day_is_named_and_nothing_else_is(drawn):
    periods = [
        (subject, (days(start), None if length is None else days(start + length)), index)
        for index, (subject, start, length) in enumerate(drawn)
    ]
    sharing = set()
    for subject, (start, end), one in periods:
        for also, (from_day, to_day), other in periods:
            separate = (end and end < from_day) or (to_day and to_day < start)
            if one != other and subject == also and not separate:
                sharing.add(frozenset({one, other}))

    pairs = {frozenset(pair) for pair in overlaps(periods)}

    assert pairs <= sharing
    assert bool(pairs) is bool(sharing)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "fits"),
    [
        pytest.param({"valid_from": days(11)}, True, id="the day after"),
        pytest.param({"valid_from": days(10)}, False, id="the last day"),
        pytest.param({"valid_from": days(-9), "valid_until": days(-1)}, True, id="the day before"),
        pytest.param({"valid_from": days(-9), "valid_until": days(0)}, False, id="the first day"),
        pytest.param({"valid_from": days(3), "valid_until": days(4)}, False, id="within"),
        pytest.param({"valid_from": days(-5)}, False, id="around, without an end"),
        pytest.param({"service": "freezing", "valid_from": days(3)}, True, id="another service"),
        pytest.param({"archived": True, "valid_from": days(3)}, True, id="archived"),
    ],
)
def test_form_and_database_refuse_the_same(values, fits):
    TariffFactory(valid_from=days(0), valid_until=days(10))
    record = TariffFactory.build(**{"valid_until": None, **values})

    sentences = []
    try:
        record.full_clean()
    except ValidationError as refusal:
        sentences.append(refusal.messages[0])
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        sentences.append(RULE.refusal(error).messages[0])

    assert [RULE.message in sentence for sentence in sentences] == ([] if fits else [True, True])


@pytest.mark.django_db
def test_an_edit_is_held_to_it_and_a_record_never_stands_in_its_own_way():
    TariffFactory(valid_from=days(0), valid_until=days(10))
    later = TariffFactory(valid_from=days(11), valid_until=days(20))
    later.amount += 1
    store(later, by=None, channel=Change.Channel.FORM)

    with pytest.raises(IntegrityError), transaction.atomic():
        Tariff.objects.filter(pk=later.pk).update(valid_from=days(10))
    later.valid_from = days(10)
    with pytest.raises(ValidationError):
        store(later, by=None, channel=Change.Channel.FORM)


@pytest.mark.django_db
def test_an_archived_period_does_not_come_back_into_a_taken_one():
    old = TariffFactory(valid_from=days(0), valid_until=days(10))
    archive(old, by=None, channel=Change.Channel.FORM)
    TariffFactory(valid_from=days(5), valid_until=None)

    with pytest.raises(ValidationError, match="bertumpang tindih"):
        restore(old, by=None, channel=Change.Channel.FORM)


@pytest.mark.django_db
def test_a_writer_who_was_second_by_a_moment_hears_the_same_sentence(monkeypatch):
    TariffFactory(valid_from=days(0), valid_until=None)
    monkeypatch.setattr(type(RULE), "validate", lambda *args: None)

    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        store(TariffFactory.build(valid_from=days(3)), by=None, channel=Change.Channel.FORM)

    assert refusal.value.messages == [RULE.message]


@pytest.mark.django_db
def test_another_broken_constraint_is_not_taken_for_an_overlap():
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        TariffFactory(valid_from=days(3), valid_until=days(1))

    assert RULE.refusal(broken.value) is None


@pytest.mark.django_db(transaction=True)
def test_the_rule_is_put_back_after_every_migration_and_goes_with_its_own():
    RULE.remove()
    assert RULE.missing()
    call_command("migrate", verbosity=0)
    assert RULE.missing() == []

    call_command("migrate", "facilities", "0003_tariff", verbosity=0)
    missing = RULE.missing()
    call_command("migrate", verbosity=0)

    assert missing
    assert RULE.missing() == []
