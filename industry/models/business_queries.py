"""What reports, lists and pages ask of the businesses: who counts, what they reported, who is alike."""

from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_, attrgetter

from django.db.models import CharField, Count, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce, Concat, Left, Upper

from balikpapan.audit.models import RecordQuerySet

from ..figures import FIGURES
from .counting import counts, figure_sums, is_large, movement, stands_in


class IndexedUpper(Upper):
    """UPPER of columns and constants, with the constants written into the statement.

    SQLite takes an index on an expression only where the statement has the very same expression.
    """

    def as_sqlite(self, compiler, connection, **context):
        sql, constants = super().as_sqlite(compiler, connection, **context)
        return sql % tuple(f"'{constant}'" for constant in constants), []


@dataclass(frozen=True)
class SharedFields:
    """Fields that two records of one business have in common, letter case apart."""

    names: tuple[str, ...]

    @property
    def key(self):
        """What two records share, as one text the database compares."""
        return IndexedUpper(self._joined())

    @property
    def indexed(self):
        """What an index for the key is made of."""
        return Upper(self._joined())

    def _joined(self):
        if len(self.names) == 1:
            return self.names[0]
        return Concat(self.names[0], Value("|"), self.names[1], output_field=CharField())

    def filled(self):
        """The condition that the record counts and none of the fields is blank."""
        return reduce(and_, (~Q(**{name: ""}) for name in self.names), Q(archived_at=None))

    def groups(self, businesses):
        """The keys that several of the businesses have."""
        alike = businesses.filter(self.filled()).order_by().values(shared_key=self.key)
        return alike.annotate(rows=Count("pk")).filter(rows__gt=1).values("shared_key")


NAME_AND_OWNER = SharedFields(("name", "owner_name"))
#: Whoever shares one of these with another kept record may be recorded twice: the one rule.
LIKELY_DOUBLES = (SharedFields(("nik",)), SharedFields(("phone", "owner_name")), NAME_AND_OWNER)


