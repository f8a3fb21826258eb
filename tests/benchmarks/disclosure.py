"""Hides, audits and proves many random registers: python -m tests.benchmarks.disclosure 600

Of each register of 40 to 640 IKM the choice is made, then refuted by the exact rank test and proved
open by amounts that fit exactly. Prints what was hidden and the CPU seconds of each part.
"""

import argparse
import random
import time

from tests.reports.test_disclosure import check, register
from tests.reports.test_disclosure_bounds import assert_witnessed, hidden_by

FIRST_SEED = 1_000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registers", type=int, nargs="?", default=600)
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    options = parser.parse_args()
    chosen = proved = 0.0
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
        chosen, proved = chosen + middle - start, proved + time.process_time() - middle
        cells, hidden_cells = cells + len(published.printed), hidden_cells + len(hidden)
    print(
        f"{options.registers - failures} of {options.registers} registers held: {hidden_cells} of {cells} figures hidden; "
        f"choosing {chosen:.0f} s, proving {proved:.0f} s CPU"
    )


if __name__ == "__main__":
    main()
