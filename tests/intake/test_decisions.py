import pytest

from balikpapan.intake.decisions import LARGEST_ID, Decision, DecisionKind, is_decision


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("new", Decision(DecisionKind.NEW)),
        ("skip", Decision(DecisionKind.SKIP)),
        ("update:12", Decision(DecisionKind.UPDATE, 12)),
        (f"update:{LARGEST_ID}", Decision(DecisionKind.UPDATE, LARGEST_ID)),
    ],
)
def test_a_form_word_is_read_as_a_decision(word, decision):
    assert Decision.parse(word) == decision
    assert is_decision(word)


@pytest.mark.parametrize(
    "word",
    ["", "NEW", "update", "update:", "update:0", "update:-1", "update:²", "update:1.5", "skip:1"]
    + ["hapus", f"update:{LARGEST_ID + 1}", "update:" + "9" * 5000],
)
def test_a_forged_word_is_no_decision(word):
    assert not is_decision(word)


def test_a_decision_comes_back_from_json_unchanged():
    decision = Decision(DecisionKind.SKIP, reason="baris induk")

    assert Decision.from_json(decision.as_json()) == decision
