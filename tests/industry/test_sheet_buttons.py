"""Every sheet has its buttons: upload, template and export, for those who may."""

import pytest
from django.urls import reverse

from balikpapan.intake.resources import REGISTERS

LISTS = {
    "ikm": "industry_business",
    "ikm-tahunan": "industry_business",
    "sertifikat": "industry_certificate",
    "pembinaan": "industry_programme",
    "pad": "industry_revenue",
    "kbli": "industry_kbli",
    "fasilitas": "facilities_facility",
    "unit": "facilities_productionunit",
    "sewa": "facilities_lease",
    "aset": "facilities_asset",
    "cold-storage": "facilities_storagemonth",
    "penitipan": "facilities_deposit",
}


def test_these_are_all_registers():
    assert set(LISTS) == set(REGISTERS)


@pytest.mark.parametrize("register", LISTS)
def test_its_list_leads_to_its_sheet(client, petugas, administrator, register):
    client.force_login(administrator if register == "kbli" else petugas)

    page = client.get(reverse(f"admin:{LISTS[register]}_changelist")).content.decode()
    template = client.get(reverse(f"admin:{LISTS[register]}_template", args=[register]))
    exported = client.post(reverse(f"admin:{LISTS[register]}_export", args=[register]))

    assert f"/{register}/" in page
    assert (template.status_code, exported.status_code) == (200, 200)


@pytest.mark.parametrize("register", LISTS)
def test_without_the_right_there_is_no_template_and_no_upload(client, pimpinan, register):
    client.force_login(pimpinan)

    template = client.get(reverse(f"admin:{LISTS[register]}_template", args=[register]))
    upload = client.get(reverse("admin:intake_upload_new", args=[register]))

    assert (template.status_code, upload.status_code) == (403, 403)
