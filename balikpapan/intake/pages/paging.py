"""Long lists page by page."""

from collections.abc import Sequence


def paged(items: Sequence, page: int, size: int) -> tuple[Sequence, dict]:
    """The items of one page, the nearest there is, and where it stands among all."""
    pages = max(1, -(-len(items) // size))
    page = min(max(1, page), pages)
    first = (page - 1) * size
    chosen = items[first : first + size]
    return chosen, {"page": page, "pages": pages, "total": len(items)}


def page_number(request) -> int:
    """The page of a list that was asked for; the first where the address says nothing sensible."""
    number = request.GET.get("hal", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 1
