"""Who pays for a place: a business of the register, or a name where it holds none."""

from django.db import models
from django.db.models import Q

from balikpapan.audit.fields import BoundedCharField
from balikpapan.audit.models import Record

TENANT_MISSING = "Pilih usaha IKM, atau isi nama penyewa bila bukan IKM; salah satu saja."


class TenantRecord(Record):
    """A record of somebody who uses a place, as business or by name."""

    identifying_fields = ("tenant_name",)

    business = models.ForeignKey(
        "industry.Business",
        models.PROTECT,
        verbose_name="usaha IKM",
        related_name="%(class)ss",
        null=True,
        blank=True,
    )
    tenant_name = BoundedCharField(
        "nama penyewa",
        max_length=200,
        blank=True,
        help_text="Hanya untuk penyewa yang tidak tercatat sebagai IKM.",
    )

    class Meta(Record.Meta):
        abstract = True

    @property
    def tenant(self) -> str:
        """What the tenant is called."""
        return self.business.name if self.business_id else self.tenant_name

    @property
    def tenant_key(self) -> tuple[int | None, str]:
        """What tells one tenant from another."""
        return self.business_id, self.tenant_name


def one_tenant(name):
    """Exactly one of business and name."""
    by_business = Q(business__isnull=False, tenant_name="")
    return models.CheckConstraint(
        name=name,
        condition=by_business | (Q(business__isnull=True) & ~Q(tenant_name="")),
        violation_error_message=TENANT_MISSING,
    )
