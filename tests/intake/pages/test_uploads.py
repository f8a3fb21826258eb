"""From a file to stored rows and back again, as a petugas does it in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.intake.models import Upload
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.factories import BusinessFactory
from tests.intake.importing import hand_in, load
from tests.pages import messages_of, upload_url
from tests.sheets import city_list, xlsx

pytestmark = pytest.mark.django_db

ROWS = [
    ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"],
    ["Amplang Siti", "Siti Contoh", 2024, 3],
    ["Roti Ani", "Ani Contoh", 2024, "lima"],
]


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def give(client, content, name="data.xlsx", register="ikm"):
    content = content if isinstance(content, bytes) else xlsx(content)
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("admin:intake_upload_new", args=[register]), {"file": file}, follow=True
    )


def press(client, upload, **data):
    return client.post(
        upload_url("confirm", upload), {"fingerprint": upload.fingerprint, **data}, follow=True
    )


def test_from_the_file_over_its_questions_to_stored_rows_and_back(typist):
    asked = give(typist, city_list(6))
    upload = Upload.objects.get()
    questions = set(asked.context["form"].fields)
    assert questions == {"year", "unit_0"}

    preview = typist.post(
        upload_url("answer", upload), {"year": "2023", "unit_0": "rupiah"}, follow=True
    )
    upload.refresh_from_db()
    assert preview.context["stores_something"]
    assert not Business.objects.exists()

    result = press(typist, upload)
    assert Business.objects.count() == BusinessYear.objects.count() == 6
    assert result.context["upload"].status == "stored"
    assert result.context["may_undo"]

    lists = typist.get(upload_url("undo", upload))
    assert lists.status_code == 200
    typist.post(upload_url("undo", upload))
    assert Business.objects.kept().count() == 0
    assert Upload.objects.get().status == "undone"


def test_nothing_is_stored_by_looking(typist):
    give(typist, ROWS)
    upload = Upload.objects.get()

    for page in ("change", "problems", "confirm", "answer", "mapping"):
        typist.get(upload_url(page, upload), follow=True)

    assert Upload.objects.get().status == "planned"
    assert not Business.objects.exists()


def test_pressing_twice_stores_once_and_shows_the_first_result(typist):
    give(typist, ROWS)
    upload = Upload.objects.get()

    first, second = press(typist, upload), press(typist, upload)

    assert Business.objects.count() == 1
    assert first.context["upload"].result == second.context["upload"].result


def test_a_plan_that_changed_is_shown_afresh_and_not_stored(typist, verifikator):
    give(typist, ROWS)
    upload = Upload.objects.get()
    other = Business(name="Amplang Siti", owner_name="Siti Contoh")
    store(other, by=verifikator, channel=Change.Channel.FORM)

    response = press(typist, upload)

    assert BusinessYear.objects.count() == 0
    assert "berubah" in " ".join(messages_of(response))
    assert response.context["upload"].counts["changed"] == 1
    press(typist, Upload.objects.get())
    assert BusinessYear.objects.get().business == other


def test_an_old_preview_of_other_answers_cannot_be_stored(typist):
    give(typist, ROWS)
    upload = Upload.objects.get()
    upload.fingerprint = "0" * 64

    response = press(typist, upload)

    assert not Business.objects.exists()
    assert "berubah" in " ".join(messages_of(response))


@pytest.mark.parametrize("page", ["answer", "mapping", "confirm"])
def test_another_persons_upload_cannot_be_worked_on(client, petugas, page):
    upload = hand_in(ROWS, user=petugas)
    client.force_login(member("Petugas", "petugas-lain"))

    response = client.post(upload_url(page, upload), {"fingerprint": upload.fingerprint})

    assert response.status_code == 404
    assert not Business.objects.exists()


@pytest.mark.parametrize("page", ["change", "confirm", "problems", "undo", "file"])
def test_an_upload_that_is_not_there_is_not_there(typist, page):
    response = typist.get(reverse(f"admin:intake_upload_{page}", args=[999]))

    assert response.status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_reaches_no_page_of_an_upload(client, petugas, method):
    upload = hand_in(ROWS, user=petugas)

    for page in ("change", "answer", "mapping", "confirm", "problems", "undo", "file"):
        response = getattr(client, method)(upload_url(page, upload))

        assert response.status_code == 302
        assert reverse("admin:login") in response["Location"]


@pytest.mark.parametrize(
    ("group", "status"),
    [("Petugas", 403), ("Verifikator", 200), ("Pimpinan", 403), ("Administrator", 403)],
)
def test_who_may_take_back_what_another_one_stored(client, petugas, group, status):
    upload = load(ROWS, user=petugas)
    client.force_login(member(group, "orang-lain"))

    assert client.get(upload_url("undo", upload)).status_code == status
    assert client.post(upload_url("undo", upload)).status_code == (302 if status == 200 else 403)


def test_an_upload_that_needs_an_answer_is_not_stored_by_pressing(typist):
    give(typist, [["Nama Usaha", "Tenaga Kerja"], ["Amplang", 3]])
    upload = Upload.objects.get()

    response = press(typist, upload)

    assert response.status_code == 200
    assert not Business.objects.exists()


def test_a_refused_file_says_why_and_cannot_be_stored(typist):
    response = give(typist, b"%PDF-1.7", name="data.pdf")
    upload = Upload.objects.get()

    assert upload.status == "refused"
    assert upload.reason[:30] in response.content.decode()
    assert press(typist, upload).status_code == 200
    assert not Business.objects.exists()


def test_one_file_at_a_time(typist):
    files = [SimpleUploadedFile(name, xlsx(ROWS)) for name in ("a.xlsx", "b.xlsx")]

    response = typist.post(reverse("admin:intake_upload_new", args=["ikm"]), {"file": files})

    assert "satu berkas saja" in response.content.decode()
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(typist, settings):
    settings.UPLOAD_MAX_MIB = 0

    response = give(typist, ROWS)

    assert "lebih besar dari 0 MiB" in response.content.decode()
    assert not Upload.objects.exists()


def test_the_meaning_of_a_column_can_be_corrected_and_is_remembered(typist):
    rows = [["Nama Usaha", "Ciri", "Tahun Data", "TK"], ["Amplang Siti", "Siti", 2024, 3]]
    give(typist, rows)
    upload = Upload.objects.get()
    form = typist.get(upload_url("change", upload)).context["mapping_form"]
    chosen = {name: field.initial for name, field in form.fields.items()}
    [brand] = [name for name, field in form.fields.items() if "Ciri" in field.label]

    typist.post(upload_url("mapping", upload), {**chosen, brand: "brand"})
    press(typist, Upload.objects.get())
    give(typist, [rows[0], ["Roti Ani", "Ani", 2024, 5]])
    press(typist, Upload.objects.first())

    assert list(Business.objects.order_by("id").values_list("brand", flat=True)) == ["Siti", "Ani"]


def test_a_file_without_headings_is_asked_about_every_time(typist):
    def rows(*names):
        return [
            [name, f"Pemilik {name}", 3, 5_000_000 + number, 9_000_000 + number]
            for number, name in enumerate(names)
        ]

    give(typist, rows("Amplang Siti", "Roti Ani", "Batik Rumi", "Kue Dewi"))
    first = Upload.objects.get()
    assert first.status == "needs_answer"
    form = typist.get(upload_url("change", first)).context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()}
    typist.post(upload_url("answer", first), {**data, "year": "2024"})
    first.refresh_from_db()
    if first.status == "needs_answer":  # the unit of the columns now known
        form = typist.get(upload_url("change", first)).context["form"]
        data = {name: field.initial or "" for name, field in form.fields.items()}
        typist.post(upload_url("answer", first), {**data, "year": "2024"})
        first.refresh_from_db()
    press(typist, first)
    assert Business.objects.count() == 4

    give(typist, rows("Tempe Joko", "Mebel Yani", "Sasirangan Lia", "Rotan Bayu"))

    assert "columns" in {question["key"] for question in Upload.objects.first().questions}


def test_storing_without_the_bad_cells_is_a_choice(typist):
    give(typist, ROWS)
    upload = Upload.objects.get()

    typist.post(upload_url("answer", upload), {"bad_cells": "blank"})
    press(typist, Upload.objects.get())

    assert Business.objects.count() == 2
    assert BusinessYear.objects.get().workers_total == 3


def test_every_group_of_a_preview_can_be_paged_through(typist):
    rows = [ROWS[0], *([f"Usaha {chr(97 + n % 26) * 3} {n}", None, 2024, n] for n in range(120))]
    give(typist, rows)
    upload = Upload.objects.get()

    for page in ("1", "2", "3", "99", "x", "-1", "0", "1" * 30):
        response = typist.get(upload_url("change", upload), {"kelompok": "new", "hal": page})

        assert response.status_code == 200
        assert len(response.context["listing"]["rows"]) in (50, 20)


def test_changed_cells_are_shown_old_and_new(typist):
    business = BusinessFactory(name="Amplang Siti", brand="Siti")
    rows = [["Nomor Register", "Nama Usaha", "Merek"], [business.number, "Amplang Siti", "Baru"]]

    page = give(typist, rows).content.decode()

    assert "Siti</span>" in page
    assert "Baru</span>" in page


def test_a_held_row_says_why_and_where(typist):
    response = give(typist, ROWS)
    upload = Upload.objects.get()

    page = typist.get(upload_url("change", upload), {"kelompok": "held"}).content.decode()

    assert response.status_code == 200
    assert "baris 3, kolom D «Tenaga Kerja»" in page


def test_p12_the_file_comes_back_as_it_was(typist):
    content = xlsx(ROWS)
    give(typist, content)

    response = typist.post(
        upload_url("file", Upload.objects.get()), {"purpose": "memeriksa berkas"}
    )

    assert response.content == content
    assert "attachment" in response["Content-Disposition"]
