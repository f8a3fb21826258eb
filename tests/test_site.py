"""The face of the register: its menu, its first page, its own words for what libraries say."""

import gettext
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as translate

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from tests.factories import BusinessFactory, RevenueFactory

pytestmark = pytest.mark.django_db

CATALOGUE = settings.BASE_DIR / "balikpapan" / "locale" / "id" / "LC_MESSAGES"


@pytest.fixture
def staff(client, django_user_model):
    """A member of staff, logged in, with just these permissions."""

    def enter(*codenames):
        user = django_user_model.objects.create_user("sari", password="x", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return enter


def first_page(client):
    return client.get(reverse("admin:index")).content.decode()


def test_the_menu_follows_a_right_that_is_given_or_taken_at_once(staff, django_user_model):
    client = staff("view_business")
    user = django_user_model.objects.get(username="sari")
    link = reverse("admin:industry_revenue_changelist")
    before = first_page(client)

    user.user_permissions.add(Permission.objects.get(codename="view_revenue"))
    given = first_page(client)
    user.user_permissions.clear()

    assert (link in before, link in given, link in first_page(client)) == (False, True, False)


def test_the_first_page_shows_only_what_may_be_viewed(staff):
    BusinessFactory()
    RevenueFactory()

    page = first_page(staff("view_revenue"))

    assert "PAD sektor industri terhadap target" in page
    assert "IKM menurut tahun" not in page
    assert "Unggahan terakhir" not in page


def test_the_first_page_of_an_account_without_rights_says_whom_to_ask(staff):
    assert "Hubungi administrator." in first_page(staff())


def test_the_first_page_is_closed_to_strangers(client):
    response = client.get(reverse("admin:index"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_an_empty_register_shows_the_three_first_steps(admin_client):
    empty = first_page(admin_client)
    store(BusinessFactory.build(kelurahan=None), by=None, channel=Change.Channel.SYSTEM)

    begun = first_page(admin_client)

    assert "Tiga langkah pertama" in empty
    assert empty.count('<li class="card">') == 3
    assert reverse("admin:intake_upload_new", args=["ikm"]) in empty
    assert "Tiga langkah pertama" not in begun


def test_numbers_on_the_first_page_are_indonesian(admin_client):
    BusinessFactory()
    RevenueFactory(target=350_000_000, realised=330_280_000)

    page = first_page(admin_client)

    assert "Rp330.280.000" in page
    assert ">94,4%<" in page


def test_a_stored_text_never_becomes_markup_on_the_first_page(admin_client):
    BusinessFactory(kelurahan=None)
    RevenueFactory(source_name="<script>alert(1)</script>")

    assert "<script>alert" not in first_page(admin_client)


def test_no_page_needs_an_inline_style_or_script(admin_client):
    BusinessFactory()

    for page in (
        first_page(admin_client),
        admin_client.get(reverse("admin:login")).content.decode(),
    ):
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


@pytest.mark.parametrize("demo", [True, False])
def test_the_demonstration_says_so_on_every_page(client, settings, demo):
    settings.DEMO = demo

    page = client.get(reverse("admin:login")).content.decode()

    assert ("Peragaan" in page) is demo


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
)
def test_an_error_page_needs_nothing_and_leads_home(name):
    page = render_to_string(name)

    assert "Register Industri" in page
    assert f'href="{reverse("admin:index")}"' in page


def test_a_page_that_does_not_exist_says_so_in_indonesian(admin_client):
    response = admin_client.get("/tidak-ada/")

    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("Export", "Ekspor"),
        ("Value could not be parsed.", "Nilai tidak dapat dibaca."),
        ("Locked Out", "Terkunci"),
        ("Task Results", "hasil tugas"),
        ("Go", "Jalankan"),
        ("Show counts", "Tampilkan jumlah"),
    ],
)
def test_what_libraries_say_is_indonesian(english, indonesian):
    assert translate(english) == indonesian


def unescaped(escape):
    return {"n": "\n"}.get(escape[1], escape[1])


def test_the_compiled_catalogue_is_as_new_as_its_source():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    source = (CATALOGUE / "django.po").read_text("utf-8")

    pairs = re.findall(r'(?m)^msgid "(.+)"\nmsgstr "(.+)"$', source)
    assert len(pairs) > 50
    pairs = [tuple(re.sub(r"\\(.)", unescaped, text) for text in pair) for pair in pairs]
    assert [english for english, ours in pairs if compiled.gettext(english) != ours] == []
