from django.db import migrations

#: What was kept as the reason of an upload -> its code and the sentence people read now.
REASONS = {
    "held_rows": (
        "held_rows",
        "Ada baris yang ditahan, sedangkan diminta semua baris disimpan atau tidak satu pun.",
    ),
    "Isi berkas sudah tidak ada. Unggah berkasnya sekali lagi.": ("file_gone", None),
    "Data berubah sejak pratinjau ini dibuat, jadi belum ada yang disimpan. "
    "Periksa pratinjau yang baru, lalu simpan.": ("plan_changed", None),
    "Pekerjaan terhenti sebelum selesai karena program atau komputer berhenti. Belum ada yang "
    "disimpan. Coba lagi.": ("stopped", None),
    "Pekerjaan gagal karena kesalahan program. Belum ada yang disimpan. Coba lagi.": (
        "failed",
        None,
    ),
    "Pekerjaan terhenti karena basis data atau ruang penyimpanan tidak dapat dipakai. Belum ada "
    "yang disimpan. Coba lagi.": ("outage", None),
    "Pekerjaan dibatalkan. Belum ada yang disimpan.": ("cancelled", None),
}


def name_reasons(apps, schema_editor):
    uploads = apps.get_model("intake", "Upload").objects
    for text, (code, sentence) in REASONS.items():
        uploads.filter(reason=text).update(reason_code=code, reason=sentence or text)


def forget_codes(apps, schema_editor):
    """The words an earlier version compares; work cut short since is told in its words too."""
    uploads = apps.get_model("intake", "Upload").objects
    for text, (code, _) in REASONS.items():
        uploads.filter(reason_code=code).update(reason=text)


class Migration(migrations.Migration):
    """A reason is known by its code; until now its sentence, or a bare code, decided."""

    dependencies = [("intake", "0003_upload_states")]

    operations = [migrations.RunPython(name_reasons, forget_codes)]
