"""One reading of the registers: what several tables of a report ask alike is asked once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Within it each question is asked once, however many figures of a report depend on it."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def is_reading() -> bool:
    """Whether what is asked now may be asked again for other figures of the same report."""
    return _answers.get() is not None


def read_once(question: Hashable, ask: Callable[[], Any]) -> Any:
    """What ``ask`` answers; within ``one_reading`` it is kept, and nobody may change it."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return answers[question]
