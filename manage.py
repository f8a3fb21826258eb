#!/usr/bin/env python3
"""Every command of the register; the first one makes the environment it needs."""

import os
import sys


def main():
    """Run one command in the environment of the locked packages."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python should say so, not fail
        sys.exit("Program ini memerlukan Python 3.11 atau lebih baru.")
    from pathlib import Path

    from balikpapan.server.virtualenv import ensure_environment

    ensure_environment(Path(__file__).resolve().parent, sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balikpapan.settings")
    from balikpapan.env import options_as_variables

    os.environ.update(options_as_variables(sys.argv))
    from django.core.exceptions import ImproperlyConfigured

    from balikpapan.management.terminal import run

    try:
        run(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Program tidak dapat berjalan: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
