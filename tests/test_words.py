"""What people read is Indonesian, spelled well and alike: pages, scripts, the terminal, libraries."""

import contextlib
import re
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import get_commands
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import trans_real

from balikpapan.audit.models import Change
from balikpapan.bundles import BUNDLES
from balikpapan.intake.models import HeadingAlias
from balikpapan.management.terminal import OfficeUtility, own_commands
from tests.english import english_texts, english_words
from tests.trust.test_p34_rights import (
    addresses,
    arguments,
    path_of,
    sign_in,
    uploads_of,
    world,  # noqa: F401  a fixture
)

LIBRARY = Path(django.__file__).parent
CATALOGUES = [LIBRARY / "conf", *(LIBRARY / "contrib" / app for app in ("admin", "auth"))]
#: Misspelled, impolite or another name of a thing than this office's.
FAULTS = re.compile(
    r"dibawah|disini|diatas|\banda\b|[Ss]ilahkan|autent|merubah|mengg?andung tanpa|\byg\b|[Ff]ield\b|"
    r"(?<!ata )\b[Ss]andi\b|\b[Gg]rup\b|\b[Oo]bje[kc]|\blaman\b|\bsitus\b|\bemail\b|nama pengguna|"
    r"[Gg]alat|Breadcrumb|Sidebar|\bmodel\b"
)
#: Sentences of Django for programmers alone: a broken form or model, never an office's page.
TECHNICAL = re.compile(r"class_name|slug|model_name|\(%\(model\)s\)|View|%\(model\)s with|allow_")
ENTRY = re.compile(
    r"^(?:msgctxt (?P<context>(?:\".*\"\n)+))?msgid (?P<id>(?:\".*\"\n)+)(?P<plural>msgid_plural)?",
    re.M,
)


def library_messages(name):
    """Every message of Django's own pages: the key of the catalogue and its English text."""
    for folder in CATALOGUES:
        source = (folder / "locale/en/LC_MESSAGES" / f"{name}.po").read_text("utf-8")
        for entry in ENTRY.finditer(source):
            context, english = (
                "".join(re.findall(r'"(.*)"', entry[part] or "")) for part in ("context", "id")
            )
            english = english.replace('\\"', '"').replace("\\n", "\n")
            if english:
                key = f"{context}\x04{english}" if context else english
                yield (key, 0) if entry["plural"] else key, english


def test_every_message_of_django_is_indonesian_and_well_spelled():
    with translation.override("id"):
        catalogue = trans_real.catalog()._catalog
    texts = {english: catalogue.get(key) for key, english in library_messages("django")}
    shown = {english: text for english, text in texts.items() if not TECHNICAL.search(english)}

    assert len(shown) > 300
    assert [english for english, text in shown.items() if not text] == []
    assert {
        text for text in shown.values() if FAULTS.search(re.sub(r"%\(\w+\)s|{\w+}", "", text))
    } == set()


# Scripts

STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
OWN_SCRIPTS = sorted((settings.BASE_DIR / "balikpapan/static/office").glob("*.js"))


@pytest.mark.parametrize("script", OWN_SCRIPTS, ids=lambda path: path.stem)
def test_no_script_speaks_english(script):
    source = re.sub(r"^\s*//.*|/\*.*?\*/", "", script.read_text("utf-8"), flags=re.M | re.S)
    texts = ["".join(groups) for groups in STRING.findall(source)]
    sentences = [
        text for text in texts if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+", text)
    ]
    prose = [text for text in sentences if not re.search(r"[\[\]#=<>]|^\.|: |true$", text)]

    assert [text for text in prose if english_words(text)] == []


def test_the_scripts_of_the_admin_are_translated():
    with translation.override("id"):
        catalogue = trans_real.DjangoTranslation("id", domain="djangojs")._catalog
    parts = {part for parts in BUNDLES.values() for part in parts if part.startswith("admin/js/")}
    untranslated = []
    for part in sorted(parts):
        source = (LIBRARY / "contrib/admin/static" / part).read_text("utf-8")
        for single, double in re.findall(r"\bgettext\(\s*(?:'([^']+)'|\"([^\"]+)\")\)", source):
            if (single or double) not in catalogue:
                untranslated.append((part, single or double))

    assert untranslated == []


