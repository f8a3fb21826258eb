"""The figures of each business year by year."""

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from balikpapan.audit.constraints import one_of, unique_among_kept, within
from balikpapan.audit.fields import (
    BoundedCharField,
    CountField,
    MeasureField,
    PercentField,
    RupiahField,
    YearField,
)
from balikpapan.audit.models import Record, RecordQuerySet

from ..choices import CapacityPeriod, Scale
from .business import Business
from .counting import figure_sums
from .reference import ProductUnit
from .scale import WITH_LAND_BUILDING, ScaleRule

#: PP 7/2021 came into force on 2 February 2021: who was founded since is told by capital (art.
#: 35), everybody before by yearly sales (art. 36). Of 2021 no more than the year is known.
CAPITAL_DECIDES_FROM = 2021


def whole_investment():
    """Investment with land and buildings, as far as those are known."""
    # Its type is named: taken for a plain integer, PostgreSQL's bounds would decide the rule.
    return models.ExpressionWrapper(
        F("investment") + Coalesce("investment_land_building", 0),
        output_field=models.BigIntegerField(),
    )


def _first_of(cases):
    """The result of the first line that fits, NULL where none does."""
    return models.Case(*cases, default=None, output_field=models.CharField())


class BusinessYearQuerySet(RecordQuerySet):
    def with_scale(self, kind, year):
        """Each row with ``scale``: the result of the dated rule, NULL where it cannot be told.

        Of a UMKM class ``by_other`` says besides that the figure which should decide is missing,
        so that the other one did.
        """
        rules = ScaleRule.objects.lines_by_year(kind, [year])[year]
        if kind == ScaleRule.Kind.UMKM:
            return self._with_class(rules)
        cases = [models.When(rule.fits(), then=models.Value(rule.result)) for rule in rules]
        return self.alias(**{WITH_LAND_BUILDING: whole_investment()}).annotate(
            scale=_first_of(cases)
        )

    def large_in(self, *years):
        """The figures that the rule of their year calls a large industry."""
        cases = [
            models.When(Q(year=year) & line.fits(), then=models.Value(line.result))
            for year, lines in ScaleRule.objects.lines_by_year(ScaleRule.Kind.SCALE, years).items()
            for line in lines
        ]
        rows = self.kept().filter(year__in=years).alias(**{WITH_LAND_BUILDING: whole_investment()})
        return rows.annotate(scale=_first_of(cases)).filter(scale=Scale.LARGE)

    def _with_class(self, rules):
        """Each row with its class by sales or, for a younger business, by capital."""
        results = {
            figure: _first_of(
                [models.When(r.fits_by(figure), then=models.Value(r.result)) for r in rules]
            )
            for figure in ("turnover", "investment")
        }
        young = Q(business__founded_year__gte=CAPITAL_DECIDES_FROM)
        by_sales, by_capital = (F(f"class_by_{figure}") for figure in results)
        return (
            self.alias(**{f"class_by_{figure}": result for figure, result in results.items()})
            .annotate(
                scale=models.Case(
                    models.When(young, then=Coalesce(by_capital, by_sales)),
                    default=Coalesce(by_sales, by_capital),
                    output_field=models.CharField(),
                )
            )
            .annotate(
                by_other=models.Case(
                    models.When(young & Q(class_by_investment=None), then=True),
                    models.When(~young & Q(class_by_turnover=None), then=True),
                    default=False,
                    output_field=models.BooleanField(),
                )
            )
        )

    def counting_in(self, year, businesses=None):
        """The figures of ``year`` of the IKM (or those of ``businesses``) that count at its end."""
        businesses = Business.objects.all() if businesses is None else businesses
        return self.kept().filter(year=year, business__in=businesses.counting_in(year))

    def told_by_other(self, year, businesses=None):
        """How many classes of ``year`` were told by the other figure: by capital, by sales."""
        rows = self.counting_in(year, businesses).with_scale(ScaleRule.Kind.UMKM, year)
        young = Q(business__founded_year__gte=CAPITAL_DECIDES_FROM)
        other = Q(by_other=True, scale__isnull=False)
        return rows.aggregate(
            by_capital=Count("pk", filter=other & (~young | Q(business__founded_year=None))),
            by_sales=Count("pk", filter=other & young),
        )

    def figures_by_scale(self, kind, year, businesses=None):
        """Per scale how many IKM counting in ``year`` reported and what they reported."""
        return (
            self.counting_in(year, businesses)
            .with_scale(kind, year)
            .order_by()
            .values("scale")
            .annotate(units=Count("pk"), **figure_sums())
        )


