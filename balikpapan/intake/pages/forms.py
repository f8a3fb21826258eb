"""The two forms of an upload: handing a file in, and answering what it asks."""

from django import forms
from django.conf import settings
from django.utils import timezone

from ..answers import UNITS, Answers, QuestionKey, by_heading
from ..labels import UNIT_LABELS, field_choices
from ..reading.whole_lists import BY_TITLES, LONGEST
from ..resources import REGISTERS

#: The option that needs a number: so many working days.
BY_DAYS = "xHARI"
ACCEPTED = ".xlsx,.xls,.ods,.csv"


class UploadForm(forms.Form):
    """One spreadsheet of one register."""

    file = forms.FileField(
        label="Berkas Excel",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED, "autofocus": True}),
        error_messages={
            "required": "Pilih berkas yang akan diunggah.",
            "empty": "Berkas kosong. Pilih berkas yang berisi daftar.",
        },
    )

    def clean_file(self):
        files = self.files.getlist("file")
        if len(files) > 1:
            raise forms.ValidationError("Unggah satu berkas saja dalam sekali kirim.")
        file = self.cleaned_data["file"]
        limit = settings.UPLOAD_MAX_MIB
        if file.size > limit * 2**20:
            raise forms.ValidationError(
                f"Berkas lebih besar dari {limit} MiB. Bagi menjadi beberapa berkas."
            )
        return file


