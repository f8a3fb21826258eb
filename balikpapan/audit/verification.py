"""Proving the chain: which change or link is not what it was when it was written."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from .chain import PRINTED, Head, link_digest
from .digests import digest_of
from .models import Change, Erasure, Link

#: So many rows are read at a time.
READ = 2_000


class FaultKind(Enum):
    """What is wrong with the chain, as a sentence about one change, link or printed head."""

    CHANGE_ALTERED = "Perubahan {0} bukan lagi seperti saat ditulis."
    CHANGE_ADDED = (
        "Perubahan {0} tidak ditulis oleh program ini: tidak ada mata rantai yang memuatnya."
    )
    CHANGES_MISSING = "Mata rantai {0} kehilangan perubahan, atau sidik perubahannya diganti."
    LINK_ALTERED = "Mata rantai {0} bukan lagi seperti saat dibuat."
    LINK_MISSING = "Mata rantai {0} hilang."
    HEAD_MISSING = "Ujung rantai tercetak {0} tidak ada lagi di rantai ini."
    ERASURE_ALTERED = "Pemusnahan atas perubahan {0} bukan lagi seperti saat dicatat."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and the number or head it is about."""

    kind: FaultKind
    about: int | str

    def __str__(self):
        return self.kind.value.format(self.about)


def verify_chain(heads: Iterable[str] = ()) -> list[Fault]:
    """Everything that is wrong with the trail, changes first.

    ``heads`` are those printed on editions and backups ("123-9f86d081884c7d65"): only they tell
    that the newest links, or all of them, were taken away or made anew.
    """
    faults = list(_changes())
    faults += _links()
    faults += _erasures()
    return faults + [Fault(FaultKind.HEAD_MISSING, text) for text in heads if not _is_there(text)]


def _changes() -> Iterator[Fault]:
    """Each change against its digest, and each link against those of its changes."""
    counts = dict(Link.objects.values_list("pk", "count"))
    rows = dict(Link.objects.values_list("pk", "rows"))
    left, hashers = dict(counts), {}
    for batch in _in_batches(Change.objects.order_by("pk")):
        redacted = dict(
            Erasure.objects.filter(change__in=[c.pk for c in batch]).values_list("change", "digest")
        )
        for change in batch:
            expected = bytes(redacted.get(change.pk, change.digest))
            if digest_of(change) != expected:
                yield Fault(FaultKind.CHANGE_ALTERED, change.pk)
            if not left.get(change.link):
                yield Fault(FaultKind.CHANGE_ADDED, change.pk)
                continue
            hasher = hashers.setdefault(change.link, hashlib.sha256())
            hasher.update(change.digest)
            left[change.link] -= 1
            if not left[change.link]:
                # Finished links are forgotten: a million of them are not held.
                del left[change.link]
                if hashers.pop(change.link).digest() != bytes(rows.pop(change.link)):
                    yield Fault(FaultKind.CHANGES_MISSING, change.link)
    for number in sorted(left):
        yield Fault(FaultKind.CHANGES_MISSING, number)


def _in_batches(queryset) -> Iterator[list]:
    last = 0
    while batch := list(queryset.filter(pk__gt=last)[:READ]):
        yield batch
        last = batch[-1].pk


def _links() -> Iterator[Fault]:
    """Each link against the one before it."""
    before = Head()
    links = Link.objects.order_by("position").values_list(
        "position", "at", "count", "rows", "digest"
    )
    for position, at, count, rows, digest in links.iterator(READ):
        for number in range(before.position + 1, position):
            yield Fault(FaultKind.LINK_MISSING, number)
        intact = position == before.position + 1
        if intact and link_digest(before, at, count, bytes(rows)) != bytes(digest):
            yield Fault(FaultKind.LINK_ALTERED, position)
        before = Head(position, bytes(digest))


def _erasures() -> Iterator[Fault]:
    """Each destruction against what the trail says of it."""
    trail = Change.objects.filter(model=Erasure._meta.label_lower).order_by("pk")
    traced = dict(trail.values_list("record", "after"))
    for erasure in Erasure.objects.all():
        expected = {"change": erasure.change, "digest": bytes(erasure.digest).hex()}
        if traced.pop(erasure.pk, None) != expected:
            yield Fault(FaultKind.ERASURE_ALTERED, erasure.change)
    for after in traced.values():
        yield Fault(FaultKind.ERASURE_ALTERED, after["change"])


def _is_there(text: str) -> bool:
    """Whether a printed head is a link of this chain; before the first link it is 0-."""
    position, _, digest = text.strip().partition("-")
    if not position.isascii() or not position.isdigit():
        return False
    if int(position) == 0:
        return not digest
    link = Link.objects.filter(position=int(position)).first()
    return link is not None and bytes(link.digest).hex()[:PRINTED] == digest.lower()
