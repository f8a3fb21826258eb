"""The kept mutations still fit the code; that their tests fail is shown by ``tests.mutations.run``."""

import pytest

from tests.mutations.run import ROOT
from tests.mutations.table import MUTATIONS
from tests.promises import promise_tests


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: f"p{one.promise}-{one.file}")
def test_a_mutation_changes_exactly_one_place(mutation):
    text = (ROOT / mutation.file).read_text(encoding="utf-8")

    assert text.count(mutation.old) == 1
    assert mutation.new != mutation.old


def test_twenty_promises_have_a_mutation_and_each_its_test():
    assert len({mutation.promise for mutation in MUTATIONS}) >= 20
    assert {mutation.test.partition("[")[0] for mutation in MUTATIONS} - promise_tests() == set()