class AnswerForm(forms.Form):
    """The questions of one upload, each with its suggestion already chosen."""

    def __init__(self, upload, data=None, samples=None):
        super().__init__(data)
        self.upload, self.samples = upload, samples or {}
        self.explanations = [q["about"] for q in upload.questions if q["key"] == "columns"]
        stored = Answers.from_json(upload.answers)
        asked = {question["key"] for question in upload.questions}
        if "year" in asked:
            this_year = timezone.localdate().year
            question = next(q for q in upload.questions if q["key"] == "year")
            years = question["options"] or range(this_year, this_year - 15, -1)
            self.fields["year"] = forms.TypedChoiceField(
                label=question["about"],
                coerce=int,
                empty_value=None,
                required=question.get("blocking", True),
                choices=[("", "Pilih tahun"), *((year, str(year)) for year in years)],
                error_messages={"required": "Pilih tahun data."},
            )
        self._unit_fields(upload)
        self._column_fields(upload, "columns" in asked)
        self._option_fields(upload)
        self._stated_fields(upload)
        for key, label, choices in (
            (
                "duplicates",
                "Baris yang mirip di dalam berkas",
                [
                    ("hold", "Tahan semuanya untuk diperiksa"),
                    ("separate", "Anggap usaha yang berbeda, simpan semuanya"),
                ],
            ),
            (
                "near",
                "Baris yang mirip dengan usaha tercatat",
                [
                    ("hold", "Tahan untuk diperiksa"),
                    ("update", "Usaha yang sama, perbarui datanya"),
                    ("new", "Usaha yang berbeda, catat sebagai baru"),
                ],
            ),
        ):
            question = next((q for q in upload.questions if q["key"] == key), None)
            if question or getattr(stored, key):
                self.fields[key] = forms.ChoiceField(
                    label=question["about"] if question else label,
                    choices=choices,
                    initial=getattr(stored, key) or "hold",
                    required=False,
                    widget=forms.RadioSelect,
                )
        if upload.status == upload.Status.PLANNED and upload.problem_counts.get("error"):
            self.fields["bad_cells"] = forms.ChoiceField(
                label="Baris yang selnya tidak terbaca",
                choices=[
                    ("hold", "Tahan barisnya sampai diperbaiki"),
                    ("blank", "Simpan tanpa sel bermasalah"),
                ],
                initial=stored.bad_cells,
                required=False,
                widget=forms.RadioSelect,
            )

    def _unit_fields(self, upload):
        """One question for all silent money columns, or one for each differing magnitude."""
        questions = [q for q in upload.questions if q["key"] == "unit"]
        for number, question in enumerate(questions):
            self.fields[f"unit_{number}"] = forms.ChoiceField(
                label=question["about"],
                choices=[(unit, UNIT_LABELS[unit]) for unit in UNITS],
                initial=question["suggestion"],
                required=question.get("blocking", True),
                widget=forms.RadioSelect,
                help_text=(
                    "Usulan menurut besarnya angka sudah dipilih; ubah bila keliru."
                    if question["suggestion"]
                    else ""
                ),
            )

    def _option_fields(self, upload):
        """The questions whose options are codes of a closed list, answered or not."""
        for question in _open_questions(upload):
            name = _field_name(question)
            labels = OPTION_LABELS[question["key"]]
            counted = [option for option in question["options"] if option == BY_DAYS]
            self.fields[name] = forms.ChoiceField(
                label=question["about"],
                choices=[(option, labels[option]) for option in question["options"]],
                initial=question["suggestion"],
                required=question.get("blocking", True),
                widget=forms.RadioSelect,
                help_text="Usulan sudah dipilih; ubah bila keliru."
                if question["suggestion"]
                else "",
                error_messages={"required": "Pilih salah satu."},
            )
            if counted:
                self.fields[f"{name}_days"] = forms.IntegerField(
                    label="Banyaknya hari kerja setahun",
                    min_value=1,
                    max_value=366,
                    required=False,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                )

    def _stated_fields(self, upload):
        """What one value fills in all rows of a list: any text, or one of the known values."""
        for question in _stated_questions(upload):
            values, suggestion = question["options"], question["suggestion"]
            common = {
                "label": question["about"],
                "initial": suggestion,
                "required": question.get("blocking", True),
                "help_text": "Usulan sudah diisikan; ubah bila keliru." if suggestion else "",
            }
            name = _field_name(question)
            is_text = question["concern"] in REGISTERS[upload.register].whole_texts
            if is_text and suggestion != BY_TITLES:
                if values:
                    common["help_text"] += f" Yang sudah tercatat: {'; '.join(values)}."
                self.fields[name] = forms.CharField(max_length=LONGEST, **common)
            else:
                labels = {BY_TITLES: "Seperti judul tiap lembar"}
                choices = [("", "Pilih"), *((value, labels.get(value, value)) for value in values)]
                self.fields[name] = forms.ChoiceField(choices=choices, **common)

    def clean(self):
        given = super().clean()
        for name, option in list(given.items()):
            if option == BY_DAYS and not given.get(f"{name}_days"):
                self.add_error(f"{name}_days", "Isi banyaknya hari kerja setahun, 1 sampai 366.")
        return given

    def _column_fields(self, upload, asked):
        if not asked:
            return
        choices = [("", "— tidak dibaca —"), *field_choices(upload.register)]
        suggested = {}
        for question in upload.questions:
            for pair in (question["suggestion"] or "").split(", "):
                letter, _, name = pair.partition("=")
                if question["key"] == "columns" and name:
                    suggested[letter] = name
        for sheet in upload.sheets:
            for column in sheet["columns"]:
                letter = column["letter"]
                doubled = next((q for q in upload.questions if letter in q["options"]), None)
                if doubled is None or f"column_{letter}" in self.fields:
                    continue
                heading = column["heading"]
                label = f"Kolom {letter}" + (f" «{heading}»" if heading != letter else "")
                self.fields[f"column_{letter}"] = forms.ChoiceField(
                    label=label,
                    choices=choices,
                    required=False,
                    initial=suggested.get(letter, "" if suggested else column["field"]),
                    help_text=f"Isinya: {self.samples[letter]}" if letter in self.samples else "",
                )

    def answers(self) -> Answers:
        """The stored answers with what was answered now."""
        answers = Answers.from_json(self.upload.answers)
        given = self.cleaned_data
        answers.year = given.get("year") or answers.year
        for question in (*_open_questions(self.upload), *_stated_questions(self.upload)):
            name = _field_name(question)
            option = given.get(name)
            if option == BY_DAYS:
                option = f"x{given[f'{name}_days']}"
            if option:
                answers.chosen[_question_name(question)] = option
        for name in ("duplicates", "near"):
            if given.get(name):
                setattr(answers, name, given[name])
        answers.bad_cells = given.get("bad_cells") or answers.bad_cells
        questions = [q for q in self.upload.questions if q["key"] == "unit"]
        for number, question in enumerate(questions):
            unit = given.get(f"unit_{number}")
            if not unit:
                continue
            if question.get("concern"):
                answers.units[question["concern"]] = unit
            elif len(questions) == 1:
                answers.unit = unit
            else:
                answers.units |= dict.fromkeys(question.get("columns", ()), unit)
        letters = {
            name.removeprefix("column_"): value
            for name, value in given.items()
            if name.startswith("column_")
        }
        answers.mapping |= by_heading(letters, self.upload.sheets)
        return answers


