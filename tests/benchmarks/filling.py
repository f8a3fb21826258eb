"""A register of any size with invented IKM, for the measurements that need a full one."""

import datetime


def fill(count: int, years: tuple[int, ...] = (2024,)) -> None:
    """So many IKM over the real kelurahan and kelompok, each with its figures of these years."""
    from django.db import transaction

    from balikpapan.audit.bulk import ChangeSource, NewRecord, create_many
    from balikpapan.regions.models import Kelurahan
    from industry.models import Business, BusinessYear, Certificate, IndustryGroup, Kbli

    wards = list(Kelurahan.objects.values_list("pk", "kecamatan_id"))
    groups = list(IndustryGroup.objects.values_list("pk", flat=True))
    activities = list(Kbli.objects.values_list("pk", flat=True))
    with transaction.atomic():
        for first in range(0, count, 10_000):
            places = range(first, min(first + 10_000, count))
            businesses = [
                {
                    "name": f"Usaha Contoh {n}",
                    "owner_name": f"Pemilik Contoh {n}",
                    "address": f"Jalan Contoh Raya Nomor {n}",
                    "kelurahan_id": wards[n % len(wards)][0],
                    "kecamatan_id": wards[n % len(wards)][1],
                    "group_id": groups[n % len(groups)],
                    "kbli_id": activities[n % len(activities)],
                    "phone": f"0812{n:08}",
                    "products": "Amplang, kerupuk, dan olahan ikan",
                    "founded_year": 2000 + n % 25,
                    "listed_year": 2020,
                    "status": "active",
                }
                for n in places
            ]
            ids = create_many(
                Business, [NewRecord(v, 0) for v in businesses], ChangeSource("command")
            )
            figures = [
                {
                    "business_id": key,
                    "year": year,
                    "workers_total": key % 40,
                    "investment": key * 10_000,
                    "production_value": key * 20_000,
                }
                for year in years
                for key in ids
            ]
            create_many(BusinessYear, [NewRecord(v, 0) for v in figures], ChangeSource("command"))
            # One in ten has a certificate; they expire one after another over some years.
            papers = [
                {
                    "business_id": key,
                    "kind": "halal",
                    "status": "issued",
                    "issued_on": datetime.date(2022, 1, 1),
                    "expires_on": datetime.date(2024, 1, 1) + datetime.timedelta(key % 1500),
                }
                for key in ids[::10]
            ]
            create_many(Certificate, [NewRecord(v, 0) for v in papers], ChangeSource("command"))
