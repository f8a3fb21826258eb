"""From which bills a PAD row was proposed."""

from django.db import models

from balikpapan.audit.constraints import unique_among_kept, within
from balikpapan.audit.fields import RupiahField
from balikpapan.audit.models import Record
from facilities.models import Bill

from .revenue import Revenue


class RevenueBill(Record):
    """A bill whose payment a PAD row contains, and how much of it."""

    revenue = models.ForeignKey(Revenue, models.PROTECT, verbose_name="PAD", related_name="bills")
    bill = models.ForeignKey(Bill, models.PROTECT, verbose_name="SKRD", related_name="revenues")
    amount = RupiahField("jumlah (Rp)")

    class Meta(Record.Meta):
        ordering = ["revenue", "bill"]
        verbose_name = verbose_name_plural = "SKRD di balik PAD"
        constraints = [
            *within("industry_revenuebill", RupiahField, "amount"),
            unique_among_kept(
                "industry_revenuebill_once",
                "revenue",
                "bill",
                message="SKRD ini sudah menjadi dasar PAD itu.",
            ),
        ]

    def __str__(self):
        return str(self.bill)