#: The options of each question as people read them.
OPTION_LABELS = {
    QuestionKey.PERIOD: {
        "x12": "Kalikan 12 menjadi angka setahun",
        "x52": "Kalikan 52 menjadi angka setahun",
        BY_DAYS: "Kalikan dengan banyaknya hari kerja setahun",
        "leave": "Jangan dibaca",
    },
    QuestionKey.WORKERS: {
        "total": "Angka itu jumlah seluruh tenaga kerja",
        "zero": "Kolom yang kosong berarti 0",
        "leave": "Biarkan seperti tertulis",
    },
    QuestionKey.ZEROS: {
        "zero": "Memang nol",
        "blank": "Belum diketahui, dikosongkan",
    },
    QuestionKey.SHEETS: {
        "main": "Baca lembar utamanya saja",
        "add": "Lengkapi lembar utama dengan kolom dari lembar lainnya",
        "all": "Baca semua lembar",
    },
    QuestionKey.EQUAL_ROWS: {
        "separate": "Sebanyak itu barangnya, jumlahkan",
        "once": "Satu barang yang tertulis berulang",
    },
    QuestionKey.ARCHIVED: {
        "hold": "Tahan untuk diperiksa",
        "revive": "Kembalikan dari arsip dan perbarui",
    },
    QuestionKey.DATES: {
        "day_first": "Hari dahulu: 3/4/2024 berarti 3 April",
        "month_first": "Bulan dahulu: 3/4/2024 berarti 4 Maret",
    },
}


def _question_name(question):
    """The name a question is answered by."""
    concern = question.get("concern")
    return f"{question['key']}:{concern}" if concern else question["key"]


def _field_name(question):
    return _question_name(question).replace(":", "_")


def _open_questions(upload):
    """The questions of the upload whose options are codes of a closed list."""
    return [question for question in upload.questions if question["key"] in OPTION_LABELS]


def _stated_questions(upload):
    """The questions of the upload for a value that all rows of a list have."""
    return [question for question in upload.questions if question["key"] == QuestionKey.STATED]


class MappingForm(forms.Form):
    """What each column of a planned upload is taken for, open to correction."""

    def __init__(self, upload, columns, data=None):
        super().__init__(data)
        self.upload, self.columns = upload, columns
        choices = [("", "— tidak dibaca —"), *field_choices(upload.register)]
        for number, column in enumerate(columns):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=f"{column['letter']} «{column['heading']}»",
                choices=choices,
                required=False,
                initial=column["field"] or "",
            )

    def answers(self) -> Answers:
        """The stored answers with the corrected mapping."""
        answers = Answers.from_json(self.upload.answers)
        for number, column in enumerate(self.columns):
            chosen = self.cleaned_data[f"column_{number}"]
            if chosen != (column["field"] or ""):
                answers.mapping[column["heading"] or column["letter"]] = chosen
        return answers
