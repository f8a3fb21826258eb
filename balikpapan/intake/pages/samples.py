"""What the columns of a file hold, for whoever has to say what each of them means."""

from balikpapan.audit import personal_data

from .. import storage


def samples_of(upload, user) -> dict[str, str]:
    """The first few values of each column by its letter, for a user who may see them."""
    return storage.samples(upload) if personal_data.may_see(user) else {}
