from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.formats import date_format

from .constraints import (
    NotJudged,
    fields_of,
    judge,
    plain_values,
    unique_among_kept,
    within,
)
from .fields import BoundedCharField, CountField, NotesField, YearField, year_of
from .periods import NoOverlap
from .record_faults import future_faults


class RecordQuerySet(models.QuerySet):
    """Every register's rows; archived ones stay in the table and are asked for by name."""

    def kept(self):
        """The records that count: everything not archived."""
        return self.filter(archived_at=None)


class Record(models.Model):
    """A row the office keeps; ``version`` lets two editors notice each other."""

    #: Names of fields holding personal data, masked without the permission to see them.
    personal_fields = ()
    #: What else names a person or leads to one; emptied with those when a person's data must go.
    identifying_fields = ()
    #: Fields that only an act of verification sets.
    verified_fields = ()
    #: Name of the field, a year or a day, whose year, once closed, freezes the record.
    year_field = None
    #: Years and days of what has happened: they never lie in the future.
    past_fields = ()
    #: The rule that periods of one subject share no day; None where records have no period.
    no_overlap: NoOverlap | None = None
    #: A rule that joins several tables, with ``install``, ``missing``, ``refusal`` and ``migration``.
    database_rule: Any = None
    #: The fields ``faults`` looks at; where they are not named, it is asked for every row.
    fault_fields = None

    #: Its texts that are numbers of goods or papers, in which nobody types who a person is.
    code_fields: tuple[str, ...] = ()
    #: Whether its texts were masked for the eyes of one reader, after which it is never stored.
    is_for_reading = False

    version = models.PositiveIntegerField("versi", default=1, editable=False)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    updated_at = models.DateTimeField("diperbarui", auto_now=True)
    archived_at = models.DateTimeField("diarsipkan", null=True, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("view", "add", "change", "delete", "import", "export")

    @classmethod
    def years_of(cls, value):
        """The years a record has a part in, by the value of its ``year_field``.

        None of them may be closed when it is written.
        """
        return {year_of(value)}

    def check_verifier(self, user, changed: set[str]) -> None:
        """Raises ValidationError where the user may not verify this; only some records are verified.

        ``changed`` names the attributes that are written, its ``verified_fields`` among them.
        """

    @classmethod
    def database_rules(cls):
        """The rules that only triggers or constraints of the databases' own kind can hold."""
        return [rule for rule in (cls.no_overlap, cls.database_rule) if rule is not None]

    @classmethod
    def cross_checks(cls):
        """The CHECK constraints that join several fields, as (attributes, condition, message)."""
        checks = []
        for constraint in cls._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                names = fields_of(constraint.condition)
                if len(names) > 1:
                    names = {cls._meta.get_field(name).attname for name in names}
                    checks.append((names, constraint.condition, constraint.violation_error_message))
        return checks

    @classmethod
    def faults(cls, values):
        """Rules no constraint can hold (today's date, say): yields (field, message).

        ``values`` maps field names to plain values. ``fault_fields`` names all that it looks at.
        """
        return ()

    @classmethod
    def all_faults(cls, values):
        """Every rule in Python that a record with these values breaks, as (field, message).

        The form and the sheet both pass here.
        """
        yield from future_faults(cls, values, cls.past_fields)
        yield from cls.faults(values)

    @classmethod
    def fault_names(cls):
        """The names of the fields that ``all_faults`` looks at; None where it may be any."""
        if cls.fault_fields is None and cls.faults.__func__ is not Record.faults.__func__:
            return None
        return {*cls.past_fields, *(cls.fault_fields or ())}

    def clean_fields(self, exclude=None):
        # A record that has just been read, as a form's choice is, need not be looked for again.
        read = {
            f.name
            for f in self._meta.concrete_fields
            if f.remote_field and f.is_cached(self) and not f.get_limit_choices_to()
        }
        super().clean_fields(exclude={*(exclude or ()), *read})

    def validate_constraints(self, exclude=None):
        """The constraints; what plain values can tell is not asked of the database."""
        exclude, values, errors = set(exclude or ()), plain_values(self), {}
        for constraint in self._meta.constraints:
            try:
                if isinstance(constraint, models.CheckConstraint):
                    self._validate_check(constraint, values, exclude)
                else:
                    constraint.validate(type(self), self, exclude=exclude)
            except ValidationError as refusal:
                field = (
                    constraint.fields[0] if len(getattr(constraint, "fields", ())) == 1 else None
                )
                if getattr(refusal, "code", None) == "unique" and field:
                    errors.setdefault(field, []).append(refusal)
                else:
                    errors = refusal.update_error_dict(errors)
        if self.no_overlap is not None and not errors:
            self.no_overlap.validate(self, exclude)
        if errors:
            raise ValidationError(errors)

    def _validate_check(self, constraint, values, exclude):
        if fields_of(constraint.condition) & exclude:
            return  # a value that is no number, say, has been refused already
        try:
            verdict = judge(constraint.condition, values)
        except NotJudged:
            constraint.validate(type(self), self, exclude=exclude)
            return
        if verdict is False:
            raise ValidationError(
                constraint.get_violation_error_message(), code=constraint.violation_error_code
            )

    def clean(self):
        fields = [field for field in self._meta.concrete_fields if not field.generated]
        values = {field.attname: getattr(self, field.attname) for field in fields}
        errors = {}
        for field, message in self.all_faults(values):
            errors.setdefault(field or NON_FIELD_ERRORS, []).append(message)
        if errors:
            raise ValidationError(errors)


class ChangeQuerySet(models.QuerySet):
    def of(self, record):
        """The trail of one record, newest first."""
        return self.filter(model=record._meta.label_lower, record=record.pk)

    def newest(self):
        """The number of the newest change; while it stands, nothing has been written."""
        return self.aggregate(newest=models.Max("pk"))["newest"] or 0

    def is_settled(self):
        """Whether no writer holds a number below the newest that readers do not see yet.

        SQLite lets one write at a time, so its numbers appear in order. On PostgreSQL whoever
        has taken a number holds the table until the change is there for all or given up.
        """
        if connection.vendor != "postgresql":
            return True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE relation = %s::regclass "
                "AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid())",
                [self.model._meta.db_table],
            )
            return cursor.fetchone()[0]


