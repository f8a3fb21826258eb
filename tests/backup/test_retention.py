"""Which daily backups are kept."""

from datetime import date, timedelta

from balikpapan.backup.retention import surplus

RULE = (14, 8, 24)


def named(day: date, clock: str = "020000", suffix: str = "") -> str:
    return f"balikpapan-{day:%Y%m%d}-{clock}{suffix}.zip"


def staying(names: list[str]) -> list[str]:
    return sorted(set(names) - set(surplus(names, RULE)))


def test_two_weeks_of_days_two_months_of_weeks_two_years_of_months_stay():
    today = date(2026, 11, 26)
    names = [named(today - timedelta(days=n)) for n in range(1000)]

    remaining = staying(names)

    assert remaining[-14:] == sorted(names[:14])
    assert len(remaining) == 14 + 6 + 22
    assert remaining[0] == named(date(2024, 12, 31))


def test_the_newest_of_a_day_stays():
    day = date(2026, 11, 26)

    assert surplus([named(day, "020000"), named(day, "190000")], RULE) == [named(day, "020000")]


def test_five_copies_made_before_upgrades_stay_beside_the_daily_ones():
    days = [date(2026, 1, n) for n in range(1, 9)]
    names = [named(day, suffix="-sebelum-migrasi") for day in days] + [named(date(2026, 1, 8))]

    assert staying(names) == sorted(names[3:])


def test_files_of_other_names_are_never_named():
    assert surplus(["catatan.txt", "balikpapan.zip", "balikpapan-2026.zip"], RULE) == []
