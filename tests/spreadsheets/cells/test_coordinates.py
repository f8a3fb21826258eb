from decimal import Decimal

import pytest

from balikpapan.spreadsheets.cells import Read, read_coordinate, read_one_of_pair
from tests.spreadsheets.findings import codes


@pytest.mark.parametrize(
    ("value", "degrees"),
    [("-1,2379", "-1.2379"), ("-1.2379", "-1.2379"), ("116.831", "116.831"), (-1.2379, "-1.2379")],
)
def test_a_coordinate_takes_comma_and_point_alike(value, degrees):
    assert read_coordinate(value, low=-180, high=180) == Read(Decimal(degrees))


@pytest.mark.parametrize(
    ("value", "degrees"),
    [
        ("1°14'16\"S", "-1.237778"),
        ("1° 14′ 16,44″ LS", "-1.2379"),
        ("116° 49' 52\" BT", "116.831111"),
        ("1,2379 LS", "-1.2379"),
    ],
)
def test_degrees_minutes_and_seconds_are_noted(value, degrees):
    result = read_coordinate(value, low=-180, high=180)

    assert result.value == Decimal(degrees)
    assert codes(result) == ["read_as_degrees"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-1,2379, 116,8312", "not_a_coordinate"),
        ("1168312", "not_a_coordinate"),
        ("1°75'S", "not_a_coordinate"),
        ("-1° S", "not_a_coordinate"),
        (116.8, "out_of_range"),
        (float("nan"), "not_a_coordinate"),
        (True, "not_a_coordinate"),
    ],
)
def test_what_is_no_latitude_is_refused(value, code):
    assert codes(read_coordinate(value, low=-90, high=90)) == [code]


def test_a_coordinate_finer_than_a_decimetre_is_rounded_and_noted():
    result = read_coordinate(-1.2379123456, low=-90, high=90)

    assert result.value == Decimal("-1.237912")
    assert [(f.severity, f.code) for f in result.findings] == [("note", "rounded")]


@pytest.mark.parametrize("value", ["-1.***", "-1,***"])
def test_a_masked_coordinate_keeps_what_is_stored(value):
    assert codes(read_coordinate(value, low=-90, high=90)) == ["masked_value"]


@pytest.mark.parametrize(
    ("value", "is_pair"),
    [
        ("-1,2379, 116,8312", True),
        ("-1.2379,116.8312", True),
        ("-1.2379 116.8312", True),
        ("−1,2379; 116,8312", True),
        ("di sebelah pasar", False),
        ("1168312", False),
    ],
)
def test_two_coordinates_in_one_cell_are_told_to_be_parted(value, is_pair):
    reading = read_coordinate(value, low=-90, high=90)

    [finding] = reading.findings
    assert reading.value is None
    assert ("lintang dan bujur sekaligus" in finding.message) is is_pair


@pytest.mark.parametrize(
    ("value", "latitude", "other"),
    [
        ("-1,2379, 116,8529", "-1.2379", "116,8529"),
        ("-1.2379,116.8529", "-1.2379", "116.8529"),
        ("(-1.2379 116.8529)", "-1.2379", "116.8529"),
        ("-1,2379;116,8529", "-1.2379", "116,8529"),
        ("1°14'16\"S 116°51'10\"E", "-1.237778", "116°51'10\"E"),
        ("1° 14' 16\" LS, 116° 51' 10\" BT", "-1.237778", "116° 51' 10\" BT"),
        ("https://maps.google.com/?q=-1.2379,116.8529", "-1.2379", "116.8529"),
        ("https://www.google.com/maps/place/X/@-1.2379,116.8529,17z", "-1.2379", "116.8529"),
    ],
)
def test_a_pair_gives_each_coordinate_its_own_field(value, latitude, other):
    result = read_one_of_pair(value, low=-90, high=90, is_longitude=False)

    assert (result.value, result.related) == (Decimal(latitude), (("other", other),))
    assert "pair_split" in codes(result)
    assert read_one_of_pair(value, low=-180, high=180, is_longitude=True).related[0][0] == "other"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1,2,3", "not_a_coordinate"),
        ("-1.2, 116.8, 12.5", "not_a_coordinate"),
        ("116.8529, -1.2379", "out_of_range"),
        ("dekat masjid", "not_a_coordinate"),
        ("https://maps.app.goo.gl/contoh", "unreadable_coordinate"),
    ],
)
def test_what_is_no_plain_pair_is_not_parted(value, code):
    result = read_one_of_pair(value, low=-90, high=90, is_longitude=False)

    assert result.value is None
    assert code in codes(result)
