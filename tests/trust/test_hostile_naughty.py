"""Case 21: the naughty strings through both doors: stored as typed, or refused with a message."""

import re
import unicodedata

import pytest
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from industry.models import Business
from tests.pages import filled, upload_url, url
from tests.sheets import delimited, spelled, xlsx
from tests.trust.naughty import NAUGHTY
from tests.trust.verdicts import FOREIGN, QUOTED, Case, check_every_list, check_page, checker

HEADING = ["Nama Usaha", "NIB", "Nama Pemilik", "Alamat"]
#: What nobody sees: controls, marks of direction, separators, and code points without a meaning.
NOT_SEEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Cn")
#: Fields of one form that take any text, so that one form carries several.
FIELDS = ("name", "owner_name", "brand", "address", "commodity", "products")


def plain(text: str) -> str:
    """The text as it should be kept: trimmed, NFC, one space between words."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def seen(text: str) -> str:
    """Only what a person sees of it."""
    text = unicodedata.normalize("NFC", text)
    return "".join(char for char in text if unicodedata.category(char) not in NOT_SEEN)


def as_typed(stored_text: str, text: str) -> bool:
    """Whether a text is kept as it was typed; only what nobody sees may be missing."""
    if stored_text == plain(text):
        return True
    unseen = any(unicodedata.category(char) in NOT_SEEN and char != " " for char in text)
    return unseen and seen(stored_text) == seen(text)


def as_csv(texts):
    # In a csv two apostrophes are how our own exports write one.
    texts = [text for text in texts if text != "''"]
    return delimited(sheet(texts)), texts


def as_xlsx(texts):
    # No workbook can hold these at all.
    unwritable = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")
    texts = [text for text in texts if not unwritable.search(text)]
    return xlsx(sheet(texts)), texts


def sheet(texts) -> list[list]:
    rows = [
        [text, f"91{n:011}", f"Pemilik {spelled(n)}", f"Jl. Contoh {n}"]
        for n, text in enumerate(texts)
    ]
    return [HEADING, *rows]


def test_there_are_as_many_as_in_the_list_that_everybody_uses():
    assert len(NAUGHTY) == len(set(NAUGHTY)) >= 515


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_p21_of_a_whole_file_each_name_is_stored_as_typed_or_told(made, desk):
    content, texts = made(NAUGHTY)
    name = "nakal.csv" if made is as_csv else "nakal.xlsx"

    result = checker(Case(content, "HN", name=name), desk)
    desk.post(upload_url("confirm", result.upload), {"fingerprint": result.upload.fingerprint})

    stored = dict(Business.objects.values_list("nib", "name"))
    codes_by_row = {}
    for problem in result.problems:
        codes_by_row.setdefault(problem.row, set()).add(problem.severity)
    wrong = [
        (text, stored.get(f"91{n:011}"), codes_by_row.get(n + 2))
        for n, text in enumerate(texts)
        if not _rightly_kept(text, stored.get(f"91{n:011}"), codes_by_row.get(n + 2, set()))
    ]
    assert wrong == []
    assert result.tally[0] == len(stored) > len(texts) * 3 // 4
    check_every_list(desk)


def _rightly_kept(text, stored_text, codes_by_row):
    if stored_text is None:
        return "error" in codes_by_row
    return stored_text == plain(text) or (bool(codes_by_row) and as_typed(stored_text, text))


def test_p21_each_typed_into_a_form_is_stored_as_typed_or_refused_in_indonesian(desk):
    blank = filled(desk.get(url(Business, "add"))) | {"name": "Amplang Siti"}
    del blank["form_token"]  # it marks one form, and here are many
    wrong = []
    for start in range(0, len(NAUGHTY), len(FIELDS)):
        typed = dict(zip(FIELDS, NAUGHTY[start:], strict=False))
        response = desk.post(url(Business, "add"), blank | typed)
        if response.status_code == 200:
            refused = _refused(response)
            assert refused, typed
            typed = {name: text for name, text in typed.items() if name not in refused}
            response = desk.post(url(Business, "add"), blank | typed)
        assert response.status_code == 302, typed
        stored_text = Business.objects.latest("id")
        wrong += [
            (text, getattr(stored_text, name))
            for name, text in typed.items()
            if not as_typed(getattr(stored_text, name), text)
        ]

    assert wrong == []
    check_every_list(desk)
    for text in NAUGHTY[::40]:
        check_page(desk.get(url(Business, "changelist"), {"q": text}))


def _refused(response) -> set[str]:
    """The fields the form complains of, each in words of its own."""
    page = check_page(response)
    errors = response.context["adminform"].form.errors
    for messages in errors.values():
        assert not FOREIGN.search(QUOTED.sub("", " ".join(messages))), messages
        assert messages[0] in page
    return set(errors)
