from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from balikpapan.audit.constraints import digits, in_order, not_blank, one_of, within
from balikpapan.audit.fields import BoundedCharField, CountField, DigitsField, YearField
from balikpapan.audit.models import Record, RecordQuerySet
from balikpapan.audit.stored_files import StoredFileField

from .logos import check_logo


class PeriodQuerySet(RecordQuerySet):
    """Records that hold for a time, such as a letterhead or an office somebody fills."""

    def valid_on(self, date):
        """Those in force on the day; an open end holds until further notice."""
        begun = Q(valid_from=None) | Q(valid_from__lte=date)
        return self.kept().filter(begun, Q(valid_until=None) | Q(valid_until__gte=date))


class LetterheadQuerySet(PeriodQuerySet):
    def heading_on(self, date):
        """The letterhead in force on the day, the newest where two overlap; None without one."""
        return (
            self.valid_on(date)
            .order_by(models.F("valid_from").desc(nulls_last=True), "-pk")
            .first()
        )


class Letterhead(Record):
    """The kop surat: what stands above every report, under the city's crest."""

    government = BoundedCharField(
        "pemerintah", max_length=120, default="Pemerintah Kota Balikpapan"
    )
    office = BoundedCharField("nama dinas", max_length=200)
    address = BoundedCharField("alamat", max_length=200, blank=True)
    contact = BoundedCharField(
        "kontak",
        max_length=200,
        blank=True,
        help_text="Telepon, laman, surel, dan kode pos dalam satu baris.",
    )
    city = BoundedCharField(
        "kota", max_length=60, default="Balikpapan", help_text="Tempat di atas tanda tangan."
    )
    logo = StoredFileField(
        "lambang",
        upload_to="kop/",
        max_length=200,
        blank=True,
        validators=[check_logo],
        help_text="Gambar PNG atau JPEG, paling besar 512 KB.",
    )
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = LetterheadQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-valid_from", "-id"]
        verbose_name = verbose_name_plural = "kop surat"
        constraints = [
            not_blank("reports_letterhead_office_given", "office", "Nama dinas wajib diisi."),
            in_order(
                "reports_letterhead_period_in_order",
                "valid_from",
                "valid_until",
                "Tanggal akhir mendahului tanggal awal.",
            ),
        ]

    def __str__(self):
        return self.office

    @property
    def names(self):
        """The lines in capitals: the government, then the office."""
        return [line.upper() for line in (self.government, self.office) if line]

    @property
    def details(self):
        """The small lines below them: address and contact."""
        return [line for line in (self.address, self.contact) if line]


class Role(models.TextChoices):
    """In what capacity an official signs."""

    HEAD = "head", "Penanda tangan"
    KNOWING = "knowing", "Mengetahui"
    KEEPER = "keeper", "Pengurus barang"


class OfficialQuerySet(PeriodQuerySet):
    def signing_on(self, date):
        """Who signs a report of that day, from left to right: who takes note, then the head."""
        left_first = models.Case(models.When(role=Role.HEAD, then=1), default=0)
        signing = self.valid_on(date).exclude(role=Role.KEEPER)
        return signing.order_by(left_first, "valid_from", "pk")

    def keeping_on(self, date):
        """Who signs an inventory card: the head takes note at the left of who keeps the assets."""
        signing = self.valid_on(date).filter(role__in=[Role.HEAD, Role.KEEPER])
        officials = sorted(signing, key=lambda official: official.role == Role.KEEPER)
        if len(officials) > 1:
            officials[0].role = Role.KNOWING
        return officials


