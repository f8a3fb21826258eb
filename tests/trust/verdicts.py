"""What becomes of a hostile file, and what must hold after it whatever became of it.

The verdicts: **F** the file is refused, **Q** a question comes first, **H** a row is held,
**W** something is stored and warned about, **N** it is said what was read how, **I** a row is
ignored with a reason, **A** accepted with nothing to say.
"""

import hashlib
import html
import json
import re
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from balikpapan.intake import storage, working_file
from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.problems import Problem
from balikpapan.intake.uploads import confirm, receive, shortened
from industry.models import Business, BusinessYear
from tests.pages import upload_url, url
from tests.sheets import xlsx
from tests.trust.counting import count_rows

#: What one file may cost at most: CPU seconds and KiB of this process; the child that reads it has
#: its own clock, and how busy the computer is says nothing about the file.
SECONDS, MEMORY = 20, 300 * 1024
BUSINESS_APPS = ("industry", "facilities", "regions", "audit", "reports")
_PLACE = r"Lembar «.*?»(, baris \d+)?(, kolom [A-Z]{1,3}( «.*?»)?)?"
FORM = re.compile(rf"(?:{_PLACE}): .*\.", re.DOTALL)
OF_CELL = re.compile(r"Lembar «.*?», baris \d+, kolom [A-Z]{1,3}( «.*?»)?: ", re.DOTALL)
REMEDY = re.compile(
    r"\b(isi|isilah|periksa|format|ketik|pilih|hapus|pakai|tulis|buka|pendekkan|minta|cocokkan|"
    r"mungkin maksudnya|unggah|simpan|bagi|salin|catat|perbaiki|ubah|gabungkan|tentukan|lengkapi|"
    r"pisahkan|hitung|putuskan|samakan|kosongkan|pulihkan|bulatkan|beri)",
    re.IGNORECASE,
)
#: Words that only a library would say; what a user typed stands in quotes and is left out.
FOREIGN = re.compile(
    r"\b(traceback|exception|errors?|invalid|unsupported|cannot|could not|failed|expected|"
    r"unexpected|must be|None|NoneType|NaN|object at 0x|codec|bytes?|XML parse|not a)\b"
)
QUOTED = re.compile(r'"[^"]*"|«.*?»', re.DOTALL)
LONG_ID = re.compile(r"(?<!\d)\d{14,}(?!\d)")
_AMOUNT = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_SEPARATORS = re.compile(r"(?<=\d)[ .'’-]+(?=\d)")
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """One hostile input, the verdict in letters, and what has to be said about it."""

    content: bytes | list | Callable[[], bytes]
    verdict: str
    codes: tuple[str, ...] = ()
    wording: str = ""  # in the reason, a question or a message
    stored: dict = field(default_factory=dict)  # attribute -> value of the first new record
    tally: tuple[int, ...] = ()  # new, changed, same, held, ignored
    name: str = "data.xlsx"
    register: str = "ikm"
    answers: dict = field(default_factory=dict)

    def made(self) -> bytes:
        """The bytes of the file."""
        content = self.content() if callable(self.content) else self.content
        return content if isinstance(content, bytes) else xlsx(content)


def cell(heading: str, value, verdict: str, *codes: str, wording: str = "", **more) -> Case:
    """One business with one odd cell under ``heading``; its year is known, so nothing is asked."""
    stored = more.pop("stored", {})
    rows = [["Nama Usaha", heading, "Tahun Data"], ["Amplang Siti", value, 2024]]
    return Case(rows, verdict, codes, wording, stored, **more)


def named(value, verdict: str, *codes: str, wording: str = "", **more) -> Case:
    """One business with an odd name."""
    rows = [["Nama Usaha", "Nama Pemilik"], [value, "Siti Contoh"]]
    return Case(rows, verdict, codes, wording, **more)


# What was found


