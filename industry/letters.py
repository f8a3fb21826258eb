"""Reminders to IKM: who needs one, what it says on paper and as a message, and the account of it."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.db import transaction
from django.db.models import Q

from balikpapan.audit import personal_data
from balikpapan.reports.book import ReportBook
from balikpapan.reports.formats import long_date
from balikpapan.reports.models import Letterhead, Official
from balikpapan.reports.pdf_letter import Letter, write_letters

from .choices import YEARLY_REASONS, ReminderMedium, ReminderReason, WorkReason
from .figures import HEADLINES
from .gaps import lacking_of, until
from .models import Business, BusinessYear, Certificate, Reminder
from .models.business_queries import BusinessQuerySet
from .models.counting import NEEDED

#: So many letters or messages are made at a time.
MOST_WRITTEN = 200
#: What a letter and a message say of a person; a telephone number stands beside a message.
COLUMNS = {
    ReminderMedium.LETTER: ("owner_name", "address"),
    ReminderMedium.WHATSAPP: ("owner_name",),
}
USE = (
    "Data itu dipakai untuk pembinaan dan laporan tahunan; yang diumumkan hanya jumlahnya, bukan "
    "data satu usaha."
)
THANKS = "Atas perhatian dan kerja samanya kami ucapkan terima kasih."


@dataclass(frozen=True, slots=True)
class Order:
    """Which reminders are wanted: of what, on what day, about which year, answered by when."""

    reason: ReminderReason
    today: datetime.date
    year: int
    answer_by: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What one IKM is told; ``items`` are the certificates that end or the data that lack."""

    business: Business
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """So many of the IKM that need a reminder, by the keys of the first and the last of them.

    Keys and no places in a list: whoever needs none any more meanwhile moves nobody else out.
    """

    number: int
    first: int
    last: int
    count: int = 0

    @property
    def key(self) -> str:
        """What the page sends to ask for this part."""
        return f"{self.number}-{self.first}-{self.last}"

    @classmethod
    def of_key(cls, key: str) -> "Part | None":
        """The part a page asks for; None where the text is no such key."""
        shape = re.fullmatch(r"([0-9]{1,6})-([0-9]{1,18})-([0-9]{1,18})", key)
        return cls(*map(int, shape.groups())) if shape else None


def parts_of(businesses: BusinessQuerySet, order: Order) -> list[Part]:
    """The IKM that need a reminder in parts of ``MOST_WRITTEN``, in the order of their numbers."""
    needing = NEEDING[order.reason](businesses.kept(), order)
    keys = list(needing.order_by("pk").values_list("pk", flat=True))
    chunks = [keys[at : at + MOST_WRITTEN] for at in range(0, len(keys), MOST_WRITTEN)]
    return [Part(n, chunk[0], chunk[-1], len(chunk)) for n, chunk in enumerate(chunks, 1)]


def messages_for(
    businesses: BusinessQuerySet, order: Order, part: Part | None = None
) -> list[Message]:
    """The messages of those of the IKM that need one, by name; of one part where it is given."""
    needing = NEEDING[order.reason](businesses.kept(), order).select_related("kelurahan")
    if part is not None:
        needing = needing.filter(pk__gte=part.first, pk__lte=part.last)
    chosen = list(needing.order_by("name", "pk")[:MOST_WRITTEN])
    items = ITEMS[order.reason](chosen, order)
    return [Message(business, items[business.pk]) for business in chosen]


def _with_ending_certificates(businesses, order):
    return lacking_of(businesses, WorkReason.EXPIRING, None, order.today)


def _with_gaps(businesses, order):
    lacks = ~Q(lacking=0)
    for reason in YEARLY_REASONS:
        rows = lacking_of(Business.objects.all(), reason, order.year, order.today)
        lacks |= Q(pk__in=rows.values("pk"))
    return businesses.filter(lacks)


def _certificates(businesses, order):
    """Business -> its certificates that end soon or have ended, as lines of a letter."""
    certificates = Certificate.objects.ended_by(until(order.today)).filter(business__in=businesses)
    lines: dict[int, list[str]] = {}
    for certificate in certificates.order_by("expires_on", "pk"):
        past = certificate.expires_on < order.today
        verb = "sudah berakhir" if past else "berlaku sampai"
        line = f"{certificate}, {verb} {long_date(certificate.expires_on)}"
        lines.setdefault(certificate.business_id, []).append(line)
    return lines


