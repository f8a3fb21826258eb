"""One source of PAD is itself whatever is typed around it: in sheet, form, constraint and report."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from industry.models import Revenue, RevenueAccount, RevenueSource
from industry.models.revenue import sources_at_hand
from industry.models.revenue_sources import RevenueSources, name_key
from industry.reports.revenue import revenue_source_table
from industry.revenue_sources import join_sources
from tests.factories import (
    ClosedYearFactory,
    RevenueAccountFactory,
    RevenueFactory,
    RevenueSourceFactory,
)
from tests.intake.importing import load, look
from tests.pages import chosen, messages_of

pytestmark = pytest.mark.django_db
HEADING = [
    "Kode Rekening",
    "Sumber Penerimaan",
    "Tahun",
    "Tahapan",
    "Target (Rp)",
    "Realisasi (Rp)",
]
CODE, OTHER_CODE = "4.1.02.02.20", "4.1.02.02.21"


@pytest.fixture
def accounts():
    return [RevenueAccountFactory(code=code) for code in (CODE, OTHER_CODE)]


def realised(year=2022):
    sums = {row["year"]: row["realised_sum"] for row in Revenue.objects.by_year()}
    return sums.get(year)


def form(name="Sewa unit", *, year=2024, realised=1, **values):
    """A row as a form stores it."""
    revenue = Revenue(source_name=name, year=year, realised=realised, **values)
    store(revenue, by=None, channel=Change.Channel.FORM)
    return revenue


@pytest.mark.parametrize(
    "second",
    [
        pytest.param([OTHER_CODE, "Sewa unjt", 2022, "Murni", 1, 2], id="a code of its own"),
        pytest.param([CODE, "Sewa kios blok B", 2022, "Murni", 1, 2], id="another letter"),
    ],
)
def test_sources_that_are_told_apart_are_not_taken_for_slips(accounts, second):
    name = "Sewa unit" if second[0] == OTHER_CODE else "Sewa kios blok A"
    first = [CODE if second[0] == OTHER_CODE else None, name, 2022, "Murni", 1, 2]

    outcome = look(
        [HEADING, first, [None if second[0] == CODE else OTHER_CODE, *second[1:]]], "pad"
    )

    assert (outcome.counts["new"], outcome.counts["held"]) == (2, 0)


def test_a_sheet_with_codes_and_one_without_do_not_double_the_year(accounts):
    load([HEADING, [CODE, "Sewa unit", 2022, "Murni", 120, 115_000_000]], "pad")
    load([HEADING, [None, "SEWA  UNIT.", 2022, "Perubahan", 132, 132_000_000]], "pad")

    assert realised() == 132_000_000
    [row] = revenue_source_table(2022).rows
    assert tuple(row.values[:2]) == (CODE, "Sewa unit")


def test_the_code_may_come_second(accounts):
    other = RevenueSourceFactory(name="Retribusi lain")
    load([HEADING, [None, "Sewa unit", 2022, "Murni", 120, 115_000_000]], "pad")
    load([HEADING, [CODE, "sewa unit", 2022, "Perubahan", 132, 132_000_000]], "pad")

    assert realised() == 132_000_000
    assert RevenueSource.objects.exclude(pk=other.pk).get().account.code == CODE


def test_the_same_row_in_another_case_is_the_same_record():
    load([HEADING, [None, "Sewa unit", 2022, "Murni", 1, 2]], "pad")

    assert look([HEADING, [None, "SEWA-UNIT", 2022, "Murni", 1, 2]], "pad").counts["same"] == 1


def test_an_alias_is_the_source_and_is_noted():
    RevenueSource.objects.create(name="Sewa unit", key="sewaunit", aliases="Retribusi kios; Kios")
    rows = [HEADING, [None, "RETRIBUSI KIOS", 2022, "Murni", 1, 2]]

    outcome = load(rows, "pad")

    assert Revenue.objects.get().source_key == "sewaunit"
    assert RevenueSource.objects.count() == 1
    assert outcome is not None
    assert "source_alias" in {p.code for p in look(rows, "pad").problems.listed}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param([CODE, "Retribusi kios", 2022, "Perubahan", 5, 7], id="code of another name"),
        pytest.param([OTHER_CODE, "Sewa unit", 2022, "Perubahan", 5, 7], id="name of another code"),
        pytest.param([None, "Sewa unti", 2022, "Perubahan", 5, 7], id="other letters"),
        pytest.param([None, "Sewa unitt", 2022, "Perubahan", 5, 7], id="one letter more"),
    ],
)
def test_what_may_be_one_source_is_a_question_and_never_added_up(accounts, row):
    load([HEADING, [CODE, "Sewa unit", 2022, "Murni", 4, 5]], "pad")
    if row[1] == "Sewa unti":
        row = [None, "Sewa unis", *row[2:]]

    outcome = look([HEADING, row], "pad")

    assert outcome.counts["held"] == 1
    [question] = [q for q in outcome.questions if q.key == "near"]
    assert (question.options, question.suggestion) == (["hold", "update", "new"], "hold")
    assert "doubtful_match" in {p.code for p in outcome.problems.listed}

    load([HEADING, row], "pad", near="update")
    assert realised() == 7

    Revenue.objects.all().delete()
    load([HEADING, [CODE, "Sewa unit", 2022, "Murni", 4, 5]], "pad")
    load([HEADING, row], "pad", near="new")
    assert realised() == 12


@pytest.mark.parametrize("name", ["Sewa unit 2", "Sewa lapak", "Kios"])
def test_another_name_is_another_source(name):
    load([HEADING, [None, "Sewa unit 1", 2022, "Murni", 4, 5]], "pad")

    outcome = look([HEADING, [None, name, 2022, "Murni", 4, 6]], "pad")

    assert (outcome.counts["new"], outcome.questions) == (1, [])


def test_the_same_source_written_twice_in_one_sheet_is_held(accounts):
    rows = [
        [CODE, "Sewa unit", 2022, "Murni", 4, 5],
        [None, "SEWA UNIT", 2022, "Murni", 4, 6],
    ]

    assert look([HEADING, *rows], "pad").counts["held"] == 2


def test_the_database_holds_a_source_once_per_period_and_stage():
    RevenueFactory(source_name="Sewa unit")

    with pytest.raises(IntegrityError), transaction.atomic():
        RevenueFactory(source_name="SEWA UNIT", account=RevenueAccountFactory())

    RevenueFactory(source_name="SEWA UNIT", stage="revised")
    RevenueFactory(source_name="sewa unit", month=1)
    RevenueFactory(source_name="sewa unit", year=2023)
    RevenueFactory(source_name="sewa unit", archived=True)


def test_a_form_finds_the_source_too(accounts):
    form("Sewa unit", account=accounts[0])

    with pytest.raises(ValidationError, match="sudah tercatat"):
        form("SEWA UNIT")
    assert form("Sewa Unit", stage="revised").source_key == "sewaunit"


def test_a_form_refuses_a_doubt_until_the_source_is_recorded(accounts):
    form("Sewa unit", account=accounts[0])

    with pytest.raises(ValidationError, match="Mungkin sama dengan sumber «Sewa unit»"):
        form("Retribusi kios", account=accounts[0])
    store(
        RevenueSource(name="Retribusi kios", account=accounts[0]),
        by=None,
        channel=Change.Channel.FORM,
    )
    assert form("Retribusi kios", account=accounts[0]).source_key == "retribusikios"


def test_a_form_records_its_source_and_the_account_learnt(admin_client, accounts):
    address = reverse("admin:industry_revenue_add")
    typed = {"year": "2024", "source_name": "Sewa unit", "stage": "original", "realised": "5"}
    admin_client.post(address, {**typed, "status": "final"})
    assert RevenueSource.objects.get().account is None

    typed |= {"stage": "revised", "account": accounts[0].pk, "status": "final"}
    admin_client.post(address, typed)

    assert RevenueSource.objects.get().account == accounts[0]
    assert Revenue.objects.count() == 2


def test_a_name_belongs_to_one_source():
    store(RevenueSource(name="Sewa unit"), by=None, channel=Change.Channel.FORM)

    with pytest.raises(ValidationError, match="sudah menjadi nama sumber"):
        store(RevenueSource(name="Kios", aliases="SEWA UNIT"), by=None, channel=Change.Channel.FORM)


def test_a_renamed_source_keeps_its_rows():
    load([HEADING, [None, "Sewa unit", 2022, "Murni", 4, 5]], "pad")
    source = RevenueSource.objects.get()
    source.name = "Retribusi kios"
    store(source, by=None, channel=Change.Channel.FORM)

    assert [row.values[1] for row in revenue_source_table(2022).rows] == ["Retribusi kios"]
    for name in ("Sewa unit", "RETRIBUSI KIOS"):
        assert look([HEADING, [None, name, 2022, "Murni", 4, 5]], "pad").counts["same"] == 1


def test_several_records_of_one_source_become_one(verifikator, accounts):
    load([HEADING, [CODE, "Sewa unit", 2022, "Murni", 4, 5]], "pad")
    load([HEADING, [None, "Kios", 2022, "Perubahan", 4, 7]], "pad")
    assert realised() == 12

    join_sources(list(RevenueSource.objects.order_by("id")), by=verifikator)

    assert realised() == 7
    assert [source.names for source in RevenueSource.objects.kept()] == [["Sewa unit", "Kios"]]
    assert look([HEADING, [None, "KIOS", 2022, "Perubahan", 4, 7]], "pad").counts["same"] == 1


@pytest.mark.parametrize(
    ("stage", "closed", "message"),
    [
        ("Murni", False, "«Sewa unit 2022» dan «Kios 2022» sama-sama tercatat untuk tahapan Murni"),
        ("Perubahan", True, "Kios 2022: Tahun 2022 sudah ditutup"),
    ],
    ids=["same period", "closed year"],
)
def test_sources_that_cannot_be_one_stay_as_they_were(verifikator, stage, closed, message):
    load([HEADING, [None, "Sewa unit", 2022, "Murni", 4, 5]], "pad")
    load([HEADING, [None, "Kios", 2022, stage, 4, 7]], "pad")
    if closed:
        ClosedYearFactory(year=2022)

    with pytest.raises(ValidationError, match=message):
        join_sources(list(RevenueSource.objects.order_by("id")), by=verifikator)

    assert RevenueSource.objects.kept().count() == 2
    assert set(Revenue.objects.values_list("source_key", flat=True)) == {"sewaunit", "kios"}


def test_the_action_makes_chosen_sources_one(admin_client):
    load([HEADING, [None, "Sewa unit", 2022, "Murni", 4, 5]], "pad")
    load([HEADING, [None, "Kios", 2023, "Murni", 4, 7]], "pad")
    act = {"action": "join_selected", **chosen(*RevenueSource.objects.all())}

    admin_client.post(reverse("admin:industry_revenuesource_changelist"), act)

    assert RevenueSource.objects.kept().count() == 1


SPELLINGS = (str, str.upper, str.title, lambda name: name.replace(" ", "-") + ".")
NAMES = ("Sewa rumah produksi", "Retribusi gudang beku", "Pemakaian aula", "Parkir sentra")
STAGES = {"Murni": 0, "Pergeseran": 1, "Perubahan": 2}


@pytest.mark.parametrize("seed", range(12))
def test_a_year_is_the_hand_rule_or_a_question_stands(seed):
    """Random sheets: each source under any spelling, alias or code; the latest stage counts."""
    dice = random.Random(seed)
    names = dice.sample(NAMES, dice.randint(1, 4))
    codes = {name: f"4.1.02.02.{n}" for n, name in enumerate(names, 40)}
    for name, code in codes.items():
        RevenueAccountFactory(code=code)
        account = RevenueAccount.objects.get(code=code) if dice.random() < 0.5 else None
        if dice.random() < 0.5:
            alias = f"{name.split()[0]} lama {name.split()[-1]}"
            RevenueSource.objects.create(
                name=name, key=name_key(name), account=account, aliases=alias
            )
    latest, questions = {}, False
    for _ in range(dice.randint(1, 4)):
        rows = {}
        for name in names:
            stage, amount = dice.choice(list(STAGES)), dice.randint(1, 10**9)
            source = RevenueSource.objects.filter(key=name_key(name)).first()
            called = dice.choice(source.names if source else [name])
            if dice.random() < 0.1:
                called = "Lainnya"
            code = dice.choice([None, codes[name]])
            rows[called, stage] = [code, dice.choice(SPELLINGS)(called), 2022, stage, None, amount]
            if called != "Lainnya":
                latest.setdefault(name, {})[STAGES[stage]] = amount
            else:
                latest.setdefault("Lainnya", {})[STAGES[stage]] = amount
        outcome = look([HEADING, *rows.values()], "pad")
        questions |= bool(outcome.counts["held"])
        load([HEADING, *rows.values()], "pad")
    if not questions:
        assert realised() == sum(stages[max(stages)] for stages in latest.values())
    stored = Revenue.objects.kept().values_list("year", "month", "source_key", "stage")
    assert len(set(stored)) == len(stored)


def test_similar_names_never_differ_by_a_number():
    sources = RevenueSources([RevenueSource(name="Kios nomor 12", key="kiosnomor12")])

    assert sources.match("Kios nomor 13", None).candidates == ()
    assert sources.match("Kios nomo 12", None).candidates != ()


def test_a_stored_row_may_not_take_a_doubtful_name_though_its_account_stays(accounts):
    form("Sewa unit", account=accounts[0])
    row = form("Kios", account=accounts[1])
    assert row.full_clean() is None

    row.source_name = "Sewa unitt"

    with pytest.raises(ValidationError, match="Mungkin sama dengan sumber"):
        row.full_clean()


def test_a_source_only_rows_speak_of_has_the_first_of_their_names_and_a_known_account(accounts):
    for name, year, account in (("SEWA", 2024, None), ("Sewa A", 2023, accounts[0])):
        RevenueFactory(source_name=name, source_key="sewa", year=year, account=account)
    RevenueFactory(source_name="sewa b", source_key="sewa", year=2025, account=accounts[0])

    source = sources_at_hand().match("SEWA", None).source

    assert (source.name, source.account_id) == ("SEWA", accounts[0].pk)


def test_one_chosen_source_is_not_joined_with_itself(admin_client):
    load([HEADING, [None, "Sewa unit", 2022, "Murni", 4, 5]], "pad")
    act = {"action": "join_selected", **chosen(RevenueSource.objects.get())}

    response = admin_client.post(
        reverse("admin:industry_revenuesource_changelist"), act, follow=True
    )

    assert messages_of(response) == ["Pilih dua sumber atau lebih yang sebenarnya satu."]
