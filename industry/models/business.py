"""The register of small and medium industries: the businesses themselves."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from balikpapan.audit.constraints import (
    digits,
    in_order,
    not_blank,
    one_of,
    unique_among_kept,
    within,
)
from balikpapan.audit.fields import (
    BoundedCharField,
    CoordinateField,
    DigitsField,
    NotesField,
    PhoneField,
    YearField,
)
from balikpapan.audit.models import Record
from balikpapan.regions.models import Kecamatan, Kelurahan
from facilities.choices import FacilityKind
from facilities.models import Facility

from ..choices import BusinessStatus, Gender, LegalForm
from .business_queries import NAME_AND_OWNER, BusinessQuerySet
from .counting import lacks
from .reference import IndustryGroup, Kbli


class Business(Record):
    """One small or medium industry (IKM); only its name is always known."""

    personal_fields = ("nik", "npwp", "phone", "email", "latitude", "longitude")
    identifying_fields = ("owner_name", "address", "rt", "social_media")
    past_fields = ("founded_year", "listed_year", "closed_year", "verified_on")
    verified_fields = ("status", "verified_on")

    name = BoundedCharField("nama usaha", max_length=200)
    owner_name = BoundedCharField("nama pemilik", max_length=200, blank=True)
    owner_gender = BoundedCharField(
        "jenis kelamin pemilik", max_length=10, choices=Gender, blank=True
    )
    legal_form = BoundedCharField("bentuk usaha", max_length=20, choices=LegalForm, blank=True)
    nib = DigitsField(
        "NIB", what="NIB", lengths=(13,), help_text="13 angka, termasuk nol di depan."
    )
    nik = DigitsField("NIK pemilik", what="NIK", lengths=(16,), help_text="16 angka sesuai KTP.")
    npwp = DigitsField(
        "NPWP", what="NPWP", lengths=(15, 16), help_text="15 atau 16 angka tanpa titik."
    )
    address = BoundedCharField("alamat", max_length=300, blank=True)
    rt = BoundedCharField("RT", max_length=10, blank=True)
    kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, verbose_name="kelurahan", null=True, blank=True
    )
    kecamatan = models.ForeignKey(
        Kecamatan,
        models.PROTECT,
        verbose_name="kecamatan",
        null=True,
        blank=True,
        help_text="Terisi sendiri dari kelurahan.",
    )
    phone = PhoneField("telepon", max_length=60, blank=True)
    email = BoundedCharField("surel", max_length=120, blank=True, validators=[EmailValidator()])
    social_media = BoundedCharField("media sosial", max_length=200, blank=True)
    latitude = CoordinateField(
        "lintang", max_digits=9, decimal_places=6, low=-90, high=90, null=True, blank=True
    )
    longitude = CoordinateField(
        "bujur", max_digits=9, decimal_places=6, low=-180, high=180, null=True, blank=True
    )
    group = models.ForeignKey(
        IndustryGroup, models.PROTECT, verbose_name="kelompok industri", null=True, blank=True
    )
    commodity = BoundedCharField(
        "komoditi", max_length=100, blank=True, help_text="Seperti tertulis dalam daftar asal."
    )
    kbli = models.ForeignKey(Kbli, models.PROTECT, verbose_name="KBLI", null=True, blank=True)
    other_kbli = BoundedCharField(
        "KBLI lain",
        max_length=60,
        blank=True,
        help_text="Kode tambahan, atau kode yang belum ada dalam daftar.",
    )
    products = BoundedCharField("produk", max_length=300, blank=True)
    brand = BoundedCharField("merek", max_length=100, blank=True)
    founded_year = YearField("tahun berdiri", null=True, blank=True)
    listed_year = YearField(
        "terdata sejak",
        null=True,
        blank=True,
        help_text="Tahun usaha ini pertama kali tercatat; terisi tahun ini bila dikosongkan.",
    )
    closed_year = YearField("tahun tutup", null=True, blank=True)
    status = BoundedCharField(
        "status", max_length=12, choices=BusinessStatus, default=BusinessStatus.UNVERIFIED
    )
    centre = models.ForeignKey(
        Facility,
        models.PROTECT,
        verbose_name="sentra",
        null=True,
        blank=True,
        related_name="businesses",
        limit_choices_to={"kind": FacilityKind.CENTRE},
    )
    source = BoundedCharField("sumber data", max_length=200, blank=True)
    verified_on = models.DateField("diverifikasi pada", null=True, blank=True)
    notes = NotesField("catatan")
    #: The database keeps this right itself, so that nobody has to read every record to count.
    lacking = models.GeneratedField(
        verbose_name="data yang belum ada",
        expression=lacks(),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    objects = BusinessQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["name", "id"]
        verbose_name = verbose_name_plural = "usaha IKM"
        permissions = [("merge_business", "Menggabungkan usaha")]
        constraints = [
            not_blank("industry_business_name_given", "name", "Isi nama usaha."),
            digits("industry_business_nib_digits", "nib", (13,), "NIB terdiri atas 13 angka."),
            digits("industry_business_nik_digits", "nik", (16,), "NIK terdiri atas 16 angka."),
            digits(
                "industry_business_npwp_digits",
                "npwp",
                (15, 16),
                "NPWP terdiri atas 15 atau 16 angka.",
            ),
            unique_among_kept(
                "industry_business_nib_once",
                "nib",
                unless_blank=["nib"],
                message="NIB ini sudah dipakai usaha lain. Cari usaha itu dan periksa mana yang benar.",
            ),
            *within("industry_business", YearField, "founded_year", "listed_year", "closed_year"),
            *within("industry_business", (-90, 90), "latitude"),
            *within("industry_business", (-180, 180), "longitude"),
            in_order(
                "industry_business_closed_after_founded",
                "founded_year",
                "closed_year",
                "Tahun tutup lebih awal daripada tahun berdiri. Periksa kedua tahun itu.",
            ),
            models.CheckConstraint(
                name="industry_business_closed_has_year",
                condition=~Q(status__in=[BusinessStatus.CLOSED, BusinessStatus.MOVED])
                | Q(closed_year__isnull=False),
                violation_error_message="Isi tahun tutup untuk usaha yang tutup atau pindah.",
            ),
            one_of("industry_business_status_known", "status", BusinessStatus.values),
            one_of("industry_business_gender_known", "owner_gender", ["", *Gender.values]),
            one_of("industry_business_form_known", "legal_form", ["", *LegalForm.values]),
        ]
        indexes = [
            models.Index(fields=["kecamatan", "kelurahan"], name="industry_business_region"),
            models.Index(fields=["nik"], name="industry_business_nik", condition=~Q(nik="")),
            # The first page counts by these three without reading a single record.
            models.Index(
                fields=["kecamatan", "kelurahan", "founded_year", "listed_year", "closed_year"],
                name="industry_business_places",
                condition=Q(archived_at=None),
            ),
            models.Index(
                fields=["lacking"],
                name="industry_business_lacking",
                condition=Q(archived_at=None),
            ),
            models.Index(
                fields=["status"],
                name="industry_business_unverified",
                condition=Q(archived_at=None, status=BusinessStatus.UNVERIFIED),
            ),
            models.Index(
                NAME_AND_OWNER.indexed,
                name="industry_business_alike",
                condition=NAME_AND_OWNER.filled(),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def number(self):
        """The register number the office quotes, such as IKM-000123."""
        return f"IKM-{self.pk:06d}" if self.pk else ""

    def clean(self):
        super().clean()
        if self.kelurahan_id:
            # The kelurahan decides; the two can never disagree.
            self.kecamatan_id = self.kelurahan.kecamatan_id
        if self.listed_year is None:
            self.listed_year = timezone.localdate().year

    def check_verifier(self, user, changed):
        # What is asked there is asked of both tables of figures, which know this one.
        from ..verifying import OWN_FIGURES, is_own, last_entered_by

        if is_own(changed, last_entered_by([self.pk]).get(self.pk), user):
            raise ValidationError(OWN_FIGURES)
