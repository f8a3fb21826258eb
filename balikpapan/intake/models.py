from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from balikpapan.audit.constraints import not_blank, unique_among_kept
from balikpapan.audit.fields import BoundedCharField
from balikpapan.audit.models import Record
from balikpapan.spreadsheets.cells import comparison_key

from .resources import REGISTERS, is_known_word


class StateChanged(Exception):
    """Another tab, person or worker changed the upload since it was read; nothing was done."""


class UploadQuerySet(models.QuerySet):
    def waiting(self):
        """Those that wait for an answer or to be stored."""
        return self.filter(status__in=Upload.WAITING)

    def with_held_rows(self):
        """Those that stand or wait and of which rows are held."""
        count = Cast(KT("counts__held"), models.IntegerField())
        held = self.alias(held_rows=count).filter(held_rows__gt=0)
        return held.exclude(status__in=Upload.ENDED)


class Upload(models.Model):
    """One file the office handed in, what was found in it and what became of it.

    ``planned -> stored -> undone``, or ``needs_answer``, ``refused``, ``expired`` on the way;
    ``working`` while the worker has it.
    """

    class Status(models.TextChoices):
        NEEDS_ANSWER = "needs_answer", "Menunggu jawaban"
        WORKING = "working", "Sedang dikerjakan"
        PLANNED = "planned", "Siap disimpan"
        STORED = "stored", "Tersimpan"
        REFUSED = "refused", "Ditolak"
        EXPIRED = "expired", "Kedaluwarsa"
        UNDONE = "undone", "Dibatalkan"

    class Reason(models.TextChoices):
        """Why an upload stands where it stands; its sentence is what people read."""

        UNREADABLE = "unreadable", "Berkas ini tidak dapat dibaca."
        NO_TABLE = "no_table", "Tidak ada tabel yang dapat dibaca dalam berkas ini."
        SHEET_MISSING = "sheet_missing", "Lembar yang diminta tidak ada dalam berkas ini."
        WRONG_REGISTER = "wrong_register", "Berkas ini berisi daftar yang lain."
        HELD_ROWS = (
            "held_rows",
            "Ada baris yang ditahan, sedangkan diminta semua baris disimpan atau tidak satu pun.",
        )
        UNUSED_ANSWER = "unused_answer", "Ada jawaban yang tidak berpengaruh pada berkas ini."
        FILE_GONE = "file_gone", "Isi berkas sudah tidak ada. Unggah berkasnya sekali lagi."
        PLAN_CHANGED = (
            "plan_changed",
            "Data berubah sejak pratinjau ini dibuat, jadi belum ada yang disimpan. "
            "Periksa pratinjau yang baru, lalu simpan.",
        )
        STOPPED = (
            "stopped",
            "Pekerjaan terhenti sebelum selesai karena program atau komputer berhenti. "
            "Belum ada yang disimpan atau dibatalkan. Coba lagi.",
        )
        FAILED = (
            "failed",
            "Pekerjaan gagal karena kesalahan program. Belum ada yang disimpan atau dibatalkan. "
            "Coba lagi.",
        )
        OUTAGE = (
            "outage",
            "Pekerjaan terhenti karena basis data atau ruang penyimpanan tidak dapat dipakai. "
            "Belum ada yang disimpan atau dibatalkan. Coba lagi.",
        )
        NOT_STORED = "not_stored", "Unggahan ini sudah dibatalkan atau belum tersimpan."
        NOTHING_TO_UNDO = (
            "nothing_to_undo",
            "Tidak ada yang dapat dibatalkan: semua catatannya sudah diubah sejak itu, masih "
            "dipakai catatan lain, atau tahunnya sudah ditutup.",
        )
        OLD_VALUE_TAKEN = (
            "old_value_taken",
            "Nilai lama sebuah catatan, misalnya NIB, kini dipakai catatan lain, jadi tidak ada "
            "yang dibatalkan. Ubah catatan lain itu lebih dahulu, lalu batalkan lagi.",
        )
        UNDO_OVERTAKEN = (
            "undo_overtaken",
            "Ada catatan yang sedang diubah orang lain, jadi tidak ada yang dibatalkan. Coba lagi.",
        )
        PREVIEW_EXPIRED = (
            "preview_expired",
            "Pratinjau ini tidak dilanjutkan selama tujuh hari, jadi tidak ada yang disimpan. "
            "Unggah berkasnya sekali lagi.",
        )
        CANCELLED = "cancelled", "Pekerjaan dihentikan. Belum ada yang disimpan atau dibatalkan."

    #: Waiting for an answer or to be stored.
    WAITING = (Status.NEEDS_ANSWER, Status.PLANNED)
    #: Being worked on, or of no use any more: nobody has to see to its held rows.
    ENDED = (Status.WORKING, Status.REFUSED, Status.EXPIRED, Status.UNDONE)
    #: After these the work on the upload was cut short and may simply be tried again.
    RETRIED = (Reason.STOPPED, Reason.FAILED, Reason.OUTAGE, Reason.CANCELLED)

    register = BoundedCharField("daftar", max_length=20)
    file_name = BoundedCharField("nama berkas", max_length=200)
    sha256 = BoundedCharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True
    )
    at = models.DateTimeField("diunggah", default=timezone.now)
    status = BoundedCharField("keadaan", max_length=12, choices=Status)
    #: Counts the changes of state: whoever changes it names the one that was read.
    revision = models.PositiveIntegerField("perubahan keadaan", default=1)
    reason_code = BoundedCharField("kode alasan", max_length=20, blank=True)
    #: The sentence of the code, or a more precise one that names sheets and values.
    reason = BoundedCharField("alasan", max_length=1000, blank=True)
    #: The register whose list a file seems to be, where it was brought to another.
    other_register = BoundedCharField("daftar yang sesuai", max_length=20, blank=True)
    answers = models.JSONField("jawaban", default=dict)
    sheets = models.JSONField("lembar", default=list)
    questions = models.JSONField("pertanyaan", default=list)
    counts = models.JSONField("jumlah", default=dict)
    problem_counts = models.JSONField(
        "masalah", default=dict, help_text="Banyaknya kesalahan dan peringatan."
    )
    fingerprint = BoundedCharField("sidik rencana", max_length=64, blank=True)
    #: The SHA-256 of the working file with the typed cells of the preview.
    working_sha256 = BoundedCharField("SHA-256 berkas kerja", max_length=64, blank=True)
    headings = BoundedCharField("sidik judul kolom", max_length=64, blank=True)
    stored_at = models.DateTimeField("disimpan", null=True, blank=True)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="disimpan oleh",
        null=True,
        blank=True,
        related_name="+",
    )
    result = models.JSONField("hasil", default=dict)
    undone_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dibatalkan oleh",
        null=True,
        blank=True,
        related_name="+",
    )
    #: How many records the undo restored, archived and had to leave.
    undone = models.JSONField("hasil pembatalan", default=dict, blank=True)
    purged_at = models.DateTimeField("isi berkas dihapus", null=True, blank=True)

    #: The working file that was found intact for this object, so that a page checks it once.
    checked_working_file: tuple | None = None

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "unggahan"
        default_permissions = ("view",)
        permissions = [
            ("undo_upload", "Membatalkan unggahan"),
            ("fetch_upload", "Mengunduh berkas asli"),
        ]
        indexes = [models.Index(fields=["sha256"], name="intake_upload_sha256")]

    def __str__(self):
        return f"{self.file_name} ({self.get_status_display()})"

    def change_state(self, **values) -> None:
        """Changes the upload in one UPDATE from the state it was read in.

        Raises StateChanged where somebody else was first; nothing is written then.
        """
        values["revision"] = self.revision + 1
        stands = Upload.objects.filter(pk=self.pk, status=self.status, revision=self.revision)
        if not stands.update(**values):
            raise StateChanged
        for name, value in values.items():
            setattr(self, name, value)


