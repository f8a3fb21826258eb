"""Two records of one business become one: nothing is lost, and it can be taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q

from balikpapan.audit.models import Change
from balikpapan.audit.reversal import Reversal, plan_reversal, revert
from balikpapan.audit.store import archive, contents, store
from balikpapan.spreadsheets.cells import comparison_key

from .models import Business

#: What the first year of a merged business is worked out from; the earlier one stands.
FIRST_YEARS = ("founded_year", "listed_year")


def reason_of(kept: Business, dropped: Business) -> str:
    """How the trail names a merge."""
    return f"Penggabungan {dropped.number} ke {kept.number}"


@transaction.atomic
def merge(kept: Business, dropped: Business, *, by) -> str:
    """Moves all that belongs to ``dropped`` over to ``kept`` and archives it.

    Blank fields of the kept record are filled from the other. Years both have must say the same:
    otherwise nothing is merged and ValidationError names the years.
    """
    if kept.pk == dropped.pk or kept.archived_at or dropped.archived_at:
        raise ValidationError("Pilih dua usaha berbeda yang tidak diarsipkan.")
    reason = reason_of(kept, dropped)
    trace = {"by": by, "channel": Change.Channel.FORM, "reason": reason}
    _move_years(kept, dropped, trace)
    for certificate in dropped.certificates.kept():
        if certificate.number and kept.certificates.kept().filter(
            kind=certificate.kind, number=certificate.number
        ):
            archive(certificate, **trace)
        else:
            certificate.business = kept
            store(certificate, **trace)
    for participation in dropped.participations.kept():
        twin = kept.participations.kept().filter(
            programme=participation.programme, person=participation.person
        )
        if twin:
            archive(participation, **trace)
        else:
            participation.business = kept
            store(participation, **trace)
    # Archived first: the NIB may then pass to the kept record.
    archive(dropped, **trace)
    for field in Business._meta.concrete_fields:
        theirs = getattr(dropped, field.attname)
        if field.attname in FIRST_YEARS and theirs:
            setattr(kept, field.attname, min(theirs, getattr(kept, field.attname) or theirs))
        elif field.editable and getattr(kept, field.attname) in (None, "") and theirs:
            setattr(kept, field.attname, theirs)
    store(kept, **trace)
    return reason


def _move_years(kept, dropped, trace):
    mine = {row.year: row for row in kept.years.kept()}
    differing = []
    for row in dropped.years.kept():
        if row.year not in mine:
            row.business = kept
            store(row, **trace)
        elif _figures(row) == _figures(mine[row.year]):
            archive(row, **trace)
        else:
            differing.append(row.year)
    if differing:
        years = ", ".join(map(str, sorted(differing)))
        raise ValidationError(
            f"Kedua usaha punya angka berbeda untuk tahun {years}. Samakan atau arsipkan salah "
            "satu angka tahun itu, lalu gabungkan lagi."
        )


def _figures(row):
    return {k: v for k, v in contents(row).items() if k not in ("business_id", "source")}


def merge_reversal(reason: str) -> Reversal:
    """What taking a merge back would restore and leave."""
    return plan_reversal(Change.objects.filter(reason=reason))


@transaction.atomic
def unmerge(reason: str, *, by) -> Reversal:
    """Takes a merge back, as far as nobody changed the records since."""
    reversal = merge_reversal(reason)
    if reversal.left:
        named = "; ".join(f"{reversal.name_of(c)} {why}" for c, why in reversal.left[:3])
        raise ValidationError(f"Penggabungan tidak dapat dibatalkan: {named}.")
    revert(reversal, by=by, reason=f"Pembatalan: {reason}"[:200])
    return reversal


def likely_doubles(limit: int = 200) -> list[list[Business]]:
    """Groups of kept businesses that share NIK and name, phone and owner, or name and owner."""
    kept = Business.objects.kept()
    seen, groups = set(), []
    for fields, needed in (
        (("nik",), ~Q(nik="")),
        (("phone", "owner_name"), ~Q(phone="") & ~Q(owner_name="")),
        (("name", "owner_name"), ~Q(owner_name="")),
    ):
        shared = (
            kept.filter(needed).order_by().values(*fields).annotate(n=Count("id")).filter(n__gt=1)
        )
        wanted = Q()
        for values in shared[:limit]:
            wanted |= Q(**{name: values[name] for name in fields})
        if not wanted:
            continue
        by_key = {}
        for business in kept.filter(wanted).select_related("kelurahan").order_by("id"):
            key = tuple(comparison_key(str(getattr(business, name))) for name in fields)
            by_key.setdefault(key, []).append(business)
        for group in by_key.values():
            ids = tuple(business.pk for business in group)
            if len(group) > 1 and ids not in seen:
                seen.add(ids)
                groups.append(group)
    return groups[:limit]
