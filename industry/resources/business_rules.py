"""What only the IKM sheet knows, subject by subject in the order its rules are called."""

from django.utils import timezone

from balikpapan.intake.resources import CombinedRules, SheetRules
from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key
from facilities.choices import FacilityKind
from facilities.resources.references import places

from .business_certificates import CertificateRules
from .business_classification import GroupRules, KbliRules
from .business_figures import FigureRules
from .business_gender import GenderRules
from .business_regions import RegionRules
from .business_verification import VerificationRules
from .business_warnings import BusinessWarnings
from .product_rows import merge_products


class RecordRules(SheetRules):
    """What makes one record of a row: its second columns, its first year, its centre."""

    def prepare(self):
        return {"centres": places(FacilityKind.CENTRE)}

    def fill_derived(self, rows, options, problems):
        _join_second_columns(rows)
        _warn_of_centres(rows, problems)

    def reconcile(self, stored, values, options, year=None):
        """The first year never lies after a year the record has figures of."""
        listed = stored.get("listed_year")
        if year and listed and year < listed and "listed_year" not in values:
            values["listed_year"] = year

    def new_values(self, values, year):
        if not values.get("listed_year"):
            values["listed_year"] = year or timezone.localdate().year


class ProductRowRules(SheetRules):
    """Rows that differ in their product alone become one, when every column is filled."""

    def fill_derived(self, rows, options, problems):
        merge_products(rows, options["answers"], problems)


def _join_second_columns(rows):
    """A second telephone, and what is made in other words, join the first."""
    for name, more, between in (
        ("phone", ("second_phone",), " / "),
        ("products", ("product_kind", "business_kind"), "; "),
    ):
        seconds = [rows.values[other] for other in more if other in rows.values]
        if not seconds:
            continue
        column = rows.fill(name)
        for index, first in enumerate(column):
            words = [first, *(second[index] for second in seconds)]
            words = {comparison_key(w): w for w in reversed(words) if isinstance(w, str)}
            if first is not ERASE and words:
                column[index] = between.join(reversed(words.values()))


def _warn_of_centres(rows, problems):
    """A table of sentra looks like a list of businesses; whoever stores it is told."""
    for sheet, places_of in enumerate(rows.places):
        heading = places_of.get("name", ("", ""))[1]
        if "sentra" in heading.lower() and sheet in rows.sheet_of:
            message = (
                "Tiap baris sentra akan disimpan sebagai satu usaha IKM. Batalkan bila "
                "barisnya mewakili banyak usaha."
            )
            finding = Finding("warning", "centres_as_businesses", message)
            rows.tell(problems, rows.sheet_of.index(sheet), "name", finding)


def business_rules(columns) -> CombinedRules:
    """The rules of a sheet of businesses with these columns."""
    return CombinedRules(
        RecordRules(),
        GenderRules(),
        RegionRules(),
        KbliRules(columns.get("kbli")),
        GroupRules(),
        FigureRules(),
        ProductRowRules(),
        BusinessWarnings(),
        CertificateRules(),
        VerificationRules(),
    )
