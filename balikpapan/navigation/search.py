"""The search in the header: records of every register, pages, and what one changed last.

Each register is searched as its own list searches, by whoever may view it; nothing is found here
that its list would not show to that person.
"""

from collections import defaultdict

from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import capfirst

from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.models import Change
from balikpapan.lists.models import SavedFilter
from balikpapan.lists.saved import SavedFilters

from . import menu

#: A shorter word stands in too many records to help.
SHORTEST = 2
LONGEST = 200
#: How many records of one register are listed; its own list shows the others.
MOST = 5
#: Among so many of them, those whose names hold the words come first.
RANKED = 40
RECENT = 8
#: So many of a person's changes are looked through for them.
LOOKED_BACK = 200


def search_urls(site):
    """The address of the search, behind the site's own log-in."""
    return [path("cari/", site.admin_view(search_view(site)), name="search")]


def search_view(site):
    """The page of the search; its list alone where the box in the header asks for it."""

    def search(request: HttpRequest) -> TemplateResponse:
        words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
        groups = results(site, request, words) if words else recent(site, request)
        is_part = request.GET.get("bagian") == "1"
        context = {"groups": groups, "words": words, "title": "Cari"}
        if not is_part:
            context |= site.each_context(request)
        name = "office/search_results.html" if is_part else "office/search.html"
        return TemplateResponse(request, name, context)

    return search


def results(site, request: HttpRequest, words: str) -> list[dict]:
    """What answers the words: pages first, then up to five records of each register."""
    groups = [
        {"name": "Saringan tersimpan", "entries": list(_saved_filters(site, request, words))},
        {"name": "Halaman", "entries": list(_pages(site, request, words))},
    ]
    if len(words) >= SHORTEST:
        groups += [_records(request, keeper, words) for keeper in _registers(site, request)]
    return [group for group in groups if group["entries"]]


def recent(site, request: HttpRequest) -> list[dict]:
    """The records this person wrote last, those of the lists that may still be viewed."""
    keepers = {keeper.model._meta.label_lower: keeper for keeper in _registers(site, request)}
    # Asked by person alone, for which there is an index whatever the trail holds.
    changes = (
        Change.objects.filter(by=request.user.pk).order_by("-id").values_list("model", "record")
    )
    places = [place for place in dict.fromkeys(changes[:LOOKED_BACK]) if place[0] in keepers]
    keys = defaultdict(list)
    for model, record in places[:RECENT]:
        keys[model].append(record)
    records = {model: _rows(keepers[model], request).in_bulk(keys[model]) for model in keys}
    for of_model in records.values():
        for_reading(of_model.values(), request.user)
    entries = [
        _record(keepers[model], records[model][key])
        for model, key in places[:RECENT]
        if key in records[model]
    ]
    return [{"name": "Terakhir Anda ubah", "entries": entries}] if entries else []


def _registers(site, request):
    """The lists of the menu that can be searched and that this person may view, in its order."""
    keepers = {model._meta.label: keeper for model, keeper in site._registry.items()}
    for section in menu.MENU:
        for page in section.pages:
            keeper = keepers.get(page)
            if keeper and _has_own_words(keeper, request) and keeper.has_view_permission(request):
                yield keeper


def _saved_filters(site, request, words):
    """One's own saved questions whose names hold the words, of the lists that may be viewed."""
    keepers = {model._meta.label_lower: keeper for model, keeper in site._registry.items()}
    rows = SavedFilter.objects.filter(user=request.user.pk, name__icontains=words)
    for row in rows[:MOST]:
        keeper = keepers.get(row.place)
        if keeper and keeper.has_view_permission(request):
            meta = keeper.model._meta
            listed = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
            address = SavedFilters(keeper, request).address(row)
            yield {
                "name": row.name,
                "hint": capfirst(meta.verbose_name_plural),
                "url": f"{listed}{address}",
            }


def _has_own_words(keeper, request):
    """Whether records are searched by what they say themselves, not by what they belong to."""
    return any("__" not in field for field in keeper.get_search_fields(request))


def _rows(keeper, request):
    """The records of a list, each with the business it belongs to where there is one."""
    rows = keeper.get_queryset(request)
    is_of_business = any(field.name == "business" for field in rows.model._meta.fields)
    return rows.select_related("business") if is_of_business else rows


def _records(request, keeper, words):
    matching, is_doubled = keeper.get_search_results(request, _rows(keeper, request), words)
    if is_doubled:
        matching = matching.distinct()
    records = list(matching.order_by(*keeper.get_ordering(request) or ["pk"])[:RANKED])
    if "name" in keeper.get_search_fields(request):
        records.sort(key=lambda record: words.casefold() not in record.name.casefold())
    listed = records[:MOST]
    for_reading(listed, request.user)
    meta = keeper.model._meta
    more = ""
    if len(records) > MOST:
        more = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return {
        "name": capfirst(meta.verbose_name_plural),
        "entries": [_record(keeper, record) for record in listed],
        "more": more,
    }


def _record(keeper, record):
    meta = keeper.model._meta
    try:
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(record.pk)])
    except NoReverseMatch:
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    name, number = str(record), str(getattr(record, "number", ""))
    if business := getattr(record, "business", None):
        number = str(business)
    hint = capfirst(meta.verbose_name) if number in name else number
    return {"name": name, "hint": hint, "url": url}


def _pages(site, request, words):
    """The pages and actions of the menu whose names hold every word."""
    wanted = words.casefold().split()
    for section in site.get_app_list(request):
        for entry in section["models"]:
            yield from (
                page
                for page in _pages_of(site, request, entry, section["name"])
                if all(word in page["name"].casefold() for word in wanted)
            )


def _pages_of(site, request, entry, section):
    name = capfirst(str(entry["name"]))
    yield {"name": name, "hint": section, "url": entry["admin_url"]}
    if entry.get("add_url"):
        single = entry["model"]._meta.verbose_name
        yield {"name": f"Tambah {single}", "hint": section, "url": entry["add_url"]}
    keeper = site._registry.get(entry.get("model"))
    if hasattr(keeper, "search_pages"):
        for name, url in keeper.search_pages(request):
            yield {"name": name, "hint": section, "url": url}
