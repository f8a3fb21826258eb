"""How long a file may keep the program busy that was made to: each is read as the page reads it.

    .venv/bin/python -m tests.benchmarks.refusals

CPU seconds of this process and its children together, the least of several; every file is below
500 kB. The last line names the dearest. Run with the registers' names to try only some.
"""

import os
import resource
import sys
import tempfile

TIMES = 2
#: What handing in any of them may cost, in CPU seconds.
MOST = 2.0


def main():
    """Hands every hostile workbook to every register it is made for."""
    with tempfile.TemporaryDirectory(prefix="ukur-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "balikpapan.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        dearest = max(measured(sys.argv[1:]))
    print(f"terlama {dearest[0]:.2f} s CPU: {dearest[1]}")
    sys.exit(dearest[0] > MOST)


def measured(registers):
    """(CPU seconds, what was handed in) of each file."""
    from balikpapan.intake.answers import Answers
    from balikpapan.intake.pipeline import examine, make_plan
    from balikpapan.intake.resources import REGISTERS
    from tests.spreadsheets.hostile import WORKBOOKS

    for register in registers or REGISTERS:
        headings = [column.column_name for column in REGISTERS[register]().columns().values()]
        for name, build in WORKBOOKS.items():
            content, spent = build(headings), []
            for _ in range(TIMES):
                answers, before = Answers(), _spent()
                outcome = make_plan(examine(register, content, "data.xlsx", answers), answers)
                spent.append(_spent() - before)
            label = f"{register}, {name}, {len(content) // 1000} kB"
            print(
                f"{min(spent):6.2f} s  {label}: {outcome.status} {outcome.reason[:60]}", flush=True
            )
            yield min(spent), label


def _spent():
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    main()
