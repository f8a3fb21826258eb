"""What a new register already holds: regions, lists, rules and the first records.

Each delivery is one readable file in the ``fixtures`` of its app. A row is added once: what the
office has since renamed, changed or archived stays as the office left it, because the trail
remembers that the row was delivered.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps

from balikpapan.audit.bulk import ChangeSource, NewRecord, create_many
from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.digests import traceable
from balikpapan.audit.models import Change
from balikpapan.audit.store import store

REASON = "Data bawaan"


@dataclass(frozen=True)
class Delivery:
    """One file of records, what tells its rows apart and by what they name other records."""

    model: str
    file: str
    key: tuple[str, ...]
    names: dict[str, str] = field(default_factory=dict)
    #: Long plain lists go in bulk; records with rules among each other go one by one.
    in_bulk: bool = False

    @property
    def path(self) -> Path:
        """Where the file lies: with the app it belongs to."""
        return Path(apps.get_app_config(self.model.partition(".")[0]).path, "fixtures", self.file)

    def rows(self) -> list[dict]:
        """The rows of the file as typed field values; a blank cell is left out."""
        model = apps.get_model(self.model)
        return [
            {
                name: value if name in self.names else model._meta.get_field(name).to_python(value)
                for name, value in row.items()
                if value != ""
            }
            for row in read(self.path)
        ]


# In this order, because later rows name earlier ones.
DELIVERIES = [
    Delivery("regions.Kecamatan", "kecamatan.csv", ("code",), in_bulk=True),
    Delivery("regions.Kelurahan", "kelurahan.csv", ("code",), {"kecamatan": "code"}, in_bulk=True),
    Delivery("industry.Kbli", "kbli.csv", ("version_year", "code"), in_bulk=True),
    Delivery("industry.IndustryGroup", "industry_groups.csv", ("name",), in_bulk=True),
    Delivery("industry.ProductUnit", "product_units.csv", ("name",), in_bulk=True),
    Delivery(
        "industry.ScaleRule", "scale_rules.csv", ("kind", "valid_from", "position"), in_bulk=True
    ),
    Delivery("industry.RevenueAccount", "revenue_accounts.csv", ("code",), {"parent": "code"}),
    Delivery(
        "facilities.Facility",
        "facilities.json",
        ("name",),
        {"parent": "code", "kelurahan": "code"},
    ),
    Delivery("facilities.Chamber", "chambers.json", ("name",), {"facility": "name"}),
    Delivery("facilities.Tariff", "tariffs.json", ("service", "valid_from")),
    Delivery("facilities.UsefulLife", "useful_lives.csv", ("code_prefix",), in_bulk=True),
    Delivery("industry.Revenue", "revenues.json", ("year", "source_name")),
    Delivery("industry.PublishedFigure", "published_figures.json", ("indicator", "year", "as_of")),
    Delivery("reports.Letterhead", "letterheads.json", ("office",)),
]


@trail_transaction()
def load_reference() -> int:
    """Add what is missing, nothing else; how many records that were."""
    delivered = delivered_rows()
    return sum(add_missing(delivery, delivered[delivery.model.lower()]) for delivery in DELIVERIES)


def delivered_rows() -> dict[str, list[dict]]:
    """Per model the rows that an earlier run added, as they were then.

    Nothing else creates records through the system's channel; how the trail words it is for people.
    """
    rows = defaultdict(list)
    trail = Change.objects.filter(channel=Change.Channel.SYSTEM, action=Change.Action.CREATED)
    for label, after in trail.values_list("model", "after"):
        rows[label].append(after)
    return rows


def add_missing(delivery: Delivery, delivered: list[dict]) -> int:
    """Write the rows that were never delivered and are not in the register either."""
    model = apps.get_model(delivery.model)
    present = {key_of(delivery, row) for row in delivered}
    present.update(
        key_of(delivery, row) for row in model._base_manager.order_by().values(*delivery.key)
    )
    missing = (row for row in delivery.rows() if key_of(delivery, row) not in present)
    if delivery.in_bulk:
        records = [NewRecord(values, place=0) for values in with_references(delivery, missing)]
        create_many(model, records, ChangeSource(channel=Change.Channel.SYSTEM, reason=REASON))
        return len(records)
    count = 0
    for values in with_references(delivery, missing):
        store(model(**values), by=None, channel=Change.Channel.SYSTEM, reason=REASON)
        count += 1
    return count


def key_of(delivery: Delivery, row: dict) -> tuple:
    """What tells a row apart, in the form the trail keeps it."""
    return tuple(traceable(row.get(name)) for name in delivery.key)


def with_references(delivery: Delivery, rows: Iterator[dict]) -> Iterator[dict]:
    """The rows with ids for the records they name, read when their turn comes.

    A row that belongs to a record the office no longer keeps has no place any more.
    """
    model = apps.get_model(delivery.model)
    for row in rows:
        values = dict(row)
        for name in delivery.names.keys() & row.keys():
            related = model._meta.get_field(name).related_model
            owners = related.objects.kept().filter(**{delivery.names[name]: values.pop(name)})
            values[f"{name}_id"] = owners.values_list("id", flat=True).first()
        if None not in values.values():
            yield values


def read(path: Path) -> list[dict]:
    """The rows of one file as they are written there."""
    text = path.read_text("utf-8")
    return json.loads(text) if path.suffix == ".json" else list(csv.DictReader(text.splitlines()))
