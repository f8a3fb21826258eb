"""The requests of persons about their own data (UU 27/2022), each met within three times 24 hours."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from balikpapan.audit.constraints import digits, in_order, one_of, within, within_calendar
from balikpapan.audit.fields import BoundedCharField, CountField, DigitsField, NotesField
from balikpapan.audit.models import Record, RecordQuerySet

#: Articles 30 to 32, 40 and 41 of the law: three times 24 hours from when the request came in.
TIME_ALLOWED = datetime.timedelta(hours=3 * 24)
HOURS = (0, 23)


class HourField(CountField):
    """An hour of the day."""

    low, high = HOURS


class RequestKind(models.TextChoices):
    """What a person may ask of the office about his or her data."""

    ACCESS = "access", "melihat datanya (pasal 7)"
    CORRECTION = "correction", "membetulkan datanya (pasal 6)"
    LIMITATION = "limitation", "menunda atau membatasi pemrosesan (pasal 11)"
    WITHDRAWAL = "withdrawal", "menarik persetujuan (pasal 9)"
    ERASURE = "erasure", "menghapus atau memusnahkan datanya (pasal 8)"


class Outcome(models.TextChoices):
    """How the office met a request."""

    GRANTED = "granted", "dipenuhi"
    PARTLY = "partly", "dipenuhi sebagian"
    REFUSED = "refused", "ditolak dengan alasan"


def moment(day: datetime.date, hour: int) -> datetime.datetime:
    """The beginning of an hour of a day in the office's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def from_moment(name: str, at: datetime.datetime) -> Q:
    """What began at ``at`` or before, by the columns ``name``_on and ``name``_hour."""
    here = timezone.localtime(at)
    earlier = Q(**{f"{name}_on__lt": here.date()})
    return earlier | Q(**{f"{name}_on": here.date(), f"{name}_hour__lte": here.hour})


