"""The rows of a PAD sheet below the depth of the chart of accounts: details of a row above them."""

from balikpapan.spreadsheets.cells import Finding, format_rupiah

from ..models import RevenueAccount

DETAIL = "rincian dari rekening di atasnya, sudah termasuk di dalamnya"


def heads_of(code: str) -> list[str]:
    """The accounts above this one, the nearest last."""
    children = code.split(".")
    return [".".join(children[:count]) for count in range(1, len(children))]


def details_of(accounts: dict[str, list[int]], amounts) -> dict[int, list[int]]:
    """Row of a known account -> the rows below it whose accounts the chart does not have.

    ``accounts`` are the rows of one period by their code. An account of which the sheet names known
    accounts below is the sum of those; ``amounts`` tells whether a row has figures of its own or may
    be given those of its details.
    """
    deep = {code: head for code in accounts if (head := _nearest(code, accounts))}
    if not deep:
        return {}
    in_chart = set(
        RevenueAccount.objects.kept().filter(code__in=[*accounts]).values_list("code", flat=True)
    )
    above_others = {head for code in in_chart for head in heads_of(code)}
    details: dict[int, list[int]] = {}
    for code in deep:
        if code in in_chart:
            continue
        heads = [head for head in heads_of(code) if head in in_chart and head in accounts]
        if not heads or heads[-1] in above_others or len(accounts[heads[-1]]) > 1:
            continue
        [main] = accounts[heads[-1]]
        if amounts(main):
            details.setdefault(main, []).extend(accounts[code])
    return details


def _nearest(code: str, accounts) -> str | None:
    return next((head for head in reversed(heads_of(code)) if head in accounts), None)


def add_up_details(rows, problems, main: int, below: list[int], names) -> None:
    """Gives an account that states no figures itself those of its outermost details together."""
    for name in names:
        amounts = [rows.column(name)[i] for i in _outermost(rows, below)]
        amounts = [amount for amount in amounts if isinstance(amount, int)]
        if amounts:
            rows.fill(name)[main] = sum(amounts)
    first, last = rows.row_of[min(below)], rows.row_of[max(below)]
    message = (
        f"Rekening ini tanpa angka sendiri; angkanya dijumlahkan dari rinciannya di baris {first} "
        f"sampai {last}."
    )
    rows.tell(problems, main, "account", Finding("note", "details_added", message))


def compare_details(rows, problems, main: int, below: list[int], names) -> None:
    """Warns where the outermost details do not add up to the row they are of."""
    outer = _outermost(rows, below)
    for name in names:
        values = rows.column(name)
        amounts = [values[i] for i in outer if isinstance(values[i], int)]
        if not amounts or not isinstance(values[main], int) or values[main] == sum(amounts):
            continue
        message = (
            f"jumlah tertulis {format_rupiah(values[main])}, sedangkan jumlah rinciannya "
            f"{format_rupiah(sum(amounts))}. Periksa angkanya."
        )
        rows.tell(problems, main, name, Finding("warning", "total_mismatch", message), values[main])


def _outermost(rows, below: list[int]) -> list[int]:
    """Of the details those that are not details of another one."""
    codes = rows.column("account")
    own = {codes[index] for index in below}
    return [i for i in below if not own & set(heads_of(codes[i]))]
