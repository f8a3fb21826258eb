from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "balikpapan.audit"
    verbose_name = "Jejak perubahan"
