"""The two commands that django-import-export brings, ``import`` and ``export``."""

import io

import pytest
import tablib
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from balikpapan.audit.models import Change
from balikpapan.intake.models import Upload
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.factories import BusinessFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

HEADINGS = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "TK LK", "Omzet (Rp)"]
AMPLANG = ["Amplang Siti", "Siti Contoh", 2024, 2, 15_000_000]
BROKEN = ["Batik Rumi", "Rumi Contoh", 2024, "anjai", 8_000_000]
NIK = "6471010101800001"


def dataset(*rows, headings=HEADINGS):
    return tablib.Dataset(*rows, headers=headings)


def written():
    """Everything that only storing may add to."""
    models = (Business, BusinessYear, Change, Upload)
    return [model.objects.count() for model in models]


@pytest.fixture
def run(tmp_path, capsysbinary):
    """Runs a command of the library; gives what it wrote."""

    def run(*arguments, content=None, **options):
        arguments = list(arguments)
        if content is not None:
            path = tmp_path / "data.csv"
            path.write_text(content, encoding="utf-8")
            arguments.append(str(path))
        errors = io.StringIO()
        call_command(*arguments, stderr=errors, **options)
        return capsysbinary.readouterr().out.decode(), errors.getvalue()

    return run


CSV = dataset(AMPLANG, BROKEN).export("csv")


@pytest.mark.parametrize("name", ["industry.resources.BusinessResource", "industry.Business"])
def test_the_import_command_goes_through_plan_and_trail(run, name):
    _, messages = run("import", name, content=CSV, interactive=False)

    assert Business.objects.get().name == "Amplang Siti"
    assert Change.objects.filter(model="industry.business", upload__isnull=False).exists()
    assert "1 baru" in messages
    assert "1 ditahan" in messages
    assert "Baris 2" in messages
    assert "anjai" in messages


def test_the_import_command_tries_without_writing(run):
    before = written()

    _, messages = run("import", "industry.Business", content=CSV, interactive=False, dry_run=True)

    assert written() == before
    assert "--dry-run" in messages


@pytest.mark.parametrize(
    "name", ["auth.User", "industry.BusinessYear", "industry.models.Business", "os.path", "entah"]
)
@pytest.mark.parametrize("command", ["import", "export"])
def test_the_commands_take_nothing_but_registers(run, command, name):
    arguments = (command, "csv", name) if command == "export" else (command, name)
    options = {} if command == "export" else {"content": CSV, "interactive": False}

    with pytest.raises(CommandError, match="industry.resources.BusinessResource"):
        run(*arguments, **options)

    assert not Business.objects.exists()


def test_the_import_command_stops_with_the_question_it_cannot_ask(run):
    content = "Nama Usaha,TK LK\nAmplang Siti,2\n"

    with pytest.raises(CommandError, match="Perlu jawaban"):
        run("import", "industry.Business", content=content, interactive=False)

    run("import", "industry.Business", content=content, interactive=False, year=2024)
    assert BusinessYear.objects.get().year == 2024


def test_the_import_command_asks_first(run, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt: "no")

    with pytest.raises(CommandError, match="dibatalkan"):
        run("import", "industry.Business", content=CSV)

    assert not Business.objects.exists()


def test_the_import_command_knows_its_user(run):
    member("Pimpinan", "bu.kadis")

    with pytest.raises(PermissionDenied):
        run("import", "industry.Business", content=CSV, interactive=False, user="bu.kadis")
    with pytest.raises(CommandError, match="akun aktif"):
        run("import", "industry.Business", content=CSV, interactive=False, user="entah")


def test_the_export_command_writes_a_register_masked(run):
    BusinessFactory(name="=Amplang", nik=NIK)

    written_out, _ = run("export", "csv", "industry.Business")

    assert "'=Amplang" in written_out
    assert NIK not in written_out
