"""What has to be reported within three days when personal data got out (UU 27/2022 art. 46)."""

from collections.abc import Iterator
from datetime import datetime

from axes.models import AccessAttempt, AccessLog
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from balikpapan.audit.models import Change, ReadAccess
from balikpapan.intake.models import Upload


def sheets_since(since: datetime, until: datetime) -> Iterator[tuple[str, Iterator[list]]]:
    """The facts of a period as the sheets of a workbook: (name, rows of plain values)."""
    yield "Ringkasan", _summary(since, until)
    yield "Masuk", _logins(since, until)
    yield "Gagal masuk", _failures(since, until)
    yield "Akses data pribadi", _reads(since, until)
    yield "Catatan terlihat", _records(since, until)
    yield "Perubahan", _changes(since, until)
    yield "Unggahan", _uploads(since, until)


def _within(model, field, since, until):
    return model.objects.filter(**{f"{field}__gte": since, f"{field}__lt": until})


def _summary(since, until):
    reads = _within(ReadAccess, "at", since, until)
    taken = reads.exclude(kind=ReadAccess.Kind.SEEN)
    people = reads.exclude(by=None).values("by").distinct().count()
    yield ["Laporan insiden data pribadi", "Dibuat", timezone.now()]
    yield ["Kurun", since, until]
    yield ["Akun yang melihat atau mengambil data pribadi", people]
    yield ["Catatan yang dilihat", _total(reads.filter(kind=ReadAccess.Kind.SEEN))]
    yield ["Catatan yang dibawa keluar", _total(taken)]
    yield ["Berkas yang dibawa keluar", taken.count()]
    yield ["Masuk yang berhasil", _within(AccessLog, "attempt_time", since, until).count()]
    yield ["Diisi kantor: data apa yang terungkap", ""]
    yield ["Diisi kantor: kapan dan bagaimana terungkap", ""]
    yield ["Diisi kantor: upaya penanganan dan pemulihan", ""]


def _total(reads):
    return reads.aggregate(total=Sum("count"))["total"] or 0


def _logins(since, until):
    yield ["Akun", "Alamat", "Banyaknya", "Pertama", "Terakhir"]
    logs = _within(AccessLog, "attempt_time", since, until)
    grouped = logs.values("username", "ip_address").order_by("username", "ip_address")
    for row in grouped.annotate(n=Count("pk"), first=Min("attempt_time"), last=Max("attempt_time")):
        yield [row["username"], row["ip_address"], row["n"], row["first"], row["last"]]


def _failures(since, until):
    yield ["Akun", "Alamat", "Gagal", "Terakhir"]
    attempts = _within(AccessAttempt, "attempt_time", since, until)
    for attempt in attempts.order_by("attempt_time"):
        yield [
            attempt.username,
            attempt.ip_address,
            attempt.failures_since_start,
            attempt.attempt_time,
        ]


def _reads(since, until):
    yield ["Waktu", "Oleh", "Jenis", "Catatan", "Nomor", "Jumlah", "Kolom", "Keperluan", "Saringan"]
    accesses = _within(ReadAccess, "at", since, until).select_related("by").order_by("pk")
    for access in accesses.iterator():
        yield [
            access.at,
            access.by.get_username() if access.by else "perintah",
            access.get_kind_display(),
            access.model,
            access.record,
            access.count,
            access.columns,
            access.purpose,
            access.filter,
        ]


def _records(since, until):
    yield ["Catatan", "Nomor", "Berapa kali", "Terakhir"]
    one = _within(ReadAccess, "at", since, until).exclude(record=None)
    grouped = one.values("model", "record").order_by("model", "record")
    for row in grouped.annotate(n=Count("pk"), last=Max("at")):
        yield [row["model"], row["record"], row["n"], row["last"]]


def _changes(since, until):
    yield ["Oleh", "Saluran", "Catatan", "Tindakan", "Banyaknya"]
    changes = _within(Change, "at", since, until)
    grouped = changes.values("by__username", "channel", "model", "action").order_by(
        "by__username", "channel", "model", "action"
    )
    channels, actions = dict(Change.Channel.choices), dict(Change.Action.choices)
    for row in grouped.annotate(n=Count("pk")):
        who = row["by__username"] or "sistem"
        yield [who, channels[row["channel"]], row["model"], actions[row["action"]], row["n"]]


def _uploads(since, until):
    yield ["Nomor", "Diunggah", "Oleh", "Berkas", "Keadaan"]
    uploads = _within(Upload, "at", since, until).select_related("by").order_by("pk")
    for upload in uploads:
        who = upload.by.get_username() if upload.by else "perintah"
        yield [upload.pk, upload.at, who, upload.file_name, upload.get_status_display()]
