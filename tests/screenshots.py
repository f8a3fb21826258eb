"""Pictures of every kind of page: ``python -m tests.screenshots FOLDER [--only NAME …]``.

Each of the pages is taken on a desk (1366 x 768) and on a telephone (390 x 844), light and dark, of
a demonstration that is prepared for it in a folder of its own: no picture ever holds a real
person. Looking at them is the only test of a look; the tests measure the rest. With ``--guide``
the pictures of the guide inside the program are taken anew as well, and with ``--readme`` those
of README and of docs/tampilan.md.

The command is no part of the product: the browser (see ``tests.chromium``) and the library that
steers it belong to development. ``DATA_DIR`` is not used.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.chromium import HOW, chromium_path
from tests.sheets import spelled, xlsx

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "balikpapan" / "static" / "office" / "panduan"
SIZES = {"meja": (1366, 768), "telepon": (390, 844)}
SCHEMES = ("light", "dark")
READY = 300  # seconds in which a demonstration is prepared


def first_row(page: Page) -> None:
    """Goes on to the first record of a list."""
    page.locator("#result_list tbody th a").first.click()


def hand_in(page: Page) -> None:
    """Hands in a workbook of which some rows are clear and some are held."""
    heads = ["Nama Usaha", "Nama Pemilik", "Alamat", "Kelurahan", "Tahun Data", "Tenaga Kerja"]
    rows = [
        [
            f"Kedai {spelled(n)}",
            f"Pemilik {spelled(n)}",
            f"Jl. Contoh {n}",
            "Manggar",
            2025,
            n % 9 + 1,
        ]
        for n in range(1, 25)
    ]
    rows[6][5], rows[15][3] = "belum dihitung", "Manggarai"
    page.set_input_files(
        "main input[type=file]",
        {"name": "IKM Balikpapan.xlsx", "mimeType": "", "buffer": xlsx([heads, *rows])},
    )
    page.locator("main form button[type=submit]").first.click()


@dataclass(frozen=True)
class Shot:
    """A kind of page: its name, its address, who opens it, and what is done there first."""

    name: str
    address: str
    group: str = "Petugas"
    act: Callable[[Page], None] | None = None


SHOTS = (
    Shot("masuk", "/login/", group=""),
    Shot("beranda", "/"),
    Shot("cari", "/cari/?q=air"),
    Shot("bantuan", "/panduan/"),
    Shot("ikm-daftar", "/industry/business/"),
    Shot("ikm-disaring", "/industry/business/?status__exact=active"),
    Shot("ikm-tambah", "/industry/business/add/"),
    Shot("ikm-isian", "/industry/business/", act=first_row),
    Shot("ikm-kekurangan", "/industry/business/gaps/"),
    Shot("ikm-ganda", "/industry/business/doubles/", group="Verifikator"),
    Shot("isian-tahunan", "/industry/businessyear/grid/"),
    Shot("pad-daftar", "/industry/revenue/"),
    Shot("pad-bulanan", "/industry/revenue/grid/?tahun=2025"),
    Shot("pad-cocok", "/industry/revenue/reconcile/", group="Verifikator"),
    Shot("sentra", "/facilities/facility/1/centre/"),
    Shot("cold-storage", "/facilities/storagemonth/ledger/"),
    Shot("aset", "/facilities/asset/", act=first_row),
    Shot("unggah", "/intake/upload/new/ikm/"),
    Shot("pratinjau", "/intake/upload/new/ikm/", act=hand_in),
    Shot("unggahan", "/intake/upload/"),
    Shot("laporan", "/laporan/"),
    Shot("laporan-buku", "/laporan/2024/"),
    Shot("laporan-tabel", "/laporan/2024/ikm-wilayah/"),
    Shot("tutup-tahun", "/audit/closedyear/", group="Verifikator"),
    Shot("akun", "/auth/user/", group="Administrator"),
    Shot("tidak-ada", "/tidak-ada/"),
)
#: Part of the guide -> the page that is shown in it.
GUIDE_SHOTS = {
    "masuk": "masuk",
    "memakai-daftar": "ikm-disaring",
    "mengetik-satu-usaha": "ikm-tambah",
    "mengetik-setahun-sekaligus": "isian-tahunan",
    "mengunggah-berkas-excel": "pratinjau",
    "melengkapi-data-dan-tugas": "ikm-kekurangan",
    "unit-sentra-dan-sewa": "sentra",
    "cold-storage-titipan-skrd-dan-pad": "cold-storage",
    "laporan": "laporan",
}
#: Picture of docs/ -> its page: three open README, the others stand in docs/tampilan.md.
README_SHOTS = {
    "beranda": "beranda",
    "pratinjau": "pratinjau",
    "laporan": "laporan-tabel",
    "daftar": "ikm-daftar",
    "isian": "ikm-tambah",
}


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration that runs until the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DEMO": "1"}
        environment["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
        command = [sys.executable, "-m", "django", "start", "--demo", "--port", str(port)]
        with open(Path(folder, "start.log"), "wb") as log:
            program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until_open(port, program)
            yield f"http://127.0.0.1:{port}"
        finally:
            program.terminate()
            program.wait(30)


def wait_until_open(port: int, program: subprocess.Popen) -> None:
    """Wait until the pages answer; the first start makes the database and its invented records."""
    for _ in range(READY * 2):
        if program.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("Peragaan untuk tangkapan layar tidak dapat dijalankan.")


def open_shot(page: Page, address: str, shot: Shot) -> None:
    """The page of a shot, logged in as its group."""
    page.context.clear_cookies()
    if shot.group:
        page.goto(f"{address}/login/")
        page.locator(f"button[name=group][value={shot.group}]").click()
    page.goto(address + shot.address)
    if shot.act:
        shot.act(page)
    page.wait_for_load_state("networkidle")


def take(page: Page, place: Path) -> None:
    """A picture of what the window shows, in a palette: a fifth of the bytes of full colour."""
    page.screenshot(path=place)
    with Image.open(place) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(place, optimize=True)


def take_all(address: str, folder: Path, names: set[str]) -> int:
    """Every shot in both sizes and both schemes; the number of pictures."""
    count = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for shot in SHOTS:
                if names and shot.name not in names:
                    continue
                open_shot(page, address, shot)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    take(page, folder / f"{shot.name}-{size}-{scheme}.png")
                    count += 1
                page.emulate_media(color_scheme="light")
            page.close()
        browser.close()
    return count


def copy(shots: dict[str, str], folder: Path, target: Path) -> None:
    """Put the light pictures of a desk where the program or README shows them."""
    target.mkdir(parents=True, exist_ok=True)
    for name, shot in shots.items():
        (target / f"{name}.png").write_bytes((folder / f"{shot}-meja-light.png").read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description="Tangkapan layar setiap jenis halaman.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], choices=[shot.name for shot in SHOTS])
    parser.add_argument("--guide", action="store_true")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    if not chromium_path():
        sys.exit(HOW)
    options.folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as address:
        count = take_all(address, options.folder, set(options.only))
    if options.guide:
        copy(GUIDE_SHOTS, options.folder, GUIDE)
    if options.readme:
        copy(README_SHOTS, options.folder, ROOT / "docs" / "gambar")
    print(f"{count} gambar di {options.folder}")


if __name__ == "__main__":
    main()
