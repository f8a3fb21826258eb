"""Cells only the inventory cards have: the register number and the asal usul."""

from balikpapan.intake.widgets import Named, Text
from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import comparison_key

from ..choices import AcquisitionMethod, Funding

#: The words of the column "Asal usul": how an item came, and with whose money.
ORIGINS = {
    "Pembelian": (AcquisitionMethod.PURCHASE, ""),
    "Beli": (AcquisitionMethod.PURCHASE, ""),
    "APBD": (AcquisitionMethod.PURCHASE, Funding.CITY),
    "APBD II": (AcquisitionMethod.PURCHASE, Funding.CITY),
    "APBD Kota": (AcquisitionMethod.PURCHASE, Funding.CITY),
    "Pembelian APBD": (AcquisitionMethod.PURCHASE, Funding.CITY),
    "APBD I": (AcquisitionMethod.PURCHASE, Funding.PROVINCE),
    "APBD Provinsi": (AcquisitionMethod.PURCHASE, Funding.PROVINCE),
    "APBN": (AcquisitionMethod.PURCHASE, Funding.STATE),
    "DAK": (AcquisitionMethod.PURCHASE, Funding.DAK),
    "Dana Alokasi Khusus": (AcquisitionMethod.PURCHASE, Funding.DAK),
    "Hibah": (AcquisitionMethod.GRANT, Funding.GRANT),
    "Hibah/Sumbangan": (AcquisitionMethod.GRANT, Funding.GRANT),
    "Sumbangan": (AcquisitionMethod.GRANT, Funding.GRANT),
    "Perjanjian": (AcquisitionMethod.CONTRACT, ""),
    "Kontrak": (AcquisitionMethod.CONTRACT, ""),
    "Perjanjian/kontrak": (AcquisitionMethod.CONTRACT, ""),
    "Ketentuan peraturan": (AcquisitionMethod.REGULATION, ""),
    "Putusan pengadilan": (AcquisitionMethod.VERDICT, ""),
    "Divestasi": (AcquisitionMethod.DIVESTMENT, ""),
    "Lainnya": (AcquisitionMethod.OTHER, Funding.OTHER),
}
_BY_KEY = {comparison_key(word): word for word in ORIGINS}


class AcquisitionOrigin(Named):
    """The "Asal usul" of a card; an unknown word is told and stored as nothing."""

    def __init__(self):
        def lookup(options):
            return (lambda text: _BY_KEY.get(comparison_key(text))), (lambda text: None)

        super().__init__("asal usul", lookup, lenient=True)


class Register(Text):
    """The nomor register; a number cell stays a number until its zeros are judged."""

    hint = "Teks, termasuk nol di depan, misalnya 000001."

    def reader(self, model_field, reading):
        read = super().reader(model_field, reading)

        def read_register(value):
            reading = read(value)
            whole = isinstance(value, int | float) and not isinstance(value, bool)
            if whole and isinstance(reading.value, str) and reading.value.isdigit():
                return cells.Read(int(reading.value), reading.findings)
            return reading

        return read_register
