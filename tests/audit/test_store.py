"""The one way a record is written: cleaned, claimed by its version, saved and traced."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from balikpapan.audit.bulk import ChangedRecord, ChangeSource, NewRecord, change_many, create_many
from balikpapan.audit.models import Change
from balikpapan.audit.store import FrozenYear, StaleRecord, archive, restore, store
from industry.models import Business, BusinessYear, Revenue
from tests.factories import BusinessFactory, BusinessYearFactory, ClosedYearFactory, RevenueFactory
from tests.trust.outages import press_together

pytestmark = pytest.mark.django_db

FORM = {"by": None, "channel": Change.Channel.FORM}
NIB = "0123456789012"


# One record


def test_a_new_record_is_traced_with_what_it_says_and_nothing_blank(petugas):
    business = Business(name="Amplang Siti", founded_year=2020, listed_year=2020)

    change = store(business, by=petugas, channel=Change.Channel.FORM)

    assert (change.action, change.record, change.version, change.by) == (
        "created", business.pk, 1, petugas,
    )  # fmt: skip
    assert change.before == {}
    assert change.after["name"] == "Amplang Siti"
    assert "" not in change.after.values()
    assert None not in change.after.values()


def test_a_change_is_traced_with_old_and_new_values_alone():
    business = BusinessFactory(brand="Siti", latitude=Decimal("-1.5"))
    business.brand, business.latitude = "Siti Jaya", Decimal("-1.25")

    change = store(business, **FORM)

    assert change.before == {"brand": "Siti", "latitude": "-1.5"}
    assert change.after == {"brand": "Siti Jaya", "latitude": "-1.25"}
    assert change.version == business.version == 2


def test_writing_what_is_there_already_writes_nothing():
    business = BusinessFactory()

    assert store(Business.objects.get(), **FORM) is None
    assert Business.objects.get().version == business.version
    assert not Change.objects.exists()


def test_a_broken_rule_writes_neither_record_nor_trace():
    with pytest.raises(ValidationError):
        store(Business(name="Amplang", nib="12"), **FORM)

    assert not Business.objects.exists()
    assert not Change.objects.exists()


def test_the_second_of_two_editors_is_refused():
    BusinessFactory()
    first, second = Business.objects.get(), Business.objects.get()
    first.brand, second.brand = "Pertama", "Kedua"
    store(first, **FORM)

    with pytest.raises(StaleRecord):
        store(second, **FORM)

    assert Business.objects.get().brand == "Pertama"
    assert Change.objects.count() == 1


@pytest.mark.parametrize("theirs", [{"version": 2, "brand": "Mereka"}, {"version": 7}], ids=str)
def test_who_comes_between_the_check_and_the_write_is_first(theirs, monkeypatch):
    business = BusinessFactory(brand="Awal")
    check = Business.full_clean

    def overtaken(record, **options):
        check(record, **options)
        Business.objects.filter(pk=record.pk).update(**theirs)

    monkeypatch.setattr(Business, "full_clean", overtaken)
    business.brand = "Punya Saya"

    with pytest.raises(StaleRecord) as refusal:
        store(business, **FORM)

    assert refusal.value.record is business
    assert Business.objects.get().brand != "Punya Saya"
    assert not Change.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_one_record_at_one_moment_one_is_first():
    BusinessFactory(brand="Awal")
    copies = [Business.objects.get() for _ in range(2)]
    for place, copy in enumerate(copies):
        copy.brand = f"Penulis {place}"

    answers = press_together([lambda copy=copy: store(copy, **FORM) for copy in copies])

    [change] = [answer for answer in answers if isinstance(answer, Change)]
    assert [type(answer) for answer in answers if answer is not change] == [StaleRecord]
    stored = Business.objects.get()
    assert (stored.version, stored.brand) == (2, change.after["brand"])
    assert Change.objects.count() == 1


def test_a_record_that_is_gone_is_stale():
    business = BusinessFactory()
    Business.objects.all().delete()
    business.brand = "Siti"

    with pytest.raises(StaleRecord):
        store(business, **FORM)

    assert not Business.objects.exists()


@pytest.mark.parametrize(
    ("was", "becomes", "refused"),
    [(2021, 2021, 2021), (2023, 2023, 2023), (2022, 2022, None), (2022, 2023, 2023),
     (2021, 2022, 2021), (2020, 2024, None)],
    ids=str,
)  # fmt: skip
def test_of_two_closed_years_each_is_closed_and_none_between(was, becomes, refused):
    record = RevenueFactory(year=was)
    ClosedYearFactory(year=2021)
    ClosedYearFactory(year=2023)
    ClosedYearFactory(year=2024, archived=True)
    record.year, record.realised = becomes, 1

    if refused is None:
        store(record, **FORM)
    else:
        with pytest.raises(FrozenYear, match=f"Tahun {refused} sudah ditutup"):
            store(record, **FORM)

    assert Revenue.objects.get().realised == (1 if refused is None else 90_000_000)


def test_archiving_and_bringing_back_are_traced_as_such():
    business = BusinessFactory()

    archive(business, **FORM)
    hidden = Business.objects.kept().exists()
    restore(business, **FORM)

    assert not hidden
    assert Business.objects.kept().get() == business
    actions = Change.objects.of(business).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["archived", "restored"]


def test_uniqueness_is_asked_again_when_a_record_comes_back():
    gone = BusinessFactory(nib=NIB, archived=True)
    BusinessFactory(nib=NIB)

    with pytest.raises(ValidationError, match="sudah dipakai"):
        restore(gone, **FORM)


# Closed years


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda r: store(Revenue(year=2023, source_name="Baru"), **FORM), id="new"),
        pytest.param(lambda r: changed(r, target=1), id="changed"),
        pytest.param(lambda r: changed(r, year=2024), id="moved out"),
        pytest.param(lambda r: archive(r, **FORM), id="archived"),
        pytest.param(
            lambda r: create_many(
                Revenue,
                [NewRecord({"year": 2023, "source_name": "Baru"}, 0)],
                ChangeSource("upload"),
            ),
            id="new in bulk",
        ),
        pytest.param(
            lambda r: change_many(
                Revenue,
                [ChangedRecord(r.pk, 1, {"year": 2023, "target": 2}, {"target": 1}, 0)],
                ChangeSource("upload"),
            ),
            id="changed in bulk",
        ),
    ],
)
def test_a_closed_year_is_frozen_for_every_writer(write):
    revenue = RevenueFactory(year=2023)
    ClosedYearFactory(year=2023)
    before = list(Revenue.objects.values())

    with pytest.raises(FrozenYear, match="2023 sudah ditutup"):
        write(revenue)

    assert list(Revenue.objects.values()) == before
    assert not Change.objects.exists()


def changed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return store(record, **FORM)


def test_nothing_moves_into_a_closed_year():
    revenue = RevenueFactory(year=2024)
    ClosedYearFactory(year=2023)

    with pytest.raises(FrozenYear):
        changed(revenue, year=2023)


def test_a_business_is_not_frozen_by_the_years_of_its_figures():
    figures = BusinessYearFactory(year=2023)
    ClosedYearFactory(year=2023)

    assert changed(figures.business, brand="Baru")


# Many records


def values(number, **more):
    return {"name": f"Usaha {number}", "listed_year": 2024, "status": "unverified", **more}


def test_many_new_records_hold_what_one_by_one_would_hold():
    given = values(1, nib=NIB, latitude=Decimal("-1.250000"), founded_year=2019)
    store(Business(**given | {"nib": ""}), **FORM)
    create_many(Business, [NewRecord(given, 0)], ChangeSource("upload", places=[("Data", 2)]))

    one, many = Business.objects.order_by("id").values()
    for name in ("id", "created_at", "updated_at", "nib", "lacking"):
        one.pop(name), many.pop(name)
    assert one == many
    first, second = Change.objects.order_by("id")
    assert first.after == {k: v for k, v in second.after.items() if k != "nib"}


def test_ids_given_in_bulk_are_free_and_the_next_form_still_finds_one():
    first = BusinessFactory()
    ids = create_many(Business, [NewRecord(values(n), n) for n in range(3)], ChangeSource("upload"))

    last = BusinessFactory()

    assert len({first.pk, *ids, last.pk}) == 5
    assert ids == sorted(ids)


@pytest.mark.parametrize("mixed", [False, True], ids=["same columns", "different columns"])
def test_many_changed_records_change_what_they_say_and_nothing_else(mixed):
    businesses = BusinessFactory.create_batch(3, brand="Lama", products="kue", rt="03")
    records = []
    for number, business in enumerate(businesses):
        after = {"brand": f"Baru {number}"} | ({"products": ""} if mixed and number else {})
        before = {name: getattr(business, name) for name in after}
        records.append(ChangedRecord(business.pk, 1, before, after, number))

    change_many(Business, records, ChangeSource("upload"))

    rows = list(Business.objects.order_by("id").values_list("brand", "products", "rt", "version"))
    other = "" if mixed else "kue"
    assert rows == [
        ("Baru 0", "kue", "03", 2),
        ("Baru 1", other, "03", 2),
        ("Baru 2", other, "03", 2),
    ]
    assert Change.objects.get(record=businesses[0].pk).after == {"brand": "Baru 0"}


def test_one_stale_record_among_many_stops_all():
    first, second = BusinessFactory.create_batch(2, brand="Lama")
    changed(second, brand="Disunting")
    records = [
        ChangedRecord(business.pk, 1, {"brand": "Lama"}, {"brand": "Baru"}, 0)
        for business in (first, second)
    ]

    with pytest.raises(StaleRecord), transaction.atomic():
        change_many(Business, records, ChangeSource("upload"))

    assert set(Business.objects.values_list("brand", flat=True)) == {"Lama", "Disunting"}


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        create_many(Business, [], ChangeSource("upload"))
        change_many(Business, [], ChangeSource("upload"))


@pytest.mark.parametrize("amount", [0, 1, 999_999_999_999_999, 10**15])
def test_p17_money_is_exact_in_bulk(amount):
    business = BusinessFactory()
    given = {"business_id": business.pk, "year": 2024, "turnover": amount}
    create_many(BusinessYear, [NewRecord(given, 0)], ChangeSource("upload"))

    assert BusinessYear.objects.get().turnover == amount


@pytest.mark.parametrize(
    ("model", "given"),
    [
        (Business, {"nib": "12"}),
        (Business, {"nik": "647101010180000x"}),
        (Business, {"name": ""}),
        (Business, {"name": "x" * 201}),
        (Business, {"status": "gone"}),
        (Business, {"status": "closed"}),
        (Business, {"founded_year": 2020, "closed_year": 2019}),
        (Business, {"founded_year": 1899}),
        (Business, {"latitude": Decimal("91")}),
        (Revenue, {"target": 10**15 + 1}),
        (Revenue, {"target": -1}),
        (Revenue, {"month": 13}),
        (Revenue, {"stage": "apa"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else str(value)[:40],
)
def test_p22_the_database_itself_refuses_what_breaks_a_rule(model, given):
    base = values(1) if model is Business else {"year": 2024, "source_name": "Sewa"}

    with pytest.raises(Exception) as refusal, transaction.atomic():  # noqa: PT011
        create_many(model, [NewRecord({**base, **given}, 0)], ChangeSource("upload"))

    assert issubclass(refusal.type, IntegrityError) or connection.vendor == "postgresql"
    assert not model.objects.exists()


def test_the_database_keeps_a_nib_unique_among_the_kept():
    BusinessFactory(nib=NIB, archived=True)
    create_many(Business, [NewRecord(values(1, nib=NIB), 0)], ChangeSource("upload"))

    with pytest.raises(IntegrityError), transaction.atomic():
        create_many(Business, [NewRecord(values(2, nib=NIB), 0)], ChangeSource("upload"))


def test_p22_a_date_and_a_decimal_are_the_same_through_both_ways():
    day, amount = datetime.date(2024, 11, 25), Decimal("12.500")
    revenue = store(Revenue(year=2024, source_name="A", as_of=day), **FORM)
    given = {"year": 2024, "source_name": "B", "source_key": "b", "as_of": day}
    create_many(Revenue, [NewRecord(given, 0)], ChangeSource("upload"))
    BusinessYearFactory(capacity=amount)

    assert revenue.after["as_of"] == "2024-11-25"
    assert set(Revenue.objects.values_list("as_of", flat=True)) == {day}
    assert Change.objects.get(channel="upload").after["as_of"] == "2024-11-25"
    assert BusinessYear.objects.get().capacity == amount