class Official(Record):
    """Somebody who signs reports, for as long as they hold the position."""

    name = BoundedCharField("nama dan gelar", max_length=150)
    nip = DigitsField("NIP", lengths=[18])
    rank = BoundedCharField("pangkat/golongan", max_length=100, blank=True)
    position = BoundedCharField(
        "jabatan", max_length=200, help_text="Misalnya Kepala Dinas Perindustrian Kota Balikpapan."
    )
    is_acting = models.BooleanField("pelaksana tugas (Plt.)", default=False)
    role = BoundedCharField("peran", max_length=10, choices=Role, default=Role.HEAD)
    valid_from = models.DateField("menjabat sejak")
    valid_until = models.DateField("menjabat sampai", null=True, blank=True)

    objects = OfficialQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-valid_from", "name"]
        verbose_name = verbose_name_plural = "pejabat penanda tangan"
        constraints = [
            digits("reports_official_nip_18_digits", "nip", [18], "NIP terdiri atas 18 angka."),
            one_of("reports_official_role_known", "role", Role.values),
            not_blank("reports_official_name_given", "name", "Nama wajib diisi."),
            in_order(
                "reports_official_period_in_order",
                "valid_from",
                "valid_until",
                "Tanggal akhir mendahului tanggal awal.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.signing_position}"

    def clean(self):
        # Periods that must not overlap need an exclusion constraint, which SQLite does not have.
        super().clean()
        if not self.valid_from or self.archived_at:
            return
        others = Official.objects.kept().filter(role=self.role).exclude(pk=self.pk)
        others = others.filter(Q(valid_until=None) | Q(valid_until__gte=self.valid_from))
        if self.valid_until:
            others = others.filter(valid_from__lte=self.valid_until)
        if other := others.first():
            raise ValidationError(
                {
                    "valid_from": f"Masa jabatan ini bertumpuk dengan {other.name}. "
                    "Isi dahulu tanggal akhir jabatan pejabat tersebut."
                }
            )

    @property
    def signing_position(self):
        """The position as it stands above the name, with Plt. for an acting one."""
        return f"Plt. {self.position}" if self.is_acting else self.position

    @property
    def printed_nip(self):
        """The NIP in its official groups: 19751229 199902 2 001."""
        nip = self.nip
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == 18 else nip

    @property
    def lines_above(self):
        """What stands above the space for the signature."""
        knowing = ["Mengetahui,"] if self.role == Role.KNOWING else []
        position = self.position.upper()
        return [*knowing, f"Plt. {position}" if self.is_acting else position]

    @property
    def lines_below(self):
        """What stands under the name."""
        return [
            line for line in (self.rank, f"NIP. {self.printed_nip}" if self.nip else "") if line
        ]


class EditionQuerySet(models.QuerySet):
    def latest_of(self, year):
        """The newest edition of a year, or None where it was never closed."""
        return self.filter(year=year).order_by("-number").first()


class Edition(models.Model):
    """The yearly book as it was when the year was closed: figures and files, never changed."""

    year = YearField("tahun")
    number = CountField("edisi")
    made_at = models.DateTimeField("dibuat", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True
    )
    figures = models.JSONField("angka", default=list)
    sha256 = BoundedCharField("sidik angka", max_length=64)
    contributions = models.JSONField("rincian per IKM", default=list)
    release = models.JSONField("penyamaran edisi untuk umum", default=dict)
    #: The head of the trail's chain as it was printed; blank before there was a chain.
    chain_head = BoundedCharField("ujung rantai jejak", max_length=40, blank=True, default="")
    workbook = StoredFileField("berkas Excel", upload_to="edisi/", max_length=200)
    document = StoredFileField("berkas PDF", upload_to="edisi/", max_length=200)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = verbose_name_plural = "edisi laporan"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="reports_edition_once"),
            *within("reports_edition", YearField, "year"),
        ]

    def __str__(self):
        return f"Laporan {self.year}, Edisi {self.number}"


class ProvisionalRelease(models.Model):
    """What left the office for the public about a year that was not closed; never changed.

    ``shown`` are the printed figures as [figure, set], ``contributions`` the amounts of every
    business behind their sums, ``sha256`` the digest of those amounts.
    """

    year = YearField("tahun")
    made_at = models.DateTimeField("dibuat", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, blank=True
    )
    shown = models.JSONField("angka yang ditampilkan", default=list)
    contributions = models.JSONField("rincian per IKM", default=list)
    sha256 = BoundedCharField("sidik rincian", max_length=64)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = verbose_name_plural = "terbitan sementara"
        default_permissions = ()
        constraints = within("reports_provisionalrelease", YearField, "year")

    def __str__(self):
        return f"Terbitan sementara {self.year}, {date_format(timezone.localtime(self.made_at))}"
