"""An act of several writes that breaks off at its last one leaves everything as it was."""

import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from balikpapan.accounts import demo_log_in, groups, passwords, second_factor
from balikpapan.accounts.trail import Actor
from balikpapan.audit.models import Change
from balikpapan.audit.year_locks import snapshot
from balikpapan.intake import work
from balikpapan.intake.models import Upload, Work
from balikpapan.intake.undo import undo
from balikpapan.intake.uploads import confirm
from balikpapan.privacy import destruction
from balikpapan.yearbook.closing import close_year
from facilities import inventory
from industry import letters, merging, revenue_sources, work_items
from industry.choices import ReminderMedium, WorkReason
from industry.models import Business, RevenueSource
from tests.cast import member
from tests.factories import (
    AssetFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    IndustryGroupFactory,
    InventoryEntryFactory,
    InventorySessionFactory,
    RevenueFactory,
    SubjectRequestFactory,
)
from tests.grids import test_month_grids as months
from tests.grids import test_year_grid as years
from tests.industry import test_bulk_edit as bulk
from tests.intake.importing import hand_in, load
from tests.pages import as_seen, filled, url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TODAY = datetime.date(2025, 6, 2)
NIK = "6471015705900001"
SHEET = [
    ["Nama Usaha", "Tahun Data", "Tenaga Kerja"],
    ["Amplang Uji", 2023, 5],
    ["Roti Uji", 2023, 6],
]
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


#: What a browser is remembered by is no part of what it asked for.
SESSIONS = '"django_session"'


class Broken(Exception):
    """The database gives out in the middle of an act."""


class WriteCounter:
    """Counts the statements that write; the one of number ``last`` fails instead."""

    def __init__(self, last: int | None = None):
        self.count, self.last = 0, last

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES) and SESSIONS not in sql:
            self.count += 1
            if self.count == self.last:
                raise Broken
        return execute(sql, params, many, context)


