"""The place on a page where a file may be dropped, for whoever may upload any list."""

from django import template

from ..permissions import may
from ..resources import REGISTERS

register = template.Library()


@register.inclusion_tag("intake/drop.html", takes_context=True)
def upload_drop(context):
    """The form that takes a file and finds its register by itself."""
    user = context["request"].user
    return {
        "may_upload": any(may(user, "import", name) for name in REGISTERS),
        "csrf_token": context.get("csrf_token"),
    }
