"""Two records of one business become one: nothing is lost, and it can be taken back.

What the two state differently is worked out first and chosen value by value; only then is
anything written, each change noted in the ``Merge`` it belongs to.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.reversal import Reversal, plan_reversal, revert
from balikpapan.audit.store import StaleRecord, archive, is_of_closed_year, store

from .models import Business, BusinessYear, Merge

#: What the first year of a merged business is worked out from; the earlier one stands.
FIRST_YEARS = ("founded_year", "listed_year")
#: The kecamatan follows from the kelurahan.
FOLLOWING = ("kecamatan",)


class Side(models.TextChoices):
    """Which of the two records a value is taken from."""

    KEPT = "kept", "dipertahankan"
    DROPPED = "dropped", "diarsipkan"


@dataclass(frozen=True, slots=True)
class ValuePair:
    """What two records say in one field; ``key`` names it in choices, "2024.turnover" for a year.

    ``usual`` is the side whose value stands where nobody chooses, None where somebody must.
    """

    key: str
    field: models.Field
    kept: object
    dropped: object
    usual: Side | None

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.kept != self.dropped

    def chosen(self, choices: Mapping[str, str]) -> object:
        """The value that stands, with the choices made."""
        side = choices.get(self.key) or self.usual
        return self.dropped if side == Side.DROPPED else self.kept


@dataclass(frozen=True, slots=True)
class YearPair:
    """The figures of one year as both records hold them; either may have none."""

    year: int
    kept: BusinessYear | None
    dropped: BusinessYear | None
    closed: bool
    pairs: tuple[ValuePair, ...] = ()


def business_pairs(kept: Business, dropped: Business) -> list[ValuePair]:
    """Every editable field of two businesses side by side."""
    fields = (f for f in Business._meta.concrete_fields if f.editable and f.name not in FOLLOWING)
    return [_pair(field.name, field, kept, dropped) for field in fields if not field.primary_key]


def year_pairs(kept: Business, dropped: Business) -> list[YearPair]:
    """The years either business has figures of, the newest first."""
    mine, theirs = ({row.year: row for row in b.years.kept()} for b in (kept, dropped))
    frozen = ClosedYear.objects.frozen()
    pairs = []
    for year in sorted({*mine, *theirs}, reverse=True):
        rows = mine.get(year), theirs.get(year)
        both = None not in rows
        pairs.append(YearPair(year, *rows, year in frozen, tuple(_figures(*rows)) if both else ()))
    return pairs


def versions_of(kept: Business, dropped: Business, years: list[YearPair]) -> str:
    """The versions of all that two businesses say, as a page that shows it sends them back."""
    figures = [row for pair in years for row in (pair.kept, pair.dropped) if row is not None]
    return " ".join(f"{row.pk}.{row.version}" for row in (kept, dropped, *figures))


def _figures(kept: BusinessYear, dropped: BusinessYear):
    for field in BusinessYear._meta.concrete_fields:
        if field.editable and not field.primary_key and field.name not in ("business", "year"):
            pair = _pair(f"{kept.year}.{field.name}", field, kept, dropped)
            undecided = pair.differs and pair.kept not in (None, "") and pair.usual == Side.KEPT
            if undecided and pair.dropped not in (None, "") and field.name != "source":
                pair = ValuePair(pair.key, field, pair.kept, pair.dropped, None)
            yield pair


def _pair(key, field, kept, dropped) -> ValuePair:
    values = getattr(kept, field.attname), getattr(dropped, field.attname)
    return ValuePair(key, field, *values, _usual(field, *values))


def _usual(field, kept, dropped) -> Side:
    """A blank gives way; of two first years the earlier stands."""
    if dropped in (None, ""):
        return Side.KEPT
    if kept in (None, "") or (field.name in FIRST_YEARS and dropped < kept):
        return Side.DROPPED
    return Side.KEPT


class _Writer:
    """Writes the changes of one merge and keeps their numbers."""

    def __init__(self, merge: Merge):
        self._trace = {"by": merge.by, "channel": Change.Channel.FORM, "reason": str(merge)}
        self.changes: list[int] = []

    def store(self, record) -> None:
        self._note(store(record, **self._trace, carries_verification=True))

    def archive(self, record) -> None:
        self._note(archive(record, **self._trace))

    def _note(self, change) -> None:
        if change is not None:
            self.changes.append(change.pk)


@trail_transaction()
def merge(
    kept: Business,
    dropped: Business,
    *,
    by,
    choices: Mapping[str, str] | None = None,
    versions: str | None = None,
) -> Merge:
    """Moves all that belongs to ``dropped`` over to ``kept`` and archives it.

    ``choices`` says by the key of a ``ValuePair`` from which ``Side`` a value is taken, and
    ``versions`` (of ``versions_of``) what they were chosen from; None where nobody looked. Figures
    of a closed year stay where they are, and so does a bill, which names whom it was sent to. Raises ValidationError, with nothing written, where both
    state another figure for a year and nobody has chosen, or where something was changed since.
    """
    choices = choices or {}
    if kept.pk == dropped.pk or kept.archived_at or dropped.archived_at:
        raise ValidationError("Pilih dua usaha berbeda yang tidak diarsipkan.")
    _hold_both(kept, dropped)
    fields, years = business_pairs(kept, dropped), year_pairs(kept, dropped)
    if versions not in (None, versions_of(kept, dropped, years)):
        raise ValidationError(
            "Salah satu usaha ini sudah diubah sejak halaman ini dibuka, jadi belum digabungkan. "
            "Periksa nilainya di bawah, lalu tekan Gabungkan lagi."
        )
    _require_choices(years, choices)
    act = Merge(kept=kept, dropped=dropped, by=by)
    writer = _Writer(act)
    for pair in years:
        _merge_year(pair, kept, choices, writer)
    _move(dropped.certificates.kept(), kept, _has_certificate, writer)
    _move(dropped.participations.kept(), kept, _has_participation, writer)
    for records in (dropped.leases, dropped.deposits, dropped.buildingrentals):
        _move(records.kept(), kept, lambda *_: False, writer)
    # Archived first: the NIB may then pass to the kept record.
    writer.archive(dropped)
    for pair in fields:
        setattr(kept, pair.field.attname, pair.chosen(choices))
        if pair.field.name == "kelurahan" and pair.kept is None and pair.dropped is None:
            kept.kecamatan_id = kept.kecamatan_id or dropped.kecamatan_id
    writer.store(kept)
    act.changes = writer.changes
    act.save(force_insert=True)
    return act


def _hold_both(kept: Business, dropped: Business) -> None:
    """Keeps both as they were read until the transaction ends, or raises StaleRecord.

    Storing claims a record only where it changes; of a pair merged both ways at once, each would
    otherwise be archived for the sake of the other.
    """
    # Of one order for all, so that two merges wait for each other and never in a circle.
    rows = Business.objects.select_for_update(no_key=True).order_by("pk")
    versions = dict(rows.filter(pk__in=[kept.pk, dropped.pk]).values_list("pk", "version"))
    for record in (kept, dropped):
        if versions.get(record.pk) != record.version:
            raise StaleRecord(record)


def _require_choices(years: list[YearPair], choices: Mapping[str, str]) -> None:
    open_years = [
        pair.year
        for pair in years
        if not pair.closed and any(p.usual is None and p.key not in choices for p in pair.pairs)
    ]
    if open_years:
        named = ", ".join(map(str, sorted(open_years)))
        raise ValidationError(
            f"Kedua usaha punya angka berbeda untuk tahun {named}. Pilih angka mana yang dipakai."
        )


def _merge_year(pair: YearPair, kept: Business, choices, writer: _Writer) -> None:
    if pair.closed or pair.dropped is None:
        return
    if pair.kept is None:
        pair.dropped.business = kept
        writer.store(pair.dropped)
        return
    writer.archive(pair.dropped)
    for value in pair.pairs:
        setattr(pair.kept, value.field.attname, value.chosen(choices))
    writer.store(pair.kept)


def _move(records, kept: Business, has_one, writer: _Writer) -> None:
    """Gives each record to the kept business; what that has already goes to the archive.

    What belongs to a closed year stays where its edition names it.
    """
    frozen = ClosedYear.objects.frozen()
    for record in records:
        if is_of_closed_year(record, frozen):
            continue
        if has_one(kept, record):
            writer.archive(record)
        else:
            record.business = kept
            writer.store(record)


def _has_certificate(business, certificate):
    alike = business.certificates.kept().filter(kind=certificate.kind, number=certificate.number)
    return bool(certificate.number) and alike.exists()


def _has_participation(business, participation):
    alike = business.participations.kept().filter(
        programme=participation.programme, person=participation.person
    )
    return alike.exists()


@trail_transaction()
def unmerge(act: Merge, *, by) -> Reversal:
    """Takes a merge back; ValidationError where somebody changed one of its records since."""
    # One statement decides who was first.
    claimed = Merge.objects.standing().filter(pk=act.pk)
    if not claimed.update(undone_at=timezone.now(), undone_by=by):
        raise ValidationError(f"{act} sudah dibatalkan.")
    reversal = plan_reversal(act.trail())
    if reversal.left:
        named = "; ".join(f"{reversal.name_of(c)} {why}" for c, why in reversal.left[:3])
        raise ValidationError(f"{act} tidak dapat dibatalkan: {named}.")
    revert(reversal, by=by, reason=f"Pembatalan: {act}"[:200])
    return reversal
