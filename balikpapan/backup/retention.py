"""Which of the daily backups are kept: pure dates in, names out."""

import re
from collections.abc import Iterable
from datetime import datetime

_NAME = re.compile(r"balikpapan-(\d{8}-\d{6})(-[a-z-]+)?\.zip")
#: Copies made before an upgrade are counted by themselves.
UPGRADES_KEPT = 5


def made_at(name: str) -> datetime | None:
    """When a backup of this name was made, in office time; None for any other file."""
    match = _NAME.fullmatch(name)
    return datetime.strptime(match[1], "%Y%m%d-%H%M%S") if match else None


def surplus(names: Iterable[str], rule: tuple[int, int, int]) -> list[str]:
    """The backups that may go; other files are never named.

    ``rule`` says how many days, weeks and months keep their newest backup each.
    """
    dated = sorted(((made_at(name), name) for name in names if made_at(name)), reverse=True)
    daily = [pair for pair in dated if not _NAME.fullmatch(pair[1])[2]]
    upgrades = [pair for pair in dated if _NAME.fullmatch(pair[1])[2]]
    staying = {name for _, name in upgrades[:UPGRADES_KEPT]}
    periods = [
        lambda at: at.date(),
        lambda at: at.isocalendar()[:2],
        lambda at: (at.year, at.month),
    ]
    for count, period in zip(rule, periods, strict=True):
        newest: dict = {}
        for at, name in daily:
            newest.setdefault(period(at), name)
        staying |= set(list(newest.values())[:count])
    # The newest stays whatever the rule says.
    staying |= {name for _, name in daily[:1]}
    return [name for _, name in dated if name not in staying]
