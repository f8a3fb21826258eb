"""Counting the goods of a place: what was entered, what differs, and what finishing writes."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import store

from .choices import Condition, Presence, UsageStatus
from .models import Asset, ConditionCheck, InventoryEntry, InventorySession

#: What is tapped -> presence and condition it stands for.
RESULTS = {
    Condition.GOOD.value: (Presence.PRESENT, Condition.GOOD),
    Condition.LIGHT.value: (Presence.PRESENT, Condition.LIGHT),
    Condition.HEAVY.value: (Presence.PRESENT, Condition.HEAVY),
    Presence.PRESENT.value: (Presence.PRESENT, ""),
    Presence.MISSING.value: (Presence.MISSING, ""),
}
RESULT_LABELS = {
    **dict(Condition.choices),
    Presence.PRESENT.value: "Ada",
    Presence.MISSING.value: "Tidak ada",
}


@dataclass(frozen=True)
class Line:
    """One asset of a session: its condition before, and what was entered, if anything."""

    asset: Asset
    before: str
    entry: InventoryEntry | None

    @property
    def result(self) -> str:
        """What was tapped; blank where nothing was."""
        if self.entry is None:
            return ""
        return self.entry.condition or self.entry.presence

    @property
    def result_label(self) -> str:
        """What was tapped, in words."""
        return RESULT_LABELS.get(self.result, "")

    @property
    def before_label(self) -> str:
        """The condition known before, in words."""
        return RESULT_LABELS.get(self.before, "–")

    @property
    def difference(self) -> str:
        """How the entry differs from the register, in words; blank where it does not."""
        if self.entry is None:
            return "Belum diperiksa"
        if self.entry.presence == Presence.MISSING:
            return "" if self.asset.usage_status == UsageStatus.LOST else "Tidak ada"
        if self.asset.usage_status == UsageStatus.LOST:
            return "Ada kembali"
        if self.entry.condition and self.entry.condition != self.before:
            return "Kondisi berubah" if self.before else "Kondisi baru diketahui"
        return ""


def lines_of(session: InventorySession) -> list[Line]:
    """Every asset to be counted with what is known and entered, in the order of the place."""
    entries = {entry.asset_id: entry for entry in session.entries.filter(archived_at=None)}
    assets = list(session.assets())
    listed = {asset.pk for asset in assets}
    moved = Asset.objects.filter(pk__in=entries.keys() - listed).select_related("facility")
    checks = (
        ConditionCheck.objects.kept()
        .filter(checked_on__lte=session.held_on, asset__in=[*listed, *entries])
        .order_by("checked_on", "pk")
        .values_list("asset", "condition")
    )
    before = dict(checks)
    return [
        Line(asset, before.get(asset.pk, ""), entries.get(asset.pk)) for asset in [*assets, *moved]
    ]


@trail_transaction()
def enter(session: InventorySession, asset: Asset, result: str, notes: str, *, by) -> None:
    """Stores what was tapped for one asset, in place of what was tapped before.

    Raises ValidationError where the session is finished, or the asset is not of its place.
    """
    if session.finished_on:
        raise ValidationError("Inventarisasi ini sudah selesai, jadi hasilnya tidak dapat diubah.")
    if not session.assets().filter(pk=asset.pk).exists():
        raise ValidationError("Aset ini tidak termasuk sarana yang diinventarisasi.")
    presence, condition = RESULTS[result]
    entry = session.entries.filter(archived_at=None, asset=asset).first()
    entry = entry or InventoryEntry(session=session, asset=asset)
    entry.presence, entry.condition, entry.notes = presence, condition, notes
    store(entry, by=by, channel=Change.Channel.FORM)


@trail_transaction()
def finish(session: InventorySession, *, by) -> int:
    """Ends a session: conditions become dated checks, goods not there are marked so.

    Returns how many checks were written. Raises ValidationError where it is finished already.
    """
    if session.finished_on:
        raise ValidationError("Inventarisasi ini sudah selesai.")
    trace = {
        "by": by,
        "channel": Change.Channel.FORM,
        "reason": f"Inventarisasi {session}"[:200],
    }
    checked = set(
        ConditionCheck.objects.kept()
        .filter(checked_on=session.held_on)
        .values_list("asset", flat=True)
    )
    written = 0
    for line in lines_of(session):
        entry, asset = line.entry, line.asset
        if entry is None:
            continue
        if entry.condition and asset.pk not in checked:
            store(
                ConditionCheck(
                    asset=asset,
                    checked_on=session.held_on,
                    condition=entry.condition,
                    checked_by=(session.team or str(by))[:200],
                    notes=entry.notes,
                ),
                **trace,
            )
            written += 1
        lost = UsageStatus.LOST.value
        is_missing = entry.presence == Presence.MISSING
        if is_missing != (asset.usage_status == lost):
            asset.usage_status = lost if is_missing else ""
            store(asset, **trace)
    session.finished_on = max(timezone.localdate(), session.held_on)
    store(session, **trace)
    return written
