"""What the terminal prints of the commands about a year of the register, whole, for each way they end."""

import pytest
from django.utils import timezone

from tests.factories import BusinessFactory, BusinessYearFactory, RevenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def register():
    """One IKM with its figures for 2023, which a public edition must not show."""
    BusinessYearFactory(business=BusinessFactory(name="Amplang Siti"), year=2023)
    RevenueFactory(year=2023)


@pytest.mark.usefixtures("register")
def test_a_year_is_closed_and_given_out_or_refused(terminal):
    year = timezone.localdate().year
    terminal.hides(year, "TAHUN-INI")
    terminal.types("open_data 2023 FOLDER/terbuka")
    terminal.types("yearly_report 2023 FOLDER/laporan.xlsx")
    terminal.types("yearly_report 2023 FOLDER/laporan.html --public")
    terminal.types("close_year 1800")
    terminal.types("close_year 2023")
    terminal.types("close_year 2023")
    terminal.types(f"close_year {year}")
    terminal.types("open_data 2023 FOLDER/terbuka")
    terminal.types("open_data 2023 FOLDER/laporan.xlsx")
    terminal.types("open_data 1900 FOLDER/terbuka")
    terminal.types("open_data 2100 FOLDER/terbuka")
    terminal.types("yearly_report 1900 FOLDER/laporan.html")
    terminal.types("yearly_report 2100 FOLDER/laporan.html")
    terminal.types("open_data 1899 FOLDER/terbuka")
    terminal.types("open_data 2101 FOLDER/terbuka")
    terminal.types("yearly_report 2023 FOLDER/laporan.html")
    terminal.types("yearly_report 2023 FOLDER/laporan.HTML --public")
    terminal.types("yearly_report 2023 FOLDER/laporan-umum.html --public")
    terminal.types("yearly_report 2023 FOLDER/laporan.docx")
    terminal.types("yearly_report 2023 FOLDER/tiada/laporan.html")
    terminal.types("yearly_report 1899 FOLDER/laporan.html")
    terminal.types("yearly_report 2101 FOLDER/laporan.html")
    terminal.notes(" ".join(sorted(path.name for path in terminal.folder.glob("*.*"))))
    terminal.compares("years")
