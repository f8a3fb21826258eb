"""Files to keep: their media type, their name, and nothing that opens by itself."""

import pytest

from balikpapan.downloads import MEDIA_TYPES, file_response


@pytest.mark.parametrize("extension", MEDIA_TYPES)
def test_the_extension_tells_the_media_type(extension):
    response = file_response(f"laporan.{extension}", b"isi")

    assert response["Content-Type"] == MEDIA_TYPES[extension]
    assert response["Content-Disposition"] == f"attachment; filename*=UTF-8''laporan.{extension}"
    assert response.content == b"isi"


def test_a_file_that_was_handed_in_is_never_opened_as_what_its_name_says():
    response = file_response('daftar "lama"\r\n.html', b"<script>", foreign=True)

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''daftar%20%22lama%22%0D%0A.html"
    )


def test_a_kind_of_file_the_program_never_makes_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        file_response("program.exe")
