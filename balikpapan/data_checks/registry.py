"""What a check of the data is, and the register of all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from balikpapan.audit.verification import Fault, verify_chain

from .replaying import ReplayFault, replay_all


class Run:
    """One examination: what several checks need is worked out once."""

    def __init__(self, heads: tuple[str, ...] = ()):
        #: Printed heads of the chain, besides those the editions hold.
        self.heads = heads

    @cached_property
    def chain_faults(self) -> list[Fault]:
        """Everything wrong with the chain of the trail."""
        return verify_chain(self.heads)

    @cached_property
    def replay_faults(self) -> list[ReplayFault]:
        """Everything in which records and their trail differ."""
        return list(replay_all())


@dataclass(frozen=True, slots=True)
class Check:
    """One question to the data: ``find`` yields a sentence per fault, none where all is well."""

    code: str
    title: str
    remedy: str
    find: Callable[[Run], Iterator[str]]
    #: Quick ones are asked at every start as well.
    is_quick: bool = False


#: Code -> check, in the order in which they are asked.
CHECKS: dict[str, Check] = {}

RESTORE = "Pulihkan cadangan terakhir yang baik (manage.py restore), lalu bandingkan."
ASK = "Jangan ubah apa pun dahulu. Simpan salinan basis data, lalu bandingkan dengan cadangan."


def check(code: str, title: str, remedy: str, *, is_quick: bool = False):
    """Enters a function among the checks under its code."""

    def enter(find):
        CHECKS[code] = Check(code, title, remedy, find, is_quick)
        return find

    return enter
