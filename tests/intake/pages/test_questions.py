"""The page on which a petugas answers what only he can know about his file."""

import html

import pytest

from balikpapan.intake import pipeline
from balikpapan.intake.answers import Answers
from balikpapan.intake.models import SavedMapping, Upload
from balikpapan.intake.pages import samples, words
from balikpapan.intake.pipeline import examine
from balikpapan.intake.uploads import answer, receive
from balikpapan.spreadsheets.opening.open import opened_workbook
from tests.cast import member
from tests.factories import ChamberFactory
from tests.pages import upload_url
from tests.sheets import workbook, xlsx

pytestmark = pytest.mark.django_db

HEADLESS = [
    ["Amplang Siti", "Siti Contoh", 3, 15_000_000, 25_000_000],
    ["Roti Ani", "Ani Contoh", 2, 7_500_000, 9_000_000],
    ["Batik Rumi", "Rumi Contoh", 4, 30_000_000, 60_000_000],
    ["Tahu Joko", "Joko Contoh", 2, 12_000_000, 20_000_000],
]


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def _never(*args):
    raise AssertionError("The file is read once more.")


@pytest.fixture
def asked(typist, petugas):
    """Hands a sheet in; gives what its page asks."""

    def ask(rows, **answers):
        content = rows if isinstance(rows, bytes) else xlsx(rows)
        upload, _ = receive("ikm", content, "data.xlsx", Answers(**answers), petugas)
        return html.unescape(typist.get(upload_url("change", upload)).content.decode())

    return ask


def test_columns_without_headings_are_asked_with_the_reason_and_what_they_hold(asked):
    text = asked(HEADLESS)

    assert "Lembar «Data» tidak punya judul kolom. Tentukan isi tiap kolom." in text
    assert 'Isinya: "Amplang Siti", "Roti Ani", "Batik Rumi"<' in text
    assert 'Isinya: "3", "2", "4"<' in text


@pytest.mark.parametrize(
    ("headings", "proposed"),
    [
        (["Sebutan", "Isi", "Letak", "Warna"], "A=name, B=products, C=address, D=capacity_unit"),
        (["Sebutan", "Isi", "Letak", "Alamat"], "A=name, B=products, C=address"),
        (["Sebutan", "Isi", "Alamat", "Letak"], "A=name, B=products, C=address"),
    ],
    ids=["all unknown", "known later", "known earlier"],
)
def test_no_two_columns_are_proposed_as_the_same_and_none_as_nothing(headings, proposed):
    words = zip(("Mawar", "Melati", "Anggrek", "Dahlia"), ("kg", "pak", "dus", "kg"), strict=True)
    rows = [
        [
            f"UD {word}",
            f"Amplang {word}",
            f"Jl. {word}",
            unit if headings[3] == "Warna" else f"Gg. {word} 2",
        ]
        for word, unit in words
    ]

    outcome = examine("ikm", xlsx([headings, *rows]), "data.xlsx", Answers())

    [question] = outcome.questions
    assert question.suggestion == proposed


def test_a_number_of_a_person_is_no_sample(asked):
    rows = [[*row, f"647101410180000{number}"] for number, row in enumerate(HEADLESS, 1)]

    text = asked(rows)

    assert "647101410180000" not in text
    assert '0001", ' in text


def test_a_file_is_not_opened_again_for_samples(typist, petugas, monkeypatch):
    upload, _ = receive("ikm", xlsx(HEADLESS), "data.xlsx", Answers(), petugas)
    monkeypatch.setattr(pipeline, "opened_workbook", _never)

    text = html.unescape(typist.get(upload_url("change", upload)).content.decode())

    assert 'Isinya: "Amplang Siti", "Roti Ani", "Batik Rumi"<' in text


def test_samples_are_gone_once_the_columns_are_answered(petugas):
    upload, _ = receive("ikm", xlsx(HEADLESS), "data.xlsx", Answers(), petugas)
    mapping = {"A": "name", "B": "owner_name", "C": "workers_total"}

    answer(upload, Answers(mapping=mapping, year=2024), petugas)

    assert upload.status == upload.Status.PLANNED
    assert samples.samples_of(upload, petugas) == {}


