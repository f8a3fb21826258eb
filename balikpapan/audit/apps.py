from django.apps import AppConfig, apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate

#: The migration from which on the trail is protected.
PROTECTED = ("audit", "0005_append_only_trail")


class AuditConfig(AppConfig):
    name = "balikpapan.audit"
    verbose_name = "Jejak perubahan"

    def ready(self):
        post_migrate.connect(restore_rules, sender=self)


def restore_rules(using, **kwargs):
    """Puts back the triggers and the rules on periods that a table made anew has lost."""
    from . import database_rule, register_triggers, triggers

    applied = MigrationRecorder(connections[using]).applied_migrations()
    if PROTECTED in applied:
        triggers.install(using=using)
        register_triggers.install(using)
    database_rule.install_all(apps.get_models(), applied, using)
