"""Section H: the same twice, two at once, changed meanwhile, the kept file lost."""

import datetime
import re

import pytest
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.intake import storage, working_file
from balikpapan.intake.confirmation import PlanChanged
from balikpapan.intake.models import Upload
from balikpapan.intake.uploads import confirm
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.factories import BusinessFactory, ClosedYearFactory
from tests.intake.importing import hand_in, load, tally
from tests.pages import upload_url
from tests.sheets import delimited, spelled
from tests.trust.outages import press_together
from tests.trust.previews import logged_in, people, press
from tests.trust.verdicts import Case, check_page, checker, fingerprint

real_database = pytest.mark.django_db(transaction=True)


# Twice in one file


NIK = "6471015203900001"
TWICE = [
    pytest.param([["Usaha Satu", "9123456789012", 3], ["Usaha Dua", "9123456789012", 4]], "H", (0, 0, 0, 2, 0), id="case-110-same-nib"),
    pytest.param([["Usaha Satu", "9123456789012", 3], ["USAHA  SATU", "9123456789012", 3]], "I", (1, 0, 0, 0, 1), id="case-110-equal"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "verdict", "counts"), TWICE)
def test_one_identity_twice_in_a_file_is_held_or_taken_once(rows, verdict, counts, desk):
    sheet = [["Nama Usaha", "NIB", "Tenaga Kerja", "Tahun Data"], *([*row, 2024] for row in rows)]

    checked = checker(Case(sheet, verdict), desk)

    assert checked.tally == counts
    assert (
        "double_in_file" in checked.codes or "kembar persis dengan baris 2" in checked.readable_text
    )
    assert (verdict == "H") != (
        "kembar persis"
        in check_page(desk.get(upload_url("change", checked.upload))).partition(
            "Lembar dalam berkas"
        )[2]
    )


def test_the_nib_of_one_with_the_nik_of_another_is_doubtful(desk):
    one = BusinessFactory(name="Amplang Siti", nib="9123456789012")
    other = BusinessFactory(name="Roti Ani", nik=NIK)
    rows = [["Nama Usaha", "NIB", "NIK"], ["Roti Ani", "9123456789012", NIK]]

    checked = checker(Case(rows, "H", ("doubtful_match",)), desk)

    assert one.number in checked.readable_text
    assert other.number in checked.readable_text


def test_only_another_nik_is_a_change_with_a_warning(desk):
    BusinessFactory(name="Amplang Siti", nib="9123456789012", nik=NIK)
    rows = [["Nama Usaha", "NIB", "NIK"], ["Amplang Siti", "9123456789012", NIK[:-1] + "2"]]

    checker(Case(rows, "W", ("other_nik",), tally=(0, 1, 0, 0, 0)), desk)


def test_another_business_of_the_same_person_gets_its_nik_without_a_doubt(desk):
    BusinessFactory(name="Amplang Siti", nib="9123456789012")
    BusinessFactory(name="Roti Siti", nik=NIK)
    rows = [["Nama Usaha", "NIB", "NIK"], ["Amplang Siti", "9123456789012", NIK]]

    checker(Case(rows, "A", tally=(0, 1, 0, 0, 0)), desk)


def test_p08_the_same_file_is_told_with_who_and_when_and_the_same_rows_plan_as_same(desk):
    first = checker(Case(people(3), "A"), desk)
    confirm(first.upload, first.upload.by)

    again = checker(
        Case(lambda: first_bytes(first), "W", ("same_file",), "oleh penguji pada"), desk
    )
    renamed = checker(Case(lambda: delimited(people(3)), "A", name="baru.csv"), desk)
    part = checker(Case(people(2), "A"), desk)

    assert again.tally == renamed.tally == (0, 0, 3, 0, 0)
    assert part.tally == (0, 0, 2, 0, 0)


def first_bytes(checked):
    return storage.original(checked.upload.sha256)


# Two at once


@real_database
def test_of_two_who_confirm_overlapping_files_together_one_gets_a_fresh_preview(typist):
    other = member("Petugas", "petugas-dua")
    hand = [
        (typist, hand_in(people(4), user=typist)),
        (other, hand_in(people(4, 5, start=3), user=other)),
    ]

    results = press_together([lambda u=user, x=upload: confirm(x, u) for user, upload in hand])

    lost = [result for result in results if isinstance(result, PlanChanged)]
    states = sorted(Upload.objects.values_list("status", flat=True))
    assert len(lost) == 1, results
    assert states == ["planned", "stored"]
    assert Business.objects.count() == 4
    waiting = Upload.objects.get(status="planned")
    assert waiting.counts["new"] == 2
    confirm(waiting, waiting.by)
    assert Business.objects.count() == 6
    assert BusinessYear.objects.count() == 6


@real_database
def test_p07_confirm_pressed_six_times_at_once_stores_once(typist):
    upload = hand_in(people(30), user=typist)
    browsers = [logged_in(typist) for _ in range(6)]

    answers = press_together([lambda b=browser: press(b, upload) for browser in browsers])

    assert [answer.status_code for answer in answers] == [302] * 6, answers
    assert Business.objects.count() == 30
    assert Change.objects.filter(model="industry.business").count() == 30
    pages = {check_page(browser.get(answers[0].url)).count("Berhasil.") for browser in browsers}
    assert pages == {1}


