"""The nightly examination by the worker, and its result for the first page."""

import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from balikpapan.audit.chain import head

from .runner import Outcome

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """When the data was examined last, by how many checks, and what they found."""

    at: datetime
    checks: int
    head: str
    faults: list[dict]


def is_due() -> bool:
    """Whether today's examination is still to come; a computer off at night does it in the morning."""
    latest = latest_result()
    return latest is None or timezone.localdate(latest.at) < timezone.localdate()


def note(outcomes: list[Outcome]) -> None:
    """Keeps the result of a full examination for the first page."""
    result = {
        "at": timezone.now().isoformat(),
        "checks": len(outcomes),
        "head": str(head()),
        "faults": [outcome.as_json() for outcome in outcomes if outcome.count],
    }
    path = _file()
    try:
        draft = path.with_suffix(".baru")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            json.dump(result, stream, ensure_ascii=False)
        os.replace(draft, path)
    except OSError:
        logger.exception("Hasil pemeriksaan data tidak dapat dicatat.")


def latest_result() -> Result | None:
    """The result of the last full examination, or None where there was none."""
    try:
        stored = json.loads(_file().read_text("utf-8"))
        at = parse_datetime(stored.pop("at"))
        return Result(at=at, **stored) if at else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _file():
    return settings.DATA_DIR / ("pemeriksaan-demo.json" if settings.DEMO else "pemeriksaan.json")