class BusinessYear(Record):
    """The figures of one business for one year."""

    year_field = "year"
    past_fields = ("year",)

    business = models.ForeignKey(
        Business, models.PROTECT, verbose_name="usaha IKM", related_name="years"
    )
    year = YearField("tahun")
    workers_male = CountField("tenaga kerja laki-laki", null=True, blank=True)
    workers_female = CountField("tenaga kerja perempuan", null=True, blank=True)
    workers_total = CountField(
        "tenaga kerja seluruhnya",
        null=True,
        blank=True,
        help_text="Terisi sendiri dari laki-laki dan perempuan bila dikosongkan.",
    )
    investment = RupiahField(
        "nilai investasi (Rp)", null=True, blank=True, help_text="Tanpa tanah dan bangunan."
    )
    investment_land_building = RupiahField(
        "investasi tanah dan bangunan (Rp)", null=True, blank=True
    )
    installed_capacity = MeasureField(
        "kapasitas terpasang",
        max_digits=14,
        decimal_places=3,
        high=10**11 - 1,
        null=True,
        blank=True,
    )
    capacity = MeasureField(
        "kapasitas produksi",
        max_digits=14,
        decimal_places=3,
        high=10**11 - 1,
        null=True,
        blank=True,
    )
    capacity_unit = models.ForeignKey(
        ProductUnit, models.PROTECT, verbose_name="satuan", null=True, blank=True
    )
    capacity_period = BoundedCharField(
        "kapasitas per", max_length=5, choices=CapacityPeriod, blank=True
    )
    production_value = RupiahField("nilai produksi (Rp)", null=True, blank=True)
    raw_material_value = RupiahField("nilai bahan baku (Rp)", null=True, blank=True)
    turnover = RupiahField("omzet (Rp)", null=True, blank=True)
    export_percent = PercentField(
        "ekspor (%)", max_digits=5, decimal_places=2, high=100, null=True, blank=True
    )
    export_countries = BoundedCharField("negara tujuan ekspor", max_length=200, blank=True)
    source = BoundedCharField("sumber data", max_length=200, blank=True)

    objects = BusinessYearQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-year"]
        verbose_name = verbose_name_plural = "data tahunan IKM"
        constraints = [
            unique_among_kept(
                "industry_businessyear_once",
                "business",
                "year",
                message="Data tahun ini sudah ada untuk usaha itu. Ubah baris yang sudah ada.",
            ),
            *within("industry_businessyear", YearField, "year"),
            *within(
                "industry_businessyear",
                CountField,
                "workers_male",
                "workers_female",
                "workers_total",
            ),
            *within(
                "industry_businessyear",
                RupiahField,
                "investment",
                "investment_land_building",
                "production_value",
                "raw_material_value",
                "turnover",
            ),
            *within("industry_businessyear", (0, 10**11 - 1), "installed_capacity", "capacity"),
            *within("industry_businessyear", (0, 100), "export_percent"),
            one_of(
                "industry_businessyear_period_known",
                "capacity_period",
                ["", *CapacityPeriod.values],
            ),
        ]
        indexes = [
            models.Index(
                fields=["year"],
                name="industry_businessyear_kept",
                condition=Q(archived_at=None),
            )
        ]

    def __str__(self):
        return f"{self.year}"

    def clean(self):
        super().clean()
        if self.workers_total is None:
            self.workers_total = total_workers(self.workers_male, self.workers_female)


def total_workers(male, female):
    """L + P where both are known; a single known figure is not a total."""
    return None if male is None or female is None else male + female
