"""What the terminal prints of the commands about a person or an account, whole, for each way they end."""

import pytest
from django.contrib.auth import get_user_model

from balikpapan.accounts.models import SecondFactor
from tests.cast import member
from tests.factories import BusinessFactory, ParticipationFactory, SubjectRequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NIK, OTHER = "6471015705900001", "6471015705900002"
PASSWORD = "sungai-wain-tenang-5"


@pytest.fixture
def two():
    """Two accounts with a password."""
    for group, name in (("Verifikator", "verifikator"), ("Administrator", "kedua")):
        user = member(group, name)
        user.set_password(PASSWORD)
        user.save()


@pytest.mark.usefixtures("two")
def test_a_person_is_told_and_destroyed_or_refused(terminal):
    business = BusinessFactory(name="Amplang Uji", owner_name="Siti Contoh", nik=NIK)
    BusinessFactory(name="Roti Uji", notes=f"Adik dari {NIK}")
    ParticipationFactory(business=business, person="Siti Contoh")
    number = SubjectRequestFactory(nik=NIK, letter="12/2025").pk
    terminal.passing = {rf"--request {number}\b": "--request N", r"data \d+ ": "data N "}
    terminal.passing |= {r"(Pengajuan|--approve|usaha IKM|/\w+/|/\w+/\w+/) ?\d+\b": r"\1 N"}
    for words in (
        NIK,
        OTHER,
        "",
        "12345",
        f"{NIK} --request {number}",
        "--request 987654",
        f"--request {number} --out FOLDER/subjek.xlsx --user verifikator",
        f"{NIK} --out FOLDER/tiada/subjek.xlsx",
        f"{NIK} --user siapa",
    ):
        terminal.types(f"data_subject {words}".rstrip())
    terminal.types("destroy --user verifikator")
    terminal.types(f"destroy {NIK} --approve 1 --user verifikator")
    terminal.types(f"destroy {NIK} --user siapa")
    terminal.types(f"destroy {NIK} --user verifikator", "keliru")
    terminal.types(f"destroy {NIK} --user verifikator", PASSWORD)
    terminal.types(f"destroy {OTHER} --user verifikator --reason surat", PASSWORD)
    terminal.types("destroy --approve 987654 --user kedua", PASSWORD)
    terminal.types(f"destroy --request {number} --user verifikator", PASSWORD)
    asked = SubjectRequestFactory._meta.model.objects.get(pk=number).destruction_id
    terminal.types(f"destroy {NIK} --user kedua --reason surat", PASSWORD)
    terminal.types(f"destroy --approve {asked} --user verifikator", PASSWORD)
    BusinessFactory(name="Kue Uji", owner_name="Siti Contoh", nik=NIK)
    terminal.types(f"destroy --approve {asked} --user kedua", PASSWORD, "tidak")
    terminal.types(f"destroy --approve {asked} --user kedua", PASSWORD, " Ya ")
    terminal.types(f"destroy --approve {asked} --user kedua", PASSWORD, NIK)
    terminal.types(f"data_subject {NIK}")
    terminal.compares("persons")


def test_the_facts_of_an_incident_are_written_or_refused(terminal):
    terminal.types("incident_pack --since 2025-01-20 --out FOLDER/insiden.xlsx")
    terminal.types(
        'incident_pack --since "2025-01-20 08:30" --until 2025-01-21 --out FOLDER/i.xlsx'
    )
    terminal.types("incident_pack --since 2025-01-20 --until 2025-01-20 --out FOLDER/i.xlsx")
    terminal.types("incident_pack --since 2999-01-20 --out FOLDER/i.xlsx")
    terminal.types("incident_pack --since 20-01-2026 --out FOLDER/i.xlsx")
    terminal.types("incident_pack --since 2025-02-30 --out FOLDER/i.xlsx")
    terminal.types("incident_pack --since 2025-01-20 --out FOLDER/tiada/i.xlsx")
    terminal.types("incident_pack")
    terminal.patch.chdir(terminal.folder)
    terminal.types("incident_pack --since 2025-01-20")
    terminal.notes(" ".join(sorted(path.name for path in terminal.folder.glob("*.xlsx"))))
    terminal.compares("incident_pack")


@pytest.mark.usefixtures("two")
def test_an_account_gets_a_password_or_loses_its_code(terminal):
    user = get_user_model().objects.get(username="kedua")
    SecondFactor.objects.create(user=user, secret="x")
    get_user_model().objects.create_user("keluar", is_active=False)
    for words in ("kedua", "kedua", "siapa", "keluar", ""):
        terminal.types(f"reset_code {words}".rstrip())
    terminal.types("changepassword kedua", "hutan-mangrove-9", "hutan-mangrove-9")
    terminal.types("changepassword siapa")
    terminal.compares("accounts")
