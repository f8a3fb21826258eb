from django.apps import AppConfig
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate

#: The migration from which on the trail is protected.
PROTECTED = ("audit", "0005_append_only_trail")


class AuditConfig(AppConfig):
    name = "balikpapan.audit"
    verbose_name = "Jejak perubahan"

    def ready(self):
        post_migrate.connect(protect_trail, sender=self)


def protect_trail(using, **kwargs):
    """Puts the trail's triggers back, which a migration that makes a table anew has lost."""
    from . import triggers

    if PROTECTED in MigrationRecorder(connections[using]).applied_migrations():
        triggers.install(using=using)
