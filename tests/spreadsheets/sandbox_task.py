"""A task for the sandbox that does what its order says."""

import os

from balikpapan.spreadsheets.errors import WorkbookRefused


def run(order, content, send):
    match order["act"]:
        case "echo":
            send(content)
            send(b"")
        case "environment":
            send("\n".join(os.environ).encode())
        case "refuse":
            send(b"half an answer")
            raise WorkbookRefused("odd", "Berkas ini ganjil.")
        case "break":
            send(b"half an answer")
            raise ValueError(content)
        case "fill memory":
            bytearray(1 << 32)
        case "never end":
            while True:
                pass
        case "write a file":
            with open(order["path"], "wb") as file:
                file.write(content)
