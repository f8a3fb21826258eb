"""Which PAD rows count, and what they add up to."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from balikpapan.audit.models import RecordQuerySet

from ..choices import BudgetStage, FigureStatus
from .reading import read_once
from .revenue_sources import RevenueSource

MONTH_KEY = Coalesce("month", 0)
REVENUE_SUMS = {
    "target_sum": models.Sum("counted_target"),
    "realised_sum": models.Sum("counted_realised"),
}
MONTHS_OF_A_YEAR = 12
_OF_A_MONTH = Q(counted_realised__isnull=False, month__isnull=False)
MONTHS_REALISED = {
    "months": models.Count("month", distinct=True, filter=_OF_A_MONTH),
    "last_month": models.Max("month", filter=_OF_A_MONTH),
}


class RevenueQuerySet(RecordQuerySet):
    def counting(self):
        """The rows table 9 adds up, by ``counted_target`` and ``counted_realised``.

        Published rows count only in years that have no other realised row. Of the rows of one
        year, month and source that differ in their budget stage only the latest counts,
        figure by figure: a revised row that states a target but no realisation replaces the
        target and leaves the realisation of the earlier stage standing, for what has been paid
        does not become unknown by changing the budget.
        """
        later = (
            self.model.objects.eligible()
            .alias(month_key=MONTH_KEY, rank=stage_rank())
            .filter(
                year=OuterRef("year"),
                month_key=OuterRef("own_month"),
                source_key=OuterRef("source_key"),
                rank__gt=OuterRef("own_rank"),
            )
        )
        return (
            self.eligible()
            .alias(own_month=MONTH_KEY, own_rank=stage_rank())
            .annotate(
                counted_target=unless_replaced("target", later),
                counted_realised=unless_replaced("realised", later),
            )
            .filter(Q(counted_target__isnull=False) | Q(counted_realised__isnull=False))
        )

    def eligible(self):
        """The rows kept, without the published ones of years measured otherwise."""
        measured = self.model.objects.measured().filter(year=OuterRef("year"))
        return self.kept().filter(~Q(status=FigureStatus.PUBLISHED) | ~Exists(measured))

    def measured(self):
        """The rows whose realisation comes from the office's own books."""
        return self.kept().filter(realised__isnull=False).exclude(status=FigureStatus.PUBLISHED)

    def published(self):
        """The rows as they once stood in the papers."""
        return self.kept().filter(status=FigureStatus.PUBLISHED)

    def by_year(self):
        """Year, target and realisation: one row per year, NULL where nothing is known.

        ``firmness`` is the place in ``FigureStatus`` of the least firm realisation added up,
        ``months`` how many months have a realisation of their own and ``last_month`` the last,
        ``latest`` the last day a realisation speaks of.
        """
        is_realised = Q(counted_realised__isnull=False)
        firmness = models.Min(status_rank(), filter=is_realised)
        latest = models.Max("as_of", filter=is_realised)
        return (
            self.counting()
            .order_by("year")
            .values("year")
            .annotate(**REVENUE_SUMS, **MONTHS_REALISED, firmness=firmness, latest=latest)
        )

    def published_by_year(self):
        """What was once published of each year, and the latest day it speaks of."""
        return (
            self.published()
            .order_by("year")
            .values("year")
            .annotate(realised_sum=models.Sum("realised"), latest=models.Max("as_of"))
        )

    def measured_by_year(self):
        """What the office's own books say of each year, without anything published."""
        return (
            self.counting()
            .exclude(status=FigureStatus.PUBLISHED)
            .order_by("year")
            .values("year")
            .annotate(**REVENUE_SUMS)
        )

    def by_month(self, year):
        """Month, target and realisation of one year; a month of NULL is the year as one figure."""
        return (
            self.counting()
            .filter(year=year)
            .order_by("month")
            .values("month")
            .annotate(**REVENUE_SUMS)
        )

    def realised_by_month(self):
        """The realisation of every month that has one of its own, by year and month."""
        rows = (
            self.counting()
            .filter(_OF_A_MONTH)
            .order_by()
            .values_list("year", "month")
            .annotate(models.Sum("counted_realised"))
        )
        return {(year, month): realised for year, month, realised in rows}

    def like_for_like(self, sums, year):
        """The realisations of a year and the one before it that may be compared, and until when.

        ``sums`` maps years to the rows of ``by_year``. Where either year has 1 to 11 monthly rows
        both are added up to the last month of the shorter one; they compare only where they have
        as many months until then. The third value is that month, None for whole years.
        """
        pair = [sums.get(one, {}) for one in (year, year - 1)]
        short = [row["last_month"] for row in pair if is_partial(row)]
        if not short:
            return (*(row.get("realised_sum") for row in pair), None)
        month = min(short)
        # A report compares many pairs of years; the months of all of them are one question, and
        # whoever asks it asks the whole register.
        realised = read_once("realised by month", self.model.objects.realised_by_month)
        months = range(1, month + 1)
        spans = [
            [realised[one, m] for m in months if (one, m) in realised] for one in (year, year - 1)
        ]
        if len(spans[0]) != len(spans[1]):
            return None, None, month
        return (*(sum(span) if span else None for span in spans), month)

    def by_source(self, year):
        """Source, its account, target and realisation of one year."""
        stored = RevenueSource.objects.kept().filter(key=OuterRef("source_key"))
        return (
            self.counting()
            .filter(year=year)
            .order_by()
            .values("source_key")
            .annotate(
                code=Coalesce(
                    models.Max("account__code"), Subquery(stored.values("account__code")[:1])
                ),
                name=Coalesce(Subquery(stored.values("name")[:1]), models.Max("source_name")),
                **REVENUE_SUMS,
                **MONTHS_REALISED,
            )
            .order_by("code", "name", "source_key")
        )


def is_partial(sums):
    """Whether a row of ``by_year`` or ``by_source`` rests on some months of its year only."""
    return 0 < (sums.get("months") or 0) < MONTHS_OF_A_YEAR


def stage_rank():
    """The order of budget stages: a later one replaces an earlier one."""
    return place_in(BudgetStage, "stage")


def status_rank():
    """The order of the statuses of a figure, from the least firm to the audited one."""
    return place_in(FigureStatus, "status")


def place_in(choices, field):
    """The place of a field's value in its list of choices."""
    return models.Case(
        *[
            models.When(**{field: value}, then=models.Value(place))
            for place, value in enumerate(choices.values)
        ],
        output_field=models.IntegerField(),
    )


def unless_replaced(field, later):
    """The figure, or NULL where a later budget stage states it too."""
    stated = later.filter(**{f"{field}__isnull": False})
    return models.Case(models.When(Exists(stated), then=None), default=F(field))
