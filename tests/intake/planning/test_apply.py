"""What a confirmed upload leaves behind: all of it or nothing, once, traced, and nothing erased."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.audit import bulk
from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.store import store
from balikpapan.intake import storage, uploads
from balikpapan.intake.answers import Answers
from balikpapan.intake.models import SavedMapping, Upload
from balikpapan.intake.uploads import PlanChanged, confirm
from balikpapan.regions.models import Kecamatan, Kelurahan
from industry.models import Business, BusinessYear, Revenue
from tests.factories import BusinessFactory, BusinessYearFactory, ClosedYearFactory, RevenueFactory
from tests.intake.importing import hand_in, load, look, problems_of, tally
from tests.sheets import delimited, xlsx
from tests.trust.steps import at_step

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Nama Pemilik", "No. HP", "Tahun Data", "Tenaga Kerja"]


def businesses(count, workers=3):
    return [
        HEADING,
        *(
            [f"Usaha {letters(n)}", f"Pemilik {letters(n)}", f"08125550{n:04}", 2024, workers]
            for n in range(count)
        ),
    ]


def letters(number):
    return "".join("bcdfghjklm"[int(digit)] * 2 for digit in f"{number:03}")


# Completely or not at all


def break_down():
    raise RuntimeError("cakram penuh")


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("balikpapan.intake.confirmation:make_ready", id="before the transaction"),
        pytest.param("staged:industry_business", id="the first business is prepared"),
        pytest.param("staged:audit_change", id="their trail is prepared"),
        pytest.param("staged:industry_businessyear", id="the figures are prepared"),
        pytest.param("balikpapan.intake.confirmation:carry_out", id="the start"),
        pytest.param("written:industry_business", id="the businesses"),
        pytest.param("written:audit_change", id="their trail"),
        pytest.param("written:industry_businessyear", id="the figures"),
    ],
)
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_an_upload_that_breaks_anywhere_leaves_nothing(petugas, step, before):
    upload = hand_in(businesses(3), user=petugas)

    with at_step(step, break_down, before=before), pytest.raises(RuntimeError):
        confirm(upload, petugas)

    assert Business.objects.count() == BusinessYear.objects.count() == 0
    assert Change.objects.count() == 0
    assert Upload.objects.get().status == "planned"


def test_an_upload_that_breaks_at_its_very_end_leaves_nothing(petugas, monkeypatch):
    upload = hand_in(businesses(3), user=petugas, mapping={"Nama Usaha": "name"})

    monkeypatch.setattr(SavedMapping, "save", lambda *args, **kwargs: break_down())
    with pytest.raises(RuntimeError):
        confirm(upload, petugas)

    assert Business.objects.count() == Change.objects.count() == 0
    assert Upload.objects.get().status == "planned"


def test_an_upload_that_once_broke_can_be_confirmed_again(petugas):
    upload = hand_in(businesses(3), user=petugas)
    step = "written:industry_businessyear"
    with at_step(step, break_down, before=True), pytest.raises(RuntimeError):
        confirm(upload, petugas)

    confirm(Upload.objects.get(), petugas)

    assert Business.objects.count() == 3


def test_it_is_refused_where_the_database_does_not_hold_what_was_planned(petugas, monkeypatch):
    upload = hand_in(businesses(3), user=petugas)
    lost = bulk.insert_rows

    def lose_one(table, columns, rows):
        loses = table.endswith(BusinessYear._meta.db_table)
        lost(table, columns, list(rows)[1:] if loses else rows)

    monkeypatch.setattr(bulk, "insert_rows", lose_one)
    with pytest.raises(PlanChanged):
        confirm(upload, petugas)

    assert Upload.objects.get().status == "planned"
    assert Business.objects.count() == 0


# Once


def test_confirming_twice_stores_once(petugas):
    upload = hand_in(businesses(3), user=petugas)
    second_tab = Upload.objects.get()

    first = confirm(upload, petugas)
    second = confirm(second_tab, petugas)

    assert Business.objects.count() == 3
    assert (first.status, first.result) == (second.status, second.result)


def test_an_upload_that_is_still_asked_about_cannot_be_confirmed(petugas):
    sheet = xlsx([["Nama Usaha", "Tenaga Kerja"], ["Amplang Siti", 3]])
    upload, _ = uploads.receive("ikm", sheet, "data.xlsx", Answers(), petugas)

    confirm(upload, petugas)

    assert upload.status == "needs_answer"
    assert Business.objects.count() == 0


def test_p13_a_file_that_was_swapped_after_the_preview_is_not_stored(petugas):
    upload = hand_in(businesses(3), user=petugas)
    (storage.folder(upload.sha256) / "original").write_bytes(b"lain")

    with pytest.raises(PlanChanged):
        confirm(upload, petugas)

    assert Business.objects.count() == 0
    assert Upload.objects.get().status == "refused"


def test_the_same_file_again_is_noticed_and_changes_nothing(petugas):
    content = xlsx(businesses(3))
    load(content, user=petugas)

    resaved = look(delimited(businesses(3)), user=petugas, name="data.csv")
    again = hand_in(content, user=petugas)

    assert tally(resaved) == (0, 0, 3, 0, 0)
    assert again.problem_counts["warning"] == 1
    assert confirm(again, petugas).status == "stored"
    assert Business.objects.count() == 3


# What was previewed is what is stored


def test_p15_a_newer_edit_is_never_overwritten(petugas, verifikator):
    business = BusinessFactory(name="Amplang Siti", phone="081255500001")
    rows = [
        ["Nomor Register", "Nama Usaha", "No. HP"],
        [business.number, "Amplang", "0811222333"],
    ]
    upload = hand_in(rows, user=petugas)
    business.phone = "081299900009"
    store(business, by=verifikator, channel=Change.Channel.FORM)

    with pytest.raises(PlanChanged):
        confirm(upload, petugas)

    business.refresh_from_db()
    assert (business.name, business.phone) == ("Amplang Siti", "081299900009")
    fresh = Upload.objects.get()
    assert (fresh.status, fresh.counts["changed"]) == ("planned", 1)
    assert confirm(fresh, petugas).status == "stored"


def test_p15_a_record_typed_meanwhile_makes_the_plan_fresh(petugas, verifikator):
    upload = hand_in([["Nama Usaha", "Pemilik"], ["Amplang Siti", "Siti"]], user=petugas)
    store(
        Business(name="Amplang Siti", owner_name="Siti"),
        by=verifikator,
        channel=Change.Channel.FORM,
    )

    with pytest.raises(PlanChanged):
        confirm(upload, petugas)

    assert Business.objects.count() == 1
    assert Upload.objects.get().counts["same"] == 1


def test_a_year_closed_meanwhile_refuses_the_figures(petugas):
    upload = hand_in(businesses(2), user=petugas)
    ClosedYearFactory(year=2024)

    with pytest.raises(PlanChanged):
        confirm(upload, petugas)

    assert BusinessYear.objects.count() == 0
    assert Upload.objects.get().counts["held"] == 2


def test_figures_of_a_closed_year_are_held_and_those_of_an_open_one_stored():
    ClosedYearFactory(year=2023)
    rows = [HEADING, ["Amplang", "Siti", None, 2023, 3], ["Roti", "Ani", None, 2024, 3]]

    outcome = look(rows)

    assert tally(outcome) == (1, 0, 0, 1, 0)
    [problem] = problems_of(outcome, "closed_year")
    assert (problem.row, problem.field) == (2, "year")


def test_a_reopened_year_takes_figures_again():
    closed = ClosedYearFactory(year=2024)
    ClosedYear.objects.filter(pk=closed.pk).update(archived_at=datetime.datetime.now(datetime.UTC))

    assert tally(look(businesses(1))) == (1, 0, 0, 0, 0)


# Traced


def test_every_record_has_one_trace_with_user_door_sheet_and_row(petugas):
    upload = load(businesses(2), user=petugas)

    trail = Change.objects.filter(model="industry.business").order_by("row")
    assert [(c.by, c.channel, c.upload, c.sheet, c.row, c.version) for c in trail] == [
        (petugas, "upload", upload.pk, "Data", row, 1) for row in (2, 3)
    ]
    assert set(trail.values_list("record", flat=True)) == set(
        Business.objects.values_list("id", flat=True)
    )
    assert Change.objects.filter(model="industry.businessyear").count() == 2


def test_a_change_is_traced_with_old_and_new_values_and_the_next_version(petugas):
    business = BusinessFactory(name="Amplang Siti", brand="Siti")

    load([["Nomor Register", "Nama Usaha", "Merek"], [business.number, "Amplang", "Siti Jaya"]])

    change = Change.objects.get()
    business.refresh_from_db()
    assert change.before == {"name": "Amplang Siti", "brand": "Siti"}
    assert change.after == {"name": "Amplang", "brand": "Siti Jaya"}
    assert change.version == business.version == 2


def test_the_result_counts_what_the_database_holds(petugas):
    upload = load(businesses(4), user=petugas)

    assert upload.result == {
        "business": {"created": 4, "changed": 0},
        "businessyear": {"created": 4, "changed": 0},
    }
    assert upload.counts["new"] == Business.objects.count() == 4


# Blank never erases


@pytest.mark.parametrize("blank", [None, "", "-", " ", "n/a", "belum", "tidak ada"])
def test_a_blank_cell_keeps_what_is_stored(blank):
    business = BusinessFactory(owner_name="Siti Contoh", brand="Siti")
    BusinessYearFactory(business=business, year=2024, workers_total=3, investment=50_000_000)
    heading = ["Nomor Register", "Nama Usaha", "Merek", "Tahun Data", "Nilai Investasi (Rp)"]

    outcome = look([heading, [business.number, business.name, blank, 2024, blank]])

    assert tally(outcome) == (0, 0, 1, 0, 0)


def test_kosongkan_empties_a_cell_and_is_shown_as_an_erasure():
    business = BusinessFactory(brand="Siti", founded_year=2019)
    BusinessYearFactory(business=business, year=2024, investment=50_000_000)
    heading = ["Nomor Register", "Merek", "Tahun Berdiri", "Tahun Data", "Nilai Investasi (Rp)"]
    gone = "(kosongkan)"
    rows = [["Nama Usaha", *heading], [business.name, business.number, gone, gone, 2024, gone]]

    outcome = look(rows)
    load(rows)

    assert {name: new for name, _, new in outcome.plan.differences[0]} == {
        "brand": "",
        "founded_year": None,
        "investment": None,
    }
    business.refresh_from_db()
    assert (business.brand, business.founded_year) == ("", None)
    assert business.years.get().investment is None


def test_a_name_cannot_be_emptied():
    business = BusinessFactory()

    outcome = look([["Nomor Register", "Nama Usaha"], [business.number, "(kosongkan)"]])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert problems_of(outcome, "missing_name")


def test_zero_is_stored_as_zero():
    load([[*HEADING[:1], *HEADING[3:]], ["Amplang", 2024, 0]])

    assert BusinessYear.objects.get().workers_total == 0


# Rows whose year nobody knows


@pytest.mark.parametrize(
    ("register", "rows"),
    [
        ("ikm", [["Nama Usaha", "Tahun Data", "TK"], ["Amplang", None, 3], ["Roti", 2024, 3]]),
        (
            "pad",
            [
                ["Sumber Penerimaan", "Tahun", "Target (Rp)"],
                ["Sewa", None, 3_000_000],
                ["Retribusi", 2024, 3_000_000],
            ],
        ),
    ],
)
def test_figures_without_a_year_are_held_not_guessed_and_never_a_crash(register, rows):
    upload = load(rows, register)

    assert tally(upload) == (1, 0, 0, 1, 0)
    assert BusinessYear.objects.count() + Revenue.objects.count() == 1


# Rights within an upload


def test_p35_a_verifikator_changes_but_adds_nothing(verifikator):
    business = BusinessFactory(brand="Siti")
    heading = ["Nomor Register", "Nama Usaha", "Merek"]
    rows = [heading, [business.number, business.name, "Baru"], [None, "Usaha Baru", "Lain"]]

    outcome = look(rows, user=verifikator)

    assert tally(outcome) == (0, 1, 0, 1, 0)
    assert problems_of(outcome, "not_allowed")[0].row == 3


# The work does not grow with the rows


@pytest.mark.parametrize("register", ["ikm", "pad"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(register, petugas):
    def sheet(count):
        if register == "ikm":
            return businesses(count)
        heading = ["Sumber Penerimaan", "Tahun", "Target (Rp)"]
        return [heading, *([f"Sumber {letters(n)}", 2024, 5_000_000] for n in range(count))]

    def work(count):
        with CaptureQueriesContext(connection) as planning:
            upload = hand_in(sheet(count), register, petugas)
        with CaptureQueriesContext(connection) as storing:
            confirm(upload, petugas)
        with CaptureQueriesContext(connection) as again:
            hand_in(sheet(count), register, petugas)
        return len(planning), len(storing), len(again)

    work(2)  # content types and permissions are cached from here on

    assert work(5) == work(50)


def test_a_stored_target_is_found_again_by_its_key():
    RevenueFactory(source_name="Sewa unit", target=100_000_000, realised=90_000_000, year=2024)
    heading = ["Sumber Penerimaan", "Tahun", "Target (Rp)", "Realisasi (Rp)"]

    outcome = look([heading, ["sewa  UNIT", 2024, 100_000_000, 95_000_000]], "pad")

    assert tally(outcome) == (0, 1, 0, 0, 0)


def test_a_new_record_of_several_rows_is_listed_in_the_earliest_year_and_lies_in_its_kelurahan(
    reference,
):
    ward = Kelurahan.objects.earliest("code")
    district = Kecamatan.objects.exclude(pk=ward.kecamatan_id).latest("code")
    heading = ["Nama Usaha", "NIB", "Kelurahan", "Kecamatan", "Tahun Data", "Tenaga Kerja"]
    business = ["Amplang Siti", "1234567890123"]

    load(
        [
            heading,
            [*business, None, district.name, 2024, 3],
            [*business, ward.name, None, 2022, 2],
        ]
    )

    stored = Business.objects.get()
    assert stored.listed_year == 2022
    assert (stored.kelurahan, stored.kecamatan) == (ward, ward.kecamatan)


def test_figures_of_a_new_year_differ_by_what_their_row_says_alone():
    load([HEADING, ["Amplang Siti", "Siti", "081255500001", 2023, 2]])

    outcome = look([HEADING, ["Amplang Siti", "Siti", "081255500001", 2024, 3]])

    assert sorted(name for name, _, _ in outcome.plan.differences[0]) == ["workers_total", "year"]