@pytest.mark.parametrize("saved", [False, True], ids=["no saved mapping", "a saved mapping"])
def test_a_file_is_opened_once(petugas, monkeypatch, saved):
    rows = [["Nama Usaha", "Thn Buka"], ["Amplang Siti", 1999]]
    if saved:
        upload, outcome = receive("ikm", xlsx(rows), "data.xlsx", Answers(), petugas)
        SavedMapping.objects.create(
            register="ikm", headings=outcome.headings, mapping={"Thn Buka": "founded_year"}
        )
    opened = []
    monkeypatch.setattr(
        pipeline, "opened_workbook", lambda *args: opened.append(args) or opened_workbook(*args)
    )

    outcome = examine("ikm", xlsx(rows), "data.xlsx", Answers())

    assert len(opened) == 1
    fields = {column.field for table in outcome.layout.tables for column in table.columns}
    assert ("founded_year" in fields) is saved


def test_who_may_not_see_personal_data_gets_no_samples(petugas):
    upload, _ = receive("ikm", xlsx(HEADLESS), "data.xlsx", Answers(), petugas)

    assert samples.samples_of(upload, petugas)
    assert samples.samples_of(upload, member("Pimpinan")) == {}


def test_two_columns_of_one_meaning_are_asked_by_the_name_of_the_column(asked):
    heading = ["Nama Usaha", "Tahun Data", "Tenaga Kerja", "Jumlah Tenaga Kerja"]

    text = asked([heading, ["Amplang Siti", 2024, 3, 4]])

    assert "sama-sama berarti «Tenaga Kerja (Orang)». Pilih satu." in text
    assert "workers_total." not in text
    assert 'Isinya: "4"<' in text


def test_a_silent_money_column_is_asked_with_the_size_of_its_amounts(asked):
    heading = ["Nama Usaha", "Tahun Data", "Nilai Investasi"]

    text = asked([heading, ["Amplang", 2024, 15_000], ["Roti", 2024, 9_000], ["Tahu", 2024, 1]])

    assert "«Nilai Investasi» tidak menyebut satuan uang, dan isinya sekitar 9.000." in text


def test_silent_money_columns_asked_together_name_the_smallest_size(asked):
    heading = ["Nama Usaha", "Tahun Data", "Nilai Investasi", "Nilai Produksi"]

    text = asked([heading, ["Amplang", 2024, 15_000, 90_000]])

    assert "«Nilai Investasi», «Nilai Produksi» tidak menyebut satuan uang" in text
    assert "isinya mulai sekitar 15.000." in text


def test_a_money_column_without_a_heading_is_called_by_its_meaning(asked):
    mapping = {"A": "name", "B": "owner_name", "C": "workers_total", "D": "investment", "E": ""}

    text = asked(HEADLESS, mapping=mapping)

    assert "Kolom D (Nilai Investasi) tidak menyebut satuan uang" in text


def test_problems_stand_in_the_order_of_the_sheets(typist, petugas):
    heading = ["Nama Usaha", "Tahun Data", "Tenaga Kerja"]
    sheets = {name: [heading, ["Usaha", 2024, "lima"]] for name in ("Timur", "Barat")}
    upload, _ = receive("ikm", workbook(sheets), "data.xlsx", Answers(), petugas)

    listing = typist.get(upload_url("problems", upload)).context["listing"]

    places = [problem["message"].partition(",")[0] for problem in listing["problems"]]
    assert places == ["Lembar «Timur»", "Lembar «Barat»"]


# Questions with closed options

