"""Promise 34: the two tables of rights are the truth, for every address, method and kind of user.

``docs/matriks-hak.csv`` says what each group may do with each kind of record, and
``docs/matriks-alamat.csv`` which of these rights a page asks for when it is looked at and when
something is sent to it. A page that stands in neither fails.
"""

import csv
from functools import cache
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.urls import get_resolver, reverse
from django_tasks_db.models import DBTaskResult

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.formfields import TypedField
from balikpapan.audit.models import Change, ReadAccess, Record
from balikpapan.audit.reading import typed_formfield
from balikpapan.audit.trail import trace
from balikpapan.intake import admin as uploads
from balikpapan.intake.models import HeadingAlias, Upload, ValueAlias
from balikpapan.intake.pages import register_buttons
from balikpapan.intake.permissions import model_of
from balikpapan.intake.resources import REGISTERS
from balikpapan.privacy.models import Destruction
from balikpapan.reports.models import Edition
from balikpapan.yearbook import views
from balikpapan.yearbook.publication import EditionMissing
from balikpapan.yearbook.requested_lists import ask_for
from industry.merging import merge
from industry.models import Merge, ProductUnit, Reminder, RevenueSource
from tests import factories
from tests.cast import member
from tests.intake.importing import hand_in, load

STRANGERS = ("nobody", "inactive", "without group")
MEMBERS = ("Petugas", "Verifikator", "Pimpinan", "Administrator")
FIRST = "first account"
#: Words of the table that name no right of a record.
ANYONE, SIGNED_IN, PART, NONE = "siapa-pun", "masuk", "bagian", "-"


def rows_of(name: str) -> list[dict]:
    """The lines of a table of docs/."""
    with open(settings.BASE_DIR / "docs" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def rights_of(group: str) -> frozenset[str]:
    """The rights of a group as the table shows them."""
    rights = set()
    for row in rows_of("matriks-hak.csv"):
        if row["group"] == group:
            app, _, model = row["model"].partition(".")
            tail = f"_{model}" if model else ""
            rights |= {f"{app}.{action}{tail}" for action in row["actions"].split()}
    return frozenset(rights)


@cache
def pages() -> dict[str, dict]:
    """The line of each page in the table of addresses."""
    return {row["halaman"]: row for row in rows_of("matriks-alamat.csv")}


# Addresses


def addresses():
    """Every address of the program: its name in the table, its model, its parts."""

    def walk(resolver, before=""):
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, route)
            else:
                yield pattern.name, route

    models = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in apps.get_models()}
    for name, route in walk(get_resolver()):
        label = next((label for label in models if (name or "").startswith(f"{label}_")), None)
        if name is None:
            model = apps.get_model(*route.split("/")[:2]) if route.count("/") > 1 else None
            page = f"*/{route.split('/', 2)[2]}" if model else route
        else:
            model = models.get(label)
            page = name if name in pages() or label is None else f"*{name[len(label) :]}"
        yield SimpleNamespace(name=name, page=page, model=model, route=route)


def test_every_address_stands_in_the_table():
    named = {address.page for address in addresses()}
    written = {page.partition("[")[0] for page in pages()}

    assert named - written == set()
    assert written - named == set()


# The records the addresses are about


def uploads_by(user) -> list[Upload]:
    """A preview of one person, and a file of that person whose row was stored."""
    rows = [["Nama Usaha", "Nama Pemilik"], [f"Amplang {user.username}", "Siti Contoh"]]
    return [load(rows, user=user), hand_in([*rows, ["Roti Uji", "Budi Contoh"]], user=user)]


def list_of(user) -> DBTaskResult:
    """A long list somebody asked for, that waits to be made."""
    return DBTaskResult.objects.get(pk=ask_for(user, 2022, {}))


def records(by) -> dict[str, object]:
    """One record of every kind that has a page, by its label."""
    made = {}
    for factory in factories.RecordFactory.__subclasses__():
        record = factory()
        made[record._meta.label_lower] = record
    for record in (
        ProductUnit.objects.create(name="kodi"),
        RevenueSource.objects.create(name="Retribusi Uji", key="retribusiuji"),
        HeadingAlias.objects.create(register="ikm", field="name", heading="nama uji"),
        ValueAlias.objects.create(register="ikm", field="status", word="uji", value="active"),
        Edition.objects.create(year=2022, number=1, figures=[]),
        ReadAccess.objects.create(kind="seen", model="industry.business", count=1),
        Destruction.objects.create(hint="****0001", reason="surat 1", asked_by=by),
        Reminder.objects.create(
            business=made["industry.business"], reason="data", medium="letter", purpose="uji", by=by
        ),
        Group.objects.get(name="Pimpinan"),
    ):
        made[record._meta.label_lower] = record
    return made


