from django.db.models import IntegerChoices, TextChoices

from balikpapan.spreadsheets.cells.months import MONTH_NAMES


class FacilityKind(TextChoices):
    CENTRE = "centre", "Sentra industri"
    BUILDING = "building", "Bangunan"
    COLD_STORAGE = "cold_storage", "Cold storage"
    WAREHOUSE = "warehouse", "Gudang"
    WORKSHOP = "workshop", "Bengkel kerja"
    OFFICE = "office", "Kantor"
    UTILITY = "utility", "Prasarana"


class FacilityStatus(TextChoices):
    PLANNED = "planned", "Direncanakan"
    BUILDING = "building", "Sedang dibangun"
    OPERATING = "operating", "Beroperasi"
    IDLE = "idle", "Tidak beroperasi"


class ChamberPurpose(TextChoices):
    CHILL = "chill", "Pendinginan"
    FREEZE = "freeze", "Pembekuan"


class Kib(TextChoices):
    """The inventory card an asset stands on; the third level of its code decides."""

    A = "A", "KIB A – Tanah"
    B = "B", "KIB B – Peralatan dan Mesin"
    C = "C", "KIB C – Gedung dan Bangunan"
    D = "D", "KIB D – Jalan, Irigasi, dan Jaringan"
    E = "E", "KIB E – Aset Tetap Lainnya"
    F = "F", "KIB F – Konstruksi dalam Pengerjaan"


class AcquisitionMethod(TextChoices):
    PURCHASE = "purchase", "Pembelian"
    GRANT = "grant", "Hibah"
    CONTRACT = "contract", "Perjanjian/kontrak"
    REGULATION = "regulation", "Ketentuan peraturan"
    VERDICT = "verdict", "Putusan pengadilan"
    DIVESTMENT = "divestment", "Divestasi"
    OTHER = "other", "Lainnya"


class Funding(TextChoices):
    CITY = "city", "APBD Kota"
    PROVINCE = "province", "APBD Provinsi"
    STATE = "state", "APBN"
    DAK = "dak", "DAK"
    GRANT = "grant", "Hibah"
    OTHER = "other", "Lainnya"


class UsageStatus(TextChoices):
    OWN = "own", "Dipakai sendiri"
    LENT = "lent", "Dipinjampakaikan"
    RENTED = "rented", "Disewakan"
    IDLE = "idle", "Tidak digunakan"
    LOST = "lost", "Tidak ditemukan"


class Condition(TextChoices):
    GOOD = "good", "Baik"
    LIGHT = "light_damage", "Rusak Ringan"
    HEAVY = "heavy_damage", "Rusak Berat"


class UnitKind(TextChoices):
    HOUSE = "house", "Rumah produksi"
    KIOSK = "kiosk", "Kios"
    WAREHOUSE = "warehouse", "Gudang"
    PLOT = "plot", "Kapling"


class UnitState(TextChoices):
    """How a production unit is used on a day; worked out, never stored."""

    LET = "let", "Terisi"
    EMPTY = "empty", "Kosong"
    BROKEN = "broken", "Rusak berat"


class StorageBasis(TextChoices):
    """Which figures of a month count where it was typed and is in the ledger too."""

    TYPED = "typed", "angka yang diketik"
    LEDGER = "ledger", "buku penitipan"


class OutageCause(TextChoices):
    POWER = "power", "Listrik padam"
    MACHINE = "machine", "Mesin rusak"
    MAINTENANCE = "maintenance", "Perawatan"
    OTHER = "other", "Lainnya"


class Service(TextChoices):
    """What the city charges for at its places."""

    CHILL_STORAGE = "chill_storage", "Penyimpanan dingin"
    FREEZING = "freezing", "Pembekuan"
    WHOLE_BUILDING = "whole_building", "Sewa seluruh gedung"
    UNIT_RENT = "unit_rent", "Sewa unit produksi"


class TariffUnit(TextChoices):
    KG_DAY = "kg_day", "per kg per hari"
    MONTH = "month", "per bulan"
    M2_MONTH = "m2_month", "per m² per bulan"


class MaintenanceKind(TextChoices):
    ROUTINE = "routine", "Rutin"
    REPAIR = "repair", "Perbaikan"
    REPLACEMENT = "replacement", "Penggantian suku cadang"
    CALIBRATION = "calibration", "Kalibrasi"
    OTHER = "other", "Lainnya"


class Presence(TextChoices):
    """What is seen of an asset when the goods are counted."""

    PRESENT = "present", "Ada"
    MISSING = "missing", "Tidak ada"


class Month(IntegerChoices):
    JANUARY = 1, MONTH_NAMES[0]
    FEBRUARY = 2, MONTH_NAMES[1]
    MARCH = 3, MONTH_NAMES[2]
    APRIL = 4, MONTH_NAMES[3]
    MAY = 5, MONTH_NAMES[4]
    JUNE = 6, MONTH_NAMES[5]
    JULY = 7, MONTH_NAMES[6]
    AUGUST = 8, MONTH_NAMES[7]
    SEPTEMBER = 9, MONTH_NAMES[8]
    OCTOBER = 10, MONTH_NAMES[9]
    NOVEMBER = 11, MONTH_NAMES[10]
    DECEMBER = 12, MONTH_NAMES[11]
