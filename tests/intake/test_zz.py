import time

import pytest

from tests.factories import *
from tests.intake.importing import *
from tests.sheets import *


@pytest.mark.django_db
def test_a(reference):
    t=time.time(); o=look([["Nama Usaha","Tahun Berdiri"],["Amplang Siti","anjai"]]); print(time.time()-t, o.counts)
    o=look(city_list()); print(o.status,[(q.key,q.suggestion,q.about) for q in o.questions], o.reason)
    o=look(city_list(), year=2023, unit="rupiah"); print(o.counts, o.problems.kinds)
    t=time.time(); u=load(city_list(), year=2023, unit="rupiah"); print(time.time()-t)
    print([ (b.kelurahan,b.address) for b in Business.objects.all()[:4]], Business.objects.exclude(kelurahan=None).count(), Business.objects.exclude(kecamatan=None).count())
    o=look(city_list(moved=10), year=2024, unit="rupiah"); print(o.counts, [(q.key,q.about) for q in o.questions])
    o=look(printed_list({"Balikpapan Timur":[("Amplang Siti","Siti Contoh",1,2,300,"kg",1500,20000),("Batik Rumi","Rumi Contoh",0,2,20,"lembar",1500,20000)],"Balikpapan Kota":[("Roti Ani","Ani Contoh",1,2,300,"kg",1500,20000)]})); print(o.status,o.reason,o.counts,o.sheets_json(), o.problems.kinds)
    print(o.plan.new, o.plan.new_parts)
@pytest.mark.django_db
def test_b(reference):
    t=time.time()
@pytest.mark.django_db
def test_c(reference):
    assert Kbli.objects.count()>50