def begin_trails(made):
    """Gives each record that has no trail the version it begins with."""
    with trail_transaction():
        for record in made:
            if isinstance(record, Record) and not Change.objects.of(record).exists():
                label = record._meta.label_lower
                trace(Change(model=label, record=record.pk, version=1, action="created"))


@pytest.fixture
def world(transactional_db):
    """What there is to look at: records, an archived and a verified business, two uploads."""
    others = {group: member(group, f"rekan-{group.lower()}") for group in MEMBERS}
    made = records(others["Petugas"])
    keep, drop = factories.BusinessFactory.create_batch(2)
    merge(keep, drop, by=others["Verifikator"])
    archived = factories.BusinessFactory(archived=True)
    verified = factories.BusinessFactory(verified_on="2024-05-06")
    begin_trails([*made.values(), archived, verified])
    made["auth.user"] = others["Petugas"]
    made["audit.change"] = Change.objects.first()
    return SimpleNamespace(
        made=made,
        archived=archived,
        verified=verified,
        pair=factories.BusinessFactory.create_batch(2),
        merge=Merge.objects.get(),
        uploads={"other": uploads_by(others["Petugas"])},
        lists={"other": list_of(others["Petugas"])},
    )


def arguments(address, world, upload):
    """What stands in an address: kwargs of ``reverse``, one dictionary per thing to try."""
    route = address.route
    label = address.model._meta.label_lower if address.model else ""
    values = {
        "register": address_registers(address),
        "pk": [
            upload.pk if upload else getattr(world.made.get(label or "reports.edition"), "pk", 1)
        ],
        "year": [2022],
        "key": ["ikm-kelurahan", "daftar-ikm", "kertas-kerja", "pad-bulanan", "kib-a"],
        "extension": ["xlsx"],
        "kept": [world.pair[0].pk],
        "dropped": [world.pair[1].pk],
        "number": [world.merge.pk],
        "version": [1],
        "task": [upload.pk if upload else 1],
        "app_label": ["industry"],
        "content_type_id": [1],
        "url": ["tidak-ada/"],
    }
    objects = [world.made[label]] if label in world.made else []
    if label == "industry.business":
        objects += [world.verified, world.archived]
    if address.page == "*_read" and typed_field(address.model) is None:
        return []
    if address.page == "*_restore":
        objects = [item for item in objects if item == world.archived]
        if not objects:
            return []
    elif address.page == "*_delete":
        objects = [item for item in objects if item != world.archived]
    values["object_id"] = [item.pk for item in objects] or [1]
    names = [name for name in values if f":{name}>" in route or f"<{name}>" in route]
    tried = [{}]
    for name in names:
        tried = [{**before, name: value} for before in tried for value in values[name]]
    return tried


def address_registers(address) -> list[str]:
    """The registers an address may name: those on the page of its model, or every one."""
    keeper = admin.site._registry.get(address.model)
    own = [sheet.register for sheet in getattr(keeper, "resource_classes", ())]
    return own or list(REGISTERS)


# What the tables say


def is_open(page: str, method: str, user, *, address, part: dict, own: bool) -> bool:
    """Whether the table of addresses opens a page to a user with these rights."""
    line = pages().get(f"{page}[{part.get('key')}]") or pages()[page]
    asked = line["lihat" if method == "get" else "kirim"]
    if asked in (ANYONE, NONE):
        return asked == ANYONE
    if user.kind in STRANGERS:
        return asked == SIGNED_IN and user.kind == "without group"
    if user.kind == FIRST:
        return not ("own" in asked.split() and not own)
    register = part.get("register") or "ikm"

    def holds(right: str) -> bool:
        if right in (SIGNED_IN, PART):
            return True
        if right == "own":
            return own
        act, dot, model = right.rpartition(".")
        if act in ("register", "some"):
            names = REGISTERS if act == "some" else [register]
            metas = [model_of(name)._meta for name in names]
            return any(f"{m.app_label}.{model}_{m.model_name}" in user.rights for m in metas)
        if dot:
            return right in user.rights
        meta = address.model._meta
        return f"{meta.app_label}.{right}_{meta.model_name}" in user.rights

    return all(any(map(holds, either.split("|"))) for either in asked.split())


