"""Where the city lies, for coordinates that were taken somewhere else."""

from decimal import Decimal

from balikpapan.spreadsheets.cells import Finding

#: Degrees; the city's own description (1,0-1,5 LS and 116,5-117,0 BT) with its eastern shore.
LATITUDES = (Decimal("-1.5"), Decimal("-1.0"))
LONGITUDES = (Decimal("116.5"), Decimal("117.05"))


def is_in_city(latitude: Decimal, longitude: Decimal) -> bool:
    """Whether a point, in decimal degrees, lies within the rectangle around the city."""
    south, north = LATITUDES
    west, east = LONGITUDES
    return south <= latitude <= north and west <= longitude <= east


def warn_outside_city(rows, problems) -> None:
    """Warns of rows whose coordinates, both readable, lie outside the city."""
    latitudes, longitudes = rows.values.get("latitude"), rows.values.get("longitude")
    if not latitudes or not longitudes:
        return
    message = (
        "Titik koordinat ini terletak di luar Balikpapan. Periksa lintang dan bujurnya; mungkin "
        "keduanya tertukar."
    )
    finding = Finding("warning", "outside_city", message)
    for index, point in enumerate(zip(latitudes, longitudes, strict=True)):
        if all(isinstance(degrees, Decimal) for degrees in point) and not is_in_city(*point):
            rows.tell(problems, index, "longitude", finding, point[1])
