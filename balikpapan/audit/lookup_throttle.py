"""How often one person may look something up while typing: a hand is slower than a script."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from threading import Lock

#: So many persons are remembered; whoever has not asked for longest is forgotten first.
MOST_PERSONS = 1000


class LookupThrottle:
    """At most ``most`` lookups of one person within ``seconds``, in this process."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic):
        self.most, self.seconds, self._clock = most, seconds, clock
        self._lookups: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, person: Hashable) -> bool:
        """Counts one lookup; False, and uncounted, where the person has made too many."""
        now = self._clock()
        with self._lock:
            moments = self._lookups.setdefault(person, deque())
            self._lookups.move_to_end(person)
            while moments and moments[0] <= now - self.seconds:
                moments.popleft()
            if len(moments) >= self.most:
                return False
            moments.append(now)
            if len(self._lookups) > MOST_PERSONS:
                self._lookups.popitem(last=False)
            return True
