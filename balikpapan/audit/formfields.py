"""Form fields that take what the office types: read by the readers of a sheet's cells.

Each model field names its ``ValueKind`` by a form field class; the box is always a text box, for
a browser's number box drops a comma and a date box knows one order of day and month.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from balikpapan.spreadsheets.cells import (
    ERASE,
    DecimalLimits,
    Read,
    format_decimal,
    format_rupiah,
    format_whole,
    read_coordinate,
    read_date,
    read_decimal,
    read_digits,
    read_money,
    read_percent,
    read_phone,
    read_whole,
    read_year,
)
from balikpapan.spreadsheets.cells.amount_words import in_words

#: Letters and marks a box takes; the readers answer longer texts, but nobody types them.
LONGEST_TYPED = 200


@dataclass(frozen=True)
class ValueKind:
    """How one kind of value is read from a box, written into it and echoed beside it."""

    read: Callable[[str], Read]
    write: Callable[[object], str]
    echo: Callable[[object], str]
    #: The keyboard a telephone offers.
    inputmode: str = "text"
    #: A value in words, told while it is typed; None where figures alone are clear enough.
    words: Callable[[int], str] | None = None


def plain_decimal(number: Decimal) -> str:
    """A number as Indonesians write it, in the shortest form its reader cannot take for another.

    Three decimals behind a short whole number ("12,345") could be English thousands, so a fourth
    place is written.
    """
    text = format_decimal(Decimal(f"{number.normalize():f}"))
    whole, _, decimals = text.partition(",")
    return f"{text}0" if len(decimals) == 3 and len(whole.lstrip("-")) < 4 else text


def whole_kind(low, high) -> ValueKind:
    """People or things: "1.029", "3 orang"."""

    def read(text):
        return read_whole(text, low=low, high=high)

    return ValueKind(read, format_whole, format_whole, "numeric")


def year_kind(low, high) -> ValueKind:
    """A calendar year: "2024", "tahun 2024"."""

    def read(text):
        return read_year(text, low=low, high=high)

    return ValueKind(read, str, str, "numeric")


def rupiah_kind(low, high) -> ValueKind:
    """Whole rupiah: "4.500.000", "Rp4,5 juta"."""

    def read(text):
        return read_money(text, low=low, high=high)

    return ValueKind(read, format_whole, format_rupiah, "text", _rupiah_words)


def _rupiah_words(amount: int) -> str:
    return f"{in_words(amount)} rupiah" if amount >= 0 else ""


def decimal_kind(field) -> ValueKind:
    """A measured amount of a ``MeasureField``: "1.250,5", with or without its unit."""

    def read(text):
        limits = DecimalLimits(field.decimal_places, field.max_digits, field.low, field.high)
        return read_decimal(text, limits, unit_words=(field.unit,) if field.unit else ())

    def echo(number):
        return f"{plain_decimal(number)} {field.unit}".strip()

    return ValueKind(read, plain_decimal, echo, "text" if field.low < 0 else "decimal")


def percent_kind(field) -> ValueKind:
    """A share between 0 and 100: "12,5", "12,5 %"."""

    def read(text):
        return read_percent(text, places=field.decimal_places, low=field.low, high=field.high)

    return ValueKind(read, plain_decimal, lambda number: f"{plain_decimal(number)}%", "decimal")


def coordinate_kind(field) -> ValueKind:
    """Degrees: "-1,2379", "1°14'16\\" LS"."""

    def read(text):
        return read_coordinate(text, low=field.low, high=field.high)

    def write(number):
        return format_decimal(Decimal(f"{number.normalize():f}"))

    # A telephone's number keyboard has no minus sign.
    return ValueKind(read, write, lambda number: f"{write(number)}°", "text")


def date_kind() -> ValueKind:
    """A day, day first: "17-08-2024", "17 Agustus 2024"."""

    def read(text):
        return read_date(text, today=timezone.localdate())

    def echo(day):
        return date_format(day, "j F Y")

    return ValueKind(read, lambda day: f"{day:%d-%m-%Y}", echo, "text")


