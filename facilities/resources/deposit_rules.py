"""The rules of the ledger sheet: who the tenant is, what a deposit holds, what a room can hold."""

import datetime
from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from balikpapan.audit.models import ClosedYear
from balikpapan.intake.resources import RowConflict, SheetRules
from balikpapan.spreadsheets.cells import Finding, comparison_key

from ..ledger import Goods
from ..models import Chamber, Deposit, Withdrawal
from ..models.deposits import capacity_warnings, overdrawn, years_from
from ..models.tenants import TENANT_MISSING
from .references import chambers
from .tenants import Tenants, fill_tenants

KEY = ("chamber", "business_id", "tenant_name", "commodity", "in_on", "receipt")


class DepositRules(SheetRules):
    """Finds the tenant of each row and holds those that would take out more than came in."""

    def prepare(self):
        return {"chambers": chambers(), "businesses": Tenants()}

    def fill_derived(self, rows, options, problems):
        rows.fill("business_id")
        fill_tenants(rows, options["businesses"], problems)
        _require_tenant(rows, options["businesses"], problems)

    def warn_implausible(self, rows, options, problems):
        """A withdrawal has a day and a weight, or neither."""
        for index, (day, kg) in enumerate(
            zip(rows.column("out_on"), rows.column("kg_out"), strict=True)
        ):
            if isinstance(kg, Decimal) and kg and not isinstance(day, datetime.date):
                message = "Berat keluar tanpa tanggal keluar. Isi tanggalnya."
                finding = Finding("error", "required_empty", message)
                rows.tell(problems, index, "kg_out", finding, kg)
            elif isinstance(day, datetime.date) and kg is None:
                message = "Tanggal keluar tanpa berat keluar. Isi beratnya."
                finding = Finding("error", "required_empty", message)
                rows.tell(problems, index, "out_on", finding, day)

    def check_across_rows(self, plan, options):
        """No deposit gives more than it holds, with what is stored; no closed year is touched."""
        yield from _of_closed_years(plan)
        for indexes, goods in goods_of(plan.rows).values():
            message = overdrawn(goods.kg, goods.in_on, goods.withdrawals)
            if message:
                yield from (RowConflict(index, "kg_out", message) for index in indexes)

    def warn_changes(self, plan, rows, problems):
        """Says of every room of the sheet when it would hold more than it can."""
        goods, first_row = defaultdict(list), {}
        for indexes, parcel in goods_of(rows).values():
            room = rows.column("chamber")[indexes[0]]
            goods[room].append(parcel)
            first_row.setdefault(room, indexes[0])
        written = set(goods_of(rows))
        for room in Chamber.objects.filter(pk__in=goods):
            since = min(parcel.in_on for parcel in goods[room.pk])
            lying = Deposit.objects.filter(chamber=room).present_in(since, timezone.localdate())
            stored = [one for deposit, one in lying.as_goods() if key_of(deposit) not in written]
            for message in capacity_warnings(room, since, [*stored, *goods[room.pk]]):
                finding = Finding("warning", "over_capacity", message)
                rows.tell(problems, first_row[room.pk], "kg", finding, "")


def _require_tenant(rows, tenants, problems):
    """Every row has a tenant; one written as a name may be an IKM all the same."""
    pairs = zip(rows.column("business_id"), rows.column("tenant_name"), strict=True)
    for index, (business, name) in enumerate(pairs):
        if business is not None or index in rows.held or rows.is_aside(index):
            continue
        if not isinstance(name, str):
            message = f"Penyewa kosong. {TENANT_MISSING}"
            finding = Finding("error", "required_empty", message)
            rows.tell(problems, index, "tenant_name", finding)
        elif rows.column("business_name")[index] is None and (called := tenants.called(name)):
            message = (
                f'"{name[:60]}" juga nama usaha IKM-{called[0]:06d}. Bila sama, isi pada kolom '
                "Nama Usaha."
            )
            rows.tell(problems, index, "tenant_name", Finding("note", "namesake", message), name)


def goods_of(rows) -> dict[tuple, tuple[list[int], Goods]]:
    """Key of a deposit -> the rows that name it, and its goods as stored and as these rows say."""
    groups: dict[tuple, list[int]] = defaultdict(list)
    for index, parts in enumerate(zip(*map(rows.column, KEY), strict=True)):
        if index in rows.held or rows.is_aside(index):
            continue
        if isinstance(parts[0], int) and isinstance(parts[4], datetime.date):
            groups[_normalised(parts)].append(index)
    stored = _stored(groups)
    goods = {}
    for key, indexes in groups.items():
        kg, taken = stored.get(key, (None, {}))
        taken = dict(taken)
        for index in indexes:
            weight = rows.column("kg")[index]
            kg = weight if isinstance(weight, Decimal) else kg
            day, out = rows.column("out_on")[index], rows.column("kg_out")[index]
            if isinstance(day, datetime.date) and isinstance(out, Decimal):
                taken[day] = out
        if kg is not None:
            goods[key] = indexes, Goods(kg, key[4], tuple(sorted(taken.items())))
    return goods


def _stored(keys) -> dict[tuple, tuple[Decimal, dict]]:
    """The kept deposits of these keys: their weight and what was taken out, by day."""
    rooms, days = {key[0] for key in keys}, {key[4] for key in keys}
    deposits = Deposit.objects.kept().filter(chamber__in=rooms, in_on__in=days)
    of_id = {deposit.pk: key_of(deposit) for deposit in deposits}
    stored = {key_of(deposit): (deposit.kg, {}) for deposit in deposits if key_of(deposit) in keys}
    taken = Withdrawal.objects.kept().filter(deposit__in=of_id)
    for deposit, day, kg in taken.values_list("deposit", "out_on", "kg"):
        if of_id[deposit] in stored:
            stored[of_id[deposit]][1][day] = kg
    return stored


def key_of(deposit: Deposit) -> tuple:
    """What tells a stored deposit from others."""
    names = (deposit.tenant_name, deposit.commodity)
    return _normalised(
        (deposit.chamber_id, deposit.business_id, *names, deposit.in_on, deposit.receipt)
    )


def _normalised(parts) -> tuple:
    room, business, *texts = parts
    tenant, commodity, day, receipt = texts
    tenant, commodity, receipt = (
        comparison_key(text) if isinstance(text, str) else ""
        for text in (tenant, commodity, receipt)
    )
    return room, business, tenant, commodity, day, receipt


def _of_closed_years(plan):
    """The rows that would write goods which change the stock of a closed year."""
    frozen, rows = ClosedYear.objects.frozen(), plan.rows
    if not frozen:
        return
    deposits = {*plan.new.places, *(record.place for record in plan.changed)}
    taken = {*plan.new_children.places, *(record.place for record in plan.changed_children)}
    for places, column in ((deposits, "in_on"), (taken, "out_on")):
        days = rows.column(column)
        for index in sorted(places):
            closed = years_from(days[index]) & frozen
            if closed:
                yield RowConflict(index, column, _closed(min(closed)))


def _closed(year):
    return (
        f"Tahun {year} sudah ditutup, dan barang ini mengubah stoknya. Minta verifikator membukanya "
        "kembali, atau hapus barisnya."
    )
