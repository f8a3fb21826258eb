"""What IKM lack: the count is the list behind it, and the effect is worked out, not guessed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from industry.choices import YEARLY_REASONS, WorkReason
from industry.figures import HEADLINES
from industry.gaps import figure_gaps, gaps_of, record_gaps
from industry.models.counting import NEEDED, needed_field
from tests.cast import permitted
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    IndustryGroupFactory,
    KbliFactory,
    KelurahanFactory,
    WorkItemFactory,
)

PAGE = "admin:industry_business_gaps"
YEAR = 2024


def whole(number, **changes):
    """What an IKM with complete data says, but for the changes."""
    return {
        "owner_name": "Ani Contoh",
        "address": "Jl. Contoh No. 1",
        "nib": f"91200000{number:05}",
        "phone": "081200000000",
        "products": "Amplang",
        **changes,
    }


@pytest.fixture
def register(db):
    """Ten IKM: six complete, two without telephone alone, one without telephone and product."""
    places = {
        "kelurahan": KelurahanFactory(),
        "group": IndustryGroupFactory(),
        "kbli": KbliFactory(),
    }
    changes = [{}] * 6 + [{"phone": ""}] * 2 + [{"phone": "", "products": ""}, {"nib": ""}]
    firms = [
        BusinessFactory(**whole(number, **places, **change))
        for number, change in enumerate(changes)
    ]
    BusinessFactory(archived=True)
    for firm in firms[:6]:
        BusinessYearFactory(business=firm, year=YEAR)
    BusinessYearFactory(business=firms[6], year=YEAR, investment=None)
    BusinessYearFactory(business=firms[7], year=YEAR, archived=True)
    today = timezone.localdate()
    for days in (-1, 90, 91):
        CertificateFactory(business=firms[abs(days) % 7], expires_on=today + timedelta(days=days))
    CertificateFactory(business=firms[9], issued_on=None)
    return firms


def test_every_reason_of_the_rules_can_be_worked_on():
    fields = [needed_field(label) for label in NEEDED]

    assert set(fields) < set(WorkReason.values)
    assert list(YEARLY_REASONS) == [figure.field for figure in HEADLINES]
    assert [WorkReason(field).label for field in fields] == list(NEEDED)


def test_each_gap_is_the_length_of_its_list_and_says_what_filling_it_changes(
    register, admin_client
):
    gaps = {gap.value: gap for gap in gaps_of(YEAR, timezone.localdate())}
    effects = {value: gap.effect for value, gap in gaps.items()}

    lengths = {v: admin_client.get(g.link).context["cl"].result_count for v, g in gaps.items()}

    assert lengths == {value: gap.count for value, gap in gaps.items()}
    assert (lengths["phone"], lengths["products"], lengths["address"]) == (3, 1, 0)
    assert (lengths[f"workers_total.{YEAR}"], lengths[f"investment.{YEAR}"]) == (3, 4)
    assert (lengths["issued_on"], lengths["expiring"]) == (1, 2)
    assert effects["phone"] == (
        "2 telepon menaikkan kelengkapan 60 → 80%. 1 lainnya juga kurang data lain."
    )
    assert effects["nib"] == "1 NIB menaikkan kelengkapan 60 → 70%."
    assert "setelah keduanya terisi" in effects["products"]
    assert effects["address"] == ""
    assert effects[f"workers_total.{YEAR}"] == (
        f"3 tenaga kerja menaikkan pelaporan {YEAR} 70 → 100%."
    )


@pytest.mark.django_db
def test_an_empty_register_lacks_nothing():
    assert {gap.count for gap in [*record_gaps(), *figure_gaps(YEAR)]} == {0}


def test_the_page_leads_to_the_lists_and_to_the_work_handed_out(register, client):
    WorkItemFactory(business=register[6])
    WorkItemFactory(business=register[0])  # its data are there, so nobody works on it
    address = reverse(PAGE)

    client.force_login(permitted("industry.view_business", "industry.view_workitem"))
    page = client.get(address, {"tahun": YEAR})
    rows = {gap.value: assigned for gap, assigned, _ in page.context["rows"]}
    items = {gap.value: link for gap, _, link in page.context["rows"]}

    assert "menaikkan kelengkapan" in page.content.decode()
    assert rows["phone"] == client.get(items["phone"]).context["cl"].result_count == 1
    assert client.get(address).context["year"] == date.today().year - 1
    # What nobody asked sensibly is nothing, not everything.
    for asked in ("nothing", "workers_total", "workers_total.x", "phone'"):
        listed = client.get("/industry/business/", {"kurang": asked})
        assert listed.context["cl"].result_count == 0
