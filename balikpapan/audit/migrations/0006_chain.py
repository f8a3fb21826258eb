import datetime
import hashlib
import json
import secrets

from django.db import migrations, models
from django.utils import timezone

from balikpapan.audit import triggers

#: So many rows of the old trail are chained at a time.
BATCH = 5_000


def unprotect(apps, schema_editor):
    triggers.remove(["audit_change"], using=schema_editor.connection.alias)


def protect(apps, schema_editor):
    triggers.install(["audit_change"], using=schema_editor.connection.alias)


def chain_old_trail(apps, schema_editor):
    """One link over all that was traced before there was a chain; from here on it cannot be altered.

    That nobody altered it before cannot be proved, and the link says so.
    """
    change_model, link_model = apps.get_model("audit", "Change"), apps.get_model("audit", "Link")
    hasher, count, rows = hashlib.sha256(), 0, []
    link = link_model(position=1, at=timezone.now(), count=0, rows=b"", digest=b"")
    link.is_before_chain = True
    alias = schema_editor.connection.alias
    link.save(using=alias)
    for change in change_model.objects.using(alias).order_by("id").iterator(BATCH):
        salt = secrets.token_bytes(16)
        digest = digest_of(change, salt)
        hasher.update(digest)
        count += 1
        rows.append((salt, digest, link.pk, change.pk))
        if len(rows) == BATCH:
            write(schema_editor.connection, rows)
            rows = []
    write(schema_editor.connection, rows)
    if not count:
        link.delete(using=alias)
        return
    link.count, link.rows = count, hasher.digest()
    content = {"at": utc(link.at), "before": "", "count": count, "position": 1}
    content["rows"] = hasher.hexdigest()
    link.digest = hashlib.sha256(canonical(content).encode()).digest()
    link.save(using=alias)


def write(connection, rows):
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE audit_change SET salt = %s, digest = %s, link = %s WHERE id = %s", rows
        )


def digest_of(change, salt):
    content = {
        "action": change.action,
        "after": change.after,
        "at": utc(change.at),
        "before": change.before,
        "by": change.by_id,
        "channel": change.channel,
        "model": change.model,
        "reason": change.reason,
        "record": change.record,
        "row": change.row,
        "sheet": change.sheet,
        "upload": change.upload,
        "version": change.version,
    }
    return hashlib.sha256(salt + canonical(content).encode()).digest()


def canonical(content):
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def utc(moment):
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


class Migration(migrations.Migration):
    """The trail's changes are chained, one link per transaction."""

    dependencies = [
        ("audit", "0005_append_only_trail"),
        # What migrations of before the chain have written is of before the chain, too.
        ("industry", "0011_sales_bounds_of_the_delivered_rules"),
    ]

    operations = [
        migrations.RunPython(unprotect, protect),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveBigIntegerField(unique=True, verbose_name="urutan")),
                ("at", models.DateTimeField(verbose_name="waktu")),
                ("count", models.PositiveIntegerField(verbose_name="jumlah perubahan")),
                ("rows", models.BinaryField(max_length=32, verbose_name="sidik perubahan")),
                ("digest", models.BinaryField(max_length=32, verbose_name="sidik")),
                (
                    "is_before_chain",
                    models.BooleanField(default=False, verbose_name="sebelum rantai"),
                ),
            ],
            options={
                "verbose_name": "mata rantai jejak",
                "verbose_name_plural": "mata rantai jejak",
                "ordering": ["-position"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("change", models.BigIntegerField(unique=True, verbose_name="perubahan")),
                ("digest", models.BinaryField(max_length=32, verbose_name="sidik")),
            ],
            options={
                "verbose_name": "pemusnahan isi jejak",
                "verbose_name_plural": "pemusnahan isi jejak",
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            "change", "salt", models.BinaryField(max_length=16, null=True, verbose_name="garam")
        ),
        migrations.AddField(
            "change", "digest", models.BinaryField(max_length=32, null=True, verbose_name="sidik")
        ),
        migrations.AddField(
            "change", "link", models.BigIntegerField(null=True, verbose_name="mata rantai")
        ),
        migrations.RunPython(chain_old_trail, migrations.RunPython.noop),
        migrations.AlterField(
            "change", "salt", models.BinaryField(max_length=16, verbose_name="garam")
        ),
        migrations.AlterField(
            "change", "digest", models.BinaryField(max_length=32, verbose_name="sidik")
        ),
        migrations.AlterField("change", "link", models.BigIntegerField(verbose_name="mata rantai")),
    ]
