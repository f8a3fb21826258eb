"""Answers that the browser saves as a file: what kind of file it is, and what it is called."""

from pathlib import PurePath
from urllib.parse import quote

from django.http import HttpResponse

#: Extension of a file the program makes -> its media type.
MEDIA_TYPES = {
    "csv": "text/csv",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
#: A file as somebody else made it, which no browser is to open by itself.
FOREIGN = "application/octet-stream"


def file_response(name: str, content: bytes = b"", *, foreign: bool = False) -> HttpResponse:
    """The file ``name``; further content may be written into the answer.

    The extension tells the media type. A ``foreign`` file is one that was handed in.
    """
    extension = PurePath(name).suffix.removeprefix(".").lower()
    media_type = FOREIGN if foreign else MEDIA_TYPES[extension]
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
