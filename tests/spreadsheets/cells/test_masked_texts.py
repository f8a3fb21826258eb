"""A NIK, NPWP, phone or e-mail inside a sentence is masked, and other numbers are not."""

import pytest

from balikpapan.spreadsheets.cells import read_text
from balikpapan.spreadsheets.cells.masking import holds_mask, mask_free_text

PERSONAL = [
    ("NIK 6471010101809999", "NIK ************9999"),
    ("01.987.654.3-210.987", "****************.987"),
    ("telp 0812-5550-9999 siang", "telp 0812****999 siang"),
    ("WA +62 812 5550 9999", "WA 6281****999"),
    ("6281255509999", "6281****999"),
    ("(0542) 123456", "0542****456"),
    ("0542-7123456", "0542****456"),
    ("surel uji@contoh.example.", "surel ********."),
]
OTHERS = [
    "Jl. Mulawarman No. 12 RT 05",
    "Rp62.812.555.000",
    "1.500.000.000,00",
    "NIB 9120001234567",
    "Berdiri 02-03-2024",
    "P-IRT 64-71-01",
    "kode 4.1.02.02.20",
    "Somber 2024/2025",
    "@ikan_uji",
]


@pytest.mark.parametrize(("text", "masked"), PERSONAL)
def test_what_leads_to_a_person_is_masked_wherever_it_is_typed(text, masked):
    assert mask_free_text(text) == masked
    assert holds_mask(masked)
    read = read_text(masked)
    assert read.value is None
    assert [finding.code for finding in read.findings] == ["masked_value"]


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_stay(text):
    assert mask_free_text(text) == text
    assert read_text(text).value == text