MONTHLY = [["Nama Usaha", "Tahun", "Omzet per Bulan (Rp)"], ["Amplang", 2024, 5_000_000]]
DAILY = [["Nama Usaha", "Tahun", "Omzet per hari (Rp)"], ["Amplang", 2024, 5_000]]
WORKERS = [["Nama Usaha", "Tahun", "TK L", "TK P"], *([f"Usaha {n}", 2024, None, 2] for n in "AB")]
ZEROS = [
    ["Nama Usaha", "Tahun", "TK", "Investasi (Rp)"],
    *([f"Usaha {n}", 2024, 0, 0] for n in "AB"),
]
OWNED = ["Nama Usaha", "Nama Pemilik", "Tahun", "Investasi (Rp)"]
SHEETS = workbook(
    {
        "final": [OWNED, ["Amplang", "Siti", 2024, 5], ["Roti", "Ani", 2024, 6]],
        "makanan": [OWNED, ["Amplang", "Siti", 2024, 7], ["Roti", "Ani", 2024, 6]],
    }
)


@pytest.mark.parametrize(
    ("rows", "given", "chosen"),
    [
        pytest.param(MONTHLY, {"period_bulan": "x12"}, {"period:bulan": "x12"}, id="times 12"),
        pytest.param(MONTHLY, {"period_bulan": "leave"}, {"period:bulan": "leave"}, id="left out"),
        pytest.param(
            DAILY, {"period_hari": "xHARI", "period_hari_days": "300"}, {"period:hari": "x300"},
            id="working days",
        ),
        *(
            pytest.param(WORKERS, {"workers": option}, {"workers": option}, id=f"workers {option}")
            for option in ("total", "zero", "leave")
        ),
        pytest.param(ZEROS, {"zeros": "zero"}, {"zeros": "zero"}, id="zeros are zeros"),
        pytest.param(ZEROS, {"zeros": "blank"}, {"zeros": "blank"}, id="zeros are unknown"),
        pytest.param(SHEETS, {"sheets": "main"}, {"sheets": "main"}, id="main sheet"),
        pytest.param(SHEETS, {"sheets": "all"}, {"sheets": "all"}, id="all sheets"),
    ],
)  # fmt: skip
def test_a_question_is_answered_on_the_page_by_one_of_its_options(
    typist, asked, rows, given, chosen
):
    text = asked(rows)
    upload = Upload.objects.get()
    [about] = [question["about"] for question in upload.questions]

    typist.post(upload_url("answer", upload), given)

    upload.refresh_from_db()
    assert about in text
    assert (upload.status, upload.answers["chosen"]) == ("planned", chosen)


