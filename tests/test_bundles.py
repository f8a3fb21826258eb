"""Sheets and scripts of the pages: joined into few files, one set of colours for light and dark."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.forms import Media
from django.http import HttpResponse, StreamingHttpResponse

from balikpapan.accounts.middleware import CompressedPages
from balikpapan.bundles import BUNDLES, form_media, list_media

OFFICE = Path(__file__).resolve().parent.parent / "balikpapan" / "static" / "office"
STOCK = ["admin/js/vendor/jquery/jquery.js", "admin/js/urlify.js", "admin/js/actions.js"]
SELECT2 = "admin/js/vendor/select2/select2.full.js"


def bundle(name):
    return Path(finders.find(name)).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_holds_every_part_and_only_addresses_that_exist(name):
    text = bundle(name)

    for part in BUNDLES[name]:
        assert finders.find(part), part
    for address in re.findall(r"url\([\"']?([^)\"']+)", text) if name.endswith(".css") else ():
        assert finders.find(address.removeprefix("../")), address
    assert "@import" not in text


def test_collectstatic_is_offered_every_bundle():
    offered = [name for finder in finders.get_finders() for name, _ in finder.list([])]

    assert set(BUNDLES) <= set(offered)


def test_no_own_sheet_is_forgotten():
    parts = {part.removeprefix("office/") for parts in BUNDLES.values() for part in parts}
    # It stands in the file of a report as well, and only there and on the pages of reports.
    alone = {"reports.css"}

    assert {path.name for path in OFFICE.glob("*.css")} - alone <= parts


def test_a_form_loads_one_script_and_a_list_no_jquery():
    plain, searched = form_media(Media(js=STOCK)), form_media(Media(js=[*STOCK, SELECT2]))
    shown = list_media(Media(js=[*STOCK, "office/grid.js"], css={"all": ["admin/css/forms.css"]}))

    assert re.findall(r"office/\w+\.js", plain) == ["office/form.js"]
    assert re.findall(r"[\w/.]+\.js", searched) == ["/static/office/form_with_choices.js"]
    assert re.findall(r"\w+\.(?:js|css)", shown) == ["list.js", "grid.js"]


def declared(block):
    return dict(re.findall(r"\n +(--[\w-]+|color-scheme): ([^;]+);", block))


def test_both_dark_sets_are_equal_and_name_what_is_light():
    text = (OFFICE / "tokens.css").read_text(encoding="utf-8")
    light = declared(re.search(r":root,.*?\n}", text, re.DOTALL)[0])
    by_screen, by_choice = (
        declared(block) for block in re.findall(r"@media screen.*?\n}\n", text, re.DOTALL)
    )

    assert by_screen == by_choice
    assert set(by_screen) < set(light)


def test_colours_stand_in_one_sheet():
    beyond = []
    for path in sorted(OFFICE.glob("*.css")):
        if path.name in ("tokens.css", "reports.css"):
            continue  # a report's file is read without the office's sheets
        text = path.read_text(encoding="utf-8")
        beyond += [f"{path.name}: {hit}" for hit in re.findall(r"#[0-9a-f]{3,8}\b|rgb\(", text)]

    assert beyond == []


def test_pages_travel_compressed_and_made_files_as_they_are(rf):
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    page = HttpResponse("isi " * 500, content_type="text/html; charset=utf-8")
    image = HttpResponse(b"isi " * 500, content_type="image/png")
    list_file = StreamingHttpResponse([b"isi " * 500], content_type="text/html")

    answers = [CompressedPages(lambda _, a=a: a)(request) for a in (page, image, list_file)]

    assert [answer.has_header("Content-Encoding") for answer in answers] == [True, False, False]
    assert len(answers[0].content) < 500
    assert "Accept-Encoding" in answers[0]["Vary"]
