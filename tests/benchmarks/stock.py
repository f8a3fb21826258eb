"""The stock library as its documentation shows it: its resource, its two pages, its admin.

It reads one model of 17 columns; ours reads 25 columns into two models with their trail.
"""

import re

from django.contrib.admin import AdminSite
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import path, reverse
from import_export.admin import ImportExportModelAdmin
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CachedForeignKeyWidget, ForeignKeyWidget

from balikpapan.regions.models import Kecamatan, Kelurahan
from industry.models import Business, IndustryGroup, Kbli

from .lists import STOCK_HEADINGS
from .stock_settings import stock_settings

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class StockResource(ModelResource):
    kelurahan = Field("kelurahan", "kelurahan", ForeignKeyWidget(Kelurahan, "name"))
    kecamatan = Field("kecamatan", "kecamatan", ForeignKeyWidget(Kecamatan, "name"))
    kbli = Field("kbli", "kbli", ForeignKeyWidget(Kbli, "code"))
    group = Field("group", "group", ForeignKeyWidget(IndustryGroup, "name"))

    class Meta:
        model = Business
        fields = STOCK_HEADINGS
        import_id_fields = ["nib"]
        clean_model_instances = True  # the only stock way that validates


class TunedResource(StockResource):
    """What its documentation offers for speed, all of it: rows are not validated, only written.

    No difference is worked out either, and nothing of it is in the admin's own log.
    """

    kelurahan = Field("kelurahan", "kelurahan", CachedForeignKeyWidget(Kelurahan, "name"))
    kecamatan = Field("kecamatan", "kecamatan", CachedForeignKeyWidget(Kecamatan, "name"))
    kbli = Field("kbli", "kbli", CachedForeignKeyWidget(Kbli, "code"))
    group = Field("group", "group", CachedForeignKeyWidget(IndustryGroup, "name"))

    class Meta:
        model = Business
        fields = STOCK_HEADINGS
        import_id_fields = ["nib"]
        clean_model_instances = False
        use_bulk = True
        skip_diff = True
        instance_loader_class = CachedInstanceLoader


class StockDownload(StockResource):
    """Every field of the model, references by name as an office reads them."""

    class Meta:
        model = Business


class StockAdmin(ImportExportModelAdmin):
    formats = [XLSX]

    def get_import_resource_classes(self, request):
        return [StockResource]

    def get_export_resource_classes(self, request):
        return [StockDownload]


class TunedAdmin(StockAdmin):
    skip_admin_log = True

    def get_import_resource_classes(self, request):
        return [TunedResource]


site, tuned_site = AdminSite(), AdminSite(name="tuned")
site.register(Business, StockAdmin)
tuned_site.register(Business, TunedAdmin)
urlpatterns = [path("admin/", site.urls), path("tuned/", tuned_site.urls)]


def download(user) -> bytes:
    """The register as its export page gives it."""
    with override_settings(**stock_settings(__name__)):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        chosen = {f"stockdownload_{name}": "on" for name in StockDownload().fields}
        response = client.post(
            reverse("admin:industry_business_export"), {"format": "0", "resource": "", **chosen}
        )
        assert response.status_code == 200, response.status_code
        assert response.content.startswith(b"PK"), response.content[:80]
        return response.content


def first_page(user, *, where: str = "admin") -> None:
    """Opens a page of it, after which the server has its addresses and templates at hand."""
    with override_settings(**stock_settings(__name__)):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        assert client.get(reverse(f"{where}:industry_business_import")).status_code == 200


def pages(content: bytes, user, *, where: str = "admin") -> None:
    """Uploads the list, looks at the preview and confirms it; ``where`` is "admin" or "tuned"."""
    Kbli.objects.exclude(version_year=2020).delete()
    with override_settings(**stock_settings(__name__)):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        file = SimpleUploadedFile("daftar.xlsx", content)
        address = reverse(f"{where}:industry_business_import")
        response = client.post(address, {"import_file": file, "format": "0", "resource": ""})
        # The form to confirm is there only where no row was refused.
        form = dict(HIDDEN.findall(response.content.decode()))
        assert form.keys() >= {"import_file_name", "format"}, form
        response = client.post(reverse(f"{where}:industry_business_process_import"), form)
        assert response.status_code == 302, response.status_code