@pytest.mark.parametrize(
    ("rows", "given", "message"),
    [
        pytest.param(WORKERS, {}, "Pilih salah satu.", id="nothing chosen"),
        pytest.param(WORKERS, {"workers": "both"}, "both", id="no such option"),
        pytest.param(DAILY, {"period_hari": "xHARI"}, "Isi banyaknya hari kerja", id="no days"),
        pytest.param(
            DAILY, {"period_hari": "xHARI", "period_hari_days": "400"}, "366", id="too many days"
        ),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_asked_again(typist, asked, rows, given, message):
    asked(rows)
    upload = Upload.objects.get()

    text = html.unescape(typist.post(upload_url("answer", upload), given).content.decode())

    upload.refresh_from_db()
    assert message in text
    assert upload.status == "needs_answer"


# Words

TYPED = [
    ["Nama Usaha", "Jenis Kelamin"],
    ["Amplang", "Lakilaki2"],
    ["Roti", "cowok"],
    ["Kue", "cowok"],
]


@pytest.fixture
def worded(typist, petugas):
    """An upload with two unknown words, planned."""
    return receive("ikm", xlsx(TYPED), "data.xlsx", Answers(), petugas)[0]


def test_the_preview_leads_to_the_page_of_words(typist, worded):
    text = html.unescape(typist.get(upload_url("change", worded)).content.decode())

    assert "2 kata pada kolom «Jenis Kelamin» belum dikenal (3 baris)" in text
    assert upload_url("words", worded) in text


def test_every_word_stands_there_with_its_rows_and_its_suggestion_chosen(typist, worded):
    text = html.unescape(typist.get(upload_url("words", worded)).content.decode())

    assert "cowok" in text
    assert "Data!3, Data!4" in text
    assert '<option value="Laki-laki" selected>' in text


def test_words_are_answered_once_for_all_their_rows(typist, worded):
    fields = {word["word"]: f"word_{n}" for n, word in enumerate(worded.questions[0]["words"])}

    typist.post(
        upload_url("words", worded),
        {fields["cowok"]: "Laki-laki", fields["Lakilaki2"]: "(kosongkan)"},
    )

    worded.refresh_from_db()
    assert (worded.questions, worded.counts["new"], worded.counts["held"]) == ([], 3, 0)
    assert worded.answers["values"] == {
        "owner_gender:cowok": "Laki-laki", "owner_gender:lakilaki2": "",
    }  # fmt: skip


def test_a_word_may_wait(typist, worded):
    typist.post(upload_url("words", worded), {"word_0": "Laki-laki"})

    worded.refresh_from_db()
    assert len(worded.questions[0]["words"]) == 1


def test_a_meaning_that_is_not_on_the_list_is_refused(typist, worded):
    text = typist.post(upload_url("words", worded), {"word_0": "Jantan"}).content.decode()

    worded.refresh_from_db()
    assert "Jantan" in text
    assert worded.answers["values"] == {}


def test_words_of_a_long_list_are_typed_with_its_words_on_offer(typist, petugas, monkeypatch):
    monkeypatch.setattr(words, "LONGEST_DROP_DOWN", 1)
    upload, _ = receive("ikm", xlsx(TYPED), "data.xlsx", Answers(), petugas)

    page = typist.get(upload_url("words", upload)).content.decode()
    refused = typist.post(upload_url("words", upload), {"word_0": "Jantan"}).content.decode()
    typist.post(upload_url("words", upload), {"word_0": "laki-laki", "word_1": "(kosongkan)"})

    upload.refresh_from_db()
    assert '<datalist id="kata-owner_gender">' in page
    assert "Jantan tidak dikenal kolom Jenis Kelamin." in refused
    assert upload.counts["held"] == 0


def test_words_are_answered_by_the_uploader_alone(client, worded):
    client.force_login(member("Verifikator"))

    assert client.get(upload_url("words", worded)).status_code == 404


def test_a_file_without_unknown_words_has_no_page_of_them(typist, petugas):
    upload, _ = receive(
        "ikm", xlsx([["Nama Usaha", "NIB"], ["A", None]]), "d.xlsx", Answers(), petugas
    )

    assert typist.get(upload_url("words", upload)).status_code == 302


YEARS = [
    ["REALISASI SEWA GUDANG UJI"],
    ["Tahun", "Target (Rp)", "Realisasi (Rp)"],
    [2019, 2_000, 1_500],
    [2020, 2_000, 1_800],
]
MONTHS = [["COLD STORAGE TAHUN 2024"], ["Bulan", "Masuk (kg)"], ["Januari", 100], ["Mei", 50]]


@pytest.mark.parametrize(
    ("register", "rows", "answered", "shown"),
    [
        ("pad", YEARS, {"stated_source_name": "Sewa kios"}, 'value="SEWA GUDANG UJI"'),
        ("cold-storage", MONTHS, {"stated_chamber": "Ruang Uji"}, ">Ruang Uji</option>"),
    ],
)
def test_what_a_list_leaves_to_its_title_is_typed_or_chosen_once(
    typist, petugas, register, rows, answered, shown
):
    ChamberFactory(name="Ruang Uji")
    ChamberFactory(name="Ruang lain")
    upload, _ = receive(register, xlsx(rows), "data.xlsx", Answers(), petugas)
    text = html.unescape(typist.get(upload_url("change", upload)).content.decode())

    assert "Apa isinya untuk semua barisnya?" in text
    assert shown in text

    typist.post(upload_url("answer", upload), dict.fromkeys(answered, ""))
    upload.refresh_from_db()
    assert upload.status == Upload.Status.NEEDS_ANSWER

    typist.post(upload_url("answer", upload), answered)
    upload.refresh_from_db()
    assert (upload.status, upload.counts["new"]) == (Upload.Status.PLANNED, 2)
