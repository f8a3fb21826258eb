"""Recording the sources that PAD rows speak of, and making several of them one."""

from django.core.exceptions import ValidationError

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import archive, store

from .models import Revenue, RevenueSource
from .models.revenue_sources import name_key


def record_source(revenue: Revenue, *, by, channel=Change.Channel.FORM) -> None:
    """Records the source of a stored row, or the account it was not known to have."""
    source = RevenueSource.objects.kept().filter(key=revenue.source_key).first()
    if source is None:
        source = RevenueSource(name=revenue.source_name, key=revenue.source_key)
    elif source.account_id or not revenue.account_id:
        return
    source.account_id = revenue.account_id
    store(source, by=by, channel=channel)


@trail_transaction()
def join_sources(sources: list[RevenueSource], *, by) -> RevenueSource:
    """Makes several records of one source one; the first stays, with the names of the others.

    Raises ValidationError, with nothing written, where two of them have a row of the same year,
    month and stage, or where such a year is closed.
    """
    first, *others = sources
    rows = Revenue.objects.kept().filter(source_key__in=[source.key for source in sources])
    rows = list(rows.order_by("year", "month", "id"))
    _refuse_shared_periods(rows)
    trace = {"by": by, "channel": Change.Channel.FORM, "reason": f"Satu sumber: {first.name}"[:200]}
    names = {name_key(name): name for source in sources for name in source.names}
    del names[name_key(first.name)]
    accounts = {source.account_id for source in sources} - {None}
    for source in others:
        archive(source, **trace)
    first.aliases = "; ".join(names.values())
    # Two codes of one source: its name alone tells it then.
    first.account_id = accounts.pop() if len(accounts) == 1 else None
    store(first, **trace)
    for row in rows:
        if row.source_key == first.key:
            continue
        row.source_key = first.key
        try:
            store(row, **trace)
        except ValidationError as refusal:
            raise ValidationError(f"{row}: {' '.join(refusal.messages)}") from refusal
    return first


def _refuse_shared_periods(rows: list[Revenue]) -> None:
    """Two rows of one period cannot both be of one source: one of them would be lost."""
    first_of: dict[tuple, Revenue] = {}
    for row in rows:
        other = first_of.setdefault((row.year, row.month, row.stage), row)
        if other is not row:
            raise ValidationError(
                f"«{other}» dan «{row}» sama-sama tercatat untuk tahapan {row.get_stage_display()}. "
                "Arsipkan baris PAD yang salah, lalu satukan lagi."
            )
