"""Undoing and merging pressed twice at one moment, or while a colleague saves: nothing is lost or done twice."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.intake.undo import NotUndone, undo
from balikpapan.intake.uploads import confirm
from industry.merging import merge
from industry.models import Business, Merge
from tests.cast import member
from tests.factories import BusinessFactory
from tests.intake.importing import hand_in
from tests.intake.test_states import rename
from tests.trust.outages import press_together
from tests.trust.previews import people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql_only,
    pytest.mark.django_db(transaction=True),
]
ROUNDS = 50


@pytest.fixture
def clerk(transactional_db):
    """Somebody who uploads, in a database that really commits."""
    return member("Petugas")


def stored_upload(clerk, turn):
    """An upload of two new IKM, and the first of them."""
    upload = hand_in(people(2, start=1 + 2 * turn), user=clerk)
    confirm(upload, clerk)
    key = Change.objects.filter(upload=upload.pk, model="industry.business").first().record
    return upload, Business.objects.get(pk=key)


def test_an_undo_pressed_twice_or_beside_a_save_undoes_once_and_loses_nothing(clerk):
    for turn in range(ROUNDS):
        upload, business = stored_upload(clerk, turn)
        tabs = [type(upload).objects.get(pk=upload.pk) for _ in range(2)]
        second = (
            (lambda tab=tabs[1]: undo(tab, by=clerk))
            if turn % 2
            else (lambda one=business: rename(one, clerk, f"Diketik {one.pk}"))
        )

        first, other = press_together([lambda tab=tabs[0]: undo(tab, by=clerk), second])

        business.refresh_from_db()
        archived = Change.objects.of(business).filter(action=Change.Action.ARCHIVED).count()
        if turn % 2:
            refused = [one for one in (first, other) if isinstance(one, Exception)]
            assert [type(one) for one in refused] == [NotUndone], (turn, first, other)
            assert (archived, business.archived_at is None) == (1, False), turn
        elif business.name == f"Diketik {business.pk}":
            # What was typed first stays; the undo leaves it, or has to be asked again.
            assert other is None, (turn, other)
            assert (archived, business.archived_at) == (0, None), (turn, first)
        else:
            assert isinstance(other, Exception), turn
            assert (archived, business.archived_at is None) == (1, False), (turn, first)


def test_two_who_merge_one_pair_at_once_archive_one_of_it(clerk):
    for turn in range(ROUNDS):
        pair = BusinessFactory.create_batch(2, name=f"Amplang {turn}", owner_name="Ani Contoh")
        again = [Business.objects.get(pk=one.pk) for one in reversed(pair)]
        tabs = [tuple(pair), tuple(again) if turn % 2 else tuple(reversed(again))]

        outcomes = press_together([lambda tab=tab: merge(*tab, by=clerk) for tab in tabs])

        refused = [one for one in outcomes if isinstance(one, Exception)]
        assert len(refused) == 1, (turn, outcomes)
        assert Merge.objects.count() == turn + 1
        standing = Business.objects.kept().filter(pk__in=[one.pk for one in pair])
        assert standing.count() == 1, turn