@dataclass(slots=True)
class Checked:
    """What an upload's own record says, the same through every door."""

    upload: Upload
    problems: list[Problem]

    @property
    def letters(self) -> str:
        """The verdict as letters, in the order of the list above."""
        if self.upload.status == "refused":
            return "F"
        if self.upload.status == "needs_answer":
            return "Q"
        problems_by_severity, counts = self.upload.problem_counts, self.upload.counts
        shown = {
            "H": counts["held"],
            "W": problems_by_severity.get("warning"),
            "N": problems_by_severity.get("note"),
            "I": counts["ignored"],
        }
        return "".join(letter for letter, number in shown.items() if number) or "A"

    @property
    def codes(self) -> set[str]:
        return {problem.code for problem in self.problems}

    @property
    def readable_text(self) -> str:
        """Everything a person can read about it."""
        questions = [question["about"] for question in self.upload.questions]
        reasons = [sheet["reason"] for sheet in self.upload.sheets]
        ignored = [row["reason"] for sheet in self.upload.sheets for row in sheet["ignored"]]
        texts = [problem.message for problem in self.problems]
        return "\n".join([self.upload.reason, *questions, *reasons, *ignored, *texts])

    @property
    def tally(self) -> tuple[int, ...]:
        names = ("new", "changed", "same", "held", "ignored")
        return tuple(self.upload.counts[name] for name in names)


def checked_upload(upload: Upload) -> Checked:
    """What the upload's record and its kept preview say."""
    upload.refresh_from_db()
    problems = []
    if upload.counts.get("rows") and upload.status != "refused":
        with working_file.KeptCells(upload) as cells:
            problems = cells.problems()
    return Checked(upload, problems)


# The doors


def by_function(case: Case, content: bytes, user) -> Checked:
    """Through the pipeline's own functions."""
    upload, _ = receive(case.register, content, case.name, Answers(**case.answers), user)
    return checked_upload(upload)


def by_browser(case: Case, content: bytes, client) -> Checked:
    """Through the upload page, with every page of the upload looked at."""
    before = Upload.objects.count()
    page = reverse("admin:intake_upload_new", args=[case.register])
    # The browser sends whatever name the file has; the test client would cut it to its own taste.
    file = SimpleUploadedFile(case.name, content)
    response = client.post(page, {"file": file})
    if response.status_code == 200:  # turned back by the form itself
        check_page(response)
        assert Upload.objects.count() == before
        reason = " ".join(response.context["form"].errors["file"])
        return Checked(Upload(status="refused", reason=reason), [])
    assert response.status_code == 302, response.status_code
    assert Upload.objects.count() == before + 1
    checked = checked_upload(Upload.objects.latest("id"))
    check_page(client.get(upload_url("change", checked.upload)))
    if checked.problems:
        check_page(client.get(upload_url("problems", checked.upload)))
    return checked


def by_command(case: Case, content: bytes, folder) -> dict:
    """Through import_sheet as a rehearsal; gives its JSON with the exit status."""
    file, result = folder / "berkas.xlsx", folder / "hasil.json"
    file.write_bytes(content)
    status = 0
    try:
        with open(folder / "keluaran.txt", "w") as out:
            call_command(
                "import_sheet",
                case.register,
                file,
                dry_run=True,
                json=result,
                stdout=out,
                stderr=out,
            )
    except SystemExit as ended:
        status = ended.code
    assert not FOREIGN.search(QUOTED.sub("", (folder / "keluaran.txt").read_text()))
    return json.loads(result.read_text()) | {"exit": status}


# What must hold