def test_p07_back_second_tab_and_next_day_show_the_first_result(petugas):
    upload = hand_in(people(3), user=petugas)
    browser = logged_in(petugas)
    for _ in range(3):
        press(browser, upload)

    page = check_page(browser.get(upload_url("change", upload)))

    assert Business.objects.count() == 3
    assert "3 baru" in page


@pytest.mark.parametrize("act", ["confirm", "answer", "mapping", "held"])
def test_p07_another_users_upload_is_not_there(act, petugas):
    upload = hand_in(people(2), user=petugas)
    stranger = logged_in(member("Petugas", "petugas-dua"))

    assert (
        stranger.post(upload_url(act, upload), {"fingerprint": upload.fingerprint}).status_code
        == 404
    )
    assert Business.objects.count() == 0


# Changed meanwhile


def edit(business, by):
    business.brand = "Merek Baru"
    store(business, by=by, channel=Change.Channel.FORM)


def archive(business, by):
    from django.utils import timezone

    business.archived_at = timezone.now()
    store(business, by=by, channel=Change.Channel.FORM)


def verify(business, by):
    business.status, business.verified_on = "active", datetime.date(2024, 12, 31)
    store(business, by=by, channel=Change.Channel.FORM)


def close_year(business, by):
    ClosedYearFactory(year=2024)


@pytest.mark.parametrize(
    "meanwhile", [edit, archive, verify, close_year], ids=lambda act: f"case-115-{act.__name__}"
)
def test_p15_what_changed_since_the_preview_is_planned_afresh(meanwhile, petugas, verifikator):
    business = BusinessFactory(name=f"Usaha {spelled(1)}", nib="9100000000001")
    upload = hand_in(people(2), user=petugas)
    meanwhile(business, verifikator)
    before = fingerprint()
    browser = logged_in(petugas)

    response = press(browser, upload)

    assert fingerprint() == before
    assert response.status_code == 302
    fresh = Upload.objects.get()
    assert fresh.status == "planned"
    text = check_page(browser.get(response.url))
    assert "Data berubah sejak pratinjau" in text
    if meanwhile is close_year:
        assert fresh.counts["held"] == 2
        assert "Tahun 2024 sudah ditutup" in check_page(browser.get(upload_url("problems", fresh)))
    if meanwhile is archive:
        assert "diarsipkan" in check_page(browser.get(upload_url("problems", fresh)))


def test_who_lost_the_right_meanwhile_stores_nothing(petugas):
    upload = hand_in(people(2), user=petugas)
    browser = logged_in(petugas)
    petugas.groups.clear()

    response = press(browser, upload)

    assert response.status_code == 403
    assert 'lang="id"' in response.content.decode()
    assert Business.objects.count() == 0


def test_whose_login_ended_meanwhile_is_told_and_finds_the_preview_again(petugas):
    upload = hand_in(people(2), user=petugas)
    browser = logged_in(petugas)
    browser.get(upload_url("change", upload))
    session = browser.session
    session["seen"] -= 2 * 60 * 60
    session.save()

    response = press(browser, upload)
    login = check_page(browser.get(response.url))

    assert Upload.objects.get().status == "planned"
    assert Business.objects.count() == 0
    assert "waktu masuk Anda sudah berakhir" in login
    petugas.set_password("kampung-baru-2024")
    petugas.save()
    back = re.search(r'name="next" value="([^"]+)"', login)[1]
    answer = browser.post(
        reverse("admin:login"),
        {"username": petugas.username, "password": "kampung-baru-2024", "next": back},
        follow=True,
    )
    assert "Simpan 2 baris baru" in check_page(answer)
    assert press(browser, upload).status_code == 302
    assert Business.objects.count() == 2


@pytest.mark.parametrize("harm", ["removed", "altered"])
def test_an_original_that_was_removed_or_altered_is_refused(harm, petugas):
    upload = hand_in(people(2), user=petugas)
    file = storage.folder(upload.sha256) / "original"
    file.unlink() if harm == "removed" else file.write_bytes(b"lain")
    browser = logged_in(petugas)

    text = check_page(browser.get(press(browser, upload).url))

    assert Upload.objects.get().status == "refused"
    assert "Unggah berkasnya sekali lagi" in text
    assert Business.objects.count() == 0


@pytest.mark.parametrize("harm", ["removed", "cut", "flipped"])
def test_a_broken_working_file_is_made_again_from_the_original(harm, petugas):
    upload = hand_in(people(2), user=petugas)
    file = working_file.path(upload)
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    {"removed": file.unlink, "cut": lambda: file.write_bytes(content[:50]),
     "flipped": lambda: file.write_bytes(content)}[harm]()  # fmt: skip
    browser = logged_in(petugas)

    press(browser, upload)
    press(browser, Upload.objects.get())

    assert Upload.objects.get().status == "stored"
    assert Business.objects.count() == 2


def test_a_load_of_one_file_is_counted_from_the_database(petugas):
    upload = load(people(5), user=petugas)

    assert tally(upload)[0] == upload.result["business"]["created"] == Business.objects.count()
