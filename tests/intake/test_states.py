"""An upload's state is the truth: whoever changes it names the one that was read."""

import threading

import pytest
from django.db import connection

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.intake import confirmation, storage, uploads, working_file
from balikpapan.intake.answers import Answers
from balikpapan.intake.confirmation import PlanChanged
from balikpapan.intake.models import StateChanged, Upload
from balikpapan.intake.uploads import answer, confirm
from industry.models import Business
from tests.cast import member
from tests.factories import AssetFactory, BusinessFactory
from tests.intake.importing import hand_in, load, tally
from tests.pages import upload_url
from tests.trust.outages import press_together
from tests.trust.previews import logged_in, people, press

real_database = pytest.mark.django_db(transaction=True)


def rename(record, by, name="Nama Lain"):
    """A colleague saves a form."""
    record = type(record).objects.get(pk=record.pk)
    record.name = name
    store(record, by=by, channel=Change.Channel.FORM)


# One UPDATE from the state that was read


@pytest.mark.django_db
def test_an_answer_from_another_tab_never_turns_a_stored_upload_back(petugas):
    upload = hand_in(people(3), user=petugas)
    second_tab = Upload.objects.get()
    confirm(upload, petugas)

    with pytest.raises(StateChanged):
        answer(second_tab, Answers(near="new"), petugas)

    assert Upload.objects.get().status == "stored"
    assert Upload.objects.get().answers["near"] is None
    assert working_file.has_cells(Upload.objects.get())


@pytest.mark.django_db
def test_an_answer_given_while_a_confirm_is_made_ready_is_not_stored_over(petugas, monkeypatch):
    upload = hand_in(people(3), user=petugas)
    second_tab, real = Upload.objects.get(), confirmation.make_ready

    def overtaken(*args):
        answer(second_tab, Answers(near="new"), petugas)
        return real(*args)

    monkeypatch.setattr(confirmation, "make_ready", overtaken)
    with pytest.raises(PlanChanged):
        confirm(upload, petugas)

    assert Upload.objects.get().status == "planned"
    assert not Business.objects.exists()


@pytest.mark.django_db
def test_of_two_answers_from_one_state_the_second_is_refused_and_its_file_goes(petugas):
    upload = hand_in(people(3), user=petugas)
    second_tab = Upload.objects.get()
    before = files_of(upload)

    answer(upload, Answers(near="new"), petugas)
    with pytest.raises(StateChanged):
        answer(second_tab, Answers(near="update"), petugas)

    assert Upload.objects.get().answers["near"] == "new"
    assert files_of(upload) - before == {working_file.path(Upload.objects.get()).name}


def files_of(upload):
    return {path.name for path in storage.folder(upload.sha256).iterdir()}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["answer", "mapping", "held"])
def test_who_answers_while_another_tab_stores_is_told_and_sees_what_is_stored(
    page, petugas, monkeypatch
):
    upload = hand_in(people(3), user=petugas)
    browser, real = logged_in(petugas), uploads.examine

    def meanwhile(*args):
        monkeypatch.setattr(uploads, "examine", real)
        confirm(Upload.objects.get(), petugas)
        return real(*args)

    monkeypatch.setattr(uploads, "examine", meanwhile)
    fields = {f"column_{number}": "" for number in range(1, 5)} | {"column_0": "name"}
    response = browser.post(upload_url(page, upload), fields, follow=True)

    assert Upload.objects.get().status == "stored"
    assert Business.objects.count() == 3
    text = response.content.decode()
    assert "Berhasil." in text
    assert "diubah dari jendela lain" in text


@pytest.mark.django_db
def test_a_mapping_changed_in_another_tab_is_not_stored_by_the_first(petugas):
    rows = [["Nama Usaha", "Omzet (Rp)", "Tahun Data"], ["Amplang Siti", 5_000_000, 2024]]
    upload = hand_in(rows, user=petugas)
    first_tab = Upload.objects.get()
    answer(upload, Answers(mapping={"Omzet (Rp)": "investment"}), petugas)
    browser = logged_in(petugas)

    response = press(browser, first_tab)

    assert Business.objects.count() == 0
    assert first_tab.fingerprint != upload.fingerprint
    assert "Rencana sudah berubah" in browser.get(response.url).content.decode()


