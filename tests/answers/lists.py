"""How many records each list of the invented register holds under each choice of its filters and words."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from balikpapan.audit.models import Change

OWN = ("balikpapan.", "industry.", "facilities.")
PAGES = {
    model._meta.label: page
    for model, page in admin.site._registry.items()
    if type(page).__module__.startswith(OWN)
}
WORDS = ("amplang", "siti", "somber", "0800", "2024")


def asked(page, query: str):
    """The list as whoever may see all of it gets it for a query string."""
    request = RequestFactory().get(f"/{query}")
    request.user = get_user_model()(is_superuser=True, is_active=True, is_staff=True)
    return page.get_changelist_instance(request)


def lines_of(page):
    """The whole list, then by filter, by word and by column."""
    whole = asked(page, "")
    yield f"{whole.result_count} by {whole.get_ordering_field_columns()}"
    yield from (f"  {record}" for record in whole.result_list[:3])
    for spec in whole.filter_specs:
        yield f"filter {spec.title}"
        for choice in spec.choices(whole):
            query = choice["query_string"] or "?"
            count = asked(page, query).queryset.count()
            mark = "*" if choice["selected"] else " "
            yield f"{mark} {choice['display']} {query} {count}"
    if hasattr(whole, "foot"):
        yield f"foot {whole.foot}"
    if page.search_fields:
        yield "search"
        yield from (f"  {word} {asked(page, f'?q={word}').queryset.count()}" for word in WORDS)
    if page.model is Change:  # what migrations have written bears the time of the test
        return
    yield "order"
    for place, name in enumerate(whole.list_display, 1):
        first = asked(page, f"?o=-{place}").queryset.first()
        yield f"  {name}: {first}"
