"""Several renamings as one act: written down first, so that a killed program can finish them."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from .archive import sync_folder


@dataclass(frozen=True)
class Renaming:
    """One file or folder that gets another name."""

    source: str
    target: str

    def carry_out(self) -> None:
        """Renames, unless it has been done already or there is nothing to rename."""
        # Both there: the target took its place before, and a later step made the source anew.
        if os.path.lexists(self.source) and not os.path.lexists(self.target):
            os.rename(self.source, self.target)
            sync_folder(Path(self.target).parent)


def write_down(journal: Path, stamp: str, renamings: Iterable[Renaming]) -> None:
    """From here on the new register counts; whoever comes next finishes the renaming."""
    draft = journal.with_suffix(".baru")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        json.dump({"stamp": stamp, "renamings": [asdict(r) for r in renamings]}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(draft, journal)
    sync_folder(journal.parent)


def read(journal: Path) -> tuple[str, list[Renaming]] | None:
    """The stamp and the renamings of a swap under way; None where there is none."""
    try:
        entry = json.loads(journal.read_text("utf-8"))
    except FileNotFoundError:
        return None
    return entry["stamp"], [Renaming(**renaming) for renaming in entry["renamings"]]
