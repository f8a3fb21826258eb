"""The pages of likely doubles, of merging and of taking a merge back."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from balikpapan.audit.models import ReadAccess
from balikpapan.dashboard.queries import likely_doubles
from industry.models import Business, Merge
from tests.factories import BusinessFactory, BusinessYearFactory, ClosedYearFactory

pytestmark = pytest.mark.django_db
DOUBLES = reverse("admin:industry_business_doubles")
LIST = reverse("admin:industry_business_changelist")
NIK = "6471010101900001"


def compare(kept, dropped):
    return reverse("admin:industry_business_merge", args=[kept.pk, dropped.pk])


def undo(act):
    return reverse("admin:industry_business_unmerge", args=[act.pk])


@pytest.fixture
def pair():
    return (
        BusinessFactory(name="Amplang Uji", owner_name="Ani Contoh", nik=NIK),
        BusinessFactory(name="Amplang Uji", owner_name="ANI CONTOH", nik=NIK),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"nik": NIK, "name": "Satu"}, {"nik": NIK, "name": "Dua"}, id="nik"),
        pytest.param(
            {"phone": "081234", "owner_name": "Ani Contoh", "name": "Satu"},
            {"phone": "081234", "owner_name": "ani contoh", "name": "Dua"},
            id="phone and owner",
        ),
        pytest.param(
            {"name": "Amplang Uji", "owner_name": "Ani Contoh"},
            {"name": "AMPLANG UJI", "owner_name": "Ani Contoh"},
            id="name and owner",
        ),
    ],
)
def test_one_rule_tells_doubles_on_dashboard_list_and_page(admin_client, first, second):
    twins = {BusinessFactory(**{"nib": "", **values}).pk for values in (first, second)}
    BusinessFactory(name="Lain", owner_name="Ani Contoh")
    BusinessFactory(archived=True, **first)

    listed = admin_client.get(LIST, {"ganda": "ya"}).context["cl"].result_list
    page = admin_client.get(DOUBLES).context
    grouped = {b.pk for head, others in page["groups"] for b in (head, *others)}

    assert {business.pk for business in listed} == twins == grouped
    assert likely_doubles().value == page["total"] == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"owner_name": ""}, {"owner_name": ""}, id="no owner"),
        pytest.param({"owner_name": "Ani Contoh"}, {"owner_name": "Budi Contoh"}, id="other owner"),
        pytest.param({"owner_name": "Ani Contoh"}, {"owner_name": "Ani Contoh", "archived": True}, id="archived"),
    ],
)  # fmt: skip
def test_businesses_that_share_too_little_are_no_doubles(first, second):
    for values in (first, second):
        BusinessFactory(name="Amplang Uji", nik="", phone="081", **values)

    assert not Business.objects.likely_doubles().exists()


def test_a_business_in_two_groups_is_listed_once(admin_client, pair):
    listed = admin_client.get(LIST, {"ganda": "ya"}).context["cl"].result_list

    assert [business.pk for business in listed] == sorted(business.pk for business in pair)
    assert len(admin_client.get(DOUBLES).context["groups"]) == 1


def test_the_filter_looks_beyond_the_list_it_narrows(admin_client, pair):
    Business.objects.filter(pk=pair[1].pk).update(status="inactive")

    listed = admin_client.get(LIST, {"ganda": "ya", "status__exact": "active"})

    assert list(listed.context["cl"].result_list) == [pair[0]]


def test_the_page_stands_in_the_menu_of_whoever_may_merge(client, verifikator, petugas):
    for user, there in ((verifikator, True), (petugas, False)):
        client.force_login(user)

        assert (DOUBLES in client.get(reverse("admin:index")).content.decode()) is there


def test_the_pages_are_closed_to_whoever_may_not_merge(client, petugas, verifikator, pair):
    act = Merge.objects.create(kept=pair[0], dropped=pair[1], by=verifikator)
    client.force_login(petugas)

    for address in (DOUBLES, compare(*pair)):
        assert client.get(address).status_code == 403
    assert client.post(compare(*pair)).status_code == 403
    assert client.post(undo(act)).status_code == 403
    client.logout()
    assert client.get(DOUBLES).status_code == 302
    assert Business.objects.kept().count() == 2


def test_two_selected_businesses_are_compared_and_more_are_not(client, verifikator, pair):
    client.force_login(verifikator)
    act = {"action": "merge_selected"}

    response = client.post(LIST, {**act, "_selected_action": [b.pk for b in pair]})
    alone = client.post(LIST, {**act, "_selected_action": [pair[0].pk]}, follow=True)

    assert response["Location"] == compare(*pair)
    assert "Pilih tepat dua usaha" in alone.content.decode()


def test_both_sides_stand_with_their_yearly_figures(client, verifikator, pair):
    BusinessYearFactory(business=pair[0], year=2023, turnover=1_500_000, workers_total=4)
    BusinessYearFactory(business=pair[1], year=2023, turnover=2_500_000, workers_total=4)
    BusinessYearFactory(business=pair[1], year=2022, turnover=900_000)
    client.force_login(verifikator)

    response = client.get(compare(*pair))

    years = {year.year: {l["label"]: l for l in lines} for year, lines in response.context["years"]}  # noqa: E741
    turnover = years[2023]["omzet (Rp)"]
    assert (turnover["kept"], turnover["dropped"]) == ("1.500.000", "2.500.000")
    assert (turnover["differs"], turnover["side"]) == (True, None)
    assert not years[2023]["tenaga kerja seluruhnya"]["differs"]
    assert years[2022]["omzet (Rp)"]["dropped"] == "900.000"
    page = response.content.decode()
    assert page.count('name="2023.turnover"') == 2
    assert 'name="2023.workers_total"' not in page
    assert 'name="2022.turnover"' not in page


def test_figures_of_a_closed_year_are_shown_and_not_chosen(client, verifikator, pair):
    for business, turnover in zip(pair, (1, 2), strict=True):
        BusinessYearFactory(business=business, year=2022, turnover=turnover)
    ClosedYearFactory(year=2022)
    client.force_login(verifikator)

    page = client.get(compare(*pair)).content.decode()

    assert "sudah ditutup" in page
    assert 'name="2022.turnover"' not in page


def pressed(client, pair, versions=None, **choices):
    """The comparison opened, something chosen in it and "Gabungkan" pressed."""
    page = client.get(compare(*pair))
    seen = {"versions": page.context["versions"] if versions is None else versions}
    return client.post(compare(*pair), {**choices, **seen}, follow=True)


def test_figures_and_days_are_written_as_in_a_form(client, verifikator, pair):
    for business, turnover in zip(pair, (1_500_000, None), strict=True):
        BusinessYearFactory(business=business, year=2023, turnover=turnover)
    Business.objects.filter(pk=pair[0].pk).update(verified_on=datetime.date(2024, 8, 17))
    client.force_login(verifikator)

    page = client.get(compare(*pair)).content.decode()

    assert "1.500.000" in page
    assert "1500000" not in page
    assert "17-08-2024" in page


def test_merging_takes_the_values_chosen_and_says_so(client, verifikator, pair):
    Business.objects.filter(pk=pair[0].pk).update(brand="Lama")
    Business.objects.filter(pk=pair[1].pk).update(brand="Baru")
    client.force_login(verifikator)

    response = pressed(client, pair, brand="dropped", name="elsewhere")

    act = Merge.objects.get()
    assert (act.kept, act.dropped, act.by) == (*pair, verifikator)
    assert Business.objects.kept().get().brand == "Baru"
    assert (
        f"Penggabungan {pair[1].number} ke {pair[0].number} selesai." in response.content.decode()
    )


def test_a_refused_merge_says_the_year_and_keeps_the_choices(client, verifikator, pair):
    for business, turnover in zip(pair, (1, 2), strict=True):
        BusinessYearFactory(business=business, year=2023, turnover=turnover)
    client.force_login(verifikator)

    response = pressed(client, pair, owner_name="dropped")

    assert "tahun 2023" in response.content.decode()
    sides = {line["key"]: line["side"] for line in response.context["lines"]}
    assert (sides["owner_name"], sides["name"]) == ("dropped", "kept")
    assert Business.objects.kept().count() == 2


def test_a_business_that_is_not_there_leads_back(client, verifikator, pair):
    client.force_login(verifikator)
    address = reverse("admin:industry_business_merge", args=[pair[0].pk, 999_999])

    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 302


def test_personal_data_are_masked_or_accounted_for(client, verifikator, pair):
    client.force_login(verifikator)
    assert NIK in client.get(compare(*pair)).content.decode()
    assert set(ReadAccess.objects.values_list("record", flat=True)) == {b.pk for b in pair}

    verifikator.groups.clear()
    for name in ("merge_business", "view_business"):
        verifikator.user_permissions.add(permission(name))
    client.force_login(verifikator)
    ReadAccess.objects.all().delete()

    assert NIK not in client.get(compare(*pair)).content.decode()
    assert not ReadAccess.objects.exists()


def permission(codename):
    return Permission.objects.get(content_type__app_label="industry", codename=codename)


def test_a_merge_is_listed_and_taken_back(client, verifikator, pair):
    client.force_login(verifikator)
    pressed(client, pair)
    act = Merge.objects.get()
    page = client.get(DOUBLES).content.decode()

    response = client.post(undo(act), follow=True)

    assert (str(act) in page, undo(act) in page) == (True, True)
    assert f"{act} dibatalkan." in response.content.decode()
    assert Business.objects.kept().count() == 2
    assert undo(act) not in client.get(DOUBLES).content.decode()


def test_taking_back_needs_a_press_and_a_merge(client, verifikator, pair):
    client.force_login(verifikator)
    pressed(client, pair)
    act = Merge.objects.get()

    assert client.get(undo(act)).status_code == 405
    assert client.post(undo(Merge(pk=act.pk + 1))).status_code == 404
    assert Business.objects.kept().count() == 1


def test_a_merge_that_cannot_be_taken_back_says_why(client, verifikator, pair):
    client.force_login(verifikator)
    Business.objects.filter(pk=pair[1].pk).update(products="Amplang")
    pressed(client, pair)
    Business.objects.kept().update(version=99)

    response = client.post(undo(Merge.objects.get()), follow=True)

    assert "sudah diubah sejak itu" in response.content.decode()
    assert Business.objects.kept().count() == 1


def test_a_group_is_whole_in_the_order_of_its_numbers_though_others_lie_between(pair):
    Business.objects.all().delete()
    first, second = "6471015705900001", "6471015705900002"
    named = [("Wajik", first), ("Batik", second), ("Amplang", first), ("Roti", second)]
    records = [BusinessFactory(name=name, nik=nik) for name, nik in named]

    groups = Business.objects.double_groups(10)

    assert groups == [[records[0], records[2]], [records[1], records[3]]]


def test_of_two_chosen_ones_the_earlier_recorded_stays(client, verifikator):
    earlier, later = BusinessFactory(name="Wajik"), BusinessFactory(name="Amplang")
    client.force_login(verifikator)

    response = client.post(
        LIST, {"action": "merge_selected", "_selected_action": [later.pk, earlier.pk]}
    )

    assert response.url == compare(earlier, later)
