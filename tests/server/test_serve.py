"""``start``: from an empty folder to a page, and back to nothing running."""

import contextlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from unittest import mock

import pytest
import waitress
from django.conf import settings
from django.core.management import CommandError, call_command

from balikpapan.management.commands import test
from balikpapan.server import addresses, serve


def test_a_free_port_is_opened():
    with serve.open_socket("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_a_port_in_use_is_told_with_another_one_to_try():
    with serve.open_socket("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} di 127.0.0.1 sudah dipakai"):
            serve.open_socket("127.0.0.1", port)


@pytest.mark.parametrize("host", ["tidak ada", "256.0.0.1"])
def test_an_unknown_host_is_told(host):
    with pytest.raises(CommandError, match=f"HOST {host} tidak dikenal"):
        serve.open_socket(host, 0)


def test_one_address_is_reachable_under_itself():
    assert addresses.reachable_names("192.0.2.10") == ["192.0.2.10"]


def test_the_office_network_sees_this_computer_by_address_and_name(monkeypatch):
    monkeypatch.setattr(addresses, "address_towards_the_network", lambda: "192.0.2.10")

    names = addresses.reachable_names("0.0.0.0")

    assert names[0] == "127.0.0.1"
    assert "192.0.2.10" in names
    assert names[-1] == socket.gethostname()


def test_the_addresses_to_open_are_told(settings):
    assert serve.welcome(["::1", "kantor"], 8000)[0] == (
        "Buka di peramban: http://[::1]:8000/, http://kantor:8000/"
    )
    settings.HTTPS = True
    assert "proksi HTTPS" in serve.welcome(["127.0.0.1"], 8000)[0]


def test_a_proxy_is_believed_only_with_https_and_from_this_computer(settings):
    assert "trusted_proxy" not in serve.server_options()
    settings.HTTPS = True
    assert serve.server_options()["trusted_proxy"] == "127.0.0.1"


def test_a_request_may_be_a_mebibyte_longer_than_the_largest_file(settings):
    settings.UPLOAD_MAX_MIB = 25

    assert serve.server_options()["max_request_body_size"] == 26 * 1024 * 1024


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ada"]


def test_connections_that_say_nothing_more_do_not_stop_the_server():
    with serve.open_socket("127.0.0.1", 0) as listener, contextlib.ExitStack() as open_ones:
        server = waitress.create_server(hello, sockets=[listener], **serve.server_options())
        threading.Thread(target=server.run, daemon=True).start()
        place = listener.getsockname()
        for _ in range(120):
            slow = open_ones.enter_context(socket.create_connection(place))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Lambat: ")

        with urllib.request.urlopen(f"http://127.0.0.1:{place[1]}/", timeout=5) as answer:
            assert answer.read() == b"ada"
        server.close()


def test_a_connection_that_says_nothing_more_is_closed_after_a_minute():
    options = serve.server_options()

    assert options["channel_timeout"] + options["cleanup_interval"] <= 90


def test_the_demonstration_cannot_reach_the_real_database():
    with pytest.raises(CommandError, match="start --demo"):
        call_command("start", demo=True)


@pytest.mark.parametrize(
    ("statuses", "status"),
    [([0, 0], 0), ([0, 5], 0), ([5, 0], 0), ([5, 5], 5), ([0, 1], 1), ([2, 0], 2)],
)
def test_the_test_command_fails_when_either_database_does(statuses, status):
    assert test.verdict(statuses) == status


def test_the_tests_keep_what_they_have_compiled_where_the_machine_would_not(monkeypatch):
    environs = []
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    monkeypatch.setattr(
        test.subprocess, "run", lambda *a, env, **k: environs.append(env) or mock.Mock(returncode=0)
    )

    assert test.Command(stdout=io.StringIO()).run([]) == 0

    assert len(environs) == 2
    assert not any("PYTHONDONTWRITEBYTECODE" in environ for environ in environs)
    assert all(environ["LANG"] == "id_ID.UTF-8" for environ in environs)


@contextlib.contextmanager
def running(folder: Path, *words: str):
    """A started register in an empty folder, with what it has said so far."""
    command = [sys.executable, "-u", str(settings.BASE_DIR / "manage.py"), "start", "--port", "0"]
    environ = os.environ | {"DATA_DIR": str(folder), "DATABASE_URL": ""}
    with open(folder.with_suffix(".log"), "w+") as output:
        program = subprocess.Popen([*command, *words], env=environ, stdout=output, stderr=output)
        try:
            wait_for(lambda: "Tekan Ctrl+C" in written(output) or program.poll() is not None)
            yield program, lambda: written(output)
        finally:
            program.kill()
            program.wait()


def written(file) -> str:
    return Path(file.name).read_text()


def wait_for(happened, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def workers_of(folder: Path) -> list[int]:
    """The worker processes whose register lives in ``folder``."""
    children = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().split(b"\0")
            environ = (process / "environ").read_bytes().split(b"\0")
            if b"worker" in command and f"DATA_DIR={folder}".encode() in environ:
                children.append(int(process.name))
    return children


def page(output: str) -> str:
    address = re.search(r"http://127\.0\.0\.1:\d+/", output)[0]
    with urllib.request.urlopen(address, timeout=30) as response:
        return response.read().decode()


@pytest.mark.slow
def test_p60_a_register_starts_from_nothing_and_again_from_what_it_kept(tmp_path):
    folder = tmp_path / "data"

    with running(folder) as (program, output):
        assert "Kata sandi:" in output(), output()
        assert "password" in page(output())
        assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
        [worker] = workers_of(folder)
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: set(workers_of(folder)) - {worker})
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
        assert workers_of(folder) == []

    with running(folder) as (program, output):
        assert "Kata sandi:" not in output(), output()
        assert "password" in page(output())
        program.kill()
        wait_for(lambda: not workers_of(folder))


@pytest.mark.slow
def test_an_unsafe_start_is_refused_before_anything_is_made(tmp_path):
    folder = tmp_path / "data"
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "start", "--port", "0"]

    done = subprocess.run(
        command,
        env=os.environ | {"DATA_DIR": str(folder), "DATABASE_URL": "", "SECRET_KEY": "rahasia"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Program tidak dijalankan:\nSECRET_KEY terlalu pendek")
    assert list(folder.iterdir()) == []
