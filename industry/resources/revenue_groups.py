"""The rows of a PAD sheet that only add up others: groups of accounts and of sources."""

from balikpapan.intake.reading.totals import running_sums
from balikpapan.intake.resources import SheetRules
from balikpapan.spreadsheets.cells import Finding, format_rupiah

from .revenue_details import DETAIL, add_up_details, compare_details, details_of, heads_of
from .revenue_months import MONTH_COLUMNS
from .revenue_parts import PART_COLUMNS

#: What a row has to agree on with the rows it adds up.
PERIOD = ("year", "month", "stage")
AMOUNTS = ("target", "realised", "realised_to_date", "target_original", "target_revised")
_FIGURES = (*AMOUNTS, "year_target", "realised_before", *MONTH_COLUMNS, *PART_COLUMNS)
#: What else makes a row without figures more than the title of those below it.
_STATEMENTS = ("month", "account", "as_of", "status", "source", "notes", "part")
TITLE = "judul kelompok atau sumber tanpa target dan realisasi"


class RevenueGroupRules(SheetRules):
    """Finds the sums between the sources, so that no rupiah is counted twice.

    A row is a sum where its account heads those of other rows. Without codes, its amounts are
    those of the rows right below it together: the office's own JUMLAH then tells whether it counts
    beside them, and where it has none the row waits for somebody who knows.
    """

    def find_sums(self, rows, problems):
        _leave_titles(rows)
        details = _leave_details(rows, problems)
        groups = _by_account(rows, details)
        likely = _by_amount(rows, groups)
        rows.sums.update(i for i in groups if not rows.is_decided_new(i))
        for sheet in sorted({rows.sheet_of[index] for index in likely}):
            heads = {i: below for i, below in likely.items() if rows.sheet_of[i] == sheet}
            counted = _counted(rows, sheet, set(heads))
            if counted is False:
                groups.update(heads)
                rows.sums.update(i for i in heads if not rows.is_decided_new(i))
            elif counted is None:
                for index, below in heads.items():
                    _ask(rows, problems, index, below)
        for index, below in groups.items():
            if index in rows.sums:
                _compare(rows, problems, index, below)


def _ask(rows, problems, index, below):
    """Holds a row that may be the sum of those below it, unless its user has decided."""
    if index in rows.decisions:
        return
    names = rows.column("source_name")
    first, last = (f"baris {rows.row_of[i]} «{names[i]}»" for i in (below[0], below[-1]))
    message = (
        f"Angkanya sama dengan jumlah {first} sampai {last}, jadi mungkin baris induk. Bila "
        "memang jumlah, hapus atau lewati baris ini; bila penerimaan tersendiri, catat sebagai baru."
    )
    finding = Finding("error", "perhaps_sum", message)
    rows.tell(problems, index, "source_name", finding, names[index])


def _compare(rows, problems, index, below):
    """Notes that a sum is left out, and warns where it does not add up."""
    message = "Baris induk: jumlah dari rinciannya, jadi tidak disimpan."
    code = rows.column("account")[index]
    rows.tell(problems, index, "account", Finding("note", "group_row", message), code)
    if rows.held.intersection(below):
        return  # an unreadable cell leaves nothing to compare
    for name in AMOUNTS:
        if name == "realised_to_date" and "realised" in rows.values:
            continue
        values = rows.column(name)
        total = sum(values[i] for i in below if isinstance(values[i], int))
        if isinstance(values[index], int) and values[index] != total:
            message = (
                f"jumlah tertulis {format_rupiah(values[index])}, sedangkan jumlah "
                f"rinciannya {format_rupiah(total)}. Periksa angkanya."
            )
            finding = Finding("warning", "total_mismatch", message)
            rows.tell(problems, index, name, finding, values[index])


def _leave_details(rows, problems) -> set[int]:
    """Leaves out the rows deeper than the chart of accounts, which their account counts already."""
    left = set()
    for accounts in _accounts(rows).values():
        mains = details_of(accounts, lambda index: _may_have_details(rows, index))
        for main, below in mains.items():
            if _is_silent(rows, main):
                if rows.held.intersection(below) or all(_is_silent(rows, i) for i in below):
                    continue  # their sum would not be the account's
                add_up_details(rows, problems, main, below, _FIGURES)
            compare_details(rows, problems, main, below, AMOUNTS)
            left.update(i for i in below if not rows.is_decided_new(i))
    rows.set_aside(left, DETAIL)
    rows.sums.update(left)
    return left


