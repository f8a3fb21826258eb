"""The lines of a form and the cells of its rows look as Django's own templates draw them."""

import re
from pathlib import Path

import django
import pytest
from django.template import Context, Engine
from django.utils.safestring import SafeString

from balikpapan.audit.form_layout import fieldset_lines, row_cells
from balikpapan.reports.models import Official
from industry.models import Business
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    OfficialFactory,
)
from tests.pages import FORM_MODELS, filled, url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STOCK = Engine(dirs=[Path(django.__file__).parent / "contrib" / "admin" / "templates"])
NASTY = "\"><script>alert('1')</script>&amp;"


@pytest.fixture
def business():
    business = BusinessFactory(name=NASTY, address=NASTY)
    for year in (2022, 2023):
        BusinessYearFactory(business=business, year=year)
    CertificateFactory(business=business, number=NASTY)
    return business


def without_gaps(html):
    """The markup without the blanks between its elements, at the ends of its texts and classes."""
    html = re.sub(r'class="\s+|class="([^"]*?)\s+"', r'class="\1', html)
    return re.sub(r"\s*(>|<)\s*", r"\1", html)


def lines_by_template(fieldset):
    """The lines of a fieldset as Django's template draws them."""
    html = STOCK.get_template("admin/includes/fieldset.html").render(
        Context({"fieldset": fieldset})
    )
    start, end = html.index('<div class="form-row'), html.rindex("</fieldset>")
    return html[start:end]


def cells_by_template(row):
    """The cells of a row as Django's template for tabular inlines draws them."""
    source = (Path(STOCK.dirs[0]) / "admin/edit_inline/tabular.html").read_text()
    start = source.index("{% for fieldset in inline_admin_form %}")
    end = source.index('<td class="delete">')
    return STOCK.from_string(source[start:end]).render(Context({"inline_admin_form": row}))


def compare(response):
    """Every line and row of a page, drawn twice."""
    for fieldset in response.context["adminform"]:
        drawn = fieldset_lines(fieldset)
        assert isinstance(drawn, SafeString)
        assert without_gaps(drawn) == without_gaps(lines_by_template(fieldset))
        assert drawn in response.content.decode()
    for formset in response.context["inline_admin_formsets"]:
        for row in formset:
            drawn = row_cells(row)
            assert isinstance(drawn, SafeString)
            assert without_gaps(drawn) == without_gaps(cells_by_template(row))
            assert drawn in response.content.decode()


def test_a_form_with_rows_is_drawn_as_by_the_templates(client, petugas, business):
    client.force_login(petugas)

    compare(client.get(url(Business, "change", business)))


def test_errors_of_boxes_and_of_rows_stand_where_the_templates_set_them(client, petugas, business):
    client.force_login(petugas)
    page = url(Business, "change", business)
    typed = {"name": "", "rt": "1a2", "years-0-workers_male": "-1", "certificates-0-number": ""}

    answer = client.post(page, filled(client.get(page)) | typed)

    assert answer.context["errors"]
    compare(answer)


def test_a_form_that_is_only_read_is_drawn_as_by_the_templates(client, pimpinan, business):
    client.force_login(pimpinan)

    compare(client.get(url(Business, "change", business)))


def test_every_form_of_a_new_record_is_drawn_as_by_the_templates(admin_client):
    for model in FORM_MODELS:
        answer = admin_client.get(url(model, "add"))
        if answer.status_code == 200:
            compare(answer)


@pytest.mark.parametrize(("is_acting", "word"), [(True, "Ya"), (False, "Tidak")])
def test_the_picture_of_a_yes_or_no_that_is_only_read_has_an_indonesian_name(
    client, pimpinan, is_acting, word
):
    official = OfficialFactory(is_acting=is_acting)
    client.force_login(pimpinan)

    page = client.get(url(Official, "change", official)).content.decode()

    assert re.findall(r'<img[^>]* alt="(\w+)"', page) == [word]
