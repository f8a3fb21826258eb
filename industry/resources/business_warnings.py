"""What looks wrong in an IKM sheet although every cell could be read."""

import statistics
from collections import Counter
from itertools import chain

from balikpapan.intake.matching.stored import load_children
from balikpapan.intake.resources import SheetRules
from balikpapan.regions.extent import warn_outside_city
from balikpapan.spreadsheets.cells import Finding, format_whole

from .business_identity import YEAR_CHILD

#: Amounts compared with those of the group, of the year before, and with each other.
AMOUNTS = ("investment", "production_value", "raw_material_value", "turnover")
#: A tenth of the NIK end in 0 by chance; Excel ends every one of them in 0.
FEWEST_IDS, ROUND_SHARE = 20, 0.2
#: So many times more, or less, than the year before is likely another unit.
LEAP = 10


class BusinessWarnings(SheetRules):
    """The warnings of the IKM sheet."""

    def warn_implausible(self, rows, options, problems):
        self._more_material_than_product(rows, problems)
        for name in AMOUNTS:
            if name in rows.values:
                self._unit_slips(rows, name, problems)
        self._round_ids(rows, problems)
        warn_outside_city(rows, problems)

    def _more_material_than_product(self, rows, problems):
        material, production = (
            rows.values.get("raw_material_value"),
            rows.values.get("production_value"),
        )
        if not material or not production:
            return
        for index, (used, made) in enumerate(zip(material, production, strict=True)):
            if isinstance(used, int) and isinstance(made, int) and used > made:
                message = (
                    f"Nilai bahan baku {format_whole(used)} lebih besar daripada nilai "
                    f"produksi {format_whole(made)}. Periksa kedua angka itu."
                )
                finding = Finding("warning", "implausible", message)
                rows.tell(problems, index, "raw_material_value", finding, used)

    def _unit_slips(self, rows, name, problems):
        """An amount a thousand times its group's median was likely typed in another unit."""
        amounts = rows.values[name]
        groups = rows.values.get("commodity") or rows.values.get("group") or [None] * len(rows)
        by_group = {}
        for group, amount in zip(groups, amounts, strict=True):
            if isinstance(amount, int) and amount:
                by_group.setdefault(group, []).append(amount)
        medians = {g: statistics.median(v) for g, v in by_group.items() if len(v) >= 5}
        if not medians:
            return
        for index, (group, amount) in enumerate(zip(groups, amounts, strict=True)):
            if group in medians and isinstance(amount, int) and amount >= 1000 * medians[group]:
                message = (
                    f"Rp{format_whole(amount)} lebih dari 1.000 kali nilai tengah kelompoknya, "
                    f"Rp{format_whole(int(medians[group]))}. Periksa satuannya."
                )
                finding = Finding("warning", "unit_slip", message)
                rows.tell(problems, index, name, finding, amount)

    def _round_ids(self, rows, problems):
        """A NIK that was once a number lost its last digit to a 0, even where it is text now."""
        written, ending, first = Counter(), Counter(), {}
        for index, nik in enumerate(rows.column("nik")):
            if isinstance(nik, str):
                sheet = rows.sheet_of[index]
                written[sheet] += 1
                if nik.endswith("0"):
                    ending[sheet] += 1
                    first.setdefault(sheet, index)
        for sheet, count in written.items():
            if count < FEWEST_IDS or ending[sheet] <= ROUND_SHARE * count:
                continue
            message = (
                f"{format_whole(ending[sheet])} dari {format_whole(count)} NIK pada lembar ini "
                "berakhiran 0; mungkin angka terakhirnya hilang di Excel. Cocokkan dengan KTP."
            )
            finding = Finding("warning", "ids_end_in_zero", message)
            rows.tell(problems, first[sheet], "nik", finding)

    def warn_changes(self, plan, rows, problems):
        """What would replace a stored NIK, or leaps from one year to the next, is looked at."""
        self._other_nik(plan, rows, problems)
        self._leaps(plan, rows, problems)

    def _other_nik(self, plan, rows, problems):
        """A business keeps its person: another NIK is more often a slip than a new owner."""
        for record in plan.changed:
            before, after = record.before.get("nik"), record.after.get("nik")
            if before and after:
                message = (
                    f"NIK tersimpan berakhiran {before[-4:]}, dalam berkas ini {after[-4:]}. "
                    "Cocokkan dengan KTP."
                )
                finding = Finding("warning", "other_nik", message)
                rows.tell(problems, record.place, "nik", finding, after)

    def _leaps(self, plan, rows, problems):
        """Figures ten times those of the year before, or a tenth of them, are looked at."""
        years = rows.column("year")
        amounts = {}
        for record in chain(plan.new_children, plan.changed_children):
            key = plan.matches.target[record.place]
            if key is not None and years[record.place]:
                values = getattr(record, "after", None) or record.values
                amounts[record.place] = (key, years[record.place], values)
        if not amounts:
            return
        names = [*AMOUNTS, "workers_total"]
        before = load_children(
            YEAR_CHILD,
            {key for key, _, _ in amounts.values()},
            {year - 1 for _, year, _ in amounts.values()},
            names,
        )
        for place, (key, year, values) in amounts.items():
            former = before.get((key, year - 1))
            for name in names if former else ():
                now, then = values.get(name), former[2][name]
                if now and then and not now * LEAP > then > now / LEAP:
                    message = (
                        f"{format_whole(now)}, padahal {format_whole(then)} pada {year - 1}. "
                        "Periksa angka dan satuannya."
                    )
                    finding = Finding("warning", "leap", message)
                    rows.tell(problems, place, name, finding, now)