# The fingerprint covers what will be written


def fingerprint_of(rows, petugas):
    return hand_in(rows, user=petugas).fingerprint


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        pytest.param(["Amplang Ani", "Siti", "Kerupuk", 2024, 3], id="the name"),
        pytest.param(["Amplang Siti", "Ani", "Kerupuk", 2024, 3], id="the owner"),
        pytest.param(["Amplang Siti", "Siti", "Roti", 2024, 3], id="a plain text"),
        pytest.param(["Amplang Siti", "Siti", "Kerupuk", 2023, 3], id="the year"),
        pytest.param(["Amplang Siti", "Siti", "Kerupuk", 2024, 4], id="a figure"),
        pytest.param(["Amplang Siti", "Siti", None, 2024, 3], id="a blank"),
    ],
)
def test_two_files_that_write_different_values_have_different_fingerprints(other, petugas):
    heading = ["Nama Usaha", "Nama Pemilik", "Produk", "Tahun Data", "Tenaga Kerja"]
    rows = [heading, ["Amplang Siti", "Siti", "Kerupuk", 2024, 3]]

    assert fingerprint_of(rows, petugas) != fingerprint_of([heading, other], petugas)
    assert fingerprint_of(rows, petugas) == fingerprint_of(rows, petugas)


# The working file


