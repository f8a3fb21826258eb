"""The page of an upload the worker has in hand, and what can be done meanwhile."""

from django.contrib import messages
from django.http import JsonResponse
from django.urls import path, reverse

from .. import work as working
from ..answers import Answers
from ..jobs.dispatch import answer
from ..models import Upload, Work


class WorkingPages:
    """Adds to the upload pages: progress, cancelling, trying again."""

    def working_urls(self):
        """The addresses of these pages."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/progress/", wrap(self.progress_view), name="intake_upload_progress"),
            path("<int:pk>/cancel/", wrap(self.cancel_view), name="intake_upload_cancel"),
            path("<int:pk>/retry/", wrap(self.retry_view), name="intake_upload_retry"),
        ]

    def working_page(self, request, upload):
        """How far the worker is; it renews itself by script, or by the browser without one."""
        return self._render(
            request,
            "intake/working.html",
            upload,
            progress=progress_of(upload),
            progress_url=reverse("admin:intake_upload_progress", args=[upload.pk]),
            step=4 if progress_of(upload)["stores"] else 2,
        )

    def progress_view(self, request, pk):
        """The same for the script."""
        working.reap()
        upload = self._upload(request, pk)
        return JsonResponse(
            {"working": upload.status == Upload.Status.WORKING, **progress_of(upload)}
        )

    def cancel_view(self, request, pk):
        """Cancels the work; what is already being written in one piece is written or is not."""
        upload = self._upload(request, pk, own=True)
        work = Work.objects.filter(upload=upload).first()
        if request.method == "POST" and work and working.abandon(work, working.CANCELLED):
            messages.success(request, "Pekerjaan dibatalkan.")
        return self._back(upload)

    def retry_view(self, request, pk):
        """Has a file read again whose reading was cut short."""
        upload = self._upload(request, pk, own=True)
        if request.method == "POST" and may_retry(upload):
            answer(upload, Answers.from_json(upload.answers), request.user)
        return self._back(upload)


def may_retry(upload: Upload) -> bool:
    """Whether the upload was cut short and its file can be read once more."""
    return upload.status == Upload.Status.REFUSED and upload.reason in working.RETRIED


def progress_of(upload: Upload) -> dict:
    """What the page says of the work, in plain words."""
    work = Work.objects.filter(upload=upload).first()
    if work is None:
        return {"phase": "Selesai", "done": 1, "total": 1, "stores": False, "waiting": ""}
    waiting = ""
    if work.heartbeat_at is None:
        waiting = "Menunggu giliran; pekerjaan lain sedang berjalan."
        if not working.worker_runs():
            waiting = (
                "Pekerja latar tidak berjalan, jadi belum ada yang dikerjakan. Minta administrator "
                "menjalankan program dengan perintah start; pekerjaan ini lalu mulai sendiri."
            )
    return {
        "phase": work.phase or "Belum dimulai",
        "done": work.done,
        "total": work.steps,
        "stores": work.task == Work.Task.STORE,
        "waiting": waiting,
    }
