"""Every address of the register: the admin is the product."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("", admin.site.urls)]

handler500 = "balikpapan.errors.server_error"
