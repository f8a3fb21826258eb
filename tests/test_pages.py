"""Every register page: who may open it."""

import pytest
from django.urls import reverse

from balikpapan.accounts import groups
from industry.models import Business, Revenue
from tests.cast import member, permitted
from tests.factories import BusinessFactory
from tests.pages import DONE_ELSEWHERE, FACTORIES, FORM_MODELS, as_seen, label, url

pytestmark = pytest.mark.django_db

BY_MODEL = pytest.mark.parametrize("model", FORM_MODELS, ids=label)
BY_GROUP = pytest.mark.parametrize("group", groups.GROUPS)


def granted(group, action, model) -> bool:
    options = model._meta
    return f"{options.app_label}.{action}_{options.model_name}" in groups.GROUPS[group]


# Who may open what


@BY_MODEL
def test_a_stranger_is_sent_to_the_login_page(client, model):
    record = FACTORIES[model]()

    for page, one in (("changelist", None), ("add", None), ("change", record), ("history", record)):
        response = client.get(url(model, page, one))

        assert response.status_code == 302
        assert reverse("admin:login") in response["Location"]


@BY_MODEL
def test_staff_without_a_group_opens_nothing(client, model):
    client.force_login(permitted())
    record = FACTORIES[model]()

    for page, one in (("changelist", None), ("add", None), ("change", record), ("history", record)):
        assert client.get(url(model, page, one)).status_code == 403


@BY_GROUP
@BY_MODEL
def test_a_group_opens_exactly_the_pages_of_its_rights(client, group, model):
    client.force_login(member(group))
    record = FACTORIES[model]()
    sees = granted(group, "view", model) or granted(group, "change", model)
    elsewhere = DONE_ELSEWHERE.get(model, ())
    wanted = {
        ("changelist", None): sees,
        ("add", None): granted(group, "add", model) and "add" not in elsewhere,
        ("change", record): sees,
        ("history", record): sees,
        ("delete", record): granted(group, "delete", model) and "delete" not in elsewhere,
    }

    opened = {place: client.get(url(model, *place)).status_code for place in wanted}

    assert opened == {place: 200 if may else 403 for place, may in wanted.items()}


@BY_GROUP
@pytest.mark.parametrize("model", [Business, Revenue], ids=label)
def test_only_the_right_to_add_makes_a_record(client, group, model):
    client.force_login(member(group))
    data = {
        Business: {"name": "Usaha", "status": "active", **no_inlines("years", "certificates")},
        Revenue: {
            "year": 2024,
            "source_name": "Sewa",
            "stage": "original",
            "status": "provisional",
            "target": 5,
        },
    }[model]

    response = client.post(url(model, "add"), data)

    assert (response.status_code, model.objects.count()) == (
        (302, 1) if granted(group, "add", model) else (403, 0)
    ), getattr(response, "context", None) and response.context["errors"]


def no_inlines(*prefixes):
    """The management data of inlines that hold nothing."""
    parts = ("TOTAL_FORMS", "INITIAL_FORMS")
    return {f"{prefix}-{part}": 0 for prefix in prefixes for part in parts}


@pytest.mark.parametrize("method", ["get", "post"])
@BY_GROUP
def test_p35_only_the_right_to_export_takes_a_sheet_out(client, group, method):
    client.force_login(member(group))
    address = reverse("admin:industry_business_export", args=["ikm"])

    response = getattr(client, method)(address)

    assert response.status_code == (200 if granted(group, "export", Business) else 403)


@BY_GROUP
def test_p35_only_the_right_to_import_hands_a_sheet_in(client, group):
    client.force_login(member(group))

    response = client.get(reverse("admin:intake_upload_new", args=["ikm"]))

    assert response.status_code == (200 if granted(group, "import", Business) else 403)


def test_an_unknown_register_does_not_exist(client, petugas):
    client.force_login(petugas)

    for name in ("admin:intake_upload_new", "admin:industry_business_export"):
        assert client.get(reverse(name, args=["gaji"])).status_code == 404


def test_seeing_a_record_is_not_the_right_to_bring_it_back(client, petugas, verifikator):
    business = BusinessFactory(archived=True)

    client.force_login(petugas)
    refused = client.post(url(Business, "restore", business), as_seen(business))
    client.force_login(verifikator)
    client.post(url(Business, "restore", business), as_seen(business))

    assert refused.status_code == 403
    assert Business.objects.get().archived_at is None
