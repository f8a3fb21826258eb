"""Cells that hold one word of a closed list."""

import difflib
from collections.abc import Mapping

from ..model import Formula
from .keys import comparison_key
from .reading import Read, by_formula, cell_reader, is_blank, number_of, quote, refused, visible
from .texts import plain_number

_YES_MARKS = {"v", "✓", "✔", "√", "☑", "✅", "1"}
_YES = {"ya", "y", "iya", "yes", "true", "benar", "betul", "ada", "sudah", "punya", "aktif"}
_NO_MARKS = {"✗", "✘", "☐", "0"}
_NO = {"tidak", "tdk", "no", "n", "false", "salah", "nonaktif", "tidak aktif"}


@cell_reader
def read_boolean(value: object) -> Read:
    """Yes or no, by a closed list of words and marks."""
    if isinstance(value, bool):
        return Read(value)
    word = visible(_word(value)).strip().rstrip(".").casefold()
    word = " ".join(word.split())
    if word in _YES | _YES_MARKS:
        return Read(True)
    if word in _NO | _NO_MARKS:
        return Read(False)
    return refused(
        "unknown_choice", f"{quote(value)} bukan Ya atau Tidak. Isi dengan Ya atau Tidak."
    )


def read_choice(
    value: object,
    choices: Mapping[str, object],
    *,
    what: str,
    labels: Mapping[object, str] | None = None,
) -> Read:
    """One of ``choices`` (word -> value stored); a near miss is refused with a suggestion.

    ``labels`` (value stored -> word) are the words a message names; without them all of
    ``choices`` are.
    """
    if isinstance(value, Formula) and value.value is not None:
        return by_formula(value, read_choice(value.value, choices, what=what, labels=labels))
    # A list may hold a word that is a blank marker elsewhere, such as "Belum".
    if isinstance(value, str) and is_blank(value) and (key := comparison_key(value)):
        for word, choice in choices.items():
            if comparison_key(word) == key:
                return Read(choice)
    return _read_choice(value, choices, what=what, labels=labels)


@cell_reader
def _read_choice(
    value: object,
    choices: Mapping[str, object],
    *,
    what: str,
    labels: Mapping[object, str] | None,
) -> Read:
    words_by_key: dict[str, str] = {}
    for word in choices:
        words_by_key.setdefault(comparison_key(word), word)
    key = comparison_key(_word(value))
    if key and key in words_by_key:
        return Read(choices[words_by_key[key]])
    words = list(choices) if labels is None else list(labels.values())
    allowed = ", ".join(words[:12]) + (f", dan {len(words) - 12} lainnya" if words[12:] else "")
    similar = (
        difflib.get_close_matches(key, words_by_key, n=1, cutoff=0.7) if len(key) < 100 else []
    )
    meant = words_by_key[similar[0]] if similar else ""
    meant = (labels or {}).get(choices[meant], meant) if similar else ""
    advice = f"Mungkin maksudnya {quote(meant)}. " if similar else ""
    return refused(
        "unknown_choice",
        f"{quote(value)} bukan {what} yang dikenal. {advice}Isi dengan salah satu: {allowed}.",
    )


def _word(value: object) -> str:
    if isinstance(value, str):
        return value
    if number_of(value) is not None:
        return plain_number(value) or ""
    return ""
