"""A PostgreSQL of one test alone, which may be stopped in the middle of anything."""

import os
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from tests.postgres import (
    FAST,
    ordinary_person,
    readable_programs,
    server_programs,
    wait_until_ready,
)


class OwnServer:
    """A server in a folder of its own, reached through a socket in it."""

    def __init__(self, folder: Path):
        self.folder, self.process = folder, None
        person = ordinary_person() if os.geteuid() == 0 else None
        self.as_person = {}
        if person:
            os.chown(folder, person.pw_uid, person.pw_gid)
            self.as_person = {
                "user": person.pw_uid, "group": person.pw_gid, "extra_groups": []
            }  # fmt: skip
        self.programs = readable_programs(server_programs(), folder, self.as_person)
        self.url = f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"

    def __enter__(self):
        options = ["-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [self.programs / "initdb", "-D", self.folder / "data", *options],
            cwd=self.folder, stdout=subprocess.DEVNULL, check=True, **self.as_person,
        )  # fmt: skip
        self.start()
        return self

    def __exit__(self, *exception):
        self.stop()

    def start(self) -> None:
        """Starts it and waits until it answers."""
        # As an office runs it: what has been committed is in its log before anybody is told.
        settings = [*FAST, "synchronous_commit=on"]
        options = [part for option in settings for part in ("-c", option)]
        with open(self.folder / "server.log", "a") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder]
                + options,
                cwd=self.folder, stdout=log, stderr=log, **self.as_person,
            )  # fmt: skip
        wait_until_ready(self.programs, self.folder, self.process)

    def stop(self) -> None:
        """Immediate stop: what is not in its log is gone."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)
