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
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from balikpapan.regions.models import Kecamatan, Kelurahan
from industry.models import Business, IndustryGroup, Kbli

from .lists import STOCK_HEADINGS

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


site = AdminSite()
site.register(Business, StockAdmin)
urlpatterns = [path("admin/", site.urls)]


def download(user) -> bytes:
    """The register as its export page gives it."""
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        chosen = {f"stockdownload_{name}": "on" for name in StockDownload().fields}
        response = client.post(
            reverse("admin:industry_business_export"), {"format": "0", "resource": "", **chosen}
        )
        assert response.status_code == 200, response.status_code
        assert response.content.startswith(b"PK"), response.content[:80]
        return response.content


def pages(content: bytes, user) -> None:
    """Uploads the list, looks at the preview and confirms it."""
    Kbli.objects.exclude(version_year=2020).delete()
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        file = SimpleUploadedFile("daftar.xlsx", content)
        address = reverse("admin:industry_business_import")
        response = client.post(address, {"import_file": file, "format": "0", "resource": ""})
        # The form to confirm is there only where no row was refused.
        form = dict(HIDDEN.findall(response.content.decode()))
        assert form.keys() >= {"import_file_name", "format"}, form
        response = client.post(reverse("admin:industry_business_process_import"), form)
        assert response.status_code == 302, response.status_code