def everything() -> dict[str, list[tuple]]:
    """Every row of every table but the sessions."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model is not Session
    }


# Each returns the act, ready to be done; what it needs is there already.


def upload_given_up():
    upload = Upload.objects.create(
        register="ikm", file_name="data.xlsx", sha256="0" * 64, size=1, status=Upload.Status.WORKING
    )
    job = Work.objects.create(upload=upload, task="plan", before=Upload.Status.PLANNED)
    return lambda: work.abandon(job, Upload.Reason.STOPPED)


def letters_accounted_for():
    messages = [letters.Message(BusinessFactory(owner_name="Siti"), []) for _ in range(2)]
    order = letters.Order(WorkReason.EXPIRING, TODAY, 2025)
    handover = letters.Handover(ReminderMedium.LETTER, "perpanjangan sertifikat")
    by = member(groups.PETUGAS)
    return lambda: letters.account_for(messages, order, handover, by=by)


def destruction_asked_for():
    BusinessFactory(nik=NIK)
    request = SubjectRequestFactory(nik=NIK, kind="erasure")
    by = member(groups.VERIFIKATOR)
    return lambda: destruction.ask(NIK, by=by, reason="Surat 1", request=request)


def destruction_approved():
    destruction_asked_for()()
    asked = destruction.Destruction.objects.get()
    by = member(groups.ADMINISTRATOR)
    return lambda: destruction.approve(asked, NIK, by=by)


def destruction_replayed():
    approve = destruction_approved()
    approve()
    Business.objects.update(nik=NIK)
    destruction.Destruction.objects.update(done_at=None, done_by=None)
    return destruction.replay


def password_given():
    user = member(groups.PETUGAS)
    return lambda: passwords.give_password(user)


def first_account_made():
    return passwords.create_first_administrator


def code_set_up():
    user = member(groups.VERIFIKATOR)
    return lambda: second_factor.set_up(user, "A" * 32, 1)


def code_taken_off():
    user = member(groups.VERIFIKATOR)
    second_factor.set_up(user, "A" * 32, 1)
    return lambda: second_factor.take_off(user, Actor())


def groups_loaded():
    Group.objects.all().delete()
    return groups.load_groups


def demo_account_made():
    groups.load_groups()
    return lambda: demo_log_in.account_of(groups.PETUGAS)


def businesses_merged():
    first, second = BusinessFactory(), BusinessFactory(nib="1234567890123")
    BusinessYearFactory(business=second)
    CertificateFactory(business=second)
    by = member(groups.VERIFIKATOR)
    return lambda: merging.merge(first, second, by=by)


def businesses_parted():
    act = businesses_merged()()
    return lambda: merging.unmerge(act, by=act.by)


def sources_joined():
    for name, year in (("Sewa kios", 2023), ("Sewa kios pasar", 2024)):
        RevenueFactory(source_name=name, source_key=name, year=year)
        RevenueSource.objects.create(name=name, key=name)
    sources = list(RevenueSource.objects.all())
    return lambda: revenue_sources.join_sources(sources, by=None)


def work_handed_out():
    BusinessFactory.create_batch(2, nib="")
    by = member(groups.PETUGAS)
    task = work_items.Assignment(WorkReason.NIB, None, by, TODAY)
    return lambda: work_items.assign(Business.objects.all(), task, by=by, today=TODAY)


def inventory_finished():
    session = InventorySessionFactory()
    for _ in range(2):
        InventoryEntryFactory(session=session, asset=AssetFactory(facility=session.facility))
    return lambda: inventory.finish(session, by=None)


def year_closed():
    BusinessYearFactory(year=2023)
    return lambda: close_year(2023, by=None, channel=Change.Channel.COMMAND)


def upload_stored():
    upload = hand_in(SHEET, user=member(groups.PETUGAS))
    return lambda: confirm(upload, upload.by)


def upload_undone():
    upload = load(SHEET, user=member(groups.PETUGAS))
    return lambda: undo(upload, by=upload.by)


def typist() -> Client:
    """A browser in which a petugas has signed in."""
    client = Client()
    client.force_login(member(groups.PETUGAS))
    return client


def months_typed():
    RevenueSource.objects.create(name="Sewa kios", key="sewakios")
    client, page = typist(), months.address(months.PAD)
    data = months.opened(client, months.PAD)
    return lambda: client.post(page, {**data, "c-0-1": "1 juta", "c-0-2": "2 juta"})


def year_figures_typed():
    BusinessFactory.create_batch(2)
    client = typist()
    typed = {"c-0-turnover": "5 juta", "c-1-turnover": "6 juta"}
    client.post(years.address(), {**years.opened(client), **typed})
    upload = Upload.objects.get()
    return lambda: confirm(upload, upload.by)


def form_with_rows_saved():
    business = BusinessFactory()
    BusinessYearFactory(business=business, year=2022)
    client, page = typist(), url(Business, "change", business)
    data = {**filled(client.get(page)), "name": "Nama Baru", "years-0-turnover": "7 juta"}
    return lambda: client.post(page, data)


def form_with_rows_added():
    client, page = typist(), url(Business, "add")
    rows = {"years-TOTAL_FORMS": 1, "years-0-year": 2023, "years-0-turnover": "7 juta"}
    data = {**filled(client.get(page)), "name": "Usaha Baru", **rows}
    return lambda: client.post(page, data)


def many_edited():
    group, businesses = IndustryGroupFactory(), BusinessFactory.create_batch(2, group=None)
    client, page = typist(), reverse(bulk.PAGE)
    sent = {**bulk.hidden(bulk.choose(client, *businesses)), "group_id": group.pk}
    expected = client.post(page, sent).context["expected"]
    return lambda: client.post(page, {**sent, "confirm": expected})


def brought_back_from_the_archive():
    business = BusinessFactory(archived=True)
    client = Client()
    client.force_login(member(groups.VERIFIKATOR))
    data = as_seen(business)
    return lambda: client.post(url(Business, "restore", business), data)


ACTS = [
    year_closed,
    upload_stored,
    upload_undone,
    months_typed,
    year_figures_typed,
    form_with_rows_saved,
    form_with_rows_added,
    many_edited,
    brought_back_from_the_archive,
    upload_given_up,
    letters_accounted_for,
    destruction_asked_for,
    destruction_approved,
    destruction_replayed,
    password_given,
    first_account_made,
    code_set_up,
    code_taken_off,
    groups_loaded,
    demo_account_made,
    businesses_merged,
    businesses_parted,
    sources_joined,
    work_handed_out,
    inventory_finished,
]


@pytest.mark.parametrize("prepare", ACTS, ids=lambda prepare: prepare.__name__)
def test_an_act_that_breaks_off_at_its_last_write_has_written_nothing(
    prepare, tmp_path, monkeypatch
):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "LIST_DIR", tmp_path / "lists")
    point = transaction.savepoint()
    act, counter = prepare(), WriteCounter()
    with connection.execute_wrapper(counter):
        act()
    transaction.savepoint_rollback(point)
    assert counter.count > 1

    act = prepare()
    before = everything()
    with pytest.raises(Broken), connection.execute_wrapper(WriteCounter(counter.count)):
        act()

    assert everything() == before


def test_what_is_read_at_one_moment_stands_in_one_transaction():
    outer = len(connection.savepoint_ids)

    with snapshot():
        assert len(connection.savepoint_ids) == outer + 1
