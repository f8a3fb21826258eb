"""Twenty people at work on one running server: how long they wait, page by page.

    .venv/bin/python -m tests.benchmarks.office_day
    .venv/bin/python -m tests.benchmarks.office_day --seconds 60 --database postgresql

The script starts ``manage.py start`` with 1.029 IKM and four years of figures, logs twenty people
in, and lets each open, search, type, save and read with a pause of a few seconds between pages;
one of them uploads a list and confirms it. For every kind of page the middle (p50) and the slowest
of twenty (p95) are shown, with the CPU seconds that the server, its worker and the database spent a
request. A clock says little on a machine with other work: the load is printed beside it.
"""

import argparse
import contextlib
import html
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUSINESSES, PEOPLE = 1_029, 20
PASSWORD = "Kata-Sandi-Uji-2024"
FIELD = re.compile(r'<input type="[^"]*" name="([^"]+)"(?: value="([^"]*)")?')


def main():
    """Plays one stretch of an office day on each database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument(
        "--pause", type=float, default=4.0, help="seconds between pages, on average"
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prepare:
        prepare(chosen.people)
        return
    from tests.postgres import database_url

    for name in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        with contextlib.ExitStack() as stack:
            url = stack.enter_context(database_url()) if name == "postgresql" else ""
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ukur-"))
            around = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": url}
            order = [sys.executable, "-m", __spec__.name, "--prepare"]
            order += [f"--people={chosen.people}"]
            subprocess.run(order, cwd=ROOT, env=around, check=True)
            play(name, chosen, around, stack)


def prepare(people):
    """A register and so many accounts, a third of each group of the office."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from .databases import YEARS
    from .filling import fill

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(BUSINESSES, YEARS)
    groups = list(Group.objects.filter(name__in=["Petugas", "Verifikator", "Pimpinan"]))
    petugas = next(group for group in groups if group.name == "Petugas")
    for number in range(people):
        user = get_user_model().objects.create_user(f"orang{number}", password=PASSWORD)
        user.is_staff = True
        user.save()
        # Most of the office types; every fourth checks or reads.
        user.groups.add(petugas if number % 4 else groups[number // 4 % len(groups)])


def play(name, chosen, around, stack):
    """Starts the server, lets people work on it and prints how long they waited."""
    port = free_port()
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=around, stdout=subprocess.DEVNULL, start_new_session=True
    )
    stack.callback(end, server)
    address = f"http://127.0.0.1:{port}"
    wait_for(address, server)
    people = [Person(address, number) for number in range(chosen.people)]
    for person in people:
        person.log_in()
    before, begun = spent(server.pid, around), time.monotonic()
    load = os.getloadavg()[0]
    threads = [
        threading.Thread(target=person.work, args=(begun + chosen.seconds, chosen.pause))
        for person in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - begun
    waits = [wait for person in people for wait in person.waits]
    cpu = spent(server.pid, around) - before
    print(
        f"{name}: {chosen.people} orang, {len(waits)} halaman dalam {lasted:.0f} detik, beban mesin "
        f"{load:.1f} sampai {os.getloadavg()[0]:.1f}, CPU server {1000 * cpu / len(waits):.0f} ms per "
        f"halaman = {100 * cpu / lasted:.0f} % satu inti"
    )
    show("semua", [seconds for _, seconds in waits])
    for label in sorted({label for label, _ in waits}):
        show(label, [seconds for kind, seconds in waits if kind == label])


def show(label, waits):
    """One line: the middle and the slowest of twenty."""
    slow = statistics.quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
    print(
        f"  {label:16} {len(waits):5} kali   p50 {1000 * statistics.median(waits):7.0f} ms   "
        f"p95 {1000 * slow:7.0f} ms",
        flush=True,
    )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, server):
    """Until the log-in page answers."""
    for _ in range(600):
        assert server.poll() is None, "the server did not start"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/login/", timeout=5).close()
            return
        time.sleep(0.2)
    raise TimeoutError("the server did not answer")


def end(server):
    """The server and its worker stop as with Ctrl+C."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def spent(pid, around) -> float:
    """CPU seconds of the server, its children, and of PostgreSQL where that is the database."""
    ticks = os.sysconf("SC_CLK_TCK")
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    wanted = {pid, *postmasters(around)}
    while more := {key for key, (parent, _) in parents.items() if parent in wanted} - wanted:
        wanted |= more
    total = sum(parents[key][1] for key in wanted if key in parents)
    return total / ticks


def postmasters(around) -> set[int]:
    """The main process of the PostgreSQL started for this measurement."""
    host = urllib.parse.urlsplit(around["DATABASE_URL"]).netloc.rpartition("@")[2]
    folder = Path(urllib.parse.unquote(host))
    if not folder.is_absolute():
        return set()
    files = [*folder.glob("postmaster.pid"), *folder.glob("*/postmaster.pid")]
    return {int(file.read_text().split()[0]) for file in files}


class Person:
    """One member of the staff with a browser; ``waits`` are (kind of page, seconds)."""

    def __init__(self, address, number):
        self.address, self.number = address, number
        self.dice = random.Random(number)
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.waits = []

    def log_in(self):
        """Through the log-in page, like everybody."""
        form = hidden(self.fetch("/login/"))
        data = {**form, "username": f"orang{self.number}", "password": PASSWORD}
        page = self.fetch("/login/?next=/", data)
        assert "Keluar" in page or "logout" in page, "not logged in"

    def work(self, until, pause):
        """Page after page until the time is over."""
        acts = [self.look, self.look, self.search, self.open, self.type, self.type, self.read]
        time.sleep(self.dice.random() * pause)
        if self.number == 1:
            self.upload()
        while time.monotonic() < until:
            self.dice.choice(acts)()
            time.sleep(self.dice.expovariate(1 / pause))

    def look(self):
        """The first page, or a page of the list."""
        if self.dice.random() < 0.3:
            self.timed("beranda", "/")
        else:
            self.timed("daftar", f"/industry/business/?p={self.dice.randrange(1, 20)}")

    def search(self):
        number = self.dice.randrange(BUSINESSES)
        words = self.dice.choice([f"Contoh {number}", f"IKM-{number:06}", f"0812{number:08}"])
        self.timed("cari", f"/industry/business/?{urllib.parse.urlencode({'q': words})}")

    def open(self):
        self.timed("formulir", self.form_address())

    def type(self):
        """Opens a form, types over one box of it and saves."""
        address = self.form_address()
        page = self.timed("formulir", address)
        if 'name="brand"' not in page:
            return  # whoever only reads is shown no boxes
        form = {**hidden(page), **chosen_options(page), "brand": f"Merek {self.dice.random():.4f}"}
        for key in [key for key in form if "__prefix__" in key or key.endswith("-DELETE")]:
            del form[key]
        self.timed("simpan", address, form)

    def read(self):
        """A table of the yearly report."""
        key = self.dice.choice(
            ["ikm-wilayah", "ikm-kelompok", "ikm-skala", "pad", "capaian", "aset"]
        )
        self.timed("tabel laporan", f"/laporan/2024/{key}/")

    def upload(self):
        """Hands a list of 300 new IKM in and stores it."""
        rows = [f"Usaha Baru {n};Pemilik Baru {n};Jalan Baru {n}" for n in range(300)]
        content = "\n".join(["Nama Usaha;Nama Pemilik;Alamat", *rows]).encode()
        address = "/intake/upload/new/ikm/"
        form = hidden(self.timed("unggah", address))
        page = self.timed("pratinjau", address, form, file=content)
        match = re.search(r'action="([^"]*/confirm/)"', page)
        if match:
            self.timed("simpan unggahan", match[1], hidden(page))

    def form_address(self):
        return f"/industry/business/{self.dice.randrange(1, BUSINESSES + 1)}/change/"

    def timed(self, label, address, data=None, file=None) -> str:
        """Fetches a page and notes how long its first and only answer took."""
        begun = time.monotonic()
        page = self.fetch(address, data, file)
        self.waits.append((label, time.monotonic() - begun))
        return page

    def fetch(self, address, data=None, file=None) -> str:
        """A page as text; an error page ends the measurement."""
        request = urllib.request.Request(urllib.parse.urljoin(self.address, address))
        request.add_header("Referer", self.address)
        if file is not None:
            request.data, kind = multipart(data, file)
            request.add_header("Content-Type", kind)
        elif data is not None:
            request.data = urllib.parse.urlencode(data).encode()
        with self.browser.open(request, timeout=120) as answer:
            return answer.read().decode()


def hidden(page) -> dict:
    """The boxes of a page and what stands in them."""
    return {name: html.unescape(value or "") for name, value in FIELD.findall(page)}


def chosen_options(page) -> dict:
    """The lists of choices of a page and what is chosen in them."""
    values = {}
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        selected = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        values[name] = html.unescape(selected[1]) if selected else ""
    for name, text in re.findall(
        r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL
    ):
        values[name] = html.unescape(text)
    return values


def multipart(fields, content) -> tuple[bytes, str]:
    """A form with a file as a browser sends it."""
    border = "-----batas"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
        if name != "file"
    ]
    head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="baru.csv"\r\n'
    parts += [f"{head}Content-Type: text/csv\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join(
        [*parts, f"--{border}--\r\n".encode()]
    ), f"multipart/form-data; boundary={border}"


if __name__ == "__main__":
    main()
