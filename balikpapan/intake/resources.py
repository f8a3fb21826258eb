"""A register's sheet as the office prints it: its columns, its identity, its own rules.

Each register declares one ``SheetResource``; django-import-export's ``Resource`` and ``Field``
are the vocabulary, this module adds what reading an office's own workbook needs.
"""

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from import_export.resources import ModelResource

from balikpapan.audit.masked_columns import is_free_text
from balikpapan.spreadsheets.cells import heading_key
from balikpapan.spreadsheets.tables.bands import BandNames
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn
from balikpapan.spreadsheets.tables.wide_headings import WideField

from .answers import Answers, QuestionKey
from .declarations import ChildRecord, ContinuedColumns, KeyIdentity, RuleIdentity, SheetColumn
from .sheet_rules import CombinedRules, Options, RowConflict, SheetRules
from .widgets import Measure, Money, Text, Whole

#: The widgets of amounts.
FIGURES = (Whole, Money, Measure)

#: What a register declares its sheet with.
__all__ = [
    "REGISTERS",
    "ChildRecord",
    "CombinedRules",
    "ContinuedColumns",
    "KeyIdentity",
    "RowConflict",
    "RuleIdentity",
    "SheetColumn",
    "SheetResource",
    "SheetRules",
]

#: register name -> its resource class, filled as the registers' resources are imported.
REGISTERS: dict[str, type["SheetResource"]] = {}


