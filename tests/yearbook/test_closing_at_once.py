"""Closing a year while others write it: every figure is in the edition whole, or refused."""

import random
import threading

import pytest
from django.db import connections, transaction

from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.store import FrozenYear, store
from balikpapan.reports.models import Edition
from balikpapan.yearbook import closing
from balikpapan.yearbook.closing import close_year
from industry.models import Revenue
from tests.factories import BusinessYearFactory, RevenueFactory

YEAR = 2023
CHANNEL = Change.Channel.COMMAND


@pytest.mark.django_db
def test_a_book_that_fails_leaves_the_year_open(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("buku gagal")

    monkeypatch.setattr(closing, "yearbook", broken)
    with pytest.raises(RuntimeError):
        close_year(YEAR, by=None, channel=CHANNEL)

    assert ClosedYear.objects.count() == Edition.objects.count() == Change.objects.count() == 0
    store(RevenueFactory.build(year=YEAR), by=None, channel=CHANNEL)


def in_a_thread(act):
    """Starts an act with a connection of its own; ``join`` of the result gives what came of it."""
    outcome = []

    def run():
        try:
            outcome.append(act())
        except Exception as error:  # noqa: BLE001  the test looks at it
            outcome.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()

    def join():
        thread.join(30)
        return outcome[0]

    join.thread = thread
    return join


def realised() -> int:
    return sum(Revenue.objects.filter(year=YEAR).values_list("realised", flat=True))


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_whoever_is_writing_the_year_and_counts_it():
    revenue = RevenueFactory(year=YEAR, realised=1_000_000)
    written, go_on = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            record = Revenue.objects.get(pk=revenue.pk)
            record.realised = 7_000_000
            store(record, by=None, channel=CHANNEL)
            written.set()
            go_on.wait(20)

    writer = in_a_thread(write)
    assert written.wait(20)
    closer = in_a_thread(lambda: close_year(YEAR, by=None, channel=CHANNEL))
    closer.thread.join(1)
    waited = closer.thread.is_alive()
    go_on.set()

    assert writer() is None
    edition = closer()
    assert waited
    assert realised() == 7_000_000
    assert 7_000_000 in figures_of(edition)


def figures_of(edition) -> set:
    """Every number of an edition's tables."""
    edition = Edition.objects.get(pk=edition.pk)
    numbers = set()

    def collect(value):
        if isinstance(value, dict):
            value = value.values()
        if isinstance(value, int | float):
            numbers.add(value)
        elif not isinstance(value, str | None.__class__):
            for item in value:
                collect(item)

    collect(edition.figures)
    return numbers


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_whoever_writes_while_the_book_is_made_is_refused(monkeypatch):
    revenue = RevenueFactory(year=YEAR, realised=1_000_000)
    making, go_on = threading.Event(), threading.Event()
    real = closing.yearbook

    def slow(*args, **kwargs):
        making.set()
        go_on.wait(20)
        return real(*args, **kwargs)

    monkeypatch.setattr(closing, "yearbook", slow)
    closer = in_a_thread(lambda: close_year(YEAR, by=None, channel=CHANNEL))
    assert making.wait(20)

    def write():
        record = Revenue.objects.get(pk=revenue.pk)
        record.realised = 7_000_000
        store(record, by=None, channel=CHANNEL)

    writer = in_a_thread(write)
    writer.thread.join(1)
    waited = writer.thread.is_alive()
    go_on.set()

    assert 1_000_000 in figures_of(closer())
    assert waited
    assert isinstance(writer(), FrozenYear)
    assert realised() == 1_000_000


@pytest.mark.slow
@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_fifty_closings_among_writers_hold_exactly_what_stays():
    dice = random.Random(20)
    for number in range(50):
        year = 1950 + number
        revenue = RevenueFactory(year=year, realised=1_000_000, source_name=f"Sewa {number}")
        wait = dice.random() * 0.2
        amount = 2_000_000 + number

        def write(key=revenue.pk, amount=amount, wait=wait):
            threading.Event().wait(wait)
            record = Revenue.objects.get(pk=key)
            record.realised = amount
            store(record, by=None, channel=CHANNEL)

        writer = in_a_thread(write)
        edition = close_year(year, by=None, channel=CHANNEL)
        outcome = writer()

        assert outcome is None or isinstance(outcome, FrozenYear)
        revenue.refresh_from_db()
        assert revenue.realised == (amount if outcome is None else 1_000_000)
        assert revenue.realised in figures_of(edition)


@pytest.mark.django_db(transaction=True)
def test_two_years_closed_at_one_moment_are_audited_with_each_other(monkeypatch):
    """Table 13 of the later book looks back on the earlier year, so one must see the other."""
    for year in (YEAR - 1, YEAR):
        BusinessYearFactory.create_batch(3, year=year, business__founded_year=YEAR - 1)
    started = threading.Semaphore(0)
    real = closing.published_before

    def slow(year):
        before = real(year)
        started.release()
        # Time for the other to read what was published before, if nothing keeps it waiting.
        started.acquire(timeout=0.5)
        return before

    monkeypatch.setattr(closing, "published_before", slow)
    closers = [
        in_a_thread(lambda year=year: close_year(year, by=None, channel=CHANNEL))
        for year in (YEAR - 1, YEAR)
    ]
    releases = [closer().release for closer in closers]

    others = [release["others"] for release in releases]
    assert sorted(map(len, others)) == [0, 1]
