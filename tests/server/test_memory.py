"""What a server loads at its start is not looked through again while people wait for pages."""

import gc
from unittest.mock import Mock

import pytest

from balikpapan.server import error_pages, memory, serve
from balikpapan.server.memory import keep_loaded_objects

pytestmark = pytest.mark.one_database


def test_what_was_loaded_is_out_of_the_search_for_cycles():
    gc.unfreeze()  # as collecting the tests has left them
    try:
        keep_loaded_objects()

        assert gc.get_freeze_count() > 100_000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def test_the_server_does_so_before_it_answers_anybody(monkeypatch):
    steps, server = [], Mock(run=lambda: steps.append("answers"))
    monkeypatch.setattr(memory, "keep_loaded_objects", lambda: steps.append("keeps"))
    monkeypatch.setattr(error_pages, "speak_indonesian", lambda: None)
    monkeypatch.setattr(serve.waitress, "create_server", lambda *_, **__: server)
    monkeypatch.setattr(serve.signal, "signal", lambda *_: None)
    monkeypatch.setattr(serve, "BackgroundWorker", Mock)

    serve.serve(None)

    assert steps == ["keeps", "answers"]