@dataclass(frozen=True)
class HourCount:
    """The hours a request has taken of those it may take, ended by its answer or still running."""

    taken: int
    is_answered: bool

    @property
    def left(self) -> int:
        """The hours that are left; negative where it took or takes too long."""
        return int(TIME_ALLOWED.total_seconds() // 3600) - self.taken

    @property
    def is_late(self) -> bool:
        """Whether it was or is answered too late; an open one is late when no hour is left."""
        return self.left < 0 if self.is_answered else self.left <= 0

    def __str__(self):
        if self.is_answered:
            late = f", lewat {-self.left} jam" if self.is_late else ""
            return f"dijawab dalam {self.taken} jam{late}"
        if self.left > 0:
            return f"sisa {self.left} jam"
        return f"lewat {-self.left} jam" if self.left else "waktunya habis"


class SubjectRequestQuerySet(RecordQuerySet):
    """The requests of persons; who waits for an answer, and who has waited too long."""

    def waiting(self):
        """The requests nobody has answered."""
        return self.kept().filter(answered_on=None)

    def overdue(self, now: datetime.datetime):
        """The requests that wait although their time is over."""
        return self.waiting().filter(from_moment("received", now - TIME_ALLOWED))


class SubjectRequest(Record):
    """What one person asked of the office about his or her data, and what the office answered."""

    personal_fields = ("nik", "contact")
    identifying_fields = ("requester", "request")
    past_fields = ("received_on", "answered_on")
    fault_fields = (
        "received_on",
        "received_hour",
        "answered_on",
        "answered_hour",
        "outcome",
        "answer",
    )

    received_on = models.DateField("diterima tanggal")
    received_hour = HourField("diterima jam", help_text="0 sampai 23; 3×24 jam dihitung dari sini.")
    kind = BoundedCharField("permintaan", max_length=12, choices=RequestKind)
    requester = BoundedCharField("pemohon", max_length=200, blank=True)
    nik = DigitsField("NIK pemohon", lengths=[16], what="NIK")
    contact = BoundedCharField(
        "telepon atau surel pemohon", max_length=200, blank=True, help_text="Ke mana dijawab."
    )
    letter = BoundedCharField("nomor surat", max_length=100, blank=True)
    request = NotesField("yang diminta")
    outcome = BoundedCharField("hasil", max_length=10, choices=Outcome, blank=True)
    answer = NotesField("jawaban", help_text="Apa yang dilakukan, atau mengapa ditolak.")
    answered_on = models.DateField(
        "dijawab tanggal", null=True, blank=True, help_text="Kosong: saat disimpan."
    )
    answered_hour = HourField("dijawab jam", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dijawab oleh",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    compiled_on = models.DateField("datanya disusun", null=True, blank=True, editable=False)
    destruction = models.ForeignKey(
        "privacy.Destruction",
        models.PROTECT,
        verbose_name="pemusnahan",
        null=True,
        blank=True,
        editable=False,
        related_name="requests",
    )

    objects = SubjectRequestQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-received_on", "-received_hour", "-id"]
        verbose_name = verbose_name_plural = "permintaan subjek data"
        default_permissions = ("view", "add", "change", "delete")
        constraints = [
            *within_calendar("privacy_subjectrequest", "received_on", "answered_on", "compiled_on"),
            *within("privacy_subjectrequest", HOURS, "received_hour", "answered_hour"),
            one_of("privacy_subjectrequest_kind_known", "kind", RequestKind.values),
            one_of("privacy_subjectrequest_outcome_known", "outcome", ["", *Outcome.values]),
            digits(
                "privacy_subjectrequest_nik_16_digits",
                "nik",
                [16],
                "NIK terdiri atas 16 angka.",
            ),
            in_order(
                "privacy_subjectrequest_order",
                "received_on",
                "answered_on",
                "Permintaan dijawab sebelum diterima.",
            ),
            models.CheckConstraint(
                name="privacy_subjectrequest_answered_by_somebody",
                condition=Q(
                    outcome="", answer="", answered_on=None, answered_hour=None, answered_by=None
                )
                | (
                    ~Q(outcome="")
                    & ~Q(answer="")
                    & Q(
                        answered_on__isnull=False,
                        answered_hour__isnull=False,
                        answered_by__isnull=False,
                    )
                ),
                violation_error_message="Jawaban memerlukan hasil, isi, waktu, dan penjawabnya.",
            ),
        ]

    def __str__(self):
        return f"Permintaan {self.pk}: {self.get_kind_display()}"

    @classmethod
    def faults(cls, values):
        """An answer is whole or not there, and no moment lies before the one that leads to it."""
        now = timezone.now()
        received = _moment_of(values, "received")
        if received and received > now:
            yield "received_hour", "Jam itu belum tiba. Periksa jamnya."
        if any(values.get(name) not in (None, "") for name in ANSWER_FIELDS):
            for name, message in ANSWER_FIELDS.items():
                if values.get(name) in (None, ""):
                    yield name, message
        answered = _moment_of(values, "answered")
        if received and answered and answered < received:
            yield (
                "answered_hour",
                "Permintaan dijawab sebelum diterima. Periksa tanggal dan jamnya.",
            )

    @property
    def received_at(self) -> datetime.datetime:
        """When it came in; the three times 24 hours begin here."""
        return moment(self.received_on, self.received_hour)

    @property
    def deadline(self) -> datetime.datetime:
        """When it is to be answered at the latest."""
        return self.received_at + TIME_ALLOWED

    def hours(self, now: datetime.datetime) -> HourCount:
        """The hours it has taken until its answer, or until ``now``."""
        # A form shown again may have the day alone.
        is_answered = None not in (self.answered_on, self.answered_hour)
        until = moment(self.answered_on, self.answered_hour) if is_answered else now
        return HourCount(int((until - self.received_at).total_seconds() // 3600), is_answered)


#: What an answer consists of -> what is said where that part alone is missing.
ANSWER_FIELDS = {
    "outcome": "Pilih hasilnya bila permintaan sudah dijawab.",
    "answer": "Isi jawabannya, misalnya apa yang dibetulkan atau mengapa ditolak.",
    "answered_on": "Isi tanggal jawabannya.",
    "answered_hour": "Isi jam jawabannya.",
}


def _moment_of(values, name):
    day, hour = values.get(f"{name}_on"), values.get(f"{name}_hour")
    in_day = isinstance(day, datetime.date) and isinstance(hour, int)
    return moment(day, hour) if in_day and HOURS[0] <= hour <= HOURS[1] else None


@dataclass(frozen=True)
class WaitingCounts:
    """How many requests wait for an answer, and of how many the time is over."""

    waiting: int
    overdue: int


def waiting_counts(now: datetime.datetime) -> WaitingCounts:
    """The requests that wait at this moment."""
    overdue = models.Count("pk", filter=from_moment("received", now - TIME_ALLOWED))
    counts = SubjectRequest.objects.waiting().aggregate(waiting=models.Count("pk"), overdue=overdue)
    return WaitingCounts(**counts)
