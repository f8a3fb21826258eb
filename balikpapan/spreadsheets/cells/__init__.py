"""The strict readers: a cell as it stands in a sheet -> a typed value and what to say about it."""

from .coordinates import read_coordinate, read_one_of_pair
from .date_columns import DateOrderEvidence, date_order_evidence
from .date_ranges import read_date_range, read_until
from .dates import DateManner, DateOrder, read_date, read_date_in
from .formatting import format_decimal, format_rupiah, format_whole, spell_out
from .grammar import Number, parse_number, prints_currency, proves_decimal_comma, proves_english
from .headcounts import read_headcount
from .identifiers import plain_digits, read_code, read_digits, zero_or_null
from .keys import comparison_key, heading_key
from .masking import is_masked, mask, mask_phone, mask_value
from .measures import other_units, stated_unit
from .months import MONTH_NAMES, month_number, read_month
from .numbers import (
    LARGEST_AMOUNT,
    DecimalLimits,
    MoneyNotation,
    read_decimal,
    read_money,
    read_percent,
    read_whole,
    stated_period,
)
from .phones import PLAIN_PHONES, read_phone
from .quantities import read_quantity, split_unit
from .reading import ERASE, Finding, Read, is_blank, quote
from .texts import plain_texts, read_text
from .words import read_boolean, read_choice
from .years import read_year

__all__ = [
    "ERASE",
    "LARGEST_AMOUNT",
    "MONTH_NAMES",
    "PLAIN_PHONES",
    "DateManner",
    "DateOrder",
    "DateOrderEvidence",
    "DecimalLimits",
    "MoneyNotation",
    "Finding",
    "Number",
    "Read",
    "comparison_key",
    "date_order_evidence",
    "format_decimal",
    "format_rupiah",
    "format_whole",
    "heading_key",
    "is_blank",
    "is_masked",
    "mask",
    "mask_phone",
    "mask_value",
    "month_number",
    "other_units",
    "parse_number",
    "plain_digits",
    "plain_texts",
    "prints_currency",
    "proves_decimal_comma",
    "proves_english",
    "quote",
    "read_boolean",
    "read_choice",
    "read_code",
    "read_coordinate",
    "read_one_of_pair",
    "read_date",
    "read_date_in",
    "read_date_range",
    "read_decimal",
    "read_digits",
    "read_money",
    "read_month",
    "read_percent",
    "read_phone",
    "read_headcount",
    "read_quantity",
    "read_text",
    "read_until",
    "read_whole",
    "read_year",
    "spell_out",
    "split_unit",
    "stated_period",
    "stated_unit",
    "zero_or_null",
]