def checker(case: Case, client) -> Checked:
    """Hands the case in through the browser, checks what must hold, and the verdict."""
    content = case.made()
    before = fingerprint()
    started, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    checked = by_browser(case, content, client)
    assert time.process_time() - started < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MEMORY
    if case.answers and checked.upload.pk:
        checked = by_function(case, content, checked.upload.by)
    assert fingerprint() == before, "a preview has written something"
    check_trace(checked, case, content)
    check_accounts(checked, content)
    check_messages(checked)
    assert checked.letters == case.verdict, (checked.letters, checked.readable_text)
    assert set(case.codes) <= checked.codes, (checked.codes, checked.readable_text)
    assert case.wording.casefold() in checked.readable_text.casefold(), checked.readable_text
    if case.tally:
        assert checked.tally == case.tally, checked.readable_text
    if case.stored:
        check_stored(checked, case.stored)
    return checked


def fingerprint() -> str:
    """One hash over every row of every business table and the trail."""
    digest = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.app_label in BUSINESS_APPS:
            rows = sorted(map(repr, model._base_manager.order_by().values_list()))
            digest.update(f"{model._meta.label}{rows}".encode())
    return digest.hexdigest()


def check_trace(checked: Checked, case: Case, content: bytes) -> None:
    """One record of the upload: who, which file, its SHA-256, the verdict and the reason."""
    upload = checked.upload
    if not upload.pk:
        return
    assert upload.by is not None
    assert upload.sha256 == hashlib.sha256(content).hexdigest()
    assert upload.file_name == shortened(upload.file_name)
    assert 0 < len(upload.file_name) <= 200
    assert storage.original(upload.sha256) == content
    assert bool(upload.reason) == (upload.status == "refused")


def check_accounts(checked: Checked, content: bytes) -> None:
    """Every row is in one of the five groups, and as many as somebody else counts."""
    counts = checked.upload.counts
    if checked.letters in "FQ":
        return
    assert sum(checked.tally) == counts["rows"] == count_rows(content, checked.upload.sheets)


def check_messages(checked: Checked) -> None:
    """Each says where, what and the remedy, in Indonesian, and gives no NIK away."""
    if checked.upload.reason:
        assert checked.upload.reason.endswith("."), checked.upload.reason
        assert REMEDY.search(checked.upload.reason), checked.upload.reason
    for problem in checked.problems:
        assert FORM.fullmatch(problem.message), problem.message
        if problem.column and problem.severity == "error":
            assert OF_CELL.match(problem.message), problem.message
        if problem.severity == "error":
            assert REMEDY.search(problem.message.partition(": ")[2]), problem.message
        assert not LONG_ID.search(_run_together(problem.message)), problem.message
        assert not LONG_ID.search(_run_together(problem.value)), problem.value
    foreign = FOREIGN.search(QUOTED.sub("", checked.readable_text))
    assert not foreign, checked.readable_text


def _run_together(text):
    """The text in which a NIK shows however it is parted, and no amount looks like one."""
    return _SEPARATORS.sub("", _AMOUNT.sub("", text))


def check_page(response) -> str:
    """A whole page in Indonesian, without a stack trace, a foreign word or a live script."""
    text = response.content.decode()
    assert response.status_code < 500
    assert '<html lang="id"' in text
    assert "Traceback" not in text
    assert not SCRIPT.search(text), SCRIPT.search(text)[0]
    return html.unescape(text)


def check_stored(checked: Checked, values: dict) -> None:
    """Confirmed, the database holds exactly these values, on either database."""
    upload = confirm(Upload.objects.get(pk=checked.upload.pk), checked.upload.by)
    assert upload.status == "stored", upload.reason
    business = Business.objects.latest("id")
    figures = BusinessYear.objects.filter(business=business).first()
    for name, value in values.items():
        owner = business if hasattr(business, name) else figures
        assert getattr(owner, name) == value, (name, getattr(owner, name))


def check_every_list(client) -> None:
    """Every list of the site and the front page open."""
    check_page(client.get(reverse("admin:index")))
    for model in admin.site._registry:
        response = client.get(url(model, "changelist"))
        assert response.status_code in (200, 403), model
        if response.status_code == 200:
            check_page(response)
    business = Business.objects.first()
    if business:
        for page in ("change", "history"):
            check_page(client.get(url(Business, page, business)))
