"""The names that stand as bands between the rows of an IKM list."""

from balikpapan.regions.matching import RegionNames
from balikpapan.spreadsheets.tables.bands import BandNames


def region_and_group_names(regions: RegionNames, groups) -> BandNames:
    """The kecamatan, kelurahan and groups of industries, by every spelling the office accepts."""
    names = BandNames()
    for name in regions.names["kecamatan"].values():
        names.add("kecamatan", name)
    for spelling, key in regions.kelurahan.items():
        names.add("kelurahan", regions.names["kelurahan"][key], [spelling])
    for spelling, key in regions.short.items():
        names.short["kecamatan", spelling] = regions.names["kecamatan"][key]
    for spelling in groups:
        names.add("group", spelling)
    return names