class SheetResource(ModelResource):
    """A register sheet; subclasses say what a row is and which rules only they know."""

    register: str
    label: str  # what the register is called on pages
    identity: KeyIdentity | RuleIdentity
    child: ChildRecord | None = None
    #: The model of a third kind of record that ``plan_related`` may find, such as certificates.
    related: Any = None
    #: A row that names no stored main record is held instead of creating one.
    adds_main = True
    #: Attributes of a stored main record that the rules look at beside those of the sheet.
    needs: tuple[str, ...] = ()
    #: A main record without a part is a row of the export too.
    exports_bare = True
    required: tuple[tuple[str, ...], ...] = ()
    required_label = ""
    #: Names of columns that only an act of verification sets; of other people they are not read.
    verified_columns: tuple[str, ...] = ()
    #: The field that makes a row a record: its absence is an error of the row.
    naming: str = "name"
    missing_name = "Nama kosong. Isi nama, atau hapus barisnya."
    #: What to do where one key stands in a file twice and both rows are right; "" says nothing.
    double_advice: str = ""
    #: The column a year is needed for and where it goes; None where rows have no year.
    year_column: str | None = None
    year_question = "Angka dalam berkas ini untuk tahun berapa?"
    #: Counts of which a list may fill one alone although it means all: (one, other, total).
    split_counts: tuple[tuple[str, str, str], ...] = ()
    #: The column that numbers each of several equal goods, where rows are goods.
    goods_number: str = ""
    #: What is added up over equal goods; the first of them counts the goods.
    goods_sums: tuple[str, ...] = ()
    #: The only years that can be answered; empty where any year can.
    year_choices: tuple[int, ...] = ()
    #: What a line without a name may add to the record above; None where every line is one.
    continued: ContinuedColumns | None = None
    #: Columns whose values may stand in the headings instead, each with its amounts below.
    wide: tuple[str, ...] = ()
    #: The column whose values may stand as titles above the rows they are of, if any.
    sections: str = ""
    #: How all such titles begin.
    section_words: re.Pattern[str] = re.compile(r"(?!)")
    #: Whether values nobody knows are asked about before they are taken from headings.
    confirms_wide = False
    #: Amounts of one month; under a heading of another period they are not read.
    monthly: tuple[str, ...] = ()
    #: Amounts that rows may name while months stand across; such a table is told, not read.
    amounts_down: tuple[str, ...] = ()
    #: Columns that a list about one source, room or activity leaves to its title: asked once.
    whole: tuple[str, ...] = ()
    #: Those of ``whole`` that any text may fill.
    whole_texts: tuple[str, ...] = ()
    #: What only the titles of lists about one such thing say; None where any list may be one.
    about_one: re.Pattern[str] | None = None
    #: What a title calls an amount that no heading names: (field, pattern).
    titled_amounts: tuple[tuple[str, str], ...] = ()
    #: Further columns a download keeps so that its rows are matched again.
    matching_columns: tuple[str, ...] = ()
    #: The amount proposed where neither heading nor title names one; None where none is likelier.
    likeliest_amount: str | None = None
    #: Further fields that tell one record from another, beside those of its identity.
    identifying: tuple[str, ...] = ()

    #: The register's own rules.
    rules: SheetRules = SheetRules()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "register" in cls.__dict__:
            REGISTERS[cls.register] = cls

    # The library's own doors. They stand on top of everything else here, so that what they use
    # is imported when they are used.

    def get_queryset(self) -> Any:
        return self._meta.model.objects.kept()

    def get_import_fields(self) -> list[SheetColumn]:
        return list(self.columns().values())

    def get_export_fields(self, selected_fields: Any = None) -> list[SheetColumn]:
        return [
            column
            for name, column in self.columns().items()
            if column.exported and (not selected_fields or name in selected_fields)
        ]

    def get_diff_headers(self) -> Any:
        return self.get_export_headers()

    def export(
        self,
        queryset: Any = None,
        *,
        year: int | None = None,
        personal: bool = False,
        user: Any = None,
        export_fields: Iterable[str] = (),
        **kwargs: Any,
    ) -> Any:
        """The records of a queryset as a ``tablib.Dataset``, one row each, as the sheet prints them.

        ``year`` chooses the figures beside each record, the newest ones by default.
        ``export_fields`` names the columns wanted. Personal data are masked unless ``personal``
        asks for them, which the trail records. Raises PermissionDenied where ``user`` may not.
        """
        from .exports.dataset import DatasetChoices, export_dataset

        self.before_export(queryset, **kwargs)
        queryset = self.filter_export(self.get_queryset() if queryset is None else queryset)
        choices = DatasetChoices(year, tuple(export_fields or ()), personal, user)
        dataset = export_dataset(self, queryset, choices)
        self.after_export(queryset, dataset, **kwargs)
        return dataset

    def import_data(
        self,
        dataset: Any,
        dry_run: bool = False,
        raise_errors: bool = False,
        use_transactions: bool | None = None,
        collect_failed_rows: bool = False,
        rollback_on_validation_errors: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Imports a ``tablib.Dataset`` as an upload of its own, and returns the ``Result``.

        It is read, matched, planned, stored and traced like any upload, always in one
        transaction. A row that is held is an invalid row of the result, the others are stored
        unless ``rollback_on_validation_errors``. What concerns the whole dataset is a base error.
        ``answers`` (an ``Answers``), ``user`` and ``file_name`` may be given besides.
        """
        from .datasets import ImportChoices, import_dataset

        self.before_import(dataset, **kwargs)
        own = ("answers", "user", "file_name")
        choices = ImportChoices(
            dry_run,
            raise_errors,
            collect_failed_rows,
            rollback_on_validation_errors,
            **{name: kwargs[name] for name in own if kwargs.get(name) is not None},
        )
        result = import_dataset(self, dataset, choices)
        self.after_import(dataset, result, dry_run=dry_run, **kwargs)
        return result

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Nothing follows; ids come from sequences that no import may set back."""

    # What the sheet is

    @classmethod
    def columns(cls) -> dict[str, SheetColumn]:
        """The columns in the order of the printed sheet."""
        resource: Any = cls
        return dict(_columns_in_order(resource))

    @classmethod
    def model_of(cls, column: SheetColumn) -> Any:
        """The model a column's value is stored in."""
        return cls.child.model if column.child and cls.child else cls._meta.model

    @classmethod
    def model_field(cls, column: SheetColumn) -> Any:
        """The model field behind a column, or None for one that is only read."""
        fields = cls.model_of(column)._meta.concrete_fields
        return next((field for field in fields if field.attname == column.target), None)

    @classmethod
    def personal_columns(cls) -> set[str]:
        """The columns that hold personal data."""
        return {
            name
            for name, column in cls.columns().items()
            if column.target in cls.model_of(column).personal_fields
        }

    @classmethod
    def text_columns(cls) -> set[str]:
        """The columns of texts that people type, or of what other records are called."""
        return {
            name
            for name, column in cls.columns().items()
            if cls._holds_text(column, cls.model_field(column))
        } - cls.personal_columns()

    @classmethod
    def _holds_text(cls, column: SheetColumn, field: Any) -> bool:
        if field is None:  # read from another record, or from no field at all
            return type(column.widget) is Text
        return bool(field.remote_field) or is_free_text(field)

    @classmethod
    def vocabulary(
        cls, extra_aliases: Iterable[tuple[str, str]] = (), options: Options | None = None
    ) -> Vocabulary:
        """The headings this register knows; ``extra_aliases`` are the staff's (heading, field).

        ``options``, as ``prepare`` of the rules gives them, hold the values that headings may state.
        """
        spellings: dict[str, list[str]] = {}
        for name, column in cls.columns().items():
            for heading in (column.column_name, name, *column.aliases):
                fields = spellings.setdefault(heading_key(heading), [])
                if name not in fields:
                    fields.append(name)
        for heading, preferred in cls.preferences().items():
            # A sheet may have only some of the columns of the one it is made from.
            likeliest = [name for name in preferred if not name or name in cls.columns()]
            if not any(likeliest):
                continue
            fields = spellings.setdefault(heading_key(heading), [])
            fields[:] = [*likeliest, *(other for other in fields if other not in likeliest)]
        for heading, name in extra_aliases:
            spellings[heading_key(heading)] = [name]
        return Vocabulary(
            {spelling: tuple(fields) for spelling, fields in spellings.items()},
            frozenset(n for n, c in cls.columns().items() if isinstance(c.widget, Money)),
            tuple(frozenset(group) for group in cls.required),
            cls.required_label,
            frozenset(n for n, c in cls.columns().items() if not isinstance(c.widget, Text)),
            tuple(cls._wide_field(name, options or {}) for name in cls.wide),
            frozenset(cls.whole),
        )

    @classmethod
    def _wide_field(cls, name: str, options: Options) -> WideField:
        words, is_open = cls.wide_words(name, options)
        keys = frozenset(map(heading_key, words))
        return WideField(name, frozenset(cls.wide_amounts(name)), keys, is_open)

    @classmethod
    def wide_amounts(cls, name: str) -> list[str]:
        """The fields that each value of a column of ``wide`` has amounts of."""
        return [n for n, c in cls.columns().items() if isinstance(c.widget, FIGURES)]

    @classmethod
    def wide_words(cls, name: str, options: Options) -> tuple[Iterable[str], bool]:
        """The known values of a column of ``wide``, and whether headings may state others."""
        return (), True

    @classmethod
    def yearly_amounts(cls, table: SheetTable) -> frozenset[str]:
        """The amounts of a table's columns that are of a whole year, beside those of a child."""
        return frozenset()

    @classmethod
    def whole_values(cls, name: str, options: Options) -> list[str]:
        """The known values of a column of ``whole``; ``options`` as ``prepare`` gives them."""
        return []

    @classmethod
    def settle_columns(cls, table: SheetTable) -> None:
        """Corrects what headings were taken for where only the cells below them tell."""

    def band_names(self, options: Options) -> BandNames:
        """The regions and groups that stand as bands between the rows; ``options`` as for rules."""
        return BandNames()

    @classmethod
    def preferences(cls) -> dict[str, tuple[str, ...]]:
        """Headings that may mean several fields, the likeliest first."""
        return {}

    @classmethod
    def dated_columns(cls, table: SheetTable) -> list[TableColumn]:
        """The columns of a table whose heading names the year of its figures."""
        columns = cls.columns()
        only_child = columns[cls.year_column].child if cls.year_column else True
        return [
            c
            for c in table.columns
            if c.year and c.field and (columns[c.field].child or not only_child)
            if c.wide_field != cls.year_column
        ]

    @classmethod
    def headed_year(cls, table: SheetTable) -> int | None:
        """The one year the headings of its figures name."""
        years = {column.year for column in cls.dated_columns(table)}
        return years.pop() if len(years) == 1 else None

    @classmethod
    def answered_year(cls, answers: Answers) -> int | None:
        """The year the user has named for the whole file."""
        return answers.year

    @classmethod
    def answer_of_year(cls, answers: Answers) -> str:
        """The name of the answer that ``answered_year`` is taken from."""
        return QuestionKey.YEAR

    @classmethod
    def titled_year(cls, table: SheetTable) -> int | None:
        """The year a table's own title names."""
        return table.title_year()

    @classmethod
    def stage_in(cls, title: str) -> str | None:
        """The stage, or whatever else a whole table may be of, that a title names."""
        return None

    @classmethod
    def part_in(cls, title: str) -> str | None:
        """The part of a year, such as a quarter, that a title is about."""
        return None

    @cached_property
    def headings(self) -> list[str]:
        return [column.column_name for column in self.columns().values() if column.exported]


@cache
def _columns_in_order(resource: Any) -> list[tuple[str, SheetColumn]]:
    columns = [(n, field) for n, field in resource.fields.items() if isinstance(field, SheetColumn)]
    return sorted(columns, key=lambda pair: pair[1].position)


def is_known_word(
    resource: SheetResource, column: SheetColumn, word: str, options: Options | None = None
) -> bool:
    """Whether the closed list of a column knows this word; ``options`` as ``prepare`` gives them."""
    options = resource.rules.prepare() if options is None else options
    return bool(column.widget.knows(word, resource.model_field(column), options))