def opened(response) -> bool:
    """Whether a page was given, not refused, hidden or replaced by the page to log in."""
    if response.status_code in (403, 404, 405):
        return False
    assert response.status_code < 500
    # Whoever asks for what is not there is led to the first page, others to the one to log in.
    place = response.headers.get("Location", "")
    return place != "/" and "/login/" not in place


def is_for_all(page: str) -> bool:
    """Whether a page is for whoever comes, so that there is nothing to refuse."""
    return pages()[page]["kirim"] == ANYONE


def no_book(*arguments, **options):
    """The answer to whoever may ask for a book: that there is none."""
    raise EditionMissing(2022, 1)


def sign_in(client, world, kind):
    """The person of one kind at the keyboard."""
    user = SimpleNamespace(kind=kind, rights=frozenset(), account=None)
    users = get_user_model().objects
    if kind in MEMBERS:
        user.account = member(kind)
        user.rights = rights_of(kind)
    elif kind == FIRST:
        user.account = users.create_superuser("pertama")
    elif kind == "without group":
        user.account = users.create_user("baru", is_staff=True)
    elif kind == "inactive":
        user.account = member("Verifikator", "keluar")
    if user.account:
        client.force_login(user.account)
    if kind == "inactive":
        users.filter(pk=user.account.pk).update(is_active=False)
    if kind in MEMBERS and "industry.import_business" in user.rights:
        world.uploads["own"] = uploads_by(user.account)
    if user.account:
        world.lists["own"] = list_of(user.account)
    return user


# The world is stored for good: an import makes temporary tables, after which SQLite reads its whole
# schema anew whenever an answer is taken back within one transaction.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [*STRANGERS, *MEMBERS, FIRST])
def test_p34_every_page_opens_to_whom_the_tables_say_and_to_nobody_else(
    client, world, kind, monkeypatch, caplog
):
    # Whoever is let in is answered without working out a book, a plan or a page each time.
    monkeypatch.setattr(views, "publication", no_book)
    monkeypatch.setattr(views, "single", no_book)
    monkeypatch.setattr(register_buttons, "write_template", lambda *arguments, **options: None)
    monkeypatch.setattr(uploads, "answer", lambda *arguments: None)
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    client.raise_request_exception = False
    user = sign_in(client, world, kind)
    wrong = {}
    for address in addresses():
        for upload, own in uploads_of(address, world):
            for part in arguments(address, world, upload):
                url = path_of(address, part)
                for method in ("get", "post"):
                    expected = is_open(
                        address.page, method, user, address=address, part=part, own=own
                    )
                    with transaction.atomic():
                        response = getattr(client, method)(url, sent(address, method))
                        transaction.set_rollback(True)
                    if opened(response) is not expected and not is_for_all(address.page):
                        wrong[address.page, method] = url, response.status_code, expected
                    if user.account and address.page == "logout":
                        client.force_login(user.account)

    assert not wrong, "\n".join(f"{at} {what}" for at, what in wrong.items())


def uploads_of(address, world):
    """The uploads, or long lists, an address is tried with, and whether they are the user's own."""
    if "<uuid:task>" in address.route:
        return [(asked, whose == "own") for whose, asked in world.lists.items()]
    if address.model is not Upload or "<int:pk>" not in address.route:
        return [(None, False)]
    number = 0 if address.name == "intake_upload_undo" else 1
    return [(both[number], whose == "own") for whose, both in world.uploads.items()]


def path_of(address, part: dict) -> str:
    """The path of an address; those without a name are written out."""
    if address.name:
        return reverse(f"admin:{address.name}", kwargs=part)
    path = address.route.replace("(?P<url>.*)$", part.get("url", ""))
    return f"/{path.replace('<path:object_id>', str(part.get('object_id')))}"


def sent(address, method: str) -> dict:
    """What is sent along: as little as a page needs to know what is meant."""
    if address.page == "autocomplete":
        return {"app_label": "industry", "model_name": "business", "field_name": "kelurahan"}
    if address.page == "*_read":
        field = typed_field(address.model)
        return {"field": f"{address.model._meta.label_lower}.{field.name}", "text": ""}
    return {}


def typed_field(model):
    """A field of a record whose box says what was read, or None."""
    fields = [field for field in model._meta.concrete_fields if field.editable]
    boxes = {field: field.formfield(**typed_formfield(field, {})) for field in fields}
    return next((field for field, box in boxes.items() if isinstance(box, TypedField)), None)