def digits_kind(lengths, what) -> ValueKind:
    """An identity number, typed with or without spaces and dots."""

    def read(text):
        return read_digits(text, lengths=lengths, what=what)

    return ValueKind(read, str, str, "numeric")


def phone_kind() -> ValueKind:
    """One telephone number or several; what is no number stays as it was typed."""

    def read(text):
        numbers = read_phone(text)
        return Read(numbers.value or " ".join(text.split()))

    return ValueKind(read, str, str, "tel")


class EchoInput(AdminTextInputWidget):
    """A text box that says beside it what was read, where that is not what was typed."""

    def __init__(self, echo_of, attrs=None):
        super().__init__(attrs=attrs)
        self.echo_of = echo_of

    def render(self, name, value, attrs=None, renderer=None):
        return with_echo(super().render(name, value, attrs, renderer), attrs, self.echo_of(value))


class EchoDateInput(AdminDateWidget):
    """The date box with its calendar, and beside it what was read."""

    def __init__(self, echo_of, attrs=None):
        super().__init__(attrs={"size": "16", **(attrs or {})})
        self.echo_of = echo_of

    def render(self, name, value, attrs=None, renderer=None):
        return with_echo(super().render(name, value, attrs, renderer), attrs, self.echo_of(value))


def with_echo(box, attrs: dict | None, echo: str):
    """A box and what was read of it; the live region is there even while it is empty."""
    key = (attrs or {}).get("id", "")
    html = '{}<output class="echo" data-for="{}" aria-live="polite">{}</output>'
    return format_html(html, box, key, echo)


class TypedField(forms.CharField):
    """A box whose text is read as the importer reads a cell of this kind.

    ``model_field`` is the field it stands for; ``empty_value`` is what a blank box is stored as.
    """

    widget_class = EchoInput
    css_class = "typed"

    def __init__(self, *, kind: ValueKind, model_field, empty_value=None, **kwargs):
        self.kind = kind
        attrs = {
            "inputmode": kind.inputmode,
            "autocomplete": "off",
            "data-read": f"{model_field.model._meta.label_lower}.{model_field.name}",
            "class": self.css_class,
        }
        if kind.words:
            attrs["data-words"] = "1"
        kwargs["widget"] = self.widget_class(self.echo, attrs=attrs)
        super().__init__(max_length=LONGEST_TYPED, empty_value=empty_value, **kwargs)

    def prepare_value(self, value):
        blank = value is None or value == ""
        return value if blank or isinstance(value, str) else self.kind.write(value)

    def to_python(self, value):
        text = super().to_python(value)
        if text == self.empty_value:
            return text
        read = self.kind.read(text)
        if read.has_error or (read.value is None and read.findings):
            # A sheet may leave such a cell blank; whoever sits before the box can correct it.
            raise ValidationError(read.findings[0].message)
        return self.empty_value if read.value in (None, ERASE) else read.value

    def validate(self, value):
        # ``required`` alone: what a text field checks further was checked by the reader.
        forms.Field.validate(self, value)

    def run_validators(self, value):
        return None

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        try:
            value = self.to_python(data)
        except ValidationError:
            return True
        return value != (self.empty_value if initial in (None, "") else initial)

    def echo(self, typed) -> str:
        """What was read of a typed text ("= 1.250,5 kg"); blank where the box says it itself."""
        if not isinstance(typed, str) or not typed.strip() or len(typed) > LONGEST_TYPED:
            return ""
        read = self.kind.read(typed)
        if read.has_error or read.value in (None, ERASE) or self.kind.write(read.value) == typed:
            return ""
        return f"= {self.kind.echo(read.value)}"

    def in_words(self, typed: str) -> str:
        """The value of a typed text in words ("satu juta rupiah"); blank where it has none."""
        read = self.kind.read(typed)
        if self.kind.words is None or read.has_error or read.value in (None, ERASE):
            return ""
        return self.kind.words(read.value)


class TypedNumberField(TypedField):
    """A figure, written at the right of its box."""

    css_class = "typed num"


class TypedDateField(TypedField):
    """A day typed in figures or words, or picked from the calendar."""

    widget_class = EchoDateInput
    css_class = "typed vDateField"

    def __init__(self, **kwargs):
        super().__init__(kind=date_kind(), **kwargs)
