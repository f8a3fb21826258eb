import pytest
from django.conf import settings

from .typing import Terminal


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    """A terminal over a register whose files lie in a folder of its own."""
    for name in ("DATA_DIR", "BACKUP_DIR", "UPLOAD_DIR", "LIST_DIR"):
        monkeypatch.setattr(settings, name, tmp_path / "data" / name.lower())
    return Terminal(tmp_path, monkeypatch)
