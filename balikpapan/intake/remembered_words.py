"""Words answered for one file are kept, so that the next file does not ask them again."""

from balikpapan.audit.store import store

from .answers import Answers
from .models import ValueAlias


def remember_words(register: str, answers: Answers, *, by, channel) -> None:
    """Keeps the meanings given to words as the register's aliases, inside the caller's transaction."""
    if not answers.values:
        return
    stored = ValueAlias.objects.kept().filter(register=register)
    aliases = {(alias.field, alias.word): alias for alias in stored}
    for name, value in answers.values.items():
        field, _, word = name.partition(":")
        alias = aliases.get((field, word)) or ValueAlias(register=register, field=field, word=word)
        if alias.pk is None or alias.value != value:
            alias.value = value
            store(alias, by=by, channel=channel)
