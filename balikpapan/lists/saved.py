"""The questions a person has saved for one list: filters, searched words and order, under a name."""

from dataclasses import dataclass
from enum import Enum

from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CharField, F, Q, Value
from django.http import QueryDict

from balikpapan.spreadsheets.cells.masking import is_telling

from .columns import ListColumns
from .models import LONGEST_NAME, SavedFilter
from .ordering import named_order, order_of

#: So many may one person save for one list, of so many letters each.
MOST_SAVED = 20
LONGEST_QUERY = 2000


class Refusal(Enum):
    """Why a question is not saved."""

    NAMELESS = "Beri nama saringan itu, paling panjang {longest} huruf."
    NOTHING = "Belum ada yang disaring, dicari, atau diurutkan, jadi tidak ada yang disimpan."
    TOO_LONG = "Saringan ini terlalu panjang untuk disimpan."
    TOO_MANY = "Sudah ada {most} saringan tersimpan untuk daftar ini. Hapus dahulu satu."
    PERSONAL = (
        "Pencarian atau namanya memuat data pribadi (nomor, surel, nama atau alamat orang), jadi "
        "tidak disimpan. Kosongkan kotak pencarian, lalu simpan saringannya saja."
    )

    def error(self) -> ValidationError:
        """The refusal as it is raised."""
        sentence = self.value.format(longest=LONGEST_NAME, most=MOST_SAVED)
        return ValidationError(sentence, code=self.name)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a list: its filters and words as an address has them, and its order."""

    query: str
    order: tuple[str, ...]

    @property
    def words(self) -> str:
        """The searched words."""
        return QueryDict(self.query).get(SEARCH_VAR, "")


@dataclass(frozen=True, slots=True)
class SavedEntry:
    """A saved question as the list offers it."""

    pk: int
    name: str
    address: str
    is_current: bool


class SavedFilters:
    """The questions one person has saved for the list of one ModelAdmin, ``keeper``."""

    def __init__(self, keeper, request):
        self.keeper, self.request = keeper, request
        self.place = keeper.opts.label_lower
        self._columns = ListColumns(keeper, request)
        self._rows = SavedFilter.objects.filter(user=request.user.pk, place=self.place)

    def question(self) -> Question:
        """What the address of the request asks."""
        asked, query = self.request.GET, QueryDict(mutable=True)
        for name in sorted({SEARCH_VAR, *self.keeper.allowed_lookups()}.intersection(asked)):
            values = [text.strip() for text in asked.getlist(name)]
            if name != SEARCH_VAR or any(values):
                query.setlist(name, values)
        order = named_order(asked.get(ORDER_VAR, ""), self._columns.places)
        return Question(query.urlencode(), tuple(order))

    def entries(self) -> list[SavedEntry]:
        """The saved questions with the addresses that ask them, the one asked now marked."""
        asked = self.question()
        return [
            SavedEntry(
                row.pk,
                row.name,
                self.address(row),
                asked == Question(row.query, tuple(row.order)),
            )
            for row in self._rows
        ]

    def address(self, row: SavedFilter) -> str:
        """The query string that asks a saved question."""
        query = QueryDict(row.query, mutable=True)
        if order := order_of(row.order, self._columns.places):
            query[ORDER_VAR] = order
        return f"?{query.urlencode()}"

    def save(self, name: str, question: Question) -> bool:
        """Saves a question; whether one of that name was replaced. Raises ValidationError."""
        name = " ".join(name.replace("\x00", "").split())
        if refusal := self._refusal(name, question):
            raise refusal.error()
        _, is_new = SavedFilter.objects.update_or_create(
            user=self.request.user,
            place=self.place,
            name=name,
            defaults={"query": question.query, "order": list(question.order)},
        )
        return not is_new

    def forget(self, key: int) -> str:
        """Deletes one's own saved question; its name, blank where there is none."""
        row = self._rows.filter(pk=key).first()
        if row is None:
            return ""
        row.delete()
        return row.name

    def _refusal(self, name, question) -> Refusal | None:
        rules = (
            (Refusal.NAMELESS, lambda: not name or len(name) > LONGEST_NAME),
            (Refusal.NOTHING, lambda: not question.query and not question.order),
            (Refusal.TOO_LONG, lambda: len(question.query) > LONGEST_QUERY),
            (Refusal.PERSONAL, lambda: self._is_personal(name, question)),
            (Refusal.TOO_MANY, lambda: self._rows.exclude(name=name).count() >= MOST_SAVED),
        )
        return next((refusal for refusal, applies in rules if applies()), None)

    def _is_personal(self, name, question) -> bool:
        """Whether the question or its name holds what says who a person is or where to find them."""
        if is_telling(name) or is_telling(question.words):
            return True
        asked = QueryDict(question.query)
        narrowed = [
            lookup for lookup in asked if lookup != SEARCH_VAR and any(asked.getlist(lookup))
        ]
        if any(self._says_who(lookup.rpartition("__")[0] or lookup) for lookup in narrowed):
            return True
        return any(self._names_a_person(text) for text in (question.words, name) if text)

    def _says_who(self, path: str) -> bool:
        """Whether a path leads to a field that says who a person is or where to find them."""
        try:
            field = get_fields_from_path(self.keeper.model, path)[-1]
        except (FieldDoesNotExist, NotRelationField):
            return False  # a filter with a name of its own
        model = field.model
        fields = (*getattr(model, "personal_fields", ()), *getattr(model, "identifying_fields", ()))
        return field.name in fields

    def _names_a_person(self, text: str) -> bool:
        """Whether a stored name or address of a person is the text, or of two words stands in it."""
        paths = [p for p in self.keeper.get_search_fields(self.request) if self._says_who(p)]
        condition = Q()
        for path in paths:
            whole = Q(asked__icontains=F(path)) & Q(**{f"{path}__contains": " "})
            condition |= Q(**{f"{path}__iexact": text}) | whole
        if not condition:
            return False
        asked = Value(text, output_field=CharField())
        records = self.keeper.model._base_manager.alias(asked=asked)
        return records.filter(condition).exists()