class Work(models.Model):
    """What the worker has to do for one upload, and how far it is; gone when that is done.

    It stands beside the upload because the storing transaction holds the upload's own row.
    """

    class Task(models.TextChoices):
        PLAN = "plan", "Memeriksa berkas"
        STORE = "store", "Menyimpan"
        UNDO = "undo", "Membatalkan"

    upload = models.OneToOneField(Upload, models.PROTECT, verbose_name="unggahan")
    task = BoundedCharField("tugas", max_length=10, choices=Task)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True
    )
    answers = models.JSONField("jawaban", default=dict)
    before = BoundedCharField("keadaan semula", max_length=12, choices=Upload.Status)
    phase = BoundedCharField("tahap", max_length=80, blank=True)
    done = models.PositiveSmallIntegerField("langkah selesai", default=0)
    worker = BoundedCharField("pekerja", max_length=80, blank=True)
    heartbeat_at = models.DateTimeField("tanda hidup terakhir", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pekerjaan latar"
        default_permissions = ()

    def __str__(self):
        return f"{self.get_task_display()}: {self.upload}"

    @property
    def steps(self) -> int:
        """How many phases the work has."""
        return 6 if self.task == self.Task.PLAN else 3


class HeadingAlias(Record):
    """A heading the staff taught the importer: this spelling means that field."""

    register = BoundedCharField("daftar", max_length=20)
    heading = BoundedCharField("judul kolom", max_length=200)
    field = BoundedCharField("arti", max_length=40)

    class Meta(Record.Meta):
        ordering = ["register", "heading"]
        verbose_name = verbose_name_plural = "padanan judul kolom"
        constraints = [
            not_blank("intake_headingalias_heading_given", "heading", "Isi judul kolom."),
            unique_among_kept(
                "intake_headingalias_once",
                "register",
                "heading",
                message="Judul kolom ini sudah punya padanan.",
            ),
        ]

    def __str__(self):
        return self.heading

    def clean(self):
        super().clean()
        sheet = REGISTERS.get(self.register)
        if sheet and self.field not in sheet.columns():
            message = f"Ini bukan kolom daftar {sheet.label}. Pilih arti kolom di bawah daftar itu."
            raise ValidationError({"field": message})


class ValueAlias(Record):
    """A word the staff explained: in this column of that register it stands for this value."""

    register = BoundedCharField("daftar", max_length=20)
    field = BoundedCharField("kolom", max_length=40)
    word = BoundedCharField(
        "kata", max_length=100, help_text="Huruf besar, spasi, dan tanda baca tidak dibedakan."
    )
    value = BoundedCharField(
        "dibaca sebagai", max_length=200, blank=True, help_text="Kosongkan bila berarti kosong."
    )

    class Meta(Record.Meta):
        ordering = ["register", "field", "word"]
        verbose_name = verbose_name_plural = "padanan kata"
        constraints = [
            not_blank("intake_valuealias_word_given", "word", "Isi katanya."),
            unique_among_kept(
                "intake_valuealias_once",
                "register",
                "field",
                "word",
                message="Kata ini sudah punya padanan pada kolom itu.",
            ),
        ]

    def __str__(self):
        return f"{self.word} = {self.value or '(kosong)'}"

    def clean(self):
        super().clean()
        self.word = comparison_key(self.word)
        sheet = REGISTERS.get(self.register)
        if sheet is None:
            return
        column = sheet.columns().get(self.field)
        if column is None or not column.widget.word_codes:
            message = f"Ini bukan kolom pilihan dalam daftar {sheet.label}. Pilih kolom di bawah daftar itu."
            raise ValidationError({"field": message})
        if self.value and not is_known_word(sheet(), column, self.value):
            message = (
                f"«{self.value}» tidak dikenal kolom {column.column_name}. Pilih nilai yang ada."
            )
            raise ValidationError({"value": message})


class SavedMapping(models.Model):
    """A confirmed mapping, remembered for files with the same set of headings."""

    register = BoundedCharField("daftar", max_length=20)
    headings = BoundedCharField("sidik judul kolom", max_length=64)
    mapping = models.JSONField("padanan", default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True
    )
    at = models.DateTimeField("dicatat", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "padanan kolom tersimpan"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["register", "headings"], name="intake_savedmapping_once"
            )
        ]

    def __str__(self):
        return f"{self.register} {self.headings[:8]}"
