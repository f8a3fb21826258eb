"""Hides, audits and proves many random registers: python -m tests.benchmarks.disclosure 600

Of each register of 40 to 640 IKM the choice is made, then refuted by the exact rank test and proved
open by amounts that fit exactly. Then the register is given out on three days while its year is
open, each file chosen and refuted beside those before it. Prints what was hidden and the CPU
seconds of each part.
"""

import argparse
import random
import time

from balikpapan.reports.disclosure import Unsafe
from tests.reports.test_disclosure import check, days_of_an_open_year, given_out, register
from tests.reports.test_disclosure_bounds import assert_witnessed, hidden_by

FIRST_SEED = 1_000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registers", type=int, nargs="?", default=600)
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    options = parser.parse_args()
    chosen = proved = opened = 0.0
    cells = hidden_cells = failures = 0
    for seed in range(options.first, options.first + options.registers):
        published = register(seed, random.Random(seed).randint(40, 640))
        start = time.process_time()
        hidden = hidden_by(published)
        middle = time.process_time()
        try:
            check(published, hidden)
            assert_witnessed(published, hidden)
        except AssertionError as failure:
            failures += 1
            print(f"seed {seed}: {failure}", flush=True)
        last = time.process_time()
        try:
            given_out(days_of_an_open_year(published, seed))
        except (AssertionError, Unsafe) as failure:
            failures += 1
            print(f"seed {seed}, open year: {failure!r}", flush=True)
        chosen, proved = chosen + middle - start, proved + last - middle
        opened += time.process_time() - last
        cells, hidden_cells = cells + len(published.printed), hidden_cells + len(hidden)
    print(
        f"{options.registers - failures} of {options.registers} registers held: {hidden_cells} of {cells} figures hidden; "
        f"choosing {chosen:.0f} s, proving {proved:.0f} s, three days of an open year {opened:.0f} s CPU"
    )


if __name__ == "__main__":
    main()
