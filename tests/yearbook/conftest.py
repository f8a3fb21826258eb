import pytest

from tests.factories import BusinessYearFactory, IndustryGroupFactory, KelurahanFactory

from .releases import LARGE, YEAR


@pytest.fixture
def register():
    """Two kelompok of small IKM and, in the second, one that makes nearly all of its sums."""
    small, mixed = IndustryGroupFactory(name="Kelompok A"), IndustryGroupFactory(name="Kelompok B")
    wards = KelurahanFactory.create_batch(2)
    for group in (small, mixed):
        for ward in wards:
            BusinessYearFactory.create_batch(
                6, business__group=group, business__kelurahan=ward, year=YEAR, investment=1_000_000
            )
    BusinessYearFactory(
        business__group=mixed, business__kelurahan=wards[1], year=YEAR, investment=LARGE
    )


@pytest.fixture
def admin(django_user_model):
    return django_user_model.objects.create_superuser("kepala", password="rahasia-uji-1")
