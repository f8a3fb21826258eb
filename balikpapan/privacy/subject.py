"""Everything the register knows about one person, by the person's NIK (UU 27/2022 art. 7)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from balikpapan.audit.history import display_value
from balikpapan.audit.models import Change, ReadAccess, Record
from balikpapan.audit.store import BOOKKEEPING
from balikpapan.intake import storage
from balikpapan.intake.models import Upload

from .mentions import Mention, mentions_of
from .places import Place, holds_nik, places_where
from .requests import SubjectRequest
from .waiting_lists import WaitingList, lists_naming
from .written_nik import NIK_DIGITS, WrittenNik, only_digits

NIK = "nik"
#: Fewer characters, such as the number of an RT, stand in many rows that are about somebody else.
LEAST_TELLING = 5


@dataclass
class Dossier:
    """What is known about one person: records, their trail, uploads, lists, and who looked."""

    nik: str
    records: list[Record] = field(default_factory=list)
    #: Upload -> the cells of its workbook that name the person; none where its bytes are gone.
    uploads: dict[Upload, list[Place]] = field(default_factory=dict)
    #: Lists made for somebody who has not fetched them yet, with the cells that name the person.
    lists: dict[WaitingList, list[Place]] = field(default_factory=dict)
    #: Uploads whose workbook nobody can read, so that nobody knows whom it names.
    unread: list[Upload] = field(default_factory=list)
    #: Texts about anybody or anything else in which the NIK stands, and questions saved with it.
    mentions: list[Mention] = field(default_factory=list)

    @cached_property
    def keys(self) -> dict[str, list[int]]:
        """The numbers of the records by their kind, as the trail names both."""
        keys: dict[str, list[int]] = {}
        for record in self.records:
            keys.setdefault(record._meta.label_lower, []).append(record.pk)
        return keys

    def changes(self) -> QuerySet[Change]:
        """The trail of the records, oldest first."""
        return Change.objects.filter(self._about_records()).select_related("by").order_by("pk")

    def reads(self) -> QuerySet[ReadAccess]:
        """Who looked at the records or took them out one by one, oldest first."""
        return ReadAccess.objects.filter(self._about_records()).select_related("by").order_by("pk")

    def _about_records(self) -> Q:
        nothing = Q(pk__in=[])
        for label, numbers in self.keys.items():
            nothing |= Q(model=label, record__in=numbers)
        return nothing

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known."""
        return not (self.records or self.uploads or self.lists or self.mentions)

    def words(self) -> set[str]:
        """What tells who the person is in a cell of its own, now and as the trail has it."""
        words = set()
        for record in self.records:
            names = [*record.personal_fields, *record.identifying_fields]
            words |= {getattr(record, name) for name in names}
        for change in self.changes():
            model = apps.get_model(change.model)
            for name in (*model.personal_fields, *model.identifying_fields):
                words |= {change.before.get(name), change.after.get(name)}
        return {w for w in words if isinstance(w, str) and len(w) >= LEAST_TELLING}


def dossier_of(nik: str) -> Dossier:
    """Collects what is known about a NIK of 16 digits; reads every workbook that is still kept."""
    dossier = Dossier(nik, list(records_of(nik)))
    numbers = set(dossier.changes().exclude(upload=None).values_list("upload", flat=True))
    for upload in Upload.objects.select_related("by").order_by("pk"):
        places = places_in(upload, nik)
        if places or upload.pk in numbers or is_named_beside(upload, nik):
            dossier.uploads[upload] = places or []
        elif places is None:
            dossier.unread.append(upload)
    dossier.lists = lists_naming(nik, dossier.words())
    own = {Upload._meta.label_lower: [upload.pk for upload in dossier.uploads]}
    mentions = mentions_of(nik, dossier.keys)
    dossier.mentions = [m for m in mentions if m.pk not in own.get(m.model, ())]
    return dossier


def person_of(nik: str | None, request: int | None) -> tuple[str, SubjectRequest | None]:
    """The 16 digits of a typed NIK, or those of the request of that number, and the request.

    Raises ValidationError where exactly one of them is not given or leads to nobody.
    """
    if (nik is None) is (request is None):
        raise ValidationError("Isi NIK, atau --request NOMOR untuk permintaan yang sudah dicatat.")
    asked = SubjectRequest.objects.kept().filter(pk=request).first()
    if request is not None and asked is None:
        raise ValidationError(f"Tidak ada permintaan subjek data bernomor {request}.")
    if asked is not None and not asked.nik:
        raise ValidationError(f"Permintaan {request} tidak mencatat NIK pemohonnya.")
    digits = only_digits(asked.nik if asked else nik or "")
    if len(digits) != NIK_DIGITS:
        raise ValidationError(f"NIK terdiri dari {NIK_DIGITS} angka; periksa ketikannya.")
    return digits, asked


