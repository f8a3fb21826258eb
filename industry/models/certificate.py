"""Permits and certificates of businesses, such as P-IRT and halal."""

import datetime

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from balikpapan.audit.constraints import in_order, one_of, unique_among_kept, within
from balikpapan.audit.fields import BoundedCharField, YearField
from balikpapan.audit.models import Record, RecordQuerySet

from ..choices import CertificateKind, CertificateStatus
from .business import Business
from .counting import counts

#: So many days before its end a certificate counts as ending soon.
DAYS_AHEAD = 90


class CertificateQuerySet(RecordQuerySet):
    def ended_by(self, day):
        """Those in force that end on ``day`` or have ended before it."""
        return self.kept().filter(status=CertificateStatus.ISSUED, expires_on__lte=day)

    def undated(self):
        """Those in force whose day of issue is unknown, which no year counts as issued."""
        return self.kept().filter(status=CertificateStatus.ISSUED, issued_on=None)

    def of(self, businesses):
        """Those of some of the businesses."""
        return self.filter(business__in=businesses)

    def of_kept_businesses(self):
        """The certificates that count: neither they nor their business are archived.

        Each has ``business_first_year``, by which its business counts or does not.
        """
        first_year = Coalesce("business__founded_year", "business__listed_year")
        return self.kept().filter(business__archived_at=None).alias(business_first_year=first_year)

    def by_kind(self, year):
        """Per kind: valid when ``year`` ended, issued in it, ending in the next, facilitated."""
        return self.of_kept_businesses().order_by().values("kind").annotate(**yearly_counts(year))

    def answering(self, question, year):
        """The certificates that one of the counts of ``yearly_counts`` is made of."""
        return self.of_kept_businesses().filter(yearly_conditions(year)[question])

    def valid_in(self, year):
        """How many certificates of any kind were valid when ``year`` ended."""
        return self.answering("valid", year).count()

    def valid_by_year(self, years):
        """How many certificates of any kind were valid when each of the years ended, by year."""
        valid = {str(year): Count("pk", filter=valid_at_end_of(year)) for year in years}
        return {int(year): n for year, n in self.of_kept_businesses().aggregate(**valid).items()}

    def counted_in(self, year):
        """The counts of ``by_kind`` over all kinds together, with the IKM that hold a valid one."""
        return self.of_kept_businesses().aggregate(
            **yearly_counts(year),
            holders=Count("business", filter=valid_at_end_of(year), distinct=True),
        )


def valid_at_end_of(year):
    """Issued by then and not ended, of an IKM counting then; what ended later was still valid."""
    end = datetime.date(year, 12, 31)
    in_time = Q(issued_on=None) | Q(issued_on__lte=end)
    issued = Q(status=CertificateStatus.ISSUED) & (Q(expires_on=None) | Q(expires_on__gte=end))
    ended_later = Q(status=CertificateStatus.EXPIRED, expires_on__gte=end)
    return in_time & (issued | ended_later) & counts(year, of="business__")


def yearly_conditions(year):
    """What the yearly report asks of certificates, question by question."""
    granted = Q(status__in=[CertificateStatus.ISSUED, CertificateStatus.EXPIRED])
    next_year = (datetime.date(year + 1, 1, 1), datetime.date(year + 1, 12, 31))
    return {
        "valid": valid_at_end_of(year),
        "issued": granted & Q(issued_on__year=year),
        "expiring": valid_at_end_of(year) & Q(expires_on__range=next_year),
        "facilitated": Q(facilitated_year=year),
    }


def yearly_counts(year):
    """How many certificates answer each of the questions."""
    return {
        question: Count("pk", filter=condition)
        for question, condition in yearly_conditions(year).items()
    }


class Certificate(Record):
    """A permit or certificate of a business, such as P-IRT or halal."""

    code_fields = ("number",)
    past_fields = ("issued_on", "facilitated_year")

    business = models.ForeignKey(
        Business, models.PROTECT, verbose_name="usaha IKM", related_name="certificates"
    )
    kind = BoundedCharField("jenis", max_length=12, choices=CertificateKind)
    number = BoundedCharField("nomor", max_length=100, blank=True)
    issued_on = models.DateField("terbit", null=True, blank=True)
    expires_on = models.DateField("berlaku sampai", null=True, blank=True)
    status = BoundedCharField(
        "status", max_length=12, choices=CertificateStatus, default=CertificateStatus.ISSUED
    )
    facilitated_year = YearField("tahun fasilitasi", null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["kind", "-issued_on"]
        verbose_name = verbose_name_plural = "sertifikat"
        constraints = [
            unique_among_kept(
                "industry_certificate_once",
                "business",
                "kind",
                "number",
                unless_blank=["number"],
                message="Sertifikat dengan nomor ini sudah tercatat untuk usaha itu.",
            ),
            in_order(
                "industry_certificate_validity_order",
                "issued_on",
                "expires_on",
                "Tanggal berakhir lebih awal daripada tanggal terbit.",
            ),
            *within("industry_certificate", YearField, "facilitated_year"),
            one_of("industry_certificate_kind_known", "kind", CertificateKind.values),
            one_of("industry_certificate_status_known", "status", CertificateStatus.values),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()