class BusinessQuerySet(RecordQuerySet):
    def likely_doubles(self):
        """The IKM that share NIK, telephone and owner, or name and owner with another one.

        The other one may be any record kept, whatever this queryset is narrowed to.
        """
        everybody = self.model.objects.kept()
        conditions = Q()
        marked = self
        for place, shared in enumerate(LIKELY_DOUBLES):
            marked = marked.alias(**{f"shared_{place}": shared.key})
            conditions |= shared.filled() & Q(**{f"shared_{place}__in": shared.groups(everybody)})
        return marked.filter(conditions)

    def like(self, name, owner_name):
        """The kept IKM that ``NAME_AND_OWNER`` calls likely doubles of one typed like this.

        An owner that is still blank, here or there, contradicts nobody.
        """
        alike = self.kept().alias(shared_key=NAME_AND_OWNER.key)
        begun = Upper(Value(f"{name}|"))
        if not owner_name:
            return alike.filter(shared_key__startswith=begun)
        return alike.filter(
            Q(shared_key=begun) | Q(shared_key=Upper(Value(f"{name}|{owner_name}")))
        )

    def double_groups(self, limit):
        """At most ``limit`` lists of kept IKM that share one of ``LIKELY_DOUBLES``, each list once."""
        groups = {}
        for shared in LIKELY_DOUBLES:
            alike = self.kept().filter(shared.filled()).annotate(shared_key=shared.key)
            alike = alike.filter(shared_key__in=shared.groups(self.kept()))
            rows = alike.select_related("kelurahan").order_by("shared_key", "id").iterator(500)
            for _, group in groupby(rows, attrgetter("shared_key")):
                businesses = list(group)
                groups.setdefault(tuple(business.pk for business in businesses), businesses)
                if len(groups) >= limit:
                    return list(groups.values())
        return list(groups.values())

    def count_by_lacking(self):
        """How many kept IKM lack which of ``NEEDED``, by the number ``lacks`` makes of it."""
        groups = self.kept().order_by().values_list("lacking")
        return dict(groups.annotate(total=Count("*")))

    def counting_in(self, year):
        """The IKM that count at the end of ``year``: "posisi 31 Desember"."""
        return self.kept().with_first_year().filter(counts(year))

    def new_in(self, year):
        """The IKM whose first year is ``year``."""
        begun = self.kept().with_first_year().filter(first_year=year)
        return begun.exclude(is_large(year))

    def ended_in(self, year):
        """The IKM that closed or moved away in ``year``."""
        return self.kept().filter(closed_year=year).exclude(is_large(year - 1))

    def large_in(self, year):
        """The businesses standing at the end of ``year`` that are too large to be IKM."""
        return self.kept().with_first_year().filter(stands_in(year) & is_large(year))

    def with_first_year(self):
        """Each IKM with the year it was founded or, failing that, first recorded."""
        return self.alias(first_year=Coalesce("founded_year", "listed_year"))

    def with_district(self):
        """Each IKM with its kecamatan; where the kelurahan is known, that decides."""
        return self.annotate(district=Coalesce("kelurahan__kecamatan", "kecamatan"))

    def with_division(self):
        """Each IKM with the two digits of its KBLI division."""
        return self.annotate(division=Left("kbli__code", 2))

    def figures_by(self, year, *grouping):
        """Per group the IKM counting in ``year``, how many reported and what they reported."""
        return (
            self.counting_in(year)
            .with_figures_of(year)
            .order_by()
            .values(*grouping)
            .annotate(units=Count("pk"), **figure_sums("figures__"))
        )

    def figures_in(self, year, figures=FIGURES):
        """How many IKM count in ``year``, how many reported and what they reported in all."""
        counting = self.counting_in(year).with_figures_of(year)
        return counting.aggregate(units=Count("pk"), **figure_sums("figures__", figures))

    def with_figures_of(self, year):
        """Each IKM joined, as ``figures``, to what it reported for ``year``, if it did."""
        of_year = Q(years__year=year, years__archived_at=None)
        return self.alias(figures=FilteredRelation("years", condition=of_year))

    def movement_by(self, year, *grouping):
        """Per group how many IKM stood when the year began, began, ended and stood at its end."""
        return self.kept().with_first_year().order_by().values(*grouping).annotate(**movement(year))

    def movement_in(self, year):
        """How many IKM stood when the year began, began, ended and stood at its end, in all."""
        return self.kept().with_first_year().aggregate(**movement(year))

    def count_by_centre(self, year):
        """How many IKM counting in ``year`` sit in each centre, by the key of the centre."""
        seated = self.counting_in(year).exclude(centre=None).order_by()
        return dict(seated.values_list("centre").annotate(Count("pk")))

    def not_counting(self, year, reason):
        """The kept IKM that do not count at the end of ``year``, by the reason of the chain."""
        conditions = {
            "tanpa-tahun": Q(first_year=None),
            "sesudah": Q(first_year__gt=year),
            "tutup": Q(first_year__lte=year, closed_year__lte=year),
            "besar": stands_in(year) & is_large(year),
        }
        return self.kept().with_first_year().filter(conditions[reason])

    def chain_to(self, year):
        """From the records kept to the IKM counting in ``year``: what leaves them out on the way."""
        return self.with_first_year().aggregate(
            recorded=Count("pk"),
            archived=Count("pk", filter=Q(archived_at__isnull=False)),
            undated=Count("pk", filter=Q(archived_at=None, first_year=None)),
            later=Count("pk", filter=Q(archived_at=None, first_year__gt=year)),
            ended=Count(
                "pk", filter=Q(archived_at=None, first_year__lte=year, closed_year__lte=year)
            ),
            large=Count("pk", filter=Q(archived_at=None) & stands_in(year) & is_large(year)),
            counting=Count("pk", filter=Q(archived_at=None) & counts(year)),
        )
