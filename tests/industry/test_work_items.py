"""Work on IKM data: handed out from a list, seen by who is to do it, ended by the data themselves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.accounts.groups import PETUGAS, PIMPINAN, VERIFIKATOR
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from industry import work_items
from industry.models import Business, WorkItem
from industry.work_items import workers
from tests.cast import member
from tests.factories import BusinessFactory, BusinessYearFactory, WorkItemFactory
from tests.pages import chosen, messages_of

pytestmark = pytest.mark.django_db
LIST = "/industry/business/"
TASKS = "/industry/workitem/"


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def order(assignee, **changes):
    """What the page that hands out work sends."""
    return {
        "action": "assign_selected",
        "assign": "1",
        "reason": "phone",
        "year": "",
        "assignee": assignee.pk,
        "due_on": f"{tomorrow():%d-%m-%Y}",
        "notes": "",
        **changes,
    }


def listed(client, **asked):
    return client.get(TASKS, asked).context["cl"].result_count


def test_work_is_handed_out_from_a_list_and_ends_when_the_data_are_there(client):
    clerk, head = member(PETUGAS), member(VERIFIKATOR)
    silent = BusinessFactory.create_batch(2)
    reached = BusinessFactory(phone="081200000000")
    ticked = chosen(*silent, reached)
    client.force_login(head)

    asking = client.post(f"{LIST}?kurang=phone", {"action": "assign_selected", **ticked})
    late = client.post(LIST, {**order(clerk, due_on="01-01-2020"), **ticked})
    undated = client.post(LIST, {**order(clerk, reason="investment"), **ticked})
    given = client.post(LIST, {**order(clerk), **ticked}, follow=True)
    again = client.post(LIST, {**order(head), **chosen(silent[0])}, follow=True)

    assert asking.context["form"].initial["reason"] == "phone"
    assert late.context["form"].errors.keys() == {"due_on"}
    assert undated.context["form"].errors.keys() == {"year"}
    assert "2 tugas diberikan" in messages_of(given)[0]
    assert "1 tugas diberikan" in messages_of(again)[0]
    assert set(WorkItem.objects.values_list("business", "assignee")) == {
        (silent[0].pk, head.pk),
        (silent[1].pk, clerk.pk),
    }
    assert Change.objects.filter(model="industry.workitem", by=head).count() == 3
    client.force_login(clerk)
    assert listed(client, milik="saya", keadaan="terbuka") == 1
    business = Business.objects.get(pk=silent[1].pk)
    business.phone = "081200000001"
    store(business, by=clerk, channel=Change.Channel.FORM)
    assert listed(client, milik="saya", keadaan="terbuka") == 0
    assert listed(client, milik="saya", keadaan="selesai") == 1


def test_a_whole_filtered_list_is_handed_out_and_nothing_beyond_it(client):
    clerk = member(PETUGAS)
    client.force_login(clerk)
    silent = BusinessFactory.create_batch(2)
    BusinessFactory(phone="081200000000")
    BusinessFactory(archived=True)

    asking = client.post(
        f"{LIST}?kurang=phone",
        {"action": "assign_selected", "select_across": "1", **chosen(silent[0])},
    )
    client.post(f"{LIST}?kurang=phone", {**order(clerk), "select_across": "1", **chosen(silent[0])})

    assert (asking.context["count"], asking.context["select_across"]) == (2, "1")
    assert set(WorkItem.objects.values_list("business", flat=True)) == {b.pk for b in silent}


def test_a_list_longer_than_one_order_is_handed_out_part_by_part(client, monkeypatch):
    clerk = member(PETUGAS)
    client.force_login(clerk)
    ticked = chosen(*BusinessFactory.create_batch(3))
    monkeypatch.setattr(work_items, "MOST_ASSIGNED", 2)

    counts = []
    for _ in range(2):
        client.post(LIST, {**order(clerk), **ticked})
        counts.append(WorkItem.objects.count())

    assert counts == [2, 3]


def test_a_late_task_and_one_that_cannot_be_done_are_told_apart(client):
    clerk = member(PETUGAS)
    today = timezone.localdate()
    WorkItemFactory(assignee=clerk, due_on=today - timedelta(days=1))
    WorkItemFactory(assignee=clerk, due_on=today)
    WorkItemFactory(assignee=clerk, due_on=today, done_on=today)
    client.force_login(clerk)

    states = [
        client.get(TASKS).content.decode().count(f">{state}<") for state in ("lewat tenggat",)
    ]

    assert states == [1]
    assert [listed(client, keadaan=state) for state in ("terbuka", "lewat", "selesai", "x")] == [
        2,
        1,
        1,
        0,
    ]


def test_who_may_be_given_work_and_who_may_hand_it_out(client):
    clerk, leader = member(PETUGAS), member(PIMPINAN)
    client.force_login(leader)
    business = BusinessFactory()

    refused = client.post(LIST, {**order(clerk), **chosen(business)}, follow=True)
    client.force_login(clerk)
    to_leader = client.post(LIST, {**order(leader), **chosen(business)})

    assert list(workers()) == [clerk]
    assert not WorkItem.objects.exists()
    assert refused.status_code == 200
    assert to_leader.context["form"].errors.keys() == {"assignee"}


def test_the_work_of_one_who_left_can_be_seen_ended_and_handed_on(client):
    clerk, head, leader = member(PETUGAS), member(VERIFIKATOR), member(PIMPINAN)
    left, moved, _ = (
        WorkItemFactory(assignee=one, notes="Telepon sore.") for one in (clerk, leader, head)
    )
    clerk.is_active = False
    clerk.save()
    client.force_login(head)
    page = f"{TASKS}{left.pk}/change/"
    typed = {
        "business": left.business_id,
        "reason": "phone",
        "year": "",
        "assignee": clerk.pk,
        "due_on": "31-12-2030",
        "done_on": f"{timezone.localdate():%d-%m-%Y}",
        "notes": left.notes,
        "opened_version": left.version,
    }

    [figure] = [f for f in client.get("/").context["work"] if "petugasnya" in f.label]
    waiting = client.get(figure.link).context["cl"]
    to_leader = client.post(page, {**typed, "assignee": leader.pk})
    ended = client.post(page, typed)
    client.post(LIST, {**order(head), **chosen(moved.business)})

    assert {item.pk for item in waiting.result_list} == {left.pk, moved.pk}
    assert figure.value == 2
    assert to_leader.context["adminform"].form.errors.keys() == {"assignee"}
    assert ended.status_code == 302
    moved.refresh_from_db()
    assert (moved.assignee, moved.notes) == (head, "Telepon sore.")
    assert listed(client, milik="tanpa", keadaan="terbuka") == 0
    client.post(TASKS, {"action": "archive_selected", **chosen(left)})
    left.refresh_from_db()
    assert left.archived_at


@pytest.mark.parametrize(
    ("fields", "is_refused"),
    [
        ({"reason": "phone"}, False),
        ({"reason": "phone", "year": 2024}, True),
        ({"reason": "investment", "year": 2024}, False),
        ({"reason": "investment"}, True),
        ({"reason": "gossip"}, True),
    ],
)
def test_a_year_belongs_to_figures_alone(fields, is_refused):
    item = WorkItemFactory.build(business=BusinessFactory(), assignee=member(PETUGAS), **fields)

    if is_refused:
        with pytest.raises(ValidationError):
            store(item, by=None, channel=Change.Channel.FORM)
    else:
        assert store(item, by=None, channel=Change.Channel.FORM)


def test_the_same_work_is_handed_out_once_but_again_for_another_year():
    first = WorkItemFactory(reason="investment", year=2023)
    BusinessYearFactory(business=first.business, year=2023)
    same = {"business": first.business, "assignee": first.assignee, "reason": "investment"}

    store(WorkItemFactory.build(year=2024, **same), by=None, channel=Change.Channel.FORM)
    with pytest.raises(ValidationError, match="sudah ditugaskan"):
        store(WorkItemFactory.build(year=2023, **same), by=None, channel=Change.Channel.FORM)