# The terminal


#: Names of commands and options are no words.
NAMES = "|".join(
    [rf"\b{name}\b" for name in own_commands()] + [r"manage\.py help", r"(?<=manage\.py )\w+"]
)


def parsers():
    """Every command's, as ``manage.py`` finds it: the office's own and those of the libraries."""
    for name in get_commands():
        command = OfficeUtility(["manage.py"]).fetch_command(name)
        yield name, command.create_parser("manage.py", name)


def test_the_terminal_explains_itself_in_indonesian():
    helps = {name: parser.format_help() for name, parser in parsers()}
    helps["manage.py"] = OfficeUtility(["manage.py"]).main_help_text()
    # Names of options and what stands for their values are no words.
    prose = {name: re.sub(rf"-{{1,2}}[a-z-]+|\{{[^}}]*\}}|[A-Z_]{{3,}}|\w+_\w+|\b[a-z]+\.[A-Za-z.]+|{NAMES}", "", text)
             for name, text in helps.items()}  # fmt: skip

    assert len(helps) > 40
    assert "untuk pengembang" in helps["migrate"]
    assert "untuk pengembang" not in helps["backup"]
    assert {name: words for name, text in prose.items() if (words := english_words(text))} == {}
    assert all("pemakaian:" in text for name, text in helps.items() if name != "manage.py")


@pytest.mark.parametrize("line", ["help", "test --help", "start -h", "help close_year"])
def test_help_is_asked_for_in_every_way(line, capsys):
    with contextlib.suppress(SystemExit):
        OfficeUtility(["manage.py", *line.split()]).execute()

    text = capsys.readouterr().out
    assert english_words(re.sub(rf"-{{1,2}}[a-z-]+|[A-Z_]{{3,}}|{NAMES}", "", text)) == set()
    assert "pemakaian:" in text or "Perintah register" in text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("close_year", "isian berikut wajib: TAHUN"),
        ("close_year abad", "'abad' tidak dapat dibaca"),
        ("close_year 2024 2025", "tidak dikenal: 2025"),
        ("check_data --only", "--only: perlu satu nilai"),
        ("export_sheet gaji gaji.csv", "'gaji' tidak ada; pilih dari"),
        ("check_data --quick=ya", "tidak menerima nilai 'ya'"),
        ("backup --tidak-ada", "tidak dikenal: --tidak-ada"),
        ("close_yaer 2024", "Tidak ada perintah «close_yaer». Maksudnya close_year?"),
    ],
)
def test_the_terminal_refuses_in_indonesian(line, reason, capsys):
    with pytest.raises(SystemExit):
        OfficeUtility(["manage.py", *line.split()]).execute()

    refusal = capsys.readouterr().err
    assert reason in refusal
    assert english_words(re.sub(rf"--?[a-z-]+|\{{.*?\}}|{NAMES}|«.*?»", "", refusal)) == set()


# Pages

#: Answers of scripts, and the way out.
SILENT = ("logout", "jsi18n", "autocomplete", "search")
#: What differs from register to register.
FORMS = ("*_changelist", "*_add", "*_change")


def tried(world):  # noqa: F811
    """Methods and paths: lists and forms of every register, each other page once; no files."""
    alike = set()
    for address in addresses():
        page = address.page
        if page in SILENT or page.endswith(("_file", "_template", "_download")):
            continue
        if page.startswith("*") and page not in FORMS:
            # What a heading means is stored as the name of a field.
            if page in alike or address.model is HeadingAlias:
                continue
            alike.add(page)
        upload, _ = uploads_of(address, world)[-1]
        for part in arguments(address, world, upload)[:1]:
            url = path_of(address, part)
            yield "get", url
            if not page.startswith("*") or page == "*_add":
                yield "post", url


