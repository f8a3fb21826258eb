"""Merges of a register from before they had a record of their own."""

from importlib import import_module

import pytest
from django.apps import apps

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.trail import trace
from industry.merging import merge, unmerge
from industry.models import Business, BusinessYear, Merge
from tests.factories import BusinessFactory, BusinessYearFactory

pytestmark = pytest.mark.django_db
migration = import_module("industry.migrations.0006_merges_from_the_trail")


def test_old_merges_are_found_by_the_words_of_the_trail_once(verifikator):
    kept, dropped = BusinessFactory(), BusinessFactory()
    BusinessYearFactory(business=dropped)
    first = merge(kept, dropped, by=verifikator)
    unmerge(first, by=verifikator)
    second = merge(Business.objects.get(pk=kept.pk), Business.objects.get(pk=dropped.pk), by=verifikator)  # fmt: skip
    wanted = [
        (act.kept_id, act.dropped_id, act.by_id, act.undone_by_id, sorted(act.changes))
        for act in (Merge.objects.get(pk=first.pk), second)
    ]
    Merge.objects.all().delete()
    with trail_transaction():
        reason = "Penggabungan IKM-000123 ke IKM yang lama"
        trace(
            Change(
                model="industry.business", record=kept.pk, version=9, action="changed",
                channel="form", reason=reason,
            )
        )  # fmt: skip

    migration.record_merges(apps, None)

    acts = list(Merge.objects.order_by("id"))
    assert wanted == [
        (act.kept_id, act.dropped_id, act.by_id, act.undone_by_id, sorted(act.changes))
        for act in acts
    ]
    assert acts[0].undone_at is not None

    unmerge(acts[1], by=verifikator)

    assert Business.objects.kept().count() == 2
    assert BusinessYear.objects.kept().get().business_id == dropped.pk
