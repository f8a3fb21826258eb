"""The menus of a list by keyboard alone, in a real browser."""

import pytest

from balikpapan.lists.models import SavedFilter
from industry.models import Business
from tests.factories import BusinessFactory, KelurahanFactory
from tests.navigation.keystrokes import Keystrokes, documented
from tests.staff_page import staff_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
]

LIST = "/industry/business/"
MOST_KEYS = 25


@pytest.fixture
def page(live_server, monkeypatch):
    """A logged-in member of staff on a desk's screen."""
    with staff_page(live_server.url, monkeypatch) as page:
        yield page
        assert page.faults == []


def reach(hands, key, selector):
    """Presses a key until what the selector names has the focus."""
    for _ in range(MOST_KEYS):
        hands.press(key)
        if hands.page.locator(":focus").and_(hands.page.locator(selector)).count():
            return hands
    raise AssertionError(f"{selector} is not reached by {MOST_KEYS} times {key}")


def tab_to(hands, selector):
    """Presses Tab until what the selector names has the focus."""
    return reach(hands, "Tab", selector)


def begin(page, address=LIST):
    """A list just opened, its menu of pages skipped."""
    page.goto(address)
    return Keystrokes(page).press("Tab", "Enter")


def follow(hands, key="Enter"):
    """Presses a key that opens another page."""
    with hands.page.expect_navigation():
        hands.press(key)
    return hands


def send(hands, key, selector):
    """Presses the key that sends a page, and sees the answer."""
    return follow(hands, key).wait(selector)


def shown(page):
    """The headings of the columns."""
    return page.locator("#result_list thead .text").all_inner_texts()[1:]


def test_the_menus_of_a_list_are_used_without_a_mouse(page):
    for number in range(12):
        BusinessFactory(name=f"Roti {number:02}", kelurahan=KelurahanFactory())
    counts = {}

    def done(work, hands):
        counts[work] = hands.keys, hands.letters

    # The sheet of a list.
    hands = begin(page)
    tab_to(hands, ".sheet-menu > summary").press("Enter")
    tab_to(hands, "a:has-text('Ekspor: IKM')")
    follow(hands)
    assert page.url.endswith("/industry/business/export/ikm/?")
    done("Menu Excel sampai halaman ekspor", hands)

    # A filter, and a menu that Escape closes behind one.
    hands = begin(page)
    tab_to(hands, ".filter-drawer > summary").press("Enter", "Escape")
    assert not page.locator(".filter-drawer[open]").count()
    hands.press("Enter")
    reach(hands, "Control+ArrowDown", "summary:has-text('Menurut Status')")
    tab_to(hands, "#changelist-filter a:text-is('Aktif')")
    follow(hands)
    assert "status__exact=active" in page.url
    done("Daftar disaring menurut status", hands)

    # The question is saved, and asked again.
    hands = begin(page, page.url)
    tab_to(hands, ".filter-drawer > summary").press("Enter")
    tab_to(hands, "#saved-name").type("Yang aktif")
    follow(hands)
    assert SavedFilter.objects.get().name == "Yang aktif"
    done("Saringan disimpan", hands)
    hands = begin(page)
    tab_to(hands, ".filter-drawer > summary").press("Enter")
    tab_to(hands, "a:has-text('Yang aktif')")
    follow(hands)
    assert "status__exact=active" in page.url
    done("Saringan tersimpan dipakai", hands)

    # A column is put before the others, and another one hidden.
    hands = begin(page)
    tab_to(hands, ".column-menu > summary").press("Enter", "Tab")
    hands.press("ArrowDown", "Alt+ArrowUp", "ArrowDown", "ArrowDown", "Space")
    follow(hands)
    assert shown(page)[:3] == ["Nama usaha", "Nomor", "Kelurahan"]
    done("Kolom dipindahkan dan disembunyikan", hands)

    # Many records are changed at once, seen first.
    hands = begin(page)
    tab_to(hands, "select[name=action]").type("u")
    tab_to(hands, "#action-toggle").press("Space", "Shift+Tab")
    follow(hands)
    hands.wait("#id_status:focus").type("tidak a")
    send(hands, "Control+s", "button[name=confirm]")
    send(hands, "Control+s", ".messagelist .success")
    assert Business.objects.filter(status="inactive").count() == 12
    done("Status dua belas IKM diubah sekaligus", hands)

    assert counts == {work: documented().get(work) for work in counts}
    assert max(keys for keys, _ in counts.values()) <= MOST_KEYS
