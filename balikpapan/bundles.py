"""Stylesheets and scripts joined into few files, so that a page costs few requests.

The parts stay as they are: those of Django's admin in its package, the office's own in
``static/office``. A finder of static files joins them when the development server or
``collectstatic`` asks for a bundle, so nothing has to be built before the program starts.
"""

import os
import tempfile
from functools import cached_property
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from django.forms import Media
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

JQUERY = ("admin/js/vendor/jquery/jquery.min.js",)
#: jQuery hides itself here, so what extends it stands before.
JQUERY_ENDS = ("admin/js/jquery.init.js",)
CHOICES = ("admin/js/vendor/select2/select2.full.min.js", "admin/js/vendor/select2/i18n/id.js")
FORM = (
    "admin/js/core.js",
    "admin/js/admin/RelatedObjectLookups.js",
    "admin/js/calendar.js",
    "admin/js/admin/DateTimeShortcuts.js",
    "admin/js/inlines.js",
    "office/reading.js",
    "office/typing.js",
)
#: Bundle -> its parts, in the order in which they win over each other or run.
BUNDLES = {
    "office/page.css": (
        "admin/css/base.css",
        "admin/css/login.css",
        "admin/css/changelists.css",
        "admin/css/widgets.css",
        "admin/css/forms.css",
        "admin/css/vendor/select2/select2.min.css",
        "admin/css/autocomplete.css",
        "admin/css/responsive.css",
        "office/tokens.css",
        "office/office.css",
        "office/controls.css",
        "office/uploads.css",
        "office/chrome.css",
        "office/menu.css",
        "office/login.css",
        "office/screens.css",
        "office/lists.css",
        "office/searching.css",
        "office/filtering.css",
        "office/forms.css",
        "office/inlines.css",
        "office/dashboard.css",
        "office/centre.css",
        "office/inventory.css",
        "office/grid.css",
    ),
    "office/page.js": (
        "office/drafts.js",
        "office/menu.js",
        "office/search.js",
        "office/keys.js",
        "office/file_control.js",
        "office/dropzone.js",
        "office/copying.js",
    ),
    "office/list.js": (
        "admin/js/actions.js",
        "admin/js/filters.js",
        "office/filtering.js",
        "office/columns.js",
    ),
    "office/form.js": (*JQUERY, *JQUERY_ENDS, *FORM),
    "office/form_with_choices.js": (
        *JQUERY,
        *CHOICES,
        *JQUERY_ENDS,
        *FORM,
        "admin/js/autocomplete.js",
    ),
}
#: What Django's admin loads for forms with slugs, which there are none of here.
SLUGS = (
    "admin/js/urlify.js",
    "admin/js/prepopulate.js",
    "admin/js/vendor/xregexp/xregexp.min.js",
)
WIDGETS = "@import url('widgets.css');"


class BundleFinder(finders.BaseFinder):
    """Offers each bundle as a static file, joined anew whenever it is asked for."""

    def check(self, **kwargs):
        return []

    @cached_property
    def folder(self):
        """Where joined files lie while the process lives."""
        return tempfile.TemporaryDirectory(prefix="berkas-halaman-")

    def find(self, path, find_all=False, **kwargs):
        if path not in BUNDLES:
            return []
        place = self.write(path)
        return [place] if find_all else place

    def list(self, ignore_patterns):
        storage = FileSystemStorage(location=self.folder.name)
        for name in BUNDLES:
            self.write(name)
            yield name, storage

    def write(self, name: str) -> str:
        """Join one bundle and return its place; a reader never sees half a file."""
        parts = [Path(finders.find(part)) for part in BUNDLES[name]]
        place = Path(self.folder.name, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=place.parent)
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(joined(name, parts))
        newest = max(part.stat().st_mtime for part in parts)
        os.utime(draft, (newest, newest))
        os.replace(draft, place)
        return str(place)


def joined(name: str, places: list[Path]) -> str:
    """The text of a bundle: names of each script stay its own, addresses of icons stay right."""
    texts = []
    for part, place in zip(BUNDLES[name], places, strict=True):
        text = place.read_text(encoding="utf-8")
        if part.startswith("admin/css/"):
            text = text.replace(WIDGETS, "").replace("url(../img/", "url(../admin/img/")
        elif part.startswith("office/") and part.endswith(".js"):
            text = f"(() => {{\n{text}\n}})();"
        texts.append(text)
    return ("\n;\n" if name.endswith(".js") else "\n").join(texts)


def list_media(media: Media) -> SafeString:
    """What a list of records loads; no list opens a window, so none needs jQuery."""
    return _tags(media, "office/list.js", {*JQUERY, *JQUERY_ENDS, *FORM, *SLUGS})


def form_media(media: Media) -> SafeString:
    """What a form loads, with the scripts of searched lists of choices where it has one."""
    has_choices = any("select2" in str(script) for script in media._js)
    bundle = "office/form_with_choices.js" if has_choices else "office/form.js"
    return _tags(media, bundle, {"admin/js/actions.js", *SLUGS})


def _tags(media: Media, bundle: str, needless: set[str]) -> SafeString:
    """The tags of a bundle, then of what a page's media asks for beyond it and the page's sheet."""
    covered = {_short(name) for name in {*BUNDLES[bundle], *needless, *BUNDLES["office/page.css"]}}
    scripts = [name for name in media._js if _short(name) not in covered]
    sheets = [
        name for names in media._css.values() for name in names if _short(name) not in covered
    ]
    return format_html(
        "{}{}",
        format_html_join("", '<link rel="stylesheet" href="{}">\n', _addresses(sheets)),
        format_html_join("", '<script src="{}" defer></script>\n', _addresses([bundle, *scripts])),
    )


def _short(name) -> str:
    """The name of a library's file: in development Django names the readable one."""
    return str(name).replace(".min.", ".")


def _addresses(names):
    return ((static(name),) for name in names)