def _may_have_details(rows, index):
    return any(_amounts(rows, index)) or _is_silent(rows, index)


def _is_silent(rows, index):
    """Whether a row states no figure at all, not even a 0."""
    return all(rows.column(name)[index] is None for name in _FIGURES)


def _leave_titles(rows):
    """Passes over a line that only names a group of sources, or one without any figure yet."""
    figures_and_statements = [rows.column(name) for name in (*_FIGURES, *_STATEMENTS)]
    names = rows.column("source_name")
    for index in range(len(rows)):
        is_title = isinstance(names[index], str) and all(
            column[index] is None for column in figures_and_statements
        )
        if is_title and index not in rows.held and index not in rows.decisions:
            rows.set_aside([index], TITLE)
            rows.sums.add(index)


def _amounts(rows, index):
    values = (rows.column(name)[index] for name in AMOUNTS)
    return tuple(value if isinstance(value, int) else 0 for value in values)


def _accounts(rows, left=frozenset()):
    """The rows of each period by the code of their account, without those that are ``left`` out."""
    accounts = {}
    for index, (period, code) in enumerate(
        zip(_periods(rows), rows.column("account"), strict=True)
    ):
        if isinstance(code, str) and index not in left:
            accounts.setdefault(period, {}).setdefault(code, []).append(index)
    return accounts


def _periods(rows):
    columns = [rows.column(name) for name in PERIOD]
    return list(zip(rows.sheet_of, *columns, strict=True))


def _by_account(rows, details):
    """The rows whose account heads others of the same period: row -> the sources under it."""
    groups = {}
    for accounts in _accounts(rows, details).values():
        heads = {head for code in accounts for head in heads_of(code)} & accounts.keys()
        for head in sorted(heads):
            leaves = [
                index
                for code, indexes in accounts.items()
                if code not in heads and head in heads_of(code)
                for index in indexes
            ]
            groups.update((index, leaves) for index in accounts[head])
    return groups


def _by_amount(rows, groups):
    """The rows whose amounts the two or more rows right below add up to: row -> those rows."""
    periods, codes = _periods(rows), rows.column("account")
    columns = [rows.column(name) for name in AMOUNTS]
    amounts = [
        tuple(value if isinstance(value, int) else 0 for value in cells)
        for cells in zip(*columns, strict=True)
    ]
    ends, sums = {}, {}
    for index in range(len(rows) - 1, -1, -1):
        if index in groups:
            end = index + 1
            while end < len(rows) and (codes[end] or "").startswith(f"{codes[index]}."):
                end += 1
            ends[index] = end
        elif any(amounts[index]) and index not in rows.sums:
            below = _adding_up(index, periods, amounts, ends)
            if below:
                sums[index], ends[index] = below, below[-1] + 1
    return sums


def _adding_up(index, periods, amounts, ends):
    """The rows right below that add up to this one, at least two; else nothing."""
    wanted, sums = amounts[index], (0,) * len(amounts[index])
    below, at = [], index + 1
    while at < len(amounts) and periods[at] == periods[index]:
        sums = tuple(a + b for a, b in zip(sums, amounts[at], strict=True))
        if any(have > want for have, want in zip(sums, wanted, strict=True)):
            return []
        below.append(at)
        at = ends.get(at, at + 1)
        if sums == wanted:
            return below if len(below) > 1 else []
    return []


def _counted(rows, sheet, likely):
    """Whether the office's own totals count the likely sums; None where they do not tell."""
    verdicts = set()
    running = {
        name: [
            running_sums(rows.column(name), left_out)
            for left_out in (rows.sums, rows.sums | likely)
        ]
        for name in AMOUNTS
    }
    for total in rows.totals:
        if rows.sheet_of[total.first] != sheet or total.field not in AMOUNTS or not total.amount:
            continue
        with_them, without = (total.amount in total.sums(each) for each in running[total.field])
        if with_them != without:
            verdicts.add(with_them)
    return verdicts.pop() if len(verdicts) == 1 else None