class Change(models.Model):
    """One change of one record: what it was, what it became, who, when, through which channel."""

    class Action(models.TextChoices):
        CREATED = "created", "dibuat"
        CHANGED = "changed", "diubah"
        ARCHIVED = "archived", "diarsipkan"
        RESTORED = "restored", "dikembalikan"
        # What only happens to accounts.
        RESET = "reset", "diberi kata sandi baru"
        PASSWORD = "password", "mengganti kata sandi sendiri"
        CODE_SET = "code_set", "memasang kode masuk"
        CODE_RESET = "code_reset", "kode masuknya dilepas"
        ENTERED = "entered", "masuk"
        FAILED = "failed", "gagal masuk"
        LOCKED = "locked", "ditahan"

    class Channel(models.TextChoices):
        FORM = "form", "formulir"
        BULK = "bulk", "perubahan sekaligus"
        UPLOAD = "upload", "unggahan"
        COMMAND = "command", "perintah"
        SYSTEM = "system", "sistem"

    model = BoundedCharField("jenis catatan", max_length=60)
    record = models.BigIntegerField("nomor catatan")
    version = models.PositiveIntegerField("versi")
    action = BoundedCharField("tindakan", max_length=10, choices=Action)
    before = models.JSONField("sebelum", default=dict)
    after = models.JSONField("sesudah", default=dict)
    at = models.DateTimeField("waktu", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True
    )
    channel = BoundedCharField("saluran", max_length=10, choices=Channel)
    reason = BoundedCharField("alasan", max_length=200, blank=True)
    #: The upload a value came from and its place in the office's workbook.
    upload = models.BigIntegerField("unggahan", null=True, blank=True)
    sheet = BoundedCharField("lembar", max_length=100, blank=True)
    row = models.PositiveIntegerField("baris", null=True, blank=True)
    #: Destroyed with the contents, after which nobody can find them out by trying.
    salt = models.BinaryField("garam", max_length=16)
    digest = models.BinaryField("sidik", max_length=32)
    #: The number of the ``Link`` made over all changes of the transaction.
    link = models.BigIntegerField("mata rantai")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "perubahan"
        default_permissions = ("view",)
        permissions = [
            ("view_personal_data", "Melihat data pribadi (NIK, NPWP, telepon, surel)"),
            ("export_personal_data", "Mengekspor data pribadi tanpa disamarkan"),
            ("verify_records", "Memverifikasi catatan"),
        ]
        indexes = [
            models.Index(fields=["model", "record", "-id"], name="audit_change_of_record"),
            models.Index(
                fields=["upload"],
                name="audit_change_of_upload",
                condition=models.Q(upload__isnull=False),
            ),
            # Every page of a verifikator asks for these, among a million changes of records.
            models.Index(
                fields=["id"],
                name="audit_change_of_account",
                condition=models.Q(
                    model="auth.user", action__in=["created", "changed", "reset", "code_reset"]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {date_format(timezone.localtime(self.at), 'DATETIME_FORMAT')}"


class Link(models.Model):
    """One link of the trail's chain: the changes of one transaction, and the link before it."""

    position = models.PositiveBigIntegerField("urutan", unique=True)
    at = models.DateTimeField("waktu")
    count = models.PositiveIntegerField("jumlah perubahan")
    #: SHA-256 over the digests of its changes, in the order of their numbers.
    rows = models.BinaryField("sidik perubahan", max_length=32)
    #: SHA-256 over all that and the digest of the link before.
    digest = models.BinaryField("sidik", max_length=32)
    #: The one link over everything from before there was a chain.
    is_before_chain = models.BooleanField("sebelum rantai", default=False)

    class Meta:
        ordering = ["-position"]
        verbose_name = verbose_name_plural = "mata rantai jejak"
        default_permissions = ()

    def __str__(self):
        return f"Mata rantai {self.position}"


class Erasure(models.Model):
    """A change whose personal contents were destroyed: the digest of what remains of it."""

    change = models.BigIntegerField("perubahan", unique=True)
    digest = models.BinaryField("sidik", max_length=32)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "pemusnahan isi jejak"
        default_permissions = ()

    def __str__(self):
        return f"Pemusnahan isi perubahan {self.change}"


class ClosedYearQuerySet(RecordQuerySet):
    def frozen(self):
        """The set of years nobody may change now."""
        return set(self.kept().values_list("year", flat=True))


class ClosedYear(Record):
    """A year the verifikator has closed: its figures are frozen for everyone.

    Reopening archives the row, with a reason; closing again makes the next edition.
    """

    past_fields = ("year",)

    year = YearField("tahun")
    edition = CountField("edisi", default=1)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="ditutup oleh",
        null=True,
        blank=True,
        editable=False,
    )
    notes = NotesField("catatan")

    objects = ClosedYearQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-year", "-edition"]
        verbose_name = verbose_name_plural = "tahun tutup buku"
        permissions = [("close_year", "Menutup dan membuka kembali tahun")]
        constraints = [
            *within("audit_closedyear", YearField, "year"),
            *within("audit_closedyear", CountField, "edition"),
            unique_among_kept("audit_closedyear_once", "year", message="Tahun ini sudah ditutup."),
        ]

    def __str__(self):
        return f"Tahun {self.year}, edisi {self.edition}"


class UsedFormToken(models.Model):
    """A form for a new record that was saved, and the record it made.

    Pressed twice, or sent again by a slow line, it still makes one; it is forgotten after a while.
    """

    token = BoundedCharField("penanda", max_length=40)
    model = BoundedCharField("jenis catatan", max_length=60)
    record = models.BigIntegerField("nomor catatan")
    #: A keyed digest of what was typed, so that other contents are not taken for a second press.
    contents = BoundedCharField("isi", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh")
    at = models.DateTimeField("waktu", default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "formulir tersimpan"
        db_table = "audit_savedform"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["token", "by"], name="audit_usedformtoken_once")
        ]

    def __str__(self):
        return f"{self.model} {self.record}"


class ReadAccess(models.Model):
    """Who saw or took out personal data: kept for the duty to account for it (UU 27/2022)."""

    class Kind(models.TextChoices):
        SEEN = "seen", "dilihat"
        EXPORTED = "exported", "diekspor"
        FETCHED = "fetched", "berkas diunduh"

    at = models.DateTimeField("waktu", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True
    )
    kind = BoundedCharField("jenis", max_length=10, choices=Kind)
    model = BoundedCharField("jenis catatan", max_length=60)
    record = models.BigIntegerField("nomor catatan", null=True, blank=True)
    count = models.PositiveIntegerField("jumlah", default=1)
    columns = BoundedCharField("kolom", max_length=500, blank=True)
    filter = BoundedCharField("saringan", max_length=500, blank=True)
    #: Why the data left the program; of what was only looked at, nothing.
    purpose = BoundedCharField("keperluan", max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "akses data pribadi"
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.get_kind_display()} {date_format(timezone.localtime(self.at), 'DATETIME_FORMAT')}"
