"""Reads one office spreadsheet into a register, exactly as the upload page does."""

from pathlib import Path
from tempfile import TemporaryFile

from django.core.management.base import CommandError

from balikpapan.audit import personal_data
from balikpapan.audit.models import Change
from balikpapan.intake.answers import UNITS, Answers, QuestionKey
from balikpapan.intake.exports.annotated_copy import marked_file
from balikpapan.intake.models import Upload
from balikpapan.intake.outcome_json import outcome_json, write_outcome
from balikpapan.intake.pipeline import examine, make_plan
from balikpapan.intake.problems import Problems
from balikpapan.intake.questions import (
    UnknownAnswer,
    accept_suggestions,
    give_answer,
    given_answers,
    without_effect,
)
from balikpapan.intake.reading.words import parse_word_answer
from balikpapan.intake.resources import REGISTERS, is_known_word
from balikpapan.intake.uploads import PlanChanged, confirm, discard, receive
from balikpapan.spreadsheets.errors import WorkbookRefused

from ..office import OfficeCommand
from ..private_files import write_private

Status = Upload.Status
#: What the command ends with; planned and stored are both 0.
EXIT_STATUS = {Status.NEEDS_ANSWER: 2, Status.REFUSED: 3}


class Command(OfficeCommand):
    help = "Membaca lembar kerja kantor ke dalam satu daftar."

    def add_arguments(self, parser):
        parser.add_argument("register", choices=sorted(REGISTERS), metavar="DAFTAR")
        parser.add_argument("file", type=Path, metavar="BERKAS")
        parser.add_argument("--dry-run", action="store_true", help="rencanakan saja")
        parser.add_argument("--sheet", action="append", default=[], help="lembar yang dibaca")
        parser.add_argument("--year", type=int, help="tahun data")
        parser.add_argument(
            "--unit", action="append", default=[], help="rupiah|ribu|juta atau KOLOM=ribu"
        )
        parser.add_argument("--bad-cells", choices=["hold", "blank"], default="hold")
        parser.add_argument("--duplicates", choices=["hold", "separate"])
        parser.add_argument("--near", choices=["hold", "update", "new"])
        parser.add_argument("--kbli-version", type=int, choices=[2020, 2025])
        parser.add_argument("--all-or-nothing", action="store_true")
        parser.add_argument("--map", action="append", default=[], metavar="JUDUL=kolom")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="KUNCI=PILIHAN",
            help="jawaban satu pertanyaan; kunci dan pilihannya ada di hasil JSON",
        )
        parser.add_argument(
            "--accept-suggestions",
            action="store_true",
            help="jawab setiap pertanyaan yang punya usulan dengan usulannya",
        )
        parser.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="KOLOM:KATA=nilai",
            help="arti satu kata yang tidak dikenal; nilai kosong berarti dikosongkan",
        )
        parser.add_argument("--json", type=Path, metavar="HASIL", help="tulis hasil sebagai JSON")
        parser.add_argument(
            "--marked", type=Path, metavar="HASIL.xlsx", help="tulis salinan berkas bertanda"
        )
        parser.add_argument("--user", help="nama akun yang mengunggah")

    def handle(self, *, register, file, **options):
        if not file.is_file():
            raise CommandError(f"Berkas {file} tidak ada. Periksa nama dan foldernya.")
        answers = self._answers(register, options)
        user = self.person(options["user"]) if options["user"] else None
        # Only an object that lists them all needs more problems than a page shows.
        with TemporaryFile("w+", encoding="utf-8") as overflow:
            problems = Problems(overflow if options["json"] else None)
            status = self._import(register, file, answers, user, problems, options)
        if status in EXIT_STATUS:
            raise SystemExit(EXIT_STATUS[status])

    def _import(self, register, file, answers, user, problems, options):
        content = file.read_bytes()
        given = given_answers(answers)
        upload = None
        if options["accept_suggestions"]:
            self._accept_suggestions(register, content, file.name, answers)
        if options["dry_run"]:
            outcome = examine(register, content, file.name, answers, problems=problems)
            make_plan(outcome, answers, user)
        else:
            upload, outcome = receive(register, content, file.name, answers, user, problems)
        status, reason = outcome.status, outcome.reason
        if status != Status.REFUSED and (unused := without_effect(given, answers, outcome)):
            status, reason = Status.REFUSED, " ".join(unused)
            if upload:
                discard(upload, Upload.Reason.UNUSED_ANSWER, reason)
        elif status == Status.PLANNED and answers.all_or_nothing and outcome.counts["held"]:
            status, reason = Status.REFUSED, Upload.Reason.HELD_ROWS
            if upload:
                discard(upload, reason)
        elif status == Status.PLANNED and upload:
            status = self._store(upload, user)
        report = outcome_json(outcome, content, status, reason, upload)
        if options["json"]:
            write_outcome(options["json"], report)
        self._tell(report)
        if options["marked"]:
            self._write_marked(options["marked"], content, outcome, user)
        return status

    def _accept_suggestions(self, register, content, name, answers):
        """Answers by suggestions, also those questions that only come up after others."""
        for _ in QuestionKey:
            outcome = examine(register, content, name, answers)
            if not accept_suggestions(outcome.questions, answers):
                return

    def _store(self, upload, user):
        try:
            confirm(upload, user, channel=Change.Channel.COMMAND)
        except PlanChanged as change:
            raise CommandError(
                "Data berubah selagi berkas dibaca, jadi tidak ada yang disimpan. "
                "Jalankan perintah ini sekali lagi."
            ) from change
        return Status.STORED

    def _write_marked(self, path, content, outcome, user):
        """The file back with what was found; whoever may not see personal data gets it masked."""
        if outcome.layout is None:
            self.stderr.write("Salinan bertanda tidak dibuat karena berkas tidak dapat dibuka.")
            return
        problems = outcome.problems
        try:
            copy = marked_file(
                content,
                outcome.register,
                outcome.sheets_json(),
                problems.listed,
                untold=problems.uncounted(),
                sees=user is None or personal_data.may_see(user),
            )
        except WorkbookRefused as refusal:
            self.stderr.write(refusal.message)
            return
        write_private(path, copy)

    def _answers(self, register, options):
        plain, units = _units(options["unit"])
        answers = Answers(
            sheets=options["sheet"],
            year=options["year"],
            unit=plain,
            units=units,
            bad_cells=options["bad_cells"],
            duplicates=options["duplicates"],
            near=options["near"],
            kbli_version=options["kbli_version"],
            mapping=_mapping(options["map"], register),
            all_or_nothing=options["all_or_nothing"],
        )
        try:
            for given in options["answer"]:
                name, sign, option = given.partition("=")
                if not sign:
                    raise CommandError(f"Tulis --answer sebagai KUNCI=PILIHAN, bukan {given}.")
                give_answer(answers, name, option)
            for given in options["value"]:
                self._take_value(register, answers, given)
        except UnknownAnswer as refusal:
            raise CommandError(str(refusal)) from refusal
        return answers

    def _take_value(self, register, answers, given):
        """The meaning of one word, where its column has a closed list that knows the value."""
        give_answer(answers, QuestionKey.WORDS, given)
        field, _, value = parse_word_answer(given)
        resource = REGISTERS[register]()
        column = resource.columns().get(field)
        if column is None or not column.widget.word_codes:
            listed = [n for n, c in resource.columns().items() if c.widget.word_codes]
            raise CommandError(
                f"Kolom {field} bukan kolom pilihan daftar {register}. Pilih: {', '.join(listed)}."
            )
        if value and not is_known_word(resource, column, value):
            raise CommandError(f"{value} bukan nilai kolom {field} yang dikenal. Periksa ejaannya.")

    def _tell(self, report):
        counts = report["counts"]
        if report["status"] == Status.REFUSED:
            held = Upload.Reason.HELD_ROWS
            reason = held.label if report["reason"] == held else report["reason"]
            self.stdout.write(f"Ditolak: {reason}")
        elif report["status"] == Status.NEEDS_ANSWER:
            for question in report["questions"]:
                hint = f" Usulan: {question['suggestion']}." if question["suggestion"] else ""
                self.stdout.write(f"Perlu jawaban ({question['key']}): {question['about']}{hint}")
        else:
            self.stdout.write(
                f"{counts['rows']} baris: {counts['new']} baru, {counts['changed']} berubah, "
                f"{counts['same']} sama, {counts['held']} ditahan, {counts['ignored']} diabaikan."
            )


def _units(options):
    """The unit of the columns not named, None without one, and those of the columns named."""
    units = {}
    for option in options:
        column, _, unit = option.rpartition("=")
        if unit not in UNITS:
            raise CommandError(f"Satuan {unit} tidak dikenal. Pilih rupiah, ribu, atau juta.")
        units[column] = unit
    return units.pop("", None), units


def _mapping(options, register):
    """Heading -> column name, as the options say it."""
    columns, mapping = REGISTERS[register].columns(), {}
    for option in options:
        heading, _, name = option.rpartition("=")
        if not heading:
            raise CommandError(f"Tulis --map sebagai JUDUL=kolom, bukan {option}.")
        if name and name not in columns:
            raise CommandError(
                f"Kolom {name} tidak ada dalam daftar {register}. Pilih: {', '.join(columns)}."
            )
        mapping[heading] = name
    return mapping
