"""What the first page consists of: plain figures, each with the list it came from."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from balikpapan.intake.models import Upload
from industry.choices import FigureStatus
from industry.models import Certificate


@dataclass(frozen=True)
class Figure:
    """One number, what it counts and the list it came from."""

    label: str
    value: int | Decimal | None
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class Industries:
    """The IKM: by year, new among them, and by kecamatan for each of those years."""

    years: list[int]
    standing: list[Figure]
    new: list[int]
    districts: dict[str, list[Figure]]
    #: Whether the last of the years is still running.
    is_running: bool = True

    @property
    def now(self) -> Figure:
        """The IKM counting today."""
        return self.standing[-1]


@dataclass(frozen=True)
class RevenueYear:
    """PAD of one year against its target, and how it grew."""

    year: int
    target: int | None
    realised: int | None
    #: The realisations of this year and the one before over the same months.
    compared: tuple[int | None, int | None]
    status: str
    link: str
    #: "3 dari 12 bulan" where the realisation rests on some months only.
    months: str = ""

    @property
    def is_published(self) -> bool:
        """Whether the realisation is known from the papers only."""
        return self.status == FigureStatus.PUBLISHED

    @property
    def status_label(self) -> str:
        """How firm the realisation is, and of how many months."""
        label = FigureStatus(self.status).label if self.status else ""
        return ", ".join(part for part in (label, self.months) if part)

    @property
    def percent(self) -> Decimal | None:
        """Realisation as a share of the target; unknown without one."""
        return share(self.realised, self.target)

    @property
    def growth(self) -> Decimal | None:
        """Growth over the same months of the year before; unknown where those are missing or 0."""
        now, before = self.compared
        if now is None or not before:
            return None
        return share(now - before, before)


@dataclass(frozen=True)
class ChamberUse:
    """One room of a cold storage and how full it was, month by month."""

    label: str
    capacity_ton: Decimal
    months: list[Figure]
    link: str

    @property
    def latest(self) -> Figure | None:
        """The last month whose use is known."""
        return next((month for month in reversed(self.months) if month.value is not None), None)


@dataclass(frozen=True)
class Goods:
    """The condition the goods were last found in, and those nobody has looked at."""

    conditions: list[Figure]
    unchecked: Figure


@dataclass(frozen=True)
class Upkeep:
    """Work on goods that should have been done, and that has to be done soon."""

    overdue: Figure
    soon: Figure


@dataclass(frozen=True)
class CentreUse:
    """One centre: its units, how many of them are let today, and the list of them."""

    label: str
    units: int
    let: int
    share: Decimal | None
    link: str


@dataclass(frozen=True)
class Expiring:
    """Certificates whose validity ends soon or has ended."""

    soon: Figure
    over: Figure
    next: list[Certificate]


@dataclass(frozen=True)
class Health:
    """How complete the records are: per needed field, how many lack it."""

    total: Figure
    complete: Figure
    lacking: list[Figure]
    doubles: Figure

    @property
    def percent(self) -> Decimal | None:
        """The share of records that know everything the yearly book needs."""
        return share(self.complete.value, self.total.value)


@dataclass(frozen=True)
class Uploads:
    """What was handed in lately and what still waits for somebody."""

    waiting: Figure
    held: Figure
    latest: list[Upload]


@dataclass(frozen=True)
class Compared:
    """A figure once published beside what the registers count for that year."""

    label: str
    year: int
    unit: str
    published: int | Decimal
    as_of: date | None
    counted: int | None
    link: str


@dataclass
class Board:
    """Everything one reader may see on the first page; a part that is None is not theirs."""

    today: date
    counts: list[Figure] = field(default_factory=list)
    industries: Industries | None = None
    health: Health | None = None
    revenue: list[RevenueYear] | None = None
    chambers: list[ChamberUse] | None = None
    occupancy: list[CentreUse] | None = None
    goods: Goods | None = None
    upkeep: Upkeep | None = None
    certificates: Expiring | None = None
    uploads: Uploads | None = None
    compared: list[Compared] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no IKM has been recorded yet: the office has just begun."""
        return self.health is not None and not self.health.total.value


def share(part, whole) -> Decimal | None:
    """A part as a fraction of the whole, or nothing where the base is missing or 0."""
    if part is None or not whole:
        return None
    return Decimal(part) / Decimal(whole)
