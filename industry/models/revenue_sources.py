"""Where PAD comes from: accounts, sources, and when two rows speak of one source."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models

from balikpapan.audit.constraints import not_blank, unique_among_kept
from balikpapan.audit.fields import BoundedCharField
from balikpapan.audit.models import Record

#: Shorter names differ in one letter by chance.
FEWEST_LETTERS = 6
#: The name, and behind a colon the account where another source has the same name.
KEY_LENGTH = 230


class RevenueAccount(Record):
    """A *kode rekening* of the regional chart of accounts, such as 4.1.02.02.20."""

    code_fields = ("code",)
    code = BoundedCharField("kode rekening", max_length=20)
    name = BoundedCharField("nama rekening", max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="rekening induk", null=True, blank=True
    )

    class Meta(Record.Meta):
        ordering = ["code"]
        verbose_name = verbose_name_plural = "rekening PAD"
        constraints = [
            unique_among_kept(
                "industry_revenueaccount_code_once", "code", message="Kode ini sudah ada."
            ),
            not_blank("industry_revenueaccount_code_given", "code", "Isi kode rekening."),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


def name_key(name: str) -> str:
    """What two spellings of a source have in common: letters and digits, without case."""
    return "".join(char for char in name.casefold() if char.isalnum())


class SourceKeyField(BoundedCharField):
    """The key of a row's source; where nobody has resolved it, that of its name."""

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if not value:
            value = name_key(model_instance.source_name)
            setattr(model_instance, self.attname, value)
        return value


class RevenueSource(Record):
    """One source of PAD: whatever name, case or code it is written with, it is itself."""

    name = BoundedCharField("sumber penerimaan", max_length=200)
    account = models.ForeignKey(
        RevenueAccount, models.PROTECT, verbose_name="rekening", null=True, blank=True
    )
    aliases = BoundedCharField(
        "nama lain",
        max_length=500,
        blank=True,
        help_text="Nama lain sumber ini, dipisahkan titik koma.",
    )
    #: What its rows refer to; it stays when the source is renamed.
    key = BoundedCharField("kunci", max_length=KEY_LENGTH, editable=False, blank=True)

    class Meta(Record.Meta):
        ordering = ["name", "id"]
        verbose_name = verbose_name_plural = "sumber PAD"
        constraints = [
            not_blank("industry_revenuesource_name_given", "name", "Isi sumber penerimaan."),
            not_blank("industry_revenuesource_key_given", "key", "Isi sumber penerimaan."),
            unique_among_kept(
                "industry_revenuesource_once", "key", message="Sumber ini sudah tercatat."
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def names(self) -> list[str]:
        """Its name and its aliases."""
        return [self.name, *(alias.strip() for alias in self.aliases.split(";") if alias.strip())]

    def clean(self):
        super().clean()
        self._keep_former_name()
        others = RevenueSources(RevenueSource.objects.kept().exclude(pk=self.pk))
        if not self.key:
            self.key = others.free_key(self.name, self.account.code if self.account_id else "")
        for name in self.names:
            taken = others.named(name, self.account_id)
            if taken:
                raise ValidationError(
                    f"«{name}» sudah menjadi nama sumber «{taken[0].name}». Gabungkan keduanya "
                    "dengan memilihnya dalam daftar sumber, atau pakai nama lain."
                )

    def _keep_former_name(self):
        """Sheets of earlier years still call the source what it was called then."""
        former = RevenueSource.objects.filter(pk=self.pk).values_list("name", flat=True).first()
        if former and name_key(former) not in map(name_key, self.names):
            self.aliases = "; ".join([*self.names[1:], former])


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """The source a name and a code speak of; ``doubts`` are sources it may be, and then no source."""

    source: RevenueSource | None = None
    candidates: tuple[RevenueSource, ...] = ()


class RevenueSources:
    """The sources at hand, found by name, alias or account; new ones join as rows name them."""

    def __init__(self, sources=()):
        self._by_name = defaultdict(list)
        self._by_account = defaultdict(list)
        self._keys = set()
        for source in sources:
            self.add(source)

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, source: RevenueSource) -> None:
        """One more source that later rows may speak of."""
        self._keys.add(source.key)
        for name in source.names:
            self._by_name[name_key(name)].append(source)
        if source.account_id:
            self._by_account[source.account_id].append(source)

    def recorded(self) -> list[RevenueSource]:
        """The sources that have a record of their own."""
        return [s for sources in self._by_name.values() for s in sources if s.pk]

    def named(self, name: str, account_id: int | None) -> list[RevenueSource]:
        """The sources of this name that no other account tells apart."""
        return [
            source
            for source in self._by_name.get(name_key(name), ())
            if None in (account_id, source.account_id) or source.account_id == account_id
        ]

    def match(self, name: str, account_id: int | None) -> SourceMatch:
        """The one source a row speaks of, or those it may speak of."""
        called = self._by_name.get(name_key(name), [])
        coded = self._by_account.get(account_id, []) if account_id else []
        exact = [source for source in called if source in coded]
        alone = [source for source in called if source.account_id is None or not account_id]
        for sources in (exact, alone):
            if len(sources) == 1:
                return SourceMatch(sources[0])
        # One name under two codes, one code under two names, or a name one letter away.
        similar = called or coded or self._similar(name, account_id)
        return SourceMatch(candidates=tuple(similar))

    def new(self, name: str, account_id: int | None, code: str = "") -> RevenueSource:
        """A source that is not stored yet, told apart from all others."""
        source = RevenueSource(name=name, account_id=account_id, key=self.free_key(name, code))
        self.add(source)
        return source

    def free_key(self, name: str, code: str) -> str:
        """The key of a new source; its account tells it from another of the same name."""
        key = name_key(name)
        if key in self._keys and code:
            key = f"{key}:{code}"
        base, number = key, 2
        while key in self._keys:
            key, number = f"{base}:{number}", number + 1
        return key

    def _similar(self, name: str, account_id: int | None) -> list[RevenueSource]:
        """The sources whose name is one letter away.

        Numbers never differ by a slip, nor do the letters of "Blok A" and "Blok B", and a code of
        its own tells a source from any other.
        """
        key = name_key(name)
        if len(key) < FEWEST_LETTERS:
            return []
        return [
            source
            for other, sources in self._by_name.items()
            if len(other) >= FEWEST_LETTERS and _one_edit_apart(key, other)
            for source in sources
            if not (account_id and source.account_id and source.account_id != account_id)
            and not _lettered_apart(name, source.name)
        ]


def _lettered_apart(first: str, second: str) -> bool:
    """Whether two names differ in the single letter that each ends with."""
    ends = [name.split()[-1:] for name in (first, second)]
    return all(end and len(end[0]) == 1 and end[0].isalpha() for end in ends)


def _one_edit_apart(first: str, second: str) -> bool:
    """Whether one letter changed, left out or put in makes one text of the other."""
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    if [c for c in first if c.isdigit()] != [c for c in second if c.isdigit()]:
        return False
    short, long = sorted((first, second), key=len)
    start = next(
        (i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    skipped = 1 if len(short) == len(long) else 0
    return short[start + skipped :] == long[start + 1 :]
