"""Checks of uploads: their state, their counts against the trail, their files."""

from django.db.models import Count, Exists, OuterRef

from balikpapan.audit.models import Change
from balikpapan.intake import storage, working_file
from balikpapan.intake.models import Upload, Work

from .registry import ASK, RESTORE, Run, check

Status = Upload.Status
WAITING = "Buka unggahan itu lalu susun ulang pratinjaunya; bila tetap gagal, unggah lagi."
#: The folder of an original: its SHA-256 below the first two digits.


@check("upload_counts", "Hasil unggahan sama dengan jejaknya", ASK)
def _upload_counts(run: Run):
    rows = Change.objects.exclude(upload=None).order_by()
    traced: dict[int, dict[tuple[str, bool], int]] = {}
    for upload, label, action, count in rows.values_list("upload", "model", "action").annotate(
        Count("id")
    ):
        name, created = label.rpartition(".")[2], action == Change.Action.CREATED
        counts = traced.setdefault(upload, {})
        counts[name, created] = counts.get((name, created), 0) + count
    stored = Upload.objects.exclude(stored_at=None).order_by("pk")
    for key, result in stored.values_list("pk", "result"):
        stated = {
            (name, part == "created"): count
            for name, parts in result.items()
            for part, count in parts.items()
            if count and part in ("created", "changed")
        }
        if stated != traced.get(key, {}):
            yield f"Unggahan {key}: hasil yang tercatat tidak sama dengan jejaknya."


@check("upload_of_trail", "Setiap jejak unggahan menunjuk unggahan yang tersimpan", ASK)
def _upload_of_trail(run: Run):
    stored = Upload.objects.filter(pk=OuterRef("upload")).exclude(stored_at=None)
    lost = Change.objects.exclude(upload=None).filter(~Exists(stored)).order_by()
    for key in lost.values_list("upload", flat=True).distinct():
        yield f"Jejak menyebut unggahan {key}, yang tidak ada atau belum tersimpan."


@check("upload_times", "Keadaan unggahan sesuai waktunya", ASK)
def _upload_times(run: Run):
    for key, status, stored_at, undone_at in Upload.objects.order_by("pk").values_list(
        "pk", "status", "stored_at", "undone_at"
    ):
        is_stored = status in (Status.STORED, Status.UNDONE)
        if is_stored and stored_at is None:
            yield f"Unggahan {key} tersimpan tanpa waktu simpan."
        if status == Status.UNDONE and undone_at is None:
            yield f"Unggahan {key} dibatalkan tanpa waktu pembatalan."
        if status == Status.PLANNED and stored_at is not None:
            yield f"Unggahan {key} menunggu, padahal punya waktu simpan."


@check("upload_work", "Unggahan yang dikerjakan punya pekerjaannya", "Jalankan ulang program.")
def _upload_work(run: Run):
    working = set(Upload.objects.filter(status=Status.WORKING).values_list("pk", flat=True))
    jobs = set(Work.objects.values_list("upload_id", flat=True))
    for key in sorted(working - jobs):
        yield f"Unggahan {key} sedang dikerjakan, tetapi tidak ada pekerjaannya."
    for key in sorted(jobs - working):
        yield f"Pekerjaan untuk unggahan {key} tertinggal."


@check("original_missing", "Berkas asli setiap unggahan ada", RESTORE)
def _original_missing(run: Run):
    for upload in Upload.objects.filter(purged_at=None).order_by("pk").iterator():
        if not (storage.folder(upload.sha256) / "original").is_file():
            yield f"Berkas asli unggahan {upload.pk} tidak ada."


@check("original_altered", "Berkas asli seperti saat diunggah", RESTORE)
def _original_altered(run: Run):
    digests: dict[str, bool] = {}
    for key, sha256 in (
        Upload.objects.filter(purged_at=None).order_by("pk").values_list("pk", "sha256")
    ):
        if (storage.folder(sha256) / "original").is_file():
            if sha256 not in digests:
                digests[sha256] = storage.is_whole(sha256)
            if not digests[sha256]:
                yield f"Berkas asli unggahan {key} bukan lagi yang diunggah."


@check("upload_orphans", "Tidak ada berkas unggahan tanpa unggahannya", "Hapus folder itu.")
def _upload_orphans(run: Run):
    hashes = set(Upload.objects.values_list("sha256", flat=True))
    for sha256 in storage.stored():
        if sha256 not in hashes:
            yield f"Folder {sha256[:12]}… tidak milik unggahan mana pun."


@check("working_files", "Berkas kerja pratinjau yang menunggu ada", WAITING)
def _working_files(run: Run):
    for upload in Upload.objects.filter(status=Status.PLANNED).order_by("pk").iterator():
        if not working_file.path(upload).is_file():
            yield f"Berkas kerja unggahan {upload.pk} tidak ada."