@pytest.mark.one_database
@pytest.mark.django_db
def test_no_page_speaks_english_or_calls_a_page_by_two_names(client, world):  # noqa: F811
    client.raise_request_exception = False
    sign_in(client, world, "first account")
    menu = menu_names(client.get("/"))
    pages, spoken, misnamed, erring, complaining = 0, {}, {}, [], []
    for method, url in [*tried(world), *(("get", address) for address in menu)]:
        with transaction.atomic():
            response = getattr(client, method)(url)
            transaction.set_rollback(True)
        if "html" not in response.headers.get("Content-Type", ""):
            continue
        pages += 1
        page = response.content.decode()
        if texts := english_texts(page):
            spoken[method, url] = texts
        if names := misnamed_crumbs(page, url, menu):
            misnamed[method, url] = names
        if re.search(r"\b[Gg]alat\b", page):
            erring.append(url)
        if method == "get" and COMPLAINT.search(page):
            complaining.append(url)

    assert pages > 150
    assert spoken == {}
    assert misnamed == {}
    # What goes wrong is called kesalahan everywhere.
    assert erring == []
    # A form that was only opened has nothing to complain of yet.
    assert complaining == []


COMPLAINT = re.compile(r'class="[^"]*\berror(?:list|note)\b')
TRAIL = re.compile(r'<div class="breadcrumbs">(.*?)</div>', re.S)
LINK = re.compile(r'<a href="([^"?]*)[^"]*">(.*?)</a>', re.S)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)


def menu_names(response):
    """Address of each page of the menu -> the name the menu has for it; no narrowed list."""
    entries = [entry for part in response.context["available_apps"] for entry in part["models"]]
    names = {entry["admin_url"]: capfirst(str(entry["name"])) for entry in entries}
    return {address: name for address, name in names.items() if "?" not in address}


def misnamed_crumbs(page, url, menu):
    """Names in a trail that are not the menu's: of pages it links to, of the page it ends at.

    A page of one period says which after its name.
    """
    trail = TRAIL.search(page)
    if not trail:
        return []
    crumbs = [text_of(part) for part in trail[1].split("&rsaquo;")]
    wrong = [
        text_of(name)
        for address, name in LINK.findall(trail[1])
        if menu.get(address, text_of(name)) != text_of(name)
    ]
    if url in menu:
        names = [crumbs[-1], *map(text_of, HEADING.findall(page))]
        return wrong + [name for name in names if not name.startswith(menu[url])]
    above = [name for address, name in menu.items() if url.startswith(address)]
    return wrong if not above or set(above).intersection(crumbs[1:-1]) else [*wrong, crumbs]


def text_of(markup):
    """The text of a piece of a page."""
    return " ".join(strip_tags(markup).split())


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "413", "500", "503"])
def test_no_page_of_an_error_speaks_english(status):
    assert english_texts(render_to_string(f"{status}.html")) == set()


@pytest.mark.django_db
def test_forms_of_the_library_refuse_in_good_indonesian(client):
    user = get_user_model().objects.create_superuser("sari", password="kata-sandi-uji")

    refused = client.post("/login/", {"username": "sari", "password": "salah"}).content.decode()
    client.force_login(user)
    changed = client.post(
        "/password_change/",
        {"old_password": "kata-sandi-uji", "new_password1": "12345", "new_password2": "1234"},
    ).content.decode()
    double = client.post("/auth/user/add/", {"username": "sari"}).content.decode()

    assert "Isi nama akun dan kata sandi yang benar." in refused
    assert "nama pengguna" not in refused + changed + double
    assert "Kedua kata sandi tidak sama." in changed
    assert "Nama akun ini sudah dipakai." in double
    assert english_texts(refused) | english_texts(changed) | english_texts(double) == set()


@pytest.mark.django_db
def test_a_trail_names_its_records_as_people_do(admin_client):
    Change.objects.create(
        model="industry.business", record=1, version=1, action="created", channel="form", link=0,
        after={"name": "Roti", "kelurahan": None},
    )  # fmt: skip

    listed = admin_client.get("/audit/change/").content.decode()
    shown = admin_client.get(f"/audit/change/{Change.objects.get().pk}/change/").content.decode()

    assert "Usaha IKM" in listed
    assert "industry.business<" not in listed + shown
    assert "kelurahan, nama usaha" in shown
