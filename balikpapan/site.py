"""The admin site: everything is closed until a permission opens it."""

from django.contrib.admin import AdminSite


class OfficeAdminSite(AdminSite):
    """The register as its staff see it."""

    site_header = "Register Industri Balikpapan"
    site_title = "Register Industri Balikpapan"
    index_title = "Beranda"
    enable_nav_sidebar = True
