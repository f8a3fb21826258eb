"""Files that commands write where they are told: readable by nobody else on the computer."""

import os
from pathlib import Path

from django.core.management.base import CommandError


def write_private(path: Path, content: bytes) -> None:
    """Writes a file others cannot read (0600); raises CommandError where that is not possible."""
    try:
        path.unlink(missing_ok=True)  # an older file would keep the permissions it had
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
    except OSError as error:
        raise CommandError(
            f"Berkas {path} tidak dapat ditulis ({error.strerror}). Periksa folder dan haknya."
        ) from error