@pytest.mark.django_db
def test_the_digest_of_the_working_file_is_kept_and_tells_any_change(petugas):
    upload = hand_in(people(2), user=petugas)
    file = working_file.path(upload)
    assert working_file.has_cells(upload)
    assert storage.digest(file.read_bytes()) == upload.working_sha256

    other = hand_in(people(2, workers=9), user=petugas)
    file.write_bytes(working_file.path(other).read_bytes())

    assert not working_file.has_cells(upload)


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["removed", "cut", "swapped"])
@pytest.mark.parametrize("page", ["change", "problems", "held", "marked"])
def test_a_page_of_a_broken_working_file_is_made_again_or_told_never_a_500(page, harm, petugas):
    upload = hand_in([*people(2), ["Usaha", None, None, 2024, "anjai"]], user=petugas)
    break_file(upload, harm, petugas)

    response = logged_in(petugas).get(upload_url(page, upload), follow=True)

    assert response.status_code == 200
    assert working_file.has_cells(Upload.objects.get(pk=upload.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["removed", "cut", "swapped"])
@pytest.mark.parametrize("page", ["change", "problems", "marked"])
def test_a_stored_upload_says_that_its_findings_are_gone(page, harm, petugas):
    upload = load(people(2), user=petugas)
    break_file(upload, harm, petugas)

    response = logged_in(petugas).get(upload_url(page, upload), follow=True)

    assert response.status_code == 200
    if page != "change":
        assert "sudah tidak ada" in response.content.decode()


def break_file(upload, harm, user):
    file = working_file.path(upload)
    other = hand_in(people(1, start=70), user=user)
    {
        "removed": file.unlink,
        "cut": lambda: file.write_bytes(file.read_bytes()[:50]),
        "swapped": lambda: file.write_bytes(working_file.path(other).read_bytes()),
    }[harm]()


# Confirming is not starved


@pytest.mark.django_db
@pytest.mark.parametrize("saved", ["an asset", "another business"])
def test_a_colleague_who_saves_something_else_does_not_refuse_a_confirm(
    saved, petugas, verifikator
):
    record = AssetFactory() if saved == "an asset" else BusinessFactory(name="Roti Ani")
    upload = hand_in(people(3), user=petugas)
    rename(record, verifikator)

    confirm(upload, petugas)

    assert Upload.objects.get().status == "stored"
    assert tally(upload) == (3, 0, 0, 0, 0)


@real_database
@pytest.mark.parametrize("saves", [1, 3])
def test_a_colleague_who_saves_at_every_step_does_not_refuse_a_confirm(saves, clerk, monkeypatch):
    business = BusinessFactory(name="Roti Ani")
    upload = hand_in(people(3), user=clerk)
    real, done = confirmation.make_ready, []

    def meanwhile(*args):
        if len(done) < saves and not connection.in_atomic_block:
            done.append(len(done))
            rename(business, clerk, f"Roti Ani {len(done)}")
        return real(*args)

    monkeypatch.setattr(confirmation, "make_ready", meanwhile)
    confirm(upload, clerk)

    assert done
    assert Upload.objects.get().status == "stored"
    assert Business.objects.count() == 4


def refuses_once(monkeypatch, clerk, act):
    """A list of three is not stored where a colleague acts while it is laid ready."""
    upload = hand_in(people(3), user=clerk)
    real, done = confirmation.make_ready, []

    def meanwhile(*args):
        if not done:
            done.append(act())
        return real(*args)

    monkeypatch.setattr(confirmation, "make_ready", meanwhile)
    with pytest.raises(PlanChanged):
        confirm(upload, clerk)

    assert Upload.objects.get().status == "planned"
    assert Business.objects.count() == 1


@real_database
def test_what_a_colleague_takes_away_while_it_is_laid_ready_still_refuses(clerk, monkeypatch):
    refuses_once(monkeypatch, clerk, lambda: BusinessFactory(name="Lain", nib=f"91{1:011}"))


@real_database
def test_what_becomes_the_business_of_a_row_while_it_is_laid_ready_is_seen(clerk, monkeypatch):
    _, (name, owner, *_) = people(1)
    business = BusinessFactory(name="Lain", owner_name=owner)

    refuses_once(monkeypatch, clerk, lambda: rename(business, clerk, name))


@pytest.fixture
def clerk(transactional_db):
    """Somebody who uploads, in a database that really commits."""
    return member("Petugas")


@real_database
def test_eight_who_confirm_different_lists_at_once_all_store(clerk):
    waiting = [hand_in(people(4, start=1 + 4 * n), user=clerk) for n in range(8)]

    results = press_together([lambda u=upload: confirm(u, clerk) for upload in waiting])

    assert [result for result in results if isinstance(result, Exception)] == []
    assert set(Upload.objects.values_list("status", flat=True)) == {"stored"}
    assert Business.objects.count() == 32


@pytest.mark.slow
@real_database
def test_answering_and_confirming_at_once_end_in_one_state_fifty_times(clerk):
    for turn in range(50):
        upload = hand_in(people(2, start=1 + 2 * turn), user=clerk)
        tabs = [Upload.objects.get(pk=upload.pk) for _ in range(2)]

        results = press_together(
            [
                lambda tab=tabs[0]: confirm(tab, clerk),
                lambda tab=tabs[1]: answer(tab, Answers(near="new"), clerk),
            ]
        )

        refused = [result for result in results if isinstance(result, Exception)]
        assert [type(one) for one in refused] == [StateChanged], (turn, results)
        now = Upload.objects.get(pk=upload.pk)
        written = Change.objects.filter(upload=upload.pk).exists()
        assert (now.status == "stored") == written, turn
        assert now.status in ("stored", "planned"), turn


@pytest.mark.slow
@real_database
def test_a_colleague_who_never_stops_saving_delays_a_confirm_but_does_not_prevent_it(clerk):
    business = BusinessFactory(name="Roti Ani")
    upload = hand_in(people(400), user=clerk)
    over = threading.Event()

    def save_on():
        number = 0
        while not over.is_set() and number < 500:
            number += 1
            rename(business, clerk, f"Roti Ani {number}")
            over.wait(0.02)

    def store_it():
        try:
            return confirm(upload, clerk)
        finally:
            over.set()

    results = press_together([save_on, store_it])

    assert [result for result in results if isinstance(result, Exception)] == []
    assert Upload.objects.get().status == "stored"
    assert Business.objects.count() == 401
