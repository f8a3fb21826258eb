"""The dashboard's figures as the charts of the first page."""

from decimal import Decimal

from balikpapan.charts import Chart, ChartPoint, bars, columns, gauge, highest, line, nice, stacked
from balikpapan.spreadsheets.cells.formatting import format_decimal, format_rupiah, format_whole

from .data import Board, CentreUse, ChamberUse, Figure, Goods, Industries, RevenueYear

UNKNOWN = "–"


def charts(board: Board) -> dict:
    """Every chart the reader may see, by the name its place on the page has."""
    drawn = {}
    if board.industries and board.industries.now.value:
        drawn["by_year"] = industries_by_year(board.industries)
        drawn["by_district"] = industries_by_district(board.industries)
        drawn["district_years"] = years_of_districts(board.industries)
    if board.revenue:
        drawn["revenue"] = revenue_against_target(board.revenue)
    if board.occupancy:
        drawn["centres"] = [(centre, centre_gauge(centre)) for centre in board.occupancy]
    if board.chambers:
        drawn["chambers"] = [(chamber, chamber_gauge(chamber)) for chamber in board.chambers]
    if board.goods:
        drawn["goods"] = goods_by_condition(board.goods)
    return drawn


def goods_by_condition(goods: Goods) -> Chart:
    """The goods by the condition they were last found in."""
    marks = [counted(figure, figure.label) for figure in goods.conditions]
    title = "Kondisi aset"
    return Chart(
        title,
        "catatan menurut pemeriksaan terakhir",
        bars(title, marks),
        ["Kondisi", "Jumlah"],
        [(mark.label, [mark]) for mark in marks],
        note=f"{format_whole(goods.unchecked.value)} catatan belum pernah diperiksa.",
    )


def industries_by_year(industries: Industries) -> Chart:
    """The IKM of the last years, the new ones of each year apart."""
    stacks, rows = [], []
    for year, figure, new in zip(
        industries.years, industries.standing, industries.new, strict=True
    ):
        # One that began and ended within the year is new without standing at its end.
        fresh = min(new, figure.value)
        whole = counted(figure, str(year))
        parts = [ChartPoint("lama", figure.value - fresh, ""), ChartPoint("baru", fresh, "")]
        stacks.append([whole, *parts])
        rows.append((str(year), [whole, ChartPoint("baru", new, format_whole(new))]))
    title = "IKM menurut tahun"
    return Chart(
        title,
        "usaha, posisi 31 Desember",
        stacked(title, stacks),
        ["Tahun", "Jumlah", "Baru"],
        rows,
        key=[("chart-key-1", "tercatat sebelumnya"), ("chart-key-2", "baru tahun itu")],
        note=f"Tahun {industries.years[-1]} sampai hari ini." if industries.is_running else "",
    )


def industries_by_district(industries: Industries) -> Chart:
    """The IKM counting today, kecamatan by kecamatan."""
    marks = [counted(years[-1], name) for name, years in industries.districts.items()]
    title = "IKM menurut kecamatan"
    return Chart(
        title,
        f"usaha, {industries.years[-1]} sampai hari ini"
        if industries.is_running
        else f"usaha, posisi 31 Desember {industries.years[-1]}",
        bars(title, marks),
        ["Kecamatan", "Jumlah"],
        [(mark.label, [mark]) for mark in marks],
    )


def years_of_districts(industries: Industries) -> tuple[Chart, list[tuple[str, str]]]:
    """The last years of every kecamatan side by side on one scale, and their table."""
    marks = {
        name: [
            counted(figure, str(year)) for year, figure in zip(industries.years, years, strict=True)
        ]
        for name, years in industries.districts.items()
    }
    top = nice(highest(mark.value for row in marks.values() for mark in row))
    small = [(name, columns(f"IKM {name}", row, top)) for name, row in marks.items()]
    table = Chart(
        "Perkembangan IKM tiap kecamatan",
        "usaha, skala semua grafik sama",
        "",
        ["Kecamatan", *map(str, industries.years)],
        list(marks.items()),
    )
    return table, small


def revenue_against_target(years: list[RevenueYear]) -> Chart:
    """PAD of the last years as a line, its target dashed, with percent and growth beside it."""
    realised = [
        ChartPoint(str(y.year), y.realised, short_rupiah(y.realised), y.link) for y in years
    ]
    targets = [ChartPoint(f"Target {y.year}", y.target, rupiah(y.target), y.link) for y in years]
    rows = [
        (
            str(y.year),
            [
                ChartPoint("target", y.target, rupiah(y.target), y.link),
                ChartPoint("realisasi", y.realised, rupiah(y.realised), y.link),
                ChartPoint("persen", y.percent, percent(y.percent)),
                ChartPoint("pertumbuhan", y.growth, percent(y.growth)),
                ChartPoint("status", None, y.status_label or UNKNOWN),
            ],
        )
        for y in years
    ]
    title = "PAD sektor industri terhadap target"
    return Chart(
        title,
        "juta rupiah per tahun",
        line(title, realised, targets),
        ["Tahun", "Target", "Realisasi", "Capaian", "Pertumbuhan", "Status"],
        rows,
        key=[("chart-key-line", "realisasi"), ("chart-key-target", "target")],
    )


def chamber_gauge(chamber: ChamberUse) -> Chart:
    """How full one room was in the last known month, with the year behind it as a table."""
    latest = chamber.latest or Figure("belum ada data", None)
    months = [month for month in chamber.months if month.value is not None]
    mark = ChartPoint(
        f"{chamber.label}, {latest.label}", latest.value, percent(latest.value), latest.link
    )
    return Chart(
        chamber.label,
        f"pemakaian dari {format_decimal(chamber.capacity_ton.normalize())} ton, {latest.label}",
        gauge(chamber.label, mark),
        ["Bulan", "Pemakaian"],
        [(m.label, [ChartPoint(m.label, m.value, percent(m.value), m.link)]) for m in months],
    )


def centre_gauge(centre: CentreUse) -> Chart:
    """How many of a centre's units are let today."""
    text = f"{percent(centre.share)} ({centre.let} dari {centre.units} unit)"
    title = f"Hunian {centre.label}"
    mark = ChartPoint(centre.label, centre.share, text, centre.link)
    unit = f"{centre.let} dari {centre.units} unit disewa hari ini"
    return Chart(title, unit, gauge(title, mark), [], [])


def counted(figure: Figure, label: str) -> ChartPoint:
    """A count as a mark of a chart."""
    return ChartPoint(label, figure.value, format_whole(figure.value), figure.link)


def rupiah(amount: int | None) -> str:
    """Money in full, or a dash."""
    return UNKNOWN if amount is None else format_rupiah(amount)


def short_rupiah(amount: int | None) -> str:
    """Money in millions with one decimal, as it stands over a point: 330,3."""
    return UNKNOWN if amount is None else format_decimal(Decimal(amount) / 10**6, 1)


def percent(fraction) -> str:
    """A fraction as a percentage with one decimal, or a dash."""
    return UNKNOWN if fraction is None else f"{format_decimal(fraction * 100, 1)}%"
