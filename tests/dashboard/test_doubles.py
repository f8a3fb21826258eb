"""The likely doubles of the first page are counted again where, and only where, they can differ."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.audit.bulk import ChangeSource, NewRecord, create_many
from balikpapan.audit.models import Change
from balikpapan.audit.store import archive, restore, store
from balikpapan.dashboard import doubles
from balikpapan.dashboard.doubles import count_likely_doubles
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory

pytestmark = pytest.mark.django_db


def saved(record, **fields):
    """A record with these fields, stored and traced as a form stores it."""
    for name, value in fields.items():
        setattr(record, name, value)
    store(record, by=None, channel=Change.Channel.FORM)
    return record


def counting():
    """The number of likely doubles, and whether all IKM were gone through for it."""
    with CaptureQueriesContext(connection) as queries:
        total = count_likely_doubles()
    return total, any("HAVING" in query["sql"] for query in queries)


@pytest.fixture
def pair():
    """Two IKM of one name, owner and telephone."""
    alike = {"name": "Amplang Uji", "owner_name": "Siti Contoh", "phone": "081255500001"}
    return [saved(BusinessFactory.build(kelurahan=None, **alike)) for _ in range(2)]


def test_a_write_about_something_else_leaves_the_number_as_it_is(pair):
    assert [counting(), counting()] == [(2, True), (2, False)]

    saved(pair[0], brand="Merek Baru")
    saved(BusinessYear(business=pair[0], year=2023, workers_total=3))

    assert counting() == (2, False)


def test_the_number_follows_every_write_that_can_change_it(pair):
    steps = [
        (lambda: saved(pair[0], name="Roti Uji"), 2),  # the telephone and the owner are left
        (lambda: saved(pair[0], phone="081255500002"), 0),
        (lambda: saved(pair[0], phone=pair[1].phone), 2),
        (lambda: saved(pair[0], owner_name="Ani Contoh"), 0),
        (lambda: [saved(one, nik="6471015705900001") for one in pair], 2),
        (lambda: archive(pair[1], by=None, channel=Change.Channel.FORM), 0),
        (lambda: restore(pair[1], by=None, channel=Change.Channel.FORM), 2),
    ]
    for number, (write, total) in enumerate(steps):
        count_likely_doubles()
        write()
        assert counting() == (total, True), number
    values = {"name": "Roti Uji", "owner_name": "Ani Contoh", "status": "active"}
    create_many(Business, [NewRecord(values, 0)], ChangeSource("command"))
    assert counting() == (3, True)


def test_after_many_writes_it_is_counted_rather_than_read_of_each(pair, monkeypatch):
    monkeypatch.setattr(doubles, "MOST_READ", 1)
    count_likely_doubles()

    saved(pair[0], brand="Merek Satu")
    assert counting() == (2, False)
    saved(pair[0], brand="Merek Dua")
    saved(pair[1], brand="Merek Dua")
    assert counting() == (2, True)


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_a_change_that_arrives_after_a_newer_one_is_not_missed(pair):
    count_likely_doubles()
    late = connection.copy()
    with late.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "UPDATE industry_business SET archived_at = now() WHERE id = %s", [pair[0].pk]
        )
        cursor.execute(
            "INSERT INTO audit_change (model, record, version, action, before, after, at, channel, "
            "reason, sheet, salt, digest, link) VALUES ('industry.business', %s, 2, 'archived', "
            "'{}', '{}', now(), 'system', '', '', '', '', 0)",
            [pair[0].pk],
        )
    saved(pair[1], brand="Merek Baru")
    before = counting()
    with late.cursor() as cursor:
        cursor.execute("COMMIT")
    late.close()

    assert (before, counting()) == ((2, False), (0, True))
