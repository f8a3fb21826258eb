"""Under which names and addresses this computer can be reached."""

import logging
import socket

logger = logging.getLogger(__name__)

EVERYWHERE = ("0.0.0.0", "::")


def reachable_names(host: str) -> list[str]:
    """The names under which a browser can open a program listening on ``host``."""
    if host not in EVERYWHERE:
        return [host]
    name = socket.gethostname()
    addresses = {address_towards_the_network()}
    try:
        addresses |= {info[4][0] for info in socket.getaddrinfo(name, None, socket.AF_INET)}
    except OSError:
        logger.info("Nama komputer %s tidak punya alamat.", name)
    return ["127.0.0.1", *sorted(addresses - {"127.0.0.1", ""}), name]


def address_towards_the_network() -> str:
    """This computer's address in the office network, or nothing without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing; it only chooses the way out.
            probe.connect(("10.255.255.255", 1))
            return probe.getsockname()[0]
        except OSError:
            return ""


def bracketed(name: str) -> str:
    """A host as it stands in an address and in ``ALLOWED_HOSTS``."""
    return f"[{name}]" if ":" in name else name
