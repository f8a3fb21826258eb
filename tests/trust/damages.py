"""What may happen to the data of a register behind the program, for each check of the data."""

import datetime
import os

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from balikpapan.accounts.models import SecondFactor
from balikpapan.audit import triggers
from balikpapan.audit.bulk import BulkWriter, ChangedRecord, ChangeSource
from balikpapan.audit.chain import head
from balikpapan.audit.erasure import erase
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.data_checks.runner import run_checks
from balikpapan.intake import storage, working_file
from balikpapan.intake.models import Upload
from balikpapan.reports.models import Edition, ProvisionalRelease
from facilities.models import Tariff, Withdrawal
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.factories import (
    BillFactory,
    BillLineFactory,
    ConditionCheckFactory,
    DepositFactory,
    KecamatanFactory,
    StorageMonthFactory,
    TariffFactory,
    WithdrawalFactory,
)


def sql(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            if statement.startswith("ALTER"):
                # PostgreSQL alters no table with checks still to come.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)


def on(sqlite, postgresql):
    sql(*(sqlite if connection.vendor == "sqlite" else postgresql))


REPLAYED = ["replay_values", "replay_version", "version_gaps", "before_state", "untraced"]


def without_checks(statement, table, constraint):
    """A statement past one CHECK of a table."""
    on(
        ["PRAGMA ignore_check_constraints=ON", statement, "PRAGMA ignore_check_constraints=OFF"],
        [f"ALTER TABLE {table} DROP CONSTRAINT {constraint}", statement],
    )


def without_triggers(*statements):
    with triggers.lifted():
        sql(*statements)


def found_after(damage, code):
    """What a check finds after a damage that is taken back, so that the next has a sound register."""
    with transaction.atomic():
        damage()
        result = codes(only=[code])
        transaction.set_rollback(True)
    return result


def codes(**kwargs):
    """The checks that find something; each names what is wrong in words, once each."""
    outcomes = [outcome for outcome in run_checks(**kwargs) if outcome.count]
    for outcome in outcomes:
        assert outcome.count >= len(set(outcome.sentences)) == len(outcome.sentences) > 0
    return {outcome.check.code for outcome in outcomes}


def lost_trigger():
    triggers.remove(["audit_link"])


def lost_register_trigger():
    on(
        ["DROP TRIGGER industry_business_program_update"],
        ["DROP TRIGGER industry_business_program_only ON industry_business"],
    )


def altered_change():
    without_triggers("UPDATE audit_change SET reason = 'lain'")


def added_change():
    change = Change.objects.first()
    change.pk, change.link = None, 10**6
    with triggers.lifted():
        change.save(force_insert=True)


def dropped_change():
    without_triggers("DELETE FROM audit_change WHERE id = (SELECT min(id) FROM audit_change)")


def altered_link():
    without_triggers("UPDATE audit_link SET count = 7 WHERE position = 1")


def dropped_link():
    without_triggers("DELETE FROM audit_link WHERE position = 1")


def invalid_index():
    sql(
        "UPDATE pg_index SET indisvalid = false "
        "WHERE indexrelid = 'industry_business_nib_once'::regclass"
    )


def dropped_all():
    # An edition that printed the head of a chain that is no longer there.
    Edition.objects.create(year=2020, number=1, sha256="x", chain_head=str(head()))
    without_triggers("DELETE FROM audit_change", "DELETE FROM audit_link")


def hidden_erasure():
    erase(Change.objects.all(), {"nik"}, by=None, channel="command", reason="Berita acara")
    without_triggers("DELETE FROM audit_erasure")


def future_change():
    with triggers.lifted():
        Change.objects.update(at=datetime.datetime(2199, 1, 1, tzinfo=datetime.UTC))


def version_gap():
    without_triggers("UPDATE audit_change SET version = 4 WHERE model = 'industry.business'")


def other_before():
    business = Business.objects.get(name="Usaha Bukit")
    business.brand = "Baru"
    store(business, by=None, channel="form")
    with triggers.lifted():
        change = Change.objects.first()
        Change.objects.filter(pk=change.pk).update(before={"brand": "Bukan"})


def wrong_type():
    on(
        [
            "PRAGMA ignore_check_constraints=ON",
            "UPDATE industry_businessyear SET workers_total = 'tiga'",
            "PRAGMA ignore_check_constraints=OFF",
        ],
        [
            "ALTER TABLE industry_businessyear ALTER workers_total TYPE numeric",
            "UPDATE industry_businessyear SET workers_total = 1.5",
        ],
    )


def fraction():
    half = "UPDATE industry_businessyear SET investment = 1.5"
    numeric = "ALTER TABLE industry_businessyear ALTER investment TYPE numeric"
    on([half], [numeric, half])


def number_behind():
    on(
        ["UPDATE sqlite_sequence SET seq = 0 WHERE name = 'industry_business'"],
        ["SELECT setval('industry_business_id_seq', 1, false)"],
    )


def lost_reference():
    on(
        ["PRAGMA defer_foreign_keys=ON", "UPDATE industry_businessyear SET business_id = 999999"],
        [
            "SET CONSTRAINTS ALL DEFERRED",
            "UPDATE industry_businessyear SET business_id = 999999",
        ],
    )


def lost_index():
    sql("DROP INDEX industry_business_nib_once")


def twice_unique():
    lost_index()
    Business.objects.update(nib="9120001234567")


def lost_constraint_row():
    without_checks(
        "UPDATE industry_business SET nib = '12' WHERE name = 'Usaha Bukit'",
        "industry_business",
        "industry_business_nib_digits",
    )


def future_year():
    Business.objects.update(founded_year=2090)


def unknown_choice():
    without_checks(
        "UPDATE industry_business SET status = 'lain'", "industry_business",
        "industry_business_status_known",
    )  # fmt: skip


def foreign_right():
    permission = Permission.objects.get(codename="view_personal_data")
    Group.objects.get(name="Pimpinan").permissions.add(permission)


def own_right():
    user = member("Pimpinan")
    user.user_permissions.add(Permission.objects.get(codename="view_personal_data"))


def two_superusers():
    for name in ("satu", "dua"):
        type(member("Petugas", f"x{name}")).objects.create_superuser(name)


def unsealed_code():
    SecondFactor.objects.create(user=member("Verifikator", "tanpa-kunci"), secret="A" * 32)


def token_of_nothing():
    sql(
        "INSERT INTO audit_savedform (token, model, record, contents, by_id, at) "
        "SELECT 'x', 'industry.business', 999999, '', min(id), '2025-01-01 00:00:00+00' FROM auth_user"
    )


def twin_names():
    KecamatanFactory(name="Balikpapan Uji-Lama")
    KecamatanFactory(name="Balikpapan Ujilama")


def twin_businesses():
    for name in ("Amplang Uji", "AMPLANG-UJI"):
        business = Business(name=name, nik="6471012345678902")
        store(business, by=None, channel="command")


def counted_wrongly():
    upload = Upload.objects.get()
    upload.result["business"]["created"] += 1
    upload.save()


def never_stored():
    Upload.objects.update(status="planned", stored_at=None)


def overlapping_periods():
    on([], ["SET CONSTRAINTS ALL IMMEDIATE"])
    Tariff.no_overlap.remove()
    TariffFactory.create_batch(2, valid_from=datetime.date(2024, 1, 1))


def overdrawn_deposit():
    on([], ["SET CONSTRAINTS ALL IMMEDIATE"])
    Withdrawal.database_rule.remove()
    WithdrawalFactory(kg=251)


def bill_of_another_sum():
    bill = BillFactory(total=500_000)
    BillLineFactory(bill=bill, amount=499_999)


def month_typed_otherwise():
    month = StorageMonthFactory(kg_in=9)
    DepositFactory(chamber=month.chamber)


def stored_without_time():
    Upload.objects.update(stored_at=None)


def working_without_work():
    Upload.objects.update(status="working")


def lost_original():
    (storage.folder(Upload.objects.get().sha256) / "original").unlink()


def flipped_byte():
    path = storage.folder(Upload.objects.get().sha256) / "original"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def orphan_folder():
    storage.keep_original(b"milik siapa")


def orphan_photo():
    name = default_storage.save("foto/yatim.jpg", ContentFile(b"jpeg"))
    os.utime(default_storage.path(name), (0, 0))


def lost_working_file():
    upload = Upload.objects.get()
    working_file.drop(upload, upload.working_sha256)
    Upload.objects.update(status="planned", stored_at=None)


def lost_picture():
    ConditionCheckFactory(photo="foto/hilang.jpg")


DAMAGES = {
    "pictures": lost_picture,
    "trail_protected": lost_trigger,
    "registers_protected": lost_register_trigger,
    "trail_altered": altered_change,
    "trail_added": added_change,
    "trail_rows_missing": dropped_change,
    "chain_altered": altered_link,
    "chain_missing": dropped_link,
    "chain_heads": dropped_all,
    "erasures": hidden_erasure,
    "replay_values": lambda: Business.objects.update(brand="Lain"),
    "replay_version": lambda: Business.objects.update(version=9),
    "replay_archived": lambda: Business.objects.update(archived_at="2025-01-01T00:00Z"),
    "version_gaps": version_gap,
    "before_state": other_before,
    "untraced": lambda: KecamatanFactory(),
    "record_missing": lambda: BusinessYear.objects.all().delete(),
    "trail_times": future_change,
    "migrations": lambda: sql(
        "DELETE FROM django_migrations WHERE name = '0004_provisional_release'"
    ),
    "constraints_present": lost_index,
    "references": lost_reference,
    "conditions": lost_constraint_row,
    "uniqueness": twice_unique,
    "periods": overlapping_periods,
    "stock": overdrawn_deposit,
    "bills": bill_of_another_sum,
    "storage_months": month_typed_otherwise,
    "rules": future_year,
    "choices": unknown_choice,
    "value_types": wrong_type,
    "sums": fraction,
    "numbers_ahead": number_behind,
    "group_rights": foreign_right,
    "own_rights": own_right,
    "second_superuser": two_superusers,
    "sealed_codes": unsealed_code,
    "form_tokens": token_of_nothing,
    "twins": twin_names,
    "business_twins": twin_businesses,
    "upload_counts": counted_wrongly,
    "upload_of_trail": never_stored,
    "upload_times": stored_without_time,
    "upload_work": working_without_work,
}

#: Damages of the folder of uploads, which no transaction takes back.
FILE_DAMAGES = {
    "original_missing": lost_original,
    "original_altered": flipped_byte,
    "upload_orphans": orphan_folder,
    "working_files": lost_working_file,
    "picture_orphans": orphan_photo,
}


def change_closed():
    year = BusinessYear.objects.get()
    change = ChangedRecord(year.pk, year.version, {"workers_total": 3}, {"workers_total": 4}, 0)
    with BulkWriter(ChangeSource("command")) as writer:
        writer.change(BusinessYear, [change])
        # Past the lock that refuses it.
        writer._years.clear()
        writer.finish()


EDITION_DAMAGES = {
    "closed_without_edition": lambda: Edition.objects.update(year=2001),
    "edition_figures": lambda: Edition.objects.update(sha256="0" * 64),
    "provisional_figures": lambda: ProvisionalRelease.objects.create(year=2020, sha256="0" * 64),
    "edition_files": lambda: Edition.objects.update(document="edisi/tidak-ada.pdf"),
    "closed_year_changed": change_closed,
}