def records_of(nik: str) -> Iterator[Record]:
    """The records that carry the NIK or once did, archived ones too, and what belongs to them."""
    for model in apps.get_models():
        if not issubclass(model, Record) or NIK not in _field_names(model):
            continue
        label = model._meta.label_lower
        once = Change.objects.filter(model=label).filter(Q(before__nik=nik) | Q(after__nik=nik))
        owners = model.objects.filter(Q(nik=nik) | Q(pk__in=once.values("record"))).order_by("pk")
        yield from owners
        for link in model._meta.related_objects:
            if issubclass(link.related_model, Record):
                belonging = {f"{link.field.name}__in": owners}
                yield from link.related_model.objects.filter(**belonging).order_by("pk")


def _field_names(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def places_in(upload: Upload, nik: str) -> list[Place] | None:
    """The cells of an upload's workbook that hold the NIK, however it is written there.

    None where the workbook cannot be read; none of them where its bytes are gone.
    """
    content = storage.original(upload.sha256)
    if content is None:
        return []
    return places_where(content, upload.file_name, lambda cell: holds_nik(cell, nik))


def is_named_beside(upload: Upload, nik: str) -> bool:
    """Whether the answers to an upload, its name or its messages name the NIK."""
    texts = [upload.file_name, upload.answers, upload.sheets, upload.questions, upload.result]
    return WrittenNik(nik).stands_in(texts)


# The answer to the person, sheet by sheet


def sheets_of(dossier: Dossier) -> Iterator[tuple[str, Iterator[list]]]:
    """The dossier as the sheets of a workbook: (name, rows of plain values)."""
    yield "Catatan", _record_rows(dossier)
    yield "Riwayat", _change_rows(dossier)
    yield "Unggahan", _upload_rows(dossier)
    yield "Daftar menunggu", _list_rows(dossier)
    yield "Penyebutan lain", _mention_rows(dossier)
    yield "Akses", _read_rows(dossier)


def _record_rows(dossier):
    yield ["Jenis", "Nomor", "Catatan", "Isian", "Nilai", "Diarsipkan"]
    for record in dossier.records:
        kind = str(record._meta.verbose_name)
        for column in record._meta.concrete_fields:
            value = getattr(record, column.attname)
            if column.name not in BOOKKEEPING and value not in (None, ""):
                shown = str(display_value(column, value))
                yield [
                    kind,
                    record.pk,
                    str(record),
                    str(column.verbose_name),
                    shown,
                    record.archived_at,
                ]


def _change_rows(dossier):
    yield ["Waktu", "Jenis", "Nomor", "Tindakan", "Oleh", "Saluran", "Isian", "Sebelum", "Sesudah"]
    for change in dossier.changes():
        who = change.by.get_username() if change.by else "sistem"
        head = [change.at, change.model, change.record, change.get_action_display(), who]
        for name in sorted({*change.before, *change.after}):
            pair = [_plain(values.get(name)) for values in (change.before, change.after)]
            yield [*head, change.get_channel_display(), name, *pair]


def _upload_rows(dossier):
    yield ["Nomor", "Berkas", "Diunggah", "Oleh", "Keadaan", "Sel", "Isi berkas"]
    for upload, places in dossier.uploads.items():
        who = upload.by.get_username() if upload.by else "perintah"
        bytes_state = "masih disimpan" if storage.is_whole(upload.sha256) else "sudah tidak ada"
        where = ", ".join(map(str, places))
        state = upload.get_status_display()
        yield [upload.pk, upload.file_name, upload.at, who, state, where, bytes_state]


def _list_rows(dossier):
    yield ["Tugas", "Dibuat", "Oleh", "Sel"]
    for waiting, places in dossier.lists.items():
        yield [str(waiting.task), waiting.at, waiting.by, ", ".join(map(str, places))]


def _mention_rows(dossier):
    yield ["Jenis", "Nomor", "Isian", "Alamat halaman"]
    for mention in dossier.mentions:
        yield [mention.kind, str(mention.pk), mention.label, mention.address]


def _read_rows(dossier):
    yield ["Waktu", "Oleh", "Jenis", "Catatan", "Nomor", "Kolom", "Keperluan"]
    for access in dossier.reads():
        who = access.by.get_username() if access.by else "perintah"
        yield [
            access.at,
            who,
            access.get_kind_display(),
            access.model,
            access.record,
            access.columns,
            access.purpose,
        ]


def _plain(value):
    return value if isinstance(value, str | int | float | None) else json.dumps(value)
