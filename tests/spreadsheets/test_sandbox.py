"""Child processes for untrusted files: what they answer, and what becomes of those that fail."""

import resource

import pytest

from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.sandbox import Allowance, Child, ChildFailed, Failure, run_task

pytestmark = pytest.mark.usefixtures("launched_children")

TASK = "tests.spreadsheets.sandbox_task"


def answer(act, content=b"", *, memory_bytes=256 << 20, cpu_seconds=10, **order):
    """The frames that the task sends for this order."""
    allowance = Allowance(memory_bytes, cpu_seconds)
    return run_task(TASK, {"act": act, **order}, content, allowance, list)


def test_a_task_gets_its_content_and_answers_in_frames():
    content = bytes(range(256)) * 4096

    assert answer("echo", content) == [content, b""]


def test_a_task_learns_nothing_of_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")

    [names] = answer("environment")

    assert b"PATH" in names
    assert b"SECRET_KEY" not in names


def test_a_refusal_arrives_as_it_was_raised():
    with pytest.raises(WorkbookRefused) as caught:
        answer("refuse")

    assert (caught.value.code, caught.value.message) == ("odd", "Berkas ini ganjil.")


@pytest.mark.parametrize(
    ("act", "failure"),
    [
        ("break", Failure.BROKEN),
        ("fill memory", Failure.TOO_HEAVY),
        ("never end", Failure.TOO_SLOW),
    ],
)
def test_a_task_that_ends_without_an_answer_says_why(act, failure):
    with pytest.raises(ChildFailed) as caught:
        answer(act, cpu_seconds=1)

    assert caught.value.failure is failure


def test_a_task_cannot_write_files(tmp_path):
    path = tmp_path / "berkas"

    with pytest.raises(ChildFailed):
        answer("write a file", b"isi", path=str(path))

    assert not path.exists() or path.read_bytes() == b""


def test_a_task_with_more_to_say_is_asked_as_long_as_its_child_lives():
    with Child(TASK, Allowance(256 << 20, 10)) as child:
        assert list(child.run({"act": "talk"}, b"isi ")) == []
        answers = [list(child.ask(request)) for request in (b"satu", b"dua")]

    assert answers == [[b"isi satu"], [b"isi dua"]]


def test_a_task_may_allow_an_answer_less_time_than_it_has_itself():
    with Child(TASK, Allowance(256 << 20, 10)) as child:
        list(child.run({"act": "never answer"}, b""))
        with pytest.raises(ChildFailed) as caught:
            list(child.ask(b""))

    assert caught.value.failure is Failure.TOO_SLOW


def test_whoever_reports_what_is_done_may_go_on_and_saves_up_no_time():
    with Child(TASK, Allowance(256 << 20, 10)) as child:
        list(child.run({"act": "work"}, b""))
        [seconds] = child.ask(b"")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

        with pytest.raises(ChildFailed) as caught:
            list(child.ask(b"late"))

    assert float(seconds) > 0.3
    assert caught.value.failure is Failure.TOO_SLOW
    # Ten times 0,1 s were earned, of which never more than 0,1 s is left.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 1.2
