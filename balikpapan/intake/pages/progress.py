"""The page of an upload the worker has in hand, and what can be done meanwhile."""

from django.contrib import messages
from django.http import JsonResponse
from django.urls import path, reverse

from .. import work
from ..answers import Answers
from ..jobs.dispatch import answer
from ..models import Upload, Work


class ProgressPages:
    """Progress, cancelling and trying again, beside the other pages of an upload.

    ``pages`` is the admin of uploads: it finds an upload for a request, renders a page of it and
    leads back to it.
    """

    def __init__(self, pages):
        self._pages = pages

    def urls(self, wrap):
        """The addresses of these pages, each view wrapped."""
        return [
            path("<int:pk>/progress/", wrap(self.progress_view), name="intake_upload_progress"),
            path("<int:pk>/cancel/", wrap(self.cancel_view), name="intake_upload_cancel"),
            path("<int:pk>/retry/", wrap(self.retry_view), name="intake_upload_retry"),
        ]

    def working_page(self, request, upload):
        """How far the worker is; it renews itself by script, or by the browser without one."""
        progress = progress_of(upload)
        return self._pages.render(
            request,
            "intake/working.html",
            upload,
            progress=progress,
            progress_url=reverse("admin:intake_upload_progress", args=[upload.pk]),
            step=2 if progress["task"] == Work.Task.PLAN else 4,
        )

    def progress_view(self, request, pk):
        """How far the worker is, as JSON for the script of the page."""
        work.reap()
        upload = self._pages.upload_of(request, pk)
        return JsonResponse(
            {"working": upload.status == Upload.Status.WORKING, **progress_of(upload)}
        )

    def cancel_view(self, request, pk):
        """Cancels the work; what is already being written in one piece is written or is not."""
        upload = self._pages.upload_of(request, pk, own=True)
        job = Work.objects.filter(upload=upload).first()
        if request.method == "POST" and job and work.abandon(job, Upload.Reason.CANCELLED):
            messages.success(request, "Pekerjaan dibatalkan.")
        return self._pages.back_to(upload)

    def retry_view(self, request, pk):
        """Has a file read again whose reading was cut short."""
        upload = self._pages.upload_of(request, pk, own=True)
        if request.method == "POST" and may_retry(upload):
            answer(upload, Answers.from_json(upload.answers), request.user)
        return self._pages.back_to(upload)


def may_retry(upload: Upload) -> bool:
    """Whether the upload was cut short and its file can be read once more."""
    return upload.status == Upload.Status.REFUSED and upload.reason_code in Upload.RETRIED


def progress_of(upload: Upload) -> dict:
    """What the page says of the work, in plain words."""
    job = Work.objects.filter(upload=upload).first()
    if job is None:
        return {"phase": "Selesai", "done": 1, "total": 1, "task": "", "waiting": ""}
    waiting = ""
    if job.heartbeat_at is None:
        waiting = "Menunggu giliran; pekerjaan lain sedang berjalan."
        if not work.worker_runs():
            waiting = (
                "Pekerja latar tidak berjalan, jadi belum ada yang dikerjakan. Minta administrator "
                "menjalankan program dengan perintah start; pekerjaan ini lalu mulai sendiri."
            )
    return {
        "phase": job.phase or "Belum dimulai",
        "done": job.done,
        "total": job.steps,
        "task": job.task,
        "waiting": waiting,
    }