def _lacking_data(businesses, order):
    """Business -> what its record lacks and, where it counts in the year, of its figures."""
    keys = [business.pk for business in businesses]
    counting = Business.objects.filter(pk__in=keys).counting_in(order.year)
    counted = set(counting.values_list("pk", flat=True))
    rows = BusinessYear.objects.kept().filter(year=order.year, business__in=keys)
    figures = {row.business_id: row for row in rows}
    lines = {}
    for business in businesses:
        lines[business.pk] = [
            label for place, label in enumerate(NEEDED) if business.lacking & 1 << place
        ]
        if business.pk in counted:
            row = figures.get(business.pk)
            lines[business.pk] += [
                f"{figure.name} tahun {order.year}"
                for figure in HEADLINES
                if getattr(row, figure.field, None) is None
            ]
    return lines


NEEDING = {
    ReminderReason.EXPIRING: _with_ending_certificates,
    ReminderReason.DATA: _with_gaps,
}
ITEMS = {ReminderReason.EXPIRING: _certificates, ReminderReason.DATA: _lacking_data}


def letter_of(message: Message, order: Order, frame: ReportBook) -> Letter:
    """The message as the office writes it on paper."""
    business = message.business
    place = ", ".join(filter(None, [business.address, str(business.kelurahan or "")]))
    owner = business.owner_name or "Pimpinan"
    asked = [_answer(order), USE] if order.reason == ReminderReason.DATA else [_renewal(order)]
    contact = frame.letterhead.contact if frame.letterhead else ""
    reached = [f"Kami dapat dihubungi di {contact}."] if contact else []
    return Letter(
        subject=SUBJECTS[order.reason],
        recipient=[f"Yth. {owner}", business.name, *filter(None, [place]), f"di {frame.place}"],
        opening=_opening(message, order),
        items=message.items,
        closing=[*asked, *reached, THANKS],
    )


def text_of(message: Message, order: Order, frame: ReportBook) -> str:
    """The message in lines that are copied into WhatsApp as they are."""
    office = frame.letterhead.office if frame.letterhead else ""
    greeting = f"Yth. Bapak/Ibu {message.business.owner_name}".rstrip() + ","
    asked = _answer(order) if order.reason == ReminderReason.DATA else _renewal(order)
    items = "\n".join(f"- {item}" for item in message.items)
    parts = [greeting, f"{_opening(message, order)}\n{items}", asked, f"Terima kasih.\n{office}"]
    return "\n\n".join(part.strip() for part in parts)


SUBJECTS = {
    ReminderReason.EXPIRING: "Pengingat masa berlaku sertifikat",
    ReminderReason.DATA: "Permintaan kelengkapan data usaha",
}


def _opening(message, order):
    named = f"{message.business.name} ({message.business.number})"
    if order.reason == ReminderReason.EXPIRING:
        return f"Menurut catatan kami, sertifikat {named} berikut perlu diperpanjang:"
    return f"Data {named} dalam register industri kota belum lengkap. Mohon disampaikan:"


def _answer(order):
    if order.answer_by:
        return f"Mohon kami terima paling lambat {long_date(order.answer_by)}."
    return "Mohon kami terima dalam waktu dekat."


def _renewal(order):
    text = "Mohon perpanjangannya diurus, dan salinan sertifikat yang baru disampaikan kepada kami"
    return f"{text} paling lambat {long_date(order.answer_by)}." if order.answer_by else f"{text}."


def frame_on(day: datetime.date) -> ReportBook:
    """Letterhead, place, date and signatories of a day, as every letter of it carries them."""
    letterhead = Letterhead.objects.heading_on(day)
    city = letterhead.city if letterhead else Letterhead._meta.get_field("city").default
    return ReportBook(
        title="Surat pengingat",
        year=day.year,
        tables=[],
        letterhead=letterhead,
        place=city,
        date=day,
        signatories=list(Official.objects.signing_on(day)),
        is_numbered=False,
    )


def letters_pdf(messages: Sequence[Message], order: Order) -> bytes:
    """All the letters as one file, each on a page of its own."""
    stream = BytesIO()
    frame = frame_on(order.today)
    write_letters([letter_of(message, order, frame) for message in messages], frame, stream)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Handover:
    """In which form the messages leave the program, for what, and whether with the telephone."""

    medium: ReminderMedium
    purpose: str
    with_phone: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields about a person that leave with a message."""
        return (*COLUMNS[self.medium], *(["phone"] if self.with_phone else []))


@transaction.atomic
def account_for(messages: Sequence[Message], order: Order, handover: Handover, *, by) -> None:
    """Writes down who wrote to which IKM and why, and that its personal data left for that."""
    purpose = handover.purpose
    Reminder.objects.bulk_create(
        Reminder(
            business=message.business,
            reason=order.reason,
            medium=handover.medium,
            purpose=purpose,
            by=by,
        )
        for message in messages
    )
    for message in messages:
        # One by one, so that each person can be told of it.
        columns = [name for name in handover.columns if getattr(message.business, name)]
        extract = personal_data.Extract(1, columns, purpose, record=message.business.pk)
        personal_data.record_exported(by, Business, extract)
