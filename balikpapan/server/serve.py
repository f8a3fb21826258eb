"""Serving the register: the listening socket, the addresses to open, and the worker behind the pages."""

import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading

import waitress
from django.conf import settings
from django.core.management import CommandError

from .addresses import bracketed

logger = logging.getLogger(__name__)

THREADS = 8
#: Open connections at one time, far above what twenty people need: slow ones fill no queue.
MOST_CONNECTIONS = 500
#: Seconds after which a connection that says nothing more is closed, and how often that is looked at.
SILENCE, CLEANING = 60, 10
MIB = 1024 * 1024


def open_socket(host: str, port: int) -> socket.socket:
    """The listening socket, taken before anything else so that two programs never prepare at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except socket.gaierror as error:
        raise CommandError(f"HOST {host} tidak dikenal; pakai 127.0.0.1 atau 0.0.0.0.") from error
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"Port {port} di {host} sudah dipakai program lain atau tidak diizinkan; pilih yang "
            f"lain, misalnya --port {port + 1 if 1023 < port < 65535 else 8000}."
        ) from error


def welcome(names: list[str], port: int) -> list[str]:
    """What to tell the person at the keyboard."""
    if settings.HTTPS:
        return [f"Menunggu proksi HTTPS di http://{bracketed(names[0])}:{port}/."]
    addresses = ", ".join(f"http://{bracketed(name)}:{port}/" for name in names)
    return [f"Buka di peramban: {addresses}", "Tekan Ctrl+C untuk berhenti."]


def serve(listener: socket.socket) -> None:
    """Answer requests until the program is told to stop; the worker stops with it."""
    # Imported here: WhiteNoise lists the static files when the application is made.
    from balikpapan.wsgi import application

    from .error_pages import speak_indonesian
    from .memory import keep_loaded_objects

    speak_indonesian()
    keep_loaded_objects()
    server = waitress.create_server(application, sockets=[listener], **server_options())
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    worker = BackgroundWorker()
    worker.start()
    try:
        server.run()
    finally:
        server.close()
        worker.stop()


def server_options() -> dict:
    """How waitress serves: a proxy is believed only on this computer, and only with HTTPS on."""
    options = {
        "threads": THREADS,
        "ident": None,
        "connection_limit": MOST_CONNECTIONS,
        "channel_timeout": SILENCE,
        "cleanup_interval": CLEANING,
        # select() stops at the 1024th file of a process.
        "asyncore_use_poll": hasattr(select, "poll"),
        # A form field or two travel beside the file.
        "max_request_body_size": (settings.UPLOAD_MAX_MIB + 1) * MIB,
    }
    if settings.HTTPS:
        options |= {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    return options


def stop(signum, frame):
    """Turn a signal into the exit waitress waits for."""
    raise SystemExit(0)


class BackgroundWorker(threading.Thread):
    """Keeps one worker process alive for as long as the program serves."""

    PATIENCE = 20

    def __init__(self):
        super().__init__(name="background-worker", daemon=True)
        self.stopping = threading.Event()
        self.process = self.begin()

    def run(self):
        while not self.stopping.is_set():
            code = self.process.wait()
            if self.stopping.wait(1):
                return
            logger.error("Pekerja latar berhenti (%s) dan dijalankan lagi.", code)
            self.process = self.begin()

    def begin(self) -> subprocess.Popen:
        """Start the worker; it ends by itself when the pipe to it closes, even after kill -9."""
        own_group = {"start_new_session": True}
        if os.name == "nt":
            own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, **own_group)

    def stop(self) -> None:
        """Let the running task end, then the process; a stuck one is killed."""
        self.stopping.set()
        self.process.stdin.close()
        try:
            self.process.wait(self.PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
